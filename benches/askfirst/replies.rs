//! What it costs to read a reply of a megabyte: an ordinary thread, and texts
//! made to be slow. Beside each, what any reader has to do: take the lines of
//! the same text and put them into small letters.

use std::fmt::Write as _;
use std::hint::black_box;

use askfirst::domain::{Moment, Sheet};
use askfirst::reply;

use super::{Error, Table, briefs, pair};

const SIZE: usize = 1_000_000;

/// Measures what is read and matched, one reply after the other.
pub fn measure(now: Moment) -> Result<Table, Error> {
    let brief = askfirst::storage::import("replies", briefs::SUPERREPORT, 1, now)
        .map_err(|broken| broken.summary)?;
    let to = brief.customers.first().ok_or("nobody asked")?.id.clone();
    let asked = ["readings", "must_not_lose", "need_by"].map(str::to_owned);
    let sheets = [Sheet::of(&brief, &to, &asked, 1)];
    let mut table = Table::with("lines in small letters");
    for (name, bytes) in replies() {
        let (ours, bare) = pair(
            20,
            || {
                let letter = reply::read(black_box(&bytes));
                black_box(reply::understand(&letter, &sheets, now.date_naive()));
                Ok(())
            },
            || {
                let text = String::from_utf8_lossy(black_box(&bytes));
                for line in text.lines() {
                    black_box(line.to_lowercase());
                }
                Ok(())
            },
        )?;
        table.ratio(&format!("1 MB: {name}"), ours, bare);
    }
    Ok(table)
}

fn replies() -> Vec<(&'static str, Vec<u8>)> {
    let filled = |unit: &str| unit.repeat(SIZE / unit.len()).into_bytes();
    let mail = |head: &str, body: Vec<u8>| {
        let mut bytes = format!(
            "From: Dana <dana@example.com>\r\nDate: Fri, 6 Feb 2026 08:14:03 +0100\r\n\
             MIME-Version: 1.0\r\n{head}"
        )
        .into_bytes();
        bytes.extend(body);
        bytes
    };
    let html = "Content-Type: text/html; charset=utf-8\r\n\r\n";
    let quoted: String = (0..)
        .map_while(|depth: usize| (depth < 1400).then(|| format!("{} 1. yes\n", ">".repeat(depth))))
        .collect();
    let mut parts = String::from("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
    while parts.len() < SIZE {
        let _ = write!(parts, "--b\r\nContent-Type: text/plain\r\n\r\n1. yes\r\n");
    }
    let mut nested = String::new();
    for depth in 0.. {
        if nested.len() > SIZE {
            break;
        }
        let _ = write!(
            nested,
            "Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n"
        );
    }
    let thread = "On Thu, Feb 5, 2026 at 9:00 AM Raj Patel <raj@example.com> wrote:\n\n> Hello Dana,\n> \
                  1. In which tool will you open it?\n>    My guess: Excel\n\nExcel will do, we have it \
                  on every desk and use it each day.\n\nBest regards\nDana\n\n";
    vec![
        ("a thread of answers", filled(thread)),
        (
            "prose",
            filled("We talked about it at length, and HR would like to see a draft soon. "),
        ),
        (
            "prose, a line each sentence",
            filled("We talked about it, and HR would like a draft.\n"),
        ),
        ("one line of one word", filled("x")),
        ("one line of numbers", filled("1. yes, 2. no; ")),
        ("`>` and nothing else", filled(">")),
        ("`>` on lines", filled(">\n")),
        ("quotes 1,400 deep", quoted.into_bytes()),
        ("`1.` and nothing else", filled("1.")),
        ("`1.` on lines", filled("1.\n")),
        ("numbered answers on lines", filled("1. yes\n")),
        ("two answers on each line", filled("1. yes, 2. no\n")),
        ("empty lines", filled("\n")),
        (
            "an answer and empty lines",
            [b"1. yes\n".to_vec(), filled("\n"), b"   more".to_vec()].concat(),
        ),
        (
            "an answer that goes on",
            [b"2. we\n".to_vec(), filled("go on\n")].concat(),
        ),
        ("`OK otherwise`", filled("OK otherwise\n")),
        ("dots", filled(". ")),
        ("heads of mails", filled("From: Raj\nSent: today\n")),
        ("`On ... wrote` that never ends", filled("On 5 Feb 2026\n")),
        ("farewells", filled("Best regards\n\n")),
        ("codes", filled("OK 7K2M9N ")),
        ("letters of needs", filled("B, A, ")),
        ("hidden characters", filled("\u{200b}")),
        ("combining marks", filled("e\u{301}\u{302}")),
        ("HTML: `<`", mail(html, filled("<"))),
        ("HTML: `<a `", mail(html, filled("<a "))),
        ("HTML: `&`", mail(html, filled("&"))),
        ("HTML: `<!--`", mail(html, filled("<!--"))),
        (
            "HTML: nested blockquotes",
            mail(html, filled("<blockquote>1. yes")),
        ),
        ("HTML: tables", mail(html, filled("<table><tr><td>1. yes"))),
        ("HTML: `<script></`", mail(html, filled("<script></"))),
        ("a mail of many parts", mail("", parts.into_bytes())),
        ("a mail of nested parts", mail("", nested.into_bytes())),
        (
            "a mail in a mail in a mail",
            mail("", filled("Content-Type: message/rfc822\r\n\r\n")),
        ),
        ("a head without end", mail("", filled("X-A: b\r\n"))),
        (
            "a long name of a part",
            mail("Content-Type: text/plain; name=", filled("x")),
        ),
    ]
}

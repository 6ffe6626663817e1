//! The record on paper: as a page that a browser prints, and as a PDF that an
//! independent reader reads.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use crate::support::browser::browser;
use crate::support::{SUPERREPORT, TestDir};

/// The text of a PDF, page by page; `None` where there is no poppler.
fn read(path: &Path) -> Option<Vec<String>> {
    let read = Command::new("pdftotext")
        .arg("-layout")
        .arg(path)
        .arg("-")
        .output();
    let Ok(read) = read else {
        // Past the harness, which keeps the output of tests that pass.
        let _ = writeln!(std::io::stderr(), "skipped: there is no pdftotext here");
        return None;
    };
    assert!(read.status.success(), "{read:?}");
    let text = String::from_utf8(read.stdout).unwrap();
    let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
    assert_eq!(
        pages.pop().as_deref(),
        Some(""),
        "a page ends with a form feed"
    );
    Some(pages)
}

fn poppler(program: &str, path: &Path) -> String {
    let output = Command::new(program).arg(path).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Words with one space between them: where a line breaks says nothing.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(feature = "pdf")]
#[test]
fn poppler_reads_what_the_brief_says() {
    let dir = TestDir::new();
    dir.run_with("new --from -", SUPERREPORT).done();
    for (paper, size) in [("a4", "(A4)"), ("letter", "(letter)")] {
        let name = format!("{paper}.pdf");
        dir.run(&format!(
            "export analysts --format pdf --paper {paper} --output {name}"
        ))
        .done();
        let Some(pages) = read(&dir.path(&name)) else {
            return;
        };
        let shown = dir.run("export analysts --format text").done().stdout;
        let all = flat(&pages.join("\n"));
        // What the text record says, the PDF says.
        for line in shown
            .lines()
            .filter(|l| !l.contains("---") && !l.contains(" \u{b7} text"))
        {
            for word in line
                .split_whitespace()
                .filter(|w| w.chars().all(char::is_alphanumeric))
            {
                assert!(all.contains(word), "{word} of {line}");
            }
        }
        let last = pages.len();
        for (at, page) in pages.iter().enumerate() {
            assert!(
                page.contains(&format!("Page {} of {last}", at + 1)),
                "{page}"
            );
            assert!(page.contains("askfirst \u{b7} what-my-analysts"), "{page}");
        }
        let told = poppler("pdfinfo", &dir.path(&name));
        for line in [
            "Tagged:          yes",
            "JavaScript:      no",
            "Form:            none",
            size,
        ] {
            assert!(told.contains(line), "{told}");
        }
        assert!(
            told.contains("Title:           What my analysts do all day"),
            "{told}"
        );
        let fonts = poppler("pdffonts", &dir.path(&name));
        for font in fonts.lines().skip(2) {
            // Embedded, a subset, with the way back to Unicode.
            assert!(
                font.contains("DejaVu") && font.contains(" yes yes yes "),
                "{fonts}"
            );
        }
        assert!(fonts.lines().count() > 2, "{fonts}");
        assert!(
            dir.run(&format!("verify {name}"))
                .done()
                .stdout
                .contains("exact")
        );
    }
}

#[cfg(feature = "pdf")]
#[test]
fn poppler_reads_names_of_many_scripts() {
    let dir = TestDir::new();
    let brief = SUPERREPORT.replace(
        "Dana Reyes",
        "Zoë Łukasiewicz-Ñandú Ψάρης Дана שלום مرحبا 山田太郎",
    );
    dir.run_with("new --from -", brief.as_str()).done();
    dir.run("export analysts --format pdf --output a.pdf")
        .done();
    let Some(pages) = read(&dir.path("a.pdf")) else {
        return;
    };
    let all = flat(&pages.join("\n"));
    for name in ["Zoë Łukasiewicz-Ñandú", "Ψάρης", "Дана", "שלום", "مرحبا"] {
        assert!(all.contains(name), "{name} in {all}");
    }
    assert!(all.contains("U+5C71 U+7530 U+592A U+90CE"), "{all}");
    assert!(all.contains("stand as their numbers"), "{all}");
    let fonts = poppler("pdffonts", &dir.path("a.pdf"));
    assert!(!fonts.contains(" no "), "{fonts}");
}

#[cfg(feature = "pdf")]
#[test]
fn the_same_brief_is_the_same_pdf_in_every_run() {
    let mut dir = TestDir::new();
    dir.run_with("new --from -", SUPERREPORT).done();
    dir.run("export analysts --format pdf --output a.pdf")
        .done();
    dir.at("2026-03-05T09:00:00+01:00");
    dir.env("TZ", "Asia/Tokyo");
    dir.run("export analysts --format pdf --output b.pdf")
        .done();
    let bytes = |name: &str| std::fs::read(dir.path(name)).unwrap();
    assert!(bytes("a.pdf") == bytes("b.pdf"));
    // The earlier one is replaced, as of the other formats; another file is not.
    dir.run("export analysts --format pdf --output a.pdf")
        .done();
    dir.write("mine.pdf", b"%PDF-1.7\nmine\n");
    let refused = dir
        .run("export analysts --format pdf --output mine.pdf")
        .failed(1);
    assert!(
        refused.stderr.contains("no export of this brief"),
        "{refused:?}"
    );
}

#[test]
fn the_paper_goes_with_pdf_only() {
    let dir = TestDir::new();
    dir.run_with("new --from -", SUPERREPORT).done();
    let refused = dir
        .run("export analysts --format html --paper letter")
        .failed(2);
    assert!(refused.stderr.contains("--format pdf"), "{refused:?}");
}

#[cfg(not(feature = "pdf"))]
#[test]
fn a_build_without_pdf_says_so() {
    let dir = TestDir::new();
    dir.run_with("new --from -", SUPERREPORT).done();
    let refused = dir
        .run("export analysts --format pdf --output a.pdf")
        .failed(1);
    assert!(refused.stderr.contains("leaves PDF out"), "{refused:?}");
    assert!(refused.stderr.contains("--format html"), "{refused:?}");
}

#[test]
fn the_page_prints_whole_on_both_papers() {
    let Some(mut browser) = browser() else { return };
    let dir = TestDir::new();
    dir.run_with("new --from -", SUPERREPORT).done();
    let html = dir.run("export analysts --format html").done().stdout;
    let mut page = browser.open(&html);
    for (width, height) in [(8.27, 11.69), (8.5, 11.0)] {
        let pdf = page.print(width, height);
        dir.write("printed.pdf", &pdf);
        let Some(pages) = read(&dir.path("printed.pdf")) else {
            return;
        };
        assert!((2..=4).contains(&pages.len()), "{} pages", pages.len());
        let all = flat(&pages.join("\n"));
        for said in [
            "Types of work received and resolved",
            "An .xlsx file",
            "Who agreed",
        ] {
            assert!(all.contains(said), "{said}");
        }
        // No heading stands alone at the foot of a page.
        for page in &pages {
            let last = page.trim_end().lines().last().unwrap_or_default().trim();
            let headings = page_headings(&html);
            assert!(!headings.contains(&last.to_owned()), "{last}");
        }
    }
    assert_eq!(page.trouble(), [""; 0]);
}

fn page_headings(html: &str) -> Vec<String> {
    let headings = html.split("<h2 id=").skip(1);
    let texts = headings.filter_map(|h| h.split_once('>')?.1.split("</h2>").next());
    texts.map(str::to_owned).collect()
}

#[test]
fn the_record_suits_phones_and_dark_rooms() {
    let Some(mut browser) = browser() else { return };
    let dir = TestDir::new();
    let brief = SUPERREPORT.replace("One-page table", &"Donaudampfschifffahrt".repeat(8));
    dir.run_with("new --from -", brief.as_str()).done();
    let html = dir.run("export analysts --format html").done().stdout;
    assert!(!html.contains("<script"));
    let mut page = browser.open(&html);
    for width in [320, 360, 1000] {
        page.size(width, 700);
        let wide = page
            .eval("document.documentElement.scrollWidth")
            .as_u64()
            .unwrap();
        assert!(wide <= u64::from(width), "{wide} of {width}");
    }
    let paper = "getComputedStyle(document.body).backgroundColor";
    let light = page.text(paper);
    page.prefer(&[("prefers-color-scheme", "dark")]);
    assert_ne!(page.text(paper), light);
    assert_eq!(page.trouble(), [""; 0]);
}

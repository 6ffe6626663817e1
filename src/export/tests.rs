//! What somebody who gets an export, a message or a file to check would notice.

use super::{Format, Mark, Verdict, json_value, message};
use crate::domain::fixture::{amended, apply, at, code, day, id, signed, superreport};
use crate::domain::{
    Basis, Brief, Change, Customer, ListEdit, Origin, Role, Section, Stage, Standing, action,
};

fn render(brief: &Brief, format: Format) -> String {
    String::from_utf8(super::render(brief, format).unwrap().bytes).unwrap()
}

fn mark(text: &str) -> Option<Mark> {
    super::mark(text.as_bytes())
}

fn digest(text: &str) -> String {
    super::digest(text.as_bytes())
}

fn verify(text: &str, mark: &Mark, brief: &Brief) -> Verdict {
    super::verify(text.as_bytes(), mark, brief)
}

/// The brief after the export was recorded, and the file.
fn export(mut brief: Brief, format: Format) -> (Brief, String) {
    let file = render(&brief, format);
    let now = at("2026-02-10T10:00:00+01:00");
    let event = format!("x{}", brief.events.len());
    if let Some(change) = action::exported(&brief, format.word(), &digest(&file), &[], &event, now)
    {
        apply(&mut brief, change);
    }
    (brief, file)
}

/// `text` in every field that a person can fill.
pub(super) fn everywhere(text: &str) -> Brief {
    let mut brief = amended();
    let own = || text.to_owned();
    brief.title = own();
    brief.request.words = own();
    brief.request.place = own();
    for customer in &mut brief.customers {
        customer.name = own();
        customer.uses_for = own();
    }
    for reading in &mut brief.readings {
        reading.text = own();
    }
    let mut answers: Vec<_> = brief
        .answers
        .iter()
        .map(|(id, answer)| (id.to_owned(), answer.clone()))
        .collect();
    for (_, answer) in &mut answers {
        answer.text = own();
        answer.items = vec![own(), own()];
        answer.question = own();
        answer.put = own();
        answer.standing.why = own();
    }
    answers[2].1.standing.basis = Basis::NotNeeded;
    brief.answers = answers.into_iter().collect();
    for need in &mut brief.needs {
        need.text = own();
        need.acceptance = own();
    }
    for goal in &mut brief.goals {
        goal.text = own();
        goal.how = own();
        goal.owner = own();
    }
    for part in &mut brief.deliverables {
        part.text = own();
        part.standing.basis = Basis::Unknown(own());
    }
    brief.out = vec![own()];
    brief.plan.appetite = own();
    brief.plan.cadence = own();
    brief.stage = Stage::Unknown(own());
    brief.request.origin = Some(Origin::Unknown(own()));
    for waiver in &mut brief.waivers {
        waiver.because = own();
        waiver.what = own();
    }
    for event in &mut brief.events {
        event.words = own();
        event.via = own();
    }
    brief
}

#[test]
fn the_signed_superreport_reads_well_in_every_format() {
    let brief = signed();
    for format in Format::TEXTS {
        insta::assert_snapshot!(format!("signed_{}", format.word()), render(&brief, format));
    }
}

#[test]
fn the_draft_and_the_amended_superreport_read_well() {
    insta::assert_snapshot!("draft_text", render(&superreport(), Format::Text));
    insta::assert_snapshot!("amended_text", render(&amended(), Format::Text));
    insta::assert_snapshot!("amended_markdown", render(&amended(), Format::Markdown));
    insta::assert_snapshot!("amended_html", render(&amended(), Format::Html));
}

#[test]
fn the_messages_read_well() {
    let to = id("dana");
    insta::assert_snapshot!(
        "message_draft",
        message(&superreport(), &to, "Alex Kim").text()
    );
    insta::assert_snapshot!("message_signed", message(&signed(), &to, "Alex Kim").text());
    insta::assert_snapshot!(
        "message_amended",
        message(&amended(), &to, "Alex Kim").text()
    );
    insta::assert_snapshot!(
        "message_receiver",
        message(&amended(), &id("hr"), "").text()
    );
}

#[test]
fn private_notes_and_half_typed_text_leave_in_no_form() {
    let mut brief = amended();
    brief.walk = Some(crate::domain::WalkPlace {
        draft: "PRIVATE: half typed".into(),
        ..Default::default()
    });
    for format in Format::TEXTS {
        assert!(!render(&brief, format).contains("PRIVATE"), "{format:?}");
    }
    for customer in ["dana", "hr"] {
        assert!(
            !message(&brief, &id(customer), "A")
                .text()
                .contains("PRIVATE")
        );
    }
}

#[test]
fn an_address_is_in_no_document_for_people() {
    for format in [Format::Markdown, Format::Html, Format::Text] {
        assert!(!render(&signed(), format).contains("example.com"));
    }
}

#[test]
fn exporting_twice_gives_the_same_file() {
    for brief in [superreport(), signed(), amended()] {
        for format in Format::TEXTS {
            let (once, first) = export(brief.clone(), format);
            let (twice, second) = export(once.clone(), format);
            assert_eq!(first, second);
            assert_eq!(
                once.events.len(),
                twice.events.len(),
                "one record is enough"
            );
            for other in Format::TEXTS {
                assert_eq!(render(&brief, other), render(&once, other));
            }
        }
    }
}

#[test]
fn verify_tells_exact_older_altered_and_foreign_files_apart() {
    for format in Format::TEXTS {
        let (brief, file) = export(signed(), format);
        let found = mark(&file).unwrap();
        assert_eq!(found.brief, brief.id.as_str());
        assert_eq!(found.code, code(&brief));
        assert_eq!(found.format, format.word());
        assert_eq!(verify(&file, &found, &brief), Verdict::Exact);

        // git and mail do these without anybody's doing.
        let carried = format!("\u{feff}{}\r\n", file.trim_end().replace('\n', "\r\n"));
        assert_eq!(mark(&carried), Some(found.clone()));
        assert_eq!(verify(&carried, &found, &brief), Verdict::Exact);

        let edited = file.replacen("HR can sort it", "HR can print it", 1);
        assert_ne!(edited, file);
        let altered = verify(&edited, &mark(&edited).unwrap(), &brief);
        assert!(matches!(altered, Verdict::Altered(_)), "{altered:?}");

        let mut later = brief.clone();
        later.out.push("Training".into());
        match verify(&file, &found, &later) {
            Verdict::ExactButOlder { today, changed } => {
                assert_eq!(today, code(&later));
                assert_eq!(changed[0].section, Section::Scope);
                assert_eq!(changed[0].added, ["out: Training"]);
            }
            other => panic!("{format:?}: {other:?}"),
        }
        let new = render(&later, format);
        assert_eq!(verify(&new, &mark(&new).unwrap(), &later), Verdict::Unknown);
        assert_eq!(verify(&file, &found, &signed()), Verdict::Unknown);
    }
}

#[test]
fn a_file_of_somebody_else_has_no_mark() {
    for text in [
        "",
        "# Notes\n\nHello",
        "{}",
        "{\"mark\": {\"program\": \"other\"}}",
        "{ broken",
        "[1, 2]",
        "askfirst",
        "askfirst \u{b7} ../../etc \u{b7} code 4AQMCK \u{b7} text",
        "askfirst \u{b7} a-b \u{b7} code 4AQMCL \u{b7} text",
        "askfirst \u{b7} a-b \u{b7} code 4AQMCK \u{b7} exe",
        "see askfirst \u{b7} a-b \u{b7} code 4AQMCK \u{b7} text",
    ] {
        assert_eq!(mark(text), None, "{text:?}");
    }
}

#[test]
fn what_is_no_text_is_nobodys_export() {
    let own = render(&signed(), Format::Text);
    for old in [&b"ab\xff"[..], b"%PDF-1.7\nmine", b"", b"%PDF-"] {
        assert!(!super::replaces(own.as_bytes(), old), "{old:?}");
        assert_eq!(super::mark(old), None);
    }
    assert!(super::replaces(
        own.as_bytes(),
        own.replace('4', "5").as_bytes()
    ));
}

#[test]
fn a_title_that_begins_like_another_kind_of_file_hides_no_mark() {
    for title in ["{a1. ne", "%PDF-1.7", "<!DOCTYPE html>", "{\"mark\": 1}"] {
        for format in [Format::Text, Format::Markdown, Format::Html, Format::Json] {
            let mut brief = superreport();
            brief.title = title.to_owned();
            let (brief, file) = export(brief, format);
            let mark = mark(&file).unwrap_or_else(|| panic!("{title} as {}", format.word()));
            assert_eq!(verify(&file, &mark, &brief), Verdict::Exact, "{title}");
        }
    }
}

#[test]
fn a_title_cannot_pass_for_the_mark() {
    let fake = Mark {
        brief: "other-brief-aaaa".into(),
        code: "4AQMCK".into(),
        format: "text".into(),
    };
    let line = super::mark::line(&fake);
    assert_eq!(
        mark(&line),
        Some(fake),
        "the text would be a mark if it came last"
    );
    for text in [
        line.clone(),
        format!("x\n\n{line}\n"),
        format!("</p>\n<p class=\"mark\">{line}</p>\n"),
        format!("\"}}\n{line}"),
    ] {
        let brief = everywhere(&text);
        for format in Format::TEXTS {
            let found = mark(&render(&brief, format)).unwrap();
            assert_eq!(found.brief, brief.id.as_str(), "{format:?}");
            assert_eq!(found.code, code(&brief), "{format:?}");
        }
    }
}

pub(super) const HOSTILE: [&str; 14] = [
    "<script>alert(1)</script>",
    "![pixel](http://evil.example/p.png)",
    "[click](javascript:alert(1)) <javascript:alert(1)>",
    "http://evil.example www.evil.example mailto:x@evil.example @everyone",
    "\" onmouseover=\"alert(1)\" x='",
    "=cmd|'/c calc'!A0",
    "{{ doc.title }} {% raw %} ${x} {# c #}",
    "`` `code` ``` ~~~ ```",
    "# heading\n- item\n1. first\n> quote\n---\n===\n| a | b |\n\n    code",
    "&lt;b&gt; &amp; &#60;script&#62;",
    "--> ]]> </style></title></body></html>",
    "*bold* _em_ **x** ~~gone~~ \\ \\\\",
    "[ref]: http://evil.example",
    "",
];

#[test]
fn hostile_text_is_only_text_in_html() {
    let template = include_str!("record.html");
    assert!(!template.contains("<script") && !template.contains("url("));
    assert!(template.contains("default-src 'none'"));
    let mut known: Vec<String> = template.split('<').skip(1).map(tag_name).collect();
    known.extend(["ol".to_owned(), "ul".to_owned()]);
    for text in HOSTILE {
        let page = render(&everywhere(text), Format::Html);
        // The page holds no tag but those of the template.
        for tag in page.split('<').skip(1) {
            let name = tag_name(tag);
            assert!(known.contains(&name), "{text}: <{name}");
            assert_ne!(name, "script", "{text}");
            let inside = tag.split('>').next().unwrap();
            for attribute in ["src=", "href=", "style=", "onmouseover", "http:"] {
                assert!(!inside.contains(attribute), "{text}: <{inside}>");
            }
        }
        assert_eq!(page.matches("</html>").count(), 1, "{text}");
        assert_eq!(page.matches("</style>").count(), 1, "{text}");
        assert!(!page.contains("url("), "{text}");
    }
}

fn tag_name(tag: &str) -> String {
    tag.trim_start_matches(['/', '!'])
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect()
}

#[test]
fn hostile_text_is_only_text_in_markdown() {
    for text in HOSTILE {
        let markdown = render(&everywhere(text), Format::Markdown);
        for line in markdown.lines() {
            let bare = without_code(line);
            for (at, c) in bare.char_indices() {
                let escaped = bare[..at].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
                if matches!(c, '<' | '[' | ']' | '`' | '|') {
                    assert!(escaped, "{text}: {line}");
                }
            }
            for link in ["://", "www.", "mailto:", "javascript:", "@e"] {
                assert!(!bare.contains(link), "{text}: {line}");
            }
        }
        let headings = |text: &str| text.lines().filter(|l| l.starts_with('#')).count();
        let harmless = headings(&render(&everywhere("x"), Format::Markdown));
        assert!(headings(&markdown) <= harmless, "{text}");
        let rules = markdown
            .lines()
            .filter(|l| ["---", "==="].contains(l))
            .count();
        assert_eq!(rules, 1, "{text}");
    }
}

/// A line without its code spans.
pub(super) fn without_code(line: &str) -> String {
    let (mut bare, mut rest) = (String::new(), line);
    while let Some(at) = rest.find('`') {
        let escaped = rest[..at].ends_with('\\');
        let fence = rest[at..].bytes().take_while(|b| *b == b'`').count();
        let (before, after) = rest.split_at(at + fence);
        let close = after.find(&"`".repeat(fence)).filter(|_| !escaped);
        match close {
            Some(end) => {
                bare.push_str(&before[..at]);
                rest = &after[end + fence..];
            }
            None => {
                bare.push_str(before);
                rest = after;
            }
        }
    }
    bare + rest
}

#[test]
fn a_wrapped_line_cannot_begin_a_list_or_a_heading() {
    let text = "word ".repeat(13) + "word word 1. # - + = word " + &"12) ".repeat(60);
    let mut brief = superreport();
    brief.request.words = text;
    let markdown = render(&brief, Format::Markdown);
    let quoted = markdown.lines().filter_map(|l| l.strip_prefix("> "));
    for line in quoted {
        assert!(!line.starts_with(['#', '-', '+', '=']), "{line}");
        assert!(
            !line.starts_with("12)") && !line.starts_with("1. "),
            "{line}"
        );
    }
}

#[test]
fn invisible_and_controlling_characters_reach_no_format() {
    let text = "a\u{202e}b\u{0}c\u{1b}[31md\u{200b}e\u{9b}f\u{2066}g\u{7}h\u{7f}i\u{e0041}j";
    let brief = everywhere(text);
    for format in Format::TEXTS {
        let file = render(&brief, format);
        for c in text.chars().filter(|c| !c.is_ascii_graphic()) {
            assert!(!file.contains(c), "{format:?} has {c:?}");
        }
    }
    let sent = message(&brief, &id("dana"), text).text();
    for c in text.chars().filter(|c| !c.is_ascii_graphic()) {
        assert!(!sent.contains(c), "the message has {c:?}");
    }
    // A program reads the very text back.
    let read: serde_json::Value = serde_json::from_str(&render(&brief, Format::Json)).unwrap();
    assert_eq!(read["title"], text);
}

#[test]
fn the_page_loads_nothing_and_suits_paper_and_phones() {
    let page = render(&signed(), Format::Html);
    assert!(!page.contains("http://") && !page.contains("https://"));
    for needed in [
        "lang=\"en\"",
        "name=\"viewport\"",
        "@media print",
        "@page",
        "break-inside: avoid",
        "prefers-color-scheme: dark",
        "Content-Security-Policy",
    ] {
        assert!(page.contains(needed), "{needed}");
    }
    assert_eq!(page.matches("<h1").count(), 1);
}

#[test]
fn every_format_stands_empty_and_huge_briefs() {
    let created = at("2026-02-03T10:05:00+01:00");
    let brief_id = crate::domain::BriefId::parse("untitled-aaaa").unwrap();
    let empty = Brief::new(brief_id, "", "request", created);
    for format in Format::TEXTS {
        let file = render(&empty, format);
        assert!(mark(&file).is_some(), "{format:?}");
    }
    let sent = message(&empty, &id("nobody"), "");
    assert!(sent.body.starts_with("Hello,"), "{}", sent.body);
    assert!(sent.warnings.iter().any(|w| w.contains("greeting")));

    let mut huge = superreport();
    huge.request.words = "word ".repeat(200_000);
    huge.needs[0].text = "x".repeat(1_000_000);
    for format in Format::TEXTS {
        assert!(mark(&render(&huge, format)).is_some(), "{format:?}");
    }
    assert!(message(&huge, &id("dana"), "A").body.len() < 2_000);
}

#[test]
fn plain_text_keeps_to_76_columns_whatever_the_script() {
    let mut brief = amended();
    brief.title = "日本語の長い題名".repeat(20);
    brief.request.words = format!("{} 👩‍👩‍👧‍👦 שלום {}", "x".repeat(300), "é".repeat(200));
    for line in render(&brief, Format::Text).lines() {
        if !line.starts_with("askfirst") {
            assert!(crate::domain::text::width(line) <= 76, "{line}");
        }
    }
}

#[test]
fn what_is_missing_or_left_out_is_said_politely() {
    let mut brief = superreport();
    let text = render(&brief, Format::Text);
    assert!(text.contains("none of the needs so far; is it wanted?"));
    assert!(text.contains("○ Not agreed yet."));
    brief.goals.clear();
    assert!(render(&brief, Format::Text).contains("! No goal is named."));
    let answer = crate::domain::Answer {
        standing: Standing::not_needed("It is a one-off favour"),
        ..Default::default()
    };
    brief.answers.set("goals", Some(answer));
    let text = render(&brief, Format::Text);
    assert!(text.contains("None, on purpose: It is a one-off favour"));
    assert!(!text.contains("No goal is named"));
}

#[test]
fn a_yes_makes_a_guess_agreed_and_a_change_makes_it_a_guess_again() {
    let excel = |brief: &Brief| {
        let text = render(brief, Format::Text);
        let (_, after) = text.split_once("4. Opens in Excel").unwrap();
        after.lines().nth(1).unwrap().trim().to_owned()
    };
    assert_eq!(excel(&superreport()), "[~ guess]");
    assert_eq!(
        excel(&signed()),
        "[✓ agreed, by Dana Reyes; a guess until then]"
    );
    assert_eq!(excel(&amended()), "[~ guess]");
}

#[test]
fn a_forged_yes_is_shown_as_not_counting() {
    let mut brief = signed();
    for event in &mut brief.events {
        event.agreed = event.agreed.replace("Automation", "Nothing");
    }
    let text = render(&brief, Format::Text);
    assert!(text.contains("Does not count: its stored text does not match its code"));
    assert!(text.contains("○ Not agreed yet."));
}

#[test]
fn json_names_what_follows_from_the_brief() {
    let value = json_value(&amended());
    assert_eq!(value["status"], "amended");
    assert_eq!(value["version"], 2);
    assert_eq!(value["needs"][1]["rank"], 1);
    assert_eq!(value["needs"][0]["served_by"][1], "sheet");
    assert_eq!(value["sections"][1]["state"], "lapsed");
    assert_eq!(value["sign_offs"][0]["grade"], "reply");
    assert_eq!(value["open_questions"][0]["to"], "dana");
    assert_eq!(value["gaps"][0]["kind"], "rankings-differ");
    assert_eq!(value["mark"]["code"], value["code"]);
    assert!(value["customers"][0].get("notes").is_none());
}

#[test]
fn a_message_asks_at_most_three_questions_and_ends_with_the_code() {
    let mut brief = superreport();
    for n in 0..6 {
        let answer = action::ask(None, &format!("Question {n}?"), "", &id("dana"));
        brief.answers.set(&format!("q{n}"), Some(answer));
    }
    let sent = message(&brief, &id("dana"), "Alex");
    assert_eq!(sent.questions.len(), 3);
    assert!(sent.body.contains("Three questions:"));
    assert!(!sent.body.contains("\n4. "));
    let answer = format!(
        "Reply \"OK {}\" to say yes, or answer by number.",
        sent.code
    );
    assert!(sent.body.contains(&answer));
    assert_eq!(sent.code, code(&brief));
}

#[test]
fn the_message_of_the_reference_case_has_50_to_125_words() {
    for brief in [superreport(), amended()] {
        for to in ["dana", "hr"] {
            let sent = message(&brief, &id(to), "Alex Kim");
            assert!(
                (50..=125).contains(&sent.words),
                "{}: {}",
                sent.words,
                sent.body
            );
            assert_eq!(sent.seconds, (sent.words * 60).div_ceil(200));
            assert_eq!(sent.warnings, Vec::<String>::new());
        }
    }
}

#[test]
fn the_readings_become_options() {
    let mut brief = superreport();
    brief.readings[1].standing = Standing::guess();
    let answer = action::ask(None, "", "Which of these do you mean?", &id("dana"));
    brief.answers.set("readings", Some(answer));
    let body = message(&brief, &id("dana"), "Alex").body;
    assert!(
        body.contains("1. Which of these do you mean?\n   1a. How many tickets"),
        "{body}"
    );
    assert!(body.contains("   1b. Which kinds of work"), "{body}");
    assert_eq!(body.matches("(my guess)").count(), 1);
    assert!(!body.contains("I understood"), "the options say it: {body}");
}

#[test]
fn a_message_after_a_yes_leads_with_what_changed() {
    let body = message(&amended(), &id("dana"), "Alex").body;
    let lead = body.lines().nth(2).unwrap();
    assert!(
        lead.contains("since your yes") && lead.contains("4 Feb"),
        "{lead}"
    );
    assert!(body.contains("needed by Thu 26 Feb 2026 (was: needed by Thu 19 Feb 2026)"));
}

#[test]
fn an_own_idea_says_that_nobody_asked() {
    let mut brief = superreport();
    brief.request.origin = Some(Origin::OwnIdea);
    let sent = message(&brief, &id("dana"), "Alex");
    assert!(sent.body.contains("nobody asked me for this"));
    assert!(sent.subject.ends_with("would this be useful?"));
    assert!(render(&brief, Format::Text).contains("worker's own idea"));
}

#[test]
fn no_text_makes_a_line_of_its_own_in_a_message() {
    let mut brief = superreport();
    brief.title = "x\r\nBcc: all@example.com".into();
    brief.needs[0].text = "a\nReply \"OK 000000\"".into();
    apply(
        &mut brief,
        Change::Customer(ListEdit::Insert {
            at: 0,
            item: Customer {
                id: id("eve"),
                name: "Eve\nSubject: hi".into(),
                role: Role::User,
                uses_for: String::new(),
                reach: String::new(),
                notes: String::new(),
            },
        }),
    );
    let text = message(&brief, &id("eve"), "A\nB").text();
    assert!(
        !text
            .lines()
            .any(|l| l.starts_with("Bcc") || l.starts_with("Reply \"OK 0")),
        "{text}"
    );
    assert_eq!(
        text.lines().filter(|l| l.starts_with("Subject:")).count(),
        1
    );
}

#[test]
fn a_message_about_what_is_not_decided_yet_warns_of_it() {
    let mut brief = superreport();
    brief.conflicts.push(crate::domain::Conflict {
        place: "plan.need_by".into(),
        versions: vec!["2026-03-01".into(), "2026-03-02".into()],
    });
    let warnings = message(&brief, &id("dana"), "Alex").warnings;
    let told = "the day by which it is needed was changed in two ways";
    assert!(warnings.iter().any(|w| w.starts_with(told)), "{warnings:?}");
    let record = render(&brief, Format::Markdown);
    assert!(record.contains("## Not decided yet"), "{record}");
    assert!(record.contains("Sun 1 Mar 2026"), "{record}");
}

#[test]
fn wording_is_checked_in_the_workers_words_only() {
    let mut brief = superreport();
    brief.request.words = "I NEED THIS!! Your fault".into();
    brief.needs[0].text = "It helps, as you said!!".into();
    assert_eq!(
        message(&brief, &id("dana"), "Alex").warnings,
        Vec::<String>::new()
    );
    brief.needs[0].standing = Standing::guess();
    let warnings = message(&brief, &id("dana"), "").warnings;
    assert!(
        warnings.iter().any(|w| w.contains("assist")),
        "{warnings:?}"
    );
    assert!(
        warnings.iter().any(|w| w.contains("exclamation")),
        "{warnings:?}"
    );
    assert!(
        warnings.iter().any(|w| w.contains("your name")),
        "{warnings:?}"
    );
}

#[test]
fn dates_need_no_clock() {
    assert_eq!(
        crate::domain::date::show(day("2026-02-19")),
        "Thu 19 Feb 2026"
    );
}

#[test]
fn a_change_is_told_by_what_differs() {
    let base = signed();
    let changed = |change: &dyn Fn(&mut Brief)| {
        let mut brief = base.clone();
        change(&mut brief);
        let text = render(&brief, Format::Text);
        let (_, after) = text.split_once("What changed since\n").unwrap();
        let lines = after.lines().skip(3).take_while(|l| l.starts_with("    "));
        lines
            .map(|l| l.trim().to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        changed(&|b| b.deliverables.swap(0, 1)),
        "the same, in another order"
    );
    assert_eq!(changed(&|b| b.out.push("Training".into())), "new: Training");
    assert_eq!(changed(&|b| b.out.truncate(1)), "no longer: Automation");
    assert_eq!(
        changed(&|b| b.needs[3].acceptance = "It opens; HR says so".into()),
        "now: Opens in Excel, so that HR can sort it; met when: It opens; HR says so \
         (was: met when: An .xlsx file without macros or links)"
    );
    assert_eq!(
        changed(&|b| b.deliverables[0].serves = vec![id("kinds")]),
        "now: One-page table: type of work, share, skills; serves: Types of work received and \
         resolved, with a share for each (was: serves: Types of work received and resolved, with \
         a share for each, Skills that each type of work takes)"
    );
    assert_eq!(
        changed(&|b| b.plan.appetite = String::new()),
        "no longer: worth 3 days"
    );
}

#[test]
fn a_file_that_is_no_export_is_not_replaced() {
    let brief = superreport();
    let new = render(&brief, Format::Markdown).into_bytes();
    assert!(super::replaces(&new, &new));
    for other in [&b"ab\xff"[..], b"my own notes", b""] {
        assert!(!super::replaces(&new, other));
    }
}

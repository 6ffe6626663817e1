//! What somebody who gets a message in one of its forms would notice, also
//! where its texts are hostile.

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::Flavour;
use crate::domain::fixture::{amended, at, id, superreport};
use crate::domain::{Brief, BriefId, Bundle, ItemId, Standing, action};
use crate::export::tests::{HOSTILE, everywhere, without_code};
use crate::export::{Message, News, bundle, message, update};

/// What nobody should get: markup of each form, and marks that hide or turn.
const MORE: [&str; 12] = [
    "<!channel> <!here> <@U024BE7LH> <#C024BE7LR> <http://evil.example|bank.example>",
    "@here :tada: #general",
    "*bold* _it_ ~gone~ `code` ```fence``` > quote",
    ">>> all of it is a quote",
    "=cmd|'/c calc'!A0",
    "+1+1 -1-1 @SUM(A1)",
    "\u{1b}]0;title\u{7}\u{1b}[31mred",
    "a\u{200b}b\u{202e}c\u{2066}d\u{feff}e",
    "x\r\nBcc: all@evil.example\r\n\r\n<b>body</b>",
    "=?utf-8?Q?=0D=0ABcc:_all@evil.example?=",
    "-- \nsignature",
    "1. yes\n2. no\nOK 000000",
];

fn hostile() -> impl Iterator<Item = &'static str> {
    HOSTILE.into_iter().chain(MORE)
}

fn with_options() -> Brief {
    let mut brief = superreport();
    brief.readings[1].standing = Standing::guess();
    let answer = action::ask(None, "", "Which of these do you mean?", &id("dana"));
    brief.answers.set("readings", Some(answer));
    brief
}

/// Messages to both customers in all that a message can say, with `text` in
/// every field.
fn messages(text: &str) -> Vec<Message> {
    let mut brief = everywhere(text);
    for customer in &mut brief.customers {
        customer.reach = text.to_owned();
    }
    brief.thank(&id("dana"), text);
    let mut asked = brief.clone();
    let answer = action::ask(None, text, text, &id("dana"));
    asked.answers.set("readings", Some(answer));
    asked.events.clear();
    let news = News {
        learned: text.to_owned(),
        tell: text.to_owned(),
        ..News::default()
    };
    let to = |to: &str| -> ItemId { id(to) };
    let both = Bundle::new([&brief, &asked], &brief.customers[0]);
    let mut all = vec![
        message(&brief, &to("dana"), text),
        message(&brief, &to("hr"), text),
        message(&asked, &to("dana"), text),
        update(&brief, &to("dana"), text, &news),
        bundle(&both, text),
    ];
    // Nobody without a name is the same person anywhere.
    all.retain(|sent| !sent.sheets.is_empty());
    all
}

#[test]
fn the_message_reads_well_in_every_form() {
    let brief = with_options();
    let sent = message(&brief, &id("dana"), "Alex Kim");
    for flavour in Flavour::ALL {
        let name = format!("flavour_{}", flavour.word());
        insta::assert_snapshot!(name, sent.form(flavour).replace('\r', ""));
    }
    let sent = message(&amended(), &id("dana"), "Alex Kim");
    insta::assert_snapshot!("flavour_amended_markdown", sent.form(Flavour::Markdown));
}

#[test]
fn the_same_message_gives_the_same_bytes() {
    let form = |flavour| message(&amended(), &id("dana"), "Alex").form(flavour);
    for flavour in Flavour::ALL {
        assert_eq!(form(flavour), form(flavour));
    }
}

#[test]
fn markdown_makes_nothing_of_what_a_person_wrote() {
    let shape = |sent: &Message| -> (Vec<String>, String) {
        let markdown = sent.form(Flavour::Markdown);
        let mut blocks = Vec::new();
        for event in Parser::new_ext(&markdown, Options::all()) {
            match event {
                Event::Start(
                    tag @ (Tag::Link { .. }
                    | Tag::Image { .. }
                    | Tag::HtmlBlock
                    | Tag::Heading { .. }
                    | Tag::CodeBlock(_)
                    | Tag::Table(_)
                    | Tag::BlockQuote(_)
                    | Tag::Emphasis
                    | Tag::Strikethrough
                    | Tag::FootnoteDefinition(_)),
                ) => panic!("{tag:?} in\n{markdown}"),
                Event::Html(html) | Event::InlineHtml(html) => panic!("{html} in\n{markdown}"),
                Event::Rule | Event::InlineMath(_) | Event::DisplayMath(_) => {
                    panic!("{event:?} in\n{markdown}")
                }
                Event::Start(Tag::List(_)) => blocks.push("list".to_owned()),
                Event::Start(Tag::Item) => blocks.push("item".to_owned()),
                _ => {}
            }
        }
        (blocks, markdown)
    };
    let harmless = messages("x y");
    for text in hostile() {
        for (sent, harmless) in messages(text).iter().zip(&harmless) {
            let (blocks, markdown) = shape(sent);
            // As many lists and items as the message of harmless texts, where
            // it has room for as many.
            assert!(blocks.len() <= shape(harmless).0.len() + 4, "{markdown}");
            // Dialects make links of these words by themselves.
            for line in markdown.lines() {
                let bare = without_code(line);
                for link in ["://", "www.", "mailto:", "javascript:", "@e", "@h"] {
                    assert!(!bare.contains(link), "{text}: {line}");
                }
            }
        }
    }
}

#[test]
fn slack_makes_nothing_of_what_a_person_wrote() {
    for text in hostile() {
        for sent in messages(text) {
            let slack = sent.form(Flavour::Slack);
            assert!(!slack.contains(['<', '>']), "{slack}");
            for (at, line) in slack.lines().enumerate() {
                let line = match at {
                    0 => line.strip_prefix("*Subject:* ").unwrap(),
                    _ => line,
                };
                let bare: String = line.split('`').step_by(2).collect();
                assert_eq!(line.matches('`').count() % 2, 0, "{line}");
                for link in ["://", "www.", "mailto:", "javascript:", "@"] {
                    assert!(!bare.contains(link), "{text}: {line}");
                }
                for (at, c) in bare.char_indices() {
                    let inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                    let within = inner(bare[..at].chars().next_back())
                        && inner(bare[at + c.len_utf8()..].chars().next());
                    assert!(!matches!(c, '*' | '_' | '~') || within, "{text}: {line}");
                }
                assert!(!line.starts_with("&gt;"), "{line}");
            }
        }
    }
}

#[test]
fn a_mail_draft_has_its_own_headers_and_nobody_elses() {
    for text in hostile().chain(["Jürgen Größe 日本語", "a, b; <c@d.example>"]) {
        for mut sent in messages(text) {
            sent.address = "dana@example.com".to_owned();
            let draft = sent.form(Flavour::Mail);
            assert!(draft.is_ascii(), "{draft}");
            for line in draft.split("\r\n") {
                assert!(!line.contains(['\r', '\n', '\u{1b}', '\0']), "{line:?}");
                assert!(line.len() <= 78, "{line}");
            }
            let parsed = mail_parser::MessageParser::default().parse(&draft).unwrap();
            let names: Vec<&str> = parsed.headers().iter().map(|h| h.name()).collect();
            assert_eq!(
                names,
                [
                    "X-Unsent",
                    "To",
                    "Subject",
                    "MIME-Version",
                    "Content-Type",
                    "Content-Transfer-Encoding"
                ],
                "{draft}"
            );
            let subject = sent.subject.replace("=?", "= ?");
            assert_eq!(parsed.subject(), Some(subject.as_str()));
            let to = parsed.to().unwrap();
            assert_eq!(to.iter().count(), 1, "{draft}");
            assert_eq!(to.first().unwrap().address(), Some("dana@example.com"));
            let name = to.first().unwrap().name().unwrap_or_default();
            assert_eq!(name, sent.name.replace("=?", "= ?"), "{draft}");
            let body = parsed.body_text(0).unwrap().replace("\r\n", "\n");
            assert_eq!(body, sent.body);
            assert_eq!(parsed.html_body_count(), 1, "plain text only: {draft}");
            assert!(parsed.attachments().next().is_none());
        }
    }
}

#[test]
fn no_form_has_marks_that_hide_or_a_line_that_a_sheet_would_run() {
    for text in hostile() {
        for sent in messages(text) {
            for flavour in [Flavour::Plain, Flavour::Slack, Flavour::Markdown] {
                let form = sent.form(flavour);
                for c in form.chars().filter(|c| *c != '\n') {
                    assert!(
                        !c.is_control() && !crate::domain::text::is_hidden(c),
                        "{c:?}"
                    );
                }
                for line in form.lines() {
                    assert!(!line.starts_with(['=', '+', '@']), "{line}");
                    assert!(
                        !line.starts_with("OK ") && !line.starts_with("Bcc"),
                        "{line}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_megabyte_in_every_field_makes_no_long_message() {
    for text in ["word ".repeat(200_000), "*`<".repeat(350_000)] {
        let mut brief = superreport();
        brief.title.clone_from(&text);
        brief.customers[0].name.clone_from(&text);
        brief.customers[0].reach.clone_from(&text);
        brief.needs[0].text.clone_from(&text);
        brief.readings[1].text.clone_from(&text);
        brief.thank(&id("dana"), &text);
        let answer = action::ask(None, "", &text, &id("dana"));
        brief.answers.set("readings", Some(answer));
        let news = News {
            tell: text.clone(),
            ..News::default()
        };
        for sent in [
            message(&brief, &id("dana"), &text),
            update(&brief, &id("dana"), &text, &news),
        ] {
            for flavour in Flavour::ALL {
                let form = sent.form(flavour);
                assert!(form.len() < 9_000, "{flavour:?}: {}", form.len());
            }
        }
    }
}

#[test]
fn an_empty_brief_has_a_message_in_every_form() {
    let brief_id = BriefId::parse("untitled-aaaa").unwrap();
    let empty = Brief::new(brief_id, "", "request", at("2026-02-03T10:05:00+01:00"));
    let sent = message(&empty, &id("nobody"), "");
    for flavour in Flavour::ALL {
        assert!(sent.form(flavour).contains("Hello"), "{flavour:?}");
    }
    assert!(!sent.form(Flavour::Mail).contains("To:"));
}

//! Any texts in a brief, in every form in which it leaves: nothing in them moves
//! a cursor, hides, turns the direction, or is markup.

use askfirst::domain::work_time::WorkTime;
use askfirst::domain::{
    Answer, Basis, Brief, Bundle, EventKind, ItemId, Role, Sheet, Shortcut, Stage, Standing, text,
};
use askfirst::export::{self, Flavour, Format, Message, News, Occasion};
use askfirst::remind::{calendar, digest::Digest, notices};
use askfirst::storage::import_text;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::{harmless, harmless_line, moment};

const REFERENCE: &str = include_str!("../../docs/superreport.toml");
const PAGE: &str = include_str!("../../src/export/record.html");
const FORM: &str = include_str!("../../src/export/form/form.html");

/// The first byte says which form, the second who asks whom; the rest are texts
/// for the fields of a brief, with 0xFF between them, which is in no text.
pub fn check(data: &[u8]) {
    thread_local!(static BASE: Brief = base());
    let [form, how, texts @ ..] = data else {
        return;
    };
    let texts: Vec<String> = texts
        .split(|b| *b == 0xff)
        .map(|t| String::from_utf8_lossy(t).into_owned())
        .collect();
    let brief = BASE.with(|base| filled(base.clone(), *how, &texts));
    let from = texts.first().cloned().unwrap_or_default();
    match form % 12 {
        0 => markdown(&render(&brief, Format::Markdown), true),
        1 => page(&render(&brief, Format::Html), &["ol", "ul"]),
        2 => harmless("the text", &render(&brief, Format::Text)),
        3 => json(&brief),
        4 => form_of(&brief, &from),
        5 => reminders(&brief),
        n => message(
            &messages(&brief, &from, *how),
            Flavour::ALL[usize::from(n) % 4],
        ),
    }
}

/// The reference case with no more of a kind than it takes to have a next one, so
/// that there can be many runs.
fn base() -> Brief {
    let brief = import_text("-", REFERENCE, 7, moment()).unwrap().brief;
    let mut brief = brief.into_inner();
    brief.needs.truncate(2);
    brief.readings.truncate(2);
    brief.goals.truncate(1);
    let serves = |id: &ItemId| brief.needs.iter().any(|need| need.id == *id);
    for part in &mut brief.deliverables {
        part.serves.retain(serves);
    }
    brief.deliverables.truncate(2);
    brief
}

/// The brief with the texts in its fields, one after the other.
fn filled(mut brief: Brief, how: u8, texts: &[String]) -> Brief {
    let mut at = 0;
    let mut next = || {
        let text = texts
            .get(at % texts.len().max(1))
            .cloned()
            .unwrap_or_default();
        at += 1;
        text
    };
    brief.title = next();
    brief.request.words = next();
    for need in &mut brief.needs {
        need.text = next();
        need.acceptance = next();
    }
    for customer in &mut brief.customers {
        customer.name = next();
        customer.uses_for = next();
        customer.reach = next();
        customer.notes = "for nobody else".to_owned();
    }
    for reading in &mut brief.readings {
        reading.text = next();
        if how & 1 != 0 {
            reading.standing = Standing::guess();
        }
    }
    for part in &mut brief.deliverables {
        part.text = next();
        part.standing.why = next();
    }
    for goal in &mut brief.goals {
        (goal.text, goal.how, goal.owner) = (next(), next(), next());
    }
    brief.out = vec![next(), next()];
    brief.request.place = next();
    (brief.plan.appetite, brief.plan.cadence) = (next(), next());
    let dana = brief.customers[0].id.clone();
    for (bit, question) in [
        (2, "readings"),
        (4, "purpose"),
        (8, "tool"),
        (16, "need_by"),
    ] {
        let mut answer = Answer {
            text: next(),
            question: next(),
            put: next(),
            ..Answer::default()
        };
        answer.items = vec![next(), next()];
        answer.standing = match how & bit {
            0 => Standing::told(dana.clone(), "2026-02-03".parse().unwrap()),
            _ => Standing::to_ask(dana.clone()),
        };
        answer.standing.why = next();
        brief.answers.set(question, Some(answer));
    }
    if how & 32 != 0 {
        brief.stage = Stage::InProgress;
        brief.customers[0].role = Role::Unknown(next());
        brief.deliverables[0].standing.basis = Basis::Unknown(next());
        brief.shortcuts.push(Shortcut {
            id: ItemId::parse("s1").unwrap(),
            text: next(),
            pay_back: "2026-02-20".parse().ok(),
            on: None,
            paid: None,
        });
    }
    if how & 64 != 0 {
        for kind in [
            EventKind::Signed,
            EventKind::Heard,
            EventKind::Shared,
            EventKind::Unknown(next()),
        ] {
            let mut event = askfirst::domain::Event::new(next(), kind, moment());
            event.by = Some(dana.clone());
            event.to = Some(dana.clone());
            (event.who, event.via, event.words, event.because) = (next(), next(), next(), next());
            (event.code, event.agreed, event.remarks) = (next(), next(), vec![next()]);
            brief.events.push(event);
        }
    }
    brief
}

fn render(brief: &Brief, format: Format) -> String {
    let document = export::render(brief, format).unwrap();
    let text = String::from_utf8(document.bytes).unwrap();
    let mark = export::mark(text.as_bytes()).expect("an export has a mark");
    assert_eq!(mark.brief, brief.id.as_str(), "{text}");
    assert_eq!(mark.format, format.word());
    assert!(!text.contains("for nobody else"), "notes are private");
    text
}

fn messages(brief: &Brief, from: &str, how: u8) -> Message {
    let dana = &brief.customers[0].id;
    match how >> 6 {
        0 | 1 => export::message(brief, dana, from),
        2 => {
            let occasion = if how & 1 == 0 {
                Occasion::Course
            } else {
                Occasion::Lost
            };
            let news = News {
                occasion,
                learned: brief.title.clone(),
                tell: brief.request.words.clone(),
                shortcut: Some((brief.out[0].clone(), None)),
                ..News::default()
            };
            export::update(brief, dana, from, &news)
        }
        _ => {
            let mut other = brief.clone();
            other.id = askfirst::domain::BriefId::parse("another-aaaa").unwrap();
            export::bundle(&Bundle::new([brief, &other], &brief.customers[0]), from)
        }
    }
}

fn message(sent: &Message, flavour: Flavour) {
    let form = sent.form(flavour);
    assert!(!form.contains("for nobody else"), "notes are private");
    harmless_line("the subject", &sent.subject);
    match flavour {
        Flavour::Plain => {
            harmless("the message", &form);
            for line in form.lines() {
                assert!(!line.starts_with(['=', '+', '@']), "a formula: {line:?}");
            }
        }
        Flavour::Markdown => {
            harmless("the message", &form);
            markdown(&form, false);
        }
        Flavour::Slack => {
            harmless("the message", &form);
            slack(&form);
        }
        Flavour::Mail => mail(sent, &form),
    }
}

fn slack(form: &str) {
    assert!(!form.contains(['<', '>']), "{form}");
    for (at, _) in form.match_indices('&') {
        let entity = ["&amp;", "&lt;", "&gt;"]
            .iter()
            .any(|e| form[at..].starts_with(e));
        assert!(entity, "{form}");
    }
    for (at, line) in form.lines().enumerate() {
        let line = if at == 0 {
            line.strip_prefix("*Subject:* ").unwrap_or(line)
        } else {
            line
        };
        assert!(line.matches('`').count() % 2 == 0, "{line:?}");
        let bare: String = line.split('`').step_by(2).collect();
        let lower = bare.to_ascii_lowercase();
        for link in ["://", "www.", "mailto:", "javascript:", "@"] {
            assert!(!lower.contains(link), "{link} in {line:?}");
        }
    }
}

fn mail(sent: &Message, form: &str) {
    assert!(form.is_ascii(), "{form:?}");
    for line in form.split("\r\n") {
        assert!(!line.contains(['\r', '\n', '\u{1b}', '\0']), "{line:?}");
        assert!(line.len() <= 998, "{line:?}");
    }
    let parsed = mail_parser::MessageParser::default()
        .parse(form)
        .expect("a mail");
    let own = [
        "X-Unsent",
        "To",
        "Subject",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    ];
    for header in parsed.headers() {
        assert!(own.contains(&header.name()), "{} in {form}", header.name());
    }
    let recipients = parsed.to().map_or(0, |to| to.iter().count());
    assert_eq!(recipients, usize::from(!sent.address.is_empty()), "{form}");
    let body = parsed
        .body_text(0)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert_eq!(body, sent.body, "{form}");
    harmless("the body", &body);
    assert!(parsed.attachments().next().is_none());
}

/// Nothing in it loads, links, or is HTML. A record has headings of its own.
fn markdown(markdown: &str, is_record: bool) {
    harmless("the Markdown", markdown);
    let usual = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(markdown, usual) {
        let bad = match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock) => true,
            Event::Start(Tag::Heading { .. } | Tag::BlockQuote(_)) => !is_record,
            Event::Start(Tag::CodeBlock(_) | Tag::Table(_) | Tag::FootnoteDefinition(_)) => true,
            Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => true,
            _ => false,
        };
        assert!(!bad, "{event:?} in {markdown}");
    }
}

/// The name of an element at the start of `tag`.
fn name_of(tag: &str) -> String {
    let name = tag.trim_start_matches(['/', '!']);
    name.chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect()
}

/// The page has no element, and no attribute, that its template has not.
fn page(page: &str, more: &[&str]) {
    harmless("the page", page);
    thread_local!(static KNOWN: [Vec<String>; 2] = [
        PAGE.split('<').skip(1).map(name_of).collect(),
        attributes_of(PAGE),
    ]);
    KNOWN.with(|[names, attributes]| {
        for tag in page.split('<').skip(1) {
            let name = name_of(tag);
            assert!(
                names.contains(&name) || more.contains(&name.as_str()),
                "<{name} in {page}"
            );
            let inside = tag.split('>').next().unwrap_or_default();
            for attribute in attributes_in(inside) {
                assert!(!attribute.starts_with("on"), "{attribute} in <{inside}>");
                assert!(
                    attributes.contains(&attribute),
                    "{attribute:?} in <{inside}>"
                );
            }
        }
    });
    for once in ["</html>", "</head>", "</style>"] {
        assert_eq!(page.matches(once).count(), 1, "{once} in {page}");
    }
    assert_eq!(page.matches("<script").count(), 0, "{page}");
}

/// The names of the attributes in a tag, with what stands in quotes left out.
fn attributes_in(tag: &str) -> Vec<String> {
    let unquoted: String = tag.split('"').step_by(2).collect();
    let names = unquoted.split_ascii_whitespace().skip(1);
    names
        .map(|name| name.trim_end_matches(['=', '/']).to_owned())
        .filter(|n| !n.is_empty())
        .collect()
}

fn attributes_of(template: &str) -> Vec<String> {
    let tags = template.split('<').skip(1);
    let mut all: Vec<String> = tags
        .filter_map(|tag| tag.split('>').next())
        // What the template itself decides.
        .map(|tag| {
            tag.split("{%")
                .map(|part| part.split_once("%}").map_or(part, |p| p.1))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .flat_map(|tag| attributes_in(&tag))
        .collect();
    all.extend(["class", "data-letter", "checked", "value", "lang"].map(str::to_owned));
    all
}

fn json(brief: &Brief) {
    let text = render(brief, Format::Json);
    harmless("the JSON", &text);
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        value["title"],
        brief.title.as_str(),
        "a program reads the very text"
    );
}

fn form_of(brief: &Brief, from: &str) {
    let dana = &brief.customers[0].id;
    let sheet = Sheet::draft(brief, dana);
    let html = export::form(brief, &sheet, from, from);
    assert!(!html.contains("for nobody else"), "notes are private");
    harmless("the sheet", &html);
    for (tag, most) in [
        ("<script", 1),
        ("</script", 1),
        ("<style", 1),
        ("</style", 1),
        ("</html", 1),
        ("<form", 1),
    ] {
        let usual = FORM.matches(tag).count().max(most);
        assert!(html.matches(tag).count() <= usual, "{tag} in {html}");
    }
    for never in ["<img", "<svg", "<iframe", "<object", "<link", "<base"] {
        assert!(
            !html.to_ascii_lowercase().contains(never),
            "{never} in {html}"
        );
    }
}

fn reminders(brief: &Brief) {
    let zone = *moment().offset();
    let work = WorkTime::default();
    let mut brief = brief.clone();
    brief.stage = Stage::InProgress;
    let mut begun = askfirst::domain::Event::new("e1", EventKind::Started, moment());
    begun.who = brief.title.clone();
    brief.events.insert(0, begun);
    let found = notices([&brief], &work, &zone, moment());
    for notice in &found {
        // Words of a command line, whatever the brief says.
        let plain =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | ' ');
        assert!(notice.command().chars().all(plain), "{}", notice.command());
        harmless_line("the question", &text::line(&notice.question));
    }
    let all: Vec<_> = found.iter().collect();
    if let Some(digest) = Digest::of(&all) {
        harmless_line("the summary", &digest.summary);
        harmless("the body", &digest.body);
        let markup = digest.as_markup();
        assert!(!markup.contains(['<', '>', '"', '\'']), "{markup}");
    }
    let entry = calendar::Entry::of(&brief, &work, &zone, moment());
    let ics = calendar::render(&entry.into_iter().collect::<Vec<_>>(), "folder", moment());
    assert!(ics.ends_with("\r\n"));
    let known = [
        "BEGIN",
        "END",
        "VERSION",
        "PRODID",
        "CALSCALE",
        "METHOD",
        "X-WR-CALNAME",
        "X-ASKFIRST-FOLDER",
        "UID",
        "SEQUENCE",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "DESCRIPTION",
        "CLASS",
        "TRANSP",
        "STATUS",
        "ACTION",
        "TRIGGER",
    ];
    // A reader puts long lines together again before it shows them.
    for line in ics.replace("\r\n ", "").split_terminator("\r\n") {
        harmless_line("the calendar", line);
    }
    for line in ics.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        let name = line.split([':', ';']).next().unwrap_or_default();
        assert!(
            line.starts_with(' ') || known.contains(&name),
            "{line:?} in {ics}"
        );
    }
    let events = ics.split("\r\n").filter(|line| *line == "BEGIN:VEVENT");
    assert!(events.count() <= 1, "{ics}");
}

//! The answer sheet in a real browser, and its reply back in the program.

use askfirst::domain::reply::{Reply, Taken, reply};
use askfirst::domain::sign_off::{need_agreed, sign_offs};
use askfirst::domain::{Basis, Brief, EventKind, Grade, ItemId, Sheet};
use askfirst::export;
use askfirst::reply::{Certainty, Letter, Target, understand};

use crate::support::browser::browser;
use crate::support::{SUPERREPORT, TestDir, asking, morning};

/// Dana, who asked.
fn dana() -> ItemId {
    ItemId::parse("dana").unwrap()
}

fn page_of(brief: &Brief, sheet: &Sheet) -> String {
    export::form(brief, sheet, "Raj Patel", "raj@example.com")
}

const TEXT: &str = "document.getElementById('text').value";

/// What the program makes of a reply when only what is beyond doubt is taken.
fn taken(text: &str, brief: &Brief, sheet: &Sheet) -> Brief {
    let letter = Letter {
        text: text.to_owned(),
        ..Letter::default()
    };
    let mut taken = Vec::new();
    let mut remarks = Vec::new();
    let sheets = std::slice::from_ref(sheet);
    for piece in understand(&letter, sheets, morning().date_naive()) {
        let words = piece.words.clone();
        match piece.target {
            Target::Remark => remarks.push(words),
            _ if piece.certainty != Certainty::Exact => panic!("it is in doubt: {piece:?}"),
            Target::Answer {
                question, given, ..
            } => taken.push(Taken::Answer {
                question,
                words,
                given,
            }),
            Target::Order { needs, .. } => taken.push(Taken::Order(needs)),
            Target::Yes { code, .. } => taken.push(Taken::Yes { code, words }),
            Target::Objection { .. } => taken.push(Taken::Objection(words)),
            Target::OldYes { .. } => panic!("the code is that of today: {piece:?}"),
        }
    }
    let said = Reply {
        by: dana(),
        words: text.to_owned(),
        via: "mail".into(),
        on: morning().date_naive(),
        taken,
        remarks,
    };
    let change = reply(brief, said, "r1", morning()).unwrap();
    let mut after = brief.clone();
    after.apply(change, morning()).unwrap();
    after
}

fn order(brief: &Brief) -> Vec<&str> {
    brief.needs.iter().map(|n| n.id.as_str()).collect()
}

#[test]
fn a_sheet_is_answered_with_the_keyboard_alone() {
    let Some(mut browser) = browser() else { return };
    let (brief, sheet) = asking(|_| {});
    let mut page = browser.open(&page_of(&brief, &sheet));
    assert_eq!(page.text(TEXT), "", "nothing is agreed beforehand");
    assert_eq!(page.eval("document.querySelectorAll(':checked').length"), 0);

    // The skills go to the top, by keys on a button that keeps the focus.
    page.tab_to("[data-letter=B] [data-move='-1']");
    page.key("ArrowUp");
    let said = "document.getElementById('said').textContent";
    assert_eq!(page.text(said), "B is now 1 of 4");
    assert_eq!(page.text("document.activeElement.ariaLabel"), "Move B up");
    page.key("Enter");
    assert_eq!(
        page.text(TEXT),
        "Order: B, A, C, D",
        "it is at the top already"
    );
    page.tab_to("[data-letter=A] [data-move='1']");
    page.key("End");
    assert_eq!(page.text(TEXT), "Order: B, C, D, A");

    page.tab_to("[name=q1]");
    page.key(" ");
    page.key("ArrowDown");
    page.tab_to("[data-number='2'] .answer");
    page.type_text("02202026");
    page.tab_to("[data-number='3'] .answer");
    page.type_text("Numbers");
    page.key("Enter");
    page.type_text("on a Mac");
    page.tab_to("[name=verdict]");
    page.key(" ");
    page.tab_to("#remarks");
    page.type_text("Thank you!");
    let reply = format!(
        "1. b\n2. 2026-02-20\n3. Numbers on a Mac\nOrder: B, C, D, A\nOK {}\nAlso: Thank you!",
        sheet.code
    );
    assert_eq!(page.text(TEXT), reply);

    page.tab_to("#copy");
    page.key("Enter");
    page.eval("new Promise(done => setTimeout(done, 100))");
    assert!(page.text(said).starts_with("Copied"), "{}", page.text(said));
    assert_eq!(page.clipboard().replace("\r\n", "\n"), reply);
    assert_eq!(page.trouble(), [""; 0]);

    // All of it lands where it belongs.
    let after = taken(&reply, &brief, &sheet);
    assert_eq!(order(&after), ["skills", "on-time", "excel", "kinds"]);
    let chosen = after.chosen_reading().unwrap();
    assert_eq!(chosen.id, brief.readings[1].id);
    assert_eq!(after.plan.need_by.unwrap().to_string(), "2026-02-20");
    let tool = after.answers.get("tool").unwrap();
    assert_eq!(tool.text, "Numbers on a Mac");
    for question in ["readings", "need_by", "tool"] {
        let standing = &after.answers.get(question).unwrap().standing;
        assert_eq!(standing.basis, Basis::Told, "{question}");
        assert_eq!(standing.by, Some(dana()), "{question}");
    }
    let yes = sign_offs(&after);
    assert_eq!(yes.len(), 1);
    assert_eq!(yes[0].grade, Grade::Reply);
    let event = after.events.iter().rfind(|e| e.kind == EventKind::Replied);
    assert_eq!(event.unwrap().words, reply);
    assert_eq!(event.unwrap().remarks.len(), 1);
}

#[test]
fn a_sheet_is_answered_with_the_mouse() {
    let Some(mut browser) = browser() else { return };
    let (brief, sheet) = asking(|_| {});
    let mut page = browser.open(&page_of(&brief, &sheet));
    page.drag("[data-letter=A] .grip", "[data-letter=C]");
    assert_eq!(page.text(TEXT), "Order: B, C, A, D");
    page.click("#restore");
    assert_eq!(page.text(TEXT), "", "the order is as it was");
    page.click("#confirmed");
    assert_eq!(page.text(TEXT), "Order: A, B, C, D", "said, not assumed");
    page.click("[name=q2][value=yes]");
    page.click("[name=q3][value=yes]");
    page.click("[name=verdict][value=no]");
    assert!(page.text(TEXT).ends_with("Not yet: (no reason given)"));
    page.click("#reason");
    page.type_text("job profiles  are for HR,");
    page.key("Enter");
    page.type_text("OK? 1. not the team");
    let reply = "2. yes\n3. yes\nOrder: A, B, C, D\n\
                 Not yet: job profiles are for HR, OK? 1. not the team";
    assert_eq!(page.text(TEXT), reply);

    let mail = page.text("document.getElementById('mail').href");
    let (to, rest) = mail.split_once("?subject=").unwrap();
    assert_eq!(to, "mailto:raj@example.com");
    assert!(
        rest.contains("&body=2.%20yes%0D%0A3.%20yes%0D%0AOrder"),
        "{mail}"
    );
    assert!(!mail.contains([' ', '\n', '"']), "{mail}");
    // Too much for a link: the text is copied instead.
    page.eval("document.getElementById('remarks').value = 'x'.repeat(1990)");
    page.click("#remarks");
    page.type_text("y");
    let mail = page.text("document.getElementById('mail').href");
    assert!(!mail.contains("&body="), "{} letters", mail.len());
    assert!(page.text(TEXT).contains("xyx"));
    assert_eq!(page.trouble(), [""; 0]);

    let after = taken(reply, &brief, &sheet);
    assert_eq!(order(&after), order(&brief));
    assert_eq!(after.plan.need_by, brief.plan.need_by);
    let standing = &after.answers.get("need_by").unwrap().standing;
    assert_eq!(standing.basis, Basis::Told);
    assert_eq!(after.answers.get("tool").unwrap().text, "Excel");
    assert!(!need_agreed(&after), "an objection signs nothing");
    let event = after.events.iter().rfind(|e| e.kind == EventKind::Replied);
    assert_eq!(
        event.unwrap().because,
        "job profiles are for HR, OK? 1. not the team"
    );
}

#[test]
fn hostile_texts_run_nothing_and_load_nothing() {
    let Some(mut browser) = browser() else { return };
    for hostile in [
        "</script><script>document.title = 'owned'; fetch('http://127.0.0.1:9/')</script>",
        "<img src=x onerror=\"document.title='owned'\">",
        "\" autofocus onfocus=\"document.title='owned'",
        "' onmouseover='document.title=1' x='",
        "</textarea></title></style><iframe src=http://127.0.0.1:9/></iframe>",
        "<style>@import url(http://127.0.0.1:9/)</style><link rel=stylesheet href=//127.0.0.1:9>",
        "<base href=http://127.0.0.1:9/><form action=http://127.0.0.1:9/><meta http-equiv=refresh content=0>",
    ] {
        let (brief, sheet) = asking(|brief| {
            let own = || hostile.to_owned();
            brief.title = own();
            brief.request.words = own();
            for customer in &mut brief.customers {
                (customer.name, customer.uses_for) = (own(), own());
            }
            for need in &mut brief.needs {
                (need.text, need.acceptance) = (own(), own());
            }
            for reading in &mut brief.readings {
                reading.text = own();
            }
            for part in &mut brief.deliverables {
                part.text = own();
            }
            brief.out.push(own());
            for question in ["readings", "need_by", "tool", "purpose"] {
                let mut answer = brief.answers.get(question).cloned().unwrap_or_default();
                (answer.put, answer.text, answer.question) = (own(), own(), own());
                brief.answers.set(question, Some(answer));
            }
        });
        let html = export::form(&brief, &sheet, hostile, hostile);
        let mut page = browser.open(&html);
        page.tab_to("[data-letter=A] [data-move='1']");
        page.key("Enter");
        page.click("[name=q1][value=a]");
        page.click("[name=verdict][value=yes]");
        page.click("#remarks");
        page.type_text("<img src=x onerror=alert(1)>\"'");
        let text = page.text(TEXT);
        assert!(text.starts_with("1. a\nOrder: B, A, C, D\nOK "), "{text}");
        assert_ne!(page.text("document.title"), "owned", "{hostile}");
        assert_eq!(page.trouble(), [""; 0], "{hostile}");
        // What a person wrote is only text: the same elements as ever.
        let strange = "document.querySelectorAll('img, iframe, link, base, object, svg').length";
        assert_eq!(page.eval(strange), 0);
        let mail = page.text("document.getElementById('mail').href");
        assert!(
            mail.starts_with("mailto:") && !mail.contains(['<', '"', ' ']),
            "{mail}"
        );
        drop(page);
        // The record of the same brief.
        let record = export::render(&brief, export::Format::Html).unwrap().bytes;
        let mut page = browser.open(&String::from_utf8(record).unwrap());
        assert_eq!(page.eval(strange), 0);
        assert_ne!(page.text("document.title"), "owned", "{hostile}");
        assert_eq!(page.trouble(), [""; 0], "{hostile}");
    }
}

#[test]
fn a_sheet_suits_phones_dark_rooms_and_screen_readers() {
    let Some(mut browser) = browser() else { return };
    let (brief, sheet) = asking(|brief| {
        brief.needs[1].text = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(4);
    });
    let mut page = browser.open(&page_of(&brief, &sheet));
    let wide = "document.documentElement.scrollWidth";
    for width in [320, 360, 700] {
        page.size(width, 700);
        assert!(
            page.eval(wide).as_u64().unwrap() <= u64::from(width),
            "{width}"
        );
    }
    // A finger needs room.
    page.size(360, 700);
    let small = "Array.from(document.querySelectorAll('button, .actions a')).filter(e => \
                 e.offsetParent && (e.offsetHeight < 44 || e.offsetWidth < 44)).length";
    assert_eq!(page.eval(small), 0);

    let paper = "getComputedStyle(document.body).backgroundColor";
    let light = page.text(paper);
    page.prefer(&[DARK, STILL]);
    assert_ne!(page.text(paper), light);
    // 4.5 to 1 is what WCAG asks for.
    for scheme in ["dark", "light"] {
        page.prefer(&[("prefers-color-scheme", scheme), STILL]);
        let weakest = page.eval(CONTRAST).as_f64().unwrap();
        assert!(weakest >= 4.5, "{scheme}: {weakest}");
    }
    let moves = "getComputedStyle(document.querySelector('.needs > li')).transitionDuration";
    page.prefer(&[STILL]);
    assert_eq!(page.text(moves), "0s");

    // Everything that can be operated has a name, every group a legend.
    let nameless = "Array.from(document.querySelectorAll('button, a, input, textarea')).filter(e => \
                    !(e.getAttribute('aria-label') || e.textContent.trim() || \
                      (e.labels && e.labels.length && e.labels[0].textContent.trim()))).length";
    assert_eq!(page.eval(nameless), 0);
    let unnamed = "Array.from(document.querySelectorAll('fieldset')).filter(e => \
                   !e.querySelector(':scope > legend')).length";
    assert_eq!(page.eval(unnamed), 0);
    assert_eq!(page.text("document.documentElement.lang"), "en");
    assert_eq!(
        page.eval("document.querySelectorAll('[role=status]').length"),
        1
    );
    // Where the focus is can be seen.
    page.tab_to("#copy");
    assert_ne!(
        page.text("getComputedStyle(document.activeElement).outlineStyle"),
        "none"
    );
    assert_eq!(page.trouble(), [""; 0]);
}

const DARK: (&str, &str) = ("prefers-color-scheme", "dark");
const STILL: (&str, &str) = ("prefers-reduced-motion", "reduce");

/// The weakest contrast of visible text on a page with one background.
const CONTRAST: &str = "(() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((c) => {
      c /= 255;
      return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const colour = getComputedStyle(element).backgroundColor;
    return colour === 'rgba(0, 0, 0, 0)' ? behind(element.parentElement) : colour;
  };
  let weakest = 99;
  for (const element of document.body.querySelectorAll('*')) {
    const own = Array.from(element.childNodes).some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !element.offsetParent || element.closest('[aria-disabled=true]')) continue;
    const [a, b] = [light(getComputedStyle(element).color), light(behind(element))];
    weakest = Math.min(weakest, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
  }
  return weakest;
})()";

#[test]
fn without_scripts_a_sheet_shows_all_and_says_how_to_answer() {
    let Some(mut browser) = browser() else { return };
    let (brief, sheet) = asking(|_| {});
    let html = page_of(&brief, &sheet);
    // The policy of this page refuses a script that is not the known one.
    let html = html.replace("\"use strict\";", "\"use strict\"; ");
    let mut page = browser.open(&html);
    let text = page.text("document.body.innerText");
    for shown in [
        "Types of work received and resolved",
        "Which of these do you mean?",
        "In which tool will you open it?",
    ] {
        let all = page.text("document.body.textContent");
        assert!(all.contains(shown), "{shown}");
    }
    assert!(text.contains(&format!("Reply OK {}", sheet.code)), "{text}");
    assert!(text.contains("Order: D, C, B, A"), "{text}");
    for scripted in [
        "Your reply",
        "Copy the reply",
        "Do you agree?",
        "This is my order",
    ] {
        assert!(!text.contains(scripted), "{scripted}");
    }
    let trouble = page.trouble();
    assert!(
        trouble
            .iter()
            .all(|t| t.contains("Content Security Policy")),
        "{trouble:?}"
    );
}

#[test]
fn a_sheet_goes_out_like_any_message() {
    let dir = TestDir::new();
    dir.run_with("new --from -", SUPERREPORT).done();
    let share = "share analysts --format form --reply-to raj@example.com --output a.html";
    let shared = dir.run(share).done();
    assert!(
        shared
            .stdout
            .contains("Wrote the answer sheet for Dana Reyes")
    );
    assert!(shared.stderr.contains("Recorded as sent to Dana Reyes"));
    let page = dir.read("a.html");
    assert!(page.contains("data-to=\"raj@example.com\""));
    // All needs have a letter there, and a reply by letter is read by them.
    assert_eq!(page.matches("data-letter=").count(), 4);
    let shown = dir.run("show analysts --json").done().json();
    assert_eq!(shown["brief"]["stage"], "asked");
    let brief = dir.read(".askfirst/what-my-analysts-do-all-day-96na.toml");
    assert!(
        brief.contains("needs: kinds, skills, on-time, excel"),
        "{brief}"
    );

    // Nothing is recorded where nothing could go out.
    let again = dir
        .run("share analysts --format form --output a.html")
        .failed(1);
    assert!(again.stderr.contains("--force"), "{again:?}");
    for (line, why) in [
        (
            "share analysts --format form --reply-to nowhere",
            "no mail address",
        ),
        (
            "share analysts --format form --reply-to a@b?bcc=c@d",
            "no mail address",
        ),
        ("share analysts --reply-to a@b.example", "--format form"),
        ("share --to Dana --all --format form", "one brief"),
    ] {
        let refused = dir.run(line).failed(2);
        assert!(refused.stderr.contains(why), "{refused:?}");
    }
    let printed = dir.run("share analysts --format form --preview").done();
    assert!(printed.stdout.starts_with("<!DOCTYPE html>\n"));
    assert!(
        printed.stdout.ends_with("</html>\n"),
        "what is printed is the file"
    );
    let told = dir
        .run("share analysts --format form --preview --json")
        .done()
        .json();
    assert_eq!(told["format"], "form");
    assert!(
        told["text"]
            .as_str()
            .unwrap()
            .starts_with("<!DOCTYPE html>")
    );
}

/// Words that mean something elsewhere in a reply, typed into a field.
const MISLEADING: [&str; 22] = [
    "A, B",
    "D, C, B, A",
    "Order: D, C, B, A",
    "OK CODE",
    "yes, OK CODE",
    "1. a",
    "2. no",
    "1: the first one, 2: no",
    "Q1: a",
    "Also: nothing",
    "Not yet: no",
    "> 1. a",
    "On Mon, 2 Feb 2026, Dana Reyes wrote:",
    "-----Original Message-----",
    "From: Dana Sent: Monday To: Raj Subject: OK CODE",
    "-- Dana",
    "Sent from my iPhone",
    "Von meinem iPhone gesendet",
    "Thank you!",
    "no",
    "\u{1f44d}",
    "a",
];

#[test]
fn what_is_typed_into_one_field_answers_no_other() {
    let (_, sheet) = asking(|_| {});
    let code = sheet.code.to_string();
    let read = |text: &str| {
        let letter = Letter {
            text: text.to_owned(),
            ..Letter::default()
        };
        understand(
            &letter,
            std::slice::from_ref(&sheet),
            morning().date_naive(),
        )
    };
    for typed in MISLEADING {
        let typed = typed.replace("CODE", &code);
        let field = [
            format!("3. {typed}"),
            format!("Not yet: {typed}"),
            format!("Also: {typed}"),
        ];
        for (at, line) in field.iter().enumerate() {
            for piece in read(&format!("2. yes\n{line}")) {
                let meant = match (&piece.target, at) {
                    (Target::Answer { question, .. }, _) if question == "need_by" => {
                        piece.words == "yes"
                    }
                    (Target::Answer { question, .. }, 0) => question == "tool",
                    (Target::Objection { .. }, 1) => true,
                    (Target::Remark, _) => true,
                    _ => false,
                };
                // In doubt is no harm: the worker looks at it.
                let meant = meant || piece.certainty != Certainty::Exact;
                assert!(meant, "{line:?} was taken for {piece:?}");
            }
        }
    }
}

//! For random briefs, the message in any form, answered as people's programs
//! quote it, gives back exactly the brief that was meant.

use askfirst::domain::reply::{Given, Reply, Taken, reply};
use askfirst::domain::sheet::{Put, Takes, choice_letter};
use askfirst::domain::{
    Agreement, Answer, Brief, BriefId, Bundle, Customer, Deliverable, ItemId, Moment, Need, Plan,
    Reading, Role, Sheet, Standing, action, own_words, sign_off,
};
use askfirst::export::{self, Flavour, Message};
use askfirst::reply::{Certainty, Piece, Target, read, understand};
use proptest::prelude::*;

/// What the texts of a brief are made of: plain words, and what could be taken
/// for an answer, a quote, a list or markup.
const WORDS: &[&str] = &[
    "work",
    "skills",
    "table",
    "share",
    "Excel",
    "desk",
    "by",
    "role",
    "of",
    "the",
    "HR",
    "tickets",
    "yes",
    "no",
    "OK",
    "OK 7K2M9Q",
    "1.",
    "2)",
    "B,",
    "A",
    "-",
    ">",
    "Order:",
    "Also:",
    "*bold*",
    "_it_",
    "`code`",
    "<b>",
    "&amp;",
    "https://x.example/a_b",
    "@here",
    "[x](y)",
    "#1",
    "19 Feb",
    "Größe",
    "日本",
    "(as important)",
    "\u{201c}quoted\u{201d}",
    "it's",
    "wrote:",
    "From:",
    "--",
];

/// Answers that can be taken for nothing else.
const SAID: &[&str] = &[
    "a sheet on the shared drive",
    "whoever grades the profiles reads it",
    "on paper, in the meeting room",
];

const QUESTIONS: &[(&str, &str)] = &[
    ("readings", "Which of these do you mean?"),
    ("purpose", "What will you decide or do with it?"),
    ("rank", "Which of them matters most?"),
    ("need_by", "When do you need it at the latest?"),
    ("tool", "In which tool will you open it?"),
    ("must_not_lose", "Is there anything that must not be lost?"),
];

/// How a program shows the message that is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Only the answers.
    Bare,
    /// Above the message, which is quoted.
    Top,
    /// Above the message, which follows as it is, as from Outlook.
    Outlook,
    /// Below the quoted message.
    Bottom,
    /// Each answer below its question.
    Inline,
    /// A mail file, above the quoted message.
    Mail,
}

const STYLES: &[Style] = &[
    Style::Bare,
    Style::Top,
    Style::Outlook,
    Style::Bottom,
    Style::Inline,
    Style::Mail,
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 1..9).prop_map(|words| words.join(" "))
}

/// Among them some that read as an answer.
fn choices() -> impl Strategy<Value = Vec<String>> {
    let called = prop::sample::select(vec!["yes", "no", "Yes.", "OK", "b"]);
    let choice = prop_oneof![4 => text(), 1 => called.prop_map(str::to_owned)];
    prop::collection::vec(choice, 0..=3)
}

fn texts(most: usize) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(text(), 0..=most)
}

fn id(text: &str) -> ItemId {
    ItemId::parse(text).unwrap()
}

fn moment(text: &str) -> Moment {
    Moment::parse_from_rfc3339(text).unwrap()
}

/// A brief with questions for Dana.
fn briefs(name: &'static str) -> impl Strategy<Value = Brief> {
    let asked = prop::collection::vec(any::<bool>(), QUESTIONS.len());
    let guessed = prop::collection::vec(any::<bool>(), QUESTIONS.len());
    (
        (text(), texts(5), choices(), texts(2), texts(2)),
        (asked, guessed, text(), 0..4_usize, any::<bool>()),
        prop::option::of((0..6_u8, text())),
    )
        .prop_map(
            move |((title, needs, readings, parts, out), choices, amended)| {
                let (asked, guessed, guess, chosen, dated) = choices;
                let created = moment("2026-02-03T10:05:00+01:00");
                let brief_id = BriefId::parse(name).unwrap();
                let mut brief = Brief::new(brief_id, &title, "request", created);
                brief.customers = vec![Customer {
                    id: id("dana"),
                    name: "Dana Reyes".into(),
                    role: Role::Requester,
                    uses_for: String::new(),
                    reach: "dana@example.com".into(),
                    notes: String::new(),
                }];
                brief.request.by = Some(id("dana"));
                for (at, text) in needs.into_iter().enumerate() {
                    brief.needs.push(Need {
                        id: id(&format!("need-{at}")),
                        text,
                        whose: vec![id("dana")],
                        acceptance: String::new(),
                        same: false,
                        standing: Standing::guess(),
                    });
                }
                for (at, text) in readings.into_iter().enumerate() {
                    brief.readings.push(Reading {
                        id: id(&format!("reading-{at}")),
                        text,
                        chosen: at == chosen,
                        standing: Standing::guess(),
                    });
                }
                for (at, text) in parts.into_iter().enumerate() {
                    brief.deliverables.push(Deliverable {
                        id: id(&format!("part-{at}")),
                        text,
                        serves: Vec::new(),
                        standing: Standing::guess(),
                    });
                }
                brief.out = out;
                brief.plan = Plan {
                    need_by: dated.then(|| "2026-02-19".parse().unwrap()),
                    ..Plan::default()
                };
                for (at, (question, put)) in QUESTIONS.iter().enumerate() {
                    let makes_sense = match *question {
                        "rank" => brief.needs.len() > 1,
                        "readings" => !brief.readings.is_empty(),
                        _ => true,
                    };
                    if asked[at] && makes_sense {
                        let answer = Answer {
                            text: match guessed[at] && !matches!(*question, "rank" | "readings") {
                                true => guess.clone(),
                                false => String::new(),
                            },
                            standing: Standing::to_ask(id("dana")),
                            put: (*put).into(),
                            ..Answer::default()
                        };
                        brief.answers.set(question, Some(answer));
                    }
                }
                if let Some((what, text)) = amended {
                    amend(&mut brief, what, text);
                }
                brief
            },
        )
}

/// Dana said yes to it, and then something changed.
fn amend(brief: &mut Brief, what: u8, text: String) {
    let at = moment("2026-02-04T09:00:00+01:00");
    let yes = action::Said {
        by: id("dana"),
        words: "yes".into(),
        via: "mail".into(),
        code: Agreement::of(brief).code().to_string(),
        covers: Vec::new(),
    };
    let yes = action::sign(brief, yes, "y1", at).unwrap();
    brief.apply(yes, at).unwrap();
    let before = brief.clone();
    match what {
        0 => brief.out.push(text),
        1 => brief.plan.need_by = Some("2026-02-26".parse().unwrap()),
        2 => brief.needs.reverse(),
        3 => brief.deliverables.truncate(1),
        4 => {
            if let Some(need) = brief.needs.first_mut() {
                need.text = text;
            }
        }
        _ => {}
    }
    let changed = Agreement::of(&before) != Agreement::of(brief);
    if changed && what.is_multiple_of(2) {
        let sections = sign_off::lapsed(brief);
        let call = action::call_change(brief, &sections, action::Call::Rewording, "", "c1", at);
        brief.apply(call, at).unwrap();
    }
}

/// What the customer means, and how they write it.
struct Meant {
    /// In the order of the questions, then the order and the yes.
    lines: Vec<(Option<usize>, String)>,
    taken: Vec<Taken>,
    /// One of the answers can mean several things: a person has to look at it,
    /// and at a yes beside it.
    is_open: bool,
}

/// Their answers to one sheet; `seed` decides which of the ways they take.
fn meant(sheet: &Sheet, asks_yes: bool, seed: u64) -> Meant {
    let mut seed = seed;
    let mut pick = |n: usize| -> usize {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(seed >> 33).unwrap() % n.max(1)
    };
    let mut lines = Vec::new();
    let mut taken = Vec::new();
    let mut is_open = false;
    let mut ordered = sheet.needs.len() < 2;
    for put in &sheet.puts {
        let number = put.number;
        let mut answer = |words: String, given: Given| {
            lines.push((Some(number), format!("{number}. {words}")));
            taken.push(Taken::Answer {
                question: put.question.clone(),
                words,
                given,
            });
        };
        let can_be_yes = !put.guess.trim().is_empty();
        // "Yes" to a guess that says no can mean either.
        let is_clear = !says(&put.guess, "no") && !says(&put.guess, "no no");
        match &put.takes {
            Takes::Order if ordered => {}
            Takes::Order => {
                ordered = true;
                let (words, ids) = order(sheet, &mut pick);
                lines.push((Some(number), format!("{number}. {words}")));
                taken.push(Taken::Order(ids));
            }
            Takes::OneOf(choices) if !can_be_yes || pick(3) > 0 => {
                let at = pick(choices.len());
                let letter = choice_letter(at).unwrap();
                lines.push((Some(number), format!("{number}{letter}")));
                taken.push(Taken::Answer {
                    question: put.question.clone(),
                    words: letter.to_string(),
                    given: Given::Reading(choices[at].0.clone()),
                });
            }
            // A choice that is called "yes" leaves it open what a yes means,
            // unless it is the guess.
            Takes::OneOf(choices) => {
                let called: Vec<_> = choices.iter().filter(|(_, t)| says(t, "yes")).collect();
                match called.as_slice() {
                    [] if is_clear => answer("yes".into(), Given::Yes),
                    [(id, _)] if says(&put.guess, "yes") => {
                        answer("yes".into(), Given::Reading(id.clone()));
                    }
                    [_, ..] if says(&put.guess, "yes") => answer("yes".into(), Given::Yes),
                    _ => {
                        lines.push((Some(number), format!("{number}. yes")));
                        is_open = true;
                    }
                }
            }
            _ if can_be_yes && pick(3) == 0 && is_clear => answer("yes".into(), Given::Yes),
            _ if can_be_yes && !is_clear && pick(3) == 0 => {
                lines.push((Some(number), format!("{number}. yes")));
                is_open = true;
            }
            Takes::Day => {
                let day = format!("2026-03-{:02}", 1 + pick(28));
                let given = Given::Day(day.parse().unwrap());
                answer(day, given);
            }
            _ => answer(SAID[pick(SAID.len())].into(), Given::Words),
        }
    }
    if !ordered && pick(2) == 0 {
        let (words, ids) = order(sheet, &mut pick);
        lines.push((None, format!("Order: {words}")));
        taken.push(Taken::Order(ids));
    }
    if asks_yes && pick(2) == 0 {
        let words = format!("OK {}", sheet.code);
        lines.push((None, words.clone()));
        taken.push(Taken::Yes {
            code: sheet.code,
            words,
        });
    }
    Meant {
        lines,
        taken,
        is_open,
    }
}

/// Whether a text is this word and nothing else.
fn says(text: &str, word: &str) -> bool {
    own_words::plain(text) == word
}

/// All needs of the sheet in another order, by letter.
fn order(sheet: &Sheet, pick: &mut impl FnMut(usize) -> usize) -> (String, Vec<ItemId>) {
    let mut places: Vec<usize> = (0..sheet.needs.len()).collect();
    let turn = pick(places.len());
    places.rotate_left(turn);
    places.reverse();
    let letters = places
        .iter()
        .map(|at| sheet.letter(*at).unwrap().to_string());
    let ids = places.iter().map(|at| sheet.needs[*at].0.clone());
    (letters.collect::<Vec<_>>().join(", "), ids.collect())
}

/// What a reader of the message has before them.
fn shown(message: &Message, flavour: Flavour) -> String {
    match flavour {
        Flavour::Mail => read(message.form(flavour).as_bytes()).text,
        // Slack shows a quote without its markup.
        Flavour::Slack => message
            .form(flavour)
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
        _ => message.form(flavour),
    }
}

fn quoted(text: &str) -> String {
    let lines = text.lines().map(|line| match line {
        "" => ">".to_owned(),
        line => format!("> {line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The reply as it comes back.
fn answered(
    message: &Message,
    flavour: Flavour,
    style: Style,
    lines: &[(Option<usize>, String)],
) -> Vec<u8> {
    let original = shown(message, flavour);
    let answers: Vec<&str> = lines.iter().map(|(_, line)| line.as_str()).collect();
    let answers = answers.join("\n");
    let wrote = "On Thu, 5 Feb 2026 at 09:00, Raj Patel <raj@example.com> wrote:";
    let top = format!("{answers}\n\nDana\n\n{wrote}\n{}\n", quoted(&original));
    let text = match style {
        Style::Bare => answers,
        Style::Top => top,
        Style::Outlook => format!(
            "{answers}\n\nDana\n\n-----Original Message-----\nFrom: Raj Patel <raj@example.com>\n\
             Sent: Thursday, February 5, 2026 9:00 AM\nTo: Dana Reyes <dana@example.com>\n\
             Subject: {}\n\n{original}\n",
            message.subject
        ),
        Style::Bottom => format!("{wrote}\n{}\n\n{answers}\n", quoted(&original)),
        Style::Inline => {
            let mut out = format!("{wrote}\n");
            for line in original.lines() {
                out.push_str(&quoted(&format!("{line}\n")));
                out.push('\n');
                for (number, answer) in lines {
                    let begins = |n: &usize| line.trim_start().starts_with(&format!("{n}. "));
                    if number.as_ref().is_some_and(begins) {
                        out.push_str(&format!("\n{answer}\n\n"));
                    }
                }
            }
            let rest = lines.iter().filter(|(number, _)| number.is_none());
            let rest: Vec<&str> = rest.map(|(_, line)| line.as_str()).collect();
            out + "\n" + &rest.join("\n") + "\n"
        }
        Style::Mail => {
            let mail = mail_builder::MessageBuilder::new()
                .from(("Dana Reyes", "dana@example.com"))
                .to(("Raj Patel", "raj@example.com"))
                .subject(format!("Re: {}", message.subject))
                .date(1_770_300_000_i64)
                .text_body(top);
            let mut bytes = Vec::new();
            mail.serialize(&mut bytes);
            return bytes;
        }
    };
    text.into_bytes()
}

/// What the worker takes with `--yes`: only what can mean nothing else.
fn taken(pieces: &[Piece], brief: &BriefId) -> Vec<Taken> {
    let exact = pieces.iter().filter(|p| p.certainty == Certainty::Exact);
    exact
        .filter_map(|piece| match &piece.target {
            Target::Answer {
                brief: of,
                question,
                given,
            } if of == brief => Some(Taken::Answer {
                question: question.clone(),
                words: piece.words.clone(),
                given: given.clone(),
            }),
            Target::Order { brief: of, needs } if of == brief => Some(Taken::Order(needs.clone())),
            Target::Yes { brief: of, code } if of == brief => Some(Taken::Yes {
                code: *code,
                words: piece.words.clone(),
            }),
            Target::Objection { brief: of } if of == brief => {
                Some(Taken::Objection(piece.words.clone()))
            }
            _ => None,
        })
        .collect()
}

fn recorded(brief: &Brief, taken: Vec<Taken>) -> Brief {
    let at = moment("2026-02-06T09:00:00+01:00");
    let answer = Reply {
        by: id("dana"),
        words: "as it came".into(),
        via: "mail".into(),
        on: at.date_naive(),
        taken,
        remarks: Vec::new(),
    };
    let mut after = brief.clone();
    let change = reply(brief, answer, "r1", at).unwrap();
    after.apply(change, at).unwrap();
    after
}

/// Sends the message, answers it, reads the answer and compares.
fn goes_round(
    mut all: Vec<Brief>,
    message: &Message,
    flavour: Flavour,
    style: Style,
    seed: u64,
) -> Result<(), TestCaseError> {
    let at = moment("2026-02-05T09:00:00+01:00");
    for sheet in &message.sheets {
        let brief = all.iter_mut().find(|b| b.id == sheet.brief).unwrap();
        let sent = action::share_sheet(brief, sheet, "mail", "s1", at);
        brief.apply(sent, at).unwrap();
    }
    let find = |id: &BriefId| all.iter().find(|b| &b.id == id).unwrap();
    let mut sheets = Vec::new();
    let mut lines = Vec::new();
    let mut meanings = Vec::new();
    let mut is_open = false;
    for sheet in &message.sheets {
        let brief = find(&sheet.brief);
        let kept = Sheet::last(brief, &sheet.to);
        let ids = |sheet: &Sheet| {
            sheet
                .needs
                .iter()
                .map(|(id, _)| id.clone())
                .collect::<Vec<_>>()
        };
        prop_assert_eq!(ids(&kept), ids(sheet), "what was shown is what is kept");
        prop_assert_eq!(kept.first_letter, sheet.first_letter);
        let puts = |sheet: &Sheet| -> Vec<Put> { sheet.puts.clone() };
        prop_assert_eq!(puts(&kept), puts(sheet));
        let asks_yes = message.body.contains(&sheet.code.to_string());
        prop_assert!(!asks_yes || !sign_off::open_for(brief, &sheet.to).is_empty());
        let meant = meant(&kept, asks_yes, seed);
        lines.extend(meant.lines);
        is_open |= meant.is_open;
        meanings.push((sheet.brief.clone(), meant.taken));
        sheets.push(kept);
    }
    // Answers first, by number; orders and yeses after them.
    lines.sort_by_key(|(number, _)| number.unwrap_or(usize::MAX));
    let bytes = answered(message, flavour, style, &lines);
    let letter = read(&bytes);
    let pieces = understand(&letter, &sheets, "2026-02-06".parse().unwrap());
    let told = || {
        let found = pieces.iter().map(|p| {
            let Piece {
                words,
                target,
                certainty,
                why,
            } = p;
            format!("{certainty:?} {words:?} {target:?} ({why})")
        });
        let found: Vec<String> = found.collect();
        let reply = String::from_utf8_lossy(&bytes);
        format!(
            "{flavour:?} {style:?}\n{reply}\n--- found\n{}",
            found.join("\n")
        )
    };
    for (id, mut meant) in meanings {
        meant.retain(|taken| !(is_open && matches!(taken, Taken::Yes { .. })));
        let brief = find(&id);
        let found = recorded(brief, taken(&pieces, &id));
        let lines = format!("{meant:?}");
        let wanted = recorded(brief, meant);
        prop_assert!(found == wanted, "{}\n--- meant\n{lines}", told());
    }
    Ok(())
}

fn flavours() -> impl Strategy<Value = Flavour> {
    prop::sample::select(Flavour::ALL.to_vec())
}

fn styles() -> impl Strategy<Value = Style> {
    prop::sample::select(STYLES.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(256),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_message_answered_in_any_form_gives_back_the_brief_that_was_meant(
        brief in briefs("one-aaaa"),
        flavour in flavours(),
        style in styles(),
        seed in any::<u64>(),
    ) {
        let message = export::message(&brief, &id("dana"), "Raj");
        goes_round(vec![brief], &message, flavour, style, seed)?;
    }

    #[test]
    fn a_message_about_two_briefs_is_answered_for_both(
        one in briefs("one-aaaa"),
        two in briefs("two-bbbb"),
        flavour in flavours(),
        style in styles(),
        seed in any::<u64>(),
    ) {
        let bundle = Bundle::new([&one, &two], &one.customers[0]);
        let message = export::bundle(&bundle, "Raj");
        goes_round(vec![one.clone(), two.clone()], &message, flavour, style, seed)?;
    }
}

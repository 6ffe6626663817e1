//! Who said yes to what, what that proves, and what changed since.

use crate::domain::action::Call;
use crate::domain::sign_off::{SectionState, SignOff};
use crate::domain::{EventKind, Grade, Moment, Section, amendment, evidence, sign_off, wording};

use super::View;
use crate::export::outline::{Item, Part, Row, Status, Tone, and, many, one};

/// How the brief as a whole stands.
pub(super) fn status(view: &View) -> Status {
    let lapsed = labels(view, |s| matches!(s, SectionState::Lapsed(_)));
    let agreed = labels(view, |s| matches!(s, SectionState::Agreed(_)));
    let open = labels(view, |s| matches!(s, SectionState::Open));
    if !lapsed.is_empty() {
        return Status {
            tone: Tone::Warn,
            symbol: "!",
            word: "Amended",
            sentence: format!("Changed since the yes: {}.", and(&lapsed)),
        };
    }
    if sign_off::need_agreed(view.brief) && sign_off::solution_agreed(view.brief) {
        let mut people: Vec<String> = Vec::new();
        for (_, state) in &view.sections {
            if let SectionState::Agreed(by) = state {
                for name in view.names(by) {
                    if !people.contains(&name) {
                        people.push(name);
                    }
                }
            }
        }
        return Status {
            tone: Tone::Good,
            symbol: "✓",
            word: "Agreed",
            sentence: format!("{} said yes to this version.", and(&people)),
        };
    }
    if !agreed.is_empty() {
        return Status {
            tone: Tone::Open,
            symbol: "○",
            word: "Partly agreed",
            sentence: format!(
                "Agreed: {}. Nobody has said yes to {}.",
                and(&agreed),
                and(&open)
            ),
        };
    }
    Status {
        tone: Tone::Open,
        symbol: "○",
        word: "Not agreed yet",
        sentence: "Nobody has said yes to this version.".to_owned(),
    }
}

fn labels(view: &View, wanted: impl Fn(&SectionState) -> bool) -> Vec<String> {
    view.sections
        .iter()
        .filter(|(_, state)| wanted(state))
        .map(|(section, _)| section.label().to_owned())
        .collect()
}

/// Who agreed, when, how, to which version.
pub(super) fn agreed(view: &View) -> Option<Part> {
    let mut part = Part::new("agreed", "Who agreed");
    if view.sign_offs.is_empty() {
        part.text("Nobody yet.");
        by_key(view, &mut part);
        return Some(part);
    }
    part.list(view.sign_offs.iter().map(|s| entry(view, s)).collect());
    part.heading("How each part stands");
    let rows = sign_off::by_section(view.brief).into_iter();
    let rows = rows.map(|(section, yeses)| {
        let ways = wording::section_ways(view.brief, &yeses).into_iter();
        let ways: Vec<String> = ways.map(|(mark, way)| format!("{mark} {way}")).collect();
        Row::new(capital(section.label()), ways.join("; "))
    });
    part.rows(rows.collect());
    by_key(view, &mut part);
    Some(part)
}

/// The worker's own signature, and what nobody should take a signature for.
fn by_key(view: &View, part: &mut Part) {
    let own = evidence::countersigned(view.brief);
    let signed = |s: &SignOff| s.grade == Grade::Signed;
    if let Some(own) = own.last() {
        let (mark, words) = wording::countersigned(own);
        let item = Item::new(format!("{mark} {words}"));
        part.list(vec![item.detail("When", moment(own.at))]);
    }
    if !own.is_empty() || view.sign_offs.iter().any(signed) {
        part.text(format!(
            "This document cannot show whether a signature is genuine: {}.",
            wording::ONLY_VERIFY
        ));
    }
}

fn entry(view: &View, sign_off: &SignOff) -> Item {
    let role = view
        .brief
        .customer(&sign_off.by)
        .map(|c| one(c.role.word()));
    let role = role.map_or_else(String::new, |role| format!(" ({role})"));
    let version = match view.version(&sign_off.code) {
        Some(number) => format!("version {number}"),
        None => "a version".to_owned(),
    };
    let covers = if sign_off.covers.len() == Section::ALL.len() {
        String::new()
    } else {
        and(&sign_off
            .covers
            .iter()
            .map(|s| one(s.label()))
            .collect::<Vec<_>>())
    };
    let mut item = Item::new(format!(
        "{}{role} said yes to {version}, code {}",
        view.name(&sign_off.by),
        one(&sign_off.code)
    ))
    .detail("When", moment(sign_off.at))
    .detail("Channel", one(&sign_off.via))
    .detail("Words", quoted(&sign_off.words))
    .detail("Covers", covers);
    if let Some(invalid) = &sign_off.invalid {
        return item.detail("Does not count", invalid.to_string());
    }
    item = item.detail("What it proves", wording::proves(sign_off));
    let lapsed: Vec<String> = sign_off
        .changed
        .iter()
        .map(|d| d.section.label().to_owned())
        .collect();
    let reworded = sign_off.reworded.iter();
    let reworded: Vec<String> = reworded.map(|d| d.section.label().to_owned()).collect();
    item.detail(
        "Still holds",
        match (sign_off.holds().as_slice(), lapsed.is_empty()) {
            ([], _) => "nothing of it".to_owned(),
            (_, true) => "all of it".to_owned(),
            (holds, false) => and(&holds
                .iter()
                .map(|s| s.label().to_owned())
                .collect::<Vec<_>>()),
        },
    )
    .detail("Changed since", and(&lapsed))
    .detail("Reworded since", and(&reworded))
}

/// What changed since whose yes, and what the worker calls it.
pub(super) fn changed(view: &View) -> Option<Part> {
    let mut part = Part::new("changed", "What changed since");
    let amended = amendment::amended(view.brief);
    let mut seen = Vec::new();
    for yes in &amended {
        let since = (&yes.by, yes.since);
        if seen.contains(&since) {
            continue;
        }
        seen.push(since);
        part.heading(format!(
            "Since the yes of {} on {}",
            view.name(&yes.by),
            crate::domain::date::show(yes.since.date_naive())
        ));
        let these = amended.iter().filter(|a| (&a.by, a.since) == since);
        let items = these.map(|amended| {
            let mut item = Item::new(capital(amended.difference.section.label()));
            for change in amended.difference.changes() {
                item = item.detail("", change.words(str::to_owned));
            }
            if amended.called {
                let called = match amended.counts {
                    Call::Rewording => "a rewording: the yes stands",
                    Call::Material => "material: the yes is asked for again",
                };
                item = item.detail("The worker calls it", called);
            }
            item.detail("Because", one(&amended.because))
        });
        part.list(items.collect());
    }
    (!part.blocks.is_empty()).then_some(part)
}

/// Who heard of it and did not say yes.
pub(super) fn heard(view: &View) -> Option<Part> {
    let items: Vec<Item> = view
        .brief
        .effective_events()
        .into_iter()
        .filter(|e| e.kind == EventKind::Heard)
        .map(|event| {
            let who = event
                .by
                .as_ref()
                .map_or_else(|| "Somebody".to_owned(), |by| view.name(by));
            Item::new(format!("{who} heard of it"))
                .detail("When", moment(event.at))
                .detail("Channel", one(&event.via))
                .detail("Words", quoted(&event.words))
        })
        .collect();
    if items.is_empty() {
        return None;
    }
    let mut part = Part::new("heard", "Heard, not agreed");
    part.list(items);
    Some(part)
}

fn quoted(words: &str) -> String {
    match many(words) {
        empty if empty.is_empty() => empty,
        words => format!("\u{201c}{words}\u{201d}"),
    }
}

/// `Wed 4 Feb 2026, 09:12 (UTC+01:00)`.
fn moment(at: Moment) -> String {
    let day = crate::domain::date::show(at.date_naive());
    format!("{day}, {}", at.format("%H:%M (UTC%:z)"))
}

fn capital(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

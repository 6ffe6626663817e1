//! From the keys of a file to a brief, in the order in which the reader of all
//! TOML goes.

use std::collections::HashSet;

use super::names::{Names, needs_of, own, own_all, stand, word};
use super::value::Text;
use super::{Document, Entry, Kind, Value};
use crate::domain::brief::FORMAT;
use crate::domain::{
    Answer, Brief, BriefId, Conflict, Customer, Deliverable, Event, EventKind, Goal, Grade, ItemId,
    Level, Moment, Need, Origin, Ranking, Reading, Request, Role, Section, Shortcut, Stage,
    Standing, Waiver, WalkPlace,
};
use crate::storage::format::read::Raw;

/// The brief of a document; `None` where the other reader would have anything to
/// say about it.
pub(super) fn of(document: &Document<'_>, id: BriefId, created: Moment) -> Option<Raw> {
    let d = document;
    let mut raw = Raw {
        brief: Brief::new(id, "", "request", created),
        has_created: false,
        format: None,
        id: None,
        dangling: Vec::new(),
    };
    d.each(Kind::Root, |_, keys| root(&mut raw, keys))?;
    let brief = &mut raw.brief;
    let created = brief.created;
    d.each(Kind::Customer, |_, keys| {
        brief.customers.push(customer(keys)?);
        Some(())
    })?;
    are_different(brief.customers.iter().map(|c| c.id.as_str()))?;
    let names = Names(&brief.customers);
    d.each(Kind::Request, |_, keys| {
        request(&mut brief.request, keys, names)
    })?;
    d.each(Kind::Reading, |_, keys| {
        brief.readings.push(reading(keys, names)?);
        Some(())
    })?;
    are_different(brief.readings.iter().map(|r| r.id.as_str()))?;
    let mut answers = Vec::new();
    d.each(Kind::Answer, |question, keys| {
        answers.push((question.to_owned(), answer(keys, names)?));
        Some(())
    })?;
    brief.answers = answers.into_iter().collect();
    brief.needs.reserve_exact(d.count(Kind::Need));
    d.each(Kind::Need, |_, keys| {
        brief.needs.push(need(keys, names)?);
        Some(())
    })?;
    are_different(brief.needs.iter().map(|n| n.id.as_str()))?;
    let needs = &brief.needs;
    d.each(Kind::Ranking, |_, keys| {
        brief.rankings.push(ranking(keys, names, needs)?);
        Some(())
    })?;
    d.each(Kind::Goal, |_, keys| {
        brief.goals.push(goal(keys)?);
        Some(())
    })?;
    are_different(brief.goals.iter().map(|g| g.id.as_str()))?;
    brief.deliverables.reserve_exact(d.count(Kind::Deliverable));
    d.each(Kind::Deliverable, |_, keys| {
        brief.deliverables.push(deliverable(keys, names, needs)?);
        Some(())
    })?;
    are_different(brief.deliverables.iter().map(|d| d.id.as_str()))?;
    d.each(Kind::Scope, |_, keys| {
        for (key, value) in keys {
            match (*key, value) {
                ("out", Value::Texts(texts)) => brief.out = own_all(texts)?,
                _ => return None,
            }
        }
        Some(())
    })?;
    d.each(Kind::Plan, |_, keys| {
        for (key, value) in keys {
            match (*key, value) {
                ("need_by", Value::Day(day)) => brief.plan.need_by = Some(*day),
                ("appetite", Value::Text(text)) => brief.plan.appetite = own(text)?,
                ("cadence", Value::Text(text)) => brief.plan.cadence = own(text)?,
                _ => return None,
            }
        }
        Some(())
    })?;
    d.each(Kind::Waiver, |_, keys| {
        brief.waivers.push(waiver(keys)?);
        Some(())
    })?;
    d.each(Kind::Shortcut, |_, keys| {
        brief.shortcuts.push(shortcut(keys)?);
        Some(())
    })?;
    are_different(brief.shortcuts.iter().map(|s| s.id.as_str()))?;
    d.each(Kind::Conflict, |_, keys| {
        brief.conflicts.push(conflict(keys)?);
        Some(())
    })?;
    brief.events.reserve_exact(d.count(Kind::Event));
    d.each(Kind::Event, |_, keys| {
        // What it is called without a word for it. It is large, so it stays where it is.
        let new = Event::new("", EventKind::from_word(""), created);
        brief.events.push(new);
        event(brief.events.last_mut()?, keys)
    })?;
    are_different(brief.events.iter().map(|e| e.id.as_str()))?;
    d.each(Kind::Walk, |_, keys| {
        brief.walk = Some(place(keys, names)?);
        Some(())
    })?;
    d.each(Kind::Draft, |_, keys| {
        brief.drafts.push(place(keys, names)?);
        Some(())
    })?;
    Some(raw)
}

impl<'t> Document<'t> {
    fn count(&self, kind: Kind) -> usize {
        let of_kind = self.tables.iter().filter(|table| table.kind == kind);
        of_kind.count()
    }

    /// Gives each table of a kind with its name to `read`.
    fn each(
        &self,
        kind: Kind,
        mut read: impl FnMut(&'t str, &[Entry<'t>]) -> Option<()>,
    ) -> Option<()> {
        let mut begin = 0;
        for table in &self.tables {
            if table.kind == kind {
                read(table.name, self.entries.get(begin..table.end)?)?;
            }
            begin = table.end;
        }
        Some(())
    }
}

/// An id that is one and stands for itself.
fn item(text: &Text<'_>) -> Option<ItemId> {
    ItemId::parse(text.word()?).ok()
}

/// Fails where an id is there twice.
fn are_different<'a>(ids: impl ExactSizeIterator<Item = &'a str> + Clone) -> Option<()> {
    let mut rest = ids.clone();
    let are = if ids.len() > 32 {
        let all: HashSet<&str> = ids.clone().collect();
        all.len() == ids.len()
    } else {
        ids.clone().all(|id| {
            rest.next();
            rest.clone().all(|other| other != id)
        })
    };
    are.then_some(())
}

fn root(raw: &mut Raw, keys: &[Entry<'_>]) -> Option<()> {
    let brief = &mut raw.brief;
    for (key, value) in keys {
        match (*key, value) {
            ("format", Value::Number(number)) if *number <= FORMAT => {
                raw.format = Some(*number);
                brief.format = *number;
            }
            ("id", Value::Text(text)) => {
                raw.id = Some(own(text)?).filter(|text| !text.is_empty());
            }
            ("title", Value::Text(text)) => brief.title = own(text)?,
            ("owner", Value::Text(text)) => brief.owner = own(text)?,
            ("checklist", Value::Text(text)) if !text.is_empty() => brief.checklist = own(text)?,
            ("stage", Value::Text(text)) => {
                let stage = word(text, Stage::from_word, Stage::is_known)?;
                brief.stage = stage.unwrap_or(Stage::Draft);
            }
            ("created", Value::Moment(at)) => {
                raw.has_created = true;
                brief.created = *at;
            }
            ("archived", Value::Flag(flag)) => brief.archived = *flag,
            _ => return None,
        }
    }
    Some(())
}

fn customer(keys: &[Entry<'_>]) -> Option<Customer> {
    let mut id = None;
    let mut c = Customer {
        id: ItemId::parse("x").ok()?,
        name: String::new(),
        role: Role::default(),
        uses_for: String::new(),
        reach: String::new(),
        notes: String::new(),
    };
    for (key, value) in keys {
        match (*key, value) {
            ("id", Value::Text(text)) => id = Some(item(text)?),
            ("name", Value::Text(text)) => c.name = own(text)?,
            ("role", Value::Text(text)) => {
                c.role = word(text, Role::from_word, Role::is_known)?.unwrap_or_default();
            }
            ("uses_for", Value::Text(text)) => c.uses_for = own(text)?,
            ("reach", Value::Text(text)) => c.reach = own(text)?,
            ("notes", Value::Text(text)) => c.notes = own(text)?,
            _ => return None,
        }
    }
    Some(Customer { id: id?, ..c })
}

fn request(request: &mut Request, keys: &[Entry<'_>], names: Names<'_>) -> Option<()> {
    for (key, value) in keys {
        match (*key, value) {
            ("words", Value::Text(text)) => request.words = own(text)?,
            ("by", Value::Text(text)) => request.by = names.one(text)?,
            ("on", Value::Day(day)) => request.on = Some(*day),
            ("where", Value::Text(text)) => request.place = own(text)?,
            ("origin", Value::Text(text)) => {
                request.origin = word(text, Origin::from_word, Origin::is_known)?;
            }
            _ => return None,
        }
    }
    Some(())
}

fn reading(keys: &[Entry<'_>], names: Names<'_>) -> Option<Reading> {
    let (mut id, mut text, mut chosen) = (None, String::new(), false);
    let mut standing = Standing::default();
    for (key, value) in keys {
        match (*key, value) {
            ("id", Value::Text(given)) => id = Some(item(given)?),
            ("text", Value::Text(given)) => text = own(given)?,
            ("chosen", Value::Flag(flag)) => chosen = *flag,
            _ => stand(&mut standing, key, value, names)?,
        }
    }
    Some(Reading {
        id: id?,
        text,
        chosen,
        standing,
    })
}

fn answer(keys: &[Entry<'_>], names: Names<'_>) -> Option<Answer> {
    let mut answer = Answer::default();
    for (key, value) in keys {
        match (*key, value) {
            ("text", Value::Text(text)) => answer.text = own(text)?,
            ("items", Value::Texts(texts)) => answer.items = own_all(texts)?,
            ("question", Value::Text(text)) => answer.question = own(text)?,
            ("put", Value::Text(text)) => answer.put = own(text)?,
            ("section", Value::Text(text)) => {
                answer.section = word(text, Section::from_word, Section::is_known)?;
            }
            _ => stand(&mut answer.standing, key, value, names)?,
        }
    }
    Some(answer)
}

fn need(keys: &[Entry<'_>], names: Names<'_>) -> Option<Need> {
    let (mut id, mut text, mut acceptance) = (None, String::new(), String::new());
    let (mut whose, mut same) = (Vec::new(), false);
    let mut standing = Standing::default();
    for (key, value) in keys {
        match (*key, value) {
            ("id", Value::Text(given)) => id = Some(item(given)?),
            ("text", Value::Text(given)) => text = own(given)?,
            ("for", Value::Texts(texts)) => whose = names.many(texts)?,
            ("acceptance", Value::Text(given)) => acceptance = own(given)?,
            ("same", Value::Flag(flag)) => same = *flag,
            _ => stand(&mut standing, key, value, names)?,
        }
    }
    Some(Need {
        id: id?,
        text,
        whose,
        acceptance,
        same,
        standing,
    })
}

fn ranking(keys: &[Entry<'_>], names: Names<'_>, needs: &[Need]) -> Option<Ranking> {
    let (mut by, mut order, mut on) = (None, Vec::new(), None);
    for (key, value) in keys {
        match (*key, value) {
            ("by", Value::Text(text)) => by = names.one(text)?,
            ("order", Value::Texts(texts)) => order = needs_of(needs, texts)?,
            ("on", Value::Day(day)) => on = Some(*day),
            _ => return None,
        }
    }
    Some(Ranking { by: by?, order, on })
}

fn goal(keys: &[Entry<'_>]) -> Option<Goal> {
    let (mut id, mut level) = (None, Level::default());
    let [mut owner, mut goal, mut how] = [const { String::new() }; 3];
    for (key, value) in keys {
        match (*key, value) {
            ("id", Value::Text(text)) => id = Some(item(text)?),
            ("level", Value::Text(text)) => {
                level = word(text, Level::from_word, Level::is_known)?.unwrap_or_default();
            }
            ("owner", Value::Text(text)) => owner = own(text)?,
            ("text", Value::Text(text)) => goal = own(text)?,
            ("how", Value::Text(text)) => how = own(text)?,
            _ => return None,
        }
    }
    Some(Goal {
        id: id?,
        level,
        owner,
        text: goal,
        how,
    })
}

fn deliverable(keys: &[Entry<'_>], names: Names<'_>, needs: &[Need]) -> Option<Deliverable> {
    let (mut id, mut text, mut serves) = (None, String::new(), Vec::new());
    let mut standing = Standing::default();
    for (key, value) in keys {
        match (*key, value) {
            ("id", Value::Text(given)) => id = Some(item(given)?),
            ("text", Value::Text(given)) => text = own(given)?,
            ("serves", Value::Texts(texts)) => serves = needs_of(needs, texts)?,
            _ => stand(&mut standing, key, value, names)?,
        }
    }
    Some(Deliverable {
        id: id?,
        text,
        serves,
        standing,
    })
}

fn waiver(keys: &[Entry<'_>]) -> Option<Waiver> {
    let (mut what, mut because, mut on) = (String::new(), String::new(), None);
    for (key, value) in keys {
        match (*key, value) {
            ("what", Value::Text(text)) => what = own(text)?,
            ("because", Value::Text(text)) => because = own(text)?,
            ("on", Value::Day(day)) => on = Some(*day),
            _ => return None,
        }
    }
    Some(Waiver { what, because, on })
}

fn shortcut(keys: &[Entry<'_>]) -> Option<Shortcut> {
    let (mut id, mut taken) = (None, String::new());
    let (mut pay_back, mut on, mut paid) = (None, None, None);
    for (key, value) in keys {
        match (*key, value) {
            ("id", Value::Text(text)) => id = Some(item(text)?),
            ("text", Value::Text(text)) => taken = own(text)?,
            ("pay_back", Value::Day(day)) => pay_back = Some(*day),
            ("on", Value::Day(day)) => on = Some(*day),
            ("paid", Value::Day(day)) => paid = Some(*day),
            _ => return None,
        }
    }
    Some(Shortcut {
        id: id?,
        text: taken,
        pay_back,
        on,
        paid,
    })
}

fn conflict(keys: &[Entry<'_>]) -> Option<Conflict> {
    let (mut place, mut versions) = (String::new(), Vec::new());
    for (key, value) in keys {
        match (*key, value) {
            ("place", Value::Text(text)) => place = own(text)?,
            ("versions", Value::Texts(texts)) => versions = own_all(texts)?,
            _ => return None,
        }
    }
    Some(Conflict { place, versions })
}

fn place(keys: &[Entry<'_>], names: Names<'_>) -> Option<WalkPlace> {
    let (mut at, mut draft, mut field) = (String::new(), String::new(), String::new());
    let (mut row, mut standing) = (None, None);
    for (key, value) in keys {
        match (*key, value) {
            ("at", Value::Text(text)) => at = own(text)?,
            ("draft", Value::Text(text)) => draft = own(text)?,
            ("field", Value::Text(text)) => field = own(text)?,
            ("row", Value::Number(number)) => row = usize::try_from(*number).ok(),
            _ => {
                let standing = standing.get_or_insert_with(Standing::default);
                stand(standing, key, value, names)?;
            }
        }
    }
    Some(WalkPlace {
        at,
        draft,
        field,
        row,
        standing,
    })
}

/// Someone in an event: people of the past may be gone from the list.
fn past(typed: &Text<'_>) -> Option<Option<ItemId>> {
    if typed.is_empty() {
        return Some(None);
    }
    item(typed).map(Some)
}

fn event(event: &mut Event, keys: &[Entry<'_>]) -> Option<()> {
    for (key, value) in keys {
        match (*key, value) {
            ("id", Value::Text(text)) => event.id = own(text)?,
            ("kind", Value::Text(text)) => event.kind = EventKind::from_word(text.word()?),
            ("at", Value::Moment(at)) => event.at = *at,
            ("who", Value::Text(text)) => event.who = own(text)?,
            ("by", Value::Text(text)) => event.by = past(text)?,
            ("to", Value::Text(text)) => event.to = past(text)?,
            ("via", Value::Text(text)) => event.via = own(text)?,
            ("words", Value::Text(text)) => event.words = own(text)?,
            ("code", Value::Text(text)) => event.code = own(text)?,
            ("agreed", Value::Text(text)) => event.agreed = own(text)?,
            ("covers", Value::Texts(texts)) => {
                let word = |text: Text<'_>| text.word().map(Section::from_word);
                event.covers = texts.clone().map(word).collect::<Option<_>>()?;
            }
            ("grade", Value::Text(text)) if !text.is_empty() => {
                event.grade = Some(Grade::from_word(text.word()?));
            }
            ("questions", Value::Texts(texts)) => event.questions = own_all(texts)?,
            ("because", Value::Text(text)) => event.because = own(text)?,
            ("format", Value::Text(text)) => event.format = own(text)?,
            ("digest", Value::Text(text)) => event.digest = own(text)?,
            ("from", Value::Text(text)) if !text.is_empty() => {
                event.from = Some(Stage::from_word(text.word()?));
            }
            ("undoes", Value::Text(text)) => event.undoes = own(text)?,
            ("until", Value::Moment(at)) => event.until = Some(*at),
            ("on", Value::Day(day)) => event.on = Some(*day),
            ("spent", Value::Text(text)) => event.spent = own(text)?,
            ("answers", Value::Texts(texts)) => event.answers = own_all(texts)?,
            ("remarks", Value::Texts(texts)) => event.remarks = own_all(texts)?,
            ("shown", Value::Texts(texts)) => event.shown = own_all(texts)?,
            ("key", Value::Text(text)) => event.key = own(text)?,
            ("signature", Value::Text(text)) => event.signature = own(text)?,
            _ => return None,
        }
    }
    (!event.id.is_empty()).then_some(())
}

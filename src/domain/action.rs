//! What the worker does to a brief as a whole, each as one undoable [`Change`].
//! The command line and the interface both go through here, so that they agree.

use super::readiness::{self, Blocker, Requirement};
use super::sign_off::{self, WrongCode};
use super::{
    Agreement, Answer, Basis, Brief, Change, Day, Event, EventKind, Grade, ItemId, ListEdit,
    Moment, Section, Sheet, Stage, Waiver,
};

/// Why an action cannot be done now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotNow {
    #[error("{} not met yet", blocked(.0))]
    Blocked(Vec<Blocker>),
    /// What two people changed in two ways has to be chosen first.
    #[error("{}", undecided(.0))]
    Undecided(Vec<Blocker>),
    #[error("the brief is {}", .0.label())]
    WrongStage(Stage),
    #[error("a reason is needed")]
    NoReason,
    #[error("{0} is not among the customers of this brief")]
    Nobody(ItemId),
    #[error("no words, channel or code were given")]
    NothingSaid,
    #[error("the brief was changed just now")]
    Meanwhile,
    #[error(transparent)]
    Code(#[from] WrongCode),
}

fn blocked(blockers: &[Blocker]) -> String {
    match blockers.len() {
        1 => "one thing that starting depends on is".to_owned(),
        n => format!("{n} things that starting depends on are"),
    }
}

fn undecided(blockers: &[Blocker]) -> String {
    match blockers.len() {
        1 => "one thing was changed in two ways, and has to be chosen first".to_owned(),
        n => format!("{n} things were changed in two ways, and have to be chosen first"),
    }
}

/// A customer's yes, or that they heard of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub by: ItemId,
    pub words: String,
    pub via: String,
    /// As typed; for a yes it must be the code of today's version.
    pub code: String,
    /// What was agreed to; empty means all of it.
    pub covers: Vec<Section>,
}

/// Records that the message went to a customer: the questions in it become
/// `asked`, and theirs to answer; a draft becomes `asked`. What was told or is
/// not needed stays so, even if it was put again.
pub fn share(
    brief: &Brief,
    to: &ItemId,
    questions: &[String],
    via: &str,
    id: &str,
    at: Moment,
) -> Change {
    share_sheet(brief, &Sheet::of(brief, to, questions, 1), via, id, at)
}

/// The same for what a message showed, which is kept for the reply.
pub fn share_sheet(brief: &Brief, sheet: &Sheet, via: &str, id: &str, at: Moment) -> Change {
    let agreement = Agreement::of(brief);
    let (to, questions) = (&sheet.to, sheet.questions());
    let mut event = Event::new(id, EventKind::Shared, at);
    event.to = Some(to.clone());
    event.via = via.to_owned();
    event.code = agreement.code().to_string();
    event.questions.clone_from(&questions);
    event.shown = sheet.shown();
    event.agreed = unless_known(brief, &agreement);
    let mut changes: Vec<Change> = questions
        .iter()
        .filter_map(|question| {
            let mut answer = brief.answers.get(question)?.clone();
            if !matches!(answer.standing.basis, Basis::Guess | Basis::Asked) {
                return None;
            }
            answer.standing.basis = Basis::Asked;
            answer.standing.ask = Some(to.clone());
            Some(Change::Answer {
                question: question.clone(),
                answer: Some(answer),
            })
        })
        .collect();
    if brief.stage == Stage::Draft {
        changes.push(Change::Stage(Stage::Asked));
    }
    changes.push(Change::Record(Box::new(event)));
    Change::All(changes)
}

/// Records a yes. The code must be that of the brief as it stands.
pub fn sign(brief: &Brief, said: Said, id: &str, at: Moment) -> Result<Change, NotNow> {
    if brief.customer(&said.by).is_none() {
        return Err(NotNow::Nobody(said.by));
    }
    let code = sign_off::check_code(brief, &said.code)?;
    let mut event = Event::new(id, EventKind::Signed, at);
    // Their words with the code are a reply; anything else is hearsay.
    event.grade = Some(if sign_off::code_in(brief, &said.words) == Some(code) {
        Grade::Reply
    } else {
        Grade::Said
    });
    event.by = Some(said.by);
    event.words = said.words;
    event.via = said.via;
    event.code = code.to_string();
    event.covers = said.covers;
    event.agreed = Agreement::of(brief).text();
    Ok(signed(brief, event))
}

/// The change that records a yes, and moves the stage where that was all that
/// was missing. Without `covers` it covers what is still open for its signer:
/// earlier yeses that hold keep their words and grade.
pub(super) fn signed(brief: &Brief, mut event: Event) -> Change {
    if event.covers.is_empty()
        && let Some(by) = &event.by
    {
        let open = sign_off::open_for(brief, by);
        if open.len() < Section::ALL.len() {
            event.covers = open;
        }
    }
    let mut after = brief.clone();
    after.events.push(event.clone());
    let mut changes = vec![Change::Record(Box::new(event))];
    let whole = sign_off::need_agreed(&after) && sign_off::solution_agreed(&after);
    if whole && matches!(brief.stage, Stage::Draft | Stage::Asked) {
        changes.push(Change::Stage(Stage::Agreed));
    }
    Change::All(changes)
}

/// What the worker calls a change since somebody's yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// It says the same in other words: the yes stands, the difference is shown.
    Rewording,
    /// It says something else: the yes is asked for again.
    Material,
}

/// Records what the worker calls the changes of some sections since a yes.
pub fn call_change(
    brief: &Brief,
    sections: &[Section],
    call: Call,
    because: &str,
    id: &str,
    at: Moment,
) -> Change {
    let agreement = Agreement::of(brief);
    let kind = match call {
        Call::Rewording => EventKind::Reworded,
        Call::Material => EventKind::Amended,
    };
    let mut event = Event::new(id, kind, at);
    event.covers = sections.to_vec();
    event.because = because.trim().to_owned();
    event.code = agreement.code().to_string();
    event.agreed = agreement.text();
    Change::Record(Box::new(event))
}

/// Records that a customer heard of it without saying yes. Promotes nothing.
pub fn heard(brief: &Brief, said: Said, id: &str, at: Moment) -> Result<Change, NotNow> {
    if brief.customer(&said.by).is_none() {
        return Err(NotNow::Nobody(said.by));
    }
    if said.words.trim().is_empty() && said.via.trim().is_empty() {
        return Err(NotNow::NothingSaid);
    }
    let mut event = Event::new(id, EventKind::Heard, at);
    event.by = Some(said.by);
    event.words = said.words;
    event.via = said.via;
    Ok(Change::Record(Box::new(event)))
}

/// Starts the work. What still blocks it is waived with `because`, if given.
/// `needed` are the ids of the questions that the checklist insists on.
pub fn start(
    brief: &Brief,
    needed: &[&str],
    because: &str,
    id: &str,
    at: Moment,
) -> Result<Change, NotNow> {
    if !brief.stage.before_start() {
        return Err(NotNow::WrongStage(brief.stage.clone()));
    }
    let open: Vec<Blocker> = readiness::blockers(brief, needed)
        .into_iter()
        .filter(|b| b.waived.is_none())
        .collect();
    let undecided = |b: &&Blocker| matches!(b.requirement, Requirement::Decided(_));
    let undecided: Vec<Blocker> = open.iter().filter(undecided).cloned().collect();
    if !undecided.is_empty() {
        return Err(NotNow::Undecided(undecided));
    }
    if !open.is_empty() && because.trim().is_empty() {
        return Err(NotNow::Blocked(open));
    }
    let mut changes = waive(brief, &open, because, at.date_naive());
    changes.push(Change::Stage(Stage::InProgress));
    changes.push(moved(brief, EventKind::Started, because, id, at));
    Ok(Change::All(changes))
}

/// The waivers for some blockers, without starting.
pub fn waive(brief: &Brief, open: &[Blocker], because: &str, on: Day) -> Vec<Change> {
    open.iter()
        .enumerate()
        .map(|(n, blocker)| {
            Change::Waiver(ListEdit::Insert {
                at: brief.waivers.len() + n,
                item: Waiver {
                    what: blocker.requirement.key().to_owned(),
                    because: because.trim().to_owned(),
                    on: Some(on),
                },
            })
        })
        .collect()
}

/// Marks the result as handed over.
pub fn deliver(brief: &Brief, because: &str, id: &str, at: Moment) -> Result<Change, NotNow> {
    step(
        brief,
        &[Stage::InProgress],
        Stage::Delivered,
        EventKind::Delivered,
        because,
        id,
        at,
    )
}

/// The customer says that it is what they needed; the brief closes. `because`
/// are their words.
pub fn confirm(
    brief: &Brief,
    by: Option<&ItemId>,
    because: &str,
    id: &str,
    at: Moment,
) -> Result<Change, NotNow> {
    if brief.stage != Stage::Delivered {
        return Err(NotNow::WrongStage(brief.stage.clone()));
    }
    if let Some(nobody) = by.filter(|by| brief.customer(by).is_none()) {
        return Err(NotNow::Nobody(nobody.clone()));
    }
    let mut event = Event::new(id, EventKind::Confirmed, at);
    event.by = by.cloned();
    event.words = because.trim().to_owned();
    event.from = Some(brief.stage.clone());
    Ok(Change::All(vec![
        Change::Stage(Stage::Closed),
        Change::Record(Box::new(event)),
    ]))
}

/// Takes work up again, with what was missing. A dropped brief goes back to
/// the stage in which it was dropped.
pub fn reopen(brief: &Brief, because: &str, id: &str, at: Moment) -> Result<Change, NotNow> {
    let to = match brief.stage {
        Stage::Delivered | Stage::Closed => Stage::InProgress,
        Stage::Dropped => before_drop(brief),
        _ => return Err(NotNow::WrongStage(brief.stage.clone())),
    };
    with_reason(because)?;
    Ok(Change::All(vec![
        Change::Stage(to),
        moved(brief, EventKind::Reopened, because, id, at),
    ]))
}

/// Gives the request up, with the reason.
pub fn drop_brief(brief: &Brief, because: &str, id: &str, at: Moment) -> Result<Change, NotNow> {
    if matches!(brief.stage, Stage::Dropped | Stage::Closed) {
        return Err(NotNow::WrongStage(brief.stage.clone()));
    }
    with_reason(because)?;
    Ok(Change::All(vec![
        Change::Stage(Stage::Dropped),
        moved(brief, EventKind::Dropped, because, id, at),
    ]))
}

/// Puts a brief away, or brings it back.
pub fn archive(brief: &Brief, archived: bool, because: &str, id: &str, at: Moment) -> Change {
    let kind = if archived {
        EventKind::Archived
    } else {
        EventKind::Restored
    };
    Change::All(vec![
        Change::Archived(archived),
        moved(brief, kind, because, id, at),
    ])
}

/// Records an exported file, so that `verify` can recognise it. `None` when
/// the same file was recorded before.
/// `parts` tells later which part of the file was changed.
pub fn exported(
    brief: &Brief,
    format: &str,
    digest: &str,
    parts: &[String],
    id: &str,
    at: Moment,
) -> Option<Change> {
    if brief.events.iter().any(|e| e.digest == digest) {
        return None;
    }
    let agreement = Agreement::of(brief);
    let mut event = Event::new(id, EventKind::Exported, at);
    event.format = format.to_owned();
    event.digest = digest.to_owned();
    event.shown = parts.to_vec();
    event.code = agreement.code().to_string();
    event.agreed = unless_known(brief, &agreement);
    Some(Change::Record(Box::new(event)))
}

/// "I don't know": makes the question one for a customer.
pub fn ask(answer: Option<&Answer>, question: &str, put: &str, to: &ItemId) -> Answer {
    let mut answer = answer.cloned().unwrap_or_default();
    if answer.standing.basis != Basis::Asked {
        answer.standing.basis = Basis::Guess;
    }
    answer.standing.ask = Some(to.clone());
    answer.standing.by = None;
    answer.standing.on = None;
    question.clone_into(&mut answer.question);
    put.clone_into(&mut answer.put);
    answer
}

fn step(
    brief: &Brief,
    from: &[Stage],
    to: Stage,
    kind: EventKind,
    because: &str,
    id: &str,
    at: Moment,
) -> Result<Change, NotNow> {
    if !from.contains(&brief.stage) {
        return Err(NotNow::WrongStage(brief.stage.clone()));
    }
    Ok(Change::All(vec![
        Change::Stage(to),
        moved(brief, kind, because, id, at),
    ]))
}

fn moved(brief: &Brief, kind: EventKind, because: &str, id: &str, at: Moment) -> Change {
    let mut event = Event::new(id, kind, at);
    event.because = because.trim().to_owned();
    event.from = Some(brief.stage.clone());
    Change::Record(Box::new(event))
}

fn with_reason(because: &str) -> Result<(), NotNow> {
    if because.trim().is_empty() {
        Err(NotNow::NoReason)
    } else {
        Ok(())
    }
}

fn before_drop(brief: &Brief) -> Stage {
    brief
        .effective_events()
        .into_iter()
        .rev()
        .find(|e| e.kind == EventKind::Dropped)
        .and_then(|e| e.from.clone())
        .unwrap_or_default()
}

/// The agreed text, unless an event of the same version holds it already.
fn unless_known(brief: &Brief, agreement: &Agreement) -> String {
    let text = agreement.text();
    if brief.events.iter().any(|e| e.agreed == text) {
        String::new()
    } else {
        text
    }
}

mod by_key;

pub use by_key::{ByKey, countersign, sign_by_key};

#[cfg(test)]
mod tests;

//! What the worker does when asked to look up from the work, each as one
//! undoable [`Change`].

mod said;
mod snoozing;

pub use said::{heard, shortcut};
pub use snoozing::{SnoozeError, until, until_moment};

use super::action::NotNow;
use super::words::word_enum;
use super::work_time::{WorkTime, Zone};
use super::{
    Brief, Change, Day, Event, EventKind, ItemId, ListEdit, Moment, Section, Shortcut, Stage,
    progress, sign_off,
};

word_enum! {
    /// When in the life of a brief a question of the check-in is asked.
    #[derive(Default)]
    Phase {
        /// While the work runs.
        #[default]
        Course = "course",
        /// Near its end: does the result fit?
        Handover = "handover",
        /// It was handed over: is it what they needed?
        Confirm = "confirm",
        /// They said so: what is there to learn?
        Close = "close",
        /// Standing work that was closed: does anybody still use it?
        Standing = "standing",
    }
}

/// The phase of a brief at a moment. The handover begins on the working day
/// before the result is needed.
pub fn phase(brief: &Brief, work: &WorkTime, zone: &dyn Zone, now: Moment) -> Phase {
    let today = zone.local(now).date();
    match brief.stage {
        Stage::Delivered => Phase::Confirm,
        Stage::Closed if is_standing(brief, today, zone) => Phase::Standing,
        Stage::Closed => Phase::Close,
        Stage::InProgress
            if brief
                .plan
                .need_by
                .is_some_and(|day| today >= work.day_before(day)) =>
        {
            Phase::Handover
        }
        _ => Phase::Course,
    }
}

/// Whether closed work is asked who still uses it, and no longer what there is
/// to learn: it is standing work, and the closing was told or is long ago.
fn is_standing(brief: &Brief, today: Day, zone: &dyn Zone) -> bool {
    let kinds = [EventKind::Confirmed, EventKind::CheckIn];
    let told = progress::last(brief, &kinds).is_none_or(|event| {
        let days = (today - zone.local(event.at).date()).num_days();
        event.kind == EventKind::CheckIn || days > CLOSING
    });
    brief.checklist == "recurring" && told
}

/// How many days after it was confirmed a closing can still be told.
const CLOSING: i64 = 30;

/// What was answered at a check-in. Everything may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// The id of a question and the answer to it.
    pub answers: Vec<(String, String)>,
    /// Who was last heard from, and when.
    pub heard: Option<(ItemId, Day)>,
    /// The time spent so far, all told, as typed.
    pub spent: String,
    /// In a sentence, for the history.
    pub words: String,
}

/// Records a check-in. It can be made at any stage but a draft: whoever looks
/// up from the work is never turned away.
pub fn check_in(brief: &Brief, said: Answers, id: &str, at: Moment) -> Result<Change, NotNow> {
    if matches!(brief.stage, Stage::Draft | Stage::Dropped) {
        return Err(NotNow::WrongStage(brief.stage.clone()));
    }
    let mut event = Event::new(id, EventKind::CheckIn, at);
    if let Some((by, on)) = said.heard {
        if brief.customer(&by).is_none() {
            return Err(NotNow::Nobody(by));
        }
        event.by = Some(by);
        event.on = Some(on);
    }
    event.answers = said
        .answers
        .iter()
        .filter(|(_, answer)| !answer.trim().is_empty())
        .map(|(question, answer)| format!("{question}: {}", answer.trim()))
        .collect();
    said.spent.trim().clone_into(&mut event.spent);
    said.words.trim().clone_into(&mut event.words);
    Ok(Change::Record(Box::new(event)))
}

/// The answer that a check-in gave to a question.
pub fn answer<'a>(event: &'a Event, question: &str) -> Option<&'a str> {
    let line = |line: &'a String| line.strip_prefix(question)?.strip_prefix(": ");
    event.answers.iter().find_map(line)
}

/// Puts the next check-in off.
pub fn snooze(until: Moment, id: &str, at: Moment) -> Change {
    let mut event = Event::new(id, EventKind::Snoozed, at);
    event.until = Some(until);
    Change::Record(Box::new(event))
}

/// Stops asking, with the reason.
pub fn mute(because: &str, id: &str, at: Moment) -> Result<Change, NotNow> {
    if because.trim().is_empty() {
        return Err(NotNow::NoReason);
    }
    let mut event = Event::new(id, EventKind::Muted, at);
    because.trim().clone_into(&mut event.because);
    Ok(Change::Record(Box::new(event)))
}

/// Asks again.
pub fn unmute(id: &str, at: Moment) -> Change {
    Change::Record(Box::new(Event::new(id, EventKind::Unmuted, at)))
}

/// Writes a shortcut down.
pub fn take_shortcut(brief: &Brief, text: &str, pay_back: Option<Day>, on: Day) -> Change {
    let taken = brief.shortcuts.iter().map(|s| &s.id);
    Change::Shortcut(ListEdit::Insert {
        at: brief.shortcuts.len(),
        item: Shortcut {
            id: ItemId::for_text(text, taken),
            text: text.trim().to_owned(),
            pay_back,
            on: Some(on),
            paid: None,
        },
    })
}

/// A shortcut was put right.
pub fn pay_back(brief: &Brief, at: usize, on: Day) -> Option<Change> {
    let mut item = brief.shortcuts.get(at)?.clone();
    item.paid = Some(on);
    Some(Change::Shortcut(ListEdit::Replace { at, item }))
}

/// Notes in the history that the brief was changed while the work runs, once a
/// day. `None` where there is nothing to note.
pub fn changed(before: &Brief, after: &Brief, id: &str, at: Moment) -> Option<Change> {
    let runs = matches!(
        after.stage,
        Stage::Asked | Stage::Agreed | Stage::InProgress | Stage::Delivered
    );
    // Something else was recorded: that is the note.
    if !runs || before.events.len() != after.events.len() {
        return None;
    }
    let mut lapsed: Vec<Section> = sign_off::lapsed(after);
    let was = sign_off::lapsed(before);
    lapsed.retain(|section| !was.contains(section));
    let noted = after.effective_events().into_iter().any(|e| {
        e.kind == EventKind::Changed
            && e.at.date_naive() == at.date_naive()
            && lapsed.iter().all(|section| e.covers.contains(section))
    });
    if noted {
        return None;
    }
    let mut event = Event::new(id, EventKind::Changed, at);
    event.covers = lapsed;
    Some(Change::Record(Box::new(event)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{apply, at, day, id, signed, superreport};

    #[test]
    fn a_check_in_is_kept_with_what_was_answered() {
        let mut brief = signed();
        let said = Answers {
            answers: vec![
                ("people".into(), "yes".into()),
                ("goal".into(), " ".into()),
                ("learned".into(), "HR has a form of its own".into()),
            ],
            heard: Some((id("dana"), day("2026-02-06"))),
            spent: "6 hours".into(),
            words: String::new(),
        };
        let when = at("2026-02-06T15:00:00+01:00");
        let change = check_in(&brief, said, "c1", when).unwrap();
        apply(&mut brief, change);
        let event = brief.events.last().unwrap();
        assert_eq!(answer(event, "people"), Some("yes"));
        assert_eq!(answer(event, "goal"), None);
        assert_eq!(answer(event, "learned"), Some("HR has a form of its own"));
        assert_eq!(event.by, Some(id("dana")));
    }

    #[test]
    fn the_phase_follows_the_work() {
        let mut brief = signed();
        let zone = chrono::FixedOffset::east_opt(3600).unwrap();
        let phase = |brief: &Brief, now| phase(brief, &WorkTime::default(), &zone, at(now));
        brief.stage = Stage::InProgress;
        assert_eq!(brief.plan.need_by, Some(day("2026-02-19")));
        assert_eq!(phase(&brief, "2026-02-17T23:00:00+01:00"), Phase::Course);
        assert_eq!(phase(&brief, "2026-02-18T09:00:00+01:00"), Phase::Handover);
        brief.stage = Stage::Delivered;
        assert_eq!(phase(&brief, "2026-02-17T23:00:00+01:00"), Phase::Confirm);

        // Closed: what there is to learn, and much later who still uses it.
        let confirmed = Event::new("k", EventKind::Confirmed, at("2026-02-20T09:00:00+01:00"));
        brief.stage = Stage::Closed;
        brief.events.push(confirmed);
        assert_eq!(phase(&brief, "2026-02-20T09:00:00+01:00"), Phase::Close);
        assert_eq!(phase(&brief, "2026-08-20T09:00:00+01:00"), Phase::Close);
        brief.checklist = "recurring".into();
        assert_eq!(phase(&brief, "2026-02-20T09:00:00+01:00"), Phase::Close);
        assert_eq!(phase(&brief, "2026-08-20T09:00:00+01:00"), Phase::Standing);
        let told = Event::new("c", EventKind::CheckIn, at("2026-02-20T09:00:00+01:00"));
        brief.events.push(told);
        assert_eq!(phase(&brief, "2026-02-21T09:00:00+01:00"), Phase::Standing);
    }

    #[test]
    fn nobody_unknown_is_heard_from_and_no_draft_is_checked() {
        let said = Answers {
            heard: Some((id("nobody"), day("2026-02-06"))),
            ..Answers::default()
        };
        let when = at("2026-02-06T15:00:00+01:00");
        let nobody = check_in(&signed(), said, "c1", when);
        assert_eq!(nobody, Err(NotNow::Nobody(id("nobody"))));
        let draft = check_in(&superreport(), Answers::default(), "c1", when);
        assert_eq!(draft, Err(NotNow::WrongStage(Stage::Draft)));
    }

    #[test]
    fn a_change_while_the_work_runs_is_noted_once_a_day() {
        let before = signed();
        let mut after = before.clone();
        after.needs[0].text.push('!');
        let when = at("2026-02-06T15:00:00+01:00");
        let change = changed(&before, &after, "x1", when).unwrap();
        let mut noted = after.clone();
        apply(&mut noted, change);
        let event = noted.events.last().unwrap();
        assert_eq!(event.covers, [Section::Needs]);

        let mut again = noted.clone();
        again.needs[0].text.push('!');
        assert_eq!(changed(&noted, &again, "x2", when), None);
        let tomorrow = at("2026-02-07T15:00:00+01:00");
        assert!(changed(&noted, &again, "x2", tomorrow).is_some());
        // Another part of what was agreed is worth a note of its own.
        again.out.push("More".into());
        assert!(changed(&noted, &again, "x2", when).is_some());
        let draft = superreport();
        assert_eq!(changed(&draft, &draft, "x3", when), None);
    }
}

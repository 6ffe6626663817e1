//! The desk: what to do next, first.

mod card;
mod group;
mod order;
mod seen;

use std::sync::Arc;

use crate::domain::nudge::State;
use crate::domain::summary::touched;
use crate::domain::work_time::{Local, Zone as _};
use crate::domain::{
    Brief, BriefId, Event, EventKind, Moment, Stage, conflict, progress, readiness, sign_off,
    wording,
};
use crate::tui::answered;
use crate::tui::command::Command;
use crate::tui::dialog::{Dialog, Reader};
use crate::tui::message::Effect;
use crate::tui::model::Model;
use crate::tui::whole_file;

use super::{
    Input, Screen,
    brief::View,
    check_in,
    new::{New, unnamed},
    reply::Reply,
    review::Review,
    share,
    walk::Walk,
};

pub use card::Card;
use card::Cards;
pub use group::{Group, Standing, group_of};
pub use order::{Order, Row};
use order::{Slot, Unplaced};
pub use seen::reach;

/// The first screen.
#[derive(Debug, Default)]
pub struct Desk {
    pub selected: usize,
    pub archived: bool,
    /// Those of colleagues too.
    pub everyone: bool,
    /// How many of colleagues are hidden.
    pub hidden: usize,
    /// As after the last message: one frame with its hints asks many times.
    rows: Order,
    /// What the order was made of.
    made: Option<Made>,
    /// What the rows that can be seen say, as long as the order holds.
    cards: Cards,
}

/// Nothing of it changes while somebody moves about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Made {
    revision: u64,
    archived: bool,
    everyone: bool,
    now: Local,
    /// When something becomes due or is nudged about next.
    until: Option<Local>,
}

/// What is said of a file that is no brief.
pub const BROKEN: &str = "this file cannot be read; Enter says what is wrong with it, E edits it";

impl Desk {
    /// The rows with their groups, in the order of the screen.
    pub fn rows(&self) -> &Order {
        &self.rows
    }

    /// Whether the rows stand as they did.
    fn is_arranged(&mut self, model: &Model) -> bool {
        let now = model.local();
        let made = Made {
            revision: model.shelf.revision,
            archived: self.archived,
            everyone: self.everyone,
            now,
            until: None,
        };
        let same = self.made.is_some_and(|before| {
            let is_same = Made {
                now,
                until: None,
                ..before
            } == made;
            is_same
                && before.now <= now
                && before.now.date() == now.date()
                && before.until.is_none_or(|until| now < until)
        });
        if !same {
            let dues = model.items.iter().filter_map(|item| item.due.as_ref());
            let nudges = dues.flat_map(|due| due.nudges).filter(|at| *at > now);
            let unread = model.shelf.next_nudge(now);
            let until = nudges.chain(unread).min();
            self.made = Some(Made { until, ..made });
        }
        same
    }

    /// Where a brief of a group stands; `None` where it is not shown.
    fn place(&self, group: Group, is_mine: bool, is_due: bool) -> Option<Group> {
        let group = match group {
            Group::Archived => Group::Archived,
            _ if !is_mine => Group::Others,
            Group::Undecided => Group::Undecided,
            _ if is_due => Group::Due,
            group => group,
        };
        let is_shown = match group {
            Group::Archived => self.archived && (is_mine || self.everyone),
            Group::Others => self.everyone,
            _ => true,
        };
        is_shown.then_some(group)
    }

    /// Puts the briefs into their rows, and writes those that can be seen.
    pub fn arrange(&mut self, model: &Model) {
        if !self.is_arranged(model) {
            self.order(model);
            self.cards.clear();
        }
        let seen = self.seen(model);
        self.cards.thin_out();
        self.cards.write(model, self.rows.some(seen), usize::MAX);
    }

    /// What the row of a brief says; nothing before the brief is read.
    pub fn card(&self, id: &str) -> Option<&Card> {
        self.cards.get(id)
    }

    /// How many rows were ever written: what a key costs does not depend on
    /// the number of briefs.
    pub fn written(&self) -> usize {
        self.cards.written()
    }

    fn order(&mut self, model: &Model) {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let broken = (0..model.broken.len()).map(|at| Unplaced {
            group: Group::Broken,
            since: 0,
            slot: Slot::Broken(place(at)),
        });
        let mut rows: Vec<Unplaced> = broken.collect();
        rows.reserve(model.shelf.len() + model.items.len());
        let local = model.local();
        let mut hidden = 0;
        for row in model.on_shelf() {
            let due = row.wish.map(|wish| &wish.due);
            let due = due.filter(|due| due.state(local) != State::Later);
            let is_other = !row.place.is_mine && row.place.group != Group::Archived;
            hidden += usize::from(is_other);
            let Some(group) = self.place(row.place.group, row.place.is_mine, due.is_some()) else {
                continue;
            };
            rows.push(Unplaced {
                group,
                since: due.map_or(row.place.touched, |due| {
                    model.here.moment(due.at()).timestamp_micros()
                }),
                slot: Slot::Shelf(place(row.at)),
            });
        }
        let mut others = Vec::new();
        for item in &model.items {
            let brief = &item.brief;
            let due = item.due_at(model.local());
            let is_mine = model.is_mine(brief);
            hidden += usize::from(!is_mine && !brief.archived);
            let Some(group) = self.place(item.group(), is_mine, due.is_some()) else {
                continue;
            };
            let since = match due {
                Some((due, _)) => model.here.moment(due.at()),
                None => touched(brief),
            };
            rows.push(Unplaced {
                group,
                since: since.timestamp_micros(),
                slot: Slot::Other(place(others.len())),
            });
            others.push(brief.id.clone());
        }
        let mut order = Order::new(Arc::clone(model.shelf.ids()), others);
        // Of a large folder, whether it was read or not.
        order.arrange(rows, !model.shelf.is_empty());
        self.hidden = if self.everyone { 0 } else { hidden };
        // What is due moves up by itself: the next key is for the row that was
        // under the cursor when it was pressed. One that was checked in makes
        // room for the next that is due.
        let to = self.rows.get(self.selected).and_then(|(was, row)| {
            let at = order.find(row)?;
            let (group, _) = order.get(at)?;
            let is_dealt_with = was == Group::Due && group != Group::Due;
            (!is_dealt_with).then_some(at)
        });
        self.selected = to.unwrap_or(self.selected);
        self.rows = order;
    }

    /// The brief under the cursor.
    pub fn selected(&self) -> Option<BriefId> {
        self.rows.brief(self.selected)
    }

    /// Takes an input.
    pub fn update(&mut self, model: &mut Model, input: Input) {
        let Input::Command(command) = input else {
            return;
        };
        model.notice = None;
        // It stands among the first rows now.
        model.banner = None;
        let rows = std::mem::take(&mut self.rows);
        let last = rows.len().saturating_sub(1);
        self.selected = self.selected.min(last);
        let page = usize::from(model.size.1).saturating_sub(6).max(1);
        match command {
            Command::Up => self.selected = self.selected.saturating_sub(1),
            Command::Down => self.selected = (self.selected + 1).min(last),
            Command::First => self.selected = 0,
            Command::Last => self.selected = last,
            Command::Previous => self.selected = self.selected.saturating_sub(page),
            Command::Next => self.selected = (self.selected + page).min(last),
            Command::Pick(n) if usize::from(n) <= rows.len() => {
                self.selected = usize::from(n).saturating_sub(1);
            }
            Command::Add => {
                let page = match unnamed(model) {
                    Some(id) => New::resume(model, &id),
                    None => New::empty(model),
                };
                model.open(Screen::New(page));
            }
            Command::ShowArchived => {
                self.archived = !self.archived;
                model.say(if self.archived {
                    "archived briefs are shown"
                } else {
                    "archived briefs are hidden"
                });
            }
            Command::Everyone => {
                self.everyone = !self.everyone;
                model.say(if self.everyone {
                    "the briefs of everyone are shown"
                } else {
                    "only yours and everybody's are shown"
                });
            }
            Command::Demo => {
                model.quitting = true;
                model.effects.push(Effect::OpenDemo);
            }
            _ => match (rows.get(self.selected), rows.brief(self.selected)) {
                (Some((_, Row::Broken(at))), _) => open_broken(model, at, command),
                (_, Some(id)) => on_brief(model, &id, command),
                _ => {}
            },
        }
        self.rows = rows;
    }
}

fn open_broken(model: &mut Model, at: usize, command: Command) {
    let Some(broken) = model.broken.get(at) else {
        return;
    };
    if command == Command::EditFile {
        model.effects.push(Effect::Mend(broken.path.clone()));
        return;
    }
    if !matches!(command, Command::Open | Command::Edit) {
        model.say(BROKEN);
        return;
    }
    let mut lines = vec![broken.summary.clone(), String::new()];
    lines.extend(broken.picture.lines().map(str::to_owned));
    lines.push(String::new());
    lines.push(broken.hint.clone());
    lines.push("The file is left as it is; the other briefs work.".to_owned());
    model.dialog = Some(Dialog::Reader(Reader {
        title: broken.file.clone(),
        lines,
        scroll: 0,
        then: None,
    }));
}

/// What the keys about a brief do, on the desk and elsewhere.
pub fn on_brief(model: &mut Model, id: &BriefId, command: Command) {
    match command {
        Command::Open => open(model, id),
        Command::Edit => edit(model, id),
        Command::Review => model.open(Screen::Review(Review::new(id.clone()))),
        Command::Share => share::ask(model, id),
        Command::Reply => {
            if let Some(page) = Reply::open(model, id) {
                model.open(Screen::Reply(Box::new(page)));
            }
        }
        Command::SignOff => answered::ask_sign_off(model, id),
        Command::Signature => answered::ask_signature(model, id),
        Command::Amend => answered::ask_amend(model, id),
        Command::Heard => answered::ask_heard(model, id),
        Command::Advance => answered::ask_step(model, id),
        Command::Drop => answered::ask_drop(model, id),
        Command::Export => answered::ask_export(model, id),
        Command::Title => answered::ask_title(model, id),
        Command::EditFile => whole_file::open(model, id),
        Command::Archive => archive(model, id),
        Command::HandOver => answered::ask_owner(model, id),
        Command::CheckIn => check_in::open(model, id),
        Command::Snooze => answered::ask_later(model, id),
        _ => {}
    }
}

fn open(model: &mut Model, id: &BriefId) {
    let Some(brief) = model.brief(id) else { return };
    if brief.id.is_unnamed() && brief.title.is_empty() {
        let page = New::resume(model, id);
        model.open(Screen::New(page));
    } else if brief.stage == Stage::Draft && brief.walk.is_some() && brief.conflicts.is_empty() {
        // Where something waits for a choice its page says so, and the walk does not.
        edit(model, id);
    } else {
        model.open(Screen::Brief(View::new(id.clone())));
    }
}

/// The walk where it was left; the review when it is through.
fn edit(model: &mut Model, id: &BriefId) {
    let Some(brief) = model.brief(id) else { return };
    let unfinished = brief.walk.is_some() || answered_questions(model, brief).0 == 0;
    if brief.id.is_unnamed() && brief.title.is_empty() {
        open(model, id);
    } else if unfinished && let Some(walk) = Walk::open(model, id, None) {
        model.open(Screen::Walk(Box::new(walk)));
    } else {
        model.open(Screen::Review(Review::new(id.clone())));
    }
}

fn archive(model: &mut Model, id: &BriefId) {
    let event = model.event_id();
    let now = model.now;
    let Some(brief) = model.brief(id) else { return };
    let away = !brief.archived;
    let change = crate::domain::action::archive(brief, away, "", &event, now);
    let what = if away { "archive" } else { "bring back" };
    if model.change(id, what, change) {
        model.say(if away {
            "put away; u brings it back, A shows what is put away"
        } else {
            "back on the desk"
        });
    }
}

/// How many questions have an answer, of how many.
pub fn answered_questions(model: &Model, brief: &Brief) -> (usize, usize) {
    let Some(checklist) = model.checklist_of(brief) else {
        return (0, 0);
    };
    let asked = checklist.asked_of(brief);
    let done = asked
        .iter()
        .filter(|q| readiness::is_answered(brief, &q.id))
        .count();
    (done, asked.len())
}

/// What a row says about a brief, in a few words.
pub fn remark(model: &Model, brief: &Brief, group: Group) -> String {
    let days = |since: Moment| (model.today() - since.date_naive()).num_days().max(0);
    let ago = |n: i64| match n {
        0 => "today".to_owned(),
        1 => "since yesterday".to_owned(),
        n => format!("for {n} days"),
    };
    match group {
        // The work goes on all the same, and so does its clock.
        Group::Changed if brief.stage == Stage::InProgress => {
            format!("{}; {}", clock(model, brief), lapsed(brief))
        }
        Group::Changed => lapsed(brief),
        Group::Undecided => {
            let places = brief.conflicts.iter();
            let what = places.map(|c| conflict::what(brief, &c.place));
            format!("choose: {}", what.collect::<Vec<_>>().join(", "))
        }
        Group::Others => format!("{}: {}", brief.owner.trim(), brief.stage.label()),
        Group::Objected => wording::objector(brief).map_or_else(String::new, |by| {
            format!("{} objected: change it, s asks again", brief.name_of(by))
        }),
        Group::Waiting => {
            let asked = brief
                .effective_events()
                .into_iter()
                .rev()
                .find(|e| e.to.is_some());
            match asked {
                Some(event) if wrote_since(brief, event) => {
                    let name = event.to.as_ref().map_or("", |to| brief.name_of(to));
                    format!("{name} answered, no yes yet")
                }
                Some(event) => {
                    let name = event.to.as_ref().map_or("", |to| brief.name_of(to));
                    format!("for {name}, {}", ago(days(event.at)))
                }
                None => String::new(),
            }
        }
        Group::Drafts => {
            let (done, all) = answered_questions(model, brief);
            if brief.title.is_empty() {
                "no title yet".to_owned()
            } else {
                format!("{done} of {all} answered")
            }
        }
        Group::Working => clock(model, brief),
        Group::Ready => "m starts it".to_owned(),
        Group::Delivered => "is it what they needed?".to_owned(),
        Group::Done | Group::Archived => brief.stage.label().to_owned(),
        // The question stands below.
        Group::Due if brief.stage == Stage::InProgress => clock(model, brief),
        Group::Due if brief.stage == Stage::Asked => remark(model, brief, group_of(brief)),
        Group::Due => brief.stage.label().to_owned(),
        Group::Broken => String::new(),
    }
}

/// Whether whoever got a message has written since.
fn wrote_since(brief: &Brief, sent: &Event) -> bool {
    let events = brief.effective_events();
    let later = events.iter().skip_while(|e| e.id != sent.id);
    later
        .filter(|e| e.kind == EventKind::Replied)
        .any(|e| e.by == sent.to)
}

/// What changed since somebody's yes.
fn lapsed(brief: &Brief) -> String {
    let parts: Vec<_> = sign_off::lapsed(brief)
        .iter()
        .map(|s| s.label().to_owned())
        .collect();
    parts.join(", ")
}

/// How long the work has gone on without a word, and on how many guesses.
pub fn clock(model: &Model, brief: &Brief) -> String {
    progress::unconfirmed(brief, &model.work, &model.here, model.now)
        .map_or_else(String::new, |clock| wording::unconfirmed(brief, &clock))
}

/// What a brief wants a word about, where it is due; stale where nobody asks
/// any more.
pub fn question(model: &Model, brief: &Brief) -> Option<(String, State)> {
    let (due, state) = model.item(&brief.id)?.due_at(model.local())?;
    Some((wording::nudge(brief, due), state))
}

//! A page with a list: an entry line under rows.

use crate::checklist::Question;
use crate::checklist::items::{self, ListKind, none_because};
use crate::domain::{Basis, Brief, Change, Standing, WalkPlace};
use crate::tui::command::Command;
use crate::tui::dialog::{Dialog, PickOption, Picker, PickerKind};
use crate::tui::model::Model;
use crate::tui::widgets::text_field::TextField;

pub use crate::checklist::items::offered_goals;

use super::{Page, Walk, answers, kept_standing};

/// Rows, and an entry line under them.
#[derive(Debug)]
pub struct ListPage {
    pub kind: ListKind,
    pub field: TextField,
    /// The selected row; `None` while the entry line has the keys.
    pub row: Option<usize>,
    /// The row that the entry line changes.
    pub editing: Option<usize>,
    /// The row whose follow-up question is on the entry line.
    pub follow: Option<usize>,
    /// The basis of the next items.
    pub standing: Standing,
    /// Enter on an empty line was answered with a question once.
    pub warned: bool,
}

/// The word in the file for a follow-up that was being typed.
const FOLLOW: &str = "follow-up";

impl ListPage {
    /// The page as the brief stands, or with what was typed and not accepted.
    pub fn new(brief: &Brief, question: &str, kind: ListKind, place: Option<&WalkPlace>) -> Self {
        let mut page = Self {
            standing: if kind.items_have_basis() {
                Standing::guess()
            } else {
                answers::standing_of(brief, question)
            },
            kind,
            field: TextField::line(),
            row: None,
            editing: None,
            follow: None,
            warned: false,
        };
        if let Some(place) = place.filter(|p| !p.draft.is_empty() || p.row.is_some()) {
            page.field.set_text(&place.draft);
            if let Some(standing) = kept_standing(brief, Some(place)) {
                page.standing = standing;
            }
            let rows = page.kind.count(brief);
            let at = place
                .row
                .and_then(|row| row.checked_sub(1))
                .filter(|at| *at < rows);
            if place.field == FOLLOW {
                page.follow = at;
            } else {
                page.editing = at;
            }
        }
        page
    }

    /// Puts what is being typed into the place for the file.
    pub fn keep(&self, brief: &Brief, place: &mut WalkPlace) {
        let text = self.field.text();
        let at = self.follow.or(self.editing);
        if text.is_empty() && at.is_none() {
            return;
        }
        if self
            .editing
            .is_some_and(|at| self.kind.line(brief, at) == text)
        {
            return;
        }
        text.clone_into(&mut place.draft);
        if self.kind.items_have_basis() && at.is_none() && !self.standing.is_guess() {
            place.standing = Some(self.standing.clone());
        }
        if let Some(at) = at {
            place.row = Some(at + 1);
            if self.follow.is_some() {
                FOLLOW.clone_into(&mut place.field);
            }
        }
    }

    /// Keeps row numbers inside the list after it changed.
    pub fn refresh(&mut self, brief: &Brief) {
        let rows = self.kind.count(brief);
        self.row = self.row.filter(|_| rows > 0).map(|at| at.min(rows - 1));
        self.editing = self.editing.filter(|at| *at < rows);
        self.follow = self.follow.filter(|at| *at < rows);
    }

    /// The basis that the page shows: of the selected row, or of what comes next.
    pub fn standing_now(&self, brief: &Brief, question: &str) -> Standing {
        if !self.kind.items_have_basis() {
            return answers::standing_of(brief, question);
        }
        self.row
            .or(self.editing)
            .and_then(|at| self.kind.rows(brief).into_iter().nth(at))
            .and_then(|row| row.standing)
            .unwrap_or_else(|| self.standing.clone())
    }

    fn clear(&mut self) {
        self.field.set_text("");
        self.editing = None;
        self.follow = None;
    }
}

impl Walk {
    pub(super) fn list_command(&mut self, model: &mut Model, command: Command) {
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let Page::List(page) = &mut self.page else {
            return;
        };
        let rows = page.kind.count(brief);
        match (page.row, command) {
            (None, Command::Accept) => self.accept_entry(model),
            (None, Command::Up) if rows > 0 => page.row = Some(rows - 1),
            (_, Command::Next) => {
                if self.commit(model) {
                    self.go(model, 1);
                }
            }
            (_, Command::Previous) => {
                if self.commit(model) {
                    self.go(model, -1);
                }
            }
            (_, Command::Basis) => self.list_basis(model, None),
            (Some(at), Command::Up) => page.row = Some(at.saturating_sub(1)),
            (Some(at), Command::Down) => page.row = (at + 1 < rows).then_some(at + 1),
            (Some(_), Command::First) => page.row = Some(0),
            (Some(_), Command::Last) => page.row = Some(rows.saturating_sub(1)),
            (Some(_), Command::Add) => page.row = None,
            (Some(_), Command::Pick(n)) if usize::from(n) <= rows => {
                page.row = Some(usize::from(n).saturating_sub(1));
            }
            (Some(at), Command::Open) => {
                // What was being typed on the entry line is an item of its own.
                if page.field.text().trim().is_empty() || page.editing.is_some() {
                    let line = page.kind.line(brief, at);
                    page.field.set_text(&line);
                    page.editing = Some(at);
                    page.follow = None;
                    page.row = None;
                } else {
                    page.row = None;
                    model.say("take the line you are typing first, with Enter");
                }
            }
            (Some(at), Command::Remove) => {
                let change = page.kind.remove(brief, at);
                page.editing = None;
                page.follow = None;
                model.change(&self.id, "", change);
                self.refresh(model);
                model.say("removed; u brings it back");
            }
            (Some(at), Command::MoveUp) if at > 0 => self.move_row(model, at, at - 1),
            (Some(at), Command::MoveDown) if at + 1 < rows => self.move_row(model, at, at + 1),
            (Some(at), Command::Toggle) => self.toggle(model, at),
            (Some(at), Command::Whose) => self.whose(model, at),
            _ => {}
        }
    }

    fn move_row(&mut self, model: &mut Model, from: usize, to: usize) {
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let Page::List(page) = &mut self.page else {
            return;
        };
        let change = page.kind.move_item(brief, from, to);
        page.row = Some(to);
        page.editing = None;
        page.follow = None;
        model.change(&self.id, "", change);
    }

    fn toggle(&mut self, model: &mut Model, at: usize) {
        let Page::List(page) = &self.page else { return };
        match page.kind {
            ListKind::Readings => self.choose(model, at),
            ListKind::Deliverables => self.serves(model, at),
            _ => {}
        }
    }

    fn choose(&mut self, model: &mut Model, at: usize) {
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let change = items::choose_reading(brief, at, None);
        model.change(&self.id, "choose a reading", change);
        if let Page::List(page) = &mut self.page {
            page.warned = false;
        }
    }

    fn whose(&mut self, model: &mut Model, at: usize) {
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let Page::List(page) = &self.page else { return };
        match page.kind {
            ListKind::Deliverables => self.serves(model, at),
            ListKind::Needs => {
                let Some(need) = brief.needs.get(at) else {
                    return;
                };
                let options = brief
                    .customers
                    .iter()
                    .map(|c| PickOption {
                        chosen: need.whose.contains(&c.id),
                        ..PickOption::with(&c.name, c.role.word())
                    })
                    .collect();
                let customers = brief.customers.iter().map(|c| c.id.clone()).collect();
                model.dialog = Some(Dialog::Picker(Picker {
                    title: "Whose need is it?".to_owned(),
                    lines: vec![need.text.clone()],
                    options,
                    selected: 0,
                    many: true,
                    kind: PickerKind::Whose { at, customers },
                }));
            }
            _ => {}
        }
    }

    fn serves(&mut self, model: &mut Model, at: usize) {
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let Some(part) = brief.deliverables.get(at) else {
            return;
        };
        let options = brief
            .needs
            .iter()
            .map(|n| PickOption {
                chosen: part.serves.contains(&n.id),
                ..PickOption::new(&n.text)
            })
            .collect();
        let needs = brief.needs.iter().map(|n| n.id.clone()).collect();
        model.dialog = Some(Dialog::Picker(Picker {
            title: "Which needs does it serve?".to_owned(),
            lines: vec![part.text.clone()],
            options,
            selected: 0,
            many: true,
            kind: PickerKind::Serves { at, needs },
        }));
    }

    /// Enter on the entry line.
    fn accept_entry(&mut self, model: &mut Model) {
        let Page::List(page) = &mut self.page else {
            return;
        };
        let text = page.field.text().trim().to_owned();
        if text == "?" && page.follow.is_none() {
            page.clear();
            self.dont_know(model);
            return;
        }
        if text.is_empty() && page.follow.is_none() && page.editing.is_none() {
            if !page.warned
                && let Some(doubt) = self.list_doubt(model)
            {
                if let Page::List(page) = &mut self.page {
                    page.warned = true;
                }
                self.remark = Some(doubt);
                return;
            }
            if self.commit(model) {
                self.go(model, 1);
            }
            return;
        }
        self.take_entry(model, &text);
    }

    /// What to ask before going on; asked once, never blocks.
    fn list_doubt(&self, model: &Model) -> Option<String> {
        let Page::List(page) = &self.page else {
            return None;
        };
        let brief = model.brief(&self.id)?;
        match page.kind {
            ListKind::Readings if brief.readings.len() == 1 => Some(
                "what else could the words mean? A second reading is worth a minute. Enter goes on"
                    .to_owned(),
            ),
            ListKind::Readings if brief.readings.len() > 1 && brief.chosen_reading().is_none() => {
                Some("which one do you go by? Type its number. Enter goes on".to_owned())
            }
            _ => None,
        }
    }

    /// Puts the entry line into the brief: a new item, a changed one, or the
    /// answer to a follow-up.
    fn take_entry(&mut self, model: &mut Model, text: &str) {
        let Some(question) = self.question(model).cloned() else {
            return;
        };
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let Page::List(page) = &mut self.page else {
            return;
        };
        self.remark = None;

        if let Some(at) = page.follow {
            let followed = page.kind.followed(brief, at, text);
            page.clear();
            if let Some((change, unknown)) = followed.filter(|_| !text.is_empty()) {
                model.change(&self.id, "", change);
                self.mention(unknown);
            } else if !text.is_empty() && text != "?" {
                // No answer to that, but the next item.
                self.take_entry(model, text);
            }
            model.unrested = false;
            return;
        }
        if text.is_empty() {
            // An emptied row is removed: the way to take it out while typing.
            if let Some(at) = page.editing {
                let change = page.kind.remove(brief, at);
                page.clear();
                model.change(&self.id, "", change);
                model.say("removed; u brings it back");
            }
            return;
        }
        let none = none_because(&page.kind, text).filter(|_| page.editing.is_none());
        let left_out = page.standing.basis == Basis::NotNeeded && page.editing.is_none();
        if left_out || none.is_some() {
            page.clear();
            let standing = Standing::not_needed(none.unwrap_or(text));
            page.standing = if page.kind.items_have_basis() {
                Standing::guess()
            } else {
                standing.clone()
            };
            let change = items::leave_out(brief, &question, &standing.why);
            model.change(&self.id, "leave it out", change);
            self.go(model, 1);
            return;
        }
        if page.editing.is_none()
            && let Ok(number) = text.parse::<usize>()
            && self.pick_number(model, number)
        {
            return;
        }
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let Page::List(page) = &mut self.page else {
            return;
        };
        let typed = page.kind.typed(brief, text, page.editing, &page.standing);
        let is_new = page.editing.is_none();
        let was_goal = is_new && page.kind == ListKind::Goals;
        page.clear();
        page.warned = false;
        page.follow = typed.follow_up.then_some(typed.at);
        let now = answers::standing_of(brief, &question.id);
        let change = items::with_entry(brief, &question, typed.change, now);
        if !answers::changes_something(brief, &change) {
            // A row that was only looked at is nothing to take back.
        } else if was_goal {
            self.add_goal(model, change);
        } else {
            model.change(&self.id, "", change);
        }
        model.unrested = false;
        self.mention(typed.unknown);
    }

    /// A new goal goes into the goals list as well, as one step.
    fn add_goal(&mut self, model: &mut Model, change: Change) {
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let mut after = brief.clone();
        let Ok(_) = after.apply(change.clone(), model.now) else {
            return;
        };
        let goals = after
            .goals
            .last()
            .and_then(|goal| items::goals_with(&model.goals.goals, goal));
        match goals {
            Some(goals) => {
                model.change_with_goals(&self.id.clone(), "add a goal", change, goals);
            }
            None => {
                model.change(&self.id, "", change);
            }
        }
    }

    /// A lone number chooses a reading, or takes a goal from the goals list.
    fn pick_number(&mut self, model: &mut Model, number: usize) -> bool {
        let Page::List(page) = &mut self.page else {
            return false;
        };
        let Some(at) = number.checked_sub(1) else {
            return false;
        };
        let Some(brief) = model.brief(&self.id) else {
            return false;
        };
        match page.kind {
            ListKind::Readings if at < brief.readings.len() => {
                page.clear();
                self.choose(model, at);
                true
            }
            ListKind::Goals => {
                let Some(goal) = offered_goals(brief, &model.goals.goals).into_iter().nth(at)
                else {
                    page.clear();
                    self.remark = Some(format!("there is no goal {number} to take"));
                    return true;
                };
                let line = format!("{}: {}", goal.level, goal.text);
                self.take_entry(model, &line);
                true
            }
            _ => false,
        }
    }

    fn mention(&mut self, unknown: Vec<String>) {
        if !unknown.is_empty() {
            self.remark = Some(format!(
                "there is no {} here; \u{2191} and Enter change the row",
                unknown.join(" and no ")
            ));
        }
    }

    /// What is typed goes into the brief before the page is left.
    pub(super) fn commit_list(&mut self, model: &mut Model, question: &Question) -> bool {
        let Page::List(page) = &self.page else {
            return true;
        };
        let text = page.field.text().trim().to_owned();
        if text == "?" {
            if let Page::List(page) = &mut self.page {
                page.clear();
            }
            self.dont_know(model);
            return false;
        }
        let at = self.at.clone();
        if !text.is_empty() || page.follow.is_some() {
            self.take_entry(model, &text);
            if self.at != at {
                return false;
            }
            if let Page::List(page) = &mut self.page {
                page.follow = None;
            }
        }
        // The order on a needs page without a rank page is the rank.
        let _ = question;
        model.unrested = false;
        true
    }
}

//! What an answer on the page rests on, and "I don't know".

use crate::domain::{Basis, ItemId, Standing};
use crate::tui::dialog::{Dialog, Field, Form, FormKind, PickOption, Picker, PickerKind};
use crate::tui::drafts;
use crate::tui::model::Model;

use super::{Page, Walk, answers, next_basis};

impl Walk {
    /// "I don't know" is an answer: a question for a customer.
    pub(super) fn dont_know(&mut self, model: &mut Model) {
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let customers: Vec<ItemId> = brief.customers.iter().map(|c| c.id.clone()).collect();
        match customers.as_slice() {
            [] => model.complain(
                "whom could you ask? Name a customer first, then this question can go to them",
            ),
            [one] => {
                let one = one.clone();
                self.ask(model, &one);
            }
            _ => {
                let options = brief
                    .customers
                    .iter()
                    .map(|c| PickOption::with(&c.name, c.role.word()))
                    .collect();
                model.dialog = Some(Dialog::Picker(Picker {
                    title: "Who could answer this?".to_owned(),
                    lines: vec!["It goes into the next message to them.".to_owned()],
                    options,
                    selected: 0,
                    many: false,
                    kind: PickerKind::Ask(customers),
                }));
            }
        }
    }

    /// Makes the question on the screen one for a customer, and goes on.
    pub fn ask(&mut self, model: &mut Model, to: &ItemId) {
        let Some(question) = self.question(model).cloned() else {
            return;
        };
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let name = brief.name_of(to).to_owned();
        let change = match &self.page {
            // "?" stands where the old answer stood.
            Page::Text(page) if page.field.text().trim().is_empty() => {
                answers::ask_instead(brief, &question, to, model.today())
            }
            _ => answers::ask(brief, &question, to),
        };
        if model.change(&self.id, "ask instead of guessing", change) {
            model.unrested = false;
            self.go(model, 1);
            model.say(format!(
                "a question for {name}; it goes into the next message"
            ));
        }
    }

    pub(super) fn step_basis(&mut self, model: &mut Model) {
        let today = model.today();
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        if let Page::List(_) = self.page {
            self.list_basis(model, None);
            return;
        }
        let standing = match &mut self.page {
            Page::Text(page) => &mut page.standing,
            Page::Choice(page) => &mut page.standing,
            Page::Rank(page) => &mut page.standing,
            Page::List(_) => return,
        };
        *standing = next_basis(brief, standing, today);
        if brief.customers.is_empty() {
            model.say("name a customer to say who told you");
        }
        model.unrested = true;
    }

    /// The basis of what is on the page.
    pub fn standing(&self, model: &Model) -> Standing {
        match &self.page {
            Page::Text(page) => page.standing.clone(),
            Page::Choice(page) => page.standing.clone(),
            Page::Rank(page) => page.standing.clone(),
            Page::List(page) => model
                .brief(&self.id)
                .map(|brief| page.standing_now(brief, &self.at))
                .unwrap_or_default(),
        }
    }

    /// Takes a basis from the form with who, when and why.
    pub fn set_standing(&mut self, model: &mut Model, to: Standing) {
        match &mut self.page {
            Page::Text(page) => page.standing = to,
            Page::Choice(page) => page.standing = to,
            Page::Rank(page) => page.standing = to,
            Page::List(_) => self.list_basis(model, Some(to)),
        }
        model.unrested = true;
    }

    pub(super) fn basis_form(&mut self, model: &mut Model) {
        let standing = self.standing(model);
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let names: Vec<&str> = brief.customers.iter().map(|c| c.name.as_str()).collect();
        let who = standing
            .by
            .as_ref()
            .or(standing.ask.as_ref())
            .map(|id| brief.name_of(id).to_owned())
            .or_else(|| brief.requester().map(|c| c.name.clone()))
            .unwrap_or_default();
        let on = standing
            .on
            .unwrap_or_else(|| model.today())
            .format("%Y-%m-%d")
            .to_string();
        let basis = if standing.basis == Basis::Guess {
            Basis::Told
        } else {
            standing.basis.clone()
        };
        let mut form = Form::new(
            "What does this answer rest on?",
            FormKind::Basis {
                id: self.id.clone(),
                question: self.at.clone(),
            },
            vec![
                Field::line("basis", basis.word(), "guess, asked, told or not-needed"),
                Field::line("who", &who, names.join(", ")),
                Field::line("when", &on, "2026-02-04, yesterday, 4 feb"),
                Field::line("why not needed", &standing.why, "only for not-needed"),
            ],
        );
        form.lines = vec!["Only words from a named person make it more than a guess.".to_owned()];
        drafts::open(model, form);
    }

    /// Steps the basis, or takes one: of the selected row, of all items that
    /// come next, or of the whole answer.
    pub(super) fn list_basis(&mut self, model: &mut Model, to: Option<Standing>) {
        let today = model.today();
        let Some(question) = self.question(model).cloned() else {
            return;
        };
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let Page::List(page) = &mut self.page else {
            return;
        };
        let now = page.standing_now(brief, &question.id);
        let to = to.unwrap_or_else(|| next_basis(brief, &now, today));
        let row = page.row.or(page.editing);
        if let Some(change) = row.and_then(|at| page.kind.with_standing(brief, at, to.clone())) {
            model.change(&self.id, "change the basis", change);
            return;
        }
        page.standing = to.clone();
        if !page.kind.items_have_basis() && to.basis != Basis::NotNeeded {
            let change = answers::rests_on(brief, &question, to);
            model.change(&self.id, "change the basis", change);
        }
    }

    /// The basis that the entry line gives to what is typed next.
    pub fn entry_standing(&self) -> Option<&Standing> {
        match &self.page {
            Page::List(page) if page.row.is_none() && page.editing.is_none() => {
                Some(&page.standing)
            }
            _ => None,
        }
    }
}

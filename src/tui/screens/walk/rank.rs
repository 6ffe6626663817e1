//! The rank page: numbers in order, moving rows, or pairs.

use crate::domain::ranking::{self, Answered, Step, Verdict};
use crate::domain::{Brief, Change, ItemId, ListEdit, Ranking, Standing};
use crate::tui::command::Command;
use crate::tui::dialog::{Dialog, PickOption, Picker, PickerKind};
use crate::tui::model::Model;

use super::{Page, Walk, answers};

/// The order of the needs, while it is made.
#[derive(Debug)]
pub struct RankPage {
    /// Ids in the order as it stands now.
    pub order: Vec<ItemId>,
    /// Those that rank the same as the one before.
    pub same: Vec<ItemId>,
    pub selected: usize,
    /// The numbering that typed digits refer to.
    pub numbered: Vec<ItemId>,
    /// Numbers typed so far.
    pub picked: Vec<usize>,
    /// Whose own ranking this is; `None` is the order of the brief.
    pub whose: Option<ItemId>,
    pub pairs: Option<Pairs>,
    pub standing: Standing,
}

/// Ranking by pairs, while it lasts.
#[derive(Debug)]
pub struct Pairs {
    pub ids: Vec<ItemId>,
    pub answers: Vec<Answered>,
}

impl RankPage {
    /// The page as the brief stands.
    pub fn new(brief: &Brief) -> Self {
        let mut page = Self {
            order: Vec::new(),
            same: Vec::new(),
            selected: 0,
            numbered: Vec::new(),
            picked: Vec::new(),
            whose: None,
            pairs: None,
            standing: answers::standing_of(brief, "rank"),
        };
        page.show(brief, None);
        page
    }

    /// Whether an order is being made of the needs that the brief has.
    pub fn is_under_way(&self, brief: &Brief) -> bool {
        let making = self.pairs.is_some() || !self.picked.is_empty() || self.whose.is_some();
        making
            && self.order.len() == brief.needs.len()
            && brief.needs.iter().all(|n| self.order.contains(&n.id))
    }

    /// Shows the order of the brief, or that of one customer.
    pub fn show(&mut self, brief: &Brief, whose: Option<ItemId>) {
        let all: Vec<ItemId> = brief.needs.iter().map(|n| n.id.clone()).collect();
        let theirs = whose
            .as_ref()
            .and_then(|by| brief.rankings.iter().find(|r| &r.by == by));
        self.order = match theirs {
            Some(ranking) => {
                let mut order: Vec<ItemId> = ranking
                    .order
                    .iter()
                    .filter(|id| all.contains(id))
                    .cloned()
                    .collect();
                order.extend(all.iter().filter(|id| !ranking.order.contains(id)).cloned());
                order
            }
            None => all,
        };
        self.same = match whose {
            Some(_) => Vec::new(),
            None => brief
                .needs
                .iter()
                .filter(|n| n.same)
                .map(|n| n.id.clone())
                .collect(),
        };
        self.numbered = self.order.clone();
        self.picked.clear();
        self.whose = whose;
        self.pairs = None;
        self.selected = 0;
    }

    /// A digit: the next in order.
    pub fn pick(&mut self, number: usize) {
        if number == 0 || number > self.numbered.len() {
            return;
        }
        if self.picked.len() >= self.numbered.len() || self.picked.contains(&number) {
            self.picked.clear();
        }
        self.picked.push(number);
        let mut order: Vec<ItemId> = self
            .picked
            .iter()
            .filter_map(|n| self.numbered.get(n - 1).cloned())
            .collect();
        let rest: Vec<ItemId> = self
            .numbered
            .iter()
            .filter(|id| !order.contains(id))
            .cloned()
            .collect();
        order.extend(rest);
        self.order = order;
        self.same.clear();
        self.selected = self.picked.len().min(self.order.len().saturating_sub(1));
    }

    /// Moves the selected need up (-1) or down (+1).
    pub fn shift(&mut self, by: isize) {
        let Some(to) = self.selected.checked_add_signed(by) else {
            return;
        };
        if to < self.order.len() && self.selected < self.order.len() {
            self.order.swap(self.selected, to);
            self.selected = to;
            self.settle();
        }
    }

    /// Ranks the selected need the same as the one above, or no longer.
    pub fn toggle_same(&mut self) {
        let Some(id) = self.order.get(self.selected).filter(|_| self.selected > 0) else {
            return;
        };
        match self.same.iter().position(|s| s == id) {
            Some(at) => {
                self.same.remove(at);
            }
            None => self.same.push(id.clone()),
        }
        self.settle();
    }

    /// From now on digits refer to the order on the screen.
    fn settle(&mut self) {
        self.numbered = self.order.clone();
        self.picked.clear();
        if let Some(first) = self.order.first() {
            self.same.retain(|id| id != first);
        }
    }

    /// Whether the order is another one than that of the brief.
    pub fn is_changed(&self, brief: Option<&Brief>) -> bool {
        self.whose.is_none()
            && brief.is_some_and(|brief| {
                let order: Vec<&ItemId> = brief.needs.iter().map(|n| &n.id).collect();
                let same: Vec<&ItemId> = brief
                    .needs
                    .iter()
                    .filter(|n| n.same)
                    .map(|n| &n.id)
                    .collect();
                order
                    .iter()
                    .ne(self.order.iter().collect::<Vec<_>>().iter())
                    || same.iter().any(|id| !self.same.contains(id))
                    || self.same.iter().any(|id| !same.contains(&id))
            })
    }

    /// Whether the order or what it rests on is another one than the brief's.
    pub fn is_touched(&self, brief: Option<&Brief>) -> bool {
        let rests_on = |brief| answers::standing_of(brief, "rank");
        self.is_changed(brief)
            || (self.whose.is_none() && brief.is_some_and(|b| self.standing != rests_on(b)))
    }

    /// Starts asking by pairs.
    pub fn start_pairs(&mut self) {
        self.pairs = Some(Pairs {
            ids: self.order.clone(),
            answers: Vec::new(),
        });
    }

    /// The two needs to compare now, if any.
    pub fn pair(&self) -> Option<(ItemId, ItemId)> {
        let pairs = self.pairs.as_ref()?;
        match ranking::next(pairs.ids.len(), &pairs.answers) {
            Step::Ask(a, b) => Some((pairs.ids.get(a)?.clone(), pairs.ids.get(b)?.clone())),
            Step::Done(_) => None,
        }
    }

    /// Answers the pair on the screen. Gives back whether the order is known now.
    pub fn answer(&mut self, verdict: Verdict) -> bool {
        let Some(pairs) = self.pairs.as_mut() else {
            return true;
        };
        let count = pairs.ids.len();
        if let Step::Ask(a, b) = ranking::next(count, &pairs.answers) {
            pairs.answers.push((a, b, verdict));
        }
        let Step::Done(groups) = ranking::next(count, &pairs.answers) else {
            return false;
        };
        let id = |at: &usize| pairs.ids.get(*at).cloned();
        self.same = groups
            .iter()
            .flat_map(|g| g.iter().skip(1).filter_map(id))
            .collect();
        self.order = groups.iter().flatten().filter_map(id).collect();
        self.pairs = None;
        self.selected = 0;
        self.settle();
        true
    }

    /// Takes the last answer back; leaves the pairs when there is none.
    pub fn unanswer(&mut self) {
        if let Some(pairs) = self.pairs.as_mut()
            && pairs.answers.pop().is_none()
        {
            self.pairs = None;
        }
    }

    /// The change that puts this order into the brief.
    pub fn change(
        &self,
        brief: &Brief,
        answer: crate::domain::Answer,
        today: crate::domain::Day,
    ) -> Change {
        match &self.whose {
            None => Change::All(vec![
                Change::Need(ListEdit::order(&brief.needs, &self.order, &self.same)),
                Change::Answer {
                    question: "rank".to_owned(),
                    answer: Some(answer),
                },
            ]),
            Some(by) => {
                let item = Ranking {
                    by: by.clone(),
                    order: self.order.clone(),
                    on: Some(today),
                };
                Change::Ranking(match brief.rankings.iter().position(|r| &r.by == by) {
                    Some(at) => ListEdit::Replace { at, item },
                    None => ListEdit::Insert {
                        at: brief.rankings.len(),
                        item,
                    },
                })
            }
        }
    }
}

impl Walk {
    pub(super) fn rank_command(&mut self, model: &mut Model, command: Command) {
        let Page::Rank(page) = &mut self.page else {
            return;
        };
        let last = page.order.len().saturating_sub(1);
        if page.pairs.is_some() {
            let verdict = match command {
                Command::Pick(1) => Some(Verdict::First),
                Command::Pick(2) => Some(Verdict::Second),
                Command::Same | Command::Pick(3) => Some(Verdict::Same),
                _ => None,
            };
            if let Some(verdict) = verdict {
                page.answer(verdict);
            } else if command == Command::Previous {
                page.unanswer();
            }
            return;
        }
        match command {
            Command::Up => page.selected = page.selected.saturating_sub(1),
            Command::Down => page.selected = (page.selected + 1).min(last),
            Command::First => page.selected = 0,
            Command::Last => page.selected = last,
            Command::MoveUp => page.shift(-1),
            Command::MoveDown => page.shift(1),
            Command::Same => page.toggle_same(),
            Command::Pick(n) => page.pick(usize::from(n)),
            Command::Pairs => page.start_pairs(),
            Command::Whose => self.whose_ranking(model),
            Command::Basis => self.step_basis(model),
            Command::Accept | Command::Next => {
                let own = page.whose.is_none();
                if self.commit(model) {
                    if own {
                        self.go(model, 1);
                    } else {
                        self.back_to_own_ranking(model);
                    }
                }
            }
            Command::Previous => {
                if self.commit(model) {
                    self.go(model, -1);
                }
            }
            _ => {}
        }
    }

    fn whose_ranking(&mut self, model: &mut Model) {
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let mut options = vec![PickOption::with(
            "the order of the brief",
            "what you work by and they agree to",
        )];
        let mut values = vec![None];
        for customer in &brief.customers {
            let known = brief.rankings.iter().any(|r| r.by == customer.id);
            options.push(PickOption::with(
                format!("how {} would rank them", customer.name),
                if known { "known" } else { "" },
            ));
            values.push(Some(customer.id.clone()));
        }
        model.dialog = Some(Dialog::Picker(Picker {
            title: "Whose order is this?".to_owned(),
            lines: Vec::new(),
            options,
            selected: 0,
            many: false,
            kind: PickerKind::RankOf(values),
        }));
    }

    /// Shows the order of a customer, or that of the brief.
    pub fn show_ranking(&mut self, model: &Model, whose: Option<ItemId>) {
        if let (Page::Rank(page), Some(brief)) = (&mut self.page, model.brief(&self.id)) {
            page.show(brief, whose);
        }
    }

    fn back_to_own_ranking(&mut self, model: &mut Model) {
        self.show_ranking(model, None);
        model.say("kept; this is the order of the brief again");
    }
}

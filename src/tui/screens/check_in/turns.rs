//! What comes after what in a check-in.

use crate::checklist::check_in::CONFIRMED;
use crate::checklist::{Kind, Question};
use crate::domain::check_in::Phase;
use crate::domain::{Brief, Shortcut, wording};
use crate::tui::model::{Go, Model};

use super::{CheckIn, NewsRow, Turn, checklist, is_due};

impl CheckIn {
    /// All turns of the talk as it stands, in order.
    pub fn turns(&self, model: &Model) -> Vec<Turn> {
        let Some(brief) = model.brief(&self.id) else {
            return Vec::new();
        };
        let asked = self.asked(model);
        let mut turns: Vec<Turn> = asked
            .iter()
            .filter(|q| q.kind == Kind::YesNo && self.has_a_point(model, brief, &q.id))
            .map(|q| Turn::Ask(q.id.clone()))
            .collect();
        if self.phase != Phase::Confirm && self.to_put_right(model, brief).next().is_some() {
            turns.push(Turn::PutRight);
        }
        if self.has_menu() {
            if !self.news_rows(model).is_empty() {
                turns.push(Turn::News);
            }
        } else {
            let texts = asked.iter().filter(|q| q.kind != Kind::YesNo);
            turns.extend(texts.map(|q| Turn::Tell(q.id.clone())));
        }
        if self.phase == Phase::Handover && self.said.noes(&asked).is_empty() {
            turns.push(Turn::HandOver);
        }
        if self.has_menu() {
            turns.push(Turn::Word);
        }
        turns
    }

    /// The questions of the phase, with what was answered so far.
    fn asked<'m>(&self, model: &'m Model) -> Vec<&'m Question> {
        checklist(model).map_or_else(Vec::new, |checklist| {
            checklist.asked_in(&self.phase, &self.said.for_conditions())
        })
    }

    /// While the work runs, what may be new is one page; later on every text is
    /// asked for.
    pub(super) fn has_menu(&self) -> bool {
        matches!(self.phase, Phase::Course | Phase::Handover)
    }

    /// A question about something that the brief does not hold has no point.
    fn has_a_point(&self, model: &Model, brief: &Brief, question: &str) -> bool {
        !matches!(question, "people" | "top_need" | "agreed" | "goal")
            || !wording::today(brief, question, &model.work, &model.here).is_empty()
    }

    /// The shortcuts that are asked about by themselves.
    pub fn to_put_right<'b>(
        &self,
        model: &Model,
        brief: &'b Brief,
    ) -> impl Iterator<Item = &'b Shortcut> + use<'b> {
        let today = model.today();
        let phase = self.phase.clone();
        wording::open_shortcuts(brief).filter(move |s| is_due(s, &phase, today))
    }

    /// The rows of the menu below "that is all".
    pub fn news_rows(&self, model: &Model) -> Vec<NewsRow> {
        let Some(brief) = model.brief(&self.id) else {
            return Vec::new();
        };
        let asked = self.asked(model);
        let texts = asked.iter().filter(|q| q.kind != Kind::YesNo);
        let today = model.today();
        let open = wording::open_shortcuts(brief).filter(|s| !is_due(s, &self.phase, today));
        texts
            .map(|q| NewsRow::Text(q.id.clone()))
            .chain(open.map(|s| NewsRow::Shortcut(s.id.clone())))
            .collect()
    }

    /// Whether a turn was answered, when a talk is taken up again.
    pub(super) fn is_settled(&self, turn: &Turn) -> bool {
        match turn {
            Turn::Ask(id) => self.said.answer_to(id).is_some(),
            // What was typed is shown once more before it is over.
            _ => false,
        }
    }

    /// The place of the turn and the number of turns, from 1.
    pub fn position(&self, model: &Model) -> (usize, usize) {
        let turns = self.turns(model);
        let at = match &self.at {
            Turn::Tell(_) if self.has_menu() => &Turn::News,
            at => at,
        };
        let place = turns.iter().position(|turn| turn == at);
        (
            place.unwrap_or(turns.len().saturating_sub(1)) + 1,
            turns.len(),
        )
    }

    /// Goes on to the next turn; after the last one the check-in is kept.
    pub(super) fn go_on(&mut self, model: &mut Model) {
        self.keep(model);
        let turns = self.turns(model);
        let (at, _) = self.position(model);
        match turns.get(at).cloned() {
            Some(turn) => self.turn_to(turn),
            None => self.finish(model, None),
        }
    }

    /// Goes back one turn.
    pub(super) fn back(&mut self, model: &mut Model) {
        self.take_text();
        self.keep(model);
        if matches!(self.at, Turn::Tell(_)) && self.has_menu() {
            self.turn_to(Turn::News);
            return;
        }
        // From "no word yet" back to whether there was one.
        if self.phase == Phase::Confirm && self.at == Turn::Word {
            self.said.words.clear();
            self.turn_to(Turn::Ask(CONFIRMED.to_owned()));
            return;
        }
        let turns = self.turns(model);
        let (at, _) = self.position(model);
        match at.checked_sub(2).and_then(|at| turns.get(at)) {
            Some(turn) => self.turn_to(turn.clone()),
            None => model.say("this is the first question"),
        }
    }

    /// What was said before this turn: the question and the answer.
    pub fn talk(&self, model: &Model) -> Vec<(String, String)> {
        let (at, _) = self.position(model);
        let Some(checklist) = checklist(model) else {
            return Vec::new();
        };
        let ask = |id: &str| checklist.question(id).map(|q| q.ask.clone());
        self.turns(model)
            .iter()
            .take(at.saturating_sub(1))
            .filter_map(|turn| {
                Some(match turn {
                    Turn::Ask(id) => (ask(id)?, self.said.answer_to(id)?.to_owned()),
                    Turn::PutRight => {
                        let answer = if self.said.paid.is_empty() {
                            "not yet"
                        } else {
                            "yes"
                        };
                        ("Is the shortcut put right?".to_owned(), answer.to_owned())
                    }
                    Turn::Tell(id) => (ask(id)?, shown(self.text_of(id))),
                    Turn::News => ("Anything new?".to_owned(), self.news_told()),
                    Turn::HandOver => {
                        let answer = if self.hands_over { "yes" } else { "not yet" };
                        ("Is it to be handed over now?".to_owned(), answer.to_owned())
                    }
                    Turn::Word => return None,
                })
            })
            .collect()
    }

    fn news_told(&self) -> String {
        match self.texts.len() {
            0 => "nothing new".to_owned(),
            _ => {
                let texts: Vec<&str> = self.texts.iter().map(|(_, t)| t.trim()).collect();
                texts.join("; ")
            }
        }
    }

    /// Leaves the screen.
    pub(super) fn leave(&self, model: &mut Model) {
        model.unrested = false;
        model.go.push(Go::Back);
    }
}

fn shown(text: &str) -> String {
    match text.trim() {
        "" => "nothing".to_owned(),
        text => text.to_owned(),
    }
}

//! The pages whose answer is one thing: a text, a choice, a day, an order.

use super::line::Line;
use super::{Step, Walk, present};
use crate::checklist::{Choice, Kind, Question, answering};
use crate::cli::Failure;
use crate::domain::cadence::Cadence;
use crate::domain::entry::{self, BasisEntry};
use crate::domain::ranking::{self, Verdict};
use crate::domain::{Basis, Change, ListEdit, Standing, date};

/// What can be picked by number.
pub fn choices(question: &Question) -> Vec<Choice> {
    let plain = |value: &str| Choice {
        value: value.to_owned(),
        label: value.to_owned(),
    };
    match question.kind {
        // To pick from; any other text is fine as well.
        Kind::Cadence if question.choices.is_empty() => {
            ["daily", "weekly", "every two weeks", "monthly"]
                .map(plain)
                .into()
        }
        _ => question.choices.clone(),
    }
}

impl Walk<'_> {
    pub(super) fn text_page(&mut self, question: &Question) -> Result<Step, Failure> {
        let mut refused = None;
        loop {
            let typed = match self.answer(question)? {
                Ok(typed) => typed,
                Err(Some(step)) => return Ok(step),
                Err(None) => continue,
            };
            // A title rests on nothing.
            let (text, mark) = if question.id == "title" {
                (typed, None)
            } else {
                entry::basis(&typed)
            };
            let Some(standing) = self.rests_on(question, mark.as_ref())? else {
                continue;
            };
            let text = choices(question)
                .into_iter()
                .zip(1..)
                .find(|(_, number)| text == number.to_string())
                .map_or(text, |(choice, _)| choice.value);
            if question.id == "title" {
                if self.rename(&text)? {
                    return Ok(Step::Next);
                }
                continue;
            }
            if question.kind == Kind::Cadence && !text.is_empty() {
                match Cadence::parse(&text) {
                    Ok(cadence) => self.say(&format!("Understood: {}", cadence.show()))?,
                    // Refused once: whoever insists keeps their words.
                    Err(error) if refused.as_ref() != Some(&text) => {
                        self.say(&format!("{error}. The same again keeps it as it is"))?;
                        refused = Some(text);
                        continue;
                    }
                    Err(_) => {
                        self.say("Kept as it is; check-ins are automatic until it is understood")?
                    }
                }
            }
            if self.store(question, &text, standing)? {
                return Ok(Step::Next);
            }
        }
    }

    pub(super) fn choice_page(&mut self, question: &Question) -> Result<Step, Failure> {
        let choices = choices(question);
        loop {
            let typed = match self.answer(question)? {
                Ok(typed) => typed,
                Err(Some(step)) => return Ok(step),
                Err(None) => continue,
            };
            let (text, mark) = entry::basis(&typed);
            let Some(standing) = self.rests_on(question, mark.as_ref())? else {
                continue;
            };
            let value = if text.is_empty() && mark.is_some() {
                String::new()
            } else if let Some(choice) = pick(&choices, &text) {
                choice.value.clone()
            } else {
                self.say(&format!("Type a number from 1 to {}", choices.len()))?;
                continue;
            };
            if self.store(question, &value, standing)? {
                return Ok(Step::Next);
            }
        }
    }

    pub(super) fn date_page(&mut self, question: &Question) -> Result<Step, Failure> {
        let today = self.context.now.date_naive();
        loop {
            let typed = match self.answer(question)? {
                Ok(typed) => typed,
                Err(Some(step)) => return Ok(step),
                Err(None) => continue,
            };
            let (text, mark) = entry::basis(&typed);
            let Some(standing) = self.rests_on(question, mark.as_ref())? else {
                continue;
            };
            let value = if text.is_empty() {
                String::new()
            } else {
                match date::parse(&text, today) {
                    Ok(day) => {
                        self.say(&format!("Understood: {}", date::show(day)))?;
                        day.to_string()
                    }
                    Err(error) => {
                        self.say(&format!("{error}. Another day, or an empty line to skip"))?;
                        continue;
                    }
                }
            };
            if self.store(question, &value, standing)? {
                return Ok(Step::Next);
            }
        }
    }

    pub(super) fn rank_page(&mut self, question: &Question) -> Result<Step, Failure> {
        if self.brief.needs.len() < 2 {
            self.say("There is nothing to put in order yet")?;
            return Ok(Step::Next);
        }
        self.say(
            "Type the numbers, most important first, like 2 1 3 (2=1 3 for the same), or: pairs",
        )?;
        if crate::domain::readiness::is_ranked(&self.brief) {
            self.say("An empty line keeps this order")?;
        } else {
            let lines = (1..).zip(self.brief.needs.clone());
            for (number, need) in lines {
                self.say(&format!("{number}. {}", need.text))?;
            }
        }
        loop {
            let typed = match self.answer(question)? {
                Ok(typed) => typed,
                Err(Some(step)) => return Ok(step),
                Err(None) => continue,
            };
            let (text, mark) = entry::basis(&typed);
            let Some(standing) = self.rests_on(question, mark.as_ref())? else {
                continue;
            };
            let count = self.brief.needs.len();
            let groups = if text.eq_ignore_ascii_case("pairs") {
                match self.pairs(count)? {
                    Ok(groups) => groups,
                    Err(Step::End) => return Ok(Step::End),
                    Err(_) => continue,
                }
            } else if text.is_empty() {
                (0..count).map(|n| vec![n]).collect()
            } else {
                match entry::rank(&text, count) {
                    Ok(groups) => groups,
                    Err(error) => {
                        self.say(&error.to_string())?;
                        continue;
                    }
                }
            };
            let id = |place: &usize| self.brief.needs.get(*place).map(|n| n.id.clone());
            let order: Vec<_> = groups.iter().flatten().filter_map(id).collect();
            let same: Vec<_> = groups
                .iter()
                .flat_map(|group| group.iter().skip(1))
                .filter_map(id)
                .collect();
            let change = Change::All(vec![
                Change::Need(ListEdit::order(&self.brief.needs, &order, &same)),
                answering::rests_on(&self.brief, question, standing),
            ]);
            if self.change(change)? {
                for line in present::ranked(&self.brief) {
                    self.say(&line)?;
                }
                return Ok(Step::Next);
            }
        }
    }

    /// Which of two matters more, until the order is known.
    fn pairs(&mut self, count: usize) -> Result<Result<Vec<Vec<usize>>, Step>, Failure> {
        let mut answers = Vec::new();
        loop {
            let (one, other) = match ranking::next(count, &answers) {
                ranking::Step::Done(groups) => return Ok(Ok(groups)),
                ranking::Step::Ask(one, other) => (one, other),
            };
            let text = |at: usize| {
                self.brief
                    .needs
                    .get(at)
                    .map_or_else(String::new, |n| n.text.clone())
            };
            let (first, second) = (text(one), text(other));
            self.say("Which matters more?")?;
            self.say(&format!("1. {first}"))?;
            self.say(&format!("2. {second}"))?;
            self.say("3. the same")?;
            let verdict = match self.read()? {
                Line::End => return Ok(Err(Step::End)),
                Line::Back => {
                    if answers.pop().is_none() {
                        return Ok(Err(Step::Back));
                    }
                    continue;
                }
                Line::Text(typed) => match typed.trim() {
                    "1" => Verdict::First,
                    "2" => Verdict::Second,
                    "3" | "=" | "same" => Verdict::Same,
                    _ => continue,
                },
                _ => continue,
            };
            answers.push((one, other, verdict));
        }
    }

    /// A typed answer. `Err` holds the step to take when the line was a sign;
    /// `Err(None)` asks again.
    #[allow(clippy::type_complexity)]
    pub(super) fn answer(
        &mut self,
        question: &Question,
    ) -> Result<Result<String, Option<Step>>, Failure> {
        Ok(Err(match self.read()? {
            Line::Text(text) => return Ok(Ok(text)),
            Line::Empty => Some(Step::Next),
            Line::Back => Some(Step::Back),
            Line::End => Some(Step::End),
            Line::Unknown(who) => self.hand_over(question, &who)?.then_some(Step::Next),
            Line::Remove(_) => {
                let today = self.context.now.date_naive();
                let gone = answering::clear(&self.brief, question, today);
                self.change(gone)?.then_some(Step::Next)
            }
        }))
    }

    /// "I don't know": the question goes to a customer.
    pub(super) fn hand_over(&mut self, question: &Question, who: &str) -> Result<bool, Failure> {
        let to = match self.brief.who_or_requester(who) {
            Ok(customer) => customer.id.clone(),
            Err(nobody) => {
                let why = nobody.in_full();
                self.say(&format!(
                    "There is nobody to ask: {why}. An empty line skips the question"
                ))?;
                return Ok(false);
            }
        };
        let name = self.brief.name_of(&to).to_owned();
        let saved = self.change(answering::ask(&self.brief, question, &to))?;
        if saved {
            self.say(&format!("That is a question for {name} now"))?;
        }
        Ok(saved)
    }

    /// What an answer rests on; `None` when the mark cannot be understood,
    /// which is said.
    pub(super) fn rests_on(
        &mut self,
        question: &Question,
        mark: Option<&BasisEntry>,
    ) -> Result<Option<Standing>, Failure> {
        let before = answering::standing_of(&self.brief, &question.id);
        self.stands(&before, mark)
    }

    pub(super) fn stands(
        &mut self,
        before: &Standing,
        mark: Option<&BasisEntry>,
    ) -> Result<Option<Standing>, Failure> {
        let today = self.context.now.date_naive();
        match answering::marked(&self.brief, before, mark, today) {
            Ok(standing) => Ok(Some(standing)),
            Err(why) => {
                self.say(&format!("Not kept: {why}. Please type it again"))?;
                Ok(None)
            }
        }
    }

    /// Saves a text. An empty one with a mark only changes what it rests on.
    fn store(
        &mut self,
        question: &Question,
        text: &str,
        standing: Standing,
    ) -> Result<bool, Failure> {
        let today = self.context.now.date_naive();
        let kept = answering::text_of(&self.brief, &question.id);
        let text = if text.is_empty() && standing.basis != Basis::NotNeeded {
            &kept
        } else {
            text
        };
        match answering::answer_change(&self.brief, question, text, standing, today) {
            Some(change) => self.change(change),
            None => Ok(true),
        }
    }
}

/// By number, value, label, or the beginning of a label that fits only one.
fn pick<'a>(choices: &'a [Choice], typed: &str) -> Option<&'a Choice> {
    let typed = typed.trim().to_lowercase();
    if let Ok(number) = typed.parse::<usize>() {
        return number.checked_sub(1).and_then(|at| choices.get(at));
    }
    let exact = choices
        .iter()
        .find(|c| c.value.to_lowercase() == typed || c.label.to_lowercase() == typed);
    exact.or_else(|| {
        let mut fits = choices.iter().filter(|c| {
            !typed.is_empty()
                && (c.label.to_lowercase().starts_with(&typed)
                    || c.value.to_lowercase().starts_with(&typed))
        });
        fits.next().filter(|_| fits.next().is_none())
    })
}

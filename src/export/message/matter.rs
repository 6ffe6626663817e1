//! What a message says about one brief.

use crate::domain::sheet::{Put, Takes, choice_letter};
use crate::domain::{
    Basis, Brief, Changed, Customer, Difference, ItemId, Origin, Section, Sheet, Standing,
};

use super::before::Before;
use super::line::{Line, Mark, Paragraph};
use super::measure::{LEAST_WHY, Measure};
use crate::export::brevity::{say, sentence, series, short, stopped};

/// Columns of a title within a message.
const TITLE: usize = 60;

/// A brief as one customer is told about it.
pub(super) struct Matter<'a> {
    pub brief: &'a Brief,
    pub to: &'a ItemId,
    /// What it asks. Its needs are all that have a letter.
    pub sheet: Sheet,
    pub before: Before,
    /// Whether a yes is asked for.
    pub asks_yes: bool,
    /// One of several in the same message.
    pub one_of_many: bool,
}

impl<'a> Matter<'a> {
    pub fn new(brief: &'a Brief, to: &'a ItemId, mut sheet: Sheet) -> Self {
        let before = Before::new(brief, to);
        for put in &mut sheet.puts {
            if let Takes::OneOf(choices) = &mut put.takes {
                let lettered = (0..choices.len()).take_while(|at| choice_letter(*at).is_some());
                let lettered = lettered.count();
                choices.truncate(lettered);
            }
        }
        Self {
            brief,
            to,
            asks_yes: !before.open.is_empty(),
            before,
            sheet,
            one_of_many: false,
        }
    }

    pub fn customer(&self) -> Option<&'a Customer> {
        self.brief.customer(self.to)
    }

    pub fn is_own_idea(&self) -> bool {
        self.brief.request.origin == Some(Origin::OwnIdea)
    }

    pub fn asks(&self, question: &str) -> bool {
        self.sheet.puts.iter().any(|put| put.question == question)
    }

    /// The title as the start of a subject; empty where there is none.
    pub fn subject(&self) -> String {
        let title = short(&self.brief.title, TITLE);
        title.trim_end_matches(['.', ':', '!', ',', ';']).to_owned()
    }

    fn title(&self) -> String {
        match short(&self.brief.title, TITLE).as_str() {
            title if !title.contains(char::is_alphanumeric) => "your request".to_owned(),
            title => format!("\"{title}\""),
        }
    }

    /// How many needs the message lists at this measure.
    pub fn listed(&self, measure: &Measure) -> usize {
        let most = match self.lists_needs() {
            true => self.sheet.needs.len().min(measure.needs),
            false => 0,
        };
        (0..most)
            .take_while(|at| self.sheet.letter(*at).is_some())
            .count()
    }

    /// The needs are listed where they wait for a first yes. After a yes it is
    /// told which of them moved.
    fn lists_needs(&self) -> bool {
        self.is_new(&Section::Needs) || self.asks("rank")
    }

    /// Whether a yes is asked for a section that never had one.
    fn is_new(&self, section: &Section) -> bool {
        self.asks_yes && self.before.is_new(section)
    }

    /// All but the greeting, how to answer and the thanks.
    pub fn paragraphs(&self, measure: &Measure) -> Vec<Paragraph> {
        let mut told = Vec::new();
        if self.before.yes.is_none() {
            told.push(self.opening(measure));
        } else {
            told.extend(self.after_a_yes(measure));
        }
        told.extend(self.needs(measure));
        told.extend(self.plan(measure));
        told.extend(self.questions(measure));
        if self.one_of_many && self.asks_yes {
            let yes = format!("To say yes to it: \"OK {}\".", self.sheet.code);
            told.push(vec![Line::bare(yes)]);
        }
        told
    }

    fn opening(&self, measure: &Measure) -> Paragraph {
        let is_it_right = if !self.asks_yes {
            "one thing is open:"
        } else if self.is_own_idea() {
            "nobody asked me for this: it is an idea of mine. Would it be of use to you?"
        } else if self.brief.stage.before_start() {
            "before I start: is this right?"
        } else {
            "to be sure while I work on it: is this right?"
        };
        let mut lines = self.heading();
        lines.push(Line::bare(is_it_right));
        let asker = self.brief.request.by.as_ref().filter(|by| *by != self.to);
        if let Some(by) = asker.filter(|_| !self.is_own_idea()) {
            let name = say(self.brief.name_of(by));
            lines.push(Line::bare(format!("Asked for by {name}.")));
        }
        lines.extend(self.want(measure));
        lines
    }

    /// Which of the briefs it is about.
    fn heading(&self) -> Vec<Line> {
        let about = || Line::bare(format!("About {}:", self.title()));
        self.one_of_many.then(about).into_iter().collect()
    }

    /// Several briefs in one message leave room for little about each.
    fn is_brief(&self, measure: &Measure) -> bool {
        self.one_of_many && measure.out <= 1
    }

    /// Why, and how it was understood.
    fn want(&self, measure: &Measure) -> Vec<Line> {
        let mut lines = Vec::new();
        let purpose = self.brief.answers.get("purpose");
        if let Some(purpose) = purpose
            && purpose.standing.basis != Basis::NotNeeded
            && !purpose.text.trim().is_empty()
            && !self.asks("purpose")
            && (measure.why > 0
                || self.one_of_many
                || purpose.standing.by.as_ref() != Some(self.to))
        {
            let columns = measure.why.max(LEAST_WHY);
            lines.push(Line::bare(sentence("Why: ", &purpose.text, columns)));
        }
        // Where the reading is asked about, the question shows it.
        if let Some(reading) = self.brief.chosen_reading()
            && !self.asks("readings")
            && !self.is_brief(measure)
        {
            let text = sentence("I understood: ", &reading.text, measure.reading);
            lines.push(Line::bare(text));
        }
        lines
    }

    fn after_a_yes(&self, measure: &Measure) -> Vec<Paragraph> {
        let before = &self.before;
        let title = self.title();
        let on = match before.yes {
            Some(day) => format!(" on {}", day.format("%-d %b")),
            None => String::new(),
        };
        let since = match self.one_of_many {
            true => format!("since your yes{on}"),
            false => format!("since your yes to {title}{on}"),
        };
        let mut told = Vec::new();
        let anything_new = Section::ALL.iter().any(|section| self.is_new(section));
        let first = |told: &Vec<Paragraph>| match told.is_empty() {
            true => self.heading(),
            false => Vec::new(),
        };
        if !before.changed.is_empty() {
            let mut lines = first(&told);
            lines.push(Line::bare(format!("{since}, this has changed:")));
            lines.extend(self.changes(&before.changed, measure));
            if !anything_new && before.reworded.is_empty() {
                lines.push(Line::bare("Everything else is as you agreed."));
            }
            told.push(lines);
        }
        if !before.reworded.is_empty() {
            let heading = match before.changed.is_empty() {
                true => format!("{since}, this is put in other words:"),
                false => "This is only put in other words:".to_owned(),
            };
            let mut lines = first(&told);
            lines.push(Line::bare(heading));
            lines.extend(self.changes(&before.reworded, measure));
            lines.push(Line::bare(
                "Your yes stands; tell me if this is not the same.",
            ));
            told.push(lines);
        }
        if anything_new {
            let mut lines = first(&told);
            lines.push(Line::bare(match told.is_empty() {
                true => format!("{since}, something waits for a yes of its own:"),
                false => "This waits for a yes of its own:".to_owned(),
            }));
            if self.is_new(&Section::Want) {
                lines.extend(self.want(measure));
            }
            told.push(lines);
        }
        if told.is_empty() {
            let mut lines = self.heading();
            lines.push(Line::bare(format!("{since}, nothing has changed.")));
            told.push(lines);
        }
        told
    }

    fn changes(&self, differences: &[Difference], measure: &Measure) -> Vec<Line> {
        // Cut shorter, the old and the new may look the same.
        let columns = measure.need.max(80);
        let all: Vec<String> = differences
            .iter()
            .flat_map(|difference| {
                let label = difference.section.label().to_owned();
                let changes = difference.changes().into_iter();
                changes.map(move |change| match change {
                    Changed::Reordered => format!("{label}: another order"),
                    change => say(&change.words(|t| short(t, columns))),
                })
            })
            .collect();
        let mut lines: Vec<Line> = all
            .iter()
            .take(measure.changes)
            .map(|change| Line::new(Mark::Dash, change))
            .collect();
        if let Some(more) = all.len().checked_sub(measure.changes).filter(|n| *n > 0) {
            lines.push(Line::new(Mark::Dash, format!("and {more} more")));
        }
        lines
    }

    fn needs(&self, measure: &Measure) -> Option<Paragraph> {
        let listed = self.listed(measure);
        let needs = &self.brief.needs;
        let heading = match (needs.len(), self.before.yes) {
            (0, _) => return None,
            _ if listed == 0 => return None,
            (1, _) => "What it must do:",
            (_, None) => "Most important first:",
            (_, Some(_)) => "Most important first now:",
        };
        let mut lines = vec![Line::bare(heading)];
        for (at, need) in needs.iter().take(listed).enumerate() {
            let same = if at > 0 && need.same {
                " (as important)"
            } else {
                ""
            };
            let mark = self.sheet.letter(at).map_or(Mark::Dash, Mark::Letter);
            let text = format!("{}{same}", short(&need.text, measure.need));
            lines.push(Line::new(mark, text));
        }
        if let Some(more) = needs.len().checked_sub(listed).filter(|n| *n > 0) {
            lines.push(Line::new(Mark::Dash, format!("and {more} more")));
        }
        Some(lines)
    }

    fn plan(&self, measure: &Measure) -> Option<Paragraph> {
        let is_new = |section| self.is_new(&section);
        let parts = self.brief.deliverables.iter().map(|d| d.text.as_str());
        let parts: Vec<&str> = parts.filter(|_| is_new(Section::Solution)).collect();
        let out = self.brief.out.iter().map(String::as_str);
        let out = out.filter(|_| is_new(Section::Scope) && !self.is_brief(measure));
        let out: Vec<&str> = out.collect();
        let by = self.brief.plan.need_by.filter(|_| is_new(Section::Dates));
        let by = by.map(|day| day.format("%-d %b").to_string());
        let make = match &by {
            Some(day) => format!("I plan to make, by {day}: "),
            None => "I plan to make: ".to_owned(),
        };
        let parts = series(&parts, measure.parts, measure.part);
        let mut lines = Vec::new();
        match (parts.is_empty(), by) {
            (false, _) => lines.push(Line::bare(format!("{make}{}", stopped(parts)))),
            (true, Some(day)) => lines.push(Line::bare(format!("You get it by {day}."))),
            (true, None) => {}
        }
        let out = series(&out, measure.out, measure.part);
        if !out.is_empty() {
            lines.push(Line::bare(format!("Not included: {}", stopped(out))));
        }
        (!lines.is_empty()).then_some(lines)
    }

    fn questions(&self, measure: &Measure) -> Option<Paragraph> {
        let mut lines = match self.sheet.puts.len() {
            0 => return None,
            // The numbers run on.
            _ if self.one_of_many => Vec::new(),
            1 => vec![Line::bare("One question:")],
            2 => vec![Line::bare("Two questions:")],
            _ => vec![Line::bare("Three questions:")],
        };
        for put in &self.sheet.puts {
            // The wording of a question is not cut: half a question is none.
            let text = short(&put.put, 400);
            lines.push(Line::new(Mark::Number(put.number), text));
            lines.extend(self.choices(put, measure));
        }
        Some(lines)
    }

    fn choices(&self, put: &Put, measure: &Measure) -> Vec<Line> {
        let guess = |text: &str| Line::new(Mark::Below, format!("My guess: {text}"));
        match &put.takes {
            Takes::OneOf(choices) => {
                let chosen = self.brief.chosen_reading().map(|r| &r.id);
                let lettered = choices.iter().enumerate();
                lettered
                    .filter_map(|(at, (id, text))| {
                        let mine = if Some(id) == chosen {
                            " (my guess)"
                        } else {
                            ""
                        };
                        let mark = Mark::Choice(put.number, choice_letter(at)?);
                        let text = format!("{}{mine}", short(text, measure.reading));
                        Some(Line::new(mark, text))
                    })
                    .collect()
            }
            Takes::Order if self.listed(measure) > 1 => vec![guess("the order above")],
            _ if put.guess.trim().is_empty() => Vec::new(),
            _ => vec![guess(&short(&put.guess, measure.reading))],
        }
    }

    /// The texts of the message that the worker wrote. What a customer told is
    /// theirs to word.
    pub fn own_words(&self) -> Vec<&str> {
        let brief = self.brief;
        let before = &self.before;
        let mine = |standing: &Standing| standing.basis != Basis::Told;
        let mut own = vec![brief.title.as_str()];
        for put in &self.sheet.puts {
            own.extend([put.put.as_str(), put.guess.as_str()]);
            if let Takes::OneOf(choices) = &put.takes {
                own.extend(choices.iter().map(|(_, text)| text.as_str()));
            }
        }
        let added = before.changed.iter().chain(&before.reworded);
        // Names and words of the customers are none of the worker's.
        own.extend(
            added
                .flat_map(|d| &d.added)
                .filter(|l| !l.starts_with("request: ") && !l.starts_with("customer: "))
                .map(String::as_str),
        );
        if self.is_new(&Section::Want) {
            let purpose = brief.answers.get("purpose").filter(|a| mine(&a.standing));
            own.extend(purpose.map(|a| a.text.as_str()));
            let reading = brief.chosen_reading().filter(|r| mine(&r.standing));
            own.extend(reading.map(|r| r.text.as_str()));
        }
        if self.lists_needs() {
            let needs = brief.needs.iter().filter(|n| mine(&n.standing));
            own.extend(needs.map(|n| n.text.as_str()));
        }
        if self.is_new(&Section::Solution) {
            own.extend(brief.deliverables.iter().map(|d| d.text.as_str()));
        }
        if self.is_new(&Section::Scope) {
            own.extend(brief.out.iter().map(String::as_str));
        }
        own
    }
}

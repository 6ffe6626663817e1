//! The walk as append-only lines, for screen readers and pipes: a question, why
//! it matters, an example, what is there; one answer a line, each saved at once.

mod goals;
mod items;
pub mod line;
mod needs;
mod pages;
mod present;

use super::{Context, Done, Failure, Streams, new, review, save};
use crate::checklist::{Checklist, Kind, Question, Walk as Steps};
use crate::domain::{Brief, BriefId, Change, WalkPlace, text};
use crate::storage::{Loaded, StoreError};
use line::Line;

/// Walks through the questions of a brief, from where it was left.
///
/// # Errors
///
/// When an answer cannot be saved or written.
pub fn walk(context: &Context, loaded: Loaded, streams: &mut Streams) -> Done {
    let Some(checklist) = context.checklist_of(&loaded.brief) else {
        return Err(Failure::new("there is no checklist to walk through")
            .hint("see why with: askfirst prompts check"));
    };
    let checklist = checklist.clone();
    let brief = Brief::clone(&loaded.brief);
    Walk {
        context,
        checklist,
        loaded,
        brief,
        streams,
        ahead: None,
    }
    .run()
}

/// What comes after a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Next,
    Back,
    /// The input has ended.
    End,
}

/// A walk under way.
struct Walk<'a> {
    context: &'a Context,
    checklist: Checklist,
    /// As it is on the disk.
    loaded: Loaded,
    brief: Brief,
    streams: &'a mut Streams,
    /// A line that was no answer to a question beside the way, but the next one.
    ahead: Option<Line>,
}

impl Walk<'_> {
    fn run(mut self) -> Done {
        self.intro()?;
        let mut at = self.first();
        if at.is_none() {
            at = self
                .checklist
                .asked_of(&self.brief)
                .first()
                .copied()
                .cloned();
            self.say("All is answered already. From the first question again; an empty line keeps an answer")?;
        }
        loop {
            let Some(question) = at.clone() else {
                return self.finish();
            };
            self.place(&question.id)?;
            self.head(&question)?;
            at = match self.page(&question)? {
                Step::Next => self.beside(&question, true),
                Step::Back => {
                    let before = self.beside(&question, false);
                    if before.is_none() {
                        self.say("This is the first question")?;
                    }
                    before.or(at)
                }
                Step::End => return self.pause(),
            };
        }
    }

    fn page(&mut self, question: &Question) -> Result<Step, Failure> {
        match question.kind {
            Kind::Text | Kind::Appetite | Kind::Cadence => self.text_page(question),
            Kind::Choice | Kind::YesNo => self.choice_page(question),
            Kind::Date => self.date_page(question),
            Kind::Rank => self.rank_page(question),
            Kind::List
            | Kind::Customers
            | Kind::Readings
            | Kind::Needs
            | Kind::Goals
            | Kind::Deliverables => self.list_page(question),
        }
    }

    /// The question at which the walk was left, else the first open one.
    fn first(&self) -> Option<Question> {
        Steps::resume(&self.checklist, &self.brief)
            .question()
            .cloned()
    }

    /// The question after or before one, among those that are asked now.
    fn beside(&self, question: &Question, after: bool) -> Option<Question> {
        if after {
            Steps::after(&self.checklist, &self.brief, &question.id).cloned()
        } else {
            Steps::at(&self.checklist, &self.brief, &question.id)
                .previous()
                .cloned()
        }
    }

    fn intro(&mut self) -> Done {
        let asked = self.checklist.asked_of(&self.brief).len();
        writeln!(
            self.streams.out,
            "{}: {asked} questions. Each answer is saved at once.\n\
             An empty line keeps what is there or skips the question. A question mark (?) means: I don't know, ask the customer. \
             A less-than sign (<) goes back. A minus (-) takes the answer away.\n\
             Behind an answer, @told NAME says who said it; @asked NAME and @not-needed REASON work alike. More: askfirst new --help",
            text::line(&self.checklist.title)
        )?;
        if self.brief.title.trim().is_empty() && self.checklist.question("title").is_none() {
            writeln!(self.streams.out, "\nWhat is it about, in a few words?")?;
            if let Line::Text(title) = self.read()? {
                self.rename(&title)?;
            }
        }
        // After the title, which may have changed the id.
        let again = self.again();
        self.say(&format!("Leave at any time; {again}"))
    }

    fn head(&mut self, question: &Question) -> Done {
        let asked = self.checklist.asked_of(&self.brief);
        let number = asked.iter().position(|q| q.id == question.id).unwrap_or(0) + 1;
        let count = asked.len();
        let now = present::answer(&self.brief, question);
        let out = &mut self.streams.out;
        writeln!(out, "\n{number} of {count}: {}", text::line(&question.ask))?;
        let lines = [
            ("Why", &question.why),
            ("Example", &question.example),
            ("Advice", &question.advice),
        ];
        for (label, line) in lines {
            if !line.trim().is_empty() {
                writeln!(out, "{label}: {}", text::line(line))?;
            }
        }
        for line in now {
            writeln!(out, "{}", text::line(&line))?;
        }
        let choices = pages::choices(question);
        if !choices.is_empty() {
            let hint = match question.kind {
                Kind::Choice | Kind::YesNo => "Type a number:",
                _ => "Type a number, or your own words:",
            };
            writeln!(out, "{hint}")?;
        }
        for (number, choice) in (1..).zip(&choices) {
            writeln!(out, "{number}. {}", text::line(&choice.label))?;
        }
        Ok(())
    }

    /// The input has ended: everything is saved already.
    fn pause(self) -> Done {
        let again = self.again();
        writeln!(self.streams.out, "\nSaved; {}", text::line(&again))?;
        Ok(())
    }

    fn again(&self) -> String {
        let id = &self.brief.id;
        let command = format!("go on with: askfirst new --plain --resume {id}");
        self.context.to_paste(&command).into_owned()
    }

    fn finish(mut self) -> Done {
        self.brief.keep_place(None);
        self.save()?;
        let Self {
            context,
            brief,
            streams,
            ..
        } = self;
        let out = &mut streams.out;
        writeln!(
            out,
            "\nThat was the last question. {} is saved.\n",
            brief.id
        )?;
        review::write(out, context, &brief)?;
        new::next(out, context, &brief)?;
        Ok(())
    }

    fn say(&mut self, text: &str) -> Done {
        writeln!(self.streams.out, "{}", text::line(text))?;
        Ok(())
    }

    fn read(&mut self) -> Result<Line, Failure> {
        match self.ahead.take() {
            Some(line) => Ok(line),
            None => line::read(self.streams, self.context.terminal.input),
        }
    }

    /// Makes a change and saves it. `false` when the file was changed by
    /// somebody else in between: it was read again, and nothing was done.
    fn change(&mut self, change: Change) -> Result<bool, Failure> {
        self.brief.apply(change, self.context.now)?;
        // What was being typed on the screen gives way to the answer.
        let at = self.brief.walk.as_ref().map(|place| place.at.clone());
        let question = at.and_then(|at| self.checklist.question(&at));
        if let Some(question) = question.filter(|q| !q.kind.is_list()) {
            self.brief.forget_draft(&question.id);
        }
        save::note_change(self.context, &self.loaded.brief, &mut self.brief)?;
        self.save()
    }

    /// Remembers where the walk stands.
    fn place(&mut self, question: &str) -> Done {
        if self.brief.walk.as_ref().is_some_and(|p| p.at == question) {
            return Ok(());
        }
        let place = self.brief.place_at(question).cloned();
        let place = place.unwrap_or_else(|| WalkPlace::new(question));
        self.brief.keep_place(Some(place));
        self.save().map(|_| ())
    }

    fn save(&mut self) -> Result<bool, Failure> {
        match self.context.store.save(&self.loaded, &self.brief) {
            Ok(saved) => {
                self.brief = Brief::clone(&saved.brief);
                self.loaded = saved;
                Ok(true)
            }
            Err(StoreError::Changed { .. }) => {
                self.loaded = self.context.store.load(&self.brief.id)?;
                self.brief = Brief::clone(&self.loaded.brief);
                self.say(
                    "The file was changed meanwhile and was read again. Please answer once more:",
                )?;
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Gives the brief a title, and an id from it while nobody knows the old one.
    fn rename(&mut self, title: &str) -> Result<bool, Failure> {
        self.brief
            .apply(Change::Title(title.trim().to_owned()), self.context.now)?;
        let unknown = self.brief.events.len() <= 1;
        if !(unknown && self.brief.id.is_unnamed()) {
            return self.save();
        }
        let mut tries = 0;
        loop {
            self.brief.id = BriefId::for_title(title, crate::chance::number());
            match self.context.store.rename(&self.loaded, &self.brief) {
                Ok(saved) => {
                    self.brief = Brief::clone(&saved.brief);
                    self.loaded = saved;
                    let id = self.brief.id.to_string();
                    self.say(&format!("The brief is now called {id}"))?;
                    return Ok(true);
                }
                Err(StoreError::Exists(_)) if tries < 16 => tries += 1,
                Err(error) => return Err(error.into()),
            }
        }
    }
}

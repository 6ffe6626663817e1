//! The check-in as append-only lines: a question, what the brief says, one line
//! for an answer. Recorded at the end; until then what was typed is kept in the
//! file, so that an interruption loses none of it.

mod kept;
mod small;

use super::outcome::{Outcome, Then};
use super::{Args, Sitting};
use crate::checklist::check_in::{self as answers, Said};
use crate::checklist::{Kind, Question};
use crate::cli::attention::Attention;
use crate::cli::plain::line::{self, Line};
use crate::cli::{Context, Done, Failure, Streams, share};
use crate::domain::check_in::Phase;
use crate::domain::{ItemId, date, effort, sign_off, text, wording};
use crate::export::{self, News, Occasion};
use crate::storage::Loaded;

/// Holds a check-in.
///
/// # Errors
///
/// When it cannot be recorded, or a pipe ends before the questions do.
pub(super) fn hold(
    args: &Args,
    context: &Context,
    sitting: &Sitting,
    loaded: &Loaded,
    streams: &mut Streams,
) -> Done {
    let kept = kept::of(sitting, loaded, context.now.date_naive());
    let mut talk = Talk {
        args,
        context,
        sitting,
        streams,
        kept,
        said: Said::default(),
        deliver: false,
        reopen: false,
        by: sitting.before.requester().map(|c| c.id.clone()),
        words: String::new(),
        lost: false,
        not_kept: false,
    };
    if !talk.questions()? {
        return talk.leave();
    }
    let confirmed = talk.is(answers::CONFIRMED) == Some(true);
    let outcome = Outcome {
        then: match sitting.phase {
            Phase::Handover if talk.deliver => Then::Deliver,
            Phase::Confirm if confirmed => Then::Confirm(talk.by.clone(), talk.words.clone()),
            Phase::Confirm if talk.reopen => Then::Reopen,
            _ => Then::Nothing,
        },
        has_asked: talk.lost,
        said: std::mem::take(&mut talk.said),
    };
    outcome
        .finish(args, context, sitting, streams)
        .map_err(|failure| with_answers(failure, &outcome.said))
}

/// What was typed is given back where it could not be written.
fn with_answers(failure: Failure, said: &Said) -> Failure {
    let mut lines: Vec<String> = said
        .answers
        .iter()
        .map(|(id, answer)| format!("{id}: {answer}"))
        .collect();
    lines.extend(
        said.taken
            .iter()
            .map(|(text, _)| format!("shortcut: {text}")),
    );
    if failure.is_closed_pipe() || !failure.details.is_empty() || lines.is_empty() {
        return failure;
    }
    failure.details(format!("what you answered:\n{}", lines.join("\n")))
}

/// One thing that is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Question(Box<Question>),
    /// Is a shortcut put right?
    Paid(ItemId),
    Deliver,
    /// Who said that it is what they needed, and how.
    By,
    Words,
    Reopen,
}

/// What comes after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Next,
    Again,
    Back,
    /// The rest is not asked.
    Stop,
    /// The input has ended.
    End,
}

struct Talk<'a> {
    args: &'a Args,
    context: &'a Context,
    sitting: &'a Sitting,
    streams: &'a mut Streams,
    /// What was typed before an interruption, by question.
    kept: Vec<(String, String)>,
    said: Said,
    deliver: bool,
    reopen: bool,
    by: Option<ItemId>,
    words: String,
    /// The message that asks was shown.
    lost: bool,
    not_kept: bool,
}

impl Talk<'_> {
    /// Whether it came to its end.
    fn questions(&mut self) -> Result<bool, Failure> {
        self.intro()?;
        let mut at = 0;
        loop {
            let steps = self.steps();
            let Some(step) = steps.get(at) else {
                return Ok(true);
            };
            self.say("")?;
            match self.ask(step, at + 1, steps.len())? {
                Move::Next => at += 1,
                Move::Again => {}
                Move::Back if at == 0 => self.say("This is the first question")?,
                Move::Back => at -= 1,
                Move::Stop => return Ok(true),
                Move::End => return Ok(false),
            }
        }
    }

    /// Everything that is asked, given the answers so far.
    fn steps(&self) -> Vec<Step> {
        let confirmed = self.is(answers::CONFIRMED);
        let mut steps = Vec::new();
        for question in self.sitting.asked(&self.said) {
            let closes = question.id == answers::CONFIRMED && confirmed == Some(true);
            steps.push(Step::Question(Box::new(question.clone())));
            if closes {
                steps.extend([Step::By, Step::Words]);
            }
        }
        let phase = &self.sitting.phase;
        let looks_back = match phase {
            Phase::Confirm => confirmed == Some(true),
            phase => *phase != Phase::Standing,
        };
        if looks_back {
            let open = wording::open_shortcuts(&self.sitting.before);
            steps.extend(open.map(|s| Step::Paid(s.id.clone())));
        }
        match phase {
            Phase::Handover => steps.push(Step::Deliver),
            Phase::Confirm if confirmed == Some(false) => steps.push(Step::Reopen),
            _ => {}
        }
        steps
    }

    fn is(&self, question: &str) -> Option<bool> {
        self.said.answer_to(question).and_then(answers::verdict)
    }

    fn say(&mut self, line: &str) -> Done {
        writeln!(self.streams.out, "{}", text::line(line))?;
        Ok(())
    }

    fn intro(&mut self) -> Done {
        let brief = &self.sitting.before;
        self.say(&format!("Check-in: {} ({})", brief.title.trim(), brief.id))?;
        let attention = Attention::of(brief, self.context);
        if let (true, Some((due, _))) = (attention.is_due(), &attention.due) {
            let since = date::show(due.at().date());
            self.say(&format!(
                "Due since {since}: {}",
                wording::nudge(brief, due)
            ))?;
        }
        if let Some(clock) = &attention.clock {
            let clock = wording::unconfirmed(brief, clock);
            self.say(&format!("Unconfirmed work: {clock}"))?;
        }
        if !self.kept.is_empty() {
            self.say("You left one before its end: what you typed is offered again")?;
        }
        self.say("An empty line takes what is in brackets. Behind a no, say what it is instead: n, the skills first")?;
        self.say("A question mark (?) means: I have lost the thread. A less-than sign (<) goes back. A full stop (.) leaves out the rest")?;
        self.say("It is recorded at the end, in one piece")
    }

    fn ask(&mut self, step: &Step, number: usize, of: usize) -> Result<Move, Failure> {
        // How many come after a yes or no to the one question is not known yet.
        let count = match self.sitting.phase {
            Phase::Confirm => String::new(),
            _ => format!("{number} of {of}: "),
        };
        match step {
            Step::Question(question) => self.question(question, &count),
            Step::Paid(id) => self.paid(id, &count),
            Step::By => self.by(&count),
            Step::Words => {
                self.say(&format!("{count}In which words? [nothing]"))?;
                self.free(|talk, typed| typed.clone_into(&mut talk.words))
            }
            Step::Deliver => {
                self.say(&format!("{count}Is it handed over now? [no]"))?;
                self.yes_or_no(|talk, yes| talk.deliver = yes)
            }
            Step::Reopen => {
                self.say(&format!("{count}Do you take it up again now? [no]"))?;
                self.yes_or_no(|talk, yes| talk.reopen = yes)
            }
        }
    }

    fn question(&mut self, question: &Question, count: &str) -> Result<Move, Failure> {
        let kept = self.kept.iter().find(|(id, _)| *id == question.id);
        let kept = kept.map(|(_, typed)| typed.clone());
        let silent = self.if_silent(question);
        let shown = match (&kept, silent) {
            (Some(kept), _) => kept.clone(),
            (None, Some(yes)) => yes.to_owned(),
            (None, None) if question.kind == Kind::YesNo => "not known".to_owned(),
            (None, None) => "nothing".to_owned(),
        };
        let example = match question.example.trim() {
            "" => String::new(),
            example => format!(" Like: {example}."),
        };
        self.say(&format!("{count}{}{example} [{shown}]", question.ask))?;
        self.show_today(question)?;
        let typed = match self.read()? {
            Line::End => return Ok(Move::End),
            Line::Back => return Ok(Move::Back),
            Line::Unknown(who) => return self.lost(&who),
            Line::Remove(_) => {
                self.forget(question)?;
                return Ok(Move::Next);
            }
            Line::Text(typed) if typed == "." => return Ok(Move::Stop),
            Line::Text(typed) => typed,
            Line::Empty => match (kept, silent) {
                (Some(kept), _) => kept,
                (None, Some(yes)) => {
                    self.said.answer(&question.id, yes);
                    return Ok(Move::Next);
                }
                (None, None) => {
                    self.forget(question)?;
                    return Ok(Move::Next);
                }
            },
        };
        self.take(question, typed)
    }

    /// What an empty line means for a question of yes or no. That they confirmed
    /// it, or use it still, is for them to say; nobody builds what was agreed where
    /// nothing was.
    fn if_silent(&self, question: &Question) -> Option<&'static str> {
        let mine = matches!(self.sitting.phase, Phase::Course | Phase::Handover);
        let brief = &self.sitting.before;
        let means_something = match question.id.as_str() {
            "goal" => !brief.goals.is_empty(),
            "agreed" => sign_off::solution_agreed(brief),
            _ => true,
        };
        (mine && means_something && question.kind == Kind::YesNo).then_some("yes")
    }

    fn take(&mut self, question: &Question, typed: String) -> Result<Move, Failure> {
        let today = self.context.now.date_naive();
        let mut typed = match (question.kind, typed.trim()) {
            (Kind::YesNo, "1") => "yes".to_owned(),
            (Kind::YesNo, "2") => "no".to_owned(),
            _ => typed,
        };
        let work = &self.context.work;
        let brief = &self.sitting.before;
        if let Err(why) = self.said.take(brief, question, &typed, work, today) {
            self.say(&format!("Not understood: {why}"))?;
            return Ok(Move::Again);
        }
        let answer = self
            .said
            .answer_to(&question.id)
            .unwrap_or(&typed)
            .to_owned();
        self.keep(&question.id, &answer)?;
        let bare = self.said.answer_to(&question.id) == Some("no");
        if bare && self.if_silent(question).is_some() {
            self.say("What is it instead, in a few words? [nothing]")?;
            match self.read()? {
                Line::Text(more) if more == "." => return Ok(Move::Stop),
                Line::Text(more) => {
                    typed = format!("no, {more}");
                    let _ = self.said.take(brief, question, &typed, work, today);
                    self.keep(&question.id, &typed)?;
                }
                Line::End => return Ok(Move::End),
                Line::Back => return Ok(Move::Again),
                Line::Unknown(who) => return self.lost(&who),
                Line::Empty | Line::Remove(_) => {}
            }
        }
        self.echo(question, &typed)?;
        Ok(Move::Next)
    }

    /// Says how a name, a day or a time was understood.
    fn echo(&mut self, question: &Question, typed: &str) -> Done {
        let understood = match question.id.as_str() {
            answers::HEARD => self.said.heard.as_ref().map(|(who, on)| {
                let who = self.sitting.before.name_of(who);
                format!("{who}, {}", date::show(*on))
            }),
            answers::SPENT => effort::parse(typed, &self.context.work).map(effort::show),
            answers::SHORTCUT => self.said.taken.first().map(|(what, day)| match day {
                Some(day) => format!("{what}, put right by {}", date::show(*day)),
                None => format!("{what}, without a day by which it is put right"),
            }),
            _ => None,
        };
        match understood {
            Some(understood) => self.say(&format!("Understood: {understood}")),
            None => Ok(()),
        }
    }

    fn show_today(&mut self, question: &Question) -> Done {
        let (work, here) = (&self.context.work, &self.context.here);
        let lines = wording::today(&self.sitting.before, &question.id, work, here);
        match lines.as_slice() {
            [] => Ok(()),
            [one] => self.say(&format!("The brief says: {one}")),
            many => {
                self.say("The brief says:")?;
                many.iter()
                    .try_for_each(|line| self.say(&format!("- {line}")))
            }
        }
    }

    /// "I have lost the thread": the message that asks, once; then the next
    /// question.
    fn lost(&mut self, who: &str) -> Result<Move, Failure> {
        let brief = &self.sitting.before;
        let typed = Some(who).filter(|who| !who.is_empty());
        let to = match share::customer(brief, typed.or(self.args.to.as_deref())) {
            Ok(to) => to,
            Err(failure) => {
                self.say(&format!("There is nobody to ask: {}", failure.what))?;
                return Ok(Move::Again);
            }
        };
        if self.lost {
            self.say("The message that asks is above")?;
            return Ok(Move::Next);
        }
        self.lost = true;
        let from = self.args.from.as_deref();
        let from = from.unwrap_or(&self.context.environment.name);
        let news = News {
            occasion: Occasion::Lost,
            learned: self
                .said
                .answer_to("learned")
                .unwrap_or_default()
                .to_owned(),
            ..News::default()
        };
        let message = export::update(brief, &to, from, &news);
        let name = brief.name_of(&to).to_owned();
        self.say(&format!(
            "Then ask {name} before going on. This message does:"
        ))?;
        writeln!(
            self.streams.out,
            "\n{}\n",
            text::block(message.text().trim_end())
        )?;
        if self.said.words.is_empty() {
            self.said.words = format!("lost the thread; a message to {name} was drafted");
        }
        self.say("The next question, or a full stop (.) to leave out the rest")?;
        Ok(Move::Next)
    }

    fn read(&mut self) -> Result<Line, Failure> {
        line::read(self.streams, self.context.terminal.input)
    }
}

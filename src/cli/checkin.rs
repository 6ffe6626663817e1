//! `checkin`.

mod next;
mod outcome;
mod reminder;
mod talk;

use serde_json::json;

use super::attention::{Attention, moment};
use super::{Context, Done, Failure, Opening, Streams, json as shapes, save, share};
use crate::checklist::check_in::{self as answers, Said};
use crate::checklist::{CHECK_IN, Checklist, Question};
use crate::domain::check_in::{self, Phase};
use crate::domain::{Brief, Stage, text, wording};
use crate::export::{self, News, Occasion};
use crate::storage::{Entry, Loaded};
use outcome::{Outcome, Then};

/// Look up from the work: still for the right people, still the right thing?
///
/// Without BRIEF it is the check-in that is due first. The questions come with
/// what the brief says today, so that an empty line answers most: it means yes,
/// or nothing to say. A no leads on, and at the end there is an update to send.
/// Near the end of the work it is the handover that is asked about, then whether
/// the result is what they needed, then what there is to learn.
///
/// In the plain lines: n, or "n, the skills first" is a no; ? means "I have lost
/// the thread" and gives the message that asks; < goes back; a full stop (.)
/// ends the questions. It is recorded at the end, in one piece. What was typed
/// before an interruption is kept and offered again.
///
/// With an answer among the options nothing is asked. ID is that of a question,
/// see: askfirst prompts show check-in
///
/// With --json: { "id", "phase", "recorded", "event", "stage", "answers", "next",
/// "update", "questions", "due", "unconfirmed", "muted", "snoozed" }
///
/// Examples:
///   askfirst checkin
///   askfirst checkin analysts --same --heard "Dana:yesterday" --spent "6 hours"
///   askfirst checkin analysts --answer "top_need=no, the skills first"
///   askfirst checkin analysts --shortcut "copied by hand, by 6 mar"
///   askfirst checkin analysts --snooze "in 3 days"
///   askfirst checkin analysts --stop-asking "an hour's work"
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one; else the one due first
    brief: Option<String>,
    /// The answer to a question; can be given again
    #[arg(long, value_name = "ID=TEXT")]
    answer: Vec<String>,
    /// All is as the brief says: yes to each question of yes or no
    #[arg(long)]
    same: bool,
    /// Who was last heard from, and when if not today
    #[arg(long, value_name = "NAME[:DAY]")]
    heard: Option<String>,
    /// The time that went into it so far, all told
    #[arg(long, value_name = "TIME")]
    spent: Option<String>,
    /// A shortcut that was taken, with ", by DAY"; can be given again
    #[arg(long, value_name = "TEXT")]
    shortcut: Vec<String>,
    /// A shortcut that was put right, by its words; can be given again
    #[arg(long, value_name = "TEXT")]
    paid: Vec<String>,
    /// Ask again later: 4h, tomorrow, monday, 19 feb, 2w
    #[arg(long, value_name = "WHEN", group = "instead")]
    snooze: Option<String>,
    /// Ask no more about it, with the reason
    #[arg(long, value_name = "REASON", group = "instead")]
    stop_asking: Option<String>,
    /// Ask about it again
    #[arg(long, group = "instead")]
    ask_again: bool,
    /// "I have lost the thread": print the message that asks; records nothing
    #[arg(long, group = "instead")]
    lost: bool,
    /// The customer for the message, by name; the requester where none is named
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// Your name under messages [else ASKFIRST_NAME or config.toml]
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Args {
    fn says_something(&self) -> bool {
        !self.answer.is_empty()
            || self.same
            || self.heard.is_some()
            || self.spent.is_some()
            || !self.shortcut.is_empty()
            || !self.paid.is_empty()
    }

    fn does_something_else(&self) -> bool {
        self.snooze.is_some() || self.stop_asking.is_some() || self.ask_again || self.lost
    }
}

pub fn run(args: &Args, context: Context, streams: &mut Streams) -> Done {
    if args.says_something() && args.does_something_else() {
        return Err(Failure::wrong_usage(
            "--snooze, --stop-asking, --ask-again and --lost stand alone, without answers",
        ));
    }
    let loaded = match &args.brief {
        Some(typed) => context.load(typed)?,
        None => match due_first(&context, streams, args)? {
            Some(loaded) => loaded,
            None => return Ok(()),
        },
    };
    if args.lost {
        return lost(args, &context, &loaded.brief, streams);
    }
    save::writable(&loaded)?;
    if args.does_something_else() {
        return reminder::run(args, &context, &loaded.brief, streams);
    }
    let sitting = Sitting::of(&context, &loaded)?;
    if args.says_something() {
        let said = by_options(args, &context, &sitting, &loaded.brief)?;
        let outcome = Outcome {
            said,
            then: Then::Nothing,
            has_asked: false,
        };
        return outcome.finish(args, &context, &sitting, streams);
    }
    if args.json {
        return preview(&context, &sitting, streams);
    }
    if context.plain || !context.terminal.is_interactive() {
        return talk::hold(args, &context, &sitting, &loaded, streams);
    }
    super::desk::interface(&Context {
        opening: Opening::CheckIn(loaded.brief.id.clone()),
        ..context
    })
    .map(drop)
}

/// What a check-in is about: the brief as it was, the phase and the questions.
struct Sitting {
    before: Brief,
    phase: Phase,
    checklist: Checklist,
}

impl Sitting {
    fn of(context: &Context, loaded: &Loaded) -> Result<Self, Failure> {
        let brief = &loaded.brief;
        match brief.stage {
            Stage::Draft => {
                return Err(Failure::new(format!("{} is a draft", brief.id))
                    .because("check-ins begin once somebody was asked")
                    .hint(format!("ask first: askfirst share {}", brief.id)));
            }
            Stage::Dropped => {
                return Err(
                    Failure::new(format!("{} is dropped", brief.id)).hint(format!(
                        "take it up again: askfirst reopen {} --because \"...\"",
                        brief.id
                    )),
                );
            }
            _ => {}
        }
        let checklist = context.catalogue.get(CHECK_IN).cloned().ok_or_else(|| {
            Failure::new("there are no questions for a check-in")
                .hint("see why with: askfirst prompts check")
        })?;
        Ok(Self {
            before: Brief::clone(brief),
            phase: check_in::phase(brief, &context.work, &context.here, context.now),
            checklist,
        })
    }

    /// The questions that are asked, given what was answered so far. Once they
    /// confirmed it, what there is to learn comes as well.
    fn asked(&self, said: &Said) -> Vec<&Question> {
        let answered = said.for_conditions();
        let mut asked = self.checklist.asked_in(&self.phase, &answered);
        let is_yes = said
            .answer_to(answers::CONFIRMED)
            .and_then(answers::verdict);
        if self.phase == Phase::Confirm && is_yes == Some(true) {
            asked.extend(self.checklist.asked_in(&Phase::Close, &answered));
        }
        asked
    }

    fn question(&self, id: &str) -> Option<&Question> {
        self.checklist.question(id)
    }
}

/// The brief whose check-in became due first. `None` where that was all there is
/// to say.
fn due_first(
    context: &Context,
    streams: &mut Streams,
    args: &Args,
) -> Result<Option<Loaded>, Failure> {
    let mut due = Vec::new();
    let mut later = Vec::new();
    for entry in context.store.list()? {
        let Entry::Brief(loaded) = entry else {
            continue;
        };
        let attention = Attention::of(&loaded.brief, context);
        let is_due = attention.is_due();
        if let Some((wish, _)) = attention.due {
            let list = if is_due { &mut due } else { &mut later };
            list.push((wish.at(), wish, loaded));
        }
    }
    let key = |(at, _, loaded): &(_, _, Box<Loaded>)| (*at, loaded.brief.id.clone());
    due.sort_by_key(key);
    later.sort_by_key(key);
    if due.is_empty() {
        if args.says_something() || args.does_something_else() || args.json {
            return Err(Failure::new("no check-in is due").hint("say which brief: askfirst list"));
        }
        writeln!(streams.out, "No check-in is due")?;
        if let Some((at, wish, loaded)) = later.first() {
            writeln!(
                streams.out,
                "The next: {}, {}: {}",
                moment(*at),
                loaded.brief.id,
                text::line(&wording::nudge(&loaded.brief, wish))
            )?;
        }
        return Ok(None);
    }
    let first = due.first().map(|(at, _, _)| *at);
    let equal = due.iter().filter(|(at, _, _)| Some(*at) == first).count();
    if equal > 1 {
        let mut failure = Failure::new(format!("{equal} check-ins are equally due"));
        for (_, wish, loaded) in due.iter().take(equal) {
            let line = format!(
                "  {}: {}\n",
                loaded.brief.id,
                wording::nudge(&loaded.brief, wish)
            );
            failure.details.push_str(&line);
        }
        let first = due
            .first()
            .map(|(_, _, loaded)| loaded.brief.id.to_string());
        return Err(failure.hint(format!(
            "say which: askfirst checkin {}",
            first.unwrap_or_default()
        )));
    }
    let found = due.into_iter().next();
    if let Some((_, _, loaded)) = &found
        && !args.json
    {
        writeln!(streams.err, "Due first: {}", loaded.brief.id)?;
    }
    Ok(found.map(|(_, _, loaded)| *loaded))
}

/// What the options say.
fn by_options(
    args: &Args,
    context: &Context,
    sitting: &Sitting,
    brief: &Brief,
) -> Result<Said, Failure> {
    let today = context.now.date_naive();
    let mut said = Said::default();
    let not_understood = |option: &str, typed: &str, why: String| {
        Failure::new(format!("{option} {typed:?} is not understood")).because(why)
    };
    if args.same {
        let asked = sitting.checklist.asked_in(&sitting.phase, &[]);
        // That they confirmed it, and that somebody uses it, is for them to say.
        let mine = matches!(sitting.phase, Phase::Course | Phase::Handover);
        for question in asked
            .iter()
            .filter(|q| q.kind == crate::checklist::Kind::YesNo)
        {
            if mine {
                said.answer(&question.id, "yes");
            }
        }
    }
    for given in &args.answer {
        let Some((id, typed)) = given.split_once('=') else {
            return Err(Failure::wrong_usage(format!(
                "--answer {given:?} is not like ID=TEXT"
            )));
        };
        let question = sitting.question(id.trim()).ok_or_else(|| {
            let ids: Vec<&str> = sitting
                .checklist
                .questions
                .iter()
                .map(|q| q.id.as_str())
                .collect();
            Failure::new(format!("the check-in has no question {id:?}"))
                .hint(format!("there are: {}", ids.join(", ")))
        })?;
        said.take(brief, question, typed, &context.work, today)
            .map_err(|why| not_understood("--answer", given, why))?;
    }
    if let Some(typed) = &args.heard {
        let (who, on, words) = answers::heard(brief, typed, today)
            .map_err(|why| not_understood("--heard", typed, why))?;
        said.heard = Some((who, on));
        said.words = words;
    }
    if let Some(typed) = &args.spent {
        answers::spent(typed, &context.work)
            .map_err(|why| not_understood("--spent", typed, why))?;
        said.spent.clone_from(typed);
    }
    for typed in args
        .shortcut
        .iter()
        .filter(|typed| !typed.trim().is_empty())
    {
        said.taken.push(check_in::shortcut(typed, today));
    }
    for typed in &args.paid {
        said.paid.push(open_shortcut(brief, typed)?);
    }
    Ok(said)
}

/// The open shortcut that some of its words mean.
fn open_shortcut(brief: &Brief, typed: &str) -> Result<crate::domain::ItemId, Failure> {
    let wanted = typed.trim().to_lowercase();
    let open = || brief.shortcuts.iter().filter(|s| s.paid.is_none());
    let mut fits = open().filter(|s| {
        s.id.as_str() == wanted || (!wanted.is_empty() && s.text.to_lowercase().contains(&wanted))
    });
    match (fits.next(), fits.next()) {
        (Some(one), None) => Ok(one.id.clone()),
        (first, _) => {
            let what = match first {
                Some(_) => format!("{typed:?} could be several shortcuts"),
                None => format!("no open shortcut is like {typed:?}"),
            };
            let texts: Vec<&str> = open().map(|s| s.text.as_str()).collect();
            Err(match texts.as_slice() {
                [] => Failure::new(what).hint("none is open"),
                texts => Failure::new(what).hint(format!("open are: {}", texts.join("; "))),
            })
        }
    }
}

/// What would be asked, as JSON.
fn preview(context: &Context, sitting: &Sitting, streams: &mut Streams) -> Done {
    let brief = &sitting.before;
    let asked = sitting.asked(&Said::default());
    let questions: Vec<_> = asked
        .iter()
        .map(|q| {
            json!({
                "id": q.id,
                "kind": q.kind.word(),
                "ask": q.ask,
                "why": q.why,
                "now": wording::today(brief, &q.id, &context.work, &context.here),
            })
        })
        .collect();
    let mut value = json!({
        "id": brief.id.as_str(),
        "phase": sitting.phase.word(),
        "stage": brief.stage.word(),
        "recorded": false,
        "event": null,
        "questions": questions,
    });
    shapes::add(&mut value, Attention::of(brief, context).json(brief));
    shapes::write(&mut streams.out, &value)
}

/// "I have lost the thread": the message that asks.
fn lost(args: &Args, context: &Context, brief: &Brief, streams: &mut Streams) -> Done {
    let to = share::customer(brief, args.to.as_deref())?;
    let from = args.from.as_deref().unwrap_or(&context.environment.name);
    let news = News {
        occasion: Occasion::Lost,
        ..News::default()
    };
    let message = export::update(brief, &to, from, &news);
    if args.json {
        return shapes::write(
            &mut streams.out,
            &json!({
                "id": brief.id.as_str(),
                "recorded": false,
                "update": outcome::message_json(&to, &message),
            }),
        );
    }
    writeln!(streams.out, "{}", text::block(message.text().trim_end()))?;
    streams.out.flush()?;
    outcome::about_message(context, streams, &message)?;
    writeln!(
        streams.err,
        "{}",
        text::line(&context.to_paste(&format!(
            "When they answer: askfirst checkin {} --heard {}",
            brief.id,
            brief.customer(&to).map_or_else(|| to.to_string(), super::paste::customer)
        )))
    )?;
    Ok(())
}

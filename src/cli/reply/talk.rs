//! The pieces of a reply as plain lines, and what is said to them.

use std::path::Path;

use super::super::{Context, Done, Failure, Streams, paste, review};
use super::read::{self, Origin, Source};
use super::record::Recorded;
use super::{Reply, name};
use crate::cli::plain::line::{self, Line};
use crate::domain::{Brief, date, text};
use crate::reply::taking::{self, Taking};
use crate::reply::{Certainty, Target};

/// How much of a piece is shown, in columns.
const SHOWN: usize = 400;

/// What was said to the pieces.
pub enum Said {
    Record,
    /// Leave everything as it is.
    Leave,
    /// The input ended first.
    Ended,
}

/// Who wrote it, when, and why that is believed.
pub fn head(streams: &mut Streams, brief: &Brief, reply: &Reply<'_>) -> Done {
    let who = name(brief, &reply.sender.by);
    let (on, why) = (date::show(reply.came.on), reply.sender.why.words());
    writeln!(streams.out, "From {who} on {on} ({why})")?;
    if taking::is_stranger(&reply.sender, reply.letter) {
        let from = read::from(reply.letter);
        writeln!(
            streams.err,
            "look at this: the mail is from {}, who is not among the customers; --by says who it is",
            text::line(&from)
        )?;
    }
    Ok(())
}

/// Every piece with what it was matched to, and why.
pub fn rows(context: &Context, streams: &mut Streams, taking: &Taking) -> Done {
    let all: Vec<usize> = (0..taking.rows().len()).collect();
    some_rows(context, streams, taking, &all)
}

fn some_rows(context: &Context, streams: &mut Streams, taking: &Taking, which: &[usize]) -> Done {
    let fates = taking.fates();
    for at in which {
        let Some((row, fate)) = taking.rows().get(*at).zip(fates.get(*at)) else {
            continue;
        };
        let out = &mut streams.out;
        let words = text::fit(row.piece.words.trim(), SHOWN);
        writeln!(out, "\n{}. \u{201c}{words}\u{201d}", at + 1)?;
        let target = taking::target(taking, row.take.as_ref());
        writeln!(out, "   -> {}", text::line(&target))?;
        let sure = match row.is_changed() && row.take != Some(Target::Remark) {
            true => "as you say".to_owned(),
            false => format!("{}: {}", certainty(row.piece.certainty), row.piece.why),
        };
        writeln!(out, "   ({})", text::line(&sure))?;
        if let Some(fate) = taking::fate(fate) {
            writeln!(out, "   {}", text::line(&fate))?;
        }
        if let Some(Target::OldYes { brief, code }) = &row.take
            && let Ok(loaded) = context.store.load(brief)
        {
            for line in taking::difference(&loaded.brief, *code) {
                writeln!(out, "   {}", text::line(&line))?;
            }
        }
    }
    if taking.rows().is_empty() {
        writeln!(
            streams.out,
            "\nNothing in it is about what was asked; it would be kept as it came"
        )?;
    }
    Ok(())
}

/// How sure a match is, in a word.
pub fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Exact => "exact",
        Certainty::Likely => "likely",
        Certainty::Open => "open",
    }
}

/// Shows the pieces until they are confirmed.
pub fn confirm(
    context: &Context,
    streams: &mut Streams,
    brief: &Brief,
    taking: &mut Taking,
    source: &Source,
) -> Result<Said, Failure> {
    rows(context, streams, taking)?;
    if source.origin == Origin::Piped {
        let id = &brief.id;
        return Err(Failure::wrong_usage(
            "nothing was recorded: nobody can be asked, standard input was the reply",
        )
        .hint(format!(
            "apply what is certain with: askfirst reply {id} --yes"
        ))
        .hint(format!(
            "or name the reply as a file: askfirst reply {id} FILE"
        )));
    }
    asked(streams, brief, taking)?;
    loop {
        match line::read(streams, context.terminal.input)? {
            Line::Empty => return Ok(Said::Record),
            Line::End => return Ok(Said::Ended),
            Line::Text(typed) if typed == "." => return Ok(Said::Leave),
            Line::Text(typed) => {
                let at = typed.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
                match at.filter(|at| *at < taking.rows().len()) {
                    Some(at) => {
                        move_row(context, streams, taking, at)?;
                        rows(context, streams, taking)?;
                        how(streams, taking)?;
                    }
                    None => how(streams, taking)?,
                }
            }
            Line::Back | Line::Unknown(_) | Line::Remove(_) => how(streams, taking)?,
        }
    }
}

/// What they were asked, as it was put.
fn asked(streams: &mut Streams, brief: &Brief, taking: &Taking) -> Done {
    for sheet in taking.sheets() {
        let lines = taking::sheet_lines(sheet);
        if lines.is_empty() {
            continue;
        }
        let out = &mut streams.out;
        match sheet.brief == brief.id {
            true => writeln!(out, "\nThey were asked:")?,
            false => writeln!(out, "\nAnd in {}:", text::line(&sheet.title))?,
        }
        for line in lines {
            writeln!(out, "  {}", text::line(&line))?;
        }
    }
    how(streams, taking)
}

fn how(streams: &mut Streams, taking: &Taking) -> Done {
    let moves = match taking.rows().len() {
        0 => "",
        1 => "; 1 moves or drops the piece",
        _ => "; a number moves or drops that piece",
    };
    writeln!(
        streams.out,
        "\nAn empty line records it{moves}; a full stop leaves everything as it is"
    )?;
    Ok(())
}

fn move_row(context: &Context, streams: &mut Streams, taking: &mut Taking, at: usize) -> Done {
    let targets = taking.targets(at);
    for (number, target) in (1..).zip(&targets) {
        let words = taking::option(taking, target.as_ref());
        writeln!(streams.out, "  {number}. {}", text::line(&words))?;
    }
    writeln!(
        streams.out,
        "What is piece {}? A number; an empty line leaves it",
        at + 1
    )?;
    loop {
        match line::read(streams, context.terminal.input)? {
            Line::Empty | Line::Back | Line::End => return Ok(()),
            Line::Text(typed) => {
                let chosen = typed.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
                if let Some(target) = chosen.and_then(|n| targets.get(n)) {
                    taking.take(at, target.clone());
                    return Ok(());
                }
            }
            Line::Unknown(_) | Line::Remove(_) => {}
        }
        writeln!(streams.out, "Type a number from 1 to {}", targets.len())?;
    }
}

/// What became of the reply.
pub fn outcome(context: &Context, streams: &mut Streams, recorded: &[Recorded]) -> Done {
    for one in recorded {
        let brief = &one.brief;
        let who = name(brief, &one.by);
        let out = &mut streams.out;
        writeln!(out, "{who}: {} ({})", one.outcome.words(), brief.id)?;
        if let Some(next) = one.outcome.next(&who) {
            writeln!(out, "Next: {}", text::line(&next))?;
            let command = format!("askfirst share {}", brief.id);
            let command = match brief.customer(&one.by) {
                Some(customer) => format!("{command} --to {}", paste::customer(customer)),
                None => command,
            };
            writeln!(out, "  {}", text::line(&context.to_paste(&command)))?;
        }
        if recorded.len() == 1 {
            review::write(out, context, brief)?;
        }
    }
    Ok(())
}

/// What `--yes` did not apply.
pub fn left_over(
    context: &Context,
    streams: &mut Streams,
    proposed: &Taking,
    left: &[usize],
) -> Done {
    let (count, them) = match left.len() {
        1 => ("1 piece was not certain and is".to_owned(), "it"),
        n => (format!("{n} pieces were not certain and are"), "them"),
    };
    writeln!(
        streams.out,
        "\n{count} kept as a remark; have a look at {them}:"
    )?;
    some_rows(context, streams, proposed, left)
}

/// It was left as it is.
pub fn left(context: &Context, streams: &mut Streams, brief: &Brief, source: &Source) -> Done {
    let again = context.to_paste(&again(brief, source)).into_owned();
    writeln!(
        streams.out,
        "Nothing was recorded; go on with: {}",
        text::line(&again)
    )?;
    Ok(())
}

/// The input ended before anything was said.
pub fn ended(brief: &Brief, source: &Source) -> Failure {
    Failure::new("nothing was recorded")
        .because("the input ended before the pieces were confirmed")
        .hint(format!("go on with: {}", again(brief, source)))
        .hint("or apply what is certain with --yes")
}

fn again(brief: &Brief, source: &Source) -> String {
    let id = &brief.id;
    match &source.origin {
        Origin::File(path) => format!("askfirst reply {id} {}", word(path)),
        Origin::Piped | Origin::Pasted => format!("askfirst reply {id} --plain"),
    }
}

fn word(path: &Path) -> String {
    paste::word_of_shell(&path.display().to_string())
}

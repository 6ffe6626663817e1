//! `goals`.

use clap::{Subcommand, builder::PossibleValuesParser};
use serde_json::{Value, json};

use super::{Context, Done, Failure, Streams, json as shapes};
use crate::domain::{Goal, ItemId, Level, text};
use crate::storage::Goals;

/// List the goals that work can serve, add one, remove one
///
/// They are kept in goals.toml beside the briefs, and offered in the walk.
///
/// With --json: [ { "number", "id", "level", "owner", "text" } ]; add and remove
/// print the one goal that it is about.
///
/// Examples:
///   askfirst goals
///   askfirst goals add team "Fair job grading by the end of the quarter" --owner Dana
///   askfirst goals remove 2
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// Print JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add a goal
    ///
    /// Examples:
    ///   askfirst goals add team "Fair job grading by the end of the quarter"
    ///   askfirst goals add company "Hire for the skills we use" --owner HR
    #[command(verbatim_doc_comment)]
    Add {
        /// Whose goal it is
        #[arg(value_parser = PossibleValuesParser::new(Level::WORDS))]
        level: String,
        /// The goal
        text: String,
        /// Who answers for it
        #[arg(long, value_name = "NAME", default_value = "")]
        owner: String,
    },
    /// Remove a goal by its number in the list; briefs keep what they say
    ///
    /// Examples:
    ///   askfirst goals remove 2
    #[command(verbatim_doc_comment)]
    Remove {
        /// Its number in the list
        number: usize,
    },
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    match &args.action {
        None => list(args.json, &context.store.goals()?, context, streams),
        Some(Action::Add { level, text, owner }) => {
            if text.trim().is_empty() {
                return Err(Failure::wrong_usage("a goal needs a text"));
            }
            let mut number = 0;
            let saved = change(context, |goals| {
                let id = ItemId::for_text(text, goals.iter().map(|g| &g.id));
                goals.push(Goal {
                    id,
                    level: Level::from_word(level),
                    owner: owner.trim().to_owned(),
                    text: text.trim().to_owned(),
                    how: String::new(),
                });
                number = goals.len();
                Ok(())
            })?;
            match saved.goals.last() {
                Some(goal) => tell(args.json, "Added", number, goal, streams),
                None => Ok(()),
            }
        }
        Some(Action::Remove { number }) => {
            let mut gone = None;
            change(context, |goals| {
                if *number == 0 || *number > goals.len() {
                    return Err(Failure::new(format!("there is no goal {number}"))
                        .hint("see them with: askfirst goals"));
                }
                gone = Some(goals.remove(number - 1));
                Ok(())
            })?;
            match &gone {
                Some(goal) => tell(args.json, "Removed", *number, goal, streams),
                None => Ok(()),
            }
        }
    }
}

fn tell(as_json: bool, verb: &str, number: usize, goal: &Goal, streams: &mut Streams) -> Done {
    if as_json {
        return shapes::write(&mut streams.out, &json_of(number, goal));
    }
    let shown = text::line(&goal.text);
    writeln!(streams.out, "{verb} {number}: {shown}")?;
    Ok(())
}

fn json_of(number: usize, goal: &Goal) -> Value {
    json!({
        "number": number,
        "id": goal.id.as_str(),
        "level": goal.level.word(),
        "owner": goal.owner,
        "text": goal.text,
    })
}

/// Changes the list as it is on the disk, also when others do so too.
pub fn change(
    context: &Context,
    mut edit: impl FnMut(&mut Vec<Goal>) -> Result<(), Failure>,
) -> Result<Goals, Failure> {
    let base = context.store.goals()?;
    let mut after = base.clone();
    edit(&mut after.goals)?;
    Ok(context.store.save_goals(&base, &after)?)
}

fn list(as_json: bool, goals: &Goals, context: &Context, streams: &mut Streams) -> Done {
    let out = &mut streams.out;
    if as_json {
        let goals: Vec<_> = (1..)
            .zip(&goals.goals)
            .map(|(number, goal)| json_of(number, goal))
            .collect();
        return shapes::write(out, &goals.into());
    }
    if goals.goals.is_empty() {
        let place = context.place.path.display().to_string();
        writeln!(
            out,
            "No goals in {} yet. {}",
            text::line(&place),
            text::line(&context.to_paste("Add one with: askfirst goals add team \"...\""))
        )?;
    }
    for (number, goal) in (1..).zip(&goals.goals) {
        write!(
            out,
            "{number}  {}: {}",
            text::line(goal.level.word()),
            text::line(&goal.text)
        )?;
        if !goal.owner.trim().is_empty() {
            write!(out, "  ({})", text::line(&goal.owner))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

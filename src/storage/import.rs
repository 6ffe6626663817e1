//! A brief as a person would write it, made into a file of ours.

use std::path::Path;

use super::format::problem::Problem;
use super::format::{self, Adopt, LARGEST, names::Reference, problem};
use super::near::nearest;
use super::{Broken, Loaded};
use crate::domain::brief::FORMAT;
use crate::domain::sign_off::{need_agreed, solution_agreed};
use crate::domain::{Answer, Basis, Brief, BriefId, Moment, Need, Stage, Standing};

/// A brief as a person would write it (`new --from`): id, format, dates and
/// item ids are added; comments and unknown keys stay in the text.
///
/// `name` is that of the file, for messages. Customers may be named where
/// their id is meant. Give the result to [`super::Store::create_from`].
///
/// # Errors
/// The rendered problem, also for a name that is nobody's.
pub fn import_text(name: &str, text: &str, id_random: u32, now: Moment) -> Result<Loaded, Broken> {
    import_text_with(name, text, id_random, now, |_| ())
}

/// The same with what else is to be changed before it is written down, its id
/// among it.
///
/// # Errors
/// As of [`import_text`].
pub fn import_text_with(
    name: &str,
    text: &str,
    id_random: u32,
    now: Moment,
    finish: impl FnOnce(&mut Brief),
) -> Result<Loaded, Broken> {
    let path = Path::new(name);
    if text.len() > LARGEST {
        return Err(problem::whole_file(
            path,
            "it is too large for a brief",
            "move long texts into a file of their own and name it in the brief",
        ));
    }
    let plain = format::plain(text);
    let broken = |problem: &Problem, more| problem.broken(path, &plain, more);
    let draft = BriefId::unnamed(id_random);
    let parsed = format::Parsed::of(&plain).map_err(|p| broken(&p, 0))?;
    let (raw, mut problems, _) = parsed.read(&draft, now, true);
    if let Some(format) = raw.format.filter(|format| *format > FORMAT) {
        return Err(problem::whole_file(
            path,
            format!("it is written in format {format}, and this version knows {FORMAT}"),
            "a newer askfirst is needed to read it",
        ));
    }
    problems.extend(raw.dangling.iter().map(nobody));
    if let Some(first) = problems.first() {
        return Err(broken(first, problems.len() - 1));
    }
    let mut brief = raw.brief;
    brief.format = FORMAT;
    if !brief.title.trim().is_empty() {
        brief.id = BriefId::for_title(&brief.title, id_random);
    }
    // Read as any other file: what differs are names where ids belong.
    let before = parsed.read(&brief.id, now, false).0.brief;
    if brief.needs.len() > 1 && brief.rankings.is_empty() && brief.answers.get("rank").is_none() {
        brief.answers.set("rank", Some(ranked(&brief.needs)));
    }
    // Written by hand: agreed is what a yes makes it.
    if brief.stage == Stage::Agreed && !(need_agreed(&brief) && solution_agreed(&brief)) {
        brief.stage = Stage::Draft;
    }
    finish(&mut brief);
    let text = format::write(text, &before, &brief, Adopt::All);
    format::read(path, &brief.id, &text, now)
}

/// The order in the file is the rank; it was told where every need was.
fn ranked(needs: &[Need]) -> Answer {
    let told = needs.iter().all(|n| n.standing.basis == Basis::Told);
    let by = needs.first().and_then(|n| n.standing.by.clone());
    let same = needs.iter().all(|n| n.standing.by == by);
    let standing = if told && same {
        Standing {
            basis: Basis::Told,
            by,
            on: needs.iter().filter_map(|n| n.standing.on).max(),
            ..Standing::default()
        }
    } else {
        Standing::guess()
    };
    Answer {
        standing,
        ..Answer::default()
    }
}

fn nobody(reference: &Reference) -> Problem {
    let what = if reference.key == "serves" || reference.key == "order" {
        "need"
    } else {
        "customer"
    };
    let known = reference.known.iter().map(String::as_str);
    let hint = match nearest(&reference.typed, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None if reference.known.is_empty() => {
            format!("add it with [[{what}]], or remove it here")
        }
        None => format!(
            "the ones there are: {}; add another with [[{what}]]",
            reference.known.join(", ")
        ),
    };
    Problem::new(
        reference.span.clone(),
        format!(
            "`{}` names `{}`, and there is no such {what}",
            reference.key, reference.typed
        ),
    )
    .label(format!("no {what} has this id"))
    .hint(hint)
}

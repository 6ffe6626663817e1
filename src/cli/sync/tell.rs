//! What a sync did, in words or as JSON.

use serde_json::{Value, json};

use super::super::{Context, Done, Streams, driver, json as shapes, paste};
use super::came::{self, Came};
use super::rebase::Kept;
use super::repository::Repository;
use super::{Args, Told};
use crate::domain::{Brief, conflict, text};
use crate::storage::Entry;

/// The briefs among those that wait for a choice.
fn undecided(context: &Context, told: &Told) -> Vec<Brief> {
    let ids = told
        .came
        .iter()
        .chain(&told.sent)
        .map(|came| came.id.as_str());
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    let briefs = ids.into_iter().filter_map(|id| {
        let id = crate::domain::BriefId::parse(id).ok()?;
        Some(context.store.load(&id).ok()?.brief.into_inner())
    });
    briefs.filter(|brief| !brief.conflicts.is_empty()).collect()
}

/// Tells what came in, what went out and what waits for a choice.
///
/// # Errors
/// Those of the writers.
pub fn tell(
    args: &Args,
    context: &Context,
    repository: &Repository,
    told: &Told,
    is_failed: bool,
    streams: &mut Streams,
) -> Done {
    let undecided = undecided(context, told);
    if args.json {
        let shape = |all: &[Came]| -> Vec<Value> {
            let shape =
                |came: &Came| json!({"id": came.id, "title": came.title, "what": came.what});
            all.iter().map(shape).collect()
        };
        let open = undecided.iter().map(|brief| {
            json!({
                "id": brief.id.as_str(),
                "title": brief.title,
                "conflicts": shapes::conflicts(brief),
            })
        });
        return shapes::write(
            &mut streams.out,
            &json!({
                "branch": repository.branch,
                "remote": repository.remote,
                "committed": told.committed,
                "came": shape(&told.came),
                "sent": shape(&told.sent),
                "undecided": open.collect::<Vec<_>>(),
                "kept": shape(&kept(repository, context, told)),
                "pushed": told.pushed,
                "dry_run": args.dry_run,
            }),
        );
    }
    let out = &mut streams.out;
    let headings = match args.dry_run {
        true => ("Would come in:", "Would be sent:"),
        false => ("Came in:", "Sent:"),
    };
    for (heading, all) in [(headings.0, &told.came), (headings.1, &told.sent)] {
        if !all.is_empty() {
            writeln!(out, "{heading}")?;
        }
        for came in all {
            let id = text::line(&came.id);
            match came.title.trim() {
                "" => writeln!(out, "  {id}")?,
                title => writeln!(out, "  {} ({id})", text::line(title))?,
            }
            for what in &came.what {
                writeln!(out, "    {}", text::line(what))?;
            }
        }
    }
    let is_nothing = told.came.is_empty() && told.sent.is_empty();
    match (is_nothing && !is_failed, args.dry_run, told.pushed) {
        (true, true, _) => writeln!(out, "Nothing would come in, and there is nothing to send")?,
        (true, false, false) => writeln!(out, "Nothing came in, and there was nothing to send")?,
        (true, false, true) => writeln!(out, "Your commits were sent")?,
        _ => {}
    }
    for came in kept(repository, context, told) {
        let (title, id) = (text::line(came.title.trim()), text::line(&came.id));
        writeln!(out, "Stays: {title} ({id})")?;
        for what in &came.what {
            writeln!(out, "  {}", text::line(what))?;
        }
    }
    for brief in &undecided {
        let title = text::line(brief.title.trim()).into_owned();
        writeln!(out, "Changed in two ways: {title}")?;
        for found in &brief.conflicts {
            writeln!(out, "  {}", text::line(&conflict::sentence(brief, found)))?;
        }
        let choose = format!("askfirst resolve {}", brief.id);
        writeln!(
            out,
            "  Choose with: {}",
            text::line(&context.to_paste(&choose))
        )?;
    }
    notes(context, repository, told, streams)
}

/// What was taken out by one side and stays, because the other side changed it.
fn kept(repository: &Repository, context: &Context, told: &Told) -> Vec<Came> {
    let mut all: Vec<Came> = Vec::new();
    for Kept { path, place } in &told.kept {
        let Some(id) = repository.brief(path) else {
            continue;
        };
        let brief = came::here(repository, context, path).and_then(Result::ok);
        let what = match place {
            Some(place) => {
                let what = match &brief {
                    Some(brief) => conflict::what(brief, place),
                    None => place.clone(),
                };
                format!("{what} was taken out by one and changed by the other")
            }
            None => {
                let file = repository.top.join(path).display().to_string();
                let file = paste::word_of_shell(&file);
                format!(
                    "one deleted it while the other changed it; to delete it after all: git rm {}",
                    text::line(&file)
                )
            }
        };
        match all.iter_mut().find(|came| came.id == id) {
            Some(came) => came.what.push(what),
            None => all.push(Came {
                id: id.to_owned(),
                title: brief.map(|brief| brief.title).unwrap_or_default(),
                what: vec![what],
            }),
        }
    }
    all
}

/// What is worth a word and stopped nothing.
fn notes(context: &Context, repository: &Repository, told: &Told, streams: &mut Streams) -> Done {
    let err = &mut streams.err;
    for entry in context.store.list()? {
        if let Entry::Broken(broken) = entry {
            let (file, why) = (text::line(&broken.file), text::line(&broken.summary));
            writeln!(err, "note: {file} cannot be read: {why}")?;
        }
    }
    // Both sides had something: next time it may be git alone that merges.
    if told.came.is_empty() || told.sent.is_empty() {
        return Ok(());
    }
    let folder = repository.top.join(&repository.folder);
    let attributes = std::fs::read_to_string(folder.join(".gitattributes")).unwrap_or_default();
    let is_named = attributes.contains("merge=askfirst");
    let register = context.to_paste(driver::TO_REGISTER);
    let register = text::line(&register);
    if !is_named {
        writeln!(
            err,
            "note: briefs are merged line by line, as .gitattributes in the folder does not name \
             the merge driver: {register}"
        )?;
    } else if driver::registered(&repository.git).is_ok_and(|r| r == driver::Registered::No) {
        writeln!(
            err,
            "note: without sync, git merges briefs line by line in this clone; to change that: \
             {register}"
        )?;
    }
    Ok(())
}

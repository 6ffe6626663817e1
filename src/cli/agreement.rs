//! The text that gets signed: `export --format agreement`.

use std::path::Path;

use super::export::{refused, target};
use super::{Context, Done, Failure, Streams, paste, save};
use crate::domain::signature::NAMESPACE;
use crate::domain::{Agreement, Brief, action, text};
use crate::export;
use crate::storage::{self, Loaded, Replace, Rights};

/// What a file is called in a folder, after the id.
const EXTENSION: &str = "agreement.txt";

/// Writes the canonical text, byte for byte what a signature is under.
pub fn run(
    loaded: &Loaded,
    output: Option<&Path>,
    force: bool,
    context: &Context,
    streams: &mut Streams,
) -> Done {
    let brief = &loaded.brief;
    let agreement = Agreement::of(brief);
    let text = agreement.text();
    if output.is_none() && context.terminal.output && text::block(&text) != text {
        return Err(
            Failure::new("the text has characters that a terminal obeys or hides")
                .hint("write it to a file with --output FILE"),
        );
    }
    let path = output.map(|path| target(path, brief, EXTENSION));
    let ours = |old: &[u8]| {
        let old = std::str::from_utf8(old).ok().and_then(Agreement::parse);
        old.is_some_and(|old| old.is_about(&brief.id))
    };
    let replace = || match force {
        true => Replace::Always,
        false => Replace::If(&ours),
    };
    if let Some(path) = &path {
        storage::may_deliver(path, replace()).map_err(|error| refused(path, &error))?;
    }
    // A signature that comes back after a change must be known for an old one.
    if loaded.read_only.is_none() {
        record(context, brief, &agreement)?;
    }
    let Some(path) = path else {
        streams.out.write_all(text.as_bytes())?;
        writeln!(streams.err, "to sign it, keep it as a file: --output FILE")?;
        return Ok(());
    };
    storage::deliver(&path, text.as_bytes(), replace(), Rights::Usual)
        .map_err(|error| refused(&path, &error))?;
    let shown = path.display().to_string();
    let out = &mut streams.out;
    writeln!(
        out,
        "Wrote {}, version {}",
        text::line(&shown),
        agreement.code()
    )?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
    let name = paste::word_of_shell(&name.unwrap_or_default());
    writeln!(
        out,
        "Send it as an attachment. They read it and sign it with their SSH key:"
    )?;
    writeln!(
        out,
        "  ssh-keygen -Y sign -n {NAMESPACE} -f ~/.ssh/id_ed25519 {}",
        text::line(&name)
    )?;
    writeln!(
        out,
        "and send {} back. Then:",
        text::line(&format!("{name}.sig"))
    )?;
    let sign = format!("askfirst sign {} --ssh-signature {name}.sig", brief.id);
    writeln!(out, "  {}", text::line(&context.to_paste(&sign)))?;
    Ok(())
}

fn record(context: &Context, brief: &Brief, agreement: &Agreement) -> Done {
    let digest = export::digest(agreement.text().as_bytes());
    save::change(context, &brief.id, |now, event| {
        if Agreement::of(now) != *agreement {
            return Err(Failure::new("the brief was changed just now")
                .hint("nothing was written; export it again"));
        }
        Ok(action::exported(
            now,
            "agreement",
            &digest,
            &[],
            event,
            context.now,
        ))
    })?;
    Ok(())
}

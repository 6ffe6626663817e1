//! What `share` prints besides the message.

use std::io::Write;

use serde_json::json;

use super::{Args, Left, Outgoing};
use crate::cli::{Context, Done, Streams, json as shapes};
use crate::domain::burden::{Burden, burden};
use crate::domain::{Brief, Customer, text, wording};
use crate::export::Flavour;
use crate::storage::Entry;

/// The message, or where it is.
pub fn show(args: &Args, streams: &mut Streams, outgoing: &Outgoing) -> Done {
    let name = text::line(&outgoing.to.name).into_owned();
    match &args.output {
        Some(path) => {
            let what = match outgoing.page {
                Some(_) => "answer sheet",
                None => "message",
            };
            let path = path.display().to_string();
            writeln!(
                streams.out,
                "Wrote the {what} for {name} to {}",
                text::line(&path)
            )?;
        }
        // Its lines end as mail has them; a page is for a browser.
        None if outgoing.flavour == Flavour::Mail || outgoing.page.is_some() => {
            streams.out.write_all(outgoing.text().as_bytes())?;
        }
        None => writeln!(streams.out, "{}", text::block(outgoing.text().trim_end()))?,
    }
    streams.out.flush()?;
    Ok(())
}

/// Nothing is wanted of the person.
pub fn nothing(args: &Args, streams: &mut Streams, to: &Customer) -> Done {
    if args.json {
        let none = json!({ "to": to.name, "briefs": [], "recorded": false });
        return shapes::write(&mut streams.out, &none);
    }
    let name = text::line(&to.name);
    writeln!(
        streams.err,
        "Nothing waits for {name}: no message is needed"
    )?;
    Ok(())
}

/// What was asked of the person lately, this message included where it was
/// recorded. `None` where the briefs cannot be read.
fn lately(context: &Context, outgoing: &Outgoing) -> Option<Burden> {
    let entries = context.store.list().ok()?;
    let briefs: Vec<Brief> = entries
        .into_iter()
        .filter_map(|entry| match entry {
            Entry::Brief(loaded) => Some(loaded.brief.into_inner()),
            Entry::Broken(_) => None,
        })
        .collect();
    Some(burden(&briefs, &outgoing.to, context.now.date_naive()))
}

/// The same as JSON.
pub fn json(
    args: &Args,
    context: &Context,
    streams: &mut Streams,
    outgoing: &Outgoing,
    left: &Left,
) -> Done {
    let message = &outgoing.message;
    let mut value = json!({
        "to": outgoing.to.name,
        "subject": message.subject,
        "body": message.body,
        "questions": message.questions,
        "words": message.words,
        "seconds": message.seconds,
        "warnings": message.warnings,
        "recorded": !args.preview && left.is_empty(),
        "format": match outgoing.page {
            Some(_) => "form",
            None => outgoing.flavour.word(),
        },
        "text": outgoing.text(),
    });
    let first = outgoing.parts().next();
    let mut thanks = outgoing.parts().map(|(b, sheet)| b.thanks(&sheet.to));
    let thanks = thanks.find(|thanks| !thanks.is_empty()).unwrap_or("");
    let burden = lately(context, outgoing).map(|burden| {
        json!({
            "messages": burden.messages,
            "questions": burden.questions,
            "waiting": burden.waiting,
            "last": burden.last.map(|day| day.to_string()),
            "much": wording::much(&burden),
        })
    });
    shapes::add(
        &mut value,
        [("thanks", json!(thanks)), ("burden", json!(burden))],
    );
    if args.all {
        let briefs = outgoing.parts().map(|(brief, sheet)| {
            let failed = left.iter().any(|(id, _)| *id == brief.id.as_str());
            json!({
                "id": brief.id.as_str(),
                "title": brief.title,
                "to": sheet.to.as_str(),
                "code": sheet.code.to_string(),
                "questions": sheet.questions(),
                "stage": brief.stage.word(),
                "recorded": !args.preview && !failed,
            })
        });
        let briefs: Vec<_> = briefs.collect();
        let more = [
            ("briefs", json!(briefs)),
            ("waiting", json!(outgoing.waiting)),
        ];
        shapes::add(&mut value, more);
    } else if let Some((brief, sheet)) = first {
        let more = [
            ("id", json!(brief.id.as_str())),
            ("to", json!(sheet.to.as_str())),
            ("code", json!(message.code)),
            ("stage", json!(brief.stage.word())),
        ];
        shapes::add(&mut value, more);
    }
    shapes::write(&mut streams.out, &value)
}

/// What there is to know about the message, and what comes next.
pub fn remarks(
    args: &Args,
    context: &Context,
    streams: &mut Streams,
    outgoing: &Outgoing,
    left: &Left,
) -> Done {
    let message = &outgoing.message;
    let name = text::line(&outgoing.to.name).into_owned();
    let err = &mut streams.err;
    match outgoing.page {
        None => writeln!(
            err,
            "\n{} words, about {} seconds to read",
            message.words, message.seconds
        )?,
        Some(_) => writeln!(
            err,
            "\nAttach it: it opens in any browser and sends nothing by itself"
        )?,
    }
    if outgoing.page.is_some() && args.reply_to.is_none() {
        writeln!(err, "hint: --reply-to ADDRESS lets it open a mail to you")?;
    }
    if let Some(burden) = lately(context, outgoing).filter(|b| b.last.is_some()) {
        let today = context.now.date_naive();
        writeln!(err, "{}", wording::burden(&name, &burden, today))?;
        if let Some(much) = wording::much(&burden) {
            writeln!(err, "look at this: {much}")?;
        }
    }
    for warning in &message.warnings {
        writeln!(err, "look at this: {}", text::line(warning))?;
    }
    match outgoing.waiting {
        0 => {}
        1 => writeln!(err, "1 more question waits for the next message")?,
        n => writeln!(err, "{n} more questions wait for the next message")?,
    }
    if outgoing.flavour == Flavour::Mail && message.address.is_empty() {
        writeln!(
            err,
            "look at this: no mail address of {name} is known, so the draft has none"
        )?;
    }
    if args.from.is_none() && context.environment.name.is_empty() {
        writeln!(
            err,
            "hint: --from \"Your name\", ASKFIRST_NAME or name in config.toml puts your name under it"
        )?;
    }
    let thanked = outgoing.parts().any(|(b, s)| !b.thanks(&s.to).is_empty());
    if !thanked {
        writeln!(
            err,
            "hint: --thanks \"...\" says thank you in words of your own"
        )?;
    }
    let mail = outgoing.flavour == Flavour::Mail || outgoing.page.is_some();
    if context.terminal.output && !context.environment.dumb && !mail {
        copy(&mut streams.out, &outgoing.text())?;
        writeln!(
            streams.err,
            "Copied to the clipboard, where your terminal allows it"
        )?;
    }
    next(args, context, streams, outgoing, left, &name)
}

fn next(
    args: &Args,
    context: &Context,
    streams: &mut Streams,
    outgoing: &Outgoing,
    left: &Left,
    name: &str,
) -> Done {
    let err = &mut streams.err;
    if args.preview {
        writeln!(err, "A preview: nothing was recorded")?;
        return Ok(());
    }
    for (brief, _) in outgoing.parts() {
        if left.iter().any(|(id, _)| *id == brief.id.as_str()) {
            continue;
        }
        match outgoing.briefs.len() {
            1 => writeln!(
                err,
                "Recorded as sent to {name}; the brief is {}",
                brief.stage.label()
            )?,
            _ => writeln!(
                err,
                "Recorded as sent to {name}: {} is {}",
                brief.id,
                brief.stage.label()
            )?,
        }
    }
    if let Some((brief, _)) = outgoing.parts().next() {
        let command = format!("When they answer: askfirst reply {}", brief.id);
        writeln!(err, "{}", text::line(&context.to_paste(&command)))?;
    }
    Ok(())
}

/// OSC 52: the terminal puts the text on the clipboard, also over ssh.
fn copy(out: &mut dyn Write, text: &str) -> std::io::Result<()> {
    let command = crossterm::clipboard::CopyToClipboard::to_clipboard_from(text);
    let mut sequence = String::new();
    if crossterm::Command::write_ansi(&command, &mut sequence).is_ok() {
        out.write_all(sequence.as_bytes())?;
        out.flush()?;
    }
    Ok(())
}

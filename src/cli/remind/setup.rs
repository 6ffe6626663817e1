//! `remind install` and `remind uninstall`: show, ask, do.

use std::io::BufRead as _;

use super::super::{Done, Failure, Global, Streams, Terminal};
use super::machine::{self, Now};
use crate::domain::text;
use crate::remind::timer::{self, Kind, Refused, Standing, Step, Target};

pub fn install(
    kind: Option<Kind>,
    yes: bool,
    global: &Global,
    terminal: Terminal,
    streams: &mut Streams,
) -> Done {
    let target = machine::target(global)?;
    let kind = match kind {
        Some(kind) => kind,
        None => machine::detect()?,
    };
    let steps = plan(kind, &target)?;
    if !cfg!(feature = "notify") {
        writeln!(
            streams.err,
            "note: this build sends no notifications (feature \"notify\")"
        )?;
    }
    if steps.is_empty() {
        writeln!(streams.out, "The {} is set up already", kind.label())?;
        return Ok(());
    }
    writeln!(
        streams.out,
        "A {}, {}:\n",
        kind.label(),
        target.schedule.words()
    )?;
    show(&steps, streams)?;
    let question = format!("Set up this {}?", kind.label());
    if !agreed(&question, "install", yes, terminal, streams)? {
        return Ok(());
    }
    // Somebody may have thought for a while.
    machine::carry_out(kind, &plan(kind, &target)?)?;
    writeln!(
        streams.out,
        "Set up. See it with: askfirst remind status; take it back with: askfirst remind uninstall"
    )?;
    Ok(())
}

/// What there is to do: nothing where it is all there and active.
fn plan(kind: Kind, target: &Target) -> Result<Vec<Step>, Failure> {
    let now = Now::look(kind, target)?;
    let mut steps = timer::install(kind, target, now.present()).map_err(|refused| {
        let failure = Failure::new("no timer was set up").because(&refused);
        match refused {
            Refused::Taken(..) => failure
                .hint("move it away, then run this again; or leave it, if it does what you want"),
            Refused::Lines => failure.hint("take them out with: crontab -e, then run this again"),
            Refused::Character(..) => failure.hint("give it another name, or use another timer"),
        }
    })?;
    if steps.is_empty() && !active(kind, target) {
        let runs = timer::activate(kind, target);
        steps.extend(runs.into_iter().map(Step::Run));
    }
    Ok(steps)
}

/// Whether the timer says that it is active.
fn active(kind: Kind, target: &Target) -> bool {
    told(kind, target).active
}

/// What the timer says of itself.
pub fn told(kind: Kind, target: &Target) -> timer::Told {
    let output = machine::start(&kind.ask(target), None).ok();
    let output = output.filter(|output| output.done);
    let output = output.map(|output| String::from_utf8_lossy(&output.out).into_owned());
    timer::told(kind, output.as_deref())
}

pub fn uninstall(
    kind: Option<Kind>,
    yes: bool,
    global: &Global,
    terminal: Terminal,
    streams: &mut Streams,
) -> Done {
    let target = machine::target(global)?;
    let mut found = Vec::new();
    match kind {
        Some(kind) => found.push((kind, Now::look(kind, &target)?)),
        // Where a crontab cannot be read there is none of ours to remove.
        None => found.extend(machine::possible().iter().filter_map(|kind| {
            let now = Now::look(*kind, &target).ok()?;
            Some((*kind, now))
        })),
    }
    found.retain(|(kind, now)| timer::standing(*kind, &target, now.present()) != Standing::Absent);
    if found.is_empty() {
        writeln!(streams.out, "No timer is set up; nothing was changed")?;
        return Ok(());
    }
    let mut stays_on = false;
    for (kind, now) in found {
        let removal = timer::uninstall(kind, &target, now.present());
        for path in &removal.left {
            let shown = path.display().to_string();
            writeln!(
                streams.err,
                "note: {} was changed since it was written, and is left; it does nothing any more",
                text::line(&shown)
            )?;
        }
        if removal.lines_left {
            stays_on = true;
            continue;
        }
        writeln!(streams.out, "Take back the {}:\n", kind.label())?;
        show(&removal.steps, streams)?;
        let question = format!("Take back this {}?", kind.label());
        if agreed(&question, "uninstall", yes, terminal, streams)? {
            machine::carry_out(kind, &removal.steps)?;
            writeln!(streams.out, "The {} is gone", kind.label())?;
        }
    }
    if stays_on {
        return Err(Failure::new("the lines of askfirst stay in your crontab")
            .because("they were changed since they were written")
            .hint("take them out with: crontab -e"));
    }
    Ok(())
}

/// What is about to happen, word for word.
fn show(steps: &[Step], streams: &mut Streams) -> Done {
    let out = &mut streams.out;
    for step in steps {
        match step {
            Step::Write { path, text, .. } => {
                let path = path.display().to_string();
                writeln!(out, "Write {}:", text::line(&path))?;
                for line in text::block(text).lines() {
                    writeln!(out, "{}", format!("    {line}").trim_end())?;
                }
            }
            Step::Remove { path, .. } => {
                let path = path.display().to_string();
                writeln!(out, "Remove {}", text::line(&path))?;
            }
            Step::Crontab(Some(lines)) => {
                writeln!(out, "Put at the top of your crontab:")?;
                for line in text::block(lines).lines() {
                    writeln!(out, "    {line}")?;
                }
            }
            Step::Crontab(None) => writeln!(out, "Take the lines of askfirst out of your crontab")?,
            Step::Run(run) => writeln!(out, "Run {}", text::line(&run.line()))?,
        }
    }
    writeln!(out)?;
    Ok(())
}

/// Whether to go on.
fn agreed(
    question: &str,
    command: &str,
    yes: bool,
    terminal: Terminal,
    streams: &mut Streams,
) -> Result<bool, Failure> {
    if yes {
        return Ok(true);
    }
    if !terminal.is_interactive() {
        writeln!(
            streams.out,
            "Nothing was changed. To do it: askfirst remind {command} --yes"
        )?;
        return Ok(false);
    }
    write!(streams.out, "{question} [y/N] ")?;
    streams.out.flush()?;
    let mut line = String::new();
    streams.input.read_line(&mut line)?;
    let agreed = matches!(line.trim().to_lowercase().as_str(), "y" | "yes");
    if !agreed {
        writeln!(streams.out, "Nothing was changed")?;
    }
    Ok(agreed)
}

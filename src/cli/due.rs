//! `due`.

mod everyone;

use std::borrow::Cow;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use self::everyone::Owners;
use super::reminders::{Found, Occasion, Reminders, Which};
use super::{Done, Failure, Global, Place, Streams, colleagues, json as shapes, paste};
use crate::clock;
use crate::domain::nudge::State;
use crate::domain::work_time::{Local, Zone as _};
use crate::domain::{Moment, date, text};
use crate::remind::{Notice, Short};
use crate::storage::{self, Broken, StoreError, locate};

/// Say which check-ins are due, for whom, and what each asks
///
/// Two lines each: the question, and since when with the command to answer it.
/// The oldest comes first; what nobody is asked about any more is stale. Last
/// comes what is next.
///
/// With --exit-code, as of git diff: 0 nothing is due, 1 something is, 2 it
/// could not be told. With --short: one line for a status bar, or nothing at all.
///
/// Where a team shares the folder, yours and everybody's count; with --everyone
/// those of colleagues come after them.
///
/// With --json: { "now", "due": [ { "id", "title", "folder", "who", "question",
/// "reason", "state", "nudge", "at", "days", "command", with --everyone "owner" of
/// those of colleagues } ], "next": [ the same ], "broken": [ { "folder", "file",
/// "summary", "line", "column", "hint" } ] }
///
/// Examples:
///   askfirst due
///   askfirst due --all --short
///   askfirst due --exit-code > /dev/null || echo "somebody is waiting for a word"
#[derive(Debug, Default, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// In all folders where askfirst was used, not only in this one
    #[arg(long)]
    all: bool,
    /// Those of colleagues too
    #[arg(long)]
    everyone: bool,
    /// Only who, on one line; nothing when nothing is due
    #[arg(long)]
    short: bool,
    /// Exit with 1 when something is due, with 2 when that cannot be told
    #[arg(long)]
    exit_code: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "short")]
    json: bool,
    /// For the hooks of `askfirst hook`: one line at most, and no error
    #[arg(
        long,
        hide = true,
        value_name = "WHERE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "prompt",
        conflicts_with_all = ["all", "everyone", "short", "exit_code", "json"]
    )]
    hook: Option<Where>,
}

impl Args {
    /// Those of `--short`.
    pub fn short() -> Self {
        Self {
            short: true,
            ..Self::default()
        }
    }
}

/// Which hook asks.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Where {
    Prompt,
    Git,
}

pub fn run(args: &Args, global: &Global, streams: &mut Streams) -> Done {
    if let Some(place) = args.hook {
        return hook(place, global, streams);
    }
    match tell(args, global, streams) {
        Ok(true) if args.exit_code => Err(Failure::said()),
        Ok(_) => Ok(()),
        Err(failure) if args.exit_code => Err(failure.as_trouble()),
        Err(failure) => Err(failure),
    }
}

/// A folder, and what it wants.
struct Heard {
    folder: PathBuf,
    /// Whether commands need to be told of the folder.
    elsewhere: bool,
    found: Found,
    /// Of colleagues, where those are wanted too.
    owners: Owners,
}

impl Heard {
    fn of(
        args: &Args,
        reminders: &Reminders,
        folder: PathBuf,
        elsewhere: bool,
        now: Moment,
    ) -> Result<Self, StoreError> {
        let which = match args.json {
            true => Which::All,
            false => Which::DueAndNext,
        };
        let (found, owners) = match args.everyone {
            true => everyone::of_folder(reminders, &folder, now)?,
            false => (
                reminders.some_of_folder(&folder, which, now)?,
                Owners::new(),
            ),
        };
        Ok(Self {
            folder,
            elsewhere,
            found,
            owners,
        })
    }

    /// The colleague whose it is.
    fn owner(&self, notice: &Notice) -> Option<&str> {
        self.owners.get(&notice.brief).map(String::as_str)
    }
}

/// Tells what is due; whether anything is.
fn tell(args: &Args, global: &Global, streams: &mut Streams) -> Result<bool, Failure> {
    let now = clock::now().map_err(|error| {
        Failure::new("could not tell the time")
            .because(error)
            .hint(format!("unset {}, or give it a time", clock::PIN))
    })?;
    let reminders = reminders(Some(streams))?;
    if args.short && !args.all && !args.everyone {
        // A status bar asks again and again, mostly of a folder that is as it was.
        let place = place(global)?;
        if let Some(line) = reminders.bar(&place.path, now) {
            tell_short(&line, streams)?;
            return Ok(!line.is_empty());
        }
    }
    let heard = if args.all {
        everywhere(args, &reminders, global, now, streams)?
    } else {
        vec![here(args, &reminders, global, now)?]
    };
    let local = reminders.zone.local(now);
    let mut all: Vec<(&Heard, &Notice)> = Vec::new();
    for one in &heard {
        all.extend(one.found.notices.iter().map(|notice| (one, notice)));
    }
    all.sort_by(|(one, a), (two, b)| {
        let theirs = one.owner(a).is_some().cmp(&two.owner(b).is_some());
        theirs.then_with(|| a.order(b, local))
    });
    let (due, next): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, n)| n.is_due(local));
    let told = Told {
        reminders: &reminders,
        local,
        due,
        next,
    };
    if args.json {
        let broken: Vec<Value> = heard.iter().flat_map(broken).collect();
        let mut value = told.json();
        if let Value::Object(map) = &mut value {
            map.insert("now".into(), now.to_rfc3339().into());
            map.insert("broken".into(), broken.into());
        }
        shapes::write(&mut streams.out, &value)?;
    } else if args.short {
        tell_short(&told.short().to_string(), streams)?;
    } else {
        told.lines(streams)?;
        for file in heard.iter().flat_map(|one| &one.found.broken) {
            tell_broken(file, streams)?;
        }
    }
    Ok(!told.due.is_empty())
}

fn here(
    args: &Args,
    reminders: &Reminders,
    global: &Global,
    now: Moment,
) -> Result<Heard, Failure> {
    let place = place(global)?;
    let elsewhere = global.dir.is_some();
    Ok(Heard::of(args, reminders, place.path, elsewhere, now)?)
}

/// This folder, and all that are known.
fn everywhere(
    args: &Args,
    reminders: &Reminders,
    global: &Global,
    now: Moment,
    streams: &mut Streams,
) -> Result<Vec<Heard>, Failure> {
    let mut heard = match here(args, reminders, global, now) {
        Ok(here) => vec![here],
        Err(failure) if global.dir.is_some() => return Err(failure),
        // A status line runs anywhere, also where there is no place for briefs.
        Err(_) => Vec::new(),
    };
    let first = heard.first().and_then(|h| h.folder.canonicalize().ok());
    let known = reminders.folders().into_iter();
    for folder in known.filter(|folder| Some(folder) != first.as_ref()) {
        match Heard::of(args, reminders, folder, true, now) {
            Ok(one) => heard.push(one),
            // One folder that cannot be read hides nothing of the others.
            Err(error) => writeln!(streams.err, "note: {}", text::line(&error.to_string()))?,
        }
    }
    Ok(heard)
}

/// What is due and what comes next, to be told.
struct Told<'a> {
    reminders: &'a Reminders,
    local: Local,
    due: Vec<(&'a Heard, &'a Notice)>,
    next: Vec<(&'a Heard, &'a Notice)>,
}

impl Told<'_> {
    fn lines(&self, streams: &mut Streams) -> Done {
        // In one piece: a terminal's stream writes line by line.
        let mut lines = Vec::with_capacity(256 * self.due.len());
        // Many become due on the same morning.
        let mut last: Option<(Local, State, String)> = None;
        for (one, notice) in &self.due {
            let (at, state) = (notice.due.at(), notice.state(self.local));
            let since = match last {
                Some((then, same, since)) if (then, same) == (at, state) => since,
                _ => since(notice, self.reminders, self.local),
            };
            let command = command(notice, one.elsewhere.then_some(&one.folder));
            let mark = match state {
                State::Stale => '~',
                _ => '!',
            };
            let (title, asks) = (title(notice), asks(notice));
            let of = match one.owner(notice) {
                Some(owner) => format!(" (of {})", text::line(owner)),
                None => String::new(),
            };
            writeln!(lines, "{mark} {title}{of}: {asks}\n  {since}: {command}")?;
            last = Some((at, state, since));
        }
        if self.due.is_empty() {
            writeln!(lines, "Nothing is due.")?;
        }
        if let Some((_, notice)) = self.next.first() {
            let at = notice.due.at();
            let (day, time) = (date::show(at.date()), at.format("%H:%M"));
            let (title, asks) = (title(notice), asks(notice));
            writeln!(lines, "Next, on {day} at {time}: {title}: {asks}")?;
        }
        streams.out.write_all(&lines)?;
        Ok(())
    }

    fn json(&self) -> Value {
        let shape = |all: &[(&Heard, &Notice)]| -> Vec<Value> {
            let shape =
                |(one, notice): &(&Heard, &Notice)| shape(one, notice, self.reminders, self.local);
            all.iter().map(shape).collect()
        };
        json!({ "now": null, "due": shape(&self.due), "next": shape(&self.next) })
    }

    fn short(&self) -> Short {
        let told = self.due.iter();
        let stale = |notice: &Notice| notice.state(self.local) == State::Stale;
        Short::of(told.map(|(_, n)| (stale(n), Cow::Borrowed(n.who.as_str()))))
    }
}

fn tell_short(line: &str, streams: &mut Streams) -> Done {
    if !line.is_empty() {
        writeln!(streams.out, "{line}")?;
    }
    Ok(())
}

fn tell_broken(broken: &Broken, streams: &mut Streams) -> Done {
    let (file, why) = (text::line(&broken.file), text::line(&broken.summary));
    writeln!(streams.err, "note: {file} cannot be read: {why}")?;
    Ok(())
}

/// One line for a shell's prompt, at most every four hours. A prompt is no
/// place for errors: whatever goes wrong shows nothing.
fn hook(asked_by: Where, global: &Global, streams: &mut Streams) -> Done {
    let (Ok(now), Ok(reminders)) = (clock::now(), reminders(None)) else {
        return Ok(());
    };
    let here = place(global).ok().map(|place| place.path);
    let occasion = match asked_by {
        Where::Prompt => Occasion::Prompt,
        Where::Git => Occasion::Checkout,
    };
    let Some(shown) = reminders.show_one(occasion, here.as_deref(), now) else {
        return Ok(());
    };
    let here = here.and_then(|here| here.canonicalize().ok());
    let elsewhere = here.as_ref() != Some(&shown.folder);
    let folder = elsewhere.then_some(&shown.folder);
    let more = match shown.more {
        0 => String::new(),
        n => format!("; {n} more: askfirst due --all"),
    };
    writeln!(
        streams.out,
        "askfirst: {} ({}{more})",
        asks(&shown.notice),
        command(&shown.notice, folder)
    )?;
    Ok(())
}

fn place(global: &Global) -> Result<Place, Failure> {
    let here = super::place::here()?;
    let variable = std::env::var_os(locate::VARIABLE);
    Place::find(global.dir.as_deref(), variable.as_deref(), here.as_deref())
}

/// With the working time of the settings. Settings that cannot be used are told
/// where there are streams, and stop nobody.
fn reminders(streams: Option<&mut Streams>) -> Result<Reminders, Failure> {
    let settings = match storage::settings_file() {
        None => storage::Settings::default(),
        Some(path) => match storage::read_settings(&path) {
            Ok(settings) => settings,
            Err(broken) => {
                if let Some(streams) = streams {
                    tell_broken(&broken, streams)?;
                }
                storage::Settings::default()
            }
        },
    };
    let name = colleagues::name(&settings);
    Ok(Reminders::of(settings.work).named(&name))
}

/// The question, with the person where it does not name them.
fn asks(notice: &Notice) -> Cow<'_, str> {
    let (who, question) = (notice.who.trim(), notice.question.as_str());
    if who.is_empty() || question.contains(who) {
        text::line(question)
    } else {
        let asks = format!("{who}: {question}");
        text::line(&asks).into_owned().into()
    }
}

fn title(notice: &Notice) -> String {
    match notice.title.trim() {
        "" => notice.brief.to_string(),
        title => text::fit(title, 60),
    }
}

fn command(notice: &Notice, folder: Option<&PathBuf>) -> String {
    let Some(folder) = folder else {
        // Ids are plain letters.
        return format!("askfirst {}", notice.command());
    };
    let word = paste::word_of_shell(&folder.display().to_string());
    let command = format!("askfirst --dir {word} {}", notice.command());
    text::line(&command).into_owned()
}

/// How long it is due, in words.
fn since(notice: &Notice, reminders: &Reminders, now: Local) -> String {
    let at = notice.due.at();
    let days = reminders.work.days_between(at.date(), now.date());
    let since = match days {
        _ if at.date() == now.date() => format!("since {}", at.format("%H:%M")),
        1 => format!("since {} (1 working day)", date::show(at.date())),
        n => format!("since {} ({n} working days)", date::show(at.date())),
    };
    match notice.state(now) {
        State::Stale => format!("stale, due {since}"),
        _ => format!("due {since}"),
    }
}

fn shape(one: &Heard, notice: &Notice, reminders: &Reminders, now: Local) -> Value {
    let due = &notice.due;
    let at: Moment = reminders.zone.moment(due.at());
    let (state, nudge) = match notice.state(now) {
        State::Due(nudge) => ("due", Some(nudge)),
        State::Stale => ("stale", None),
        State::Later => ("later", None),
    };
    let mut value = json!({
        "id": notice.brief.as_str(),
        "title": notice.title,
        "folder": one.folder.display().to_string(),
        "who": Some(&notice.who).filter(|who| !who.is_empty()),
        "question": notice.question,
        "reason": notice.reason(),
        "state": state,
        "nudge": nudge,
        "at": at.to_rfc3339(),
        "days": reminders.work.days_between(due.at().date(), now.date()),
        "command": command(notice, one.elsewhere.then_some(&one.folder)),
    });
    if let (Some(owner), Value::Object(map)) = (one.owner(notice), &mut value) {
        map.insert("owner".into(), owner.into());
    }
    value
}

fn broken(one: &Heard) -> Vec<Value> {
    let all = one.found.broken.iter();
    all.map(|file| {
        let mut value = shapes::broken(file);
        if let Value::Object(map) = &mut value {
            let folder: &Path = &one.folder;
            map.insert("folder".into(), folder.display().to_string().into());
        }
        value
    })
    .collect()
}

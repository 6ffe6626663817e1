//! The world outside: waits for keys and signals, draws, and performs what
//! `update` asks for.

mod ahead;
mod files;
mod kept;
mod large;
mod signatures;

use std::collections::VecDeque;
use std::io::IsTerminal as _;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::checklist::Catalogue;
use crate::clock::{self, Here, Stopwatch};
use crate::domain::work_time::WorkTime;
use crate::domain::{BriefId, Me, Moment};
use crate::editor::Editor;
use crate::signature::Signers;
use crate::storage::{Entry, Settings, Store, write_settings};

use super::clipboard;
use super::message::{Effect, Msg};
use super::model::Model;
use super::screens::{Screen, check_in::CheckIn, reply::Reply, walk::Walk};
use super::signals::{Incoming, Input, Signal};
use super::terminal::Terminal;
use super::{shelf, update, view};

use ahead::{Waited, read_shown, until_change, wait};
pub use kept::Unsaved;

/// A second of rest, after which typed text is on the disk. It is counted from
/// the first key that is not saved, so that steady typing is saved as well.
const REST: Duration = Duration::from_millis(900);

/// What the interface starts with.
pub struct Start<'a> {
    pub store: &'a dyn Store,
    pub catalogue: Arc<Catalogue>,
    /// The worker's name for messages; may be empty.
    pub worker: String,
    /// Who sits here, among colleagues.
    pub me: Me,
    pub everyone: bool,
    pub colour: bool,
    /// The command of the editor and its arguments.
    pub editor: Option<Editor>,
    pub now: Moment,
    /// A number from which the ids of this run follow.
    pub seed: u32,
    /// The file that remembers the worker's name.
    pub settings: Option<PathBuf>,
    /// Which keys are whose, as the settings say.
    pub signers: Signers,
    /// When the worker works and may be asked.
    pub work: WorkTime,
    /// Where local time is that of the worker.
    pub here: Here,
    /// A brief whose walk is shown first.
    pub walk: Option<BriefId>,
    /// A brief whose check-in is shown first.
    pub check_in: Option<BriefId>,
    /// A brief about which a reply is pasted first.
    pub reply: Option<BriefId>,
}

/// How the interface was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Quit,
    /// To look around in the demo.
    Demo,
}

/// Why the interface had to end.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    #[error("{0}")]
    Terminal(#[from] std::io::Error),
    /// What could not be saved, told by those who held it last.
    #[error("{} could not be saved", .0.iter().map(|u| u.title.as_str()).collect::<Vec<_>>().join(", "))]
    Unsaved(Vec<Unsaved>),
}

/// Shows the interface until it is left.
///
/// # Errors
///
/// When the terminal cannot be used, or something could not be saved on the
/// way out; the error names the file it is in, or holds the text.
pub fn run(start: &Start<'_>) -> Result<Ended, Failed> {
    // Signals first: none may end the program with the terminal taken.
    let input = Input::open()?;
    let mut terminal = Terminal::enter()?;
    let mut model = begin(start, crossterm::terminal::size()?);
    let looped = panic::catch_unwind(AssertUnwindSafe(|| {
        turn(start, &mut model, &mut terminal, &input)
    }));
    let ended = match looped {
        Ok(ended) => ended,
        Err(cause) => {
            // The panic hook has given the terminal back already.
            let _ = panic::catch_unwind(AssertUnwindSafe(|| stop(start, &mut model)));
            drop(input);
            drop(terminal);
            let _ = panic::catch_unwind(AssertUnwindSafe(|| kept::tell(&kept::all(&model))));
            panic::resume_unwind(cause);
        }
    };
    if ended.is_err() {
        // A terminal that went away in the middle of a frame: the hang-up that
        // would have saved is not heard any more.
        stop(start, &mut model);
    }
    // Nobody reads any more when the terminal is the shell's again.
    drop(input);
    drop(terminal);
    let unsaved = kept::failed(&model);
    if !unsaved.is_empty() {
        return Err(Failed::Unsaved(unsaved));
    }
    match ended {
        // The window was closed, which is one way to leave.
        Err(_) if !std::io::stdout().is_terminal() => Ok(Ended::Quit),
        ended => Ok(ended?),
    }
}

/// The model before the first frame.
fn begin(start: &Start<'_>, size: (u16, u16)) -> Model {
    let mut model = Model::new(start.now, size, start.seed, Arc::clone(&start.catalogue));
    model.place = start.store.place().display().to_string();
    model.worker.clone_from(&start.worker);
    model.me = start.me.clone();
    if let Some(Screen::Desk(desk)) = model.screens.first_mut() {
        desk.everyone = start.everyone;
    }
    model.colour = start.colour;
    model.work = start.work.clone();
    model.signers = start.signers.clone();
    model.here = start.here;
    let asked = [&start.walk, &start.check_in, &start.reply];
    let asked: Vec<BriefId> = asked.into_iter().flatten().cloned().collect();
    // A page about one brief shows nothing of the others.
    let first = match asked.is_empty() {
        true => Effect::Glimpse,
        false => Effect::Load(asked),
    };
    settle(start.store, &mut model, vec![first]);
    if let Some(id) = &start.walk
        && let Some(walk) = Walk::open(&model, id, None)
    {
        model.screens.push(Screen::Walk(Box::new(walk)));
    }
    if let Some(id) = &start.check_in
        && let Some(talk) = CheckIn::open(&model, id)
    {
        model.screens.push(Screen::CheckIn(Box::new(talk)));
    }
    if let Some(id) = &start.reply
        && let Some(page) = Reply::open(&model, id)
    {
        model.screens.push(Screen::Reply(Box::new(page)));
    }
    model
}

fn turn(
    start: &Start<'_>,
    model: &mut Model,
    terminal: &mut Terminal,
    input: &Input,
) -> Result<Ended, std::io::Error> {
    let mut unsaved: Option<Stopwatch> = None;
    terminal.draw(|frame| view(model, frame))?;
    // There is something to look at; now for what is true. The folder is watched
    // before it is looked at, so that nothing is missed between the two.
    let mut watch = input.watch(start.store.place());
    settle(start.store, model, vec![Effect::List]);
    loop {
        if let Some(words) = model.sought.take() {
            settle(start.store, model, vec![Effect::Find(words)]);
        }
        read_shown(start, model);
        terminal.draw(|frame| view(model, frame))?;
        let mut deadline = match &unsaved {
            Some(since) => Some(REST.saturating_sub(since.elapsed())),
            None => until_change(model),
        };
        // Everything that waits is taken in before the next frame is drawn, for
        // no longer than a rest: a flood of keys is saved and seen as it goes.
        let mut first = match wait(start, model, input) {
            Waited::Came(incoming) => Some(incoming),
            Waited::Other => continue,
            Waited::Nothing => None,
        };
        loop {
            let incoming = first.take().unwrap_or_else(|| input.next(deadline));
            if incoming == Incoming::Changed {
                let changes = watch.take();
                let (names, all) = (changes.names.into_iter().collect(), changes.all);
                let effects = update(model, Msg::Changed { names, all });
                settle(start.store, model, effects);
                deadline = Some(Duration::ZERO);
                continue;
            }
            let is_all = matches!(incoming, Incoming::TimedOut);
            // A wait that ran out without anything to save was for what is due.
            let is_due = is_all && deadline != Some(Duration::ZERO) && !model.unrested;
            if (is_due || !is_all)
                && let Some(ended) = take_in(start, model, terminal, input, incoming)
            {
                return ended;
            }
            unsaved = match (model.unrested, unsaved) {
                (true, None) => Some(Stopwatch::start()),
                (true, since) => since,
                (false, _) => None,
            };
            if unsaved.is_some_and(|since| since.elapsed() >= REST) {
                unsaved = None;
                // The first save may have made the folder.
                watch.ensure();
                if let Some(ended) = take_in(start, model, terminal, input, Incoming::TimedOut) {
                    return ended;
                }
                break;
            }
            if is_all {
                break;
            }
            deadline = Some(Duration::ZERO);
        }
    }
}

/// One thing that came in. `Some` ends the interface.
fn take_in(
    start: &Start<'_>,
    model: &mut Model,
    terminal: &mut Terminal,
    input: &Input,
    incoming: Incoming,
) -> Option<Result<Ended, std::io::Error>> {
    let msg = match incoming {
        Incoming::Key(key) => Msg::Key(key),
        Incoming::Paste(text) => Msg::Paste(text),
        Incoming::Resize(width, height) => Msg::Resize(width, height),
        Incoming::Signal(Signal::Stop | Signal::HangUp) | Incoming::Closed => {
            stop(start, model);
            return Some(Ok(Ended::Quit));
        }
        Incoming::Signal(Signal::Suspend) => {
            let effects = update(model, Msg::Rested);
            settle(start.store, model, effects);
            return suspend(start, model, terminal, input).err().map(Err);
        }
        Incoming::Signal(Signal::Continue) => {
            if let Err(error) = terminal.renew() {
                return Some(Err(error));
            }
            Msg::Resumed
        }
        // Taken in where it is watched for.
        Incoming::Changed => return None,
        Incoming::TimedOut if model.unrested => Msg::Rested,
        Incoming::TimedOut => {
            if let Ok(now) = clock::now() {
                let effects = update(model, Msg::Now(now));
                settle(start.store, model, effects);
            }
            return None;
        }
    };
    let mut effects = match clock::now() {
        Ok(now) => update(model, Msg::Now(now)),
        Err(_) => Vec::new(),
    };
    // A brief that is only passed on the way is not read.
    if model.unshown && !shelf::is_passing(model, &msg) {
        read_shown(start, model);
    }
    effects.extend(update(model, msg));
    let mut outside: VecDeque<Effect> = settle_but_later(start.store, model, effects).into();
    while let Some(effect) = outside.pop_front() {
        let answer = match effect {
            Effect::Quit => return Some(Ok(Ended::Quit)),
            Effect::OpenDemo => return Some(Ok(Ended::Demo)),
            Effect::Copy(text) => Msg::Copied(
                clipboard::copy(terminal.writer(), &text).map_err(|error| error.to_string()),
            ),
            Effect::Edit(text) => {
                let edited =
                    terminal.lend(input, || files::edit(start.editor.as_ref(), &text, ".txt"));
                match edited {
                    Ok(result) => Msg::Edited(result),
                    Err(error) => return Some(Err(error)),
                }
            }
            Effect::Mend(path) => {
                match terminal.lend(input, || files::mend(start.editor.as_ref(), &path)) {
                    Ok(result) => Msg::Mended(result),
                    Err(error) => return Some(Err(error)),
                }
            }
            Effect::EditFile { id, text } => {
                let edited =
                    terminal.lend(input, || files::edit(start.editor.as_ref(), &text, ".toml"));
                match edited {
                    Ok(result) => Msg::FileEdited { id, result },
                    Err(error) => return Some(Err(error)),
                }
            }
            Effect::Name(name) => Msg::Named(remember(start, name)),
            // Once for all the letters that wait: a large folder takes longer
            // than the next key.
            Effect::Find(words) => {
                model.sought = Some(words);
                continue;
            }
            Effect::Show => {
                model.unshown = true;
                continue;
            }
            Effect::Suspend => {
                if let Err(error) = suspend(start, model, terminal, input) {
                    return Some(Err(error));
                }
                continue;
            }
            // The rest was settled with the store.
            _ => continue,
        };
        let effects = update(model, answer);
        outside.extend(settle_but_later(start.store, model, effects));
    }
    None
}

/// Keeps the worker's name in the settings.
fn remember(start: &Start<'_>, name: String) -> Result<String, String> {
    let path = start
        .settings
        .as_deref()
        .ok_or("there is no folder for settings; set ASKFIRST_NAME instead")?;
    let settings = Settings {
        name: name.clone(),
        ..Settings::default()
    };
    write_settings(path, &settings).map(|()| name)
}

fn suspend(
    start: &Start<'_>,
    model: &mut Model,
    terminal: &mut Terminal,
    input: &Input,
) -> Result<(), std::io::Error> {
    if !terminal.suspend(input)? {
        model.complain("there is no shell to go back to");
        return Ok(());
    }
    let (width, height) = crossterm::terminal::size()?;
    let mut effects = update(model, Msg::Resize(width, height));
    effects.extend(update(model, Msg::Resumed));
    settle(start.store, model, effects);
    Ok(())
}

/// Saves everything that is typed.
fn stop(start: &Start<'_>, model: &mut Model) {
    let effects = update(model, Msg::Stop);
    settle(start.store, model, effects);
}

/// Performs effects until only those are left that need the terminal.
fn settle(store: &dyn Store, model: &mut Model, effects: Vec<Effect>) -> Vec<Effect> {
    settle_if(store, model, effects, |_| true)
}

/// The same, and leaves what is done once before the next frame is drawn.
fn settle_but_later(store: &dyn Store, model: &mut Model, effects: Vec<Effect>) -> Vec<Effect> {
    settle_if(store, model, effects, |effect| {
        !matches!(effect, Effect::Find(_) | Effect::Show)
    })
}

fn settle_if(
    store: &dyn Store,
    model: &mut Model,
    effects: Vec<Effect>,
    is_now: impl Fn(&Effect) -> bool,
) -> Vec<Effect> {
    let mut waiting: VecDeque<Effect> = effects.into();
    let mut outside = Vec::new();
    while let Some(effect) = waiting.pop_front() {
        if !is_now(&effect) {
            outside.push(effect);
            continue;
        }
        match perform(store, model, &effect) {
            Some(msg) => waiting.extend(update(model, msg)),
            None => outside.push(effect),
        }
    }
    outside
}

/// Performs an effect that needs only the folder and files. `None` when it
/// needs the terminal.
pub fn perform(store: &dyn Store, model: &Model, effect: &Effect) -> Option<Msg> {
    Some(match effect {
        Effect::List => large::list(store, model),
        Effect::Glimpse => large::glimpse(store, model),
        Effect::Load(ids) => Msg::Loaded(large::load(store, ids)),
        Effect::Show => Msg::Loaded(large::load(store, &shelf::unread(model))),
        Effect::LoadAll(words) => Msg::Loaded(large::load_all(store, model, words)),
        Effect::Find(words) => Msg::Found(large::find(store, model, words)),
        Effect::Save(id) => {
            let item = model.item(id)?;
            let result = match &item.base {
                None => store.create(&item.brief),
                Some(base) if base.brief.id != item.brief.id => store.rename(base, &item.brief),
                Some(base) => store.save(base, &item.brief),
            };
            Msg::Saved {
                id: id.clone(),
                result: Box::new(result),
            }
        }
        Effect::WriteAgain(id) => {
            let item = model.item(id)?;
            let result = match &item.base {
                Some(base) => store.create_from(base, &item.brief),
                None => store.create(&item.brief),
            };
            Msg::Saved {
                id: id.clone(),
                result: Box::new(result),
            }
        }
        Effect::Restore { id, earlier } => {
            let item = model.item(id)?;
            let result = match &item.base {
                Some(base) => store.restore(base, earlier, &item.brief),
                None => store.create(&item.brief),
            };
            Msg::Saved {
                id: id.clone(),
                result: Box::new(result),
            }
        }
        Effect::Reload(id) => Msg::Reloaded {
            id: id.clone(),
            result: Box::new(store.load(id).map(|l| Entry::Brief(Box::new(l)))),
        },
        Effect::Look { ids, goals } => Msg::Looked {
            briefs: ids.iter().map(|id| (id.clone(), store.load(id))).collect(),
            goals: goals.then(|| store.goals()),
        },
        Effect::SaveGoals { base, after } => Msg::GoalsSaved(store.save_goals(base, after)),
        Effect::WriteFile {
            path,
            content,
            then,
        } => {
            let path = files::resolve(path);
            Msg::FileWritten {
                result: files::write(&path, content),
                path,
                then: then.clone(),
            }
        }
        Effect::CheckSignature { id, by, typed } => Msg::SignatureChecked {
            id: id.clone(),
            typed: typed.clone(),
            result: Box::new(signatures::check(
                store,
                model,
                model.brief(id)?,
                by.as_ref(),
                typed,
            )),
        },
        Effect::Copy(_)
        | Effect::Edit(_)
        | Effect::EditFile { .. }
        | Effect::Mend(_)
        | Effect::Name(_)
        | Effect::Suspend
        | Effect::OpenDemo
        | Effect::Quit => {
            return None;
        }
    })
}

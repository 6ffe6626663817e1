//! What a command needs to know, resolved once. The interface takes the same.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

pub use super::place::{Place, PlaceKind};
use super::reminders::{Reminders, Watched};
use super::{Failure, Global, colleagues, paste};
use crate::chance;
use crate::checklist::{self, Catalogue, Checklist};
use crate::clock::{self, Here};
use crate::domain::work_time::WorkTime;
use crate::domain::{Brief, BriefId, Me, Moment, id};
use crate::signature::Signers;
use crate::storage::{self, Folder, Indexed, Lens, Loaded, Store, locate};

/// Which of the standard streams are terminals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    pub input: bool,
    pub output: bool,
    pub error: bool,
}

impl Terminal {
    /// Those of the process.
    pub fn detect() -> Self {
        Self {
            input: std::io::stdin().is_terminal(),
            output: std::io::stdout().is_terminal(),
            error: std::io::stderr().is_terminal(),
        }
    }

    /// Whether somebody sits there: input and output are terminals.
    pub fn is_interactive(self) -> bool {
        self.input && self.output
    }
}

/// What the environment says, as values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Environment {
    /// The command of `$VISUAL`, else of `$EDITOR`.
    pub editor: Option<String>,
    /// `NO_COLOR` is set to something (<https://no-color.org>).
    pub no_color: bool,
    /// `TERM` is `dumb`.
    pub dumb: bool,
    /// `ACCESSIBLE` is set to something but 0.
    pub accessible: bool,
    /// The worker's name for messages, from `ASKFIRST_NAME` or the settings; may
    /// be empty. A login name is no way to sign a message, so none is made of it.
    pub name: String,
}

impl Environment {
    /// Reads it once.
    pub fn read() -> Self {
        let get = |key: &str| {
            std::env::var(key)
                .ok()
                .filter(|value| !value.trim().is_empty())
        };
        Self {
            editor: get("VISUAL").or_else(|| get("EDITOR")),
            no_color: get("NO_COLOR").is_some(),
            dumb: get("TERM").is_some_and(|term| term == "dumb"),
            accessible: get("ACCESSIBLE").is_some_and(|value| value != "0"),
            name: get("ASKFIRST_NAME").unwrap_or_default(),
        }
    }
}

/// What the interface shows first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Opening {
    #[default]
    Desk,
    /// The walk of a brief, where it was left.
    Walk(BriefId),
    /// The check-in of a brief.
    CheckIn(BriefId),
    /// The page on which a reply about a brief is pasted.
    Reply(BriefId),
}

/// Everything that a command or the interface works with.
pub struct Context {
    pub store: Box<dyn Store>,
    /// What lists are reckoned with.
    pub lens: Lens,
    pub place: Place,
    /// What was given as `--dir`, for commands that are shown to be pasted.
    pub dir: Option<PathBuf>,
    /// The checklists, read by the first command that asks for one.
    pub catalogue: LazyCell<Arc<Catalogue>, Box<dyn FnOnce() -> Arc<Catalogue>>>,
    /// Where checklists of one's own were looked for, first to last.
    pub prompt_folders: Vec<PathBuf>,
    /// When the command began, with the local offset.
    pub now: Moment,
    pub terminal: Terminal,
    pub environment: Environment,
    /// The file with the user's own settings.
    pub settings: Option<PathBuf>,
    /// Who sits here, among colleagues.
    pub me: Me,
    /// The briefs of colleagues are shown too.
    pub everyone: bool,
    /// Working days and hours, from the settings.
    pub work: WorkTime,
    /// Which keys are whose, from the settings.
    pub signers: Signers,
    /// Where local time is that of this machine.
    pub here: Here,
    /// Append-only lines instead of screens.
    pub plain: bool,
    pub opening: Opening,
}

impl Context {
    /// Resolves the global options and the environment.
    ///
    /// # Errors
    ///
    /// When no folder for briefs is found or the pinned time is no time.
    pub fn build(global: &Global, terminal: Terminal) -> Result<Self, Failure> {
        let here = super::place::here()?;
        let variable = std::env::var_os(locate::VARIABLE);
        let place = Place::find(global.dir.as_deref(), variable.as_deref(), here.as_deref())?;
        Ok(Self {
            dir: global.dir.clone(),
            ..Self::at(place, global.plain, terminal)?
        })
    }

    /// The context for a known place.
    ///
    /// # Errors
    ///
    /// When the pinned time is no time.
    pub fn at(place: Place, plain: bool, terminal: Terminal) -> Result<Self, Failure> {
        let now = clock::now().map_err(|error| {
            Failure::new("could not tell the time")
                .because(error)
                .hint(format!("unset {}, or give it a time", clock::PIN))
        })?;
        let prompt_folders = place.prompt_folders();
        let (folders, kind) = (prompt_folders.clone(), place.kind);
        let catalogue = move || {
            let folders: Vec<_> = folders.iter().map(PathBuf::as_path).collect();
            // Only the user's own folders are theirs without doubt.
            let shared = usize::from(kind != PlaceKind::User).min(folders.len());
            let (shared, own) = folders.split_at(shared);
            Arc::new(Catalogue::load_from(shared, own))
        };
        let mut environment = Environment::read();
        let settings = storage::settings_file();
        // Broken settings stop nobody; the interface says what is wrong when it is
        // to write them, and `due` does.
        let read = settings.as_deref().map(storage::read_settings);
        let read = read.and_then(Result::ok).unwrap_or_default();
        if environment.name.is_empty() {
            environment.name.clone_from(&read.name);
        }
        let me = colleagues::me(&place.path, &environment.name);
        let reminders = Reminders::of(read.work.clone()).named(&environment.name);
        let lens = reminders.lens(now);
        let folder = Indexed::new(Folder::at(&place.path), lens.clone());
        Ok(Self {
            store: Box::new(Watched::new(folder, reminders, me.clone())),
            lens,
            me,
            everyone: false,
            place,
            dir: None,
            catalogue: LazyCell::new(Box::new(catalogue)),
            now,
            terminal,
            plain: plain || environment.accessible || environment.dumb,
            environment,
            settings,
            signers: {
                let (signers, revoked) = read.signers();
                Signers { signers, revoked }
            },
            work: read.work,
            here: Here::find(),
            prompt_folders,
            opening: Opening::Desk,
        })
    }

    /// A text with commands in it, which then work in the folder that was given.
    pub fn to_paste<'a>(&self, text: &'a str) -> Cow<'a, str> {
        paste::with_dir(text, self.dir.as_deref())
    }

    /// The brief that a part of an id or title means.
    ///
    /// # Errors
    ///
    /// When none or several fit, or the file cannot be read.
    pub fn load(&self, typed: &str) -> Result<Loaded, Failure> {
        Ok(self.store.load(&self.store.find(typed)?)?)
    }

    /// An id for a new event of a brief.
    pub fn event_id(&self, brief: &Brief) -> String {
        let taken = |id: &str| brief.events.iter().any(|e| e.id == id);
        (0..64)
            .map(|_| id::letters(chance::number()))
            .find(|id| !taken(id))
            .unwrap_or_else(|| format!("{}-{}", id::letters(chance::number()), brief.events.len()))
    }

    /// The checklist of a brief, or the default one where it is unknown.
    pub fn checklist_of(&self, brief: &Brief) -> Option<&Checklist> {
        self.catalogue
            .get(&brief.checklist)
            .filter(|checklist| !checklist.is_check_in())
            .or_else(|| self.catalogue.get(checklist::DEFAULT))
    }

    /// The questions that starting a brief depends on.
    pub fn needed<'a>(&'a self, brief: &Brief) -> Vec<&'a str> {
        self.checklist_of(brief)
            .map(|checklist| checklist.needed(brief))
            .unwrap_or_default()
    }
}

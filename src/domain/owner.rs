//! Whose brief it is, where a team shares a folder.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::Brief;

/// The person at the keyboard, as colleagues know them. Their name in git is
/// asked for at most once, and only when it matters.
#[derive(Clone, Default)]
pub struct Me {
    /// Where nobody shares the folder, everything is mine and nothing is named.
    shared: Option<Arc<Shared>>,
}

struct Shared {
    own: String,
    ask: Box<dyn Fn() -> String + Send + Sync>,
    told: OnceLock<String>,
}

impl fmt::Debug for Me {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.shared.as_ref().map(|s| (&s.own, s.told.get()));
        f.debug_tuple("Me").field(&names).finish()
    }
}

impl Me {
    /// Nobody shares the folder.
    pub fn alone() -> Self {
        Self::default()
    }

    /// Among colleagues: the name in the settings, may be empty, and how to ask
    /// for the one that git knows.
    pub fn among(own: &str, ask: impl Fn() -> String + Send + Sync + 'static) -> Self {
        let shared = Shared {
            own: own.trim().to_owned(),
            ask: Box::new(ask),
            told: OnceLock::new(),
        };
        Self {
            shared: Some(Arc::new(shared)),
        }
    }

    /// Whether colleagues work in the same folder.
    pub fn has_colleagues(&self) -> bool {
        self.shared.is_some()
    }

    /// The name for what is recorded: as in the commits, else the own one.
    pub fn who(&self) -> &str {
        let Some(shared) = &self.shared else {
            return "";
        };
        match shared.git() {
            "" => &shared.own,
            git => git,
        }
    }

    /// The name that a new brief of mine gets.
    pub fn owner(&self) -> &str {
        let Some(shared) = &self.shared else {
            return "";
        };
        match shared.own.as_str() {
            "" => shared.git(),
            own => own,
        }
    }

    /// Whether a brief is mine, or everybody's. Whoever has no name sees all.
    pub fn is_mine(&self, brief: &Brief) -> bool {
        self.answers_to(&brief.owner)
    }

    /// Whether what has this owner is mine, or everybody's.
    pub fn answers_to(&self, owner: &str) -> bool {
        let (owner, Some(shared)) = (owner.trim(), &self.shared) else {
            return true;
        };
        let same = |name: &str| name.to_lowercase() == owner.to_lowercase();
        owner.is_empty()
            || same(&shared.own)
            || same(shared.git())
            || (shared.own.is_empty() && shared.git().is_empty())
    }

    /// Puts my name to the events that are new since `before`.
    pub fn name_events(&self, before: &[super::Event], brief: &mut Brief) {
        if self.shared.is_none() {
            return;
        }
        for event in &mut brief.events {
            let is_new = || !before.iter().any(|old| old.id == event.id);
            if event.who.is_empty() && is_new() {
                self.who().clone_into(&mut event.who);
            }
        }
    }
}

impl Shared {
    fn git(&self) -> &str {
        self.told.get_or_init(|| (self.ask)().trim().to_owned())
    }
}

impl Brief {
    /// Takes over what saving added: who owns it, and who recorded its events.
    pub fn adopt_names(&mut self, saved: &Brief) {
        if self.owner.is_empty() {
            self.owner.clone_from(&saved.owner);
        }
        for event in self.events.iter_mut().filter(|e| e.who.is_empty()) {
            let same = saved.events.iter().find(|e| e.id == event.id);
            if let Some(same) = same {
                event.who.clone_from(&same.who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::superreport;

    fn of(owner: &str) -> Brief {
        let mut brief = superreport();
        owner.clone_into(&mut brief.owner);
        brief
    }

    #[test]
    fn mine_is_what_bears_either_of_my_names_or_none() {
        let me = Me::among("Ana Silva", || "ana\n".to_owned());
        for owner in ["", "Ana Silva", "ana silva ", "Ana"] {
            assert!(me.is_mine(&of(owner)), "{owner:?}");
        }
        assert!(!me.is_mine(&of("Raj")));
        assert!(Me::among("", String::new).is_mine(&of("Raj")));
        assert!(Me::alone().is_mine(&of("Raj")));
        assert_eq!((me.owner(), me.who()), ("Ana Silva", "ana"));
    }

    #[test]
    fn git_is_asked_once_and_only_where_it_matters() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static ASKED: AtomicUsize = AtomicUsize::new(0);
        let me = Me::among("Ana", || {
            ASKED.fetch_add(1, Ordering::Relaxed);
            "ana".to_owned()
        });
        assert!(me.is_mine(&of("Ana")) && me.is_mine(&of("")));
        assert_eq!(me.owner(), "Ana");
        assert_eq!(ASKED.load(Ordering::Relaxed), 0);
        assert!(!me.is_mine(&of("Raj")) && !me.is_mine(&of("Lee")));
        assert_eq!(ASKED.load(Ordering::Relaxed), 1);
    }
}

//! A brief that is held in several places and copied when one of them changes it:
//! most briefs that are read stay as they are.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::Brief;

/// A brief whose copies are one until they differ.
#[derive(Debug, Clone)]
pub struct Shared(Arc<Brief>);

impl Shared {
    /// The brief for itself.
    pub fn into_inner(self) -> Brief {
        Arc::unwrap_or_clone(self.0)
    }
}

impl From<Brief> for Shared {
    fn from(brief: Brief) -> Self {
        Self(Arc::new(brief))
    }
}

impl Deref for Shared {
    type Target = Brief;

    fn deref(&self) -> &Brief {
        &self.0
    }
}

impl DerefMut for Shared {
    fn deref_mut(&mut self) -> &mut Brief {
        Arc::make_mut(&mut self.0)
    }
}

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl PartialEq<Brief> for Shared {
    fn eq(&self, other: &Brief) -> bool {
        *self.0 == *other
    }
}

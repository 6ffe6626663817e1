//! `remind run`.

use crate::domain::Moment;

/// When a reminder was last sent.
pub fn last_sent() -> Option<Moment> {
    None
}

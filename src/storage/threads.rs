//! Two things at once.

use std::thread::{self, Builder};

/// Does two things at once, or one after the other where the system gives no second
/// thread.
pub(super) fn both<A: Send, B>(first: impl Fn() -> A + Sync, second: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let other = Builder::new().spawn_scoped(scope, &first);
        let second = second();
        let first = match other.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(done)) => done,
            Ok(Err(cause)) => std::panic::resume_unwind(cause),
            Err(_) => first(),
        };
        (first, second)
    })
}

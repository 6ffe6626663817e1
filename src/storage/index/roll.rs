//! The briefs of a folder as small as they can be kept: their ids, and what tells
//! that their files are as they were when they were read.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use super::Row;
use crate::storage::Folder;
use crate::storage::stamp::MANY;
use crate::storage::threads::both;

/// Ids in their order, one after the other in one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ids {
    text: String,
    ends: Vec<u32>,
}

impl Ids {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The one at a place.
    pub fn get(&self, at: usize) -> Option<&str> {
        self.text.get(self.part(at)?)
    }

    /// Where an id is.
    pub fn find(&self, id: &str) -> Option<usize> {
        let (mut first, mut last) = (0, self.len());
        while first < last {
            let middle = first + (last - first) / 2;
            match self.get(middle)?.cmp(id) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => first = middle + 1,
                std::cmp::Ordering::Greater => last = middle,
            }
        }
        None
    }

    fn part(&self, at: usize) -> Option<Range<usize>> {
        let end = *self.ends.get(at)? as usize;
        let before = at.checked_sub(1).and_then(|before| self.ends.get(before));
        Some(before.map_or(0, |end| *end as usize)..end)
    }

    /// False where it has no room any more, after four gigabytes.
    fn push(&mut self, id: &str) -> bool {
        let Ok(end) = u32::try_from(self.text.len() + id.len()) else {
            return false;
        };
        self.text.push_str(id);
        self.ends.push(end);
        true
    }

    fn remove(&mut self, at: usize) {
        let Some(part) = self.part(at) else { return };
        let size = part.len() as u32;
        self.text.replace_range(part, "");
        self.ends.remove(at);
        for end in self.ends.iter_mut().skip(at) {
            *end -= size;
        }
    }
}

/// The briefs of a folder by id, and what their files were when they were read.
#[derive(Debug, Clone, Default)]
pub struct Roll {
    ids: Arc<Ids>,
    /// Those of the [`crate::storage::Stamp`]s of the files.
    numbers: Vec<u64>,
    /// The number of the folder; zero where not all of its files are in here.
    own: u64,
    /// When the reading of the files began.
    began: Duration,
    /// What the rows were reckoned with.
    basis: String,
}

impl Roll {
    /// One to which the briefs are still to be added, by id. `own` is zero where there
    /// are other files that are shown.
    pub(super) fn new(own: u64, began: Duration, basis: String) -> Self {
        Self {
            own,
            began,
            basis,
            ..Self::default()
        }
    }

    pub(super) fn push(&mut self, row: &Row<'_>) -> Option<()> {
        let id = row.id()?;
        let is_kept = Arc::make_mut(&mut self.ids).push(id);
        is_kept.then(|| self.numbers.push(row.number))
    }

    pub(super) fn with(mut self, own: u64, began: Duration, basis: &str) -> Self {
        (self.own, self.began) = (own, began);
        basis.clone_into(&mut self.basis);
        self
    }

    /// The ids; who holds them does not see what is taken away later.
    pub fn ids(&self) -> &Arc<Ids> {
        &self.ids
    }

    /// Takes a brief out: it does not say any more what is in the folder.
    pub fn remove(&mut self, at: usize) {
        if at < self.numbers.len() {
            Arc::make_mut(&mut self.ids).remove(at);
            self.numbers.remove(at);
        }
        self.own = 0;
    }

    /// Whether the folder has these files and no others, and all of them are as
    /// they were; `false` where that takes a look at what is there.
    pub(super) fn is_of(&self, folder: &Folder, basis: &str) -> bool {
        let own = folder.own_stamp().map_or(0, |(own, _)| own);
        if own == 0 || own != self.own || self.basis != basis {
            return false;
        }
        let are_same = |range: Range<usize>| {
            let numbers = self.numbers.get(range.clone()).unwrap_or_default();
            let ids = range.map(|at| self.ids.get(at).unwrap_or_default());
            folder.are_as_seen(ids.zip(numbers.iter().copied()), self.began)
        };
        let count = self.ids.len();
        if count <= MANY {
            return are_same(0..count);
        }
        let halves = both(|| are_same(0..count / 2), || are_same(count / 2..count));
        halves == (true, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_and_taken_out() {
        let mut ids = Ids::default();
        let all = ["a", "b-1", "b-22", "c"];
        assert!(all.iter().all(|id| ids.push(id)));
        let found = |ids: &Ids| all.map(|id| ids.find(id));
        assert_eq!(found(&ids), [Some(0), Some(1), Some(2), Some(3)]);
        assert_eq!(
            (ids.find("b"), ids.find("d"), ids.get(4)),
            (None, None, None)
        );
        ids.remove(1);
        assert_eq!(found(&ids), [Some(0), None, Some(1), Some(2)]);
        assert_eq!(ids.get(1), Some("b-22"));
        ids.remove(2);
        ids.remove(0);
        ids.remove(5);
        assert_eq!((ids.len(), ids.get(0)), (1, Some("b-22")));
        ids.remove(0);
        assert!(ids.is_empty() && ids.find("b-22").is_none());
    }
}

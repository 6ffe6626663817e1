//! How much a message tells, from much to little.

/// Columns of one text, and how many of a list.
pub(super) struct Measure {
    /// Without columns for the why, it is told only to those who did not tell
    /// it.
    pub why: usize,
    pub reading: usize,
    pub need: usize,
    pub needs: usize,
    pub part: usize,
    pub parts: usize,
    pub out: usize,
    pub changes: usize,
}

impl Measure {
    const fn new([why, reading, need, needs, part, parts, out, changes]: [usize; 8]) -> Self {
        Self {
            why,
            reading,
            need,
            needs,
            part,
            parts,
            out,
            changes,
        }
    }
}

/// The first that fits is taken. Detail goes first where it is missed least;
/// the needs keep theirs longest, and five of them are always told: what has no
/// letter cannot be put in order, and is agreed to unseen.
pub(super) const MEASURES: [Measure; 13] = [
    Measure::new([160, 160, 160, 9, 160, 5, 5, 6]),
    Measure::new([100, 160, 120, 9, 100, 4, 5, 6]),
    Measure::new([80, 120, 100, 9, 72, 4, 3, 5]),
    Measure::new([64, 100, 80, 9, 60, 3, 3, 5]),
    Measure::new([56, 72, 72, 9, 60, 3, 2, 4]),
    Measure::new([56, 64, 64, 9, 48, 3, 2, 4]),
    Measure::new([56, 64, 56, 9, 44, 2, 2, 4]),
    Measure::new([52, 60, 48, 9, 44, 2, 2, 4]),
    Measure::new([48, 56, 44, 9, 44, 1, 1, 4]),
    Measure::new([44, 48, 40, 9, 36, 1, 1, 4]),
    Measure::new([0, 48, 40, 9, 36, 1, 1, 4]),
    Measure::new([0, 48, 36, 7, 36, 1, 1, 4]),
    Measure::new([0, 44, 36, 5, 36, 1, 1, 4]),
];

/// Columns of the why for those who did not tell it.
pub(super) const LEAST_WHY: usize = 56;

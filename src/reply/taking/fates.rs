//! What becomes of a piece beside the others: two for one question, a yes
//! beside an objection.

use crate::domain::BriefId;
use crate::domain::reply::Given;

use super::super::{Certainty, Target};
use super::{Row, Taking};

/// What becomes of a row beside the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It counts as it is.
    Counts,
    /// It answers a question together with these rows.
    With(Vec<usize>),
    /// A later row says something else, which counts; this one is kept as a
    /// remark.
    GivesWay(usize),
    /// A yes beside an objection, which signs nothing.
    NoYes(usize),
    /// A yes to an older version, which signs nothing; kept as a remark.
    Old,
    Dropped,
}

impl Taking {
    /// What becomes of each row beside the others.
    pub fn fates(&self) -> Vec<Fate> {
        let mut fates = vec![Fate::Counts; self.rows.len()];
        let set = |fates: &mut Vec<Fate>, at: usize, fate: Fate| {
            if let Some(place) = fates.get_mut(at) {
                *place = fate;
            }
        };
        for (at, row) in self.rows.iter().enumerate() {
            match &row.take {
                None => set(&mut fates, at, Fate::Dropped),
                Some(Target::OldYes { .. }) => set(&mut fates, at, Fate::Old),
                Some(Target::Yes { brief, .. }) => {
                    if let Some(no) = self.objection(brief) {
                        set(&mut fates, at, Fate::NoYes(no));
                    }
                }
                Some(Target::Order { brief, .. }) => {
                    let later = self.rows.iter().enumerate().skip(at + 1);
                    let mut later = later.filter(|(_, r)| {
                        matches!(&r.take, Some(Target::Order { brief: b, .. }) if b == brief)
                    });
                    if let Some((last, _)) = later.next_back() {
                        set(&mut fates, at, Fate::GivesWay(last));
                    }
                }
                Some(Target::Answer { .. }) => {
                    let all = self.same_question(at);
                    let counts = self.counting(&all);
                    let with: Vec<usize> = counts.iter().copied().filter(|a| *a != at).collect();
                    match counts.last() {
                        Some(last) if !counts.contains(&at) => {
                            set(&mut fates, at, Fate::GivesWay(*last));
                        }
                        _ if !with.is_empty() => set(&mut fates, at, Fate::With(with)),
                        _ => {}
                    }
                }
                Some(Target::Objection { .. } | Target::Remark) => {}
            }
        }
        fates
    }

    fn objection(&self, of: &BriefId) -> Option<usize> {
        self.rows
            .iter()
            .position(|row| matches!(&row.take, Some(Target::Objection { brief }) if brief == of))
    }

    /// All rows that answer the same question as this one.
    fn same_question(&self, at: usize) -> Vec<usize> {
        let of = |at: usize| match &self.rows.get(at)?.take {
            Some(Target::Answer {
                brief, question, ..
            }) => Some((brief, question)),
            _ => None,
        };
        let mine = of(at);
        (0..self.rows.len())
            .filter(|other| mine.is_some() && of(*other) == mine)
            .collect()
    }

    /// Those of some answers to one question that count: all that can stand
    /// beside the last one. A pick or a day stands only beside the same.
    fn counting(&self, all: &[usize]) -> Vec<usize> {
        let Some(last) = all.iter().rev().find(|at| self.picks(**at)) else {
            // Words, and a yes or no: the last of yes and no decides.
            let said = |at: &usize| match self.given_at(*at) {
                Some(Given::Words) | None => None,
                Some(given) => Some(given.clone()),
            };
            let decided = all.iter().rev().find_map(said);
            let mut counts = all.to_vec();
            counts.retain(|at| said(at).is_none_or(|given| Some(given) == decided));
            return counts;
        };
        let pick = self.given_at(*last);
        let mut counts = all.to_vec();
        counts.retain(|at| self.given_at(*at) == pick);
        counts
    }

    fn picks(&self, at: usize) -> bool {
        matches!(self.given_at(at), Some(Given::Reading(_) | Given::Day(_)))
    }

    pub(super) fn given_at(&self, at: usize) -> Option<&Given> {
        match &self.rows.get(at)?.take {
            Some(Target::Answer { given, .. }) => Some(given),
            _ => None,
        }
    }

    /// Takes only what was named for certain and stands unchallenged; the rest
    /// becomes remarks. Gives back the places of those rows.
    pub fn keep_exact(&mut self) -> Vec<usize> {
        let sure = |row: &Row| row.piece.certainty == Certainty::Exact && !row.is_changed();
        let proposed = self.fates();
        let is_left = |(at, row): (usize, &Row)| match proposed.get(at) {
            _ if !sure(row) => true,
            // Whoever says two things about one question is asked which.
            Some(Fate::With(others)) => !others.iter().all(|o| self.rows.get(*o).is_some_and(sure)),
            Some(Fate::Counts) => match &row.take {
                Some(Target::Answer { .. }) => self.same_question(at).len() > 1,
                Some(Target::Order { brief, .. }) => self.rows.iter().enumerate().any(|(o, r)| {
                    o != at && matches!(&r.take, Some(Target::Order { brief: b, .. }) if b == brief)
                }),
                _ => false,
            },
            _ => true,
        };
        let left: Vec<usize> = self
            .rows
            .iter()
            .enumerate()
            .filter(|r| is_left(*r))
            .map(|(at, _)| at)
            .collect();
        for at in &left {
            self.take(*at, Some(Target::Remark));
        }
        left
    }
}

//! What is made of the pieces of a reply: each is taken for what it was
//! matched to, moved to something else, or dropped. Both the command line and
//! the interface show these rows before anything is recorded.

mod outcome;
mod sender;
mod telling;
#[cfg(test)]
mod tests;

pub use outcome::Outcome;
pub use sender::{Sender, Why, brief_of, is_stranger, sender, sheets};
pub use telling::{difference, fate, option, put, sheet_lines, target};

use super::{Certainty, Letter, Piece, Target, understand};
use crate::domain::reply::{Given, Reply, Taken};
use crate::domain::{BriefId, Code, Day, ItemId, Sheet};

/// The place among the drafts of a brief where a reply that is being taken in
/// is kept. It has a hyphen, which no question's id has.
pub const DRAFT: &str = "their-reply";

/// Remarks that are kept beside the reply as it came, and their length in
/// characters.
const MOST_REMARKS: usize = 100;
const LONGEST_REMARK: usize = 1000;

/// A piece and what it is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub piece: Piece,
    /// `None` drops the match; the words stay in the reply.
    pub take: Option<Target>,
}

impl Row {
    /// Whether it was moved or dropped.
    pub fn is_changed(&self) -> bool {
        self.take.as_ref() != Some(&self.piece.target)
    }
}

/// A reply while it is looked through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taking {
    sheets: Vec<Sheet>,
    rows: Vec<Row>,
    today: Day,
}

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

/// How a reply came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Came {
    /// All of it.
    pub words: String,
    pub via: String,
    pub on: Day,
}

impl Taking {
    /// The pieces of a letter, each taken for what it was matched to. `sheets`
    /// are what its writer was asked, the brief at hand first.
    pub fn of(letter: &Letter, sheets: Vec<Sheet>, today: Day) -> Self {
        let pieces = understand(letter, &sheets, today);
        Self::new(pieces, sheets, letter.on.unwrap_or(today))
    }

    /// The same for pieces that are there already; `today` is the day on which
    /// they were written.
    pub fn new(pieces: Vec<Piece>, sheets: Vec<Sheet>, today: Day) -> Self {
        let rows = pieces.into_iter().map(|piece| Row {
            take: Some(match piece.certainty {
                Certainty::Open => Target::Remark,
                _ => piece.target.clone(),
            }),
            piece,
        });
        Self {
            rows: rows.collect(),
            sheets,
            today,
        }
    }

    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// Whether it was made from what the briefs say now: else the matches are
    /// to be made and looked at again.
    pub fn fits(&self, sheets: &[Sheet]) -> bool {
        self.sheets == sheets
    }

    /// What a row can be taken for, without what it is taken for now: what it
    /// was matched to, each question, an order where it reads as one, an
    /// objection, a remark, nothing.
    pub fn targets(&self, at: usize) -> Vec<Option<Target>> {
        let Some(row) = self.rows.get(at) else {
            return Vec::new();
        };
        let mut targets = vec![Some(row.piece.target.clone())];
        for sheet in &self.sheets {
            for put in &sheet.puts {
                let same = |target: &Option<Target>| {
                    matches!(target,
                    Some(Target::Answer { brief, question, .. })
                        if *brief == sheet.brief && *question == put.question)
                };
                if !targets.iter().any(same) {
                    targets.push(Some(Target::Answer {
                        brief: sheet.brief.clone(),
                        question: put.question.clone(),
                        given: self.given(sheet, put.number, &put.question, &row.piece.words),
                    }));
                }
            }
        }
        for sheet in &self.sheets {
            targets.extend(self.order(sheet, &row.piece.words).map(Some));
        }
        for sheet in &self.sheets {
            let brief = sheet.brief.clone();
            targets.push(Some(Target::Objection { brief }));
        }
        targets.push(Some(Target::Remark));
        targets.push(None);
        let mut others: Vec<Option<Target>> = Vec::new();
        for target in targets {
            if target != row.take && !others.contains(&target) {
                others.push(target);
            }
        }
        others
    }

    /// What words are as the answer to a question: read as if their writer had
    /// put its number in front.
    fn given(&self, sheet: &Sheet, number: usize, question: &str, words: &str) -> Given {
        let found = self.read_as(sheet, &format!("{number}. {words}"));
        match found {
            Some(Target::Answer {
                brief,
                question: found,
                given,
            }) if brief == sheet.brief && found == question => given,
            _ => Given::Words,
        }
    }

    fn order(&self, sheet: &Sheet, words: &str) -> Option<Target> {
        let found = self.read_as(sheet, &format!("Order: {words}"))?;
        matches!(&found, Target::Order { .. }).then_some(found)
    }

    /// What a text that stands alone is matched to, if it is one piece.
    fn read_as(&self, sheet: &Sheet, text: &str) -> Option<Target> {
        let letter = Letter {
            text: text.to_owned(),
            on: Some(self.today),
            ..Letter::default()
        };
        let pieces = understand(&letter, std::slice::from_ref(sheet), self.today);
        match <[Piece; 1]>::try_from(pieces) {
            Ok([piece]) if piece.certainty > Certainty::Open => Some(piece.target),
            _ => None,
        }
    }

    /// Takes a row for something else, or for nothing.
    pub fn take(&mut self, at: usize, target: Option<Target>) {
        if let Some(row) = self.rows.get_mut(at) {
            row.take = target;
        }
    }

    /// Drops a row, or takes it up again for what it was matched to.
    pub fn toggle(&mut self, at: usize) {
        if let Some(row) = self.rows.get_mut(at) {
            row.take = match row.take {
                Some(_) => None,
                None => Some(row.piece.target.clone()),
            };
        }
    }

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
                    let later = later.filter(|(_, r)| {
                        matches!(&r.take, Some(Target::Order { brief: b, .. }) if b == brief)
                    });
                    if let Some((last, _)) = later.last() {
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

    fn given_at(&self, at: usize) -> Option<&Given> {
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

    /// What is to be recorded, a reply for each brief that it says something
    /// about. What is about none of them goes with the brief at hand.
    pub fn replies(&self, came: &Came) -> Vec<(BriefId, Reply)> {
        let fates = self.fates();
        let mut replies: Vec<(BriefId, Reply)> = Vec::new();
        for (place, sheet) in self.sheets.iter().enumerate() {
            let reply = Reply {
                by: sheet.to.clone(),
                words: came.words.clone(),
                via: came.via.clone(),
                on: came.on,
                taken: self.taken(sheet, &fates),
                remarks: self.remarks(sheet, &fates, place == 0),
            };
            replies.push((sheet.brief.clone(), reply));
        }
        let says = |reply: &Reply| !reply.taken.is_empty() || !reply.remarks.is_empty();
        let any = replies.iter().any(|(_, reply)| says(reply));
        let mut first = true;
        replies.retain(|(_, reply)| {
            let is_first = std::mem::replace(&mut first, false);
            says(reply) || (is_first && !any)
        });
        replies
    }

    fn taken(&self, sheet: &Sheet, fates: &[Fate]) -> Vec<Taken> {
        let rows = self.rows.iter().zip(fates).enumerate();
        let mine = rows.filter(|(_, (row, _))| brief_at(row) == Some(&sheet.brief));
        let mut taken: Vec<Taken> = Vec::new();
        let mut objection: Vec<&str> = Vec::new();
        for (at, (row, fate)) in mine {
            let words = row.piece.words.trim();
            match (&row.take, fate) {
                (Some(Target::Objection { .. }), _) => objection.push(words),
                (_, Fate::GivesWay(_) | Fate::NoYes(_) | Fate::Old | Fate::Dropped) => {}
                (Some(Target::Answer { question, .. }), Fate::With(others)) => {
                    // Told once, at the first of them.
                    if others.iter().all(|other| *other > at) {
                        let mut all = vec![at];
                        all.extend(others);
                        taken.push(self.joined(sheet, question, &all));
                    }
                }
                (
                    Some(Target::Answer {
                        question, given, ..
                    }),
                    _,
                ) => taken.push(Taken::Answer {
                    question: question.clone(),
                    words: words.to_owned(),
                    given: given.clone(),
                }),
                (Some(Target::Order { needs, .. }), _) => taken.push(Taken::Order(needs.clone())),
                (Some(Target::Yes { code, .. }), _) => push_yes(&mut taken, *code, words),
                (Some(Target::OldYes { .. } | Target::Remark) | None, _) => {}
            }
        }
        if !objection.is_empty() {
            taken.push(Taken::Objection(objection.join("\n")));
        }
        taken
    }

    /// Several rows as one answer.
    fn joined(&self, sheet: &Sheet, question: &str, all: &[usize]) -> Taken {
        let guess = sheet.puts.iter().find(|p| p.question == question);
        let guess = guess.map_or("", |p| p.guess.trim());
        let givens: Vec<&Given> = all.iter().filter_map(|at| self.given_at(*at)).collect();
        let is_one = givens.windows(2).all(|two| two[0] == two[1]);
        let given = match givens.first() {
            Some(first) if is_one => (*first).clone(),
            // What was wrong belongs to what is right instead.
            _ if givens.contains(&&Given::No) => Given::No,
            _ => Given::Words,
        };
        let words = all.iter().filter_map(|at| {
            let words = self.rows.get(*at)?.piece.words.trim();
            // A yes beside other words: what it said yes to must not get lost.
            let is_yes = self.given_at(*at) == Some(&Given::Yes);
            Some(match is_yes && !is_one && !guess.is_empty() {
                true => format!("{words} ({guess})"),
                false => words.to_owned(),
            })
        });
        Taken::Answer {
            question: question.to_owned(),
            words: words.collect::<Vec<_>>().join("; "),
            given,
        }
    }

    fn remarks(&self, sheet: &Sheet, fates: &[Fate], is_first: bool) -> Vec<String> {
        let rows = self.rows.iter().zip(fates);
        let kept = rows.filter(|(row, fate)| match (&row.take, fate) {
            (Some(Target::Remark), _) => is_first,
            (Some(_), Fate::GivesWay(_) | Fate::Old) => brief_at(row) == Some(&sheet.brief),
            _ => false,
        });
        let mut kept: Vec<&str> = kept
            .map(|(row, _)| row.piece.words.trim())
            .filter(|words| !words.is_empty())
            .collect();
        let more = kept.len().saturating_sub(MOST_REMARKS);
        kept.truncate(MOST_REMARKS);
        let mut kept: Vec<String> = kept.into_iter().map(begin).collect();
        if more > 0 {
            kept.push(format!("\u{2026} and {more} more in the reply"));
        }
        kept
    }
}

/// The beginning of a remark that is long: all of it stands in the reply, and a
/// brief has room for that once.
fn begin(words: &str) -> String {
    match words.char_indices().nth(LONGEST_REMARK) {
        Some((end, _)) => format!("{}\u{2026}", words.get(..end).unwrap_or_default()),
        None => words.to_owned(),
    }
}

/// One yes for each code, with all words of it.
fn push_yes(taken: &mut Vec<Taken>, code: Code, words: &str) {
    let same = taken.iter_mut().find_map(|t| match t {
        Taken::Yes { code: c, words } if *c == code => Some(words),
        _ => None,
    });
    match same {
        Some(all) => {
            all.push('\n');
            all.push_str(words);
        }
        None => taken.push(Taken::Yes {
            code,
            words: words.to_owned(),
        }),
    }
}

/// The brief that a row says something about.
fn brief_at(row: &Row) -> Option<&BriefId> {
    match row.take.as_ref()? {
        Target::Answer { brief, .. }
        | Target::Order { brief, .. }
        | Target::Yes { brief, .. }
        | Target::OldYes { brief, .. }
        | Target::Objection { brief } => Some(brief),
        Target::Remark => None,
    }
}

/// The letters of some needs, as the sheet shows them: `B, A, C`.
fn letters(sheet: &Sheet, needs: &[ItemId]) -> String {
    let letter = |id: &ItemId| {
        let at = sheet.needs.iter().position(|(need, _)| need == id);
        at.and_then(|at| sheet.letter(at))
            .map_or_else(|| id.to_string(), String::from)
    };
    needs.iter().map(letter).collect::<Vec<_>>().join(", ")
}

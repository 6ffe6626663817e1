//! What is recorded of a reply, for each brief that it says something about.

use crate::domain::reply::{Given, Reply, Taken};
use crate::domain::{BriefId, Code, Sheet};

use super::super::Target;
use super::{Came, Fate, Taking, brief_at};

/// Remarks that are kept beside the reply as it came, and their length in
/// characters.
const MOST_REMARKS: usize = 100;
const LONGEST_REMARK: usize = 1000;

impl Taking {
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

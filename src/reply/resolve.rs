//! What names nothing by itself, seen beside all the rest of the reply.

use super::asked::{Asked, At};
use super::make::remark;
use super::parts::Below;
use super::understand::{Found, Raw, Reader};
use super::values::{self, Fit};
use super::{Certainty, Piece, Target, vocabulary};
use crate::domain::Code;
use crate::domain::own_words::plain;
use crate::domain::reply::Given;
use crate::domain::sheet::Takes;

/// Longer words are no guess of ours (bytes).
const LONG: usize = 4000;
/// So many sentences with codes are compared with each other.
const MOST: usize = 20;

/// A kind of question, and how the only one of it is called.
type Kind<'a> = (&'a dyn Fn(&Takes) -> bool, &'static str);

impl Reader<'_> {
    /// The pieces, in the order in which they stand.
    pub fn resolve(&self, raws: Vec<Raw>) -> Vec<Piece> {
        let mut answered: Vec<At> = Vec::new();
        for raw in &raws {
            let put = match raw {
                Raw::Found(found) => found.put,
                Raw::Free { below, .. } => below.map(|below| below.put),
                _ => None,
            };
            answered.extend(put.filter(|put| !answered.contains(put)));
        }
        let has_code = raws.iter().any(|raw| matches!(raw, Raw::Code(_)));
        let alone = raws.len() == 1;
        // "Looks good!" above "OK 7K2M9Q" belongs to it.
        let is_padding = |raw: &Raw| match raw {
            Raw::Free { words, below: None } => has_code && vocabulary::is_padding(words),
            _ => false,
        };
        let padding: Vec<String> = raws
            .iter()
            .filter(|raw| is_padding(raw))
            .filter_map(|raw| match raw {
                Raw::Free { words, .. } => Some(words.clone()),
                _ => None,
            })
            .collect();
        let mut found: Vec<Result<Found, String>> = Vec::new();
        let mut spoken: Vec<String> = Vec::new();
        let mut named: Vec<Code> = Vec::new();
        for raw in raws {
            if is_padding(&raw) {
                continue;
            }
            let more = match raw {
                Raw::Code(sentence) => {
                    // The same once more says no more.
                    let said = plain(&sentence);
                    if !spoken.contains(&said) {
                        if spoken.len() < MOST {
                            spoken.push(said);
                        }
                        for given in super::yes::codes(&sentence, self.asked) {
                            if !named.contains(&given.code) {
                                named.push(given.code);
                            }
                        }
                        found.push(Err(sentence));
                    }
                    continue;
                }
                Raw::Found(one) => {
                    found.push(Ok(one));
                    continue;
                }
                Raw::Rest(words) => self.rest(&words, &answered, has_code),
                Raw::Free {
                    words,
                    below: Some(below),
                } => vec![self.below(words, below)],
                Raw::Free { words, below: None } => self.bare(words, &answered, alone, has_code),
            };
            // One answer to a question; what follows it is something else.
            for raw in &more {
                if let Raw::Found(Found { put: Some(put), .. }) = raw
                    && !answered.contains(put)
                {
                    answered.push(*put);
                }
            }
            found.extend(more.into_iter().filter_map(|raw| match raw {
                Raw::Found(found) => Some(Ok(found)),
                _ => None,
            }));
        }
        // A yes with its code is plain where all else is.
        let clean = found.iter().all(|one| match one {
            Ok(one) => {
                one.apart && one.piece.target == Target::Remark
                    || one.piece.certainty == Certainty::Exact
                        && !matches!(one.piece.target, Target::Objection { .. })
            }
            Err(_) => true,
        });
        let mut pieces = Vec::new();
        let mut padding = Some(padding);
        for one in found {
            match one {
                Ok(found) => pieces.push(found.piece),
                Err(sentence) => {
                    let padding = padding.take().unwrap_or_default();
                    let several = named.len() > 1 && self.asked.active.len() < 2;
                    let raws = self.code(sentence, &padding, clean && !several);
                    pieces.extend(raws.into_iter().filter_map(|raw| match raw {
                        Raw::Found(found) => Some(found.piece),
                        _ => None,
                    }));
                }
            }
        }
        pieces
    }

    /// "OK otherwise": the guesses of what was not answered are right.
    fn rest(&self, words: &str, answered: &[At], has_code: bool) -> Vec<Raw> {
        let puts = self
            .asked
            .puts()
            .filter(|(at, put)| !answered.contains(at) && !put.guess.is_empty());
        let raws: Vec<Raw> = puts
            .map(|(at, put)| {
                let value = values::yes(put);
                let mut why = "a yes to the rest".to_owned();
                if !value.doubt.is_empty() {
                    why.push_str("; ");
                    why.push_str(value.doubt);
                }
                self.answer(at, words.to_owned(), value.given, false, why)
            })
            .collect();
        if !raws.is_empty() {
            return raws;
        }
        let why = if has_code {
            "beside a code"
        } else {
            "a yes without the code signs nothing"
        };
        vec![remark(words.to_owned(), why)]
    }

    /// Words below a quoted question.
    fn below(&self, words: String, below: Below) -> Raw {
        let Some(put) = self.asked.put(below.put) else {
            return remark(words, "it fits no question");
        };
        let value = values::value(&words, put, self.when);
        let sure = below.sure && value.fit == Fit::Right;
        let mut why = format!("below question {}", put.number);
        if !value.doubt.is_empty() {
            why.push_str("; ");
            why.push_str(value.doubt);
        }
        self.answer(below.put, words, value.given, sure, why)
    }

    /// A paragraph that names nothing.
    fn bare(&self, words: String, answered: &[At], alone: bool, has_code: bool) -> Vec<Raw> {
        let brief = self
            .asked
            .active
            .first()
            .and_then(|at| self.asked.sheets.get(*at));
        let Some(sheet) = brief else {
            return vec![remark(words, "it fits no question")];
        };
        let only = self
            .asked
            .only(|_| true)
            .filter(|at| !answered.contains(at));
        let is_yes = vocabulary::is_yes(&words);
        if is_yes || vocabulary::is_fine(&words) {
            let guessed = only.and_then(|at| self.asked.put(at).map(|put| (at, put)));
            let Some((at, put)) = guessed else {
                return self.rest(&words, answered, has_code);
            };
            let value = values::value(&words, put, self.when);
            let sure = alone
                && is_yes
                && value.fit == Fit::Right
                && !put.guess.is_empty()
                && self.shaky.is_none();
            return vec![self.answer(
                at,
                words,
                value.given,
                sure,
                why("the only question", value.doubt),
            )];
        }
        if vocabulary::yes_but(&words) || vocabulary::begins_with_but(&words) && answered.is_empty()
        {
            return vec![self.objection(&sheet.brief, words, false, "a yes with a condition")];
        }
        if let Some(at) = only
            && let Some(put) = self.asked.put(at)
        {
            let value = values::value(&words, put, self.when);
            let plain_no = vocabulary::begins_with_no(&words)
                && put.guess.is_empty()
                && value.given != Given::No;
            if !plain_no {
                let named =
                    value.fit == Fit::Right && !is_letter(&words) && value.given != Given::No;
                let sure = alone
                    && named
                    && self.shaky.is_none()
                    && says_it_whole(&value.given, &words, self.asked, at);
                return vec![self.answer(
                    at,
                    words,
                    value.given,
                    sure,
                    why("the only question", value.doubt),
                )];
            }
        }
        if vocabulary::is_no(&words) || vocabulary::begins_with_no(&words) {
            return vec![self.objection(&sheet.brief, words, false, "they say no")];
        }
        if let Some(raw) = self.of_its_kind(&words, answered) {
            return vec![raw];
        }
        let reason = match super::marks::mark(&words) {
            Some((super::marks::Mark::Numbers(list, _), _)) => {
                let strange = list
                    .iter()
                    .find(|n| self.asked.numbered(n.number).is_none());
                strange.map(|n| format!("there is no question {}", n.number))
            }
            _ => None,
        };
        vec![remark(
            words,
            reason.as_deref().unwrap_or("it fits no question"),
        )]
    }

    /// "b" where one question has choices, a day where one asks for a day.
    fn of_its_kind(&self, words: &str, answered: &[At]) -> Option<Raw> {
        let kinds: [Kind<'_>; 2] = [
            (
                &|t| matches!(t, Takes::OneOf(_)),
                "the only question with choices",
            ),
            (&|t| matches!(t, Takes::Day), "the only question for a day"),
        ];
        for (kind, reason) in kinds {
            let at = self
                .asked
                .only(|put| kind(&put.takes))
                .filter(|at| !answered.contains(at));
            let Some((at, put)) = at.and_then(|at| Some((at, self.asked.put(at)?))) else {
                continue;
            };
            let value = values::value(words, put, self.when);
            if value.fit == Fit::Right && matches!(value.given, Given::Reading(_) | Given::Day(_)) {
                let whole = matches!(value.given, Given::Reading(_))
                    && says_it_whole(&value.given, words, self.asked, at);
                let sure = whole && self.shaky.is_none();
                let reason = if whole {
                    "the text of a choice"
                } else {
                    reason
                };
                return Some(self.answer(
                    at,
                    words.to_owned(),
                    value.given,
                    sure,
                    reason.to_owned(),
                ));
            }
        }
        if words.len() > LONG {
            return None;
        }
        // The guess of one question, in its own words.
        let said = plain(words);
        let mut same = self.asked.puts().filter(|(at, put)| {
            !answered.contains(at) && !put.guess.is_empty() && plain(&put.guess) == said
        });
        let (at, put) = same.next().filter(|_| !said.is_empty())?;
        if same.next().is_some() {
            return None;
        }
        let value = values::yes(put);
        Some(self.answer(
            at,
            words.to_owned(),
            value.given,
            false,
            "the guess, word by word".to_owned(),
        ))
    }
}

fn why(reason: &str, doubt: &str) -> String {
    if doubt.is_empty() {
        reason.to_owned()
    } else {
        format!("{reason}; {doubt}")
    }
}

fn is_letter(words: &str) -> bool {
    plain(words).chars().count() == 1
}

/// Whether the words are the whole text of a choice or of the guess, or a day.
fn says_it_whole(given: &Given, words: &str, asked: &Asked<'_>, at: At) -> bool {
    let Some(put) = asked.put(at) else {
        return false;
    };
    let said = plain(words);
    match given {
        Given::Reading(id) => match &put.takes {
            Takes::OneOf(of) => of
                .iter()
                .any(|(of, text)| of == id && plain(text) == said && said.len() > 1),
            _ => false,
        },
        Given::Day(_) => true,
        Given::Yes => !put.guess.is_empty() && plain(&put.guess) == said,
        Given::No | Given::Words => false,
    }
}

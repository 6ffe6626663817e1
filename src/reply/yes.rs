//! A yes and its code, and what stands beside it.

use super::asked::Asked;
use super::make::remark;
use super::understand::{Found, Raw, Reader};
use super::{Certainty, Piece, Target, vocabulary};
use crate::domain::code::CodeError;
use crate::domain::code_in::{self, codes_in_line};
use crate::domain::{Code, Sheet, own_words, text};

/// The same letters are found in several ways, one after the other.
const LATELY: usize = 4;

/// A code of ours in a sentence.
pub struct Given<'a> {
    pub code: Code,
    pub sheet: &'a Sheet,
    pub is_today: bool,
    pub after_ok: bool,
    looks_meant: bool,
    range: std::ops::Range<usize>,
}

/// The codes of the sheets in a sentence of own words.
pub fn codes<'a>(sentence: &str, asked: &Asked<'a>) -> Vec<Given<'a>> {
    let mut given: Vec<Given<'a>> = Vec::new();
    for found in codes_in_line(sentence) {
        let Some((sheet, is_today)) = asked.of_code(found.code) else {
            continue;
        };
        let seen = given
            .iter()
            .rev()
            .take(LATELY)
            .any(|g| g.code == found.code && g.range.end == found.range.end);
        if (found.after_ok || found.looks_meant) && !seen {
            given.push(Given {
                code: found.code,
                sheet,
                is_today,
                after_ok: found.after_ok,
                looks_meant: found.looks_meant,
                range: found.range,
            });
        }
    }
    given
}

/// Why what stands in the place of a code is none of ours.
pub fn near(sentence: &str) -> Option<String> {
    let bytes = sentence.as_bytes();
    if !bytes.windows(2).any(|two| two.eq_ignore_ascii_case(b"ok")) {
        return None;
    }
    let foreign = codes_in_line(sentence)
        .into_iter()
        .find(|f| f.after_ok && f.looks_meant);
    if let Some(found) = foreign {
        return Some(format!("{} is no code of these briefs", found.code));
    }
    let typed = code_in::code_like_in_line(sentence)?;
    let typed = typed.trim_matches(|c: char| !c.is_alphanumeric());
    let shown = text::fit(typed, 12);
    match Code::parse(typed) {
        Err(CodeError::Check) => Some(format!(
            "a letter of the code {shown} is wrong: it signs nothing"
        )),
        Err(CodeError::Length(_)) => Some(format!("{shown} is no whole code: it signs nothing")),
        _ => None,
    }
}

impl Reader<'_> {
    /// What a sentence with codes of ours comes to. `clean` where the rest of
    /// the reply leaves no doubt about it.
    pub fn code(&self, sentence: String, padding: &[String], clean: bool) -> Vec<Raw> {
        let given = codes(&sentence, self.asked);
        let mut words = padding.join("\n");
        if !words.is_empty() {
            words.push('\n');
        }
        words.push_str(&sentence);
        if sentence.contains(own_words::turns) {
            return vec![remark(words, "characters in it turn the reading direction")];
        }
        let mut beside = String::new();
        let mut from = 0;
        for one in &given {
            beside.push_str(sentence.get(from..one.range.start).unwrap_or_default());
            beside.push(' ');
            from = from.max(one.range.end);
        }
        beside.push_str(sentence.get(from..).unwrap_or_default());
        let alone = vocabulary::is_padding(beside.trim());
        let brief = given.first().map(|one| one.sheet.brief.clone());
        if !alone
            && (vocabulary::reservation(&beside) || vocabulary::denies(&beside))
            && let Some(brief) = brief
        {
            return vec![self.objection(&brief, words, false, "a code, but not a plain yes")];
        }
        let hidden = sentence.contains(|c: char| text::is_hidden(c) || c.is_control());
        let asks = sentence.contains('?');
        let mut raws = Vec::new();
        for (at, one) in given.iter().enumerate() {
            let before = given.get(..at).unwrap_or_default();
            if before.iter().any(|g| g.code == one.code) {
                continue;
            }
            let after_ok = given.iter().any(|g| g.code == one.code && g.after_ok);
            let several = given
                .iter()
                .any(|g| g.sheet.brief == one.sheet.brief && g.code != one.code);
            let mut why = if one.is_today {
                "the code of today's version".to_owned()
            } else {
                "the code of an older version: it signs nothing".to_owned()
            };
            let doubts = [
                (!after_ok, "without an OK before it"),
                (!one.looks_meant, "it may be a word"),
                (hidden, "with hidden characters in it"),
                (asks, "in a question"),
                (several, "beside another code"),
                (!alone, "with more words beside it"),
                (!clean, "the reply says more than that"),
            ];
            let doubt = doubts.iter().find(|(holds, _)| *holds);
            if let Some((_, doubt)) = doubt {
                why.push_str("; ");
                why.push_str(doubt);
            }
            let target = if one.is_today {
                Target::Yes {
                    brief: one.sheet.brief.clone(),
                    code: one.code,
                }
            } else {
                Target::OldYes {
                    brief: one.sheet.brief.clone(),
                    code: one.code,
                }
            };
            raws.push(Raw::Found(Found {
                piece: Piece {
                    words: words.clone(),
                    target,
                    certainty: if doubt.is_none() {
                        Certainty::Exact
                    } else {
                        Certainty::Likely
                    },
                    why,
                },
                put: None,
                apart: false,
            }));
        }
        if raws.is_empty() {
            raws.push(remark(words, "it fits no question"));
        }
        raws
    }
}

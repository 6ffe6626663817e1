//! From the pieces of a reply to what each may mean.

use super::asked::{Asked, At};
use super::items::{self, Item};
use super::make::remark;
use super::marks::{Form, Mark, Numbered, mark};
use super::parts::{self, Below};
use super::values::{self, Fit, Value, When};
use super::{Certainty, Letter, Piece, Target, orders, vocabulary, yes};
use crate::domain::own_words::{is_thanks, plain};
use crate::domain::reply::Given;
use crate::domain::sheet::{Put, Takes};
use crate::domain::{Day, Sheet};

/// What was found, with what the others have to know of it.
pub struct Found {
    pub piece: Piece,
    /// The question that it answers.
    pub put: Option<At>,
    /// Set apart by themselves ("Also: ..."): it disturbs no yes.
    pub apart: bool,
}

/// What a stretch of words was found to be, before all of them are known.
pub enum Raw {
    Found(Found),
    /// A sentence with a code of ours in it.
    Code(String),
    /// "OK otherwise".
    Rest(String),
    /// A paragraph that names nothing.
    Free {
        words: String,
        below: Option<Below>,
    },
}

pub struct Reader<'a> {
    pub asked: &'a Asked<'a>,
    pub when: When,
    pub shaky: Option<&'static str>,
    pub other: Vec<usize>,
}

pub fn understand(letter: &Letter, sheets: &[Sheet], today: Day) -> Vec<Piece> {
    let mut asked = Asked::new(sheets);
    let taken = parts::take(letter, &mut asked);
    let reader = Reader {
        asked: &asked,
        when: When {
            day: letter.on.unwrap_or(today),
            known: letter.on.is_some(),
        },
        shaky: taken.shaky,
        other: taken.other,
    };
    let mut raws = Vec::new();
    let all: Vec<(Vec<Item>, Option<Below>)> = taken
        .parts
        .iter()
        .map(|part| (items::items(part, &asked, reader.when), part.below))
        .collect();
    let numbering = Numbering::of(&all, &asked);
    for (items, below) in all {
        reader.part(items, below, &numbering, &mut raws);
    }
    if !taken.rest.trim().is_empty() {
        let rest = taken.rest.trim().to_owned();
        raws.push(remark(rest, "below more lines than are read one by one"));
    }
    reader.resolve(raws)
}

/// What the numbers of a reply tell about each other.
struct Numbering {
    /// Numbers that no question has: it is a list of their own.
    strange: bool,
    twice: Vec<usize>,
}

impl Numbering {
    fn of(all: &[(Vec<Item>, Option<Below>)], asked: &Asked<'_>) -> Self {
        let mut seen: Vec<usize> = Vec::new();
        let mut numbering = Self {
            strange: false,
            twice: Vec::new(),
        };
        for (items, _) in all {
            for item in items {
                match item {
                    Item::Numbers { list, .. } => {
                        for n in list {
                            numbering.strange |= asked.numbered(n.number).is_none();
                            if !seen.contains(&n.number) {
                                seen.push(n.number);
                            } else if !numbering.twice.contains(&n.number) {
                                numbering.twice.push(n.number);
                            }
                        }
                    }
                    Item::Free(sentences) if !numbering.strange => {
                        numbering.strange = sentences.iter().any(|s| {
                            matches!(mark(s), Some((Mark::Numbers(list, Form::Clear), _))
                                if list.iter().all(|n| asked.numbered(n.number).is_none()))
                        });
                    }
                    _ => {}
                }
            }
        }
        numbering
    }
}

impl Reader<'_> {
    fn part(
        &self,
        items: Vec<Item>,
        below: Option<Below>,
        numbering: &Numbering,
        raws: &mut Vec<Raw>,
    ) {
        // Numbers of their own below a question are no numbers of questions.
        let number = below.and_then(|b| self.asked.put(b.put)).map(|p| p.number);
        let own_list = number.is_some_and(|number| {
            items.iter().any(|item| {
                matches!(item, Item::Numbers { list, .. } if list.iter().any(|n| n.number != number))
            })
        });
        let mut below = below;
        let mut announced = false;
        for item in items {
            match item {
                Item::Listed(words) => {
                    for mut order in orders::read(&words, self.asked, true) {
                        order.sure = false;
                        order.why = "a list of the letters of all needs".to_owned();
                        raws.push(self.order(order, &words, None));
                    }
                }
                Item::Numbers { list, words, .. } if own_list => {
                    let numbers: Vec<String> = list.iter().map(|n| n.number.to_string()).collect();
                    let words = format!("{}. {words}", numbers.join(", "));
                    raws.push(Raw::Free {
                        words,
                        below: below.map(|b| Below { sure: false, ..b }),
                    });
                }
                Item::Numbers {
                    list,
                    form,
                    words,
                    doubt,
                } => {
                    let doubt = match (doubt, announced) {
                        (_, true) => "below words that announce a list",
                        (true, _) => "where it ends is not certain",
                        _ => "",
                    };
                    self.numbers(&list, form, &words, doubt, numbering, raws);
                    below = None;
                }
                Item::Order(words) => {
                    let found = orders::read(&words, self.asked, true);
                    // With words set in below it, it is no plain order any more.
                    if found.is_empty() {
                        raws.push(Raw::Free { words, below: None });
                        continue;
                    }
                    for order in found {
                        raws.push(self.order(order, &words, None));
                    }
                }
                Item::NotYet(words) => {
                    let sheet = self.asked.active.first();
                    let sheet = sheet.and_then(|at| self.asked.sheets.get(*at));
                    raws.push(match sheet {
                        Some(sheet) => self.objection(
                            &sheet.brief,
                            words,
                            self.asked.active.len() == 1,
                            "they say not yet",
                        ),
                        None => remark(words, "it fits no question"),
                    });
                }
                Item::Also(words) => {
                    let apart = !vocabulary::begins_with_but(&words);
                    if words.trim().is_empty() {
                        continue;
                    }
                    raws.push(Raw::Found(Found {
                        piece: Piece {
                            words,
                            target: Target::Remark,
                            certainty: Certainty::Open,
                            why: "set apart by themselves".to_owned(),
                        },
                        put: None,
                        apart,
                    }));
                }
                Item::Free(sentences) => {
                    announced = sentences.last().is_some_and(|s| announces(s));
                    self.free(sentences, below.take(), numbering, raws);
                }
            }
        }
    }

    fn numbers(
        &self,
        list: &[Numbered],
        form: Form,
        words: &str,
        doubt: &str,
        numbering: &Numbering,
        raws: &mut Vec<Raw>,
    ) {
        if words.is_empty() && list.iter().all(|n| n.letter.is_none()) {
            return;
        }
        let (words, tail) = self.without_tail(words);
        let mut placed = false;
        for numbered in list {
            let Some((at, alone)) = self.asked.numbered(numbered.number) else {
                continue;
            };
            let Some(put) = self.asked.put(at) else {
                continue;
            };
            placed = true;
            let mut why = format!("number {}", numbered.number);
            let mut sure = form != Form::Sentence;
            let mut hold = |holds: bool, reason: &str| {
                if holds && sure {
                    sure = false;
                    why.push_str("; ");
                    why.push_str(reason);
                }
            };
            hold(!alone, "which two messages have");
            hold(!doubt.is_empty(), doubt);
            hold(self.shaky.is_some(), self.shaky.unwrap_or_default());
            hold(
                self.other.contains(&numbered.number),
                "which is another question in what they quote",
            );
            hold(numbering.strange, "beside numbers that were not asked");
            hold(
                numbering.twice.contains(&numbered.number),
                "which they use twice",
            );
            if matches!(put.takes, Takes::Order) {
                let orders = orders::read(&words, self.asked, true);
                if !orders.is_empty() {
                    for mut order in orders {
                        order.sure &= sure;
                        raws.push(self.order(order, &words, Some(at)));
                    }
                    continue;
                }
            }
            let value = match numbered.letter {
                Some(letter) => lettered(letter, &words, put, self.when),
                None => values::value(&words, put, self.when),
            };
            let several = list.len() > 1 && value.fit != Fit::Right;
            hold(several, "for several questions at once");
            hold(value.fit == Fit::Doubtful, value.doubt);
            let words = match numbered.letter {
                Some(letter) if words.is_empty() => letter.to_string(),
                _ => words.clone(),
            };
            if words.is_empty() {
                continue;
            }
            raws.push(self.answer(at, words, value.given, sure, why));
        }
        if !placed && !words.is_empty() {
            raws.push(Raw::Free { words, below: None });
        }
        if !tail.is_empty() {
            self.free(tail, None, numbering, raws);
        }
    }

    /// Takes "OK otherwise" and a code from the end of an answer.
    fn without_tail(&self, words: &str) -> (String, Vec<String>) {
        // One sentence has no tail.
        if !words.contains(['.', '!', '?', '\u{2026}', '\n']) {
            return (words.to_owned(), Vec::new());
        }
        let is_tail = |s: &str| vocabulary::is_rest(s) || !yes::codes(s, self.asked).is_empty();
        let mut sentences = items::sentences(&words.lines().collect::<Vec<_>>());
        if sentences.len() < 2 || !sentences.last().is_some_and(|s| is_tail(s)) {
            return (words.to_owned(), Vec::new());
        }
        let keep = sentences
            .iter()
            .rposition(|s| !is_tail(s))
            .map_or(0, |at| at + 1);
        if keep == 0 {
            return (words.to_owned(), Vec::new());
        }
        let tail = sentences.split_off(keep);
        (sentences.join(" "), tail)
    }

    /// A paragraph: its sentences, as far as they name something.
    fn free(
        &self,
        sentences: Vec<String>,
        below: Option<Below>,
        numbering: &Numbering,
        raws: &mut Vec<Raw>,
    ) {
        let mut below = below;
        let mut plain = String::new();
        let flush = |plain: &mut String, below: &mut Option<Below>, raws: &mut Vec<Raw>| {
            if !plain.is_empty() {
                raws.push(Raw::Free {
                    words: std::mem::take(plain),
                    below: below.take(),
                });
            }
        };
        let mut sentences = sentences.into_iter().peekable();
        while let Some(mut sentence) = sentences.next() {
            if is_thanks(&sentence) {
                continue;
            }
            if !yes::codes(&sentence, self.asked).is_empty() {
                flush(&mut plain, &mut below, raws);
                raws.push(Raw::Code(sentence));
                continue;
            }
            if let Some(near) = yes::near(&sentence) {
                flush(&mut plain, &mut below, raws);
                raws.push(remark(sentence, &near));
                continue;
            }
            if vocabulary::is_rest(&sentence) || vocabulary::is_all(&sentence) {
                flush(&mut plain, &mut below, raws);
                raws.push(Raw::Rest(sentence));
                continue;
            }
            let order_below = below.is_none_or(|b| {
                self.asked
                    .put(b.put)
                    .is_some_and(|p| matches!(p.takes, Takes::Order))
            });
            let found = if order_below {
                orders::read(&sentence, self.asked, below.is_some())
            } else {
                Vec::new()
            };
            if !found.is_empty() && plain.is_empty() {
                let put = below.take().map(|b| b.put);
                for order in found {
                    raws.push(self.order(order, &sentence, put));
                }
                continue;
            }
            if let Some((Mark::Numbers(list, Form::Sentence), rest)) = mark(&sentence)
                && !sentence.ends_with('?')
                && list.iter().any(|n| self.asked.numbered(n.number).is_some())
            {
                flush(&mut plain, &mut below, raws);
                let mut words = about(rest);
                // "2 is wrong. We need job profiles."
                let short = words.split(' ').count() <= 4;
                let more = |next: &String| {
                    short
                        && vocabulary::denies(&words) | vocabulary::is_no(&words)
                        && !vocabulary::is_rest(next)
                        && yes::codes(next, self.asked).is_empty()
                        && mark(next).is_none()
                        && !is_thanks(next)
                };
                if let Some(next) = sentences.next_if(more) {
                    words.push(' ');
                    words.push_str(&next);
                }
                sentence.clear();
                self.numbers(&list, Form::Sentence, &words, "", numbering, raws);
                continue;
            }
            if !plain.is_empty() {
                plain.push(' ');
            }
            plain.push_str(&sentence);
        }
        flush(&mut plain, &mut below, raws);
    }
}

/// A choice by the letter behind its number: "1b", perhaps with words.
fn lettered(letter: char, words: &str, put: &Put, when: When) -> Value {
    let Some(plain) = values::lettered(letter, put) else {
        return Value {
            given: Given::Words,
            fit: Fit::Doubtful,
            doubt: "it has no such choice",
        };
    };
    if words.is_empty() || vocabulary::is_padding(words) {
        return plain;
    }
    // The letter, and the text of it.
    let both = values::value(words, put, when);
    match both.given {
        Given::Reading(_) if both.given == plain.given && both.fit == Fit::Right => plain,
        _ => Value {
            fit: Fit::Doubtful,
            doubt: "a choice with more words",
            ..plain
        },
    }
}

/// "A few remarks:" and a list of their own below; not "my answers:".
fn announces(sentence: &str) -> bool {
    let said = plain(sentence);
    sentence.ends_with(':')
        && !said.split(' ').any(|word| {
            [
                "answer",
                "antwort",
                "repons",
                "respuesta",
                "question",
                "frage",
                "pregunta",
                "reply",
            ]
            .iter()
            .any(|start| word.starts_with(start))
                || matches!(word, "here" | "hier" | "voici" | "aqui" | "below" | "so")
        })
}

/// What is said about a question, without the "is" before it.
fn about(rest: &str) -> String {
    let (first, more) = rest.split_once(' ').unwrap_or((rest, ""));
    match first.to_lowercase().as_str() {
        "is" | "ist" | "est" | "es" | "are" | "sind" if !more.is_empty() => more.to_owned(),
        _ => rest.to_owned(),
    }
}

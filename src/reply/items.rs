//! Takes own words apart: numbered answers, labelled lines, and the sentences
//! of all the rest.

use super::asked::{Asked, At};
use super::marks::{self, Form, Mark, Numbered};
use super::parts::Part;
use super::values::{self, Fit, When};
use super::{vocabulary, yes};
use crate::domain::own_words::Line;

/// A stretch of words with what was named before it.
#[derive(Debug)]
pub enum Item {
    Numbers {
        list: Vec<Numbered>,
        form: Form,
        words: String,
        /// Where it ends is not certain.
        doubt: bool,
    },
    Order(String),
    /// The letters of all needs as a numbered list.
    Listed(String),
    NotYet(String),
    Also(String),
    /// A paragraph without a mark.
    Free(Vec<String>),
}

/// Longer lines are not searched for further numbers (bytes).
const LONGEST: usize = 4000;
/// Longer words are no plain yes, choice or day (bytes).
const BRIEF: usize = 300;
/// Lines from here on were most likely broken by a program.
const BROKEN: usize = 60;

pub fn items(part: &Part<'_>, asked: &Asked<'_>, when: When) -> Vec<Item> {
    let mut own = Vec::new();
    for line in &part.lines {
        if let Some((Mark::Numbers(list, Form::Clear), _)) = marks::mark(line.text) {
            for numbered in list {
                if !own.contains(&numbered.number) {
                    own.push(numbered.number);
                }
            }
        }
    }
    let mut reader = Reader {
        asked,
        when,
        items: Vec::new(),
        open: None,
        free: Vec::new(),
        own,
    };
    // For each line, whether the next words are set in.
    let mut indented = vec![false; part.lines.len()];
    let mut next = false;
    for (line, slot) in part.lines.iter().zip(&mut indented).rev() {
        *slot = next;
        if !line.text.is_empty() {
            next = line.indented;
        }
    }
    let mut skip = 0;
    for (at, line) in part.lines.iter().enumerate() {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let from = part.lines.get(at..).unwrap_or_default();
        if let Some((words, count)) = listed(from, asked) {
            reader.close();
            reader.items.push(Item::Listed(words));
            skip = count - 1;
            continue;
        }
        reader.line(line, indented.get(at).copied().unwrap_or_default());
    }
    reader.close();
    reader.items
}

/// "1. B", "2. A", "3. C": the places of all needs, and how many lines.
fn listed(lines: &[Line<'_>], asked: &Asked<'_>) -> Option<(String, usize)> {
    let mut letters: Vec<&str> = Vec::new();
    // Most lines end otherwise, and need no closer look.
    let ends_in_letter = |line: &Line<'_>| {
        let text = line.text.trim_end_matches(['.', ',', ' ']);
        line.text.len() <= 12 && text.ends_with(|c: char| c.is_ascii_uppercase())
    };
    if !lines.first().is_some_and(ends_in_letter) {
        return None;
    }
    for line in lines.iter().take(26) {
        let Some((Mark::Numbers(list, Form::Clear), words)) = marks::mark(line.text) else {
            break;
        };
        let letter = words.trim_end_matches(['.', ',', ' ']);
        let is_next = matches!(list.as_slice(), [one] if one.number == letters.len() + 1 && one.letter.is_none());
        if !is_next || letter.len() != 1 || !letter.bytes().all(|b| b.is_ascii_uppercase()) {
            break;
        }
        letters.push(letter);
    }
    let words = letters.join(", ");
    let order = super::orders::read(&words, asked, true);
    (letters.len() > 2 && order.iter().any(|o| o.sure)).then_some((words, letters.len()))
}

struct Open {
    item: Item,
    indented: bool,
    last: usize,
}

struct Reader<'a> {
    asked: &'a Asked<'a>,
    when: When,
    items: Vec<Item>,
    open: Option<Open>,
    free: Vec<&'a str>,
    /// Numbers that begin a line somewhere: they are not looked for within one.
    own: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &Line<'a>, next_indented: bool) {
        if line.text.is_empty() {
            let goes_on = self
                .open
                .as_ref()
                .is_some_and(|open| !open.indented && next_indented);
            match &mut self.open {
                Some(open) if goes_on => open.item.push("\n", "", false),
                // A number on a line of its own, its answer below.
                Some(open) if open.item.is_empty() => {}
                _ => self.close(),
            }
            return;
        }
        if let Some(open) = self
            .open
            .as_mut()
            .filter(|open| line.indented && !open.indented)
        {
            open.item.push("\n", line.text, false);
            open.last = line.text.len();
            return;
        }
        if let Some(items) = self.marked(line.text) {
            // "We meet on the\n2. floor": a sentence that a program broke.
            let broken = self.free.last().is_some_and(|last| {
                last.len() >= 40 && !last.ends_with(['.', '!', '?', ':', ',', ';'])
            });
            self.close();
            let mut items = items;
            if let (true, Some(Item::Numbers { doubt, .. })) = (broken, items.first_mut()) {
                *doubt = true;
            }
            self.open = items.pop().map(|item| Open {
                item,
                indented: line.indented,
                last: line.text.len(),
            });
            self.items.extend(items);
            return;
        }
        if let Some(open) = &mut self.open {
            if goes_on(open, line.text, self.asked, self.when) {
                let broken = open.last >= BROKEN || open.item.is_empty();
                open.item.push(" ", line.text, !broken);
                open.last = line.text.len();
                return;
            }
            self.close();
        }
        self.free.push(line.text);
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.items.push(open.item);
        }
        if !self.free.is_empty() {
            let lines = std::mem::take(&mut self.free);
            // "B", "A", "C" below each other.
            let letter =
                |line: &&str| line.len() == 1 && line.bytes().all(|b| b.is_ascii_uppercase());
            self.items.push(Item::Free(match lines.iter().all(letter) {
                true => vec![lines.join(" ")],
                false => sentences(&lines),
            }));
        }
    }

    /// The items of a line that begins with a mark.
    fn marked(&self, line: &str) -> Option<Vec<Item>> {
        let (mark, rest) = marks::mark(line)?;
        Some(match mark {
            Mark::Order => {
                let found = super::orders::read(rest, self.asked, true);
                vec![(!found.is_empty()).then(|| Item::Order(rest.trim().to_owned()))?]
            }
            Mark::NotYet => vec![Item::NotYet(rest.trim().to_owned())],
            Mark::Also => vec![Item::Also(rest.trim().to_owned())],
            Mark::Numbers(_, Form::Sentence | Form::Counted) => return None,
            Mark::Numbers(list, form) => {
                if !list.iter().any(|n| self.asked.numbered(n.number).is_some()) {
                    return None;
                }
                let chunks = self.chunks(list, form, rest);
                let right = |chunk: &Chunk<'_>| self.fit(chunk) == Some(Fit::Right);
                let bare = chunks
                    .iter()
                    .any(|c| matches!(c.form, Form::Bare | Form::Counted));
                if bare
                    && !chunks
                        .iter()
                        .all(|c| right(c) || (c.words.is_empty() && chunks.len() == 1))
                {
                    return None;
                }
                // "Im Haus, 2. Stock" is one answer.
                let unsure = chunks.len() > 1 && !chunks.iter().all(right);
                chunks.into_iter().map(|c| c.item(unsure)).collect()
            }
        })
    }

    fn fit(&self, chunk: &Chunk<'_>) -> Option<Fit> {
        let numbered = chunk.list.first()?;
        let (at, _) = self.asked.numbered(numbered.number)?;
        let put = self.asked.put(at)?;
        if numbered.letter.is_some() && chunk.words.is_empty() {
            return Some(Fit::Right);
        }
        Some(values::value(chunk.words, put, self.when).fit)
    }

    /// "1 yes, 2 no, 3 Dec 12": the answers on one line.
    fn chunks<'t>(&self, list: Vec<Numbered>, form: Form, rest: &'t str) -> Vec<Chunk<'t>> {
        let mut chunks = vec![Chunk {
            list,
            form,
            words: rest,
        }];
        if rest.len() > LONGEST {
            return chunks;
        }
        // "1b, 2 yes": nothing but the letter answers the first.
        let lettered = |chunk: &Chunk<'_>| chunk.list.iter().all(|n| n.letter.is_some());
        let mut from = usize::from(!chunks.iter().all(lettered));
        while let Some((at, parted)) = next_start(rest, from) {
            from = at + 1;
            let Some((Mark::Numbers(list, form), words)) = rest.get(at..).and_then(marks::mark)
            else {
                continue;
            };
            let last = chunks
                .last()
                .and_then(|c| c.list.last())
                .map_or(0, |n| n.number);
            let fits = form != Form::Sentence
                && list.iter().all(|n| {
                    n.number > last
                        && self.asked.numbered(n.number).is_some()
                        && !self.own.contains(&n.number)
                });
            if !fits {
                continue;
            }
            // "1 yes, 2 no" all in one way; "1. in 2 weeks" is one answer.
            let loose = |form| matches!(form, Form::Bare | Form::Counted);
            let all_loose = chunks.iter().all(|c| loose(c.form) || lettered(c));
            if loose(form) && !(parted && all_loose) {
                continue;
            }
            let start = rest.len() - words.len();
            if let Some(chunk) = chunks.last_mut() {
                let begins = rest.len() - chunk.words.len();
                chunk.words = trimmed(rest.get(begins..at).unwrap_or_default());
            }
            chunks.push(Chunk { list, form, words });
            from = start.max(at + 1);
        }
        chunks
    }
}

struct Chunk<'t> {
    list: Vec<Numbered>,
    form: Form,
    words: &'t str,
}

impl Chunk<'_> {
    fn item(self, doubt: bool) -> Item {
        Item::Numbers {
            words: self.words.trim().to_owned(),
            list: self.list,
            form: self.form,
            doubt,
        }
    }
}

/// Without what joins an answer to the next one.
fn trimmed(words: &str) -> &str {
    let words = words.trim_end_matches([' ', ',', ';', '(', '[', '/', '|']);
    [" and", " und", " et", " y"]
        .iter()
        .find_map(|join| words.strip_suffix(join))
        .unwrap_or(words)
        .trim_end_matches([' ', ',', ';'])
}

/// Where a number could begin behind `from`, and whether it is parted from
/// the words before it.
fn next_start(text: &str, from: usize) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    (from..bytes.len()).find_map(|at| {
        let begins = matches!(bytes.get(at), Some(b'0'..=b'9' | b'Q' | b'q' | b'#' | b'('));
        let before = at.checked_sub(1).map_or(Some(&b','), |at| bytes.get(at))?;
        let after_gap = matches!(before, b' ' | b'\t' | b',' | b';' | b'/' | b'|');
        if !begins || !after_gap || !text.is_char_boundary(at) {
            return None;
        }
        let head = text.get(..at)?.trim_end();
        let parted = head.is_empty()
            || head.ends_with([',', ';', '.', '!', '/', '|', ')'])
            || [" and", " und", " et", " y"]
                .iter()
                .any(|join| head.ends_with(join));
        Some((at, parted))
    })
}

/// Whether a line without a mark goes on with the answer above it.
fn goes_on(open: &Open, line: &str, asked: &Asked<'_>, when: When) -> bool {
    if open.item.is_empty() {
        return true;
    }
    let ends = !yes::codes(line, asked).is_empty()
        || yes::near(line).is_some()
        || vocabulary::is_rest(line)
        || super::orders::read(line, asked, false)
            .iter()
            .any(|o| o.sure)
        || matches!(
            marks::mark(line),
            Some((Mark::Numbers(_, Form::Sentence | Form::Clear), _))
        );
    if ends {
        return false;
    }
    match &open.item {
        Item::Numbers { list, words, .. } => {
            let small = line
                .chars()
                .next()
                .is_some_and(|c| c.is_lowercase() || c == '(');
            let put = list.first().and_then(|n| asked.numbered(n.number));
            let put = put.and_then(|(at, _): (At, bool)| asked.put(at));
            let right = put.is_some_and(|put| {
                words.len() <= BRIEF && values::value(words, put, when).fit == Fit::Right
            }) || list.iter().any(|n| n.letter.is_some());
            small || !right
        }
        Item::Order(_) => false,
        _ => true,
    }
}

impl Item {
    fn push(&mut self, gap: &str, more: &str, doubtful: bool) {
        let words = match self {
            Self::Numbers { words, doubt, .. } => {
                *doubt |= doubtful;
                words
            }
            Self::Order(words) | Self::NotYet(words) | Self::Also(words) => words,
            Self::Free(_) | Self::Listed(_) => return,
        };
        if !words.is_empty() {
            words.push_str(gap);
        }
        words.push_str(more);
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Numbers { words, list, .. } => {
                words.is_empty() && list.iter().all(|n| n.letter.is_none())
            }
            Self::Order(words) | Self::Listed(words) | Self::NotYet(words) | Self::Also(words) => {
                words.is_empty()
            }
            Self::Free(sentences) => sentences.is_empty(),
        }
    }
}

/// The sentences of a paragraph, in which lines may have been broken.
pub fn sentences(lines: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = String::new();
    let mut last = 0;
    for line in lines {
        if line.is_empty() {
            last = 0;
            continue;
        }
        let capital = line.chars().next().is_some_and(|c| !c.is_lowercase());
        if !open.is_empty() && capital {
            let ends = open.trim_end().ends_with(['.', '!', '?', ':', ',', ';']) || last < BROKEN;
            if ends {
                split(&mut found, &std::mem::take(&mut open));
            }
        }
        if !open.is_empty() {
            open.push(' ');
        }
        open.push_str(line);
        last = line.len();
    }
    split(&mut found, &open);
    found
}

const ABBREVIATED: [&str; 12] = [
    "Nr", "Dr", "Mr", "Mrs", "Ms", "Fr", "Hr", "bzw", "ca", "evtl", "vs", "approx",
];

fn split(found: &mut Vec<String>, text: &str) {
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if !matches!(c, '.' | '!' | '?' | '\u{2026}') {
            continue;
        }
        let end = at + c.len_utf8();
        let mut rest = text.get(end..).unwrap_or_default().chars();
        let gap = rest.next().is_some_and(char::is_whitespace);
        let next = rest.find(|c| !c.is_whitespace());
        let begins = next.is_some_and(|n| !n.is_lowercase());
        if !(gap && begins) {
            continue;
        }
        // "12. Dezember", "z. B.", "Dr. Who"
        let word = text.get(start..at).unwrap_or_default();
        let word = word.rsplit(char::is_whitespace).next().unwrap_or_default();
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let short = c == '.'
            && (word.chars().count() == 1
                || word.contains('.')
                || (word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()))
                || ABBREVIATED.contains(&word));
        if !short {
            push(found, text.get(start..end).unwrap_or_default());
            start = end;
        }
    }
    push(found, text.get(start..).unwrap_or_default());
}

fn push(found: &mut Vec<String>, text: &str) {
    let text = text.trim();
    if !text.is_empty() {
        found.push(text.to_owned());
    }
}

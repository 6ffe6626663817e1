//! What a reply can be an answer to: the sheets of one message, by number and
//! letter, and their texts, so that they are known again where they are quoted.

use crate::domain::own_words::plain;
use crate::domain::sheet::{Put, Takes, choice_letter};
use crate::domain::{Code, Sheet};

/// A question: the place of its sheet, and its place there.
pub type At = (usize, usize);

/// Fewer characters of a text are no sign of it (after [`plain`]).
const ENOUGH: usize = 14;
/// Behind its own label, so few are.
const SOME: usize = 6;

/// The sheets, and which of them the numbers of a reply mean.
pub struct Asked<'a> {
    pub sheets: &'a [Sheet],
    /// The sheets of the message that is answered.
    pub active: Vec<usize>,
    texts: Vec<Text>,
}

/// A line of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ours {
    Put(At),
    Choice(At),
    Guess(At),
    Need(usize, usize),
    /// How to answer; the code stands in it.
    HowTo,
    /// Words around it all: "Most important first:".
    Frame,
}

struct Text {
    ours: Ours,
    plain: String,
    /// As it stands before the text: `1`, `1a`, `A`.
    label: String,
}

/// A line known as one of ours.
#[derive(Debug, Clone, Copy)]
pub struct Match<'t> {
    pub ours: Ours,
    /// With its label before it, or in full: no chance likeness.
    pub strong: bool,
    /// What of the text is still to come, where it was broken.
    pub rest: &'t str,
}

impl<'a> Asked<'a> {
    pub fn new(sheets: &'a [Sheet]) -> Self {
        let mut texts = Vec::new();
        for (at, sheet) in sheets.iter().enumerate() {
            for (place, put) in sheet.puts.iter().enumerate() {
                let mut add = |ours, text: &str, label: String| {
                    let plain = plain(text);
                    if !plain.is_empty() {
                        texts.push(Text { ours, plain, label });
                    }
                };
                let number = put.number.to_string();
                add(Ours::Put((at, place)), &put.put, number.clone());
                add(Ours::Guess((at, place)), &put.guess, "my guess".to_owned());
                if let Takes::OneOf(of) = &put.takes {
                    for (choice, (_, text)) in of.iter().enumerate() {
                        let letter = choice_letter(choice).map(String::from);
                        let label = format!("{number}{}", letter.unwrap_or_default());
                        add(Ours::Choice((at, place)), text, label);
                    }
                }
            }
            for (place, (_, text)) in sheet.needs.iter().enumerate() {
                let label = sheet
                    .letter(place)
                    .map(|l| l.to_ascii_lowercase().to_string());
                texts.push(Text {
                    ours: Ours::Need(at, place),
                    plain: plain(text),
                    label: label.unwrap_or_default(),
                });
            }
        }
        Self {
            sheets,
            active: together(sheets, 0),
            texts,
        }
    }

    /// Takes the message of another sheet for the one that is answered.
    pub fn turn_to(&mut self, sheet: usize) {
        self.active = together(self.sheets, sheet);
    }

    /// The questions that numbers can mean.
    pub fn puts(&self) -> impl Iterator<Item = (At, &'a Put)> + '_ {
        self.active.iter().flat_map(|at| {
            let puts = self.sheets.get(*at).map(|s| s.puts.as_slice());
            let puts = puts.unwrap_or_default().iter().enumerate();
            puts.map(move |(place, put)| ((*at, place), put))
        })
    }

    pub fn put(&self, at: At) -> Option<&'a Put> {
        self.sheets.get(at.0)?.puts.get(at.1)
    }

    /// The question with a number, and whether it is the only one.
    pub fn numbered(&self, number: usize) -> Option<(At, bool)> {
        let mut with = self.puts().filter(|(_, put)| put.number == number);
        let (at, _) = with.next()?;
        Some((at, with.next().is_none()))
    }

    /// The one question of its kind, if there is no other.
    pub fn only(&self, which: impl Fn(&Put) -> bool) -> Option<At> {
        let mut puts = self.puts().filter(|(_, put)| which(put));
        let (at, _) = puts.next()?;
        puts.next().is_none().then_some(at)
    }

    /// Whether a word stands in what they were shown.
    pub fn mentions(&self, word: &str) -> bool {
        let word = plain(word);
        self.texts
            .iter()
            .any(|text| text.plain.split(' ').any(|known| known == word))
    }

    /// The sheet that a code belongs to: its today's, or an older one.
    pub fn of_code(&self, code: Code) -> Option<(&'a Sheet, bool)> {
        let today = self.sheets.iter().find(|s| s.today == code);
        today.map(|sheet| (sheet, true)).or_else(|| {
            let mut sheets = self.sheets.iter();
            let old = sheets.find(|s| s.code == code || s.older.contains(&code));
            old.map(|sheet| (sheet, false))
        })
    }

    /// Knows a line of our own message again, whatever stands before it.
    pub fn recognise(&self, line: &str) -> Option<Match<'_>> {
        let line = beginning(line);
        let (label, rest) = label(line);
        let said_all = plain(rest);
        let said = said_all.strip_suffix(" my guess").unwrap_or(&said_all);
        let said = said.strip_suffix(" as important").unwrap_or(said);
        let ended = rest.trim_end().ends_with(['\u{2026}', '.']);
        // With its own label, before the same text of another question.
        let mut best: Option<(bool, Match<'_>)> = None;
        for text in &self.texts {
            let labelled = !label.is_empty() && label.eq_ignore_ascii_case(&text.label);
            let whole = said == text.plain;
            // Broken by a mail program, or shortened by ours.
            let enough = if labelled { SOME } else { ENOUGH };
            let begins = said.len() >= enough && text.plain.starts_with(said);
            if !(whole || begins) || said.is_empty() {
                continue;
            }
            let long = said.contains(' ') && said.len() >= ENOUGH;
            let strong = labelled
                || (whole && long && !matches!(text.ours, Ours::Choice(_) | Ours::Guess(_)));
            if !labelled && !long {
                continue;
            }
            let rest = if whole || ended {
                ""
            } else {
                text.plain
                    .get(said.len()..)
                    .unwrap_or_default()
                    .trim_start()
            };
            let active = |ours: Ours| match ours {
                Ours::Put((at, _))
                | Ours::Choice((at, _))
                | Ours::Guess((at, _))
                | Ours::Need(at, _) => self.active.contains(&at),
                Ours::HowTo | Ours::Frame => true,
            };
            let is_better = best.as_ref().is_none_or(|(had, b)| {
                (strong, labelled, active(text.ours)) > (b.strong, *had, active(b.ours))
            });
            if is_better {
                let found = Match {
                    ours: text.ours,
                    strong,
                    rest,
                };
                best = Some((labelled, found));
            }
        }
        best.map(|(_, found)| found).or_else(|| {
            let all = if label.is_empty() {
                said_all.clone()
            } else {
                plain(line)
            };
            let first = all.as_bytes().first();
            let frame = FRAMES
                .iter()
                .find(|(start, _)| start.as_bytes().first() == first && all.starts_with(start));
            let guess = label == "my guess";
            let ours = match frame {
                Some((_, ours)) => *ours,
                None if guess || is_change(line) || self.is_heading(&all) => Ours::Frame,
                None => return None,
            };
            Some(Match {
                ours,
                strong: true,
                rest: "",
            })
        })
    }

    /// `About "title":`, whole, where a message is about several briefs.
    fn is_heading(&self, plain_line: &str) -> bool {
        let title = plain_line.strip_prefix("about ").map(str::trim);
        title.filter(|t| !t.is_empty()).is_some_and(|title| {
            let titles = self.sheets.iter().map(|sheet| plain(&sheet.title));
            title == "your request" || titles.into_iter().any(|known| known.starts_with(title))
        })
    }

    /// A question of whose text a guess or choice is, by a number before it.
    pub fn labelled_choice(&self, line: &str) -> bool {
        let (label, _) = label(beginning(line));
        label.len() > 1
            && label.starts_with(|c: char| c.is_ascii_digit())
            && label.ends_with(|c: char| c.is_ascii_alphabetic())
    }
}

/// A line of the list of what has changed since a yes.
fn is_change(line: &str) -> bool {
    let Some(change) = line.trim_start().strip_prefix("- ") else {
        return false;
    };
    let more = change
        .strip_prefix("and ")
        .and_then(|c| c.strip_suffix(" more"));
    (change.starts_with("now: ") && change.contains(" (was: "))
        || change.starts_with("new: ")
        || change.starts_with("no longer: ")
        || (change.starts_with("moved from ") && change.contains(": "))
        || change.ends_with(": another order")
        || more.is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
}

/// The words of our message that are always the same, after [`plain`].
const FRAMES: &[(&str, Ours)] = &[
    ("reply ok", Ours::HowTo),
    ("answer by number or tell me", Ours::HowTo),
    ("please answer by number", Ours::HowTo),
    ("to say yes to it ok", Ours::HowTo),
    ("reply with the ok", Ours::HowTo),
    ("no reply is needed", Ours::HowTo),
    ("another order", Ours::HowTo),
    ("most important first", Ours::Frame),
    ("before i start", Ours::Frame),
    ("to be sure while i work on it", Ours::Frame),
    ("nobody asked me for this it is an idea", Ours::Frame),
    ("one thing is open", Ours::Frame),
    ("since your yes", Ours::Frame),
    ("this waits for a yes of its own", Ours::Frame),
    ("this is only put in other words", Ours::Frame),
    ("everything else is as you agreed", Ours::Frame),
    ("your yes stands", Ours::Frame),
    ("asked for by ", Ours::Frame),
    ("what it must do", Ours::Frame),
    ("you get it by", Ours::Frame),
    ("i plan to make", Ours::Frame),
    ("not included ", Ours::Frame),
    ("i understood ", Ours::Frame),
    ("one question", Ours::Frame),
    ("two questions", Ours::Frame),
    ("three questions", Ours::Frame),
    ("why ", Ours::Frame),
];

/// The sheets of one message: they went out at the same instant.
fn together(sheets: &[Sheet], with: usize) -> Vec<usize> {
    let Some(sent) = sheets.get(with).map(|s| s.sent) else {
        return Vec::new();
    };
    let all = sheets.iter().enumerate();
    all.filter(|(at, sheet)| *at == with || (sent.is_some() && sheet.sent == sent))
        .map(|(at, _)| at)
        .collect()
}

/// As much of a line as is needed to know it.
fn beginning(line: &str) -> &str {
    let mut end = line.len().min(400);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    line.get(..end).unwrap_or_default()
}

/// The label before a line of ours (`1`, `1a`, `a`, `my guess`), and the rest.
fn label(line: &str) -> (&str, &str) {
    let line = line.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '*' | '-' | '\u{2022}' | '_')
    });
    let has_guess = line
        .get(..9)
        .is_some_and(|l| l.eq_ignore_ascii_case("my guess:"));
    if has_guess {
        return ("my guess", line.get(9..).unwrap_or_default());
    }
    let end = line.find(['.', ')']).filter(|end| *end <= 3);
    let Some((label, rest)) = end.and_then(|end| line.split_at_checked(end)) else {
        return ("", line);
    };
    let fits = !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric());
    if fits {
        let rest = rest.trim_start_matches(['.', ')', '*', ' ']);
        (label, rest)
    } else {
        ("", line)
    }
}

//! Short ways to type an item on one line. The line-by-line walk and the
//! interface read the same ones:
//!
//! ```text
//! customer     Dana Reyes <dana@example.com> (requester): writes job profiles
//! need         types of work (for Dana, HR) => HR can fill in a profile
//! deliverable  one-page table #1 #2
//! goal         team: fair job grading => the profiles are graded from it
//! rank         2 1=3 4
//! basis        ... @told dana on 4 feb
//! ```
//!
//! What does not fit a pattern is text: nothing that was typed is dropped.

use super::{Level, Role};

/// A customer as typed on one line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CustomerEntry {
    pub name: String,
    /// `None` when no role that is known was given.
    pub role: Option<Role>,
    /// What stood in `<...>`: a mail address, a handle.
    pub reach: String,
    pub uses_for: String,
}

/// Reads `Name <reach> (role): uses for`; all but the name may be left out. A
/// role may be shortened (`req`); brackets that hold no role belong to the name.
pub fn customer(text: &str) -> CustomerEntry {
    let (head, uses_for) = split_colon(text.trim());
    let mut entry = CustomerEntry {
        name: head.to_owned(),
        uses_for: uses_for.to_owned(),
        ..CustomerEntry::default()
    };
    // Either order of the two brackets.
    for _ in 0..2 {
        if entry.role.is_none()
            && let Some((rest, inside)) = split_last(&entry.name, '(', ')')
            && let Some(role) = role(inside)
        {
            entry.role = Some(role);
            entry.name = rest.to_owned();
        }
        if entry.reach.is_empty()
            && let Some((rest, inside)) = split_last(&entry.name, '<', '>')
            && !inside.trim().is_empty()
        {
            entry.reach = inside.trim().to_owned();
            entry.name = rest.to_owned();
        }
    }
    entry
}

/// A role from its word, in any case, or from at least three letters of it.
pub fn role(text: &str) -> Option<Role> {
    let word = text.trim().to_lowercase();
    Role::WORDS
        .iter()
        .find(|known| **known == word || (word.chars().count() >= 3 && known.starts_with(&word)))
        .map(|known| Role::from_word(known))
}

/// Reads `text => acceptance`; the second part may be missing.
pub fn need(text: &str) -> (String, String) {
    arrow(text)
}

/// Splits at the first `=>` or `→`: `text => acceptance`, `goal => how`.
pub fn arrow(text: &str) -> (String, String) {
    match arrow_at(text) {
        Some((at, long)) => (
            text[..at].trim().to_owned(),
            text[at + long..].trim().to_owned(),
        ),
        None => (text.trim().to_owned(), String::new()),
    }
}

/// Where the first arrow stands, and how long it is.
fn arrow_at(text: &str) -> Option<(usize, usize)> {
    ["=>", "→"]
        .iter()
        .filter_map(|sign| text.find(sign).map(|at| (at, sign.len())))
        .min()
}

/// Reads `text (for Dana, HR)`: the text without the bracket, and the names.
pub fn whose(text: &str) -> (String, Vec<String>) {
    let text = text.trim();
    let Some((rest, inside)) = split_last(text, '(', ')') else {
        return (text.to_owned(), Vec::new());
    };
    let inside = inside.trim_start();
    let Some(names) = inside
        .get(..4)
        .filter(|word| word.eq_ignore_ascii_case("for "))
        .and_then(|_| inside.get(4..))
    else {
        return (text.to_owned(), Vec::new());
    };
    (rest.to_owned(), names_in(names))
}

/// Names separated by commas, `+`, `&` or "and".
pub fn names_in(text: &str) -> Vec<String> {
    text.replace(" and ", ",")
        .split([',', '+', '&', ';'])
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Reads `text #1 #2`: the text, and the numbers of the needs that the part
/// serves, from 1, each once. Only numbers at the end count, so that "fix bug
/// #12 in the form" stays as it is.
pub fn deliverable(text: &str) -> (String, Vec<usize>) {
    let mut rest = text.trim();
    let mut numbers = Vec::new();
    while let Some(hash) = rest.rfind('#') {
        let starts = hash == 0 || rest[..hash].ends_with([' ', '\t', ',']);
        let found: Option<Vec<usize>> = rest[hash + 1..]
            .trim_end_matches([',', ' '])
            .split(',')
            .map(|n| n.trim().parse().ok().filter(|n| *n > 0))
            .collect();
        match found {
            Some(mut found) if starts => {
                found.append(&mut numbers);
                numbers = found;
                rest = rest[..hash].trim_end_matches([',', ' ', '\t']);
            }
            _ => break,
        }
    }
    let mut once = Vec::new();
    for number in numbers {
        if !once.contains(&number) {
            once.push(number);
        }
    }
    (rest.to_owned(), once)
}

/// Reads `level: text`; without a level it is a goal of the team.
pub fn goal(text: &str) -> (Level, String) {
    let text = text.trim();
    let (head, rest) = split_colon(text);
    match level(head) {
        Some(level) if !rest.is_empty() => (level, rest.to_owned()),
        _ => (Level::Team, text.to_owned()),
    }
}

/// A level from its word, in any case, or from at least three letters of it.
pub fn level(text: &str) -> Option<Level> {
    let word = text.trim().to_lowercase();
    Level::WORDS
        .iter()
        .find(|known| **known == word || (word.chars().count() >= 3 && known.starts_with(&word)))
        .map(|known| Level::from_word(known))
}

/// Why a text is no order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RankError {
    #[error("no numbers were given; write them in order, like 2 1 3")]
    Empty,
    #[error("{0:?} is not a number; write them in order, like 2 1 3")]
    NotANumber(String),
    #[error("there is no number {number}; they go from 1 to {count}")]
    OutOfRange { number: usize, count: usize },
    #[error("{0} stands there twice")]
    Twice(usize),
}

/// Reads an order of `count` items: `2 1 3`, with `=` between equals (`2=1 3`).
/// Commas and `>` separate as well, and up to nine items need no separator
/// (`213`). Items that are left out follow in their old order.
///
/// The result has groups from most to least important, of places from 0.
pub fn rank(text: &str, count: usize) -> Result<Vec<Vec<usize>>, RankError> {
    let spaced = text.replace([',', ';', '>'], " ").replace('=', " = ");
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut same = false;
    for word in spaced.split_whitespace() {
        if word == "=" {
            same = !groups.is_empty();
            continue;
        }
        for number in numbers(word, count)? {
            if groups.iter().flatten().any(|n| n + 1 == number) {
                return Err(RankError::Twice(number));
            }
            match groups.last_mut() {
                Some(last) if same => last.push(number - 1),
                _ => groups.push(vec![number - 1]),
            }
            same = false;
        }
    }
    if groups.is_empty() {
        return Err(RankError::Empty);
    }
    for place in 0..count {
        if !groups.iter().flatten().any(|n| *n == place) {
            groups.push(vec![place]);
        }
    }
    Ok(groups)
}

fn numbers(word: &str, count: usize) -> Result<Vec<usize>, RankError> {
    let bare = word.trim_end_matches(['.', ')']);
    let number: usize = bare
        .parse()
        .map_err(|_| RankError::NotANumber(word.to_owned()))?;
    let inside = |n: usize| (1..=count).contains(&n);
    if inside(number) {
        return Ok(vec![number]);
    }
    let digits: Vec<usize> = bare
        .chars()
        .filter_map(|c| c.to_digit(10))
        .map(|d| d as usize)
        .collect();
    if count <= 9 && digits.len() > 1 && digits.iter().all(|d| inside(*d)) {
        return Ok(digits);
    }
    Err(RankError::OutOfRange { number, count })
}

/// What an answer rests on, as typed behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BasisEntry {
    Guess,
    /// Who told it, empty for the requester; and the day as typed, may be empty.
    Told {
        by: String,
        on: String,
    },
    /// Who was asked, empty for the requester.
    Asked {
        to: String,
    },
    NotNeeded {
        why: String,
    },
}

/// Reads a mark at the end of an answer: `@told dana on 4 feb`, `@asked dana`,
/// `@not-needed the bug is known`, `@guess`. `None` when there is no mark.
pub fn basis(text: &str) -> (String, Option<BasisEntry>) {
    let text = text.trim();
    let mark = text
        .rmatch_indices('@')
        .filter(|(at, _)| *at == 0 || text[..*at].ends_with(char::is_whitespace))
        .find_map(|(at, _)| {
            let rest = &text[at + 1..];
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            // What follows an arrow belongs to the item again.
            let (what, after) = match arrow_at(&rest[end..]) {
                Some((at, _)) => (&rest[end..end + at], rest[end + at..].trim()),
                None => (&rest[end..], ""),
            };
            let what = what.trim().to_owned();
            let entry = match rest[..end].to_lowercase().as_str() {
                "told" => {
                    let (by, on) = told(&what);
                    BasisEntry::Told { by, on }
                }
                "asked" => BasisEntry::Asked { to: what },
                "not-needed" => BasisEntry::NotNeeded {
                    why: what
                        .strip_prefix("because ")
                        .unwrap_or(&what)
                        .trim()
                        .to_owned(),
                },
                "guess" if what.is_empty() => BasisEntry::Guess,
                _ => return None,
            };
            let kept = format!("{} {after}", text[..at].trim());
            Some((kept.trim().to_owned(), entry))
        });
    match mark {
        Some((rest, entry)) => (rest, Some(entry)),
        None => (text.to_owned(), None),
    }
}

/// `dana on 4 feb` as who and when.
fn told(what: &str) -> (String, String) {
    match what.strip_prefix("on ") {
        Some(day) => (String::new(), day.trim().to_owned()),
        None => what.split_once(" on ").map_or_else(
            || (what.to_owned(), String::new()),
            |(by, on)| (by.trim().to_owned(), on.trim().to_owned()),
        ),
    }
}

/// Splits at the first colon that ends a word: `a: b`, not `12:30`.
fn split_colon(text: &str) -> (&str, &str) {
    text.char_indices()
        .filter(|(_, c)| matches!(c, ':' | '：'))
        .map(|(at, c)| (at, at + c.len_utf8()))
        .find(|(_, end)| text[*end..].is_empty() || text[*end..].starts_with(char::is_whitespace))
        .map_or((text, ""), |(at, end)| {
            (text[..at].trim(), text[end..].trim())
        })
}

/// Splits a bracket off the end: `rest (inside)`.
fn split_last(text: &str, open: char, close: char) -> Option<(&str, &str)> {
    let body = text.trim_end().strip_suffix(close)?;
    let at = body.rfind(open)?;
    let rest = body[..at].trim();
    (!rest.is_empty()).then(|| (rest, &body[at + open.len_utf8()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_is_a_name_with_all_the_rest_left_to_choice() {
        let full = customer("Dana Reyes <dana@example.com> (requester): writes job profiles: soon");
        assert_eq!(full.name, "Dana Reyes");
        assert_eq!(full.reach, "dana@example.com");
        assert_eq!(full.role, Some(Role::Requester));
        assert_eq!(full.uses_for, "writes job profiles: soon");
        assert_eq!(customer("HR (rec) <hr@x>").name, "HR");
        assert_eq!(customer("HR (rec) <hr@x>").role, Some(Role::Receiver));
        assert_eq!(
            customer("  Dana "),
            CustomerEntry {
                name: "Dana".into(),
                ..CustomerEntry::default()
            }
        );
        assert_eq!(customer("Ops (night shift)").name, "Ops (night shift)");
        assert_eq!(customer("(requester)").name, "(requester)");
        assert_eq!(customer("Shift 12:30").name, "Shift 12:30");
    }

    #[test]
    fn a_need_names_its_acceptance_and_its_people() {
        let (text, acceptance) =
            need("types of work (for Dana, HR) => HR can fill => in a profile");
        assert_eq!(acceptance, "HR can fill => in a profile");
        let (text, people) = whose(&text);
        assert_eq!(
            (text.as_str(), people),
            ("types of work", vec!["Dana".to_owned(), "HR".to_owned()])
        );
        assert_eq!(need("only a need"), ("only a need".into(), String::new()));
        assert_eq!(whose("a list (form 7)").0, "a list (form 7)");
        assert_eq!(whose("a list (日本)").0, "a list (日本)");
    }

    #[test]
    fn only_numbers_at_the_end_of_a_deliverable_name_needs() {
        assert_eq!(deliverable("table #1 #3"), ("table".into(), vec![1, 3]));
        assert_eq!(deliverable("table #1,#3, #1"), ("table".into(), vec![1, 3]));
        assert_eq!(deliverable("table #2,3"), ("table".into(), vec![2, 3]));
        assert_eq!(
            deliverable("fix bug #12 in the form"),
            ("fix bug #12 in the form".into(), vec![])
        );
        assert_eq!(deliverable("C# sheet"), ("C# sheet".into(), vec![]));
        assert_eq!(deliverable("room#1"), ("room#1".into(), vec![]));
        assert_eq!(deliverable("#0"), ("#0".into(), vec![]));
    }

    #[test]
    fn a_goal_without_a_level_is_one_of_the_team() {
        assert_eq!(
            goal("Company: hire well"),
            (Level::Company, "hire well".into())
        );
        assert_eq!(
            goal("dep: save time"),
            (Level::Department, "save time".into())
        );
        assert_eq!(
            goal("answer in a day"),
            (Level::Team, "answer in a day".into())
        );
        assert_eq!(goal("note: x"), (Level::Team, "note: x".into()));
    }

    #[test]
    fn an_order_is_typed_as_numbers() {
        let all = |text, count| rank(text, count).unwrap();
        assert_eq!(all("2 1 3", 3), [vec![1], vec![0], vec![2]]);
        assert_eq!(all("2=1 3", 3), [vec![1, 0], vec![2]]);
        assert_eq!(all("2 = 1 > 3", 3), [vec![1, 0], vec![2]]);
        assert_eq!(all("4213", 4), [vec![3], vec![1], vec![0], vec![2]]);
        assert_eq!(all("3", 3), [vec![2], vec![0], vec![1]], "the rest follows");
        assert_eq!(all("10 1", 10)[0], [9]);
    }

    #[test]
    fn an_order_that_cannot_be_says_why() {
        assert_eq!(rank(" ", 3), Err(RankError::Empty));
        assert_eq!(rank("1 x", 3), Err(RankError::NotANumber("x".into())));
        assert_eq!(rank("1 1", 3), Err(RankError::Twice(1)));
        assert_eq!(
            rank("1 4", 3),
            Err(RankError::OutOfRange {
                number: 4,
                count: 3
            })
        );
        assert_eq!(
            rank("1", 0),
            Err(RankError::OutOfRange {
                number: 1,
                count: 0
            })
        );
    }

    #[test]
    fn a_mark_at_the_end_says_what_an_answer_rests_on() {
        let (text, mark) = basis("HR decides in March @told dana on 4 feb");
        assert_eq!(text, "HR decides in March");
        assert_eq!(
            mark,
            Some(BasisEntry::Told {
                by: "dana".into(),
                on: "4 feb".into()
            })
        );
        assert_eq!(
            basis("@not-needed because it is small").1,
            basis("@not-needed it is small").1,
        );
        assert_eq!(
            basis("@not-needed it is small").1,
            Some(BasisEntry::NotNeeded {
                why: "it is small".into()
            })
        );
        assert_eq!(
            basis("x @asked").1,
            Some(BasisEntry::Asked { to: String::new() })
        );
        let (text, mark) = basis("a table @told dana => she can sort it");
        assert_eq!(text, "a table => she can sort it");
        assert!(matches!(mark, Some(BasisEntry::Told { by, .. }) if by == "dana"));
        assert_eq!(basis("write to me@told.example").1, None);
        assert_eq!(
            basis("ask @dana about it"),
            ("ask @dana about it".into(), None)
        );
    }
}

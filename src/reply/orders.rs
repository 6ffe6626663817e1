//! A new order of the needs: "B, A, C", "2, 1, 3", "B first, then A".

use super::asked::Asked;
use crate::domain::own_words::plain;
use crate::domain::sheet::Takes;
use crate::domain::{BriefId, ItemId};

/// An order that was found.
#[derive(Debug)]
pub struct Order {
    pub brief: BriefId,
    pub needs: Vec<ItemId>,
    /// It can mean nothing else.
    pub sure: bool,
    pub why: String,
}

/// Longer texts are no order (bytes).
const LONGEST: usize = 300;

/// Reads a text that is an order and nothing else. `named` where it says so
/// itself ("Order: ...").
pub fn read(text: &str, asked: &Asked<'_>, named: bool) -> Vec<Order> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let Some((places, worded)) = places(text) else {
        return Vec::new();
    };
    match places {
        Places::Letters(letters) => by_letters(&letters, asked, named, worded),
        Places::Numbers(numbers) => by_numbers(&numbers, asked, named, worded)
            .into_iter()
            .collect(),
    }
}

enum Places {
    Letters(Vec<char>),
    Numbers(Vec<usize>),
}

#[rustfmt::skip]
const AROUND: &[&str] = &[
    "then", "and", "first", "second", "third", "last", "finally", "followed", "by", "before",
    "und", "dann", "zuerst", "danach", "zuletzt", "puis", "ensuite", "et", "dabord", "enfin",
    "luego", "despues", "primero", "por", "ultimo", "erst", "is", "the", "most", "important",
    "comes", "order", "please", "bitte", "svp", "vor", "my", "our", "would", "be", "should", "as", "follows", "new",
];

/// The letters or numbers of a text that has nothing else but words of order.
fn places(text: &str) -> Option<(Places, bool)> {
    let text = text.trim().trim_end_matches(['.', '!']);
    let mut letters = Vec::new();
    let mut numbers = Vec::new();
    let mut worded = false;
    let split = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';'
                    | '>'
                    | '/'
                    | '\u{2192}'
                    | '\u{203a}'
                    | '|'
                    | '+'
                    | '&'
                    | '('
                    | ')'
                    | ':'
                    | '.'
                    | '-'
                    | '\u{2013}'
                    | '<'
                    | '='
            )
    };
    if text.contains(['<', '=', '&', '+']) || text.contains(|c: char| c.is_control() && c != '\n') {
        return None;
    }
    for token in text.split(split).filter(|t| !t.is_empty()) {
        let mut chars = token.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_ascii_alphabetic() && plain(token) != "y" => letters.push(c),
            _ if token.len() <= 2 && token.bytes().all(|b| b.is_ascii_digit()) => {
                numbers.push(token.parse().ok()?);
            }
            _ if AROUND.contains(&plain(token).as_str()) => worded = true,
            _ => return None,
        }
    }
    // "1. 2. 3" and "12.12." are no lists.
    let joined = text.contains(|c: char| c.is_ascii_digit()) && text.contains(['.', ':', '/', '-']);
    match (letters.len(), numbers.len()) {
        (1.., 0) => Some((Places::Letters(letters), worded)),
        (0, 2..) if !joined => Some((Places::Numbers(numbers), worded)),
        _ => None,
    }
}

fn by_letters(letters: &[char], asked: &Asked<'_>, named: bool, worded: bool) -> Vec<Order> {
    if letters.len() < 2 && !named && !worded {
        return Vec::new();
    }
    // A letter that names no need, or one twice: they mean something else.
    let known = |letter: char| {
        asked.active.iter().any(|at| {
            asked.sheets.get(*at).is_some_and(|sheet| {
                (0..sheet.needs.len()).any(|n| sheet.letter(n) == Some(letter))
            })
        })
    };
    let upper: Vec<char> = letters.iter().map(|c| c.to_ascii_uppercase()).collect();
    let twice = upper
        .iter()
        .enumerate()
        .any(|(at, c)| upper.iter().skip(at + 1).any(|d| c == d));
    if twice || !upper.iter().all(|c| known(*c)) {
        return Vec::new();
    }
    // Small letters are those of choices as well.
    let small = letters.iter().any(char::is_ascii_lowercase);
    let choices = asked
        .puts()
        .any(|(_, put)| matches!(put.takes, Takes::OneOf(_)));
    let mut orders = Vec::new();
    for at in &asked.active {
        let Some(sheet) = asked.sheets.get(*at) else {
            continue;
        };
        let place = |c: &char| (0..sheet.needs.len()).find(|n| sheet.letter(*n) == Some(*c));
        let mine: Vec<usize> = upper.iter().filter_map(place).collect();
        if mine.is_empty() {
            continue;
        }
        let full = mine.len() == sheet.needs.len();
        let same = mine.is_sorted();
        let sure = full && (named || !(worded || same || small && choices));
        orders.push(Order {
            brief: sheet.brief.clone(),
            needs: filled(&mine, sheet.needs.iter().map(|(id, _)| id)),
            sure,
            why: if !full {
                "some of the letters; the rest in their order".to_owned()
            } else if sure {
                "the letters of all needs".to_owned()
            } else {
                "letters that could be an order of the needs".to_owned()
            },
        });
    }
    orders
}

fn by_numbers(numbers: &[usize], asked: &Asked<'_>, named: bool, worded: bool) -> Option<Order> {
    let [at] = asked.active.as_slice() else {
        return None;
    };
    let sheet = asked.sheets.get(*at)?;
    let count = sheet.needs.len();
    if numbers.len() != count || !(1..=count).all(|n| numbers.contains(&n)) {
        return None;
    }
    let places: Vec<usize> = numbers.iter().map(|n| n - 1).collect();
    // "2, 3, 1" is the second, the third, the first; or the ranks of A, B, C.
    let either = places
        .iter()
        .enumerate()
        .all(|(at, n)| places.get(*n) == Some(&at));
    let questions = asked.puts().count();
    let sure = either && !worded && !places.is_sorted() && (named || count > questions);
    Some(Order {
        brief: sheet.brief.clone(),
        needs: filled(&places, sheet.needs.iter().map(|(id, _)| id)),
        sure,
        why: if sure {
            "all places in a new order".to_owned()
        } else if either {
            "numbers that could be an order of the needs".to_owned()
        } else {
            "taken as: the first is what they put first".to_owned()
        },
    })
}

/// The places named, and behind them all others as they stood.
fn filled<'a>(places: &[usize], all: impl Iterator<Item = &'a ItemId>) -> Vec<ItemId> {
    let all: Vec<&ItemId> = all.collect();
    let first = places.iter().filter_map(|at| all.get(*at));
    let others = all
        .iter()
        .enumerate()
        .filter(|(at, _)| !places.contains(at));
    first
        .chain(others.map(|(_, id)| id))
        .map(|id| (*id).clone())
        .collect()
}

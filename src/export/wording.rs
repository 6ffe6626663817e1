//! A friendly look at the words of an outgoing message. It stops nothing.
//!
//! Only text of the worker is looked at: nobody is corrected in the words that
//! a customer said.

/// Words that sound like blame.
const BLAME: [&str; 16] = [
    "your fault",
    "your mistake",
    "your error",
    "you forgot",
    "you failed",
    "you didn't",
    "you did not",
    "you never",
    "you should have",
    "you always",
    "why didn't you",
    "as i said",
    "as i already said",
    "obviously",
    "careless",
    "to blame",
];

/// "Helping" puts one above the other; "assisting" walks beside.
const HELP: [&str; 4] = ["help", "helps", "helped", "helping"];

/// Words of this program, with what to say instead.
const JARGON: [(&str, &str); 12] = [
    ("basis", "what it rests on"),
    ("brief id", "the title"),
    ("stage", "how far it is"),
    ("deliverable", "what I will make"),
    ("deliverables", "what I will make"),
    ("sign-off", "a yes"),
    ("sign off", "say yes"),
    ("appetite", "the time it is worth"),
    ("cadence", "how often we talk"),
    ("waiver", "an exception"),
    ("amendment", "a change"),
    ("acceptance criteria", "how you will know that it is right"),
];

/// Characters of a text that are looked at.
const LONGEST: usize = 2_000;

/// Remarks on the pieces of text, each kind at most once for a word.
pub(super) fn check<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut remarks: Vec<String> = Vec::new();
    for piece in pieces {
        // No message shows more of a text.
        let end = piece.char_indices().nth(LONGEST).map(|(at, _)| at);
        let piece = end.and_then(|end| piece.get(..end)).unwrap_or(piece);
        let plain = piece.replace('\u{2019}', "'");
        let lower = plain.to_lowercase();
        let say = |remark: String, remarks: &mut Vec<String>| {
            if !remarks.contains(&remark) {
                remarks.push(remark);
            }
        };
        for words in BLAME.iter().filter(|w| has(&lower, w)) {
            say(
                format!(
                    "\u{201c}{words}\u{201d} can sound like blame; what happened, without who, reads better"
                ),
                &mut remarks,
            );
        }
        for word in HELP.iter().filter(|w| has_help(&lower, w)) {
            say(
                format!(
                    "\u{201c}{word}\u{201d}: \u{201c}assist\u{201d} or \u{201c}support\u{201d} sounds more like working side by side"
                ),
                &mut remarks,
            );
        }
        for (word, instead) in JARGON.iter().filter(|(w, _)| has(&lower, w)) {
            say(
                format!(
                    "\u{201c}{word}\u{201d} is a word of this program; perhaps \u{201c}{instead}\u{201d}"
                ),
                &mut remarks,
            );
        }
        if let Some(word) = shouted(&plain) {
            say(
                format!("\u{201c}{word}\u{201d} in capitals can read like shouting"),
                &mut remarks,
            );
        }
        if plain.contains("!!") {
            say("one exclamation mark is enough".to_owned(), &mut remarks);
        }
    }
    remarks
}

/// Whether `words` occurs in `text` with no letter on either side.
fn has(text: &str, words: &str) -> bool {
    text.match_indices(words)
        .any(|(at, _)| alone(text, at, words))
}

/// A help desk is the name of a place.
fn has_help(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let after = &text[at + word.len()..];
        let name = [" desk", "-desk", " page", " text", " menu", " file"];
        alone(text, at, word) && !name.iter().any(|n| after.starts_with(n))
    })
}

fn alone(text: &str, at: usize, words: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    !letter(text[..at].chars().next_back()) && !letter(text[at + words.len()..].chars().next())
}

/// A long word in capitals, or two shorter ones in a row. Short ones alone are
/// names such as HR, PDF or XLSX.
fn shouted(text: &str) -> Option<String> {
    let mut before: Option<&str> = None;
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/')) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let letters = word.chars().count();
        let loud = letters >= 3 && word.chars().all(char::is_uppercase);
        if loud && letters >= 6 || word == "ASAP" {
            return Some(word.to_owned());
        }
        match before {
            Some(first) if loud => return Some(format!("{first} {word}")),
            _ => before = loud.then_some(word),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::check;

    fn remarks(text: &str) -> usize {
        check([text]).len()
    }

    #[test]
    fn blame_jargon_shouting_and_help_are_noticed() {
        assert!(check(["You forgot the numbers"])[0].contains("blame"));
        assert!(check(["It\u{2019}s obviously wrong"])[0].contains("obviously"));
        assert!(check(["This helps you to sort"])[0].contains("assist"));
        assert!(check(["Please sign-off the DELIVERABLES!!"]).len() >= 3);
        assert!(check(["We NEED THIS now"])[0].contains("NEED THIS"));
    }

    #[test]
    fn friendly_words_and_names_are_left_alone() {
        for text in [
            "HR can sort it in Excel, as XLSX or PDF",
            "Tickets of the help desk and the helpdesk",
            "A basic table for the backstage team",
            "Ask NASA, then HR",
            "日本語 Ärger ÜBER",
            "",
        ] {
            assert_eq!(remarks(text), 0, "{text}: {:?}", check([text]));
        }
    }

    #[test]
    fn the_same_remark_comes_once() {
        assert_eq!(check(["it helps", "and it helps"]).len(), 1);
    }
}

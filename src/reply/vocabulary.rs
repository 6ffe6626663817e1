//! Words for yes, no and "but" in the languages of the customers. All are
//! compared after [`plain`]: small letters, no accents, no punctuation.

use crate::domain::own_words::{is_thanks, plain};

#[rustfmt::skip]
const YES: &[&str] = &[
    "yes", "yep", "yeah", "yup", "yes please", "sure", "correct", "right", "exactly", "agreed",
    "thats right", "that is right", "thats correct", "that is correct", "this is right",
    "this is correct", "its right", "confirmed", "approved", "yes thats right", "yes correct",
    "yes that is right", "yes exactly", "is right", "is correct", "your guess is right", "ja",
    "genau", "stimmt", "das stimmt", "richtig", "korrekt", "ja genau", "ja bitte", "ja gerne",
    "gerne", "jawohl", "ja stimmt", "ja richtig", "einverstanden", "oui", "exact", "tout a fait",
    "cest correct", "cest exact", "oui cest ca", "cest ca", "oui exactement", "exactement",
    "daccord", "si", "correcto", "exacto", "claro", "si correcto", "asi es", "de acuerdo",
    "conforme", "corretto", "esatto", "klopt", "ja klopt", "sim", "tak", "oui merci", "ja danke",
    "stimmt so", "oui parfait", "si claro", "oui cest bien ca", "yes it is", "it is", "y", "j",
    "definitely", "absolutely", "of course", "natuerlich", "naturlich", "bien sur",
    "por supuesto",
];

#[rustfmt::skip]
const FINE: &[&str] = &[
    "ok", "okay", "oki", "k", "okey", "fine", "perfect", "great", "good", "looks good",
    "looks good to me", "lgtm", "sounds good", "go ahead", "please go ahead", "all good", "works",
    "works for me", "fine by me", "fine with me", "thats fine", "that is fine", "is fine",
    "is ok", "is good", "good to go", "ok for me", "ok with me", "ok by me", "ok from me",
    "all fine", "all right", "alright", "very good", "ok go ahead", "ok great", "ok perfect",
    "ok sounds good", "ok thats fine", "passt", "das passt", "passt so", "passt fur mich",
    "in ordnung", "alles gut", "gut", "super", "prima", "perfekt", "klar", "geht klar", "top",
    "ok fur mich", "ok von mir", "ok fur uns", "parfait", "cest bon", "cest parfait", "ca marche",
    "ok pour moi", "ca me va", "tres bien", "bien", "entendu", "cest bon pour moi", "vale",
    "perfecto", "esta bien", "muy bien", "ok por mi", "me parece bien", "va bene", "perfetto",
    "prima zo", "akkoord", "goed", "looks right", "looks right to me", "looks correct",
    "looking good", "nice", "excellent",
];

#[rustfmt::skip]
const ALL: &[&str] = &[
    "yes to all", "yes to both", "yes to all of it", "yes to everything", "all correct",
    "all right", "all yes", "both yes", "everything is right", "everything is correct",
    "all of it is right", "ja zu allem", "alles richtig", "alles korrekt", "alles passt",
    "passt alles", "oui a tout", "oui pour tout", "tout est bon", "tout est correct", "si a todo",
    "todo correcto", "todo bien", "all as you wrote", "all as you say", "as you guessed",
    "your guesses are right", "all your guesses are right", "both are right", "both correct",
    "both fine", "beides richtig",
];

/// Around a yes for what was not answered one by one.
#[rustfmt::skip]
const REST: &[&str] = &[
    "otherwise", "the rest", "rest", "everything else", "all else", "all the rest", "all others",
    "the others", "the other ones", "apart from that", "other than that", "besides that", "sonst",
    "ansonsten", "im ubrigen", "der rest", "alles andere", "alles weitere", "sinon",
    "pour le reste", "le reste", "tout le reste", "por lo demas", "lo demas", "todo lo demas",
    "el resto", "per il resto", "il resto", "everything other than that", "the other one",
];

/// What a yes for the rest is said with, besides [`YES`] and [`FINE`].
#[rustfmt::skip]
const RESTS_YES: &[&str] = &[
    "as you say", "as you wrote", "as planned", "as proposed", "is right", "is correct", "is ok",
    "is okay", "is fine", "is good", "looks good", "looks fine", "looks right", "are fine",
    "are ok", "are right", "are correct", "passt", "passt alles", "passt so", "alles ok",
    "alles gut", "alles in ordnung", "ist ok", "ist in ordnung", "ist gut", "ist richtig",
    "stimmt", "stimmt alles", "cest bon", "est bon", "est ok", "est correct", "est parfait",
    "me convient", "tout est bon", "tout va bien", "cest ok", "cest parfait", "esta bien",
    "esta ok", "todo bien", "todo ok", "es correcto", "esta perfecto", "todo correcto", "bien",
    "its fine", "its ok", "its good", "all good", "all fine", "its all good", "va bene", "fine",
    "ist alles gut", "ist alles ok", "is all good", "is all fine", "perfect", "alles prima",
    "je suis daccord", "passt es", "passt das", "passt das so", "stimmt es", "ist es ok", "i agree", "agreed", "its perfect", "das passt", "it is ok",
];

#[rustfmt::skip]
const NO: &[&str] = &[
    "no", "nope", "no thanks", "no thank you", "not really", "nein", "ne", "no gracias", "non",
    "nein danke", "non merci", "incorrect", "wrong", "thats wrong", "that is wrong", "not right",
    "thats not right", "that is not right", "is wrong", "is not right", "isnt right", "falsch",
    "das ist falsch", "stimmt nicht", "das stimmt nicht", "faux", "cest faux", "pas du tout",
    "incorrecto", "nee", "nej", "nao", "nie", "n", "definitely not", "sorry no", "no sorry",
    "leider nein", "nein leider nicht", "leider nicht", "is incorrect", "not at all",
];

#[rustfmt::skip]
const BUT: &[&str] = &[
    "but", "except", "unless", "however", "although", "though", "once", "only", "provided",
    "until", "aber", "nur", "wenn", "falls", "sofern", "ausser", "jedoch", "allerdings", "sobald",
    "erst", "bis auf", "mais", "sauf", "seulement", "uniquement", "condition", "toutefois",
    "pero", "salvo", "excepto", "solo", "siempre", "aunque", "ma", "tranne", "maar", "mas", "if",
    "without", "ohne", "sans", "sin", "as long as", "instead", "stattdessen", "apart",
];

#[rustfmt::skip]
const NOT: &[&str] = &[
    "not", "no", "cannot", "cant", "dont", "wont", "never", "isnt", "wouldnt", "nicht", "kein",
    "keine", "nein", "noch nicht", "pas", "non", "jamais", "ne", "nunca", "todavia", "nope",
    "doesnt", "didnt", "havent", "nie", "wait", "warte", "attends", "espera", "stop", "disagree",
];

/// Answers that answer nothing.
#[rustfmt::skip]
const NO_ANSWER: &[&str] = &[
    "i dont know", "dont know", "dunno", "not sure", "im not sure", "no idea", "see above",
    "see below", "later", "tbd", "tbc", "n a", "na", "will check", "let me check", "i will check",
    "ill check", "to be confirmed", "to be decided", "pass", "skip", "no clue", "weiss nicht",
    "weiss ich nicht", "ich weiss nicht", "ich weiss es nicht", "keine ahnung", "spater",
    "siehe oben", "siehe unten", "nicht sicher", "bin nicht sicher", "bin mir nicht sicher",
    "je ne sais pas", "aucune idee", "pas sur", "plus tard", "voir ci dessus", "no se",
    "no lo se", "ni idea", "no estoy seguro", "no estoy segura", "mas tarde", "ver arriba",
    "hard to say", "unsure", "maybe", "perhaps", "vielleicht", "peut etre", "quizas", "depends",
    "it depends", "kommt darauf an", "ca depend", "depende",
];

/// Longer texts are more than a yes or no (bytes).
const LONGEST: usize = 60;

/// What a short answer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Short {
    /// Yes, OK, yes to all.
    Yes,
    No,
    /// "Not sure", "???".
    Nothing,
    Other,
}

/// Reads an answer as a whole.
pub fn short(text: &str) -> Short {
    if has_thumb(text) && text.chars().count() <= 8 {
        return Short::Yes;
    }
    if text.len() <= LONGEST {
        let said = said(text);
        let is = |list: &[&str]| says_one_of(&said, list);
        if is(YES) || is(FINE) || is(ALL) {
            return Short::Yes;
        }
        if is(NO) {
            return Short::No;
        }
        if is(NO_ANSWER) {
            return Short::Nothing;
        }
    }
    let asks = text.trim_end().ends_with('?') || !text.contains(char::is_alphanumeric);
    if asks { Short::Nothing } else { Short::Other }
}

/// A plain yes, and nothing else.
pub fn is_yes(text: &str) -> bool {
    is_one_of(text, YES) || (text.chars().count() <= 8 && has_thumb(text))
}

/// "OK", "looks good": a yes as well, though perhaps to all of it.
pub fn is_fine(text: &str) -> bool {
    is_one_of(text, FINE)
}

/// "Yes to all".
pub fn is_all(text: &str) -> bool {
    is_one_of(text, ALL)
}

/// A plain no, and nothing else.
pub fn is_no(text: &str) -> bool {
    is_one_of(text, NO)
}

/// "Not sure", "???".
pub fn is_no_answer(text: &str) -> bool {
    is_one_of(text, NO_ANSWER)
        || text.trim_end().ends_with('?')
        || !text.contains(char::is_alphanumeric) && !has_thumb(text)
}

/// "OK otherwise", "the rest is fine".
pub fn is_rest(text: &str) -> bool {
    if text.len() > 80 {
        return false;
    }
    let said = said(text);
    let is_yes_word = |part: &str| {
        let lists = [YES, FINE, RESTS_YES];
        lists.iter().any(|list| list.contains(&part))
    };
    REST.iter().any(|rest| {
        let behind = said.strip_prefix(rest).and_then(|b| b.strip_prefix(' '));
        let before = said.strip_suffix(rest).and_then(|b| b.strip_suffix(' '));
        behind.is_some_and(is_yes_word) || before.is_some_and(is_yes_word)
    })
}

/// The word that makes a condition of a yes.
pub fn reservation(text: &str) -> bool {
    contains(text, BUT)
}

/// Whether the first word makes a condition, or is a yes with one behind it.
pub fn begins_with_but(text: &str) -> bool {
    let said = beginning(text);
    let mut words = said.split(' ');
    let first = words.next().unwrap_or_default();
    BUT.contains(&first)
}

/// "OK, but ...", "yes, if ...": agreement with a condition.
pub fn yes_but(text: &str) -> bool {
    let said = beginning(text);
    let begins_yes = [YES, FINE]
        .iter()
        .flat_map(|list| list.iter())
        .filter(|yes| {
            let rest = begins(&said, yes).then(|| said.get(yes.len()..)).flatten();
            rest.is_some_and(|rest| rest.starts_with(' '))
        })
        .max_by_key(|yes| yes.len());
    let Some(yes) = begins_yes else { return false };
    let rest = said.get(yes.len()..).unwrap_or_default();
    rest.split(' ').any(|word| BUT.contains(&word))
}

/// "No, ...", "Not yet ...": it begins as a no does.
pub fn begins_with_no(text: &str) -> bool {
    let said = beginning(text);
    let first = said.split(' ').next().unwrap_or_default();
    matches!(
        first,
        "no" | "nope" | "nein" | "non" | "not" | "nee" | "stop" | "wait" | "noch" | "pas"
    ) && !said.starts_with("no problem")
        && !said.starts_with("no worries")
        && !said.starts_with("not a problem")
}

/// Whether it says no anywhere.
pub fn denies(text: &str) -> bool {
    contains(text, NOT)
}

/// Words that say nothing beside a yes with its code.
pub fn is_padding(text: &str) -> bool {
    if text.len() > 300 {
        return false;
    }
    if !text.contains(char::is_alphanumeric) || is_thanks(text) {
        return true;
    }
    if is_yes(text) || is_fine(text) || is_all(text) {
        return true;
    }
    let said = said(text);
    said.split(' ').all(|word| PADDING.contains(&word))
}

#[rustfmt::skip]
const PADDING: &[&str] = &[
    "and", "und", "et", "y", "here", "is", "the", "code", "my", "answer", "hier", "ist", "der",
    "mein", "from", "me", "by", "for", "us", "von", "mir", "uns", "pour", "moi", "por", "mi",
    "parte", "so", "then", "also", "as", "discussed", "it", "with", "that", "therefore", "voici",
    "le", "el", "codigo", "yes", "ja", "oui", "si", "ok", "great", "perfect", "super", "parfait",
    "perfecto", "sure", "fine", "dann", "entonces", "donc", "de", "my", "side", "all", "good",
    "looks", "thanks", "thank", "you", "danke", "merci", "gracias", "agreed", "approved", "please", "go", "ahead", "approve", "confirm", "confirmed", "we", "i", "this", "hereby", "fully", "happy", "proceed", "works", "very", "well", "nice", "bitte", "los", "einverstanden", "passt",
];

/// Whether a name cannot be a name: it is a yes, a no, or a word for them.
pub fn means_something(text: &str) -> bool {
    is_yes(text) || is_no(text) || is_fine(text) || is_all(text) || is_no_answer(text)
}

fn has_thumb(text: &str) -> bool {
    text.contains(['\u{1f44d}', '\u{2705}', '\u{2714}', '\u{1f44c}'])
        && !text.contains(char::is_alphanumeric)
}

/// What a short text says, without thanks and "please" around it.
fn said(text: &str) -> String {
    let said = plain(text);
    let mut said = said.as_str();
    for end in [
        " thanks",
        " thank you",
        " thx",
        " please",
        " danke",
        " vielen dank",
        " bitte",
        " merci",
        " svp",
        " gracias",
        " many thanks",
        " por favor",
        " thanks a lot",
    ] {
        said = said.strip_suffix(end).unwrap_or(said);
    }
    said.to_owned()
}

fn is_one_of(text: &str, list: &[&str]) -> bool {
    text.len() <= LONGEST && says_one_of(&said(text), list)
}

fn says_one_of(said: &str, list: &[&str]) -> bool {
    !said.is_empty() && (list.contains(&said) || pairs(said, list))
}

/// "Yes, correct": two of them in a row.
fn pairs(said: &str, list: &[&str]) -> bool {
    if !list.iter().any(|part| begins(said, part)) {
        return false;
    }
    let fits = |part: &str| list.contains(&part);
    said.match_indices(' ').any(|(at, _)| {
        let (a, b) = said.split_at(at);
        fits(a) && fits(b.trim_start())
    })
}

/// Most words differ in their first letter, and need no closer look.
fn begins(said: &str, part: &str) -> bool {
    said.as_bytes().first() == part.as_bytes().first() && said.starts_with(part)
}

fn contains(text: &str, list: &[&str]) -> bool {
    let said = beginning(text);
    said.split(' ').any(|word| list.contains(&word))
}

fn beginning(text: &str) -> String {
    let mut end = text.len().min(600);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    plain(text.get(..end).unwrap_or_default())
}

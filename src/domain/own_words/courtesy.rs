//! Greetings, thanks, farewells and signatures: whoever writes them says
//! nothing about what was asked.

use super::{LONGEST, Line, Whose, plain};

/// Longer lines are no courtesy (bytes).
const SHORT: usize = 160;
/// Lines of a signature that is set apart by two hyphens.
const SIGNATURE: usize = 12;

/// Marks the courtesies among the own lines.
pub fn mark(lines: &mut [Line<'_>], names: &[String]) {
    greeting(lines);
    let mut said = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if line.whose != Whose::Own || line.text.is_empty() || line.text.len() > LONGEST {
            said |= line.whose == Whose::Own && !line.text.is_empty();
            at += 1;
            continue;
        }
        let text = line.text;
        let plain = if text.len() <= SHORT {
            plain(text)
        } else {
            String::new()
        };
        let thanks = says_thanks(text, &plain);
        let ends = if matches!(text, "--" | "\u{2014}") {
            signature(lines.get(at + 1..).unwrap_or_default())
        } else if is_farewell(text, &plain) || (thanks && said) {
            under_farewell(lines.get(at + 1..).unwrap_or_default(), names)
        } else if is_name(&plain, names) && ends_here(lines.get(at + 1..).unwrap_or_default(), said)
        {
            under_name(lines.get(at + 1..).unwrap_or_default())
        } else if thanks || is_footer(&plain) {
            0
        } else {
            said = true;
            at += 1;
            continue;
        };
        for line in lines.iter_mut().skip(at).take(ends + 1) {
            if !line.text.is_empty() {
                line.whose = Whose::Courtesy;
            }
        }
        at += ends + 1;
    }
}

/// The greeting at the beginning, whole or before their first words.
fn greeting(lines: &mut [Line<'_>]) {
    let first = lines
        .iter_mut()
        .find(|l| l.whose == Whose::Own && !l.text.is_empty());
    let Some(first) = first.filter(|l| l.text.len() <= 4 * LONGEST) else {
        return;
    };
    match after_greeting(first.text) {
        Some("") => first.whose = Whose::Courtesy,
        Some(rest) => first.text = rest,
        None => {}
    }
}

/// What follows a greeting; `None` where there is no greeting.
pub fn after_greeting(line: &str) -> Option<&str> {
    // "Hi Raj," and what follows; a line without a break is a greeting alone.
    let end = line
        .char_indices()
        .find(|(_, c)| matches!(c, ',' | '!' | ':' | '.' | ';' | '\u{2013}' | '\u{2014}'))
        .map_or(line.len(), |(at, c)| at + c.len_utf8());
    let (greeting, rest) = line.split_at(end);
    let words: Vec<&str> = greeting.split_whitespace().collect();
    if words.is_empty() || words.len() > 6 {
        return None;
    }
    let said = plain(greeting);
    let known = GREETINGS.iter().filter(|g| {
        said.strip_prefix(*g)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    let longest = known.max_by_key(|g| g.len())?;
    let whom = words.iter().skip(longest.split(' ').count());
    whom.clone()
        .all(|word| is_capitalised(word) || TO_ALL.contains(&plain(word).as_str()))
        .then(|| rest.trim())
}

#[rustfmt::skip]
const GREETINGS: &[&str] = &[
    "hi", "hello", "hey", "dear", "hi there", "good morning", "good afternoon", "good evening",
    "morning", "greetings", "hallo", "lieber", "liebe", "guten morgen", "guten tag",
    "guten abend", "moin", "servus", "gruss gott", "grusse dich", "sehr geehrte", "sehr geehrter",
    "bonjour", "salut", "bonsoir", "cher", "chere", "coucou", "hola", "buenos dias",
    "buenas tardes", "buenas", "estimado", "estimada", "querido", "querida", "ciao", "buongiorno",
    "hoi", "goedemorgen", "ola", "hej",
];

#[rustfmt::skip]
const TO_ALL: &[&str] = &[
    "all", "there", "team", "everyone", "everybody", "again", "zusammen", "alle", "a", "tous",
    "toutes", "todos", "todas", "frau", "herr", "y",
];

/// Whether a line says thanks and nothing else.
pub fn is_thanks(line: &str) -> bool {
    line.len() <= SHORT && says_thanks(line, &plain(line))
}

fn says_thanks(line: &str, said: &str) -> bool {
    let words = || said.split(' ');
    let count = words().count();
    if count > 10 || !words().any(|word| THANKS.contains(&word)) {
        return false;
    }
    let known = |word: &&str| THANKS.contains(word) || AROUND_THANKS.contains(word);
    let unknown = words().filter(|word| !known(word)).count();
    // One word more is the name of whoever is thanked.
    let named = || {
        let last = line.split_whitespace().last().unwrap_or_default();
        unknown == 1 && count > 1 && is_capitalised(last) && !says_something(last) && {
            let last = plain(last);
            !known(&last.as_str())
        }
    };
    unknown == 0 || named()
}

#[rustfmt::skip]
const THANKS: &[&str] = &[
    "thanks", "thank", "thx", "thanx", "ty", "cheers", "danke", "dank", "dankeschon", "merci",
    "gracias", "grazie", "bedankt", "obrigado", "obrigada", "tack", "dankend", "tausend",
];

#[rustfmt::skip]
const AROUND_THANKS: &[&str] = &[
    "you", "so", "much", "many", "very", "a", "lot", "for", "asking", "this", "the", "your",
    "message", "mail", "email", "note", "checking", "it", "again", "in", "advance", "and",
    "everything", "writing", "clear", "quick", "all", "of", "work", "vielen", "lieben", "besten",
    "herzlichen", "schon", "sehr", "fur", "die", "deine", "ihre", "nachricht", "nachfrage",
    "nachfragen", "im", "voraus", "schonmal", "dir", "ihnen", "euch", "beaucoup", "mille", "pour",
    "ton", "votre", "par", "avance", "a", "toi", "vous", "muchas", "mil", "por", "tu", "su",
    "preguntar", "mensaje", "antemano",
];

/// Whether a line ends a letter: "Best regards", "LG Dana", "Cordialement,".
fn is_farewell(line: &str, said: &str) -> bool {
    if said.is_empty() || line.len() > 80 {
        return false;
    }
    let first = said.as_bytes().first();
    FAREWELLS.iter().any(|known| {
        if known.as_bytes().first() != first {
            return false;
        }
        let Some(rest) = said.strip_prefix(known) else {
            return false;
        };
        if rest.is_empty() {
            return true;
        }
        let words = known.split(' ').count();
        let whom = line.split_whitespace().skip(words);
        rest.starts_with(' ')
            && whom.clone().count() <= 3
            && whom
                .clone()
                .all(|w| (is_capitalised(w) || w == "aus") && !says_something(w))
    })
}

#[rustfmt::skip]
const FAREWELLS: &[&str] = &[
    "best", "best regards", "kind regards", "warm regards", "warmest regards", "regards",
    "with kind regards", "with best regards", "best wishes", "all the best", "cheers",
    "sincerely", "yours sincerely", "yours", "yours truly", "yours faithfully", "talk soon",
    "speak soon", "have a great day", "have a good day", "have a nice day", "have a good one",
    "have a good weekend", "have a great weekend", "have a nice weekend", "take care", "see you",
    "kr", "br", "rgds", "brgds", "thanks and regards", "thanks and best regards",
    "many thanks and best regards", "thanks and kind regards", "mit freundlichen grussen",
    "mit freundlichen gruessen", "mit freundlichem gruss", "freundliche grusse",
    "freundliche gruesse", "viele grusse", "viele gruesse", "viele liebe grusse", "beste grusse",
    "beste gruesse", "liebe grusse", "liebe gruesse", "herzliche grusse", "herzliche gruesse",
    "schone grusse", "schoene gruesse", "sonnige grusse", "mit besten grussen",
    "mit besten gruessen", "mit herzlichen grussen", "gruss", "grusse", "gruesse", "lieben gruss",
    "besten gruss", "lg", "vg", "mfg", "bg", "hg", "gruss und dank", "danke und gruss",
    "danke und viele grusse", "danke und lg", "danke und vg", "schones wochenende",
    "schoenes wochenende", "schonen tag", "schonen tag noch", "schonen abend", "bis bald",
    "bis dann", "cordialement", "bien cordialement", "tres cordialement", "bien a vous",
    "bien a toi", "cdlt", "cdt", "sinceres salutations", "salutations", "meilleures salutations",
    "bonne journee", "bonne soiree", "bon week end", "bonne fin de journee", "a bientot",
    "amicalement", "merci et bonne journee", "bises", "un saludo", "saludos", "saludos cordiales",
    "un cordial saludo", "atentamente", "un abrazo", "cordialmente", "gracias y un saludo",
    "muchas gracias y un saludo", "gracias y saludos", "hasta pronto", "cordiali saluti",
    "distinti saluti", "saluti", "met vriendelijke groet", "met vriendelijke groeten", "groeten",
    "groet", "mvg", "abracos",
];

/// Lines after a farewell that belong to it: a name, and who that is.
fn under_farewell(after: &[Line<'_>], names: &[String]) -> usize {
    let blank = blanks(after);
    let Some(first) = after.get(blank).filter(|l| l.whose == Whose::Own) else {
        return 0;
    };
    if !(looks_like_a_name(first.text)
        || is_name(&plain(first.text), names)
        || is_contact(first.text))
    {
        return 0;
    }
    let named = blank + 1;
    named + under_name(after.get(named..).unwrap_or_default())
}

/// Lines below a name: titles directly below it, addresses anywhere.
fn under_name(after: &[Line<'_>]) -> usize {
    let mut end = 0;
    let mut apart = false;
    for (at, line) in after.iter().take(SIGNATURE).enumerate() {
        if line.whose != Whose::Own {
            break;
        }
        if line.text.is_empty() {
            apart = true;
        } else if is_contact(line.text) || (!apart && is_title(line.text)) {
            end = at + 1;
        } else {
            break;
        }
    }
    end
}

/// Everything after two hyphens, to a quote or to what is too much for it.
fn signature(after: &[Line<'_>]) -> usize {
    let end = after
        .iter()
        .take(SIGNATURE)
        .take_while(|l| l.whose == Whose::Own && l.text.len() <= 120 && !is_answer_like(l.text))
        .count();
    let tail = after.get(..end).unwrap_or_default().iter().rev();
    end - tail.take_while(|l| l.text.is_empty()).count()
}

/// Nothing of their own follows, or only what belongs to a signature.
fn ends_here(after: &[Line<'_>], said: bool) -> bool {
    let end = under_name(after);
    if said && end > 0 {
        return true;
    }
    let mut rest = after.iter().skip(end).skip_while(|l| l.text.is_empty());
    rest.next().is_none_or(|l| {
        l.whose != Whose::Own || is_footer(&plain(beginning(l.text))) || l.text.starts_with("--")
    })
}

fn blanks(lines: &[Line<'_>]) -> usize {
    lines
        .iter()
        .take_while(|l| l.text.is_empty() && l.whose == Whose::Own)
        .count()
}

fn is_name(said: &str, names: &[String]) -> bool {
    if names.is_empty() || said.len() > 60 {
        return false;
    }
    let mut words = said.split(' ').peekable();
    words.peek().is_some_and(|w| !w.is_empty())
        && words.clone().count() <= 4
        && words.all(|word| {
            let initial = word.chars().count() == 1;
            names.iter().any(|name| {
                let mut parts = name.split(' ');
                parts.any(|part| part == word || (initial && part.starts_with(word)))
            })
        })
}

/// One to four words, each as names are written.
fn looks_like_a_name(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let count = words.clone().count();
    let particle = |w: &str| {
        matches!(
            w,
            "von"
                | "van"
                | "de"
                | "der"
                | "del"
                | "da"
                | "la"
                | "di"
                | "le"
                | "und"
                | "and"
                | "y"
                | "et"
        )
    };
    line.len() <= 50
        && count <= 4
        && !line.ends_with(['?', '!', ':', ';'])
        && !line.contains(|c: char| c.is_ascii_digit() || matches!(c, '>' | '='))
        && !(line.contains(',') && count > 1 && !line.ends_with(','))
        && words.all(|w| (is_capitalised(w) || particle(w)) && !says_something(w))
}

/// "Head of Operations", "Leiterin Controlling".
fn is_title(line: &str) -> bool {
    let small = [
        "of", "and", "the", "for", "fur", "und", "der", "des", "de", "la", "et", "y", "del", "am",
        "im", "in",
    ];
    line.len() <= 70
        && !line.ends_with(['.', '?', '!', ':'])
        && !is_answer_like(line)
        && line.split_whitespace().count() <= 7
        && (is_job(line)
            || line.split_whitespace().all(|w| {
                !w.contains(char::is_alphabetic)
                    || (is_capitalised(w) && !says_something(w))
                    || small.contains(&plain(w).as_str())
            }))
}

fn is_job(line: &str) -> bool {
    let said = plain(line);
    let first = said.split(' ').next().unwrap_or_default();
    JOBS.contains(&first) && is_capitalised(line)
}

/// An address, a number, a company: what stands below a name.
fn is_contact(line: &str) -> bool {
    if line.len() > 120 || line.ends_with('?') {
        return false;
    }
    let said = plain(line);
    let words = line.split_whitespace().count();
    let digits = line.chars().filter(char::is_ascii_digit).count();
    let first = said.split(' ').next().unwrap_or_default();
    let called = LABELS.contains(&first) || line.starts_with(['+', '(', '0']);
    if digits >= 6 && called && words <= 9 {
        return true;
    }
    let company = || said.split(' ').any(|w| COMPANY.contains(&w));
    !is_answer_like(line)
        && ((["@", "http", "www."].iter().any(|sign| line.contains(sign)) && words <= 5)
            || (line.contains(" | ") && words <= 12)
            || (words <= 8 && is_capitalised(line) && company()))
}

#[rustfmt::skip]
const LABELS: &[&str] = &[
    "tel", "telefon", "phone", "mobile", "mobil", "fax", "fon", "t", "m", "p", "cell", "office",
    "direct", "portable", "movil",
];

/// Words with which a title begins where it is written small.
#[rustfmt::skip]
const JOBS: &[&str] = &[
    "responsable", "directeur", "directrice", "chef", "cheffe", "charge", "chargee", "director",
    "directora", "jefa", "jefe", "coordinadora", "coordinador", "leiter", "leiterin", "manager",
    "lead", "head", "analyst", "consultant", "assistant", "assistante", "teamleiter",
    "teamleiterin", "team",
];

const COMPANY: &[&str] = &[
    "gmbh", "ltd", "inc", "llc", "ag", "plc", "sarl", "sas", "bv", "kg",
];

/// It begins as an answer does, or goes on after the signature.
fn is_answer_like(line: &str) -> bool {
    let said = plain(line);
    let mut words = said.split(' ');
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    let numbered = line.starts_with(|c: char| c.is_ascii_digit())
        && first.len() <= 3
        && !line.starts_with('0');
    numbered
        || matches!(
            first,
            "ps" | "pps" | "nb" | "ok" | "okay" | "order" | "also" | "but" | "please"
        )
        || (first == "p" && second == "s")
        || says_something(first)
}

/// Words that are an answer, whatever stands around them.
fn says_something(word: &str) -> bool {
    matches!(
        plain(word).as_str(),
        "yes"
            | "no"
            | "ja"
            | "nein"
            | "oui"
            | "non"
            | "si"
            | "ok"
            | "okay"
            | "not"
            | "both"
            | "none"
            | "correct"
            | "agreed"
            | "nope"
            | "yep"
            | "nothing"
            | "neither"
            | "all"
    ) || word.len() == 1
}

/// "Sent from my iPhone", in the languages of phones.
fn is_footer(said: &str) -> bool {
    let first = said.as_bytes().first();
    let begins = |starts: &[&str]| {
        let mut starts = starts.iter();
        starts.any(|s| s.as_bytes().first() == first && said.starts_with(s))
    };
    (begins(FOOTERS) && said.split(' ').count() <= 14)
        || (begins(&["von meinem ", "von meiner "]) && said.contains("gesendet"))
        || (begins(&["outlook fur ", "diese nachricht wurde von mein"])
            && said.split(' ').count() <= 14)
}

#[rustfmt::skip]
const FOOTERS: &[&str] = &[
    "sent from my ", "sent from mail ", "sent from outlook", "sent from yahoo",
    "sent from proton", "sent via ", "sent with ", "get outlook for", "gesendet von ",
    "gesendet mit ", "gesendet aus ", "envoye de mon ", "envoye depuis ", "envoye a partir de ",
    "telecharger outlook", "obtenez outlook", "enviado desde ", "enviado de mi ",
    "obtener outlook", "obten outlook", "inviato da ", "verzonden vanaf ", "verstuurd vanaf ",
    "enviado do meu ",
];

/// No more of a line than a courtesy has.
fn beginning(line: &str) -> &str {
    if line.len() > SHORT { "" } else { line }
}

fn is_capitalised(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    word.chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
}

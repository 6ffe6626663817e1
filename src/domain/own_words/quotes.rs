//! What of a reply is quoted, by the marks of the usual mail programs.

use super::{HeadField, LONGEST, Line, Whose, bare, is_nothing, plain};

/// Lines over which the introduction of a quote may be broken.
const BROKEN: usize = 4;

/// Every line with whose it is; courtesies are not told apart yet.
pub fn mark(words: &str) -> Vec<Line<'_>> {
    let whole: Vec<&str> = words.split('\n').collect();
    let raw: Vec<&str> = whole.iter().map(|line| bare(line)).collect();
    let mut lines = Vec::with_capacity(raw.len());
    let mut below = false;
    let mut at = 0;
    while let (Some(text), Some(line)) = (raw.get(at).copied(), whole.get(at)) {
        let whose = match quoted(text) {
            Some(inner) => {
                lines.push(Line {
                    text: inner,
                    whose: Whose::Quoted,
                    indented: false,
                });
                at += 1;
                continue;
            }
            None if below => Whose::Below,
            None => Whose::Own,
        };
        let head = match head(raw.get(at..).unwrap_or_default(), text) {
            Some(head) => head,
            None => {
                lines.push(Line {
                    text,
                    whose,
                    indented: line.starts_with("   ") || line.starts_with('\t'),
                });
                at += 1;
                continue;
            }
        };
        for line in raw.iter().skip(at).take(head) {
            lines.push(Line {
                text: line,
                whose: Whose::Head,
                indented: false,
            });
        }
        at += head;
        // With a mark before each quoted line, what has none is an answer.
        let mut rest = raw.iter().skip(at);
        let next = rest.find(|l| !l.is_empty());
        below = below || next.is_some_and(|next| quoted(next).is_none());
    }
    lines
}

/// What stands behind the marks of a quoted line.
fn quoted(line: &str) -> Option<&str> {
    let is_mark = |c: char| matches!(c, '>' | '|' | '\u{ff1e}');
    let line = line.trim_start_matches(is_nothing);
    line.starts_with(is_mark)
        .then(|| bare(line.trim_start_matches(|c: char| is_mark(c) || c.is_whitespace())))
}

/// How many lines from the first one on introduce a quoted message.
fn head(lines: &[&str], first: &str) -> Option<usize> {
    let begin = first.chars().next()?;
    if first.len() > LONGEST {
        return None;
    }
    if matches!(begin, '-' | '_' | '=' | '\u{2014}') {
        return rule(lines, first, begin);
    }
    block(lines).or_else(|| attribution(lines))
}

/// `-----Original Message-----`, or a line of underscores (Outlook).
fn rule(lines: &[&str], first: &str, begin: char) -> Option<usize> {
    let count = first.chars().take_while(|c| *c == begin).count();
    let inner = first.trim_matches(begin).trim();
    if inner.is_empty() {
        let mut rest = lines.iter().skip(1).take(3);
        let leads_on = rest.any(|l| head_line(l).is_some_and(|(f, _)| f == HeadField::From));
        return ((begin == '_' && count >= 5) || (count >= 3 && leads_on)).then_some(1);
    }
    let words = plain(inner);
    let named = MESSAGE.iter().any(|word| words.contains(word));
    (count >= 2 && first.ends_with(begin) && (named || count >= 5)).then_some(1)
}

/// What the rule above a quoted message calls it.
#[rustfmt::skip]
const MESSAGE: &[&str] = &[
    "message", "nachricht", "mensaje", "messaggio", "bericht", "mensagem", "meddelande", "besked",
    "wiadomosc", "forwarded", "weitergeleitet", "original",
];

/// The head of a mail: `From:` with `Sent:` or `Subject:` beside it.
fn block(lines: &[&str]) -> Option<usize> {
    let (first, _) = head_line(lines.first()?)?;
    let mut from = first == HeadField::From;
    let mut other = matches!(first, HeadField::Date | HeadField::Subject);
    let mut end = 1;
    for (at, line) in lines.iter().enumerate().skip(1).take(12) {
        match head_line(line) {
            Some((field, _)) => {
                from |= field == HeadField::From;
                other |= matches!(field, HeadField::Date | HeadField::Subject);
                end = at + 1;
            }
            // Outlook on the web sets them apart by empty lines; a long list
            // of names goes on in the next line.
            None if line.is_empty() || (at == end && line.contains('@')) => {}
            None => break,
        }
    }
    (from && other).then_some(end)
}

pub fn head_line(line: &str) -> Option<(HeadField, &str)> {
    let line = line.trim_start_matches(['*', ' ']);
    let colon = line.char_indices().take(40).find(|(_, c)| *c == ':')?.0;
    let (label, rest) = line.split_at(colon);
    let label = plain(label);
    let (field, _) = FIELDS
        .iter()
        .find(|(_, known)| known.contains(&label.as_str()))?;
    let rest = rest.trim_start_matches([':', '*', ' ', '\t', '\u{a0}']);
    Some((*field, rest))
}

const FIELDS: &[(HeadField, &[&str])] = &[
    (
        HeadField::From,
        &[
            "from",
            "von",
            "de",
            "da",
            "van",
            "fra",
            "fran",
            "od",
            "expediteur",
            "remitente",
        ],
    ),
    (
        HeadField::Date,
        &[
            "sent",
            "date",
            "gesendet",
            "datum",
            "envoye",
            "enviado",
            "enviado el",
            "fecha",
            "inviato",
            "data",
            "verzonden",
            "enviada em",
            "enviado em",
            "skickat",
            "sendt",
            "envoye le",
            "gesendet am",
            "wyslano",
        ],
    ),
    (
        HeadField::To,
        &[
            "to",
            "cc",
            "an",
            "a",
            "para",
            "aan",
            "til",
            "till",
            "do",
            "kopie",
            "bcc",
            "reply to",
            "antwort an",
            "repondre a",
            "copie",
            "copia",
            "importance",
            "wichtigkeit",
            "attachments",
            "anlagen",
        ],
    ),
    (
        HeadField::Subject,
        &[
            "subject",
            "betreff",
            "objet",
            "asunto",
            "oggetto",
            "onderwerp",
            "assunto",
            "amne",
            "emne",
            "temat",
        ],
    ),
];

/// "On Tuesday, Sam wrote:", over a few lines where it was broken.
fn attribution(lines: &[&str]) -> Option<usize> {
    let first = *lines.first()?;
    let begins = STARTS.iter().any(|start| {
        let head = first.get(..start.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(start))
    });
    if !begins && !first.contains('@') && !first.ends_with(':') {
        return None;
    }
    let near = lines.get(..BROKEN.min(lines.len()))?;
    let end = near.iter().position(|line| line.ends_with(':'))?;
    let mut whole = String::new();
    for line in near.get(..=end)? {
        if line.is_empty() || whole.len() + line.len() > LONGEST || quoted(line).is_some() {
            return None;
        }
        whole.push_str(line);
        whole.push(' ');
    }
    is_attribution(&whole, begins).then_some(end + 1)
}

fn is_attribution(text: &str, begins: bool) -> bool {
    let words = plain(text);
    let has = |word: &str| format!(" {words} ").contains(&format!(" {word} "));
    let dated = text.contains('@') || (begins && text.contains(|c: char| c.is_ascii_digit()));
    // "On 5 Feb you wrote:" is their own sentence.
    dated
        && WROTE.iter().any(|verb| has(verb))
        && !["you wrote", "i wrote"].iter().any(|own| has(own))
}

#[rustfmt::skip]
const STARTS: &[&str] = &[
    "on ", "am ", "le ", "el ", "il ", "op ", "em ", "den ", "dnia ", "w dniu ", "p\u{e5} ", "the ",
    "vom ",
];

#[rustfmt::skip]
const WROTE: &[&str] = &[
    "wrote", "schrieb", "a ecrit", "escribio", "ha scritto", "schreef", "escreveu", "skrev",
    "napisal", "napisala", "napisala a", "hat geschrieben",
];

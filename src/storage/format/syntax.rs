//! Text that is no TOML: what most likely went wrong, in plain words.

use super::problem::{Problem, floor};

/// The lines that git leaves around two versions that it could not join.
const OURS: &str = "<<<<<<<";
const THEIRS: &str = ">>>>>>>";

const SMART: [char; 8] = ['“', '”', '„', '‟', '‘', '’', '«', '»'];

const BEGIN: &str = "begin the line with `#` to make it a comment";

/// The problem behind an error of the TOML reader.
pub(super) fn explain(text: &str, error: &toml::de::Error) -> Problem {
    let message = error.message().lines().next().unwrap_or("").trim();
    whole(text, message).unwrap_or_else(|| {
        let span = error.span().unwrap_or_else(|| longest_line(text));
        let start = floor(text, span.start);
        let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let to = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let place = Place {
            text,
            message,
            span,
            line: &text[from..to],
            from,
        };
        place
            .quotes()
            .or_else(|| place.structure())
            .or_else(|| place.line_shape())
            .or_else(|| place.strings())
            .unwrap_or_else(|| place.anything())
    })
}

/// What is wrong with the text as a whole.
fn whole(text: &str, message: &str) -> Option<Problem> {
    if let Some(at) = conflict(text) {
        return Some(
            Problem::new(at, "two versions of the file were not joined by git")
                .label("the first version begins here")
                .hint(CONFLICT_HINT),
        );
    }
    if message.contains("recurs") {
        return Some(
            Problem::new(longest_line(text), "brackets or dots are nested too deeply")
                .hint("a brief nests at most a few of them; remove the surplus ones"),
        );
    }
    let begin = text.trim_start();
    let other = if begin.starts_with('{') {
        "JSON"
    } else if begin.starts_with("<!") || begin.starts_with("<html") || begin.starts_with("<?xml") {
        "a web page"
    } else {
        return None;
    };
    let at = text.len() - begin.len();
    Some(
        Problem::new(at..at + 1, format!("this is {other}, and a brief is TOML")).hint(
            "was the file saved from the wrong place? A brief begins with lines like title = \"…\"",
        ),
    )
}

fn longest_line(text: &str) -> std::ops::Range<usize> {
    let mut at = 0;
    let mut longest = 0..0;
    for line in text.split_inclusive('\n') {
        if line.len() > longest.len() {
            longest = at..at + line.len();
        }
        at += line.len();
    }
    longest.start..longest.start
}

/// Where reading stopped, and why.
struct Place<'t> {
    text: &'t str,
    message: &'t str,
    span: std::ops::Range<usize>,
    line: &'t str,
    /// Where the line begins.
    from: usize,
}

impl Place<'_> {
    fn says(&self, part: &str) -> bool {
        self.message.contains(part)
    }

    fn here(&self, what: impl Into<String>) -> Problem {
        Problem::new(self.span.clone(), what)
    }

    fn on_line(&self, what: impl Into<String>) -> Problem {
        let trimmed = self.line.trim();
        let from = self.from + (self.line.len() - self.line.trim_start().len());
        Problem::new(from..from + trimmed.len(), what)
    }

    /// Quotes of a word processor.
    fn quotes(&self) -> Option<Problem> {
        let (at, quote) = self
            .line
            .char_indices()
            .find(|(at, c)| SMART.contains(c) && !in_plain_quotes(self.line, *at))?;
        let at = self.from + at;
        Some(
            Problem::new(
                at..at + quote.len_utf8(),
                "a curly quote stands where a straight one belongs",
            )
            .label("not a straight quote")
            .hint("write texts in straight quotes: \"like this\""),
        )
    }

    /// Keys, headers and lists.
    fn structure(&self) -> Option<Problem> {
        let trimmed = self.line.trim();
        if self.says("duplicate key") {
            let name = self.text.get(self.span.clone()).unwrap_or("").trim();
            let hint = if !trimmed.starts_with('[') {
                format!("keep one `{name}`, and remove or rename the other")
            } else if trimmed.starts_with("[[") {
                format!("write every [[{name}]] with double brackets")
            } else {
                format!("put the keys of both under one [{name}]")
            };
            let problem = self.here(format!("`{name}` is there twice"));
            return Some(problem.label("again here").hint(hint));
        }
        let in_list = self.says("comma") || self.says("in array") || self.says("unclosed array");
        if in_list && !self.says("table") {
            let is_key = self
                .line
                .split_once('=')
                .is_some_and(|(key, _)| is_key(key));
            if is_key || self.says("unclosed") || self.says("`=`") {
                let problem = match self.open_list() {
                    Some(at) => Problem::new(at..at + 1, "a list has no closing `]`")
                        .label("the list begins here"),
                    None => self.here("a list has no closing `]`"),
                };
                return Some(problem.hint("add `]` behind the last element of the list"));
            }
            return Some(
                self.here("a comma is missing between two elements")
                    .label("comma missing before this")
                    .hint("separate the elements of a list with commas: [\"one\", \"two\"]"),
            );
        }
        let before_comment = trimmed.split('#').next().unwrap_or("").trim();
        if trimmed.starts_with('[') && !before_comment.ends_with(']') {
            let close = if trimmed.starts_with("[[") { "]]" } else { "]" };
            return Some(
                self.on_line(format!("a header has no closing `{close}`"))
                    .hint(format!("end the header with `{close}`")),
            );
        }
        None
    }

    /// The bracket of the list above that was not closed.
    fn open_list(&self) -> Option<usize> {
        let above = self.text.get(..self.from)?;
        let mut end = above.len();
        for line in above.split_inclusive('\n').rev() {
            let start = end - line.len();
            if let Some(at) = line.find("= [").or_else(|| line.find("=[")) {
                let bracket = at + line.get(at..)?.find('[')?;
                return (!line.contains(']')).then_some(start + bracket);
            }
            end = start;
        }
        None
    }

    /// Lines that are not `key = value`.
    fn line_shape(&self) -> Option<Problem> {
        let trimmed = self.line.trim();
        if trimmed.starts_with(['[', '#']) {
            return None;
        }
        let colon = trimmed.split_once(':').map(|(key, _)| key.trim());
        if let Some(key) = colon.filter(|key| !key.is_empty() && is_key(key)) {
            return Some(
                self.on_line("a `:` stands where `=` is meant")
                    .hint(format!("write `{key} = …`")),
            );
        }
        if trimmed.ends_with('=') || self.says("missing value") {
            return Some(
                self.here("a key has no value")
                    .label("value missing")
                    .hint("write a value behind the `=`, or remove the line"),
            );
        }
        let mut words = trimmed.split_whitespace();
        let key = words.next().unwrap_or("");
        if !trimmed.contains('=') && self.says("key") && !key.is_empty() && is_key(key) {
            let value = words
                .next()
                .is_some_and(|word| word.starts_with(['"', '\'', '[']));
            let hint = if value || trimmed == key {
                format!("write `{key} = …`, or {BEGIN}")
            } else {
                format!("put the words into a text, `key = \"…\"`, or {BEGIN}")
            };
            return Some(self.on_line("a line has no `=`").hint(hint));
        }
        None
    }

    /// Values.
    fn strings(&self) -> Option<Problem> {
        let trimmed = self.line.trim();
        if self.says("date") || self.says("time") || self.says("day between") {
            return Some(
                self.here(self.message)
                    .hint("write a day as 2026-02-19, and a moment as 2026-02-19T09:00:00+01:00"),
            );
        }
        if self.says("escape") {
            return Some(
                self.here("a backslash begins an escape that does not exist")
                    .hint("write a backslash twice (\\\\), or put the text between single quotes"),
            );
        }
        if self.says("unquoted key") {
            return Some(self.here(self.message).hint(
                "a key has letters, digits, `-` and `_`; put any other into quotes: \"my key\"",
            ));
        }
        if self.says("invalid") && self.says("string") {
            let literal = self.says("literal");
            let quote = if literal { "'" } else { "\"" };
            if self.says("multi-line") {
                let many = quote.repeat(3);
                let what = format!("a text has no closing {many}");
                let problem = match self.text.rfind(&many) {
                    Some(at) => Problem::new(at..at + many.len(), what).label("it begins here"),
                    None => self.here(what),
                };
                return Some(problem.hint(format!("end the text with {many}")));
            }
            let hint = if literal {
                "end the text with '; a text with ' in it stands between \" and \"".to_owned()
            } else {
                "end the text with \"; a quote inside it is written \\\", and a text of several lines stands between \"\"\" and \"\"\"".to_owned()
            };
            return Some(
                self.here(format!("a text has no closing {quote}"))
                    .hint(hint),
            );
        }
        if self.says("unexpected key or value") && trimmed.contains(['"', '\'']) {
            return Some(
                self.here("something follows the end of the text")
                    .label("not part of the text")
                    .hint("write a quote inside a text as \\\", and begin a comment with `#`"),
            );
        }
        if self.says("must be quoted") || unquoted(self.line) {
            return Some(
                self.here("a text has no quotes around it")
                    .hint("write texts in quotes: \"like this\""),
            );
        }
        None
    }

    fn anything(&self) -> Problem {
        let what = if self.message.is_empty() {
            "this is no TOML"
        } else {
            self.message
        };
        self.here(what).hint(
            "compare the line with its neighbours: key = \"text\", key = [\"a\", \"b\"], [table] or [[item]]",
        )
    }
}

pub(in crate::storage) const CONFLICT_HINT: &str = "choose one of the two versions between <<<<<<< and >>>>>>>, \
remove the three marker lines, and save; askfirst resolve BRIEF --join merges a brief by meaning";

/// The first conflict marker that is one: its partner follows.
pub(super) fn conflict(text: &str) -> Option<std::ops::Range<usize>> {
    // There is none in nearly all texts, which is known in less time than it takes to
    // look at each line.
    memchr::memmem::find(text.as_bytes(), OURS.as_bytes())?;
    let mut at = 0;
    let mut open = None;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if is_marker(bare, OURS) {
            open = open.or(Some(at..at + bare.len()));
        } else if open.is_some() && is_marker(bare, THEIRS) {
            return open;
        }
        at += line.len();
    }
    None
}

/// Whether a line is a marker of git, such as `<<<<<<< HEAD`.
pub(in crate::storage) fn is_marker(line: &str, marker: &str) -> bool {
    line.strip_prefix(marker)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn is_key(text: &str) -> bool {
    text.trim()
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// Whether the byte at `at` stands between straight quotes.
fn in_plain_quotes(line: &str, at: usize) -> bool {
    line.get(..at)
        .is_some_and(|t| t.matches('"').count() % 2 == 1)
}

/// `key = words without quotes`.
fn unquoted(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, value)| {
        is_key(key) && value.trim().chars().next().is_some_and(char::is_alphabetic)
    })
}

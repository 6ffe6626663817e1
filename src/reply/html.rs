//! The text of a mail that is written in HTML: lines as a reader sees them,
//! quotes with `>` before them. Nothing is fetched and nothing is run; what a
//! reader cannot see (scripts, hidden parts) is left out. One pass, whatever
//! the tags.

use mail_parser::decoders::html::add_html_token;

/// Marks before a line, however deep the quotes are nested.
const DEEPEST: usize = 9;
/// The longest name of a character, `&CounterClockwiseContourIntegral;`.
const ENTITY: usize = 34;

/// The text of `html`.
pub fn to_text(html: &str) -> String {
    let mut page = Page::default();
    let mut rest = html;
    let is_mark = |b: u8| matches!(b, b'<' | b'&');
    while let Some(at) = rest.bytes().position(is_mark) {
        page.words(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        rest = if rest.starts_with('<') {
            markup(&mut page, rest)
        } else {
            character(&mut page, rest)
        };
    }
    page.words(rest);
    page.end_line();
    page.out
}

/// Reads what begins with `<`; gives what follows it.
fn markup<'a>(page: &mut Page, text: &'a str) -> &'a str {
    if let Some(comment) = text.strip_prefix("<!--") {
        return match comment.find("-->") {
            Some(end) => comment.get(end + 3..).unwrap_or_default(),
            None => "",
        };
    }
    let is_tag = text
        .get(1..)
        .is_some_and(|t| t.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)));
    let end = if is_tag && !page.unended {
        end_of_tag(text)
    } else {
        None
    };
    // Without an end of this tag there is none of a later one.
    page.unended |= is_tag && end.is_none();
    let Some(end) = end else {
        page.words("<");
        return text.get(1..).unwrap_or_default();
    };
    let tag = text.get(1..end).unwrap_or_default();
    let after = text.get(end + 1..).unwrap_or_default();
    let closes = tag.starts_with('/');
    let tag = tag.trim_start_matches('/');
    let name_end = tag
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(tag.len());
    let (name, attributes) = tag.split_at(name_end);
    let name = name.to_ascii_lowercase();
    // What stands in these is no text, whatever it looks like.
    let is_raw = matches!(
        name.as_str(),
        "script" | "style" | "title" | "noscript" | "template" | "textarea" | "xml"
    );
    if is_raw && !closes {
        return after_closing(after, &name);
    }
    page.tag(&name, attributes, closes);
    after
}

/// Where a tag ends; quoted values may hold `>`.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().take(8 * 1024) {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // A quote that never ends: the tag ends where it seems to.
    text.find('>')
}

/// What follows `</name>`, or nothing.
fn after_closing<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = rest.get(at + 2..).unwrap_or_default();
        let is_it = rest
            .get(..name.len())
            .is_some_and(|n| n.eq_ignore_ascii_case(name));
        if is_it {
            return match rest.find('>') {
                Some(end) => rest.get(end + 1..).unwrap_or_default(),
                None => "",
            };
        }
    }
    ""
}

/// Reads what begins with `&`; gives what follows it.
fn character<'a>(page: &mut Page, text: &'a str) -> &'a str {
    let end = text.bytes().take(ENTITY).position(|b| b == b';');
    let token = end.and_then(|end| text.get(..=end));
    let is_named = |token: &&str| {
        let name = token.get(1..token.len() - 1).unwrap_or_default();
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
    };
    match token.filter(is_named) {
        Some("&nbsp;" | "&#160;" | "&#xa0;" | "&#xA0;") => {
            page.hard_space();
            text.get(token.map_or(1, str::len)..).unwrap_or_default()
        }
        Some(token) => {
            let mut decoded = String::new();
            add_html_token(&mut decoded, token.as_bytes(), false);
            page.words(&decoded);
            text.get(token.len()..).unwrap_or_default()
        }
        None => {
            page.words("&");
            text.get(1..).unwrap_or_default()
        }
    }
}

#[derive(Default)]
struct Page {
    out: String,
    line: String,
    space: bool,
    depth: usize,
    /// Whether each open `<blockquote>` quotes, or only sets in.
    quotes: Vec<bool>,
    /// Counters of the open lists; 0 where they have bullets.
    lists: Vec<usize>,
    pre: usize,
    /// No tag ends any more.
    unended: bool,
    /// The open paragraph has no space below it.
    tight: bool,
    /// An empty line is due before the next words.
    gap: bool,
    /// The element that is not shown, and how many of its name are open in it.
    hidden: Option<(String, usize)>,
}

impl Page {
    fn words(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        for c in text.chars() {
            if self.pre > 0 && c == '\n' {
                self.break_line();
            } else if c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\u{c}' {
                self.space = true;
            } else {
                if self.space && (!self.line.is_empty() || self.pre > 0) {
                    self.line.push(' ');
                }
                self.space = false;
                self.line.push(c);
            }
        }
    }

    fn hard_space(&mut self) {
        if self.hidden.is_none() {
            self.line.push(' ');
            self.space = false;
        }
    }

    /// Ends the line even if nothing is on it.
    fn break_line(&mut self) {
        if std::mem::take(&mut self.gap) && !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
        if self.depth > 0 {
            self.out
                .extend(std::iter::repeat_n('>', self.depth.min(DEEPEST)));
            self.out.push(' ');
        }
        self.out.push_str(self.line.trim_end());
        self.out.push('\n');
        self.line.clear();
        self.space = false;
    }

    fn end_line(&mut self) {
        if !self.line.trim().is_empty() {
            self.break_line();
        }
        self.line.clear();
        self.space = false;
    }

    fn empty_line(&mut self) {
        self.end_line();
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.break_line();
        }
    }

    fn tag(&mut self, name: &str, attributes: &str, closes: bool) {
        if let Some((hidden, open)) = &mut self.hidden {
            if hidden == name {
                *open = if closes {
                    open.saturating_sub(1)
                } else {
                    *open + 1
                };
                if *open == 0 {
                    self.hidden = None;
                }
            }
            return;
        }
        let is_void = matches!(
            name,
            "br" | "hr" | "img" | "input" | "meta" | "link" | "wbr" | "col" | "area" | "base"
        );
        if !closes && !is_void && is_hidden(attributes) {
            self.hidden = Some((name.to_owned(), 1));
            return;
        }
        match name {
            "br" => self.break_line(),
            "hr" => {
                self.end_line();
                self.line.push_str("----------");
                self.end_line();
            }
            "blockquote" => self.quote(attributes, closes),
            "pre" => {
                self.end_line();
                self.pre = if closes {
                    self.pre.saturating_sub(1)
                } else {
                    self.pre + 1
                };
            }
            "ol" | "ul" => {
                self.end_line();
                if closes {
                    self.lists.pop();
                } else {
                    let start = attribute(attributes, "start").and_then(|n| n.parse().ok());
                    self.lists
                        .push(if name == "ol" { start.unwrap_or(1) } else { 0 });
                }
            }
            "li" => {
                self.end_line();
                if !closes {
                    let mark = match self.lists.last_mut() {
                        Some(number) if *number > 0 => {
                            *number = number.saturating_add(1);
                            format!("{}. ", *number - 1)
                        }
                        _ => "- ".to_owned(),
                    };
                    self.line.push_str(&mark);
                }
            }
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                // Outlook makes each line a paragraph of its own.
                if self.line.trim().is_empty() && !closes {
                    self.end_line();
                }
                let tight = attributes.contains("Mso") || attributes.contains("margin:0");
                if closes {
                    self.end_paragraph(self.line.trim().is_empty());
                    self.gap |= !self.tight;
                } else if tight {
                    self.end_line();
                } else {
                    self.empty_line();
                }
                self.tight = tight && !closes;
            }
            "td" | "th" => {
                if !closes && !self.line.trim().is_empty() {
                    self.line.push(' ');
                }
            }
            "div" | "tr" | "table" | "section" | "article" | "header" | "footer" | "body"
            | "center" | "dl" | "dt" | "dd" | "form" | "fieldset" | "address" => {
                self.end_line();
                let signature = attributes.contains("gmail_signature\"")
                    || attributes.contains("id=\"Signature\"")
                    || attributes.contains("class=\"moz-signature\"");
                if !closes && signature {
                    self.line.push_str("--");
                    self.end_line();
                }
            }
            _ => {}
        }
    }

    /// After a paragraph; an empty one is an empty line.
    fn end_paragraph(&mut self, is_empty: bool) {
        if is_empty {
            self.line.clear();
            if !self.out.ends_with("\n\n") {
                self.break_line();
            }
        } else {
            self.end_line();
        }
    }

    fn quote(&mut self, attributes: &str, closes: bool) {
        self.end_line();
        if closes {
            if self.quotes.pop() == Some(true) {
                self.depth = self.depth.saturating_sub(1);
            }
            return;
        }
        // Mail programs indent with the same element.
        let plain: String = attributes
            .chars()
            .take(1000)
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
            .to_ascii_lowercase();
        let indents =
            plain.contains("border:none") && !plain.contains("cite") && !plain.contains("quote");
        self.quotes.push(!indents);
        self.depth += usize::from(!indents);
    }
}

/// Whether a reader does not see what stands in it.
fn is_hidden(attributes: &str) -> bool {
    if attributes.is_empty() {
        return false;
    }
    let has_hidden = attributes
        .split(|c: char| c.is_whitespace() || c == '/')
        .any(|word| word.eq_ignore_ascii_case("hidden"));
    if has_hidden {
        return true;
    }
    let Some(style) = attribute(attributes, "style") else {
        return false;
    };
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let style = style.to_ascii_lowercase();
    [
        "display:none",
        "visibility:hidden",
        "font-size:0",
        "max-height:0",
        "opacity:0",
    ]
    .iter()
    .any(|hiding| {
        style.match_indices(hiding).any(|(at, found)| {
            // `opacity:0.8` is seen.
            let after = style.get(at + found.len()..).unwrap_or_default();
            !after.starts_with(|c: char| c == '.' || c.is_ascii_digit())
        })
    })
}

/// The value of an attribute, in quotes or without.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        let equals = rest.find('=')?;
        let (before, after) = rest.split_at(equals);
        let after = after.get(1..)?.trim_start();
        let is_it = before
            .trim_end()
            .rsplit(|c: char| c.is_whitespace() || c == '/')
            .next()
            .is_some_and(|n| n.eq_ignore_ascii_case(name));
        let (value, next) = match after.chars().next()? {
            quote @ ('"' | '\'') => {
                let inner = after.get(1..)?;
                let end = inner.find(quote)?;
                (inner.get(..end)?, inner.get(end + 1..)?)
            }
            _ => {
                let end = after.find(char::is_whitespace).unwrap_or(after.len());
                after.split_at(end)
            }
        };
        if is_it {
            return Some(value);
        }
        rest = next;
    }
}

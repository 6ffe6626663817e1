//! The outline as Markdown (CommonMark, safe in the dialects of forges and
//! chats): nothing that a person wrote becomes a link, an image, HTML or a
//! heading.

use super::outline::{Block, Item, Outline, Part, Row, Tag};
use super::wrap::{WIDTH, wrap_markdown};

pub(super) fn render(outline: &Outline, mark: &str) -> String {
    let mut out = format!("# {}\n\n", one_line(&outline.title));
    let status = &outline.status;
    paragraph(
        &mut out,
        &format!(
            "**{} {}.** {}",
            status.symbol,
            status.word,
            escape(&status.sentence)
        ),
        "",
        "",
    );
    out.push('\n');
    rows(&mut out, &outline.facts);
    for part in &outline.parts {
        out.push('\n');
        render_part(&mut out, part);
    }
    out.push_str("\n---\n\n");
    paragraph(&mut out, &escape(&outline.closing), "", "");
    // Never wrapped: the mark is found by its line.
    out.push('\n');
    out.push_str(mark);
    out.push('\n');
    out
}

fn render_part(out: &mut String, part: &Part) {
    out.push_str(&format!("## {}\n", part.heading));
    let mut after_list = false;
    for block in &part.blocks {
        out.push('\n');
        match block {
            Block::Heading { text } => out.push_str(&format!("### {}\n", one_line(text))),
            Block::Text { text, tag } => {
                let text = format!("{}{}", escape(text), tag_words(tag.as_ref()));
                paragraph(out, &text, "", "");
            }
            Block::Quote { words, source } => {
                paragraph(out, &escape(words), "> ", "> ");
                if !source.is_empty() {
                    out.push_str(">\n");
                    paragraph(out, &format!("\u{2014} {}", escape(source)), "> ", "> ");
                }
            }
            Block::List { ordered, items } => {
                for item in items {
                    render_item(out, item, *ordered);
                }
            }
            // As items they would become the last ones of the list above.
            Block::Rows { rows: list } if after_list => {
                for (at, row) in list.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "\n" });
                    paragraph(out, &row_text(row), "", "");
                }
            }
            Block::Rows { rows: list } => rows(out, list),
            Block::Notice { symbol, text } => {
                paragraph(out, &format!("**{symbol}** {}", escape(text)), "", "");
            }
        }
        after_list = matches!(block, Block::List { .. });
    }
}

fn render_item(out: &mut String, item: &Item, ordered: bool) {
    let first = if ordered {
        format!("{}. ", item.number)
    } else {
        "- ".to_owned()
    };
    let rest = " ".repeat(first.len());
    let text = format!("{}{}", escape(&item.text), tag_words(item.tag.as_ref()));
    paragraph(out, &text, &first, &rest);
    for detail in &item.details {
        let value = escape(&detail.value);
        let value = if detail.label.is_empty() {
            value
        } else {
            format!("{}: {value}", escape(&detail.label))
        };
        paragraph(out, &value, &format!("{rest}- "), &format!("{rest}  "));
    }
}

fn rows(out: &mut String, rows: &[Row]) {
    for row in rows {
        paragraph(out, &row_text(row), "- ", "  ");
    }
}

fn row_text(row: &Row) -> String {
    let tag = tag_words(row.tag.as_ref());
    format!("**{}:** {}{tag}", escape(&row.label), escape(&row.value))
}

fn tag_words(tag: Option<&Tag>) -> String {
    tag.map_or_else(String::new, |tag| format!(" *({})*", escape(&tag.words())))
}

/// Wraps escaped text. Every line break of the text is a hard one.
fn paragraph(out: &mut String, escaped: &str, first: &str, rest: &str) {
    let broken: Vec<&str> = escaped.split('\n').collect();
    for (at, line) in broken.iter().enumerate() {
        let indent = if at == 0 { first } else { rest };
        // A line starts anew wherever it is wrapped, so its start is escaped
        // after wrapping.
        let width = WIDTH.saturating_sub(rest.len().max(first.len()));
        let wrapped = wrap_markdown(line, width);
        let mut indent = indent;
        for line in wrapped.lines() {
            out.push_str(indent);
            out.push_str(&start(line));
            out.push('\n');
            indent = rest;
        }
        if line.trim().is_empty() {
            out.push_str(indent.trim_end());
            out.push('\n');
        } else if broken
            .get(at + 1)
            .is_some_and(|next| !next.trim().is_empty())
        {
            out.pop();
            out.push_str("\\\n");
        }
    }
}

fn one_line(text: &str) -> String {
    start(&escape(&text.replace('\n', " ")))
}

/// Escapes what has a meaning anywhere in a line. A word that a reader's
/// program may turn into a link or a mention becomes code, which is the one
/// form that every dialect leaves alone.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut word_at = 0;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            escape_word(&mut out, &text[word_at..at]);
            out.push(c);
            word_at = at + c.len_utf8();
        }
    }
    escape_word(&mut out, &text[word_at..]);
    out
}

fn escape_word(out: &mut String, word: &str) {
    if may_become_link(word) {
        code(out, word);
        return;
    }
    // Alone, a tilde strikes nothing out; it is the mark of a guess.
    if word == "~" {
        out.push('~');
        return;
    }
    for c in word.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' | '^'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
}

fn may_become_link(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let after = |mark: &str| {
        lower.match_indices(mark).any(|(at, _)| {
            lower[at + mark.len()..]
                .chars()
                .next()
                .is_some_and(char::is_alphanumeric)
        })
    };
    lower.contains("://")
        || lower.contains("www.")
        || [
            "mailto:",
            "javascript:",
            "data:",
            "vbscript:",
            "xmpp:",
            "tel:",
        ]
        .iter()
        .any(|scheme| lower.contains(scheme))
        || after("@")
}

/// A code span, fenced by more backticks than the word has in a row.
fn code(out: &mut String, word: &str) {
    let longest = word.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if word.starts_with('`') || word.ends_with('`') {
        " "
    } else {
        ""
    };
    // A pipe inside code still ends a cell of a table in some dialects; no
    // table is written here.
    for piece in [&fence, space, word, space, &fence] {
        out.push_str(piece);
    }
}

/// Escapes what has a meaning only where a line begins: headings, list items,
/// rules, underlines of headings.
pub(super) fn start(line: &str) -> String {
    let line = line.trim_start();
    if line.starts_with(['#', '-', '+', '=', ':', '%']) {
        return format!("\\{line}");
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && line[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    line.to_owned()
}

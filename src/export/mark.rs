//! The mark that an exported file carries, by which `verify` knows it.

use super::{Format, Mark};
use crate::domain::{Agreement, Brief, BriefId, Code};

/// How an HTML page wraps the line of the mark.
const HTML: (&str, &str) = ("<p class=\"mark\">", "</p>");

/// The mark of an export of the brief as it stands.
pub(super) fn of(brief: &Brief, format: Format) -> Mark {
    Mark {
        brief: brief.id.to_string(),
        code: Agreement::of(brief).code().to_string(),
        format: format.word().to_owned(),
    }
}

/// The mark as people read it.
pub(super) fn line(mark: &Mark) -> String {
    let Mark {
        brief,
        code,
        format,
    } = mark;
    format!("askfirst · {brief} · code {code} · {format}")
}

fn parse_line(line: &str) -> Option<Mark> {
    let line = line.trim();
    let line = line
        .strip_prefix(HTML.0)
        .and_then(|l| l.strip_suffix(HTML.1))
        .unwrap_or(line);
    let mut parts = line.strip_prefix("askfirst · ")?.split(" · ");
    let (brief, code, format) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    checked(brief, code.strip_prefix("code ")?, format)
}

fn checked(brief: &str, code: &str, format: &str) -> Option<Mark> {
    BriefId::parse(brief).ok()?;
    let code = Code::parse(code).ok()?.to_string();
    Format::ALL.iter().find(|f| f.word() == format)?;
    Some(Mark {
        brief: brief.to_owned(),
        code,
        format: format.to_owned(),
    })
}

/// Finds the mark. Of several lines that look like one, the last counts: the
/// true mark ends the file, and text of the brief cannot come after it.
pub(super) fn find(file: &[u8]) -> Option<Mark> {
    if is_pdf(file) {
        return find_in_pdf(file);
    }
    let text = std::str::from_utf8(file).ok()?;
    let text = text.trim_start_matches('\u{feff}');
    if let Some(value) = as_json(text) {
        let mark = value.get("mark")?;
        let word = |key: &str| mark.get(key).and_then(serde_json::Value::as_str);
        if word("program") != Some("askfirst") {
            return None;
        }
        return checked(word("brief")?, word("code")?, word("format")?);
    }
    text.lines().rev().find_map(parse_line)
}

/// BLAKE3 in hexadecimal. Byte-order mark, CRLF and line breaks at the end
/// make no difference: mail and git change those.
pub(super) fn digest(file: &[u8]) -> String {
    let hash = match std::str::from_utf8(file) {
        Ok(text) if !is_pdf(file) => {
            let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
            blake3::hash(text.trim_end_matches(['\n', '\r']).as_bytes())
        }
        _ => blake3::hash(file),
    };
    hash.to_hex().to_string()
}

/// Whether it is a PDF; a text whose title begins as one is none.
pub(super) fn is_pdf(file: &[u8]) -> bool {
    file.starts_with(b"%PDF-") && std::str::from_utf8(file).is_err()
}

/// The object that a text is as a whole. A title may begin with a brace.
pub(super) fn as_json(text: &str) -> Option<serde_json::Value> {
    let begins = text.trim_start().starts_with('{');
    begins.then(|| serde_json::from_str(text).ok())?
}

/// The mark is the description of the document. It stands as text in its
/// metadata (XMP), and a title cannot hold the markup around it.
fn find_in_pdf(file: &[u8]) -> Option<Mark> {
    let text = String::from_utf8_lossy(file);
    let described = text.split("<dc:description>").skip(1);
    let described = described.filter_map(|rest| rest.split("</dc:description>").next());
    described
        .filter_map(|inside| inside.split(['<', '>']).find_map(parse_line))
        .last()
}

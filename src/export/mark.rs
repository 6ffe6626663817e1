//! The mark that an exported file carries, and whether the file still is what
//! was exported.

use super::{Format, Mark, Verdict};
use crate::domain::{Agreement, Brief, BriefId, Code, EventKind, sign_off};

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
pub(super) fn find(text: &str) -> Option<Mark> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
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
pub(super) fn digest(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    blake3::hash(text.trim_end_matches(['\n', '\r']).as_bytes())
        .to_hex()
        .to_string()
}

pub(super) fn verify(text: &str, mark: &Mark, brief: &Brief) -> Verdict {
    let code = Code::parse(&mark.code).ok();
    let digest = digest(text);
    let mut recorded = brief
        .events
        .iter()
        .filter(|e| e.kind == EventKind::Exported)
        .filter(|e| code.is_some() && Code::parse(&e.code).ok() == code)
        .peekable();
    if recorded.peek().is_none() {
        return Verdict::Unknown;
    }
    if !recorded.any(|e| e.digest.eq_ignore_ascii_case(&digest)) {
        return Verdict::Altered;
    }
    let today = Agreement::of(brief);
    if Some(today.code()) == code {
        return Verdict::Exact;
    }
    let changed = sign_off::versions(brief)
        .into_iter()
        .find(|v| Code::parse(&v.code).ok() == code)
        .map_or_else(Vec::new, |v| v.agreement.differences(&today));
    Verdict::ExactButOlder {
        today: today.code().to_string(),
        changed,
    }
}

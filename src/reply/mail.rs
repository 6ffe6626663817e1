//! Mail files: is it one, who wrote it, and its text.

use std::borrow::Cow;

use mail_parser::{DateTime, MessageParser, PartType};

use super::{Letter, flowed, html};
use crate::domain::Day;

/// So far into a file its head is looked for (bytes).
const HEAD: usize = 64 * 1024;
/// A reply has a handful of parts. What stands behind so many heads of parts
/// is not read: each may hold another mail, nested without end.
const PARTS: usize = 100;
const PART: &[u8] = b"content-type";

/// Heads of mails that people do not write by hand.
const TECHNICAL: [&str; 14] = [
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "received",
    "return-path",
    "delivered-to",
    "dkim-signature",
    "authentication-results",
    "in-reply-to",
    "references",
    "user-agent",
    "thread-index",
    "thread-topic",
];

/// Whether these bytes are a mail with its head, as programs store them. Text
/// that begins with "Hello: ..." or with a head as people paste it is none.
pub fn is_mail(bytes: &[u8]) -> bool {
    let bytes = without_envelope(bytes);
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
    let mut from = false;
    let mut date = false;
    let mut technical = 0;
    let mut any = false;
    for line in head.split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if any && matches!(line.first(), Some(b' ' | b'\t')) {
            continue;
        }
        let Some((name, value)) = field(line) else {
            return false;
        };
        any = true;
        let name = name.to_ascii_lowercase();
        from |= name == "from";
        date |= name == "date" && DateTime::parse_rfc822(&value).is_some_and(|d| d.is_valid());
        technical += usize::from(TECHNICAL.contains(&name.as_str()) || name.starts_with("x-"));
    }
    (from && (technical > 0 || date)) || technical > 1
}

/// Without empty lines before it, and without the `From ` line of a mailbox.
fn without_envelope(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bytes = bytes.trim_ascii_start();
    if !bytes.starts_with(b"From ") {
        return bytes;
    }
    let end = bytes.iter().position(|b| *b == b'\n');
    end.and_then(|end| bytes.get(end + 1..)).unwrap_or_default()
}

/// Name and value of a line of the head (RFC 5322, 2.2).
fn field(line: &[u8]) -> Option<(&str, String)> {
    let colon = line.iter().position(|b| *b == b':')?;
    let (name, value) = line.split_at(colon);
    let named = !name.is_empty() && name.iter().all(|b| b.is_ascii_graphic());
    let name = std::str::from_utf8(name).ok().filter(|_| named)?;
    let value = String::from_utf8_lossy(value.get(1..)?);
    Some((name, value.trim().to_owned()))
}

/// Reads a mail file; `None` where it is none after all.
pub fn read(bytes: &[u8]) -> Option<Letter> {
    let bytes = without_envelope(bytes);
    let (bytes, cut) = within_parts(bytes);
    let message = MessageParser::default().parse(bytes)?;
    let from = message.from().and_then(|from| from.first());
    let owned = |text: Option<&str>| text.map(one_line).unwrap_or_default();
    let mut text = String::new();
    for id in &message.text_body {
        let Some(part) = message.parts.get(*id as usize) else {
            continue;
        };
        let body = match &part.body {
            PartType::Text(body) if is_flowed(part) => Cow::Owned(flowed::unwrap(body)),
            PartType::Text(body) => Cow::Borrowed(body.as_ref()),
            PartType::Html(body) => Cow::Owned(html::to_text(body)),
            _ => continue,
        };
        if !text.is_empty() && !body.trim().is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&body);
    }
    if text.trim().is_empty() {
        for id in &message.html_body {
            if let Some(PartType::Html(body)) =
                message.parts.get(*id as usize).map(|part| &part.body)
            {
                text.push_str(&html::to_text(body));
            }
        }
    }
    if cut {
        text.push_str("\n\n[a mail with too many parts: the rest was not read]");
    }
    Some(Letter {
        name: owned(from.and_then(|f| f.name())),
        address: owned(from.and_then(|f| f.address())),
        subject: owned(message.subject()),
        on: message.date().and_then(day),
        text: super::with_newlines(&text),
    })
}

fn is_flowed(part: &mail_parser::MessagePart<'_>) -> bool {
    use mail_parser::MimeHeaders as _;
    let format = part.content_type().and_then(|t| t.attribute("format"));
    format.is_some_and(|f| f.eq_ignore_ascii_case("flowed"))
}

/// Up to the part that is one too many, and whether there is one.
fn within_parts(bytes: &[u8]) -> (&[u8], bool) {
    let mut starts = bytes
        .windows(PART.len())
        .enumerate()
        .filter(|(_, window)| window.eq_ignore_ascii_case(PART))
        .map(|(at, _)| at);
    match starts.nth(PARTS) {
        Some(at) => (bytes.get(..at).unwrap_or(bytes), true),
        None => (bytes, false),
    }
}

/// The day at the place of whoever wrote it.
fn day(date: &DateTime) -> Option<Day> {
    Day::from_ymd_opt(
        i32::from(date.year),
        u32::from(date.month),
        u32::from(date.day),
    )
}

/// A name or subject never spans lines, whatever its encoding hid.
pub fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

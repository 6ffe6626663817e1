//! The message as a mail draft (RFC 5322), which a mail program opens ready to
//! send: whoever sends it adds the sender, the time and the id.

use mail_builder::headers::Header as _;
use mail_builder::headers::address::Address;
use mail_builder::headers::text::Text;
use mail_builder::mime::MimePart;

use crate::export::Message;

/// The longest address that can be (RFC 5321, 4.5.3.1).
const LONGEST: usize = 254;

pub(super) fn draft(message: &Message) -> String {
    let mut out: Vec<u8> = Vec::new();
    // Outlook, Apple Mail and others open it in the editor, with a button to
    // send (MS-OXCMAIL 2.1.3.2.1).
    out.extend(b"X-Unsent: 1\r\n");
    if !message.address.is_empty() {
        out.extend(b"To: ");
        let name = Some(unencoded(&message.name)).filter(|name| !name.is_empty());
        Address::new_address(name, message.address.as_str()).write_header(&mut out, 4);
    }
    out.extend(b"Subject: ");
    Text::new(unencoded(&message.subject)).write_header(&mut out, 9);
    out.extend(b"MIME-Version: 1.0\r\n");
    // Lines are not broken at 76: what a mail program joins or breaks again is
    // hard to answer line by line. Encoded, they travel whole.
    MimePart::new("text/plain", message.body.as_str()).write_part(&mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// What looks like an encoded word (RFC 2047) would be decoded by whoever reads
/// it, also to a line break.
fn unencoded(text: &str) -> String {
    text.replace("=?", "= ?")
}

/// The one mail address in what is known of how to reach somebody: `Dana
/// <dana@example.com>`, `by mail: dana@example.com`. `None` for none and for
/// several.
pub fn address(reach: &str) -> Option<String> {
    let head: String = reach.chars().take(2_000).collect();
    let apart = |c: char| c.is_whitespace() || c.is_control() || "<>()[]\",;".contains(c);
    let words = head.split(apart);
    let words = words.map(|word| word.strip_prefix("mailto:").unwrap_or(word));
    let mut found = words.filter(|word| is_address(word));
    let first = found.next()?;
    let same = found.all(|other| other.eq_ignore_ascii_case(first));
    same.then(|| first.to_owned())
}

/// The plain form of an address (RFC 5321, 4.1.2), without quotes and comments.
fn is_address(word: &str) -> bool {
    let Some((local, domain)) = word.split_once('@') else {
        return false;
    };
    let atom = |part: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
        !part.is_empty() && part.chars().all(fits)
    };
    let label = |part: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let edges = !part.starts_with('-') && !part.ends_with('-');
        !part.is_empty() && part.len() <= 63 && edges && part.chars().all(fits)
    };
    word.len() <= LONGEST
        && local.len() <= 64
        && local.split('.').all(atom)
        && domain.contains('.')
        && domain.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_is_taken_only_where_there_is_one() {
        for (reach, found) in [
            ("dana.reyes@example.com", "dana.reyes@example.com"),
            ("Dana <dana@example.com>", "dana@example.com"),
            (
                "by mail: dana@example.com, or in room 3",
                "dana@example.com",
            ),
            ("mailto:dana@example.com", "dana@example.com"),
            ("dana@example.com\r\nBcc: x", "dana@example.com"),
        ] {
            assert_eq!(address(reach).as_deref(), Some(found), "{reach:?}");
        }
        for reach in [
            "",
            "@dana",
            "dana@localhost",
            "Slack: @dana",
            "a@b.example, c@d.example",
            "dana@example..com",
            ".dana@example.com",
            "dana@exa\u{200b}mple.com",
            "dana@ex\u{e4}mple.com",
            "dana@example.com\u{202e}",
            "dana@-example.com",
        ] {
            assert_eq!(address(reach), None, "{reach:?}");
        }
    }
}

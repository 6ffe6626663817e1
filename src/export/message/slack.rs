//! Slack's mrkdwn. It has no escape character: `&`, `<` and `>` are written as
//! entities (<https://docs.slack.dev/messaging/formatting-message-text>), and a
//! word that Slack would turn into a link, a mention, an emoji or bold text
//! stands as code, the one form that it leaves alone.

/// A line of text.
pub(super) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        match means_something(word) {
            true => {
                out.push('`');
                // A code span cannot hold its own mark.
                out.push_str(&entities(&word.replace('`', "'")));
                out.push('`');
            }
            false => out.push_str(&entities(word)),
        }
    }
    out
}

fn entities(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn means_something(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let link = lower.contains("://")
        || lower.contains("www.")
        || ["mailto:", "javascript:", "data:", "tel:"]
            .iter()
            .any(|scheme| lower.contains(scheme));
    // `@name`, `#channel`, `<!here>`, `<@U1>`; a quote where a line begins.
    let mention = lower.contains(['@', '<', '`']) || lower.starts_with(['>', '#']);
    link || mention || is_emoji(&lower) || is_marked(word)
}

/// `:name:` anywhere in the word.
fn is_emoji(word: &str) -> bool {
    let name = |part: &str| {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '\'');
        !part.is_empty() && part.chars().all(fits)
    };
    let mut parts = word.split(':').skip(1).peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_some() && name(part) {
            return true;
        }
    }
    false
}

/// Whether a mark of bold, italic or struck-out text could begin or end here:
/// within a word (`snake_case`) it does not.
fn is_marked(word: &str) -> bool {
    let is_mark = |c: char| matches!(c, '*' | '_' | '~');
    let mut before = None;
    let mut rest = word.chars().peekable();
    while let Some(c) = rest.next() {
        let inner = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
        if is_mark(c) && !(inner(before.as_ref()) && inner(rest.peek())) {
            return true;
        }
        before = Some(c);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn nothing_a_person_wrote_means_anything_to_slack() {
        for (text, slack) in [
            (
                "a plain text, 3 > 2 & 5",
                "a plain text, 3 `&gt;` 2 &amp; 5",
            ),
            (
                "<!channel> <@U024BE7LH>",
                "`&lt;!channel&gt;` `&lt;@U024BE7LH&gt;`",
            ),
            (
                "see https://x.example/a_b now",
                "see `https://x.example/a_b` now",
            ),
            ("*bold text* and _it_", "`*bold` `text*` and `_it_`"),
            ("snake_case and 2*3", "snake_case and 2*3"),
            ("`code` at 10:30:15", "`'code'` at `10:30:15`"),
            (":tada: @here #general", "`:tada:` `@here` `#general`"),
            ("- now: x (was: y)", "- now: x (was: y)"),
        ] {
            assert_eq!(line(text), slack);
        }
    }
}

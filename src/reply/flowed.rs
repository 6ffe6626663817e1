//! Text that was broken for transport only (RFC 3676, `format=flowed`).

/// Puts lines together that end in a space, within the same depth of quoting.
pub fn unwrap(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut goes_on: Option<usize> = None;
    for line in text.lines() {
        let depth = line.bytes().take_while(|b| *b == b'>').count();
        let inner = line.get(depth..).unwrap_or_default();
        // RFC 3676, 4.4: a space before what would look like a mark.
        let inner = inner.strip_prefix(' ').unwrap_or(inner);
        if goes_on == Some(depth) && inner != "-- " {
            out.push_str(inner);
        } else {
            if !out.is_empty() {
                out.push('\n');
            }
            out.extend(std::iter::repeat_n('>', depth));
            if depth > 0 {
                out.push(' ');
            }
            out.push_str(inner);
        }
        let is_soft = inner.ends_with(' ') && inner != "-- ";
        goes_on = is_soft.then_some(depth);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_breaks_go_and_depths_stay_apart() {
        let text =
            "1. yes, as \nbefore\n> In which tool \n> will you\n>> open it? \nExcel\n-- \nDana";
        assert_eq!(
            unwrap(text),
            "1. yes, as before\n> In which tool will you\n>> open it? \nExcel\n-- \nDana"
        );
    }
}

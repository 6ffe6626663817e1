//! The lines that git leaves around two versions that it could not join, also
//! inside of texts, where the file is still TOML.

use std::path::Path;

use super::{Finding, Repair, Trouble};
use crate::domain::Moment;
use crate::storage::{format, merge_texts};

/// What is wrong.
pub const WHAT: &str = "git left two versions in it that were not joined";

/// Whether a text has such lines: a beginning, a middle and an end.
pub fn has(text: &str) -> bool {
    let mut begun = false;
    let mut halved = false;
    for line in text.lines().map(str::trim_end) {
        if is(line, "<<<<<<<") {
            begun = true;
        } else if begun && is(line, "=======") {
            halved = true;
        } else if halved && is(line, ">>>>>>>") {
            return true;
        }
    }
    false
}

/// A marker stands alone, or has a name behind a space.
fn is(line: &str, marker: &str) -> bool {
    line.strip_prefix(marker)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// The finding, with the two versions merged by meaning where both are briefs.
pub fn finding(path: &Path, text: &str, now: Moment) -> Finding {
    let line = text.lines().position(|line| is(line.trim_end(), "<<<<<<<"));
    let merged = split(text).and_then(|[base, ours, theirs]| {
        let merged = merge_texts(path, [&base, &ours, &theirs], now).ok()?;
        (!has(&merged.text)).then_some(merged.text)
    });
    Finding {
        line: line.map(|line| line + 1),
        hint: match merged {
            Some(_) => String::new(),
            None => format::CONFLICT_HINT.to_owned(),
        },
        repair: merged.map(|merged| Repair::Write {
            was: text.to_owned(),
            text: merged,
        }),
        ..super::finding(Trouble::Markers, path, WHAT)
    }
}

/// The common ancestor, ours and theirs. Without the ancestor's lines there is
/// none: then nothing of either side is taken for removed by the other.
fn split(text: &str) -> Option<[String; 3]> {
    enum In {
        All,
        Ours,
        Base,
        Theirs,
    }
    let mut place = In::All;
    let mut has_base = false;
    let [mut base, mut ours, mut theirs] = [const { String::new() }; 3];
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end();
        place = match place {
            In::All if is(line, "<<<<<<<") => In::Ours,
            In::Ours if is(line, "|||||||") => {
                has_base = true;
                In::Base
            }
            In::Ours | In::Base if is(line, "=======") => In::Theirs,
            In::Theirs if is(line, ">>>>>>>") => In::All,
            In::All => {
                for side in [&mut base, &mut ours, &mut theirs] {
                    side.push_str(whole);
                }
                continue;
            }
            other => {
                match other {
                    In::Ours => ours.push_str(whole),
                    In::Base => base.push_str(whole),
                    _ => theirs.push_str(whole),
                }
                place = other;
                continue;
            }
        };
    }
    if !has_base {
        base.clear();
    }
    matches!(place, In::All).then_some([base, ours, theirs])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_told_from_lines_that_look_like_one() {
        assert!(has("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n"));
        assert!(has("a = \"\"\"\n<<<<<<<\r\n=======\r\n>>>>>>>\r\n\"\"\"\n"));
        for none in [
            "",
            "<<<<<<< a\n>>>>>>> b\n",
            "# =======\n",
            "<<<<<<<<< a\n=======\n>>>>>>> b",
        ] {
            assert!(!has(none), "{none}");
        }
    }

    #[test]
    fn both_sides_and_what_was_before_are_taken_apart() {
        let text = "x\n<<<<<<< a\n1\n||||||| b\n0\n=======\n2\n>>>>>>> c\ny\n";
        let [base, ours, theirs] = split(text).unwrap();
        assert_eq!(
            (base.as_str(), ours.as_str(), theirs.as_str()),
            ("x\n0\ny\n", "x\n1\ny\n", "x\n2\ny\n")
        );
        assert_eq!(split("<<<<<<< a\n1\n=======\n"), None);
    }
}

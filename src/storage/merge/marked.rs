//! A file in which git marked the lines that differ: both versions are still in
//! it, and can be merged by meaning after all.

use std::path::Path;

use super::super::Broken;
use super::super::format::{self, problem};
use super::{Merged, merge_texts};
use crate::domain::Moment;

/// The versions between the markers, each with all lines around them.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sides {
    ours: String,
    /// Only with the conflict styles `diff3` and `zdiff3`.
    base: Option<String>,
    theirs: String,
}

/// Merges the two versions of a brief that git left in one file. What stands
/// outside of the markers stays, as it was perhaps mended by hand. `base` is the
/// common ancestor where git knows it; without one nothing counts as taken out.
///
/// # Errors
/// When the markers do not fit together, or a version cannot be read.
pub fn join_marked(
    path: &Path,
    text: &str,
    base: Option<&str>,
    created: Moment,
) -> Result<Merged, Broken> {
    let Some(sides) = sides(text) else {
        return Err(problem::whole_file(
            path,
            "the markers in it do not fit together",
            "open it, choose what is right, and remove the marker lines",
        ));
    };
    let base = base.or(sides.base.as_deref()).unwrap_or_default();
    let merged = merge_texts(path, [base, &sides.ours, &sides.theirs], created)?;
    // One conflict may lie inside a text of another one.
    match format::has_markers(&merged.text) {
        true => Err(problem::whole_file(
            path,
            "there are markers within markers",
            "open it, choose what is right, and remove the marker lines",
        )),
        false => Ok(merged),
    }
}

fn sides(text: &str) -> Option<Sides> {
    #[derive(PartialEq, Clone, Copy)]
    enum At {
        Both,
        Ours,
        Base,
        Theirs,
    }
    let mut sides = Sides::default();
    let mut base = String::new();
    let (mut at, mut any, mut with_base) = (At::Both, false, true);
    let mut had_base = false;
    for line in text.split_inclusive('\n') {
        let is = |marker| format::is_marker(line.trim_end(), marker);
        match at {
            At::Both if is("<<<<<<<") => (at, any, had_base) = (At::Ours, true, false),
            At::Ours if is("|||||||") => (at, had_base) = (At::Base, true),
            At::Ours | At::Base if line.trim_end() == "=======" => at = At::Theirs,
            At::Theirs if is(">>>>>>>") => {
                at = At::Both;
                with_base &= had_base;
            }
            At::Ours | At::Base | At::Theirs if is("<<<<<<<") => return None,
            At::Both => {
                for side in [&mut sides.ours, &mut base, &mut sides.theirs] {
                    side.push_str(line);
                }
            }
            At::Ours => sides.ours.push_str(line),
            At::Base => base.push_str(line),
            At::Theirs => sides.theirs.push_str(line),
        }
    }
    sides.base = with_base.then_some(base);
    (any && at == At::Both).then_some(sides)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BRIEF: &str = "format = 1\ntitle = \"A\"\n\n[scope]\nout = [\"faxes\"]\n\n[plan]\n";

    fn when() -> Moment {
        Moment::parse_from_rfc3339("2026-02-05T09:00:00+01:00").unwrap()
    }

    fn joined(text: &str, base: Option<&str>) -> Result<Merged, Broken> {
        join_marked(Path::new("a-k7m2.toml"), text, base, when())
    }

    fn marked(ours: &str, base: Option<&str>, theirs: &str) -> String {
        let base = base.map_or_else(String::new, |b| format!("||||||| 1234\n{b}"));
        format!("{BRIEF}<<<<<<< HEAD\n{ours}{base}=======\n{theirs}>>>>>>> theirs\n")
    }

    #[test]
    fn both_versions_between_the_markers_are_merged_by_meaning() {
        let (day, worth) = ("need_by = 2026-03-09\n", "appetite = \"9 days\"\n");
        let merged = joined(&marked(day, None, worth), None).unwrap();
        assert!(merged.text.contains(day) && merged.text.contains(worth));
        assert!(!format::has_markers(&merged.text), "{}", merged.text);
        assert_eq!(merged.conflicts, []);

        let other = marked(day, None, "need_by = 2026-04-01\n");
        let merged = joined(&other.replace('\n', "\r\n"), Some(BRIEF)).unwrap();
        assert!(
            merged
                .text
                .contains("versions = [\"2026-03-09\", \"2026-04-01\"]"),
            "{}",
            merged.text
        );
        assert_eq!(merged.conflicts.len(), 1);
        assert!(!merged.text.replace("\r\n", "").contains('\n'));
    }

    #[test]
    fn the_ancestor_tells_what_was_taken_out() {
        let was = "cadence = \"weekly\"\n";
        let text = |base| marked("", base, "cadence = \"weekly\"\nappetite = \"2 days\"\n");
        let merged = joined(&text(Some(was)), None).unwrap();
        assert!(!merged.text.contains("weekly"), "{}", merged.text);
        let merged = joined(&text(None), Some(&format!("{BRIEF}{was}"))).unwrap();
        assert!(!merged.text.contains("weekly"), "{}", merged.text);
        // Nobody knows: what stands there stays.
        let merged = joined(&text(None), None).unwrap();
        assert!(merged.text.contains("weekly"), "{}", merged.text);
    }

    #[test]
    fn markers_in_a_text_of_several_lines_are_found_too() {
        let text = "format = 1\ntitle = \"A\"\n\n[answer.purpose]\ntext = \"\"\"\nso\n\
                    <<<<<<< HEAD\nfor HR\n=======\nfor us\n>>>>>>> x\nthere\"\"\"\n";
        let merged = joined(text, None).unwrap();
        assert_eq!(merged.conflicts.len(), 1, "{}", merged.text);
        assert!(merged.text.contains("for HR") && merged.text.contains("for us"));
    }

    #[test]
    fn what_does_not_fit_together_is_left_alone() {
        for text in [
            BRIEF.to_owned(),
            format!("{BRIEF}<<<<<<< a\n"),
            format!("{BRIEF}<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> c\n"),
            marked("[plan", None, "cadence = \"weekly\"\n"),
        ] {
            assert!(joined(&text, None).is_err(), "{text}");
        }
    }
}

//! What customers wrote that a brief does not hold yet, in sentences.

use crate::domain::{Brief, ItemId, reply, text};

use super::short_day;

/// How much of what they wrote is quoted, in columns.
const SHORT: usize = 200;

/// A sentence for each objection and remark that nobody came back to.
pub fn said(brief: &Brief) -> Vec<String> {
    let mut lines = Vec::new();
    for said in reply::unanswered(brief) {
        let (name, on) = (brief.name_of(said.by), short_day(brief, said.on));
        let quoted = |words: &str| format!("\u{201c}{}\u{201d}", text::fit(words.trim(), SHORT));
        if !said.objection.is_empty() {
            let words = quoted(said.objection);
            lines.push(format!("{name} objected on {on}: {words}"));
        }
        for remark in said.remarks {
            lines.push(format!("{name} wrote on {on}: {}", quoted(remark)));
        }
    }
    lines
}

/// Who objects, and got no answer to it yet.
pub fn objector(brief: &Brief) -> Option<&ItemId> {
    // Most briefs of a desk.
    if brief.events.iter().all(|e| e.because.is_empty()) {
        return None;
    }
    let said = reply::unanswered(brief);
    said.into_iter()
        .rev()
        .find_map(|said| (!said.objection.is_empty()).then_some(said.by))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{at, day, id, superreport};
    use crate::domain::reply::{Reply, Taken};

    #[test]
    fn what_they_wrote_is_told_until_somebody_comes_back_to_it() {
        let mut brief = superreport();
        assert_eq!(objector(&brief), None);
        let when = at("2026-02-05T09:00:00+01:00");
        let said_no = Reply {
            by: id("dana"),
            words: "all".into(),
            via: String::new(),
            on: day("2026-02-04"),
            taken: vec![Taken::Objection("only from March".into())],
            remarks: vec!["greetings".into()],
        };
        let change = reply::reply(&brief, said_no, "r1", when).unwrap();
        brief.apply(change, when).unwrap();
        assert_eq!(objector(&brief), Some(&id("dana")));
        assert_eq!(
            said(&brief),
            [
                "Dana Reyes objected on 4 Feb: \u{201c}only from March\u{201d}",
                "Dana Reyes wrote on 4 Feb: \u{201c}greetings\u{201d}"
            ]
        );
    }
}

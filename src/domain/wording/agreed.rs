//! Who agreed to what, and what the record of it proves: one sentence for each
//! grade, the same on every screen, in every command and in every export.

use crate::domain::evidence::{Countersigned, Key};
use crate::domain::sign_off::{self, Holding, SectionYes, SignOff};
use crate::domain::{Brief, Grade, Section, text};

/// What nobody should take a stored signature for.
pub const ONLY_VERIFY: &str = "a stored signature is checked again only by: askfirst verify BRIEF";

/// What the record of a yes proves and what it does not, in one sentence that
/// begins with the grade. Safe to show.
pub fn proves(yes: &SignOff) -> String {
    let less = yes.doubt.as_ref().map(|doubt| {
        format!("said: it claims more than that, but {doubt}; so only the worker's note is left, which proves nothing by itself")
    });
    less.unwrap_or_else(|| match &yes.grade {
        Grade::Said => {
            "said: the worker noted that they said yes; nothing else shows it".to_owned()
        }
        Grade::Reply => "reply: their words, pasted by the worker, name the code of exactly this \
                         version; that does not prove who wrote them"
            .to_owned(),
        Grade::Signed => match &yes.key {
            Some(key) => signed(key),
            None => "signed: no key is known".to_owned(),
        },
        Grade::Unknown(word) => format!(
            "{}: this program does not know what that proves",
            text::line(word)
        ),
    })
}

fn signed(key: &Key) -> String {
    let named = match key.principal.trim() {
        "" => String::new(),
        principal => format!(
            ", which the worker's allowed signers named {},",
            text::line(principal)
        ),
    };
    format!(
        "signed: the key {}{named} signed exactly the text of this version when that was recorded; it does not \
         prove who held the key",
        key.fingerprint
    )
}

/// A grade for the eye: `● signed`.
pub fn worth(grade: &Grade) -> String {
    format!("{} {}", grade.symbol(), text::line(grade.word()))
}

/// How the sections stand, a line for each, or one for all where they stand
/// alike; nothing while nobody has said yes. Safe to show.
pub fn sections(brief: &Brief) -> Vec<(char, String)> {
    let sections = sign_off::by_section(brief);
    if sections.iter().all(|(_, yeses)| yeses.is_empty()) {
        return Vec::new();
    }
    let mut ways: Vec<_> = sections
        .iter()
        .map(|(_, yeses)| section_ways(brief, yeses))
        .collect();
    ways.dedup();
    if let [alike] = ways.as_slice() {
        let alike = alike.iter();
        return alike
            .map(|(mark, way)| (*mark, format!("all of it: {way}")))
            .collect();
    }
    let lines = sections.iter();
    lines
        .flat_map(|(part, yeses)| section(brief, part, yeses))
        .collect()
}

/// How a section stands: a mark, and a sentence such as `the dates: agreed by
/// Dana Reyes (● signed)`. One for each way in which it does. Safe to show.
pub fn section(brief: &Brief, section: &Section, yeses: &[SectionYes]) -> Vec<(char, String)> {
    let label = text::line(section.label());
    let ways = section_ways(brief, yeses).into_iter();
    ways.map(|(mark, way)| (mark, format!("{label}: {way}")))
        .collect()
}

/// The same without the name of the section.
pub fn section_ways(brief: &Brief, yeses: &[SectionYes]) -> Vec<(char, String)> {
    if yeses.is_empty() {
        return vec![('\u{25cb}', "nobody has said yes".to_owned())];
    }
    let who = |wanted: fn(&Holding) -> bool| {
        let these = yeses.iter().filter(|yes| wanted(&yes.holding));
        let names = these.map(|yes| {
            let name = text::line(brief.name_of(&yes.by)).into_owned();
            format!("{name} ({})", worth(&yes.grade))
        });
        names.collect::<Vec<_>>().join(", ")
    };
    let ways = [
        ('\u{2713}', "agreed by", who(|h| *h == Holding::AsAgreed)),
        (
            '~',
            "reworded since the yes of",
            who(|h| matches!(h, Holding::Reworded(_))),
        ),
        (
            '!',
            "changed since the yes of",
            who(|h| matches!(h, Holding::Lapsed(_))),
        ),
    ];
    let told = ways.into_iter().filter(|(_, _, who)| !who.is_empty());
    told.map(|(mark, how, who)| {
        let after = match mark {
            '~' => "; the worker says it means the same",
            _ => "",
        };
        (mark, format!("{how} {who}{after}"))
    })
    .collect()
}

/// The worker's own signature: `✓ signed by the worker with SHA256:...`.
pub fn countersigned(signed: &Countersigned) -> (char, String) {
    let code = text::line(&signed.code);
    match &signed.key {
        Err(doubt) => (
            '!',
            format!("the worker's signature under {code} does not count: {doubt}"),
        ),
        Ok(key) if signed.is_current => (
            '\u{2713}',
            format!(
                "signed by the worker: {}, code {code}",
                text::line(&key.stored())
            ),
        ),
        Ok(key) => (
            '~',
            format!(
                "an older version was signed by the worker: {}, code {code}",
                text::line(&key.stored())
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::EventKind;
    use crate::domain::fixture::{amended, signed as fixture};

    fn sentence(change: impl FnOnce(&mut crate::domain::Event)) -> String {
        let mut brief = fixture();
        let event = brief.events.iter_mut();
        change(event.rev().find(|e| e.kind == EventKind::Signed).unwrap());
        proves(&sign_off::sign_offs(&brief)[0])
    }

    #[test]
    fn each_grade_says_what_it_proves_and_what_not() {
        assert!(sentence(|e| e.grade = None).starts_with("said: the worker noted"));
        assert!(sentence(|_| {}).contains("does not prove who wrote them"));
        let real = crate::domain::signature::tests::REAL;
        let signature = crate::domain::Signature::parse(real).unwrap();
        let signed = sentence(|e| {
            e.grade = Some(Grade::Signed);
            e.signature = real.into();
            e.key = format!("dana@example.com {}", signature.fingerprint);
        });
        assert!(signed.contains("named dana@example.com"), "{signed}");
        assert!(signed.contains(&signature.fingerprint), "{signed}");
        assert!(
            signed.ends_with("does not prove who held the key"),
            "{signed}"
        );
        let claimed = sentence(|e| e.grade = Some(Grade::Signed));
        assert!(
            claimed.starts_with("said: it claims more than that, but no SSH signature"),
            "{claimed}"
        );
    }

    #[test]
    fn a_section_names_who_agreed_by_which_grade_and_what_lapsed() {
        let brief = amended();
        let lines: Vec<String> = sections(&brief)
            .into_iter()
            .map(|(mark, line)| format!("{mark} {line}"))
            .collect();
        assert_eq!(
            lines,
            [
                "✓ what they want and why: agreed by Dana Reyes (◑ reply)",
                "! the needs and their order: changed since the yes of Dana Reyes (◑ reply)",
                "✓ what is out of scope: agreed by Dana Reyes (◑ reply)",
                "✓ the solution: agreed by Dana Reyes (◑ reply)",
                "! the dates: changed since the yes of Dana Reyes (◑ reply)",
            ]
        );
        let alike = (
            '\u{2713}',
            "all of it: agreed by Dana Reyes (◑ reply)".to_owned(),
        );
        assert_eq!(sections(&fixture()), [alike]);
        assert_eq!(sections(&crate::domain::fixture::superreport()), []);
    }
}

//! Who said yes to a brief, and what became of it since.

use crate::domain::sign_off::{self, SectionState, SectionYes, SignOff};
use crate::domain::{Agreement, Brief, Difference, Grade, Section, evidence, wording};

use super::Text;

/// Who agreed to what, and what changed since whose yes.
pub(super) fn standing(out: &mut Text, brief: &Brief, whole: bool) {
    let theme = out.theme;
    let sign_offs = sign_off::sign_offs(brief);
    let code = Agreement::of(brief).code();
    if sign_offs.is_empty() {
        out.put(
            "",
            &format!("nobody has said yes yet; today's code is {code}"),
            theme.quiet(),
        );
    }
    for yes in &sign_offs {
        sign_off_lines(out, brief, yes, whole);
    }
    if !sign_offs.is_empty() {
        sections(out, brief, whole);
    }
    if let Some(own) = evidence::countersigned(brief).last() {
        let (mark, words) = wording::countersigned(own);
        let style = if own.is_current && own.key.is_ok() {
            theme.good()
        } else {
            theme.warn()
        };
        out.put(&format!("{mark} "), &words, style);
    }
    let lapsed = |state: &SectionState| matches!(state, SectionState::Lapsed(_));
    if out.states.iter().any(|(_, state)| lapsed(state)) {
        out.put(
            "",
            &format!(
                "today's code is {code}; s writes the message that asks again, w says that a \
                 change is only reworded"
            ),
            theme.quiet(),
        );
    }
    if whole && sign_offs.iter().any(|s| s.grade == Grade::Signed) {
        out.put("", wording::ONLY_VERIFY, theme.quiet());
    }
}

/// The sections that are not agreed as they stand, with what is different.
fn sections(out: &mut Text, brief: &Brief, whole: bool) {
    let theme = out.theme;
    let mut open: Vec<&str> = Vec::new();
    let sections = sign_off::by_section(brief);
    for (section, yeses) in &sections {
        if yeses.is_empty() {
            open.push(section.label());
            continue;
        }
        for (mark, words) in wording::section(brief, section, yeses) {
            let style = match mark {
                '\u{2713}' => continue,
                '~' => theme.good(),
                _ => theme.warn(),
            };
            out.put(&format!("{mark} "), &words, style);
        }
        if whole {
            differences(out, yeses);
        }
    }
    if !open.is_empty() {
        let open = format!("not agreed: {}", open.join(", "));
        out.put("", &open, theme.warn());
    }
}

/// What is different since some yeses; what several of them have in common once.
fn differences(out: &mut Text, yeses: &[SectionYes]) {
    let theme = out.theme;
    let mut told: Vec<&Difference> = Vec::new();
    for difference in yeses.iter().filter_map(|yes| yes.holding.difference()) {
        if told.contains(&difference) {
            continue;
        }
        told.push(difference);
        for line in difference.told() {
            let style = if line.starts_with('+') {
                theme.text()
            } else {
                theme.quiet()
            };
            out.put("    ", &line, style);
        }
    }
}

fn sign_off_lines(out: &mut Text, brief: &Brief, yes: &SignOff, whole: bool) {
    let theme = out.theme;
    let name = brief.name_of(&yes.by);
    let when = yes.at.format("%-d %b %Y");
    let via = if yes.via.is_empty() {
        String::new()
    } else {
        format!(" by {}", yes.via)
    };
    if let Some(why) = &yes.invalid {
        out.put(
            "! ",
            &format!("the yes of {name} of {when} does not count: {why}"),
            theme.problem(),
        );
        return;
    }
    let version = sign_off::versions(brief)
        .iter()
        .find(|v| v.code == yes.code)
        .map_or_else(String::new, |v| format!("version {}, ", v.number));
    // What changed is told below, section by section.
    let parts = if yes.holds().is_empty() {
        " \u{2013} nothing of it stands as it was".to_owned()
    } else if yes.covers.len() < Section::ALL.len() {
        let parts: Vec<&str> = yes.covers.iter().map(Section::label).collect();
        format!(" \u{2013} to {}", parts.join(", "))
    } else {
        String::new()
    };
    let style = if yes.changed.is_empty() {
        theme.good()
    } else {
        theme.warn()
    };
    let mark = if yes.changed.is_empty() { "✓ " } else { "~ " };
    out.put(
        mark,
        &format!(
            "{name} said yes on {when}{via} ({version}{}, {}){parts}",
            yes.code,
            wording::worth(&yes.grade)
        ),
        style,
    );
    if !yes.words.trim().is_empty() && whole {
        out.put(
            "  ",
            &format!("\u{201c}{}\u{201d}", yes.words.trim()),
            theme.quiet(),
        );
    }
    if whole {
        out.put("  ", &wording::proves(yes), theme.quiet());
    } else if let Some(doubt) = &yes.doubt {
        out.put("  ", &format!("it claims more, but {doubt}"), theme.warn());
    }
}

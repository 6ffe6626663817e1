//! What a brief says today beside a question of the check-in, so that a yes
//! or a no is enough of an answer.

use crate::domain::work_time::{WorkTime, Zone};
use crate::domain::{Brief, Day, Section, Shortcut, date, effort, progress, sign_off};

/// The lines for a question, most important first; none where the brief says
/// nothing about it.
pub fn today(brief: &Brief, question: &str, work: &WorkTime, zone: &dyn Zone) -> Vec<String> {
    match question {
        "people" => brief
            .customers
            .iter()
            .map(|c| match c.uses_for.trim() {
                "" => format!("{} ({})", c.name, c.role),
                uses => format!("{} ({}): {uses}", c.name, c.role),
            })
            .collect(),
        "top_need" => brief
            .needs
            .first()
            .map(|n| n.text.clone())
            .into_iter()
            .collect(),
        "agreed" => brief
            .deliverables
            .iter()
            .map(|d| d.text.clone())
            .chain(yes_to_it(brief))
            .collect(),
        "goal" if brief.goals.is_empty() => vec!["no goal is named".to_owned()],
        "goal" => brief
            .goals
            .iter()
            .map(|g| format!("{}: {}", g.level, g.text))
            .collect(),
        "learned" => sign_off::guesses(brief)
            .into_iter()
            .map(|guess| format!("a guess: {guess}"))
            .collect(),
        "heard" => {
            let (at, by) = progress::last_word(brief, work, zone);
            let on = date::show(at.date());
            vec![match by {
                Some(by) => format!("{} on {on}", brief.name_of(&by)),
                None => format!("nobody since {on}"),
            }]
        }
        "spent" => progress::spent(brief, work)
            .map(|time| format!("{} so far", effort::show(time)))
            .into_iter()
            .chain(match brief.plan.appetite.trim() {
                "" => None,
                worth => Some(format!("it is worth {worth}")),
            })
            .collect(),
        "shortcut" => open_shortcuts(brief).map(shortcut).collect(),
        "in_time" => brief
            .plan
            .need_by
            .map(|day| format!("needed by {}", date::show(day)))
            .into_iter()
            .collect(),
        "answers" => match (brief.answers.get("purpose"), brief.chosen_reading()) {
            (Some(purpose), _) if !purpose.text.trim().is_empty() => vec![purpose.text.clone()],
            (_, Some(reading)) => vec![reading.text.clone()],
            _ => Vec::new(),
        },
        "usable" | "understandable" => brief
            .customers
            .iter()
            .filter(|c| !c.uses_for.trim().is_empty())
            .map(|c| format!("{}: {}", c.name, c.uses_for))
            .collect(),
        "wrong_guess" => brief
            .readings
            .iter()
            .filter(|r| !r.chosen)
            .map(|r| format!("set aside: {}", r.text))
            .collect(),
        _ => Vec::new(),
    }
}

/// What is wrong with the yes to the solution, if anything.
fn yes_to_it(brief: &Brief) -> Option<String> {
    let lapsed = sign_off::lapsed(brief);
    if !lapsed.is_empty() {
        let parts: Vec<&str> = lapsed.iter().map(Section::label).collect();
        return Some(format!("changed since the yes: {}", parts.join(", ")));
    }
    let agreed = sign_off::solution_agreed(brief);
    (!agreed).then(|| "nobody has said yes to the solution".to_owned())
}

/// The shortcuts that were not put right yet.
pub fn open_shortcuts(brief: &Brief) -> impl Iterator<Item = &Shortcut> {
    brief.shortcuts.iter().filter(|s| s.paid.is_none())
}

/// A shortcut with the day on which it is to be put right.
pub fn shortcut(shortcut: &Shortcut) -> String {
    let by = |day: Day| format!(", by {}", date::show(day));
    let by = shortcut.pay_back.map(by).unwrap_or_default();
    format!("{}{by}", shortcut.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{apply, at, day, signed};
    use crate::domain::{Stage, check_in};

    #[test]
    fn every_question_about_the_course_is_shown_what_the_brief_says() {
        let mut brief = signed();
        brief.stage = Stage::InProgress;
        let change = check_in::take_shortcut(
            &brief,
            "Copied by hand",
            Some(day("2026-03-06")),
            day("2026-02-05"),
        );
        apply(&mut brief, change);
        let zone = *at("2026-02-05T09:00:00+01:00").offset();
        let said = |question: &str| today(&brief, question, &WorkTime::default(), &zone).join("\n");
        assert!(said("people").contains("Dana Reyes (requester): She owes"));
        assert_eq!(said("top_need"), brief.needs[0].text);
        assert_eq!(said("agreed").lines().count(), brief.deliverables.len());
        assert!(said("goal").contains(&brief.goals[0].text));
        assert!(
            said("heard").contains("Dana Reyes on "),
            "{}",
            said("heard")
        );
        assert_eq!(said("shortcut"), "Copied by hand, by Fri 6 Mar 2026");
        assert!(said("in_time").contains("19 Feb 2026"));
        assert_eq!(said("tell"), "");
    }
}

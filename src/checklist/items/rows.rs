//! The lists of a brief as rows to look at.

use super::ListKind;
use crate::domain::{Brief, Deliverable, Need, Standing};

/// One row as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub text: String,
    /// Quiet lines under it.
    pub details: Vec<String>,
    /// A polite remark about it.
    pub remark: Option<String>,
    pub standing: Option<Standing>,
    /// Readings: whether it is the chosen one.
    pub chosen: bool,
}

impl ListKind {
    /// The rows as they stand.
    pub fn rows(&self, brief: &Brief) -> Vec<Row> {
        let plain = |text: &str| Row {
            text: text.to_owned(),
            details: Vec::new(),
            remark: None,
            standing: None,
            chosen: false,
        };
        match self {
            Self::Customers => brief
                .customers
                .iter()
                .map(|c| Row {
                    details: if c.uses_for.trim().is_empty() {
                        Vec::new()
                    } else {
                        vec![c.uses_for.clone()]
                    },
                    ..plain(&format!("{} ({})", c.name, c.role))
                })
                .collect(),
            Self::Readings => brief
                .readings
                .iter()
                .map(|r| Row {
                    standing: Some(r.standing.clone()),
                    chosen: r.chosen,
                    ..plain(&r.text)
                })
                .collect(),
            Self::Needs => brief.needs.iter().map(|n| need_row(brief, n)).collect(),
            Self::Goals => brief
                .goals
                .iter()
                .map(|g| Row {
                    details: if g.how.trim().is_empty() {
                        Vec::new()
                    } else {
                        vec![g.how.clone()]
                    },
                    ..plain(&format!("{}: {}", g.level, g.text))
                })
                .collect(),
            Self::Deliverables => brief
                .deliverables
                .iter()
                .map(|d| part_row(brief, d))
                .collect(),
            Self::Out => brief.out.iter().map(|o| plain(o)).collect(),
            Self::Answer(question) => brief
                .answers
                .get(question)
                .map(|a| a.items.iter().map(|i| plain(i)).collect())
                .unwrap_or_default(),
        }
    }
}

fn need_row(brief: &Brief, need: &Need) -> Row {
    let names: Vec<&str> = need.whose.iter().map(|id| brief.name_of(id)).collect();
    let mut details = Vec::new();
    if !need.acceptance.trim().is_empty() {
        details.push(format!("met when: {}", need.acceptance));
    }
    if !names.is_empty() && brief.customers.len() > 1 {
        details.push(format!("for {}", names.join(", ")));
    }
    Row {
        text: need.text.clone(),
        details,
        remark: None,
        standing: Some(need.standing.clone()),
        chosen: false,
    }
}

fn part_row(brief: &Brief, part: &Deliverable) -> Row {
    let served: Vec<(usize, &str)> = brief
        .needs
        .iter()
        .enumerate()
        .filter(|(_, n)| part.serves.contains(&n.id))
        .map(|(at, n)| (at + 1, n.text.as_str()))
        .collect();
    let details = match served.as_slice() {
        [] => Vec::new(),
        [(number, text)] => vec![format!("serves #{number} {text}")],
        several => {
            let numbers: Vec<String> = several.iter().map(|(n, _)| format!("#{n}")).collect();
            vec![format!("serves {}", numbers.join(" "))]
        }
    };
    let remark = (served.is_empty() && !brief.needs.is_empty())
        .then(|| "serves no need yet \u{2013} would anybody miss it?".to_owned());
    Row {
        text: part.text.clone(),
        details,
        remark,
        standing: Some(part.standing.clone()),
        chosen: false,
    }
}

//! How much a person was asked lately, in words.

use chrono::Datelike as _;

use crate::domain::burden::{Burden, DAYS};
use crate::domain::{Day, questions};

/// A third message in two weeks is more than one a week, for one person's work
/// among others; two full messages of questions are a lot to answer.
const MESSAGES: usize = 3;
const QUESTIONS: usize = 2 * questions::AT_MOST;

/// `Dana: 2 messages, 5 questions in 14 days, 3 still open; last on 4 Feb`.
pub fn burden(name: &str, burden: &Burden, today: Day) -> String {
    let counted = |n: usize, what: &str| match n {
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    };
    let mut words = match (burden.messages, burden.questions) {
        (0, _) => format!("{name}: no message in {DAYS} days"),
        (messages, 0) => format!("{name}: {} in {DAYS} days", counted(messages, "message")),
        (messages, questions) => format!(
            "{name}: {}, {} in {DAYS} days",
            counted(messages, "message"),
            counted(questions, "question")
        ),
    };
    if burden.waiting > 0 {
        words.push_str(&format!(", {} still open", burden.waiting));
    }
    if let Some(day) = burden.last {
        let form = match day.year() == today.year() {
            true => "%-d %b",
            false => "%-d %b %Y",
        };
        words.push_str(&format!("; last on {}", day.format(form)));
    }
    words
}

/// A gentle word where that is a lot, and why.
pub fn much(burden: &Burden) -> Option<String> {
    let why = if burden.messages >= MESSAGES {
        format!("{} messages in {DAYS} days are a lot", burden.messages)
    } else if burden.questions > QUESTIONS {
        format!("{} questions in {DAYS} days are a lot", burden.questions)
    } else if burden.waiting > QUESTIONS {
        format!("{} questions still wait for an answer", burden.waiting)
    } else {
        return None;
    };
    Some(format!(
        "{why}; whoever is asked often answers late: two minutes in person may be easier for both"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::day;

    #[test]
    fn what_was_asked_is_one_sentence() {
        let today = day("2026-02-10");
        let mut lately = Burden {
            messages: 2,
            questions: 5,
            waiting: 3,
            last: Some(day("2026-02-04")),
        };
        assert_eq!(
            burden("Dana", &lately, today),
            "Dana: 2 messages, 5 questions in 14 days, 3 still open; last on 4 Feb"
        );
        assert_eq!(much(&lately), None);
        lately.messages = 3;
        assert!(much(&lately).unwrap().starts_with("3 messages in 14 days"));
        let once = Burden {
            messages: 1,
            questions: 1,
            ..Burden::default()
        };
        assert_eq!(
            burden("Dana", &once, today),
            "Dana: 1 message, 1 question in 14 days"
        );
        let long_ago = Burden {
            waiting: 1,
            last: Some(day("2025-12-30")),
            ..Burden::default()
        };
        assert_eq!(
            burden("Dana", &long_ago, today),
            "Dana: no message in 14 days, 1 still open; last on 30 Dec 2025"
        );
    }
}

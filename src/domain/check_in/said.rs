//! Short answers with somebody or some day in them, as people write them.

use crate::domain::{Brief, Customer, Day, ItemId, date};

/// Who was last heard from, and when: "Dana, yesterday", "yesterday, Dana",
/// "Dana". Without a day it is today; without a name it is the requester.
///
/// # Errors
///
/// What is not understood, with what to write instead.
pub fn heard(brief: &Brief, typed: &str, today: Day) -> Result<(ItemId, Day), String> {
    let typed = typed.trim().trim_end_matches('.');
    let day = |words: &str| date::parse_past(words.trim(), today).ok();
    let parts = typed
        .rsplit_once([',', ':'])
        .map(|(a, b)| (a.trim(), b.trim()));
    let (who, on) = match parts {
        Some((who, when)) if day(when).is_some() => (who, day(when)),
        Some((when, who)) if day(when).is_some() => (who, day(when)),
        Some((_, when)) if brief.find_customer(typed).is_ok_and(|c| c.is_none()) => {
            let why = date::parse_past(when, today).map_err(|error| error.to_string());
            return Err(why.err().unwrap_or_default());
        }
        _ => last_words(typed, &day).unwrap_or((typed, None)),
    };
    let on = on.unwrap_or(today);
    if who.is_empty() {
        let asked = brief.requester().map(|c| (c.id.clone(), on));
        return asked.ok_or_else(|| "this brief names no customer yet".to_owned());
    }
    let names = |all: &mut dyn Iterator<Item = &Customer>, or: &str| {
        all.map(|c| c.name.as_str()).collect::<Vec<_>>().join(or)
    };
    match brief.find_customer(who) {
        Ok(Some(customer)) => Ok((customer.id.clone(), on)),
        Ok(None) => Err(format!(
            "nobody here is called \u{201c}{who}\u{201d}; there is {}. Write: name, when",
            names(&mut brief.customers.iter(), ", ")
        )),
        Err(several) => Err(format!(
            "that could be {}",
            names(&mut several.into_iter(), " or ")
        )),
    }
}

/// "Dana on Monday", "Dana 3 days ago": the day is the last words that are one.
fn last_words<'a>(
    typed: &'a str,
    day: &dyn Fn(&str) -> Option<Day>,
) -> Option<(&'a str, Option<Day>)> {
    if day(typed).is_some() {
        return Some(("", day(typed)));
    }
    typed.match_indices(' ').find_map(|(at, _)| {
        let (who, when) = typed.split_at(at);
        let when = when.trim_start();
        let when = when.strip_prefix("on ").unwrap_or(when);
        day(when).map(|on| (who.trim_end(), Some(on)))
    })
}

/// A shortcut and the day by which it is to be put right, where the text ends
/// with one: "Copied by hand, by 6 mar". Without a day the whole text is it.
pub fn shortcut(typed: &str, today: Day) -> (String, Option<Day>) {
    let typed = typed.trim();
    let whole = || (typed.to_owned(), None);
    let cut = |mark: &str| -> Option<(String, Option<Day>)> {
        // ASCII marks: lower case has the same bytes where it matters.
        let at = typed.to_ascii_lowercase().rfind(mark)?;
        let (what, when) = (typed.get(..at)?, typed.get(at + mark.len()..)?);
        let day = date::parse(when.trim().trim_end_matches('.'), today).ok()?;
        let what = what.trim_end().trim_end_matches([',', ';', '.', '-', ':']);
        (!what.trim().is_empty()).then(|| (what.trim().to_owned(), Some(day)))
    };
    [" by ", " until ", " till ", ",by ", ", "]
        .into_iter()
        .find_map(cut)
        .unwrap_or_else(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{day, id, superreport};

    const TODAY: &str = "2026-02-05";

    #[test]
    fn whom_one_heard_from_and_when_is_read_as_people_write_it() {
        let brief = superreport();
        for (typed, who, on) in [
            ("Dana, yesterday", "dana", "2026-02-04"),
            ("dana", "dana", "2026-02-05"),
            ("yesterday", "dana", "2026-02-04"),
            ("yesterday, HR", "hr", "2026-02-04"),
            ("Human Resources, 3 feb", "hr", "2026-02-03"),
            ("Dana on monday", "dana", "2026-02-02"),
            ("Dana 2 days ago.", "dana", "2026-02-03"),
            ("Dana Reyes: today", "dana", "2026-02-05"),
        ] {
            let read = heard(&brief, typed, day(TODAY));
            assert_eq!(read, Ok((id(who), day(on))), "{typed}");
        }
    }

    #[test]
    fn nobody_is_made_up_and_nobody_is_heard_tomorrow() {
        let brief = superreport();
        let wrong = |typed: &str| heard(&brief, typed, day(TODAY)).unwrap_err();
        assert!(wrong("Zoe, yesterday").contains("Dana Reyes"));
        assert!(wrong("e, yesterday").contains("could be"));
        assert!(!wrong("Dana, tomorrow").is_empty());
        let mut nobody = brief.clone();
        nobody.customers.clear();
        assert!(heard(&nobody, "yesterday", day(TODAY)).is_err());
    }

    #[test]
    fn a_shortcut_ends_with_the_day_that_pays_it_back() {
        let read = |typed: &str| shortcut(typed, day(TODAY));
        let of = |text: &str, on: &str| (text.to_owned(), on.parse().ok());
        assert_eq!(
            read("Copied by hand, by 6 mar"),
            of("Copied by hand", "2026-03-06")
        );
        assert_eq!(
            read("No tests until next friday"),
            of("No tests", "2026-02-13")
        );
        assert_eq!(read("Copied by hand"), of("Copied by hand", ""));
        assert_eq!(
            read("Sorted by role, by share"),
            of("Sorted by role, by share", "")
        );
        assert_eq!(read("Skipped, Monday"), of("Skipped", "2026-02-09"));
        assert_eq!(read("by 6 mar"), of("by 6 mar", ""));
        assert_eq!(read("\u{130} by hand, by 6 mar").1, Some(day("2026-03-06")));
    }
}

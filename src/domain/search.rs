//! Looking for words in everything that a brief says.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::Brief;

/// Longest line that is looked through, in characters: one of a megabyte is
/// not what anybody looks for by hand.
const LONGEST: usize = 2_000;
/// Parts the texts of a brief, so that no word is found across two of them.
const PART: char = '\n';

/// What is looked for: all of these words, in any order, as parts of words,
/// whatever their case and accents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Search {
    words: Vec<String>,
}

impl Search {
    /// The words of a text.
    pub fn parse(text: &str) -> Self {
        let words = text.split_whitespace().map(|word| fold(word).into_owned());
        let mut words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        // The longest is the rarest: most briefs are done with after one look.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.dedup();
        Self { words }
    }

    /// Whether nothing is looked for, which every brief has.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words, folded, the longest first.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether all words are in a text that [`folded`] made.
    pub fn is_in(&self, folded: &str) -> bool {
        self.words.iter().all(|word| folded.contains(word.as_str()))
    }
}

/// Every text of a brief that somebody might look for; none is blank.
pub fn texts(brief: &Brief) -> Vec<Cow<'_, str>> {
    let mut texts: Vec<Cow<'_, str>> = vec![
        brief.title.as_str().into(),
        brief.id.as_str().into(),
        short(&brief.owner),
        short(&brief.request.words),
        short(&brief.request.place),
        short(&brief.plan.appetite),
    ];
    for c in &brief.customers {
        let (name, uses_for) = (short(&c.name), short(&c.uses_for));
        texts.push(format!("{name} {uses_for}").into());
        texts.push(short(&c.reach));
        texts.push(short(&c.notes));
    }
    texts.extend(brief.readings.iter().map(|r| short(&r.text)));
    texts.extend(brief.answers.iter().map(|(_, a)| short(&a.text)));
    texts.extend(brief.answers.iter().map(|(_, a)| short(&a.standing.why)));
    let items = brief.answers.iter().flat_map(|(_, a)| &a.items);
    texts.extend(items.map(|item| short(item)));
    for need in &brief.needs {
        texts.push(short(&need.text));
        texts.push(short(&need.acceptance));
    }
    for goal in &brief.goals {
        texts.push(short(&goal.text));
        texts.push(short(&goal.how));
        texts.push(short(&goal.owner));
    }
    texts.extend(brief.deliverables.iter().map(|d| short(&d.text)));
    texts.extend(brief.out.iter().map(|out| short(out)));
    texts.extend(brief.waivers.iter().map(|w| short(&w.because)));
    texts.extend(brief.shortcuts.iter().map(|s| short(&s.text)));
    let versions = brief.conflicts.iter().flat_map(|c| &c.versions);
    texts.extend(versions.map(|version| short(version)));
    for event in &brief.events {
        texts.extend([&event.words, &event.because, &event.code, &event.who].map(|t| short(t)));
        texts.extend(event.answers.iter().map(|answer| short(answer)));
    }
    let typed = brief.walk.iter().chain(&brief.drafts);
    texts.extend(typed.map(|place| short(&place.draft)));
    texts.retain(|text| !text.trim().is_empty());
    texts
}

fn short(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST {
        return text.into();
    }
    let end = text.char_indices().nth(LONGEST).map(|(at, _)| at);
    text.get(..end.unwrap_or(text.len())).unwrap_or(text).into()
}

/// All texts of a brief as they are compared.
pub fn folded(brief: &Brief) -> String {
    let mut all = String::with_capacity(2048);
    for text in texts(brief) {
        all.push_str(&fold(&text));
        all.push(PART);
    }
    all
}

/// A text without the differences that nobody types: capitals and accents.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return match text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => text.to_ascii_lowercase().into(),
            false => text.into(),
        };
    }
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c));
    plain
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::superreport;

    #[test]
    fn all_words_are_found_in_any_order_whatever_their_case_and_accents() {
        let mut brief = superreport();
        brief.title = "Für Ines: Ausfälle je Schicht".to_owned();
        let folded = folded(&brief);
        for found in ["schicht FUR", "ausfalle", "AUSFÄLLE", "", "  ", "dana"] {
            assert!(Search::parse(found).is_in(&folded), "{found}");
        }
        for missing in ["schichtx", "fur nobodyatall"] {
            assert!(!Search::parse(missing).is_in(&folded), "{missing}");
        }
    }

    #[test]
    fn no_word_is_found_across_two_texts() {
        let mut brief = superreport();
        brief.title = "one".to_owned();
        brief.out = vec!["left".to_owned(), "right".to_owned()];
        assert!(!Search::parse("leftright").is_in(&folded(&brief)));
    }

    #[test]
    fn a_text_of_a_megabyte_is_looked_through_as_far_as_people_read() {
        let mut brief = superreport();
        brief.request.words = "ä".repeat(1_000_000) + "end";
        let all = folded(&brief);
        assert!(all.len() < 20_000);
        assert!(texts(&brief).iter().all(|text| !text.trim().is_empty()));
    }
}

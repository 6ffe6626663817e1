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
    let mut texts = Vec::new();
    each_text(brief, |text| texts.push(text));
    texts
}

/// The same one by one.
fn each_text<'b>(brief: &'b Brief, mut see: impl FnMut(Cow<'b, str>)) {
    let mut see = |text: Cow<'b, str>| {
        if text.chars().any(|c| !c.is_whitespace()) {
            see(text);
        }
    };
    see(brief.title.as_str().into());
    see(brief.id.as_str().into());
    see(short(&brief.owner));
    see(short(&brief.request.words));
    see(short(&brief.request.place));
    see(short(&brief.plan.appetite));
    for c in &brief.customers {
        let (name, uses_for) = (short(&c.name), short(&c.uses_for));
        see([&*name, " ", &*uses_for].concat().into());
        see(short(&c.reach));
        see(short(&c.notes));
    }
    brief.readings.iter().for_each(|r| see(short(&r.text)));
    for (_, answer) in brief.answers.iter() {
        see(short(&answer.text));
    }
    for (_, answer) in brief.answers.iter() {
        see(short(&answer.standing.why));
    }
    for (_, answer) in brief.answers.iter() {
        answer.items.iter().for_each(|item| see(short(item)));
    }
    for need in &brief.needs {
        see(short(&need.text));
        see(short(&need.acceptance));
    }
    for goal in &brief.goals {
        see(short(&goal.text));
        see(short(&goal.how));
        see(short(&goal.owner));
    }
    brief.deliverables.iter().for_each(|d| see(short(&d.text)));
    brief.out.iter().for_each(|out| see(short(out)));
    brief.waivers.iter().for_each(|w| see(short(&w.because)));
    brief.shortcuts.iter().for_each(|s| see(short(&s.text)));
    let versions = brief.conflicts.iter().flat_map(|c| &c.versions);
    versions.for_each(|version| see(short(version)));
    for event in &brief.events {
        for text in [&event.words, &event.because, &event.code, &event.who] {
            see(short(text));
        }
        event.answers.iter().for_each(|answer| see(short(answer)));
    }
    let typed = brief.walk.iter().chain(&brief.drafts);
    typed.for_each(|place| see(short(&place.draft)));
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
    fold_to(&mut all, brief);
    all
}

/// Appends all texts of a brief as they are compared.
pub fn fold_to(all: &mut String, brief: &Brief) {
    each_text(brief, |text| {
        push_folded(all, &text);
        all.push(PART);
    });
}

/// A text without the differences that nobody types: capitals and accents.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return text.into();
    }
    let mut folded = String::with_capacity(text.len());
    push_folded(&mut folded, text);
    folded.into()
}

fn push_folded(to: &mut String, text: &str) {
    if text.is_ascii() {
        let start = to.len();
        to.push_str(text);
        if let Some(added) = to.get_mut(start..) {
            added.make_ascii_lowercase();
        }
        return;
    }
    let mut rest = text;
    while !rest.is_empty() {
        // No letter of the plain ones changes with what stands beside it.
        let plain = rest.bytes().position(|byte| !byte.is_ascii());
        let (plain, others) = rest.split_at(plain.unwrap_or(rest.len()));
        let start = to.len();
        to.push_str(plain);
        if let Some(added) = to.get_mut(start..) {
            added.make_ascii_lowercase();
        }
        let count = others.bytes().position(|byte| byte.is_ascii());
        let (others, more) = others.split_at(count.unwrap_or(others.len()));
        let marks = others.nfkd().filter(|c| !is_combining_mark(*c));
        to.extend(marks.flat_map(char::to_lowercase));
        rest = more;
    }
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

    proptest::proptest! {
        #[test]
        fn what_is_folded_in_parts_is_what_is_folded_whole(
            text in "([a-zA-Z ]|\\PC|[\u{301}\u{323}\u{aa}\u{130}ßﬁΣÅ가]){0,20}",
        ) {
            let plain = text.nfkd().filter(|c| !is_combining_mark(*c));
            let whole: String = plain.flat_map(char::to_lowercase).collect();
            proptest::prop_assert_eq!(fold(&text), whole);
        }
    }
}

use std::borrow::Cow;

use proptest::prelude::*;

use super::kinds::{self, is_mark};
use super::*;

#[test]
fn ordinary_text_passes_untouched_and_is_not_copied() {
    for text in [
        "",
        "Dana's desk: 3 days, 50 %",
        "Grüße aus Zürich, naïve café",
        "日本語の文章、です。",
        "Привет, мир",
        "שלום עולם",
        "لا أعرف",
        "👩‍👩‍👧‍👦 and 👩🏽‍🚒 and ❤️‍🔥 and 1️⃣ and 🏳️‍🌈 and 🇩🇪",
        "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
        "می\u{200C}خواهم",
        "क्\u{200D}ष ক্\u{200D} র\u{200D}্যাব ശ്രീ",
        "ខ្ញុំ\u{200B}ទៅ",
        "葛\u{E0100}城 ≨\u{FE00}",
        "e\u{301}\u{323}",
        "ᄒ\u{1161}\u{11AB}",
        "⠓⠑⠇⠇⠕\u{2800}⠺",
        "no\u{A0}break, full\u{3000}width",
    ] {
        assert_eq!(line(text), text);
        assert!(
            matches!(line(text), Cow::Borrowed(_)),
            "{text:?} was copied"
        );
    }
}

#[test]
fn what_stands_alone_takes_a_column_beside_anything_that_does() {
    let all: Vec<char> = ('\0'..=char::MAX)
        .filter(|c| kinds::stands_alone(*c))
        .collect();
    assert!(all.len() > 300);
    for c in &all {
        // The first of each kind, and those that other rules know.
        for beside in "a Ä1-—’…©®\u{A0}\u{17F}".chars() {
            let text = String::from_iter([beside, *c, *c, beside]);
            for breaks in [cleaning::Breaks::Marked, cleaning::Breaks::Kept] {
                let careful = cleaning::carefully(&text, breaks);
                assert!(matches!(careful, Cow::Borrowed(_)), "{text:?}");
            }
            let widths: Vec<usize> = graphemes(&text).map(UnicodeWidthStr::width).collect();
            assert_eq!(widths, [1; 4], "{text:?}");
            assert_eq!(width(&text), 4);
            assert_eq!((fit(&text, 4), fit(&text, 9)), (text.clone(), text));
        }
    }
}

#[test]
fn controls_become_pictures() {
    assert_eq!(line("\x1b[31mred\x1b[0m"), "␛[31mred␛[0m");
    assert_eq!(line("\0\x07\x08\x7f"), "␀␇␈␡");
    assert_eq!(line("a\u{9b}31m\u{85}"), "a‹U+009B›31m‹U+0085›");
}

#[test]
fn line_breaks_show_on_one_line_and_stay_in_a_block() {
    assert_eq!(line("a\r\nb\nc\rd\te"), "a⏎b⏎c⏎d e");
    assert_eq!(block("a\r\nb\nc\rd\te"), "a\nb\nc\nd    e");
    assert_eq!(block("a\u{2028}b\u{2029}"), "a‹U+2028›b‹U+2029›");
    assert!(matches!(block("a\nb"), Cow::Borrowed(_)));
}

#[test]
fn nothing_turns_the_reading_direction() {
    assert_eq!(
        line("invoice\u{202E}gpj.exe\u{202C}"),
        "invoice‹U+202E›gpj.exe‹U+202C›"
    );
    for c in "\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}\u{200E}\u{200F}\u{61C}".chars() {
        assert_eq!(line(&format!("a{c}b")), format!("a‹U+{:04X}›b", c as u32));
    }
}

#[test]
fn nothing_hides_between_letters() {
    for c in "\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}\u{AD}\u{3164}\u{FFA0}\u{115F}\u{1160}\u{2800}\u{FE0F}\u{FE00}\u{E0041}\u{E0100}\u{34F}\u{180E}\u{FFF9}\u{1D173}\u{FFFE}\u{10FFFF}".chars() {
        assert_eq!(line(&format!("a{c}b")), format!("a‹U+{:04X}›b", c as u32));
    }
}

#[test]
fn a_mark_that_only_one_table_of_unicode_knows_does_not_stand_unseen() {
    assert_eq!(line("a\u{10ef0}\0"), "a\u{2039}U+10EF0\u{203a}\u{2400}");
}

#[test]
fn an_emoji_carries_no_hidden_message() {
    assert_eq!(
        line("😀\u{FE0F}\u{E0101}\u{E0102}"),
        "😀\u{FE0F}‹U+E0101›‹U+E0102›"
    );
    assert_eq!(line("🏴\u{E0061}\u{E007F}"), "🏴‹U+E0061›‹U+E007F›");
    assert_eq!(line("👩\u{200D}"), "👩‹U+200D›");
    assert_eq!(line("👩\u{200D}\u{200D}👩"), "👩‹U+200D›‹U+200D›👩");
    let chain = vec!["👩"; 500].join("\u{200D}");
    assert!(line(&chain).contains("‹U+200D›"));
}

#[test]
fn a_pile_of_marks_is_cut_and_counted() {
    let pile = format!("a{}b", "\u{301}".repeat(1000));
    assert_eq!(
        line(&pile),
        format!("a{}‹+994 marks›b", "\u{301}".repeat(6))
    );
    assert!(line(&format!("ᄒ{}", "\u{1161}".repeat(50))).ends_with("‹+44 marks›"));
}

#[test]
fn a_mark_without_a_letter_gets_something_to_sit_on() {
    assert_eq!(line("\u{301}x"), "◌\u{301}x");
    assert_eq!(block("a\n\u{301}"), "a\n◌\u{301}");
    assert_eq!(line("a\u{1161}\u{11A8}"), "a‹U+1161›‹U+11A8›");
}

#[test]
fn width_counts_cells() {
    assert_eq!(width(""), 0);
    assert_eq!(width("abc"), 3);
    assert_eq!(width("日本"), 4);
    assert_eq!(width("👩‍👩‍👧‍👦"), 2);
    assert_eq!(width("e\u{301}"), 1);
    assert_eq!(width("لا"), 2);
}

#[test]
fn a_text_is_cut_between_characters_and_says_so() {
    assert_eq!(fit("abcdef", 6), "abcdef");
    assert_eq!(fit("abcdef", 5), "abcd…");
    assert_eq!(fit("ab cdef", 4), "ab…");
    assert_eq!(fit("日本語", 5), "日本…");
    assert_eq!(fit("日本語", 4), "日…");
    assert_eq!(fit("a👩‍👩‍👧‍👦b", 2), "a…");
    assert_eq!(fit("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
    assert_eq!(fit("abc", 1), "…");
    assert_eq!(fit("abc", 0), "");
    assert_eq!(fit("", 0), "");
    assert_eq!(fit("a\x1bb", 9), "a␛b");
}

#[test]
fn words_move_to_the_next_line_whole() {
    assert_eq!(wrap("", 10), [""]);
    assert_eq!(wrap("the quick brown fox", 10), ["the quick", "brown fox"]);
    assert_eq!(wrap("one\n\ntwo ", 10), ["one", "", "two"]);
    assert_eq!(
        wrap("a sign-off at 2026-02-19", 7),
        ["a sign-", "off at", "2026-02", "-19"]
    );
}

#[test]
fn a_word_longer_than_the_line_is_broken_between_characters() {
    assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
    assert_eq!(wrap("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3), ["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]);
    assert_eq!(wrap("日本語です。はい", 6), ["日本語", "です。", "はい"]);
    assert_eq!(
        wrap("日本語です。はい", 4),
        ["日本", "語で", "す。", "はい"]
    );
    assert_eq!(wrap("日本", 1), ["日", "本"]);
    assert_eq!(wrap("ab", 0), ["a", "b"]);
}

#[test]
fn a_megabyte_is_cleaned_and_wrapped_in_one_go() {
    // Quadratic work would take minutes here.
    for unit in [
        "word ",
        "x",
        "\x1b",
        "\u{301}",
        "👩\u{200D}",
        "日",
        "a\u{202E}\n",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        let clean = block(&text);
        assert!(clean.len() <= text.len() * 9);
        assert!(!wrap_ranges(&clean, 40).is_empty());
        assert!(width(&fit(&text, 40)) <= 40);
    }
}

/// Any text, with the troublesome characters far more often than by chance.
fn hostile() -> impl Strategy<Value = String> {
    let odd = proptest::sample::select(
        "\0\t\n\r\x1b\x7f\u{85}\u{9b}\u{AD}\u{301}\u{323}\u{34F}\u{61C}\u{627}\u{644}\u{64B}\u{915}\u{93F}\u{94D}\u{E01}\u{E31}\u{1100}\u{1160}\u{1161}\u{11A8}\u{1780}\u{17D2}\u{1820}\u{180B}\u{180E}\u{200B}\u{200C}\u{200D}\u{200E}\u{2028}\u{202E}\u{2060}\u{2066}\u{20E3}\u{2640}\u{2764}\u{2800}\u{2801}\u{3042}\u{3164}\u{4E00}\u{FE00}\u{FE0F}\u{FEFF}\u{FF9E}\u{FFA0}\u{FFF9}\u{1F468}\u{1F3FB}\u{1F3F4}\u{1F1E9}\u{E0067}\u{E007F}\u{E0100}1a -⏎‹›◌"
            .chars()
            .collect::<Vec<_>>(),
    );
    proptest::collection::vec(prop_oneof![4 => odd, 1 => any::<char>()], 0..60)
        .prop_map(String::from_iter)
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing_more(text in hostile()) {
        let once = line(&text).into_owned();
        prop_assert_eq!(&line(&once), &once);
        let once = block(&text).into_owned();
        prop_assert_eq!(&block(&once), &once);
    }

    #[test]
    fn what_is_clean_shows_every_character(text in hostile()) {
        let clean = line(&text);
        prop_assert!(!clean.chars().any(char::is_control));
        for grapheme in graphemes(&clean) {
            // These two part words of Thai, Khmer, Mongolian and the like.
            let parts = matches!(grapheme, "\u{200B}" | "\u{180E}");
            prop_assert!(width(grapheme) > 0 || parts, "{:?} in {:?}", grapheme, clean);
        }
        let mut marks = 0;
        for c in clean.chars() {
            marks = if is_mark(c) { marks + 1 } else if is_hidden(c) { marks } else { 0 };
            prop_assert!(marks <= 12);
        }
        let turns = |c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{FEFF}' | '\u{2060}');
        prop_assert!(!clean.contains(turns));
    }

    #[test]
    fn a_cut_text_fits(text in hostile(), columns in 0..20_usize) {
        prop_assert!(width(&fit(&text, columns)) <= columns);
    }

    #[test]
    fn wrapped_lines_fit_and_lose_nothing(text in hostile(), columns in 2..20_usize) {
        let clean = block(&text);
        let mut end = None;
        for range in wrap_ranges(&clean, columns) {
            if let Some(end) = end {
                let gap = clean.get(end..range.start);
                prop_assert!(gap == Some("") || gap == Some("\n"));
            } else {
                prop_assert_eq!(range.start, 0);
            }
            end = Some(range.end);
            let shown = clean.get(range).unwrap_or_default().trim_end();
            prop_assert!(
                width(shown) <= columns || graphemes(shown).count() == 1,
                "{:?} is wider than {}", shown, columns
            );
        }
        prop_assert_eq!(end, Some(clean.len()));
    }
}

use proptest::prelude::*;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Position, Rect};

use super::*;

fn key(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::NONE)
}

fn control(c: char) -> KeyEvent {
    KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)
}

fn with(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
    KeyEvent::new(code, modifiers)
}

/// Types `text` one character after another, as a terminal sends it.
fn type_in(field: &mut TextField, text: &str) {
    for c in text.chars() {
        let event = if c == '\n' {
            field.handle(control('j'))
        } else {
            field.handle(key(KeyCode::Char(c)))
        };
        assert!(matches!(event, FieldEvent::Changed | FieldEvent::Moved));
    }
}

fn press(field: &mut TextField, codes: &[KeyCode]) {
    for code in codes {
        field.handle(key(*code));
    }
}

/// What the field looks like, one string a row, the caret as `|` before its
/// cell.
fn seen(field: &TextField, width: u16, height: u16) -> Vec<String> {
    let area = Rect::new(2, 1, width, height);
    let mut buf = Buffer::empty(Rect::new(0, 0, width + 4, height + 2));
    field.render(area, &mut buf, true);
    let caret = field.caret(area);
    area.rows()
        .map(|row| {
            let mut shown = String::new();
            let mut skip = 0;
            for position in row.positions() {
                if caret == Some(position) {
                    shown.push('|');
                }
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buf[position].symbol();
                skip = usize::from(symbol.cell_width()).saturating_sub(1);
                shown.push_str(symbol);
            }
            shown.trim_end().to_owned()
        })
        .collect()
}

#[test]
fn typing_puts_the_text_before_the_caret() {
    let mut field = TextField::lines();
    type_in(&mut field, "held");
    press(&mut field, &[KeyCode::Left]);
    type_in(&mut field, "lo worl");
    assert_eq!(field.text(), "hello world");
    assert_eq!(seen(&field, 20, 1), ["hello worl|d"]);
}

#[test]
fn a_released_key_does_nothing() {
    let mut field = TextField::lines();
    let mut released = key(KeyCode::Char('a'));
    released.kind = KeyEventKind::Release;
    assert_eq!(field.handle(released), FieldEvent::Ignored);
    assert!(field.is_empty());
}

#[test]
fn keys_of_the_screen_are_left_to_it() {
    let mut field = TextField::lines().with_text("a");
    for code in [
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::PageUp,
        KeyCode::Up,
        KeyCode::Down,
    ] {
        assert_eq!(field.handle(key(code)), FieldEvent::Ignored, "{code:?}");
    }
    for c in ['x', 'c', 'z', 's'] {
        assert_eq!(field.handle(control(c)), FieldEvent::Ignored, "{c}");
    }
    assert_eq!(TextField::line().handle(control('j')), FieldEvent::Ignored);
    assert_eq!(field.text(), "a");
}

#[test]
fn one_backspace_deletes_what_looks_like_one_character() {
    for character in [
        "a",
        "ü",
        "e\u{301}",
        "日",
        "👩‍👩‍👧‍👦",
        "👩🏽‍🚒",
        "❤️",
        "🇩🇪",
        "1️⃣",
        "한",
        "क्षि",
        "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
    ] {
        let mut field = TextField::lines();
        type_in(&mut field, &format!("x{character}"));
        assert_eq!(field.text(), format!("x{character}"));
        press(&mut field, &[KeyCode::Backspace]);
        assert_eq!(field.text(), "x", "{character:?}");
        field.set_text(&format!("{character}x"));
        press(&mut field, &[KeyCode::Home, KeyCode::Delete]);
        assert_eq!(field.text(), "x", "{character:?}");
    }
}

#[test]
fn a_persian_word_can_be_typed_and_corrected() {
    let mut field = TextField::lines();
    type_in(&mut field, "می\u{200C}خ");
    assert_eq!(field.text(), "می\u{200C}خ");
    press(&mut field, &[KeyCode::Backspace]);
    assert_eq!(field.text(), "می");
}

#[test]
fn nothing_typed_or_pasted_hides() {
    let mut field = TextField::lines();
    type_in(&mut field, "a\u{202E}b");
    assert_eq!(field.text(), "a‹U+202E›b");
    field.set_text("");
    field.paste("\x1b[31m\u{85}\0");
    assert_eq!(field.text(), "␛[31m‹U+0085›␀");
}

#[test]
fn a_paste_is_one_step_with_its_line_breaks() {
    let mut field = TextField::lines().with_text("(]");
    press(&mut field, &[KeyCode::Left]);
    assert_eq!(field.paste("one\r\ntwo\rthree\tfour"), FieldEvent::Changed);
    assert_eq!(field.text(), "(one\ntwo\nthree    four]");
    field.undo();
    assert_eq!(field.text(), "(]");
    assert_eq!(seen(&field, 9, 1), ["(|]"]);
    field.redo();
    assert_eq!(field.text(), "(one\ntwo\nthree    four]");
}

#[test]
fn one_line_takes_a_paste_of_many_as_one() {
    let mut field = TextField::line();
    field.paste("one\r\ntwo\n\nthree\n");
    assert_eq!(field.text(), "one two  three");
}

#[test]
fn too_long_a_paste_is_refused_whole_and_says_so() {
    let mut field = TextField::lines().with_limit(10).with_text("12345");
    let event = field.paste("678901");
    assert_eq!(
        event,
        FieldEvent::Refused(TooLong {
            length: 11,
            limit: 10
        })
    );
    assert_eq!(field.text(), "12345");
    assert_eq!(field.paste("67890"), FieldEvent::Changed);
    assert!(matches!(
        field.handle(key(KeyCode::Char('x'))),
        FieldEvent::Refused(_)
    ));
    assert_eq!(field.text(), "1234567890");
    let FieldEvent::Refused(refused) = TextField::lines().paste(&"word ".repeat(200_000)) else {
        panic!("a megabyte went in");
    };
    assert!(
        refused
            .to_string()
            .contains("1000000 characters, 100000 fit")
    );
}

#[test]
fn a_text_that_was_too_long_before_can_only_shrink() {
    let mut field = TextField::lines().with_limit(3).with_text("12345");
    assert_eq!(field.text(), "12345");
    assert!(matches!(
        field.handle(key(KeyCode::Char('x'))),
        FieldEvent::Refused(_)
    ));
    press(&mut field, &[KeyCode::Backspace]);
    assert_eq!(field.text(), "1234");
}

#[test]
fn words_are_deleted_and_walked_as_words() {
    let mut field = TextField::lines().with_text("ask  Dana\nwhy, today");
    field.handle(control('w'));
    assert_eq!(field.text(), "ask  Dana\nwhy, ");
    field.handle(with(KeyCode::Backspace, KeyModifiers::ALT));
    assert_eq!(field.text(), "ask  Dana\nwhy");
    field.handle(control('w'));
    field.handle(control('w'));
    assert_eq!(field.text(), "ask  ");
    field.set_text("ask Dana");
    field.handle(with(KeyCode::Left, KeyModifiers::CONTROL));
    assert_eq!(seen(&field, 20, 1), ["ask |Dana"]);
    field.handle(with(KeyCode::Left, KeyModifiers::CONTROL));
    field.handle(with(KeyCode::Right, KeyModifiers::CONTROL));
    assert_eq!(seen(&field, 20, 1), ["ask| Dana"]);
    field.handle(with(KeyCode::Char('d'), KeyModifiers::ALT));
    assert_eq!(field.text(), "ask");
}

#[test]
fn lines_are_cut_to_their_ends() {
    let mut field = TextField::lines().with_text("one two\nthree four");
    field.handle(with(KeyCode::Left, KeyModifiers::CONTROL));
    field.handle(control('k'));
    assert_eq!(field.text(), "one two\nthree ");
    field.handle(control('u'));
    assert_eq!(field.text(), "one two\n");
    field.handle(with(KeyCode::Home, KeyModifiers::CONTROL));
    field.handle(control('e'));
    assert_eq!(seen(&field, 9, 2), ["one two|", ""]);
}

#[test]
fn undo_goes_back_by_words_and_redo_forth() {
    let mut field = TextField::lines();
    type_in(&mut field, "one two three");
    let mut texts = vec![field.text().to_owned()];
    while !field.is_empty() {
        field.undo();
        texts.push(field.text().to_owned());
    }
    assert_eq!(texts, ["one two three", "one two ", "one ", ""]);
    field.redo();
    field.redo();
    assert_eq!(field.text(), "one two ");
    type_in(&mut field, "x");
    assert_eq!(field.redo(), FieldEvent::Moved);
    assert_eq!(field.text(), "one two x");
}

#[test]
fn typing_in_the_middle_is_undone_as_one_word() {
    let mut field = TextField::lines().with_text("helo");
    press(&mut field, &[KeyCode::Left, KeyCode::Left]);
    type_in(&mut field, "lly");
    assert_eq!(field.text(), "hellylo");
    field.handle(control('7'));
    assert_eq!(field.text(), "helo");
}

#[test]
fn an_edited_text_knows_that_it_was_changed() {
    let mut field = TextField::lines().with_text("a");
    assert!(!field.is_changed());
    type_in(&mut field, "b");
    assert!(field.is_changed());
    field.undo();
    assert!(!field.is_changed());
}

#[test]
fn an_edit_elsewhere_can_be_undone() {
    let mut field = TextField::lines().with_text("mine");
    assert_eq!(field.replace("theirs"), FieldEvent::Changed);
    field.undo();
    assert_eq!(field.text(), "mine");
}

#[test]
fn long_lines_wrap_at_words_and_the_caret_keeps_up() {
    let mut field = TextField::lines();
    type_in(&mut field, "the quick brown fox");
    assert_eq!(field.rows(11), 2);
    assert_eq!(seen(&field, 11, 3), ["the quick", "brown fox|", ""]);
    press(&mut field, &[KeyCode::Home]);
    assert_eq!(seen(&field, 11, 2), ["the quick", "|brown fox"]);
    press(&mut field, &[KeyCode::Left]);
    assert_eq!(seen(&field, 11, 2), ["the quick|", "brown fox"]);
    press(&mut field, &[KeyCode::Home, KeyCode::End]);
    assert_eq!(seen(&field, 11, 2), ["the quick|", "brown fox"]);
}

#[test]
fn a_full_row_leaves_room_for_the_caret() {
    let mut field = TextField::lines();
    type_in(&mut field, "abcd");
    assert_eq!(seen(&field, 5, 2), ["abcd|", ""]);
    type_in(&mut field, "e");
    assert_eq!(seen(&field, 5, 2), ["abcd", "e|"]);
    field.set_text("abcd   ");
    assert_eq!(seen(&field, 5, 2), ["abcd|", ""]);
}

#[test]
fn the_caret_stands_right_among_wide_and_combined_characters() {
    let mut field = TextField::lines().with_text("日e\u{301}👩‍👩‍👧‍👦x");
    let area = Rect::new(0, 0, 20, 1);
    let mut columns = Vec::new();
    for _ in 0..5 {
        columns.push(field.caret(area).map(|place| place.x));
        press(&mut field, &[KeyCode::Left]);
    }
    assert_eq!(columns, [Some(6), Some(5), Some(3), Some(2), Some(0)]);
    assert_eq!(seen(&field, 20, 1), ["|日e\u{301}👩‍👩‍👧‍👦x"]);
}

#[test]
fn up_and_down_keep_the_column() {
    let mut field = TextField::lines().with_text("abcdef\nx\nabc日f");
    press(&mut field, &[KeyCode::Up, KeyCode::Up]);
    assert_eq!(seen(&field, 9, 3), ["abcdef|", "x", "abc日f"]);
    assert_eq!(field.handle(key(KeyCode::Up)), FieldEvent::Ignored);
    press(&mut field, &[KeyCode::Left, KeyCode::Left, KeyCode::Down]);
    assert_eq!(seen(&field, 9, 3), ["abcdef", "x|", "abc日f"]);
    press(&mut field, &[KeyCode::Down]);
    assert_eq!(seen(&field, 9, 3), ["abcdef", "x", "abc|日f"]);
    assert_eq!(field.handle(key(KeyCode::Down)), FieldEvent::Ignored);
}

#[test]
fn a_long_text_scrolls_with_the_caret() {
    let mut field = TextField::lines().with_text("1\n2\n3\n4\n5");
    assert_eq!(seen(&field, 4, 2), ["4", "5|"]);
    press(&mut field, &[KeyCode::Up]);
    assert_eq!(seen(&field, 4, 2), ["4|", "5"]);
    press(&mut field, &[KeyCode::Up]);
    assert_eq!(seen(&field, 4, 2), ["3|", "4"]);
    let mut buf = Buffer::empty(Rect::new(0, 0, 4, 2));
    field.render(buf.area, &mut buf, false);
    assert_eq!(buf, Buffer::with_lines(["1   ", "2   "]));
}

#[test]
fn one_line_scrolls_sideways() {
    let mut field = TextField::line().with_text("abc日defg");
    assert_eq!(field.rows(5), 1);
    assert_eq!(seen(&field, 5, 1), ["defg|"]);
    press(
        &mut field,
        &[KeyCode::Left, KeyCode::Left, KeyCode::Left, KeyCode::Left],
    );
    assert_eq!(seen(&field, 5, 1), ["|defg"]);
    press(&mut field, &[KeyCode::Left]);
    assert_eq!(seen(&field, 5, 1), ["|日def"]);
    press(&mut field, &[KeyCode::Home]);
    assert_eq!(seen(&field, 5, 1), ["|abc日"]);
}

#[test]
fn what_was_drawn_before_is_gone() {
    let area = Rect::new(0, 0, 4, 1);
    let mut buf = Buffer::with_lines(["XXXX"]);
    TextField::line()
        .with_text("a")
        .render(area, &mut buf, true);
    assert_eq!(buf, Buffer::with_lines(["a   "]));
}

#[test]
fn areas_of_any_size_hold() {
    let field = TextField::lines().with_text("日本 words\n\n👩‍👩‍👧‍👦");
    let line = TextField::line().with_text("日本");
    for width in 0..4 {
        for height in 0..3 {
            let mut buf = Buffer::empty(Rect::new(0, 0, 3, 2));
            let area = Rect::new(1, 1, width, height);
            for field in [&field, &line] {
                field.rows(width);
                field.render(area, &mut buf, true);
                if let Some(Position { x, y }) = field.caret(area) {
                    assert!(area.contains(Position { x, y }));
                }
            }
        }
    }
}

#[derive(Debug, Clone)]
enum Step {
    Type(char),
    Paste(String),
    Key(KeyEvent),
    Draw(u16, u16),
}

fn step() -> impl Strategy<Value = Step> {
    let odd = "ab 日\u{301}👩🏽🇩❤\u{FE0F}\u{200D}\u{200C}\u{202E}ی\u{94D}क\u{1b}1\u{20E3}한\u{1161}\u{E01}\u{200B}";
    let odd: Vec<char> = odd.chars().collect();
    let paste = proptest::collection::vec(proptest::sample::select(odd.clone()), 0..6);
    let codes = [
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Enter,
        KeyCode::Char('w'),
        KeyCode::Char('u'),
        KeyCode::Char('k'),
        KeyCode::Char('j'),
        KeyCode::Char('7'),
        KeyCode::Char('y'),
        KeyCode::Char('d'),
    ];
    let modifiers = [KeyModifiers::NONE, KeyModifiers::CONTROL, KeyModifiers::ALT];
    prop_oneof![
        4 => proptest::sample::select(odd).prop_map(Step::Type),
        1 => paste.prop_map(|chars| Step::Paste(chars.into_iter().chain("\r\n".chars()).collect())),
        4 => (proptest::sample::select(codes.to_vec()), proptest::sample::select(modifiers.to_vec()))
            .prop_map(|(code, modifiers)| Step::Key(with(code, modifiers))),
        1 => (0..12_u16, 0..4_u16).prop_map(|(width, height)| Step::Draw(width, height)),
    ]
}

proptest! {
    #[test]
    fn no_keys_tear_a_character_and_undo_finds_the_way_back(
        steps in proptest::collection::vec(step(), 0..60),
        many in any::<bool>(),
    ) {
        let field = if many { TextField::lines() } else { TextField::line() };
        let mut field = field.with_text("start");
        for step in steps {
            match step {
                Step::Type(c) => { field.handle(key(KeyCode::Char(c))); }
                Step::Paste(text) => { field.paste(&text); }
                Step::Key(event) => { field.handle(event); }
                Step::Draw(width, height) => { seen(&field, width, height); }
            }
            prop_assert_eq!(&field.clean(field.text()), field.text());
            let mut ends = text::graphemes(field.text()).scan(0, |end, grapheme| {
                *end += grapheme.len();
                Some(*end)
            });
            prop_assert!(field.caret == 0 || ends.any(|end| end == field.caret));
        }
        while field.redo() == FieldEvent::Changed {}
        let last = field.text().to_owned();
        while field.undo() == FieldEvent::Changed {}
        prop_assert_eq!(field.text(), "start");
        while field.redo() == FieldEvent::Changed {}
        prop_assert_eq!(field.text(), last);
    }

    #[test]
    fn a_text_is_measured_as_it_is_drawn(text in "[a日\u{301}👩🏽❤\u{FE0F}\u{200D}ﾊﾞلا🇩한]{0,12}") {
        let clean = text::line(&text);
        let drawn: usize = text::graphemes(&clean).map(|cell| usize::from(cell.cell_width())).sum();
        prop_assert_eq!(text::width(&clean), drawn);
    }
}

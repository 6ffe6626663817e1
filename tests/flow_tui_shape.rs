//! Small terminals, wide and hostile texts.

use unicode_width::UnicodeWidthStr;

use super::flow_tui_lists::{open, reference};
use crate::support::screen::{Screen, rows};

#[test]
fn the_walk_works_at_40_columns_and_15_rows() {
    let mut screen = Screen::new(40, 15);
    insta::assert_snapshot!("small_01_desk", screen.picture());
    screen.keys("a").type_text("What my analysts do all day");
    insta::assert_snapshot!("small_02_new", screen.picture());
    screen.keys("<enter>");
    insta::assert_snapshot!("small_03_customers", screen.picture());
    screen
        .type_text("Dana Reyes: owes HR the profiles of her desk")
        .keys("<enter>");
    screen.type_text("Human Resources: write job profiles");
    insta::assert_snapshot!("small_04_customers", screen.picture());
    screen.keys("<pgdn>");
    insta::assert_snapshot!("small_05_origin", screen.picture());
    screen.keys("1");
    screen
        .type_text("I'd like to understand what my analysts are doing all day.")
        .keys("<enter>");
    screen.type_text("after the stand-up").keys("<enter>");
    screen
        .type_text("How many tickets we get, and whether we have the staff")
        .keys("<enter>");
    screen
        .type_text("Which kinds of work the desk does, by role")
        .keys("<enter>");
    screen.type_text("2").keys("<enter>");
    insta::assert_snapshot!("small_06_readings", screen.picture());
    screen.keys("<enter>");
    screen
        .type_text("HR decides on job profiles in March")
        .keys("<enter>");
    for need in [
        "Types of work with a share => HR can fill in a profile",
        "Skills that each type takes => one skill each",
        "Before HR's meeting => on 19 February",
        "Opens in Excel => an .xlsx file",
    ] {
        screen.type_text(need).keys("<enter>");
    }
    insta::assert_snapshot!("small_07_needs", screen.picture());
    screen.keys("<enter>");
    insta::assert_snapshot!("small_08_rank", screen.picture());
    screen.keys("p");
    insta::assert_snapshot!("small_09_pairs", screen.picture());
    screen.keys("<pgup><enter>");
    screen.type_text("none: nobody has set any").keys("<enter>");
    screen.type_text("One-page table #1 #2").keys("<enter>");
    insta::assert_snapshot!("small_10_deliverables", screen.picture());
    screen.keys("<enter>");
    screen.type_text("Automation").keys("<pgdn>");
    screen.type_text("19 feb").keys("<enter>4");
    insta::assert_snapshot!("small_11_review", screen.picture());
    screen.keys("s");
    insta::assert_snapshot!("small_12_share", screen.picture());
    screen.keys("<enter>");
    let code = screen.copied_code();
    screen.keys("y");
    insta::assert_snapshot!("small_13_sign_off", screen.picture());
    screen.type_text(&format!("OK {code}")).keys("<enter>");
    screen.keys("<esc><enter>");
    insta::assert_snapshot!("small_14_brief", screen.picture());
    screen.keys("?");
    insta::assert_snapshot!("small_15_help", screen.picture());
    assert_eq!(screen.brief().stage.word(), "agreed");
}

#[test]
fn a_tiny_terminal_says_what_it_needs_and_keeps_the_text() {
    let mut screen = Screen::new(80, 24);
    screen.keys("a").type_text("The form").keys("<enter>");
    screen.type_text("Dana: si").resize(20, 5);
    insta::assert_snapshot!("tiny", screen.picture());
    screen.must_show("Your text is safe");
    screen
        .type_text("gns it")
        .resize(80, 24)
        .must_show("Dana: signs it");
    for (width, height) in [(0, 0), (1, 1), (0, 24), (80, 0), (2, 200), (300, 2)] {
        screen.resize(width, height);
        if width > 0 && height > 0 {
            screen.frame();
        }
    }
}

/// Texts of other scripts, and texts that want to do harm.
const TEXTS: &[&str] = &[
    "\u{4f60}\u{597d}\u{4e16}\u{754c}\u{ff0c}\u{62a5}\u{544a}",
    "\u{1f469}\u{200d}\u{1f4bb} codes \u{1f1e9}\u{1f1ea} \u{2764}\u{fe0f} all day",
    "e\u{301}te\u{301} cafe\u{301} nai\u{308}ve",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{5e2}\u{5d5}\u{5dc}\u{5dd}",
    "\u{645}\u{631}\u{62d}\u{628}\u{627} \u{628}\u{643}",
    "\u{1b}[31mred\u{1b}[0m \u{1b}]52;c;ZXZpbA==\u{7}",
    "\u{202e}gnorw\u{202c} \u{2066}way\u{2069} \u{200f}round",
    "zero\u{200b}width\u{feff} and tag\u{e0041}s",
    "tab\tbell\u{7} del\u{7f} c1\u{9b}31m",
    "z\u{335}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}algo",
];

#[test]
fn columns_line_up_whatever_the_texts_are() {
    for text in TEXTS {
        let mut screen = reference();
        let file = screen.file();
        let quoted = toml_edit::Value::from(*text).to_string();
        screen.put(
            "super-report-k7m2.toml",
            file.replace("\"What my analysts do all day\"", &quoted)
                .replace("\"Skills that each type of work takes\"", &quoted)
                .replace("\"Human Resources\"", &quoted),
        );
        screen.send(askfirst::tui::message::Msg::Resumed);
        let (buffer, _) = screen.frame();
        for row in rows(&buffer) {
            assert_eq!(row.width(), 80, "{text:?}: {row:?}");
        }
        let desk = screen.text();
        let row = desk.lines().find(|l| l.contains("answered")).unwrap();
        assert!(row.trim_end().width() == 79, "{text:?}: {row:?}");

        open(&mut screen, "What must the result do");
        let (buffer, _) = screen.frame();
        for (y, row) in rows(&buffer).into_iter().enumerate() {
            assert_eq!(row.width(), 80, "{text:?}: {row:?}");
            // The basis stands at the right, its last letter in the last column.
            if row.starts_with("  2 ") {
                assert!(row.ends_with("told "), "{text:?}: {row:?}");
                assert_eq!(buffer[(78, u16::try_from(y).unwrap())].symbol(), "d");
            }
        }
        for keys in [
            "<pgdn>",
            "<pgup><pgup>",
            "<esc>",
            "s",
            "<esc>v",
            "<esc>?",
            "<esc>/",
        ] {
            screen.keys(keys);
            for row in rows(&screen.frame().0) {
                assert_eq!(row.width(), 80, "{text:?} after {keys}: {row:?}");
            }
        }
    }
}

#[test]
fn hostile_texts_are_made_visible_when_typed_or_pasted() {
    for text in TEXTS {
        let mut screen = Screen::new(80, 24);
        screen.keys("a").paste(text);
        screen.frame();
        screen.keys("<enter>").paste(text);
        screen.keys("<enter>").paste("to sign");
        screen.keys("<enter>");
        screen.frame();
        let file = screen.file();
        assert!(
            !file.chars().any(|c| c.is_control() && c != '\n'),
            "{file:?}"
        );
    }
}

#[test]
fn the_caret_stands_behind_what_is_typed() {
    for (text, columns) in [
        ("abc", 3),
        ("\u{4f60}\u{597d}", 4),
        ("e\u{301}", 1),
        ("\u{1f469}\u{200d}\u{1f4bb}", 2),
    ] {
        let mut screen = Screen::new(80, 24);
        screen.keys("a").paste(text);
        let (_, caret) = screen.frame();
        assert_eq!(caret.unwrap().x, 3 + columns, "{text}");
    }
}

#[test]
fn a_megabyte_is_refused_or_taken_and_said() {
    let mut screen = Screen::new(80, 24);
    screen.keys("a").type_text("The form").keys("<enter>");
    screen.type_text("Dana: signs it").keys("<enter>");
    screen.paste(&"words and more words ".repeat(50_000));
    screen.must_show("1050000 characters, 100000 fit; name a file instead");
    screen.type_text("Ines: reads it").keys("<enter>");
    assert_eq!(screen.brief().customers.len(), 2);
}

//! What must hold for any bytes. The fuzz targets call it, and the tests of the
//! package call it over the kept corpus.

pub mod brief;
pub mod checklist;
pub mod config;
pub mod message;
pub mod reply;

use askfirst::domain::Moment;

pub fn moment() -> Moment {
    Moment::parse_from_rfc3339("2026-02-05T09:00:00+01:00").unwrap()
}

/// No control but the line break, nothing that turns the direction, and nothing
/// that hides unless its neighbours give it a meaning. Told here once more, so
/// that it is no echo of what cleans the text.
#[track_caller]
pub fn harmless(what: &str, text: &str) {
    let mut before = ' ';
    for c in text.chars() {
        let bad = match c {
            '\n' => false,
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{3164}'
            | '\u{ffa0}' => true,
            '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
            '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}' => true,
            // Between letters of scripts that are written without spaces.
            '\u{200b}' => {
                !matches!(before, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
            }
            // Between letters or pictures, never beside plain ones.
            '\u{200c}' | '\u{200d}' => before.is_ascii(),
            // The flags of England, Scotland and Wales.
            '\u{e0020}'..='\u{e007f}' => !matches!(before, '\u{1f3f4}' | '\u{e0020}'..='\u{e007e}'),
            _ => false,
        };
        assert!(!bad, "{what} holds {c:?}: {text:?}");
        before = c;
    }
}

/// One line, and harmless.
#[track_caller]
pub fn harmless_line(what: &str, text: &str) {
    assert!(!text.contains('\n'), "{what} has lines: {text:?}");
    harmless(what, text);
}

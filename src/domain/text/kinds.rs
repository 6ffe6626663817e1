//! What a character is, as far as cleaning has to know. Ranges are blocks of
//! Unicode 16; a block rather than a property is enough where it says which
//! neighbours give an invisible character a meaning.

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

pub const ZERO_WIDTH_SPACE: char = '\u{200B}';
pub const NON_JOINER: char = '\u{200C}';
pub const JOINER: char = '\u{200D}';
pub const BLACK_FLAG: char = '\u{1F3F4}';
pub const KEYCAP: char = '\u{20E3}';

/// The tags that follow a black flag in the flags of England, Scotland and
/// Wales, the only tag sequences recommended for interchange (UTS 51).
pub const FLAG_TAGS: [&str; 3] = [
    "\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
    "\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
    "\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}",
];

/// Sits on the character before it: combining marks, Korean vowels and finals
/// (they stack in the same way), half-width voicing marks.
pub fn is_mark(c: char) -> bool {
    (is_combining_mark(c) && joins(c))
        || matches!(c, '\u{FF9E}' | '\u{FF9F}')
        || is_vowel(c)
        || is_final(c)
}

/// Whether graphemes see a mark as one. The crates know different versions of
/// Unicode: a mark that only one of them knows would stand alone and unseen.
fn joins(mark: char) -> bool {
    let mut buffer = [b'a'; 5];
    let end = 1 + mark.encode_utf8(&mut buffer[1..]).len();
    let pair = std::str::from_utf8(&buffer[..end]).unwrap_or_default();
    pair.graphemes(true).nth(1).is_none()
}

/// A Korean vowel (jungseong) that completes the letter before it.
fn is_vowel(c: char) -> bool {
    matches!(c, '\u{1161}'..='\u{11A7}' | '\u{D7B0}'..='\u{D7C6}')
}

/// A Korean final (jongseong).
fn is_final(c: char) -> bool {
    matches!(c, '\u{11A8}'..='\u{11FF}' | '\u{D7CB}'..='\u{D7FB}')
}

/// Whether the mark `c` would hang in the air after `before`: a Korean vowel
/// or final without what it completes (UAX 29, rules GB6 to GB8).
pub fn hangs(c: char, before: Option<char>) -> bool {
    let before = before.unwrap_or(' ');
    let initial = matches!(before, '\u{1100}'..='\u{115E}' | '\u{A960}'..='\u{A97C}');
    let syllable = matches!(before, '\u{AC00}'..='\u{D7A3}');
    let open = syllable && (before as u32 - 0xAC00).is_multiple_of(28);
    if is_vowel(c) {
        !(initial || is_vowel(before) || open)
    } else {
        is_final(c) && !(is_vowel(before) || is_final(before) || syllable)
    }
}

/// Takes one column, whatever stands beside it, and needs no care: the letters of
/// Western and Central Europe, and what printers put between them. Most texts have
/// nothing else.
pub fn stands_alone(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AF}'..='\u{17F}'
        | '\u{2013}' | '\u{2014}' | '\u{2018}'..='\u{201E}' | '\u{2026}' | '\u{20AC}')
}

/// Shows nothing, or turns the direction of its neighbours.
pub fn is_hidden(c: char) -> bool {
    match c {
        '\u{00AD}'                    // soft hyphen
        | '\u{034F}'                  // grapheme joiner
        | '\u{061C}' | '\u{070F}'     // Arabic letter mark, Syriac abbreviation
        | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' // Korean fillers
        | '\u{17B4}' | '\u{17B5}'     // Khmer inherent vowels
        | '\u{180B}'..='\u{180F}'     // Mongolian selectors
        | '\u{200B}'..='\u{200F}'     // zero-width, joiners, direction
        | '\u{2028}'..='\u{202E}'     // separators, embeddings, overrides
        | '\u{2060}'..='\u{206F}'     // word joiner, isolates
        | '\u{2800}'                  // blank Braille cell
        | '\u{FE00}'..='\u{FE0F}'     // variation selectors
        | '\u{FEFF}'                  // byte-order mark
        | '\u{FFF0}'..='\u{FFFB}'     // interlinear annotation
        | '\u{FFFE}' | '\u{FFFF}'
        | '\u{13430}'..='\u{1343F}'   // hieroglyph joiners
        | '\u{16FE4}'                 // Khitan filler
        | '\u{1BCA0}'..='\u{1BCA3}'   // shorthand format
        | '\u{1D159}' | '\u{1D173}'..='\u{1D17A}' // music format
        | '\u{E0000}'..='\u{E0FFF}'   // tags, selectors
        => true,
        // The last two of every plane are no characters at all.
        _ if c as u32 & 0xFFFE == 0xFFFE => true,
        // Whatever else a terminal gives no column and that is no mark.
        _ => !is_mark(c) && UnicodeWidthChar::width(c) == Some(0),
    }
}

/// May show as a picture; wider than the property, never a letter or a digit.
pub fn is_pictograph(c: char) -> bool {
    matches!(c,
        '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
        | '\u{2190}'..='\u{21FF}' | '\u{2300}'..='\u{23FF}' | '\u{24C2}'
        | '\u{25A0}'..='\u{27BF}' | '\u{2900}'..='\u{297F}' | '\u{2B00}'..='\u{2BFF}'
        | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Takes a variation selector 1 to 3 or an ideographic one.
pub fn has_variants(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFD}' | '\u{1000}'..='\u{109F}' | '\u{2200}'..='\u{22FF}'
        | '\u{2A00}'..='\u{2AFF}' | '\u{A840}'..='\u{A877}')
}

pub fn is_mongolian(c: char) -> bool {
    matches!(c, '\u{1820}'..='\u{1878}' | '\u{1880}'..='\u{18AA}')
}

pub fn is_braille(c: char) -> bool {
    matches!(c, '\u{2801}'..='\u{28FF}')
}

/// A letter or sign of a script whose spelling uses joiners: Arabic and its
/// neighbours, the Indic scripts, Myanmar, Khmer, Mongolian, Balinese and kin.
pub fn uses_joiners(c: char) -> bool {
    let block = matches!(c,
        '\u{0620}'..='\u{08FF}' | '\u{0900}'..='\u{0DFF}' | '\u{0F00}'..='\u{109F}'
        | '\u{1780}'..='\u{18AF}' | '\u{1A20}'..='\u{1BFF}' | '\u{A800}'..='\u{A82F}'
        | '\u{A840}'..='\u{ABFF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
        | '\u{10A00}'..='\u{10AFF}' | '\u{10D00}'..='\u{11FFF}' | '\u{1E900}'..='\u{1E95F}');
    block && (c.is_alphabetic() || is_combining_mark(c))
}

/// A sign that kills the vowel of the letter before it; a joiner after it
/// chooses the shape, also at the end of a word (RFC 5892, appendix A).
pub fn is_virama(c: char) -> bool {
    canonical_combining_class(c) == 9
}

/// A script written without spaces, where a zero-width space parts words.
pub fn parts_words_unseen(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
        && (c.is_alphabetic() || is_combining_mark(c))
}

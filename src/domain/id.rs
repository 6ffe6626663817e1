//! Names for briefs and for the things in them. An id that exists is safe to
//! put into a file name.

use std::fmt;
use std::sync::Arc;

use compact_str::CompactString;
use unicode_normalization::UnicodeNormalization;

/// Longest id, in characters.
const LONGEST: usize = 64;
/// Letters of a slug that go into an id; the rest is cut at a word.
const SLUG: usize = 40;
/// Crockford's alphabet in lower case: no i, l, o, u.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Why a text is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    #[error("an id needs at least one character")]
    Empty,
    #[error("an id has at most {LONGEST} characters")]
    TooLong,
    #[error("an id has only a-z, 0-9 and '-', not {0:?}")]
    Character(char),
}

fn check(text: &str) -> Result<(), IdError> {
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    if let Some(bad) = text
        .chars()
        .find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-'))
    {
        return Err(IdError::Character(bad));
    }
    if text.len() > LONGEST {
        return Err(IdError::TooLong);
    }
    Ok(())
}

/// Lower-case words of `text` joined by hyphens; accents are dropped. Empty
/// when the text has no Latin letter or digit.
pub fn slug(text: &str) -> String {
    // A title may be a megabyte; the first part names it well enough.
    let text = text.chars().take(400);
    match text.clone().all(|c| c.is_ascii()) {
        true => slug_of(text),
        false => slug_of(text.nfd()),
    }
}

/// The same of letters of which each is taken apart.
fn slug_of(text: impl Iterator<Item = char>) -> String {
    let mut slug = String::new();
    for c in text {
        let c = c.to_ascii_lowercase();
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if let Some(letters) = spelled_out(c) {
            slug.push_str(letters);
        } else if !unicode_normalization::char::is_combining_mark(c)
            && !matches!(c, '\'' | '’')
            && !slug.is_empty()
            && !slug.ends_with('-')
        {
            slug.push('-');
        }
    }
    if slug.len() > SLUG {
        let cut = slug[..=SLUG].rfind('-').unwrap_or(SLUG);
        slug.truncate(cut);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Latin letters that no decomposition makes plain.
fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ł' | 'Ł' => "l",
        'ı' => "i",
        _ => return None,
    })
}

/// The id of a brief: the slug of its title and four random letters. Copies
/// share the text: lists of many briefs hold an id several times.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BriefId(Arc<str>);

impl BriefId {
    /// Checks an id that came from a file name or a command line.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        check(text).map(|()| Self(text.into()))
    }

    /// Whether a text is one.
    pub fn is_valid(text: &str) -> bool {
        check(text).is_ok()
    }

    /// The id for a new brief. `random` is any number; 20 bits of it are used.
    pub fn for_title(title: &str, random: u32) -> Self {
        let slug = match slug(title) {
            empty if empty.is_empty() => "brief".to_owned(),
            slug => slug,
        };
        Self(format!("{slug}-{}", letters(random)).into())
    }

    /// The id of a brief that has no title yet.
    pub fn unnamed(random: u32) -> Self {
        Self(format!("{UNNAMED}{}", letters(random)).into())
    }

    /// Whether the id was given before there was a title.
    pub fn is_unnamed(&self) -> bool {
        self.0
            .strip_prefix(UNNAMED)
            .is_some_and(|rest| rest.len() == 4)
    }

    /// Whether it ends as the ids do that this program draws: in four letters that
    /// no other name has, whatever its case.
    pub fn is_drawn(&self) -> bool {
        let end = self.0.rsplit_once('-').map(|(_, end)| end.as_bytes());
        end.is_some_and(|end| end.len() == 4 && end.iter().all(|b| LETTERS.contains(b)))
    }

    /// The text of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const UNNAMED: &str = "untitled-";

/// Four letters of Crockford's alphabet, from 20 bits of `random`.
pub fn letters(random: u32) -> String {
    (0..4)
        .map(|i| char::from(LETTERS[(random >> (5 * i)) as usize & 31]))
        .collect()
}

/// The short name of a customer, need, deliverable and so on within one brief. Most
/// are so short that they take no room elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId(CompactString);

impl ItemId {
    /// Checks an id that came from a file.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        check(text).map(|()| Self(text.into()))
    }

    /// A new id from the first words of `text` that is not among `taken`.
    pub fn for_text<'a>(text: &str, taken: impl IntoIterator<Item = &'a ItemId>) -> Self {
        let slug = slug(text);
        let mut stem: String = slug.split('-').take(2).collect::<Vec<_>>().join("-");
        if stem.is_empty() {
            stem.push_str("item");
        }
        let taken: Vec<&ItemId> = taken.into_iter().collect();
        let free = |id: &str| !taken.iter().any(|t| t.0 == id);
        if free(&stem) {
            return Self(stem.into());
        }
        let more = (2..).map(|n| format!("{stem}-{n}")).find(|id| free(id));
        Self(more.unwrap_or(stem).into())
    }

    /// The text of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for BriefId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BriefId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_short_slug() {
        assert_eq!(
            slug("What my analysts do all day"),
            "what-my-analysts-do-all-day"
        );
        assert_eq!(slug("Größe & Café: l'été"), "grosse-cafe-lete");
        assert_eq!(slug("日本語"), "");
        assert!(slug(&"long ".repeat(1000)).len() <= SLUG);
    }

    #[test]
    fn no_title_makes_a_path() {
        for title in [
            "../../etc/passwd",
            "/",
            "..",
            "a\0b",
            "CON",
            "\u{202e}x",
            "",
        ] {
            let id = BriefId::for_title(title, 7);
            assert!(BriefId::parse(id.as_str()).is_ok(), "{title:?} gave {id}");
        }
    }

    #[test]
    fn an_id_with_a_slash_is_refused() {
        assert_eq!(BriefId::parse("a/b"), Err(IdError::Character('/')));
        assert_eq!(BriefId::parse(".."), Err(IdError::Character('.')));
        assert_eq!(BriefId::parse(&"a".repeat(65)), Err(IdError::TooLong));
    }

    #[test]
    fn an_item_id_is_new_in_its_list() {
        let one = ItemId::for_text("Dana Reyes", []);
        let two = ItemId::for_text("Dana Reyes", [&one]);
        assert_eq!((one.as_str(), two.as_str()), ("dana-reyes", "dana-reyes-2"));
    }

    #[test]
    fn a_title_that_opens_a_device_somewhere_makes_a_harmless_id() {
        // Windows opens a device for con.toml, and a file for con-7000.toml.
        for title in ["CON", "nul", "Aux.", "com1"] {
            let id = BriefId::for_title(title, 7);
            assert!(id.as_str().ends_with("-7000"), "{id}");
        }
    }

    #[test]
    fn letters_that_are_nearly_plain_are_spelled_out() {
        assert_eq!(
            slug("Stra\u{df}e \u{c6}r\u{f8} \u{141}\u{f3}d\u{17a} \u{130}\u{131}"),
            "strasse-aero-lodz-ii"
        );
    }

    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn every_title_makes_an_id_that_can_be_read_back(title in any::<String>(), random in any::<u32>()) {
            let id = BriefId::for_title(&title, random);
            prop_assert_eq!(BriefId::parse(id.as_str()), Ok(id.clone()));
            prop_assert!(!id.as_str().starts_with('-') && !id.as_str().contains("--"));
            prop_assert!(id.is_drawn() && BriefId::unnamed(random).is_drawn());
        }

        #[test]
        fn every_text_makes_an_item_id_that_is_new(texts in prop::collection::vec(any::<String>(), 0..12)) {
            let mut taken: Vec<ItemId> = Vec::new();
            for text in texts.iter().chain(&texts) {
                let id = ItemId::for_text(text, &taken);
                prop_assert_eq!(ItemId::parse(id.as_str()), Ok(id.clone()));
                prop_assert!(!taken.contains(&id));
                taken.push(id);
            }
        }

        #[test]
        fn nothing_but_plain_ids_is_read(text in any::<String>()) {
            if BriefId::parse(&text).is_ok() {
                let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
                prop_assert!(text.chars().all(plain) && (1..=64).contains(&text.len()));
            }
        }
    }
}

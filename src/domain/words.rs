//! Enums that are one word in the file. A word that this version does not
//! know is kept as `Unknown`, so that it is shown and written back unchanged.

/// Declares an enum with one word for each variant, and `Unknown(String)`.
macro_rules! word_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
            /// A word from a newer version or a typing error: kept as it is.
            Unknown(String),
        }

        impl $name {
            /// The words that this version knows, in order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The variant for a word of the file; never fails.
            pub fn from_word(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    other => Self::Unknown(other.to_owned()),
                }
            }

            /// The word for the file.
            pub fn word(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Unknown(word) => word,
                }
            }

            /// Whether this version knows the word.
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }
    };
}

pub(crate) use word_enum;

//! The code of a version: six letters that a customer can type on a phone.

use std::fmt;

/// Crockford's alphabet: no I, L, O, U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters that carry content; one check letter follows.
const CONTENT: usize = 5;

/// Five letters that follow from the agreed content, and one that shows a
/// typing error. A `Code` that exists has a right check letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code([u8; CONTENT + 1]);

/// Why a text is no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    #[error("a code has 6 letters, this has {0}")]
    Length(usize),
    #[error("a code has only letters and digits, not {0:?}")]
    Character(char),
    #[error("one letter of the code is wrong: the last letter does not fit the others")]
    Check,
}

impl Code {
    /// The code of a text, 25 bits of its BLAKE3 digest.
    pub fn of(text: &str) -> Self {
        let digest = blake3::derive_key("askfirst agreement code v1", text.as_bytes());
        let bits = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
        let mut values = [0; CONTENT + 1];
        for (place, value) in values.iter_mut().take(CONTENT).enumerate() {
            *value = (bits >> (32 - 5 * (place + 1))) as u8 & 31;
        }
        values[CONTENT] = check_value(&values[..CONTENT]);
        Self(values)
    }

    /// Reads a code as people type it: any case, spaces, hyphens and dots
    /// ignored, O for 0 and I or L for 1.
    pub fn parse(typed: &str) -> Result<Self, CodeError> {
        let mut values = [0; CONTENT + 1];
        let mut count = 0;
        for c in typed.chars() {
            if c.is_whitespace() || matches!(c, '-' | '.' | '_' | '"' | '\'' | '“' | '”') {
                continue;
            }
            let upper = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = LETTERS
                .iter()
                .position(|l| char::from(*l) == upper)
                .ok_or(CodeError::Character(c))?;
            if let Some(slot) = values.get_mut(count) {
                *slot = value as u8;
            }
            count += 1;
        }
        if count != values.len() {
            return Err(CodeError::Length(count));
        }
        if check_value(&values[..CONTENT]) != values[CONTENT] {
            return Err(CodeError::Check);
        }
        Ok(Self(values))
    }
}

/// Luhn's check (ISO/IEC 7812-1, annex B) over 32 letters instead of 10
/// digits: it shows every single wrong letter and most swaps of neighbours.
fn check_value(values: &[u8]) -> u8 {
    let sum: u32 = values
        .iter()
        .rev()
        .enumerate()
        .map(|(place, value)| {
            let value = u32::from(*value);
            if place % 2 == 0 {
                (2 * value) / 32 + (2 * value) % 32
            } else {
                value
            }
        })
        .sum();
    ((32 - sum % 32) % 32) as u8
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters: String = self
            .0
            .iter()
            .map(|v| char::from(LETTERS[usize::from(*v) & 31]))
            .collect();
        f.pad(&letters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_back_in_any_spelling() {
        let code = Code::of("some text");
        let text = code.to_string();
        let spaced = format!(" {} {} ", text[..3].to_lowercase(), &text[3..]);
        assert_eq!(Code::parse(&spaced), Ok(code));
        let alike = text.replace('0', "o").replace('1', "L");
        assert_eq!(Code::parse(&alike), Ok(code));
    }

    #[test]
    fn every_single_wrong_letter_is_noticed() {
        let text = Code::of("another text").to_string();
        for place in 0..text.len() {
            for letter in LETTERS {
                let mut wrong = text.clone().into_bytes();
                if wrong[place] == *letter {
                    continue;
                }
                wrong[place] = *letter;
                let wrong = String::from_utf8(wrong).unwrap();
                assert_eq!(Code::parse(&wrong), Err(CodeError::Check), "{wrong}");
            }
        }
    }

    #[test]
    fn different_texts_have_different_codes() {
        let codes: std::collections::HashSet<_> =
            (0..500).map(|n| Code::of(&n.to_string())).collect();
        assert_eq!(codes.len(), 500);
    }

    #[test]
    fn the_error_says_what_is_wrong() {
        assert_eq!(Code::parse("7K2M9"), Err(CodeError::Length(5)));
        assert_eq!(Code::parse("7K2M9!"), Err(CodeError::Character('!')));
    }
}

//! What may be sent as a token of the payment provider: never a card itself.
//!
//! Card numbers must not pass through this console or the API. A user who types one by
//! mistake gets an error, and the number is not sent.

use crate::rules::Checked;

/// The shortest and the longest number of a card (ISO/IEC 7812-1).
const CARD_DIGITS: std::ops::RangeInclusive<usize> = 12..=19;

/// What people put between the groups of a card number.
const SEPARATORS: [char; 5] = [' ', '-', '.', '\u{a0}', '\t'];

/// A token such as `tok_visa`: one word, and no card number.
///
/// # Errors
/// With the fragment that follows the field's name.
pub fn payment_token(token: &str) -> Checked {
    let token = token.trim();
    if token.is_empty() {
        return Err("can't be blank.");
    }
    no_card_number(token)?;
    if token.contains(char::is_whitespace) {
        Err("is one word, such as tok_1A2b3C.")
    } else {
        Ok(())
    }
}

/// Any text in which nothing looks like the number of a card.
///
/// # Errors
/// With the fragment that follows the field's name.
pub fn no_card_number(text: &str) -> Checked {
    if holds_card_number(text) {
        Err("looks like a card number. A card number is not sent from here; delete it.")
    } else {
        Ok(())
    }
}

/// Whether a part of the text is a card number: 12 to 19 digits, maybe in groups, that
/// pass the check of Luhn; or the text is nothing but that many digits, right or wrong.
fn holds_card_number(text: &str) -> bool {
    let mut digits: Vec<u8> = Vec::new();
    let mut only_digits = true;
    let mut found = false;
    for c in text.trim().chars().chain(['\n']) {
        if let Some(digit) = c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()) {
            digits.push(digit);
        } else if !SEPARATORS.contains(&c) {
            found |= is_card_number(&digits);
            only_digits &= c == '\n';
            if only_digits {
                found |= CARD_DIGITS.contains(&digits.len());
            }
            digits.clear();
        }
    }
    found
}

fn is_card_number(digits: &[u8]) -> bool {
    CARD_DIGITS.contains(&digits.len()) && luhn(digits)
}

/// The check digit of card numbers (ISO/IEC 7812-1 annex B).
fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let digit = u32::from(*digit);
            match (at % 2, digit) {
                (0, digit) => digit,
                (_, digit @ 0..=4) => digit * 2,
                (_, digit) => digit * 2 - 9,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_pass() {
        for good in ["tok_visa", " tok_1NXWPnGqLRrPzLkZ7v5yQf0A ", "src_123456789012", "4242"] {
            assert_eq!(payment_token(good), Ok(()), "{good}");
        }
        assert!(payment_token("  ").is_err());
        assert!(payment_token("tok visa").is_err());
    }

    #[test]
    fn card_numbers_do_not() {
        for card in [
            "4242424242424242",
            "4242 4242 4242 4242",
            "4242-4242-4242-4242",
            "3782 822463 10005",
            "tok_4242424242424242",
            "my card: 5555 5555 5555 4444, thanks",
            "6304 0000 0000 0000",
            // One digit wrong: still nothing but a card's length of digits.
            "4242424242424241",
        ] {
            assert!(no_card_number(card).is_err(), "{card}");
            assert!(payment_token(card).is_err(), "{card}");
        }
        for other in ["WELCOME", "2026-11-24", "12345678901", "", "order 4242424242424241"] {
            assert_eq!(no_card_number(other), Ok(()), "{other}");
        }
    }
}

//! Texts of JSON, and the numbers in them.
//!
//! Texts are read and written by way of [`Value`]. Code for a type is generated again for every
//! format that the type is read from, and in a program that is downloaded that adds up:
//! like this, all types know one.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads a text.
///
/// # Errors
/// When it is no JSON, or of another shape.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    serde_json::from_str::<Value>(text).and_then(serde_json::from_value)
}

/// Writes a text; `None` when the value cannot be one of JSON.
pub fn write<T: Serialize>(value: &T) -> Option<String> {
    serde_json::to_value(value).ok().map(|value| value.to_string())
}

/// Reads a finite number such as `1`, `-0.5`, `.5` or `2e3`; everything that the standard
/// library reads, but the names of numbers. The reader of JSON is there in any case, and
/// the standard library's comes with ten kilobytes of tables.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, rest) = split_digits(digits);
    let (fraction, power) = rest.strip_prefix('.').map_or(("", rest), split_digits);
    if (whole.is_empty() && fraction.is_empty()) || power.ends_with(char::is_whitespace) {
        return None;
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    // JSON wants digits on both sides of the point, and no zeros before others.
    let whole = whole.trim_start_matches('0');
    let zero = if whole.is_empty() { "0" } else { "" };
    let number = format!("{sign}{zero}{whole}.{fraction}0{power}");
    serde_json::from_str::<Value>(&number).ok()?.as_f64()
}

/// The digits that a text begins with, and what follows.
fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn standard(text: &str) -> Option<f64> {
        text.parse().ok().filter(|number: &f64| number.is_finite())
    }

    #[test]
    fn numbers_are_read_as_the_standard_library_reads_them() {
        let texts = [
            "0",
            "1",
            "-1",
            "+1",
            "007",
            "1.",
            ".5",
            "-.5",
            "+0.25",
            "1e3",
            "1E+3",
            "1.5e-3",
            "5.e1",
            ".",
            "",
            "-",
            "e1",
            "1e",
            "1 ",
            " 1",
            "1e1 ",
            "1.5.5",
            "0x1",
            "inf",
            "nan",
            "1e999",
            "1_0",
            "１",
            "1764300000000",
            "1764300000.123",
            "0.1",
            "0.3",
            "16.8",
            "--1",
            "+-1",
            "1.5\n",
        ];
        for text in texts {
            assert_eq!(number(text), standard(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn numbers_of_few_digits_are_exact(whole in 0_u32.., fraction in 0_u32..100_000) {
            let text = format!("{whole}.{fraction:05}");
            prop_assert_eq!(number(&text), standard(&text));
        }

        #[test]
        fn whatever_is_no_number_is_none(text in "[-+.e0-9 a]{0,6}") {
            prop_assert_eq!(number(&text).is_some(), standard(&text).is_some());
        }
    }
}

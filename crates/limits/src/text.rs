//! The text of header fields: several values in one, numbers, and values to be shown.

use backoffice_contract::json;

use backoffice_calendar as date;

/// How many characters of a value are shown at most.
const SHOWN: usize = 60;

/// The values of the fields called `name`, in any letter case. A browser joins those
/// of one name by commas (Fetch standard, "get, decode, and split"), so these are
/// whole fields and may hold several.
pub(super) fn fields<'a>(
    headers: &'a [(String, String)],
    name: &str,
) -> impl Iterator<Item = &'a str> {
    headers
        .iter()
        .filter(move |(header, _)| header.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
        .filter(|value| !value.is_empty())
}

/// The values that a field holds, separated by commas. The comma after the weekday of a
/// date does not separate.
pub(super) fn values(field: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut weekday = None;
    for part in field.split(',').map(str::trim) {
        match weekday.take() {
            Some(weekday) => values.push(format!("{weekday}, {part}")),
            None if date::is_weekday(part) => weekday = Some(part),
            None => values.push(part.to_owned()),
        }
    }
    values
}

/// A number of digits, perhaps with a fraction: no sign, no exponent, no `NaN`. What no
/// server is known to send is not read, rather than guessed.
pub(super) fn number(value: &str) -> Option<f64> {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    json::number(value)
}

/// A value as it may stand in a sentence: short, and without characters that are invisible
/// or change the direction of the text around them.
pub(super) fn shown(value: &str) -> String {
    let mut letters = value.chars().filter(|letter| !is_hidden(*letter));
    let mut text: String = letters.by_ref().take(SHOWN).collect();
    if letters.next().is_some() {
        text.push('…');
    }
    text
}

/// Control characters, and those of Unicode that have no width or set a direction.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_separate_values_but_not_dates() {
        assert_eq!(values("5, 3"), ["5", "3"]);
        assert_eq!(
            values("Tue, 24 Nov 2026 09:44:21 GMT,Tuesday, 24-Nov-26 09:44:21 GMT, 41,soon"),
            ["Tue, 24 Nov 2026 09:44:21 GMT", "Tuesday, 24-Nov-26 09:44:21 GMT", "41", "soon"]
        );
    }

    #[test]
    fn what_is_shown_is_short_and_visible() {
        assert_eq!(shown("a\u{7}b\u{202e}c\u{200b}\u{feff}\r\nd"), "abcd");
        assert_eq!(shown(&"ü".repeat(60)), "ü".repeat(60));
        assert_eq!(shown(&"ü".repeat(61)), format!("{}…", "ü".repeat(60)));
    }
}

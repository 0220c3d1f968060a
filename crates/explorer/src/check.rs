//! What is wrong with a typed text or number, as the end of a sentence that begins with the
//! field's name.

use crate::field::{Format, NumberRules, TextRules};

/// Every flaw of a text.
pub(crate) fn text(rules: &TextRules, text: &str) -> Vec<String> {
    let mut flaws = Vec::new();
    let length = text.chars().count();
    if let Some(shortest) = rules.shortest.filter(|shortest| length < *shortest) {
        flaws.push(format!("must have at least {}", count(shortest, "character")));
    }
    if let Some(longest) = rules.longest.filter(|longest| length > *longest) {
        flaws.push(format!("must have at most {}, not {length}", count(longest, "character")));
    }
    let format = match rules.format {
        Format::Date if !is_date(text) => Some("must be a date such as 2030-01-31"),
        Format::DateTime if !is_date_time(text) => {
            Some("must be a date with time and offset such as 2030-01-31T12:00:00Z")
        }
        Format::Email if !is_email(text) => Some("must be an e-mail address"),
        Format::Uuid if !is_uuid(text) => {
            Some("must be a UUID such as 7d444840-9dc0-11d1-b245-5ffdce74fad2")
        }
        Format::Uri if !is_uri(text) => Some("must be an address with a scheme"),
        Format::Byte if !is_base64(text) => Some("must be Base64"),
        _ => None,
    };
    flaws.extend(format.map(str::to_owned));
    if let Some(pattern) = &rules.pattern
        && matches(pattern, text) == Some(false)
    {
        flaws.push(format!("must match {pattern}"));
    }
    flaws
}

/// Every flaw of a number.
pub(crate) fn number(rules: &NumberRules, value: f64) -> Vec<String> {
    let mut flaws = Vec::new();
    if rules.integer && value.fract() != 0.0 {
        flaws.push("must be a whole number".to_owned());
    }
    if let Some(least) = rules.least.filter(|least| value < *least) {
        flaws.push(format!("must be at least {least}"));
    }
    if let Some(most) = rules.most.filter(|most| value > *most) {
        flaws.push(format!("must be at most {most}"));
    }
    if let Some(above) = rules.above.filter(|above| value <= *above) {
        flaws.push(format!("must be above {above}"));
    }
    if let Some(below) = rules.below.filter(|below| value >= *below) {
        flaws.push(format!("must be below {below}"));
    }
    if let Some(step) = rules.step.filter(|step| *step > 0.0) {
        let steps = value / step;
        if (steps - steps.round()).abs() > 1e-9 * steps.abs().max(1.0) {
            flaws.push(format!("must be a multiple of {step}"));
        }
    }
    flaws
}

/// A number with its noun.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn digits(text: &str, length: usize) -> Option<u32> {
    let all = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().ok())?
}

/// `full-date` of RFC 3339.
fn is_date(text: &str) -> bool {
    let mut pieces = text.splitn(3, '-');
    let mut next = |length| pieces.next().and_then(|piece| digits(piece, length));
    let (Some(year), Some(month), Some(day)) = (next(4), next(2), next(2)) else { return false };
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// `date-time` of RFC 3339.
fn is_date_time(text: &str) -> bool {
    let Some((date, rest)) = text.split_once(['T', 't', ' ']) else { return false };
    let offset = rest.rfind(['Z', 'z', '+', '-']).and_then(|at| rest.split_at_checked(at));
    let Some((time, offset)) = offset else { return false };
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let parts: Vec<Option<u32>> = clock.split(':').map(|part| digits(part, 2)).collect();
    let clock = matches!(parts.as_slice(), [Some(0..=23), Some(0..=59), Some(0..=60)]);
    let fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let hours = |text: &str| {
        text.split_once(':').is_some_and(|(hours, minutes)| {
            digits(hours, 2).is_some_and(|hours| hours < 24)
                && digits(minutes, 2).is_some_and(|minutes| minutes < 60)
        })
    };
    let zone =
        offset.eq_ignore_ascii_case("z") || offset.strip_prefix(['+', '-']).is_some_and(hours);
    is_date(date) && clock && fraction && zone
}

/// Something, an at sign, and a domain. The server decides the rest.
fn is_email(text: &str) -> bool {
    let domain =
        |domain: &str| !domain.is_empty() && !domain.starts_with('.') && !domain.ends_with('.');
    !text.contains(char::is_whitespace)
        && text.rsplit_once('@').is_some_and(|(local, rest)| !local.is_empty() && domain(rest))
}

fn is_uuid(text: &str) -> bool {
    let hexadecimal = |piece: &str| piece.bytes().all(|byte| byte.is_ascii_hexdigit());
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.split('-').all(hexadecimal)
}

/// A scheme, a colon and something without blanks (RFC 3986, section 3).
fn is_uri(text: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    !text.contains(char::is_whitespace)
        && text.split_once(':').is_some_and(|(scheme, rest)| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(letter)
                && !rest.is_empty()
        })
}

/// RFC 4648, section 4, with padding.
fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    text.len().is_multiple_of(4) && text.len() - body.len() <= 2 && body.bytes().all(letter)
}

/// Whether a text matches a pattern of the simplest kind: `^`, one set of characters, a
/// repetition, `$`. `None` for any other pattern.
fn matches(pattern: &str, text: &str) -> Option<bool> {
    let inner = pattern.strip_prefix('^')?.strip_suffix('$')?;
    let (set, times) = match inner.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => inner.split_at_checked(2).filter(|(set, _)| set.starts_with('\\'))?,
    };
    let (least, most) = match times {
        "+" => (1, usize::MAX),
        "*" => (0, usize::MAX),
        "" => (1, 1),
        _ => {
            let braces = times.strip_prefix('{')?.strip_suffix('}')?;
            let (least, most) = braces.split_once(',').unwrap_or((braces, braces));
            (least.parse().ok()?, if most.is_empty() { usize::MAX } else { most.parse().ok()? })
        }
    };
    let allowed = ranges(set)?;
    let length = text.chars().count();
    let fits = |c: char| allowed.iter().any(|(low, high)| (*low..=*high).contains(&c));
    Some((least..=most).contains(&length) && text.chars().all(fits))
}

/// The characters of a set as ranges; `None` for sets that need a real engine.
fn ranges(set: &str) -> Option<Vec<(char, char)>> {
    let mut ranges = Vec::new();
    let mut rest = set.chars();
    if set.is_empty() || set.starts_with('^') {
        return None;
    }
    while let Some(c) = rest.next() {
        let low = match c {
            '\\' => match rest.next()? {
                'd' => {
                    ranges.push(('0', '9'));
                    continue;
                }
                'w' => {
                    ranges.extend([('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')]);
                    continue;
                }
                escaped if escaped.is_ascii_punctuation() => escaped,
                _ => return None,
            },
            other => other,
        };
        let mut after = rest.clone();
        match (after.next(), after.next()) {
            (Some('-'), Some('\\')) => return None,
            (Some('-'), Some(high)) => {
                ranges.push((low, high));
                rest = after;
            }
            _ => ranges.push((low, low)),
        }
    }
    Some(ranges)
}

//! Text of `.env` files: one assignment a line, comments, quotes, `export`.
//!
//! There is no standard. This follows what the common loaders agree on: `'…'` is
//! literal, `"…"` knows `\n`, `\r`, `\t`, `\"`, `\\` and `\$` and may span lines,
//! an unquoted value ends at ` #` and loses white space around it.

use std::fmt;

use crate::rules;

/// One assignment, with the line it begins on (from 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The name.
    pub key: String,
    /// The value, with quotes and escapes resolved.
    pub value: crate::Secret,
    /// The line it begins on, from 1.
    pub line: usize,
}

/// What is wrong with a line. It never repeats a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DotenvError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, as a sentence.
    pub message: String,
}

impl fmt::Display for DotenvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for DotenvError {}

/// Reads all assignments, in order; a name may come twice, and the last one counts.
///
/// # Errors
/// All faulty lines at once, so that they can be mended together.
pub fn parse(text: &str) -> Result<Vec<Assignment>, Vec<DotenvError>> {
    let mut assignments = Vec::new();
    let mut errors = Vec::new();
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut line = 1;
    while !rest.is_empty() {
        let start = line;
        let (first, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let trimmed = first.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            rest = after;
            line += 1;
            continue;
        }
        match assignment(rest) {
            Ok((key, value, tail)) => {
                assignments.push(Assignment { key, value: value.into(), line: start });
                line += rest.strip_suffix(tail).map_or(0, |used| used.matches('\n').count());
                rest = tail;
            }
            Err(message) => {
                errors.push(DotenvError { line: start, message });
                rest = after;
                line += 1;
            }
        }
    }
    if errors.is_empty() { Ok(assignments) } else { Err(errors) }
}

/// Reads the assignment that `text` begins with; answers key, value and what comes
/// after its line.
fn assignment(text: &str) -> Result<(String, String, &str), String> {
    let (first, _) = text.split_once('\n').unwrap_or((text, ""));
    let Some((name, _)) = first.split_once('=') else {
        return Err("There is no = between a name and a value.".into());
    };
    let key = name.trim();
    let key = key.strip_prefix("export ").map_or(key, str::trim_start);
    rules::config_key(key).map_err(|rule| format!("The name {rule}"))?;
    let value = text.split_once('=').map_or("", |(_, value)| value);
    let value = value.trim_start_matches([' ', '\t']);
    let (value, tail) = match value.chars().next() {
        Some(quote @ ('\'' | '"')) => quoted(value, quote)?,
        _ => {
            let (raw, tail) = value.split_once('\n').unwrap_or((value, ""));
            return Ok((key.to_owned(), unquoted(raw), tail));
        }
    };
    let (trailing, tail) = tail.split_once('\n').unwrap_or((tail, ""));
    let trailing = trailing.trim();
    if !trailing.is_empty() && !trailing.starts_with('#') {
        return Err("There is something after the closing quote.".into());
    }
    Ok((key.to_owned(), value, tail))
}

fn unquoted(raw: &str) -> String {
    let end = raw.find(" #").or_else(|| raw.find("\t#"));
    let raw =
        if raw.starts_with('#') { "" } else { end.and_then(|end| raw.get(..end)).unwrap_or(raw) };
    raw.trim().to_owned()
}

/// Reads a quoted value; answers it and the text after the closing quote.
fn quoted(text: &str, quote: char) -> Result<(String, &str), String> {
    let mut value = String::new();
    let mut chars = text.chars();
    chars.next();
    while let Some(c) = chars.next() {
        match c {
            c if c == quote => return Ok((value, chars.as_str())),
            '\\' if quote == '"' => match chars.next() {
                Some('n') => value.push('\n'),
                Some('r') => value.push('\r'),
                Some('t') => value.push('\t'),
                Some(c @ ('"' | '\\' | '$')) => value.push(c),
                Some(c) => value.extend(['\\', c]),
                None => break,
            },
            c => value.push(c),
        }
    }
    Err(format!("The quote {quote} is never closed."))
}

/// Writes a value so that [`parse`] reads it back as it is.
#[must_use]
pub fn format_value(value: &str) -> String {
    let plain = |c: char| c.is_ascii_graphic() && !"\"'#\\$`".contains(c);
    if value.chars().all(plain) {
        return value.to_owned();
    }
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' | '\\' | '$' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, usize)]) {
        let read = parse(text).unwrap();
        let read: Vec<_> =
            read.iter().map(|a| (a.key.as_str(), a.value.expose(), a.line)).collect();
        assert_eq!(read, expected);
    }

    #[test]
    fn reads_what_loaders_agree_on() {
        check(
            "# comment\r\nA=1\r\n\nexport B = two words # why\nC='#literal \\n'\nD=\"a\\nb\"\nE=\nF=a=b\nG=# none",
            &[
                ("A", "1", 2),
                ("B", "two words", 4),
                ("C", "#literal \\n", 5),
                ("D", "a\nb", 6),
                ("E", "", 7),
                ("F", "a=b", 8),
                ("G", "", 9),
            ],
        );
        check("K=\"one\ntwo\" # end\nL=x", &[("K", "one\ntwo", 1), ("L", "x", 3)]);
    }

    #[test]
    fn names_the_lines_of_all_mistakes() {
        let errors = parse("A=1\nnothing\n2X=3\nB='open").unwrap_err();
        assert_eq!(errors.iter().map(|e| e.line).collect::<Vec<_>>(), [2, 3, 4]);
        assert!(!errors.iter().any(|e| e.to_string().contains("open'")));
    }

    proptest! {
        #[test]
        fn reads_back_what_it_wrote(value in any::<String>()) {
            let text = format!("KEY={}\nNEXT=1", format_value(&value));
            let read = parse(&text).unwrap();
            prop_assert_eq!(read[0].value.expose(), value);
            prop_assert_eq!(&read[1].key, "NEXT");
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = parse(&text);
        }
    }
}

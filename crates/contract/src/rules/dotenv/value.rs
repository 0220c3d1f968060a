//! Values in `.env` text: how they are quoted, read and written.

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoting {
    /// As it is, up to a comment or the end of the line.
    None,
    /// `'…'`, literal.
    Single,
    /// `"…"`, with escapes.
    Double,
}

/// Reads the value that `text` begins with; answers it, how it is quoted, and the rest.
///
/// # Errors
/// As a sentence, when a quote is not closed.
pub(super) fn read(text: &str) -> Result<(String, Quoting, &str), String> {
    match text.chars().next() {
        Some('\'') => {
            let inner = text.strip_prefix('\'').unwrap_or(text);
            let (value, rest) = inner.split_once('\'').ok_or_else(|| never_closed('\''))?;
            Ok((value.to_owned(), Quoting::Single, rest))
        }
        Some('"') => {
            let (value, rest) = double_quoted(text)?;
            Ok((value, Quoting::Double, rest))
        }
        _ => {
            let line = text.split('\n').next().unwrap_or_default();
            let value = unquoted(line);
            Ok((value.to_owned(), Quoting::None, text.strip_prefix(value).unwrap_or_default()))
        }
    }
}

/// The value at the start of a line: up to a `#` that follows white space or nothing.
fn unquoted(line: &str) -> &str {
    let mut before = ' ';
    let comment = line.char_indices().find(|(_, c)| {
        let begins = *c == '#' && before.is_whitespace();
        before = *c;
        begins
    });
    comment.and_then(|(at, _)| line.get(..at)).unwrap_or(line).trim_end()
}

fn double_quoted(text: &str) -> Result<(String, &str), String> {
    let mut value = String::new();
    let mut chars = text.chars();
    chars.next();
    while let Some(c) = chars.next() {
        match c {
            '"' => return Ok((value, chars.as_str())),
            '\\' => match chars.next() {
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
    Err(never_closed('"'))
}

fn never_closed(quote: char) -> String {
    format!("The quote {quote} is never closed.")
}

/// Writes a value so that it is read back as it is.
#[must_use]
pub fn format_value(value: &str) -> String {
    let mut out = String::new();
    push_value(&mut out, value);
    out
}

/// The same, at the end of a text.
pub(super) fn push_value(out: &mut String, value: &str) {
    let plain = |b: u8| b.is_ascii_graphic() && !b"\"'#\\$`".contains(&b);
    if value.bytes().all(plain) {
        out.push_str(value);
    } else {
        out.push_str(&in_double_quotes(value, false));
    }
}

/// Writes a value in the way that another one was written, as far as it allows that.
pub(super) fn format_like(value: &str, quoting: Quoting, old: &str) -> String {
    match quoting {
        Quoting::Single if !value.contains('\'') => format!("'{value}'"),
        Quoting::None => format_value(value),
        // Lines that were lines stay lines.
        _ => in_double_quotes(value, old.contains('\n')),
    }
}

fn in_double_quotes(value: &str, lines: bool) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '\n' if lines => out.push('\n'),
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

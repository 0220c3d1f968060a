//! Text of `.env` files: one assignment a line, comments, quotes, `export`.
//!
//! There is no standard. This follows what the common loaders agree on: `'…'` is
//! literal, `"…"` knows `\n`, `\r`, `\t`, `\"`, `\\` and `\$` and may span lines,
//! an unquoted value ends at ` #` and loses white space around it.

mod document;
mod value;

use std::fmt;

use crate::types::config::Configs;

pub use document::Document;
pub use value::format_value;

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

/// Whether a line can assign to this name at all. Which names make sense is up to
/// [`rules::config_key`](crate::rules::config_key).
#[must_use]
pub fn can_name(key: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "='\"\u{feff}".contains(c);
    !key.is_empty() && !key.starts_with('#') && !key.contains(odd)
}

/// A text with one line for each variable that a line can name, in the order of their
/// names.
#[must_use]
pub fn text_of(configs: &Configs) -> String {
    let mut text = String::new();
    for (key, value) in configs.iter().filter(|(key, _)| can_name(key)) {
        text.push_str(key);
        text.push('=');
        value::push_value(&mut text, value.expose());
        text.push('\n');
    }
    text
}

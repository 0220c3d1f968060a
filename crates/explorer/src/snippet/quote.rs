//! Text as literals of the languages that snippets are written in.

/// A word of a POSIX shell in which nothing is expanded. Control characters other
/// than line feeds need the `$'…'` of bash, zsh and POSIX 2024.
pub(crate) fn shell(text: &str) -> String {
    if !text.chars().any(|c| (c.is_control() && c != '\n') || is_invisible(c)) {
        return format!("'{}'", text.replace('\'', r"'\''"));
    }
    let mut out = String::from("$'");
    for c in text.chars() {
        match c {
            '\'' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Octal has a fixed length, so the next character cannot become part of it.
            c if c.is_control() || is_invisible(c) => {
                for byte in c.to_string().bytes() {
                    out.push_str(&format!("\\{byte:03o}"));
                }
            }
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

/// A word of a shell that ends with a variable, which is expanded.
pub(crate) fn shell_with_variable(text: &str, variable: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\' | '$' | '`') {
            out.push('\\');
        }
        out.push(c);
    }
    format!("{out}${{{variable}}}\"")
}

/// How the double-quoted literals of languages differ.
pub(crate) struct Literal {
    /// Writes a character by its number.
    escape: fn(char) -> String,
    /// What begins an interpolation, besides backslash and quote.
    interpolation: &'static str,
    /// The quote of a text over several lines; its first character is escaped.
    block: &'static str,
}

pub(crate) const JAVASCRIPT: Literal =
    Literal { escape: |c| format!("\\u{:04x}", u32::from(c)), interpolation: "", block: "`" };
pub(crate) const PYTHON: Literal =
    Literal { escape: |c| format!("\\u{:04x}", u32::from(c)), interpolation: "", block: "\"\"\"" };
pub(crate) const ELIXIR: Literal = Literal {
    escape: |c| format!("\\u{:04x}", u32::from(c)),
    interpolation: "#{",
    block: "\"\"\"",
};
pub(crate) const RUST: Literal =
    Literal { escape: |c| format!("\\u{{{:x}}}", u32::from(c)), interpolation: "", block: "\"" };

impl Literal {
    /// A literal on one line.
    pub(crate) fn line(&self, text: &str) -> String {
        format!("\"{}\"", self.inside(text, "\"", self.interpolation, false))
    }

    /// A literal with line breaks as they are.
    pub(crate) fn lines(&self, text: &str) -> String {
        let interpolation = if self.block == "`" { "${" } else { self.interpolation };
        format!("{0}{1}{0}", self.block, self.inside(text, self.block, interpolation, true))
    }

    /// The text between the quotes of a block that begins on a line of its own.
    pub(crate) fn block(&self, text: &str) -> String {
        self.inside(text, self.block, self.interpolation, true)
    }

    fn inside(&self, text: &str, quote: &str, interpolation: &str, lines: bool) -> String {
        let mut out = String::new();
        let mut rest = text.chars();
        loop {
            let here = rest.as_str();
            let Some(c) = rest.next() else { break };
            match c {
                '\n' if lines => out.push('\n'),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\\' => out.push_str("\\\\"),
                c if c.is_control() || is_invisible(c) => out.push_str(&(self.escape)(c)),
                c => {
                    // The last quote of a text would run into the closing ones.
                    let ends = quote.starts_with(c)
                        && (rest.as_str().is_empty() || here.starts_with(quote));
                    if ends || (!interpolation.is_empty() && here.starts_with(interpolation)) {
                        out.push('\\');
                    }
                    out.push(c);
                }
            }
        }
        out
    }
}

/// Line separators, and characters that change the direction of the text after them, which
/// compilers refuse in literals.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}')
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
}

/// A raw literal of Rust if the text allows it, otherwise an ordinary one.
pub(crate) fn rust_lines(text: &str) -> String {
    if text.chars().any(|c| (c.is_control() && c != '\n') || is_invisible(c)) {
        return RUST.line(text);
    }
    let mut hashes = String::from("#");
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

//! Command lines: quoting for a POSIX shell, and splitting as one does.

mod shell_use;

pub use shell_use::{ShellUse, through_shell, uses_of_shell};

/// Quotes a word so that a POSIX shell reads it back as it is.
#[must_use]
pub fn quote(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Splits a command line into words. Single and double quotes and backslashes
/// work as in a POSIX shell; variables, globs and pipes are ordinary text.
///
/// # Errors
/// When a quote is not closed, or the line ends in a backslash.
pub fn split(line: &str) -> Result<Vec<String>, SplitError> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            c if c.is_whitespace() => words.extend(word.take()),
            '\\' => {
                let next = chars.next().ok_or(SplitError::TrailingBackslash)?;
                word.get_or_insert_default().push(next);
            }
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next().ok_or(SplitError::OpenQuote('\''))? {
                        '\'' => break,
                        c => word.push(c),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next().ok_or(SplitError::OpenQuote('"'))? {
                        '"' => break,
                        '\\' => match chars.next().ok_or(SplitError::TrailingBackslash)? {
                            c @ ('"' | '\\' | '$' | '`') => word.push(c),
                            c => word.extend(['\\', c]),
                        },
                        c => word.push(c),
                    }
                }
            }
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Ok(words)
}

/// Why a command line could not be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitError {
    /// This quote was opened and never closed.
    OpenQuote(char),
    /// The line ends in a backslash.
    TrailingBackslash,
}

impl std::fmt::Display for SplitError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OpenQuote(quote) => write!(f, "The quote {quote} is never closed."),
            Self::TrailingBackslash => f.write_str("The command ends in a backslash."),
        }
    }
}

impl std::error::Error for SplitError {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn splits_as_a_shell_does() {
        let split = |line| split(line).unwrap();
        assert_eq!(split("mix  ecto.migrate"), ["mix", "ecto.migrate"]);
        assert_eq!(
            split(r#"bin/app eval "IO.puts(\"a b\")" '' x\ y"#),
            ["bin/app", "eval", "IO.puts(\"a b\")", "", "x y"]
        );
        assert_eq!(split(r#"a'b'"c\d""#), [r"abc\d"]);
        assert_eq!(super::split("echo 'a"), Err(SplitError::OpenQuote('\'')));
        assert_eq!(super::split(r"a\"), Err(SplitError::TrailingBackslash));
    }

    proptest! {
        #[test]
        fn quoting_survives_splitting(words in prop::collection::vec(any::<String>(), 0..4)) {
            let line = words.iter().map(|word| quote(word)).collect::<Vec<_>>().join(" ");
            prop_assert_eq!(split(&line).unwrap(), words);
        }
    }
}

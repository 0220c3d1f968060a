//! What a command line asks of a shell. A job is started without one, so that pipes,
//! variables and the like would reach the program as plain text.

use crate::rules::argv::quote;

/// Something that only a shell does (POSIX, Shell Command Language).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ShellUse {
    /// `|`
    Pipe,
    /// `&&`, `||`, `;` or `&`
    Sequence,
    /// `<` or `>`
    Redirection,
    /// `$NAME`, `$(…)` or backquotes
    Expansion,
    /// `*`, `?` or `[…]`
    Pattern,
    /// `~` at the start of a word
    Home,
    /// `NAME=value` before the command
    Assignment,
}

impl ShellUse {
    /// What it is, in words that follow "A shell would be needed for".
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Pipe => "a pipe (|)",
            Self::Sequence => "more than one command (&&, ||, ;, &)",
            Self::Redirection => "a redirection (<, >)",
            Self::Expansion => "variables or commands to be filled in ($NAME, $(…), `…`)",
            Self::Pattern => "patterns of file names (*, ?, [ ])",
            Self::Home => "the home directory (~)",
            Self::Assignment => "a variable set for the command (NAME=value)",
        }
    }
}

/// What of a line only a shell would understand, each kind once. What is quoted or
/// escaped asks for nothing, except expansions inside of double quotes.
#[must_use]
pub fn uses_of_shell(line: &str) -> Vec<ShellUse> {
    let mut found = Vec::new();
    let mut chars = line.chars().peekable();
    let mut quoted = None;
    let mut word = String::new();
    let mut first_word = true;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let expands = c == '`'
            || c == '$'
                && next.is_some_and(|n| n.is_ascii_alphanumeric() || "_({@*#?$!-".contains(n));
        match (quoted, c) {
            (Some('\''), '\'') | (Some('"'), '"') => quoted = None,
            (Some('"') | None, '\\') => {
                chars.next();
                word.push('\\');
            }
            (Some('"') | None, _) if expands => {
                found.push(ShellUse::Expansion);
                word.push(c);
            }
            (Some(_), _) => word.push(c),
            (None, '\'' | '"') => {
                quoted = Some(c);
                word.push(c);
            }
            (None, '|') if next != Some('|') => found.push(ShellUse::Pipe),
            (None, '|' | '&' | ';') => {
                if next == Some(c) {
                    chars.next();
                }
                found.push(ShellUse::Sequence);
            }
            (None, '<' | '>') => found.push(ShellUse::Redirection),
            (None, '*' | '?') => found.push(ShellUse::Pattern),
            (None, '[') if line.contains(']') => found.push(ShellUse::Pattern),
            (None, '~') if word.is_empty() => found.push(ShellUse::Home),
            (None, '=') if first_word && crate::rules::config_key(&word).is_ok() => {
                found.push(ShellUse::Assignment);
                first_word = false;
            }
            (None, c) if c.is_whitespace() => {
                first_word &= word.is_empty();
                word.clear();
            }
            (None, c) => word.push(c),
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The same line given to a shell as one argument.
#[must_use]
pub fn through_shell(line: &str) -> String {
    format!("sh -c {}", quote(line.trim()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::argv::split;

    #[track_caller]
    fn check(line: &str, expected: &[ShellUse]) {
        assert_eq!(uses_of_shell(line), expected, "{line}");
    }

    #[test]
    fn finds_what_only_a_shell_does() {
        check("mix ecto.migrate | tee log", &[ShellUse::Pipe]);
        check("a && b; c", &[ShellUse::Sequence]);
        check("a || b &", &[ShellUse::Sequence]);
        check("echo $HOME \"$(date)\" `date`", &[ShellUse::Expansion]);
        check(
            "ls *.ex lib/[ab] > out 2>&1",
            &[ShellUse::Sequence, ShellUse::Redirection, ShellUse::Pattern],
        );
        check("ls ~/x", &[ShellUse::Home]);
        check("MIX_ENV=test mix test", &[ShellUse::Assignment]);
    }

    #[test]
    fn what_is_quoted_asks_for_nothing() {
        check("mix ecto.migrate", &[]);
        check(r"echo '$HOME | *' a\|b \$x", &[]);
        check(r#"bin/app eval "App.Release.migrate()""#, &[]);
        check(r#"bin/app eval "Enum.map([1], & &1) |> IO.inspect()""#, &[]);
        check("mix run --only x=1 a~b cost$", &[]);
        check(&through_shell("a | b $C 'd'"), &[]);
    }

    proptest! {
        #[test]
        fn a_shell_gets_the_line(line in "[ -~]{1,20}") {
            let words = split(&through_shell(&line)).unwrap();
            prop_assert_eq!(words, ["sh", "-c", line.trim()]);
        }
    }
}

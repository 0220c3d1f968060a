//! The paths that Rust code names, such as `std::fs::read`, with grouped imports spelled out.

/// A path and where it is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NamedPath {
    /// Its line, counted from 1.
    pub(super) line: usize,
    segments: Vec<String>,
}

impl NamedPath {
    /// Whether the path ends with `name`, itself a path.
    pub(super) fn ends_with(&self, name: &str) -> bool {
        let mut segments = self.segments.iter().rev();
        name.rsplit("::").all(|wanted| segments.next().is_some_and(|segment| segment == wanted))
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Token<'a> {
    Name(&'a str),
    PathSeparator,
    Open,
    Close,
    Other,
}

/// All paths in the code, outside of comments and texts.
pub(super) fn named(code: &str) -> Vec<NamedPath> {
    let mut found = Vec::new();
    // For each open brace, the path it continues: `std::` for `use std::{…}`, empty for a block.
    let mut groups: Vec<Vec<String>> = Vec::new();
    let mut current: Vec<String> = Vec::new();
    let mut continues = false;
    for (line, token) in tokens(code) {
        match token {
            Token::Name(name) => {
                if !continues {
                    current = groups.last().cloned().unwrap_or_default();
                }
                current.push(name.to_owned());
                // Every start of a path is listed too: `std::fs::read` names `std::fs`.
                found.push(NamedPath { line, segments: current.clone() });
                continues = false;
            }
            Token::PathSeparator => continues = true,
            Token::Open => {
                groups.push(if continues { current.clone() } else { Vec::new() });
                continues = false;
            }
            Token::Close => {
                groups.pop();
                continues = false;
            }
            Token::Other => continues = false,
        }
    }
    found
}

fn tokens(code: &str) -> Vec<(usize, Token<'_>)> {
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = token_length(rest, first).max(first.len_utf8());
        let Some((text, after)) = rest.split_at_checked(length) else {
            break;
        };
        let token = match first {
            '{' => Some(Token::Open),
            '}' => Some(Token::Close),
            ':' if text == "::" => Some(Token::PathSeparator),
            first if is_name_letter(first) => Some(Token::Name(text)),
            first if first.is_whitespace() || is_comment(text) => None,
            _ => Some(Token::Other),
        };
        tokens.extend(token.map(|token| (line, token)));
        line += text.matches('\n').count();
        rest = after;
    }
    tokens
}

/// How many bytes the token at the start of `rest` has.
fn token_length(rest: &str, first: char) -> usize {
    let until = |end: Option<usize>| end.unwrap_or(rest.len());
    match first {
        '/' if rest.starts_with("//") => until(rest.find('\n')),
        '/' if rest.starts_with("/*") => until(rest.find("*/").map(|at| at + 2)),
        ':' if rest.starts_with("::") => 2,
        '"' => quoted_length(rest, '"'),
        '\'' => character_length(rest),
        'r' if is_raw_text(rest) => raw_text_length(rest),
        first if is_name_letter(first) => until(rest.find(|letter| !is_name_letter(letter))),
        first => first.len_utf8(),
    }
}

/// A text or character in quotes, which a backslash escapes.
fn quoted_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            letter if letter == quote => return at + letter.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// A character, unless the quote starts a lifetime.
fn character_length(rest: &str) -> usize {
    let mut letters = rest.chars().skip(1);
    match (letters.next(), letters.next()) {
        (Some('\\'), _) | (Some(_), Some('\'')) => quoted_length(rest, '\''),
        _ => 1,
    }
}

fn is_raw_text(rest: &str) -> bool {
    rest.trim_start_matches('r').trim_start_matches('#').starts_with('"')
}

fn raw_text_length(rest: &str) -> usize {
    let hashes = rest.chars().skip(1).take_while(|letter| *letter == '#').count();
    let opening = 2 + hashes;
    let closing = format!("\"{}", "#".repeat(hashes));
    rest.get(opening..)
        .and_then(|text| text.find(&closing))
        .map_or(rest.len(), |at| opening + at + closing.len())
}

fn is_name_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn is_comment(text: &str) -> bool {
    text.starts_with("//") || text.starts_with("/*")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: [usize; 0] = [];

    fn lines_naming(name: &str, code: &str) -> Vec<usize> {
        named(code).iter().filter(|path| path.ends_with(name)).map(|path| path.line).collect()
    }

    #[test]
    fn groups_are_spelled_out() {
        let code = "use a::{\n    b::{self, c},\n    d,\n};\nfn f() { a::d(); b() }";
        assert_eq!(lines_naming("a::b::c", code), [2]);
        assert_eq!(lines_naming("a::d", code), [3, 5]);
        assert_eq!(lines_naming("b::d", code), NONE);
    }

    #[test]
    fn comments_and_texts_name_nothing() {
        let code = "// a::b\n/* a::b\n*/ \"a::b \\\" a::b\" r#\"a::b \" a::b\"# '\"' 'x' a::b";
        assert_eq!(lines_naming("a::b", code), [3]);
    }

    #[test]
    fn lifetimes_are_no_characters() {
        assert_eq!(lines_naming("a::b", "fn f<'x>(y: &'x a::b) -> &'x a::b {}"), [1, 1]);
    }

    #[test]
    fn names_match_as_a_whole() {
        assert_eq!(lines_naming("std::fs", "use std::fss; use my_std::fs;"), NONE);
        assert_eq!(lines_naming("Time", "let x: TimeX = a::Time::now();"), [1]);
    }
}

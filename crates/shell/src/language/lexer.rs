//! From text to tokens, as a POSIX shell reads them (XCU 2.3), for the part of its language
//! that documentation uses.

use crate::language::parser;
use crate::language::token::{Kind, Part, SyntaxError, Token, Word};

/// A here-document whose text has not been read yet.
struct Promise {
    token: usize,
    end: String,
    strip_tabs: bool,
    literal: bool,
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
    tokens: Vec<Token>,
    promises: Vec<Promise>,
}

/// Reads all tokens of a text.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, SyntaxError> {
    let mut lexer = Lexer {
        chars: text.chars().collect(),
        at: 0,
        line: 1,
        tokens: Vec::new(),
        promises: Vec::new(),
    };
    lexer.run()?;
    Ok(lexer.tokens)
}

fn unfinished<T>(what: &str) -> Result<T, SyntaxError> {
    Err(SyntaxError::Unfinished(what.to_owned()))
}

fn unsupported<T>(what: String) -> Result<T, SyntaxError> {
    Err(SyntaxError::Unsupported(what))
}

/// Whether a character can be part of a variable's name.
fn in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

impl Lexer {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn peek_at(&self, offset: usize) -> Option<char> {
        self.chars.get(self.at + offset).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        if c == '\n' {
            self.line += 1;
        }
        Some(c)
    }

    /// Takes `text` if it comes next.
    fn take(&mut self, text: &str) -> bool {
        let comes = text.chars().enumerate().all(|(at, c)| self.peek_at(at) == Some(c));
        if comes {
            for _ in text.chars() {
                self.next();
            }
        }
        comes
    }

    fn push(&mut self, line: usize, kind: Kind) {
        self.tokens.push(Token { line, kind });
    }

    fn run(&mut self) -> Result<(), SyntaxError> {
        loop {
            let line = self.line;
            if self.take("\\\r\n") || self.take("\\\n") {
                continue;
            }
            let Some(c) = self.peek() else { break };
            match c {
                '\n' => {
                    self.next();
                    self.push(line, Kind::Newline);
                    self.keep_promises()?;
                }
                c if c.is_whitespace() => {
                    self.next();
                }
                '#' => {
                    while self.peek().is_some_and(|c| c != '\n') {
                        self.next();
                    }
                }
                _ if self.take("&&") => self.push(line, Kind::And),
                _ if self.take("||") => self.push(line, Kind::Or),
                _ if self.take("2>&1") => self.push(line, Kind::ErrToOut),
                _ if self.take("&>") => self.push(line, Kind::Out { fd: 0, append: false }),
                _ if self.take("2>>") => self.push(line, Kind::Out { fd: 2, append: true }),
                _ if self.take("2>") => self.push(line, Kind::Out { fd: 2, append: false }),
                _ if self.take("1>>") || self.take(">>") => {
                    self.push(line, Kind::Out { fd: 1, append: true });
                }
                _ if self.take("1>") || self.take(">") => {
                    self.push(line, Kind::Out { fd: 1, append: false });
                }
                _ if self.take("<<") => self.promise(line)?,
                '|' => self.single(line, Kind::Pipe),
                ';' => self.single(line, Kind::Semicolon),
                '<' => self.single(line, Kind::In),
                '&' => {
                    return unsupported("This shell cannot run commands in the background.".into());
                }
                '(' | ')' => {
                    return unsupported(
                        "This shell does not support groups of commands in ( ).".into(),
                    );
                }
                _ => {
                    let word = self.word()?;
                    self.push(line, Kind::Word(word));
                }
            }
        }
        if self.promises.is_empty() {
            Ok(())
        } else {
            self.push(self.line, Kind::Newline);
            self.keep_promises()
        }
    }

    fn single(&mut self, line: usize, kind: Kind) {
        self.next();
        self.push(line, kind);
    }

    fn word(&mut self) -> Result<Word, SyntaxError> {
        let mut parts = Vec::new();
        loop {
            if self.take("\\\n") {
                continue;
            }
            let Some(c) = self.peek() else { break };
            match c {
                c if c.is_whitespace() || ";|&<>()".contains(c) => break,
                '\'' => {
                    self.next();
                    let mut text = String::new();
                    loop {
                        match self.next() {
                            Some('\'') => break,
                            Some(c) => text.push(c),
                            None => return unfinished("The quote ' is never closed."),
                        }
                    }
                    parts.push(Part::Quoted(text));
                }
                '"' => {
                    self.next();
                    self.double_quoted(&mut parts)?;
                }
                '\\' => {
                    self.next();
                    match self.next() {
                        Some(c) => parts.push(Part::Quoted(c.to_string())),
                        None => return unfinished("The line ends in a backslash."),
                    }
                }
                '$' | '`' => self.dollar(false, &mut parts)?,
                c => {
                    self.next();
                    match parts.last_mut() {
                        Some(Part::Bare(text)) => text.push(c),
                        _ => parts.push(Part::Bare(c.to_string())),
                    }
                }
            }
        }
        Ok(Word(parts))
    }

    fn double_quoted(&mut self, parts: &mut Vec<Part>) -> Result<(), SyntaxError> {
        let mut text = String::new();
        loop {
            match self.peek() {
                None => return unfinished("The quote \" is never closed."),
                Some('"') => {
                    self.next();
                    // An empty one counts too: "" is a word.
                    parts.push(Part::Quoted(text));
                    return Ok(());
                }
                Some('$' | '`') => {
                    parts.push(Part::Quoted(std::mem::take(&mut text)));
                    self.dollar(true, parts)?;
                }
                Some('\\') => {
                    self.next();
                    match self.next() {
                        Some('\n') => {}
                        Some(c) if "\"\\$`".contains(c) => text.push(c),
                        Some(c) => text.extend(['\\', c]),
                        None => return unfinished("The line ends in a backslash."),
                    }
                }
                Some(c) => {
                    self.next();
                    text.push(c);
                }
            }
        }
    }

    /// An expression that begins with `$` or a backtick.
    fn dollar(&mut self, quoted: bool, parts: &mut Vec<Part>) -> Result<(), SyntaxError> {
        if self.take("$((") {
            return unsupported("This shell does not support arithmetic.".into());
        }
        if self.take("$(") {
            let inner = self.until_parenthesis()?;
            parts.push(Part::Command { script: parser::parse(&inner)?, quoted });
            return Ok(());
        }
        if self.take("`") {
            let mut inner = String::new();
            loop {
                match self.next() {
                    Some('`') => break,
                    Some(c) => inner.push(c),
                    None => return unfinished("The quote ` is never closed."),
                }
            }
            parts.push(Part::Command { script: parser::parse(&inner)?, quoted });
            return Ok(());
        }
        if self.take("${") {
            let mut inner = String::new();
            loop {
                match self.next() {
                    Some('}') => break,
                    Some(c) => inner.push(c),
                    None => return unfinished("The brace of ${ is never closed."),
                }
            }
            let (name, default) = inner.split_once(":-").unwrap_or((&inner, ""));
            if name.is_empty() || !(name.chars().all(in_name) || name == "?") {
                return unsupported(format!("This shell does not support ${{{inner}}}."));
            }
            let (name, default) = (name.to_owned(), default.to_owned());
            parts.push(Part::Variable { name, default, quoted });
            return Ok(());
        }
        self.next();
        let mut name = String::new();
        match self.peek() {
            Some(c @ ('?' | '#' | '@' | '*' | '$')) => {
                self.next();
                name.push(c);
            }
            Some(c) if in_name(c) && !c.is_ascii_digit() => {
                while let Some(c) = self.peek().filter(|c| in_name(*c)) {
                    self.next();
                    name.push(c);
                }
            }
            _ => {}
        }
        parts.push(if name.is_empty() {
            Part::Quoted("$".into())
        } else {
            Part::Variable { name, default: String::new(), quoted }
        });
        Ok(())
    }

    /// The text up to the parenthesis that closes the one just taken.
    fn until_parenthesis(&mut self) -> Result<String, SyntaxError> {
        let mut inner = String::new();
        let mut depth = 0_u32;
        let mut quote = None;
        while let Some(c) = self.next() {
            match (quote, c) {
                (None, ')') if depth == 0 => return Ok(inner),
                (None, ')') => depth -= 1,
                (None, '(') => depth += 1,
                (None, '\'' | '"') => quote = Some(c),
                (Some(open), c) if open == c => quote = None,
                (None | Some('"'), '\\') => {
                    inner.push(c);
                    if let Some(c) = self.next() {
                        inner.push(c);
                    }
                    continue;
                }
                _ => {}
            }
            inner.push(c);
        }
        unfinished("The parenthesis of $( is never closed.")
    }

    /// `<<` was read: a here-document follows the line.
    fn promise(&mut self, line: usize) -> Result<(), SyntaxError> {
        if self.peek() == Some('<') {
            return unsupported("This shell does not support <<<. Use echo … | instead.".into());
        }
        let strip_tabs = self.take("-");
        while self.peek().is_some_and(|c| c == ' ' || c == '\t') {
            self.next();
        }
        let word = self.word()?;
        let literal = word.0.iter().any(|part| matches!(part, Part::Quoted(_)));
        let Some(end) = word.literal().filter(|end| !end.is_empty()) else {
            return unfinished("After <<, write the word that ends the text.");
        };
        self.promises.push(Promise { token: self.tokens.len(), end, strip_tabs, literal });
        self.push(line, Kind::Here(Word::default()));
        Ok(())
    }

    /// A line has ended: the texts of its here-documents follow.
    fn keep_promises(&mut self) -> Result<(), SyntaxError> {
        for promise in std::mem::take(&mut self.promises) {
            let mut text = String::new();
            loop {
                if self.peek().is_none() {
                    return unfinished(&format!("The line {} is missing.", promise.end));
                }
                let mut line = String::new();
                while let Some(c) = self.next().filter(|c| *c != '\n') {
                    line.push(c);
                }
                let shown = if promise.strip_tabs { line.trim_start_matches('\t') } else { &line };
                if shown == promise.end {
                    break;
                }
                text.push_str(shown);
                text.push('\n');
            }
            let word = if promise.literal { Word(vec![Part::Quoted(text)]) } else { here(&text)? };
            if let Some(token) = self.tokens.get_mut(promise.token) {
                token.kind = Kind::Here(word);
            }
        }
        Ok(())
    }
}

/// A here-document in which variables are replaced, as inside double quotes, except that a
/// quote is an ordinary character.
fn here(text: &str) -> Result<Word, SyntaxError> {
    let quoted = format!("{}\"", text.replace('"', "\\\""));
    let mut lexer = Lexer {
        chars: quoted.chars().collect(),
        at: 0,
        line: 1,
        tokens: Vec::new(),
        promises: Vec::new(),
    };
    let mut parts = Vec::new();
    lexer.double_quoted(&mut parts)?;
    Ok(Word(parts))
}

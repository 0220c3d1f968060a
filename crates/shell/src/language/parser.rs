//! From tokens to commands.

use crate::language::lexer::tokens;
use crate::language::token::{Kind, Part, SyntaxError, Token, Word};

/// Commands, one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Script(pub(crate) Vec<Item>);

/// Commands that depend on each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// The line that it begins on, counted from one.
    pub(crate) line: usize,
    pub(crate) first: Pipeline,
    pub(crate) rest: Vec<(Join, Pipeline)>,
}

/// When the next command runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Join {
    /// If the one before has succeeded.
    And,
    /// If it has failed.
    Or,
}

/// Commands that are connected by pipes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pipeline {
    /// Whether `!` inverts the outcome.
    pub(crate) negated: bool,
    pub(crate) commands: Vec<Command>,
}

/// One command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Command {
    pub(crate) assignments: Vec<(String, Word)>,
    pub(crate) words: Vec<Word>,
    pub(crate) redirects: Vec<Redirect>,
}

/// Where input comes from or output goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Redirect {
    Out { fd: u8, append: bool, file: Word },
    ErrToOut,
    In(Word),
    Here(Word),
}

/// Words that begin a construct that this shell does not support.
const RESERVED: [&str; 11] =
    ["if", "for", "while", "until", "case", "function", "select", "{", "}", "[[", "time"];

/// Reads a text.
pub(crate) fn parse(text: &str) -> Result<Script, SyntaxError> {
    let mut parser = Parser { tokens: tokens(text)?.into_iter().peekable() };
    let mut items = Vec::new();
    while let Some(token) = parser.tokens.peek() {
        match token.kind {
            Kind::Newline => {
                parser.tokens.next();
            }
            Kind::Semicolon => return Err(misplaced(";")),
            _ => {
                items.push(parser.item()?);
                match parser.tokens.next().map(|token| token.kind) {
                    None | Some(Kind::Newline | Kind::Semicolon) => {}
                    Some(_) => return Err(misplaced("an operator")),
                }
            }
        }
    }
    Ok(Script(items))
}

/// The parts of a text that run one by one, each with the line that it begins on, counted
/// from one. A text that cannot be parsed is one part.
#[must_use]
pub fn statements(text: &str) -> Vec<(usize, String)> {
    let Ok(Script(items)) = parse(text) else { return vec![(1, text.to_owned())] };
    let mut starts: Vec<usize> = items.iter().map(|item| item.line).collect();
    starts.dedup();
    let lines: Vec<&str> = text.lines().collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len() + 1]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let own = lines.iter().skip(start - 1).take(end - start);
            let mut own: Vec<&str> = own.copied().collect();
            // Blank lines and comments before the next command belong to that one.
            let says_nothing = |line: &&str| line.trim().is_empty() || line.trim().starts_with('#');
            while own.last().is_some_and(says_nothing) {
                own.pop();
            }
            (*start, own.join("\n"))
        })
        .collect()
}

fn misplaced(what: &str) -> SyntaxError {
    SyntaxError::Unsupported(format!("Expected a command, found {what}."))
}

struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
}

impl Parser {
    fn take(&mut self, kind: &Kind) -> bool {
        self.tokens.next_if(|token| token.kind == *kind).is_some()
    }

    fn skip_newlines(&mut self) {
        while self.take(&Kind::Newline) {}
    }

    fn item(&mut self) -> Result<Item, SyntaxError> {
        let line = self.tokens.peek().map_or(1, |token| token.line);
        let first = self.pipeline()?;
        let mut rest = Vec::new();
        loop {
            let join = if self.take(&Kind::And) {
                Join::And
            } else if self.take(&Kind::Or) {
                Join::Or
            } else {
                return Ok(Item { line, first, rest });
            };
            self.skip_newlines();
            rest.push((join, self.pipeline()?));
        }
    }

    fn pipeline(&mut self) -> Result<Pipeline, SyntaxError> {
        let is_bang = |token: &Token| matches!(&token.kind, Kind::Word(word) if word.is_bare("!"));
        let negated = self.tokens.next_if(is_bang).is_some();
        let mut commands = vec![self.command()?];
        while self.take(&Kind::Pipe) {
            self.skip_newlines();
            commands.push(self.command()?);
        }
        Ok(Pipeline { negated, commands })
    }

    fn command(&mut self) -> Result<Command, SyntaxError> {
        let mut command = Command::default();
        while let Some(token) = self.tokens.peek() {
            match &token.kind {
                Kind::Word(word) => {
                    let word = word.clone();
                    self.tokens.next();
                    if command.words.is_empty() {
                        if let Some(assignment) = assignment(&word) {
                            command.assignments.push(assignment);
                            continue;
                        }
                        if let Some(reserved) = RESERVED.iter().find(|text| word.is_bare(text)) {
                            let text = format!(
                                "This shell only runs commands; it does not support {reserved}."
                            );
                            return Err(SyntaxError::Unsupported(text));
                        }
                    }
                    command.words.push(word);
                }
                Kind::Out { fd, append } => {
                    let (fd, append) = (*fd, *append);
                    self.tokens.next();
                    let file = self.file()?;
                    command.redirects.push(Redirect::Out { fd, append, file });
                }
                Kind::ErrToOut => {
                    self.tokens.next();
                    command.redirects.push(Redirect::ErrToOut);
                }
                Kind::In => {
                    self.tokens.next();
                    let file = self.file()?;
                    command.redirects.push(Redirect::In(file));
                }
                Kind::Here(text) => {
                    command.redirects.push(Redirect::Here(text.clone()));
                    self.tokens.next();
                }
                _ => break,
            }
        }
        if command == Command::default() {
            return Err(match self.tokens.peek() {
                None => SyntaxError::Unfinished("A command is missing.".into()),
                Some(_) => misplaced("an operator"),
            });
        }
        Ok(command)
    }

    fn file(&mut self) -> Result<Word, SyntaxError> {
        match self.tokens.next().map(|token| token.kind) {
            Some(Kind::Word(word)) => Ok(word),
            _ => Err(SyntaxError::Unfinished("The name of a file is missing.".into())),
        }
    }
}

/// Reads `NAME=value`.
fn assignment(word: &Word) -> Option<(String, Word)> {
    let (first, rest) = word.0.split_first()?;
    let Part::Bare(text) = first else { return None };
    let (name, value) = text.split_once('=')?;
    backoffice_contract::rules::config_key(name).ok()?;
    let value = (!value.is_empty()).then(|| Part::Bare(value.to_owned()));
    Some((name.to_owned(), Word(value.into_iter().chain(rest.iter().cloned()).collect())))
}

#[cfg(test)]
mod tests;

//! A `.env` text that can be changed one variable at a time while everything else in
//! it, comments, order, blank lines and quoting, stays as it was.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use crate::rules::dotenv::value::{self, Quoting, format_value};
use crate::rules::dotenv::{DotenvError, can_name};
use crate::types::config::Configs;
use crate::{Secret, rules};

/// The text in pieces, which put together are the text again, byte for byte.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Document {
    pieces: Vec<Piece>,
}

#[derive(Clone, PartialEq, Eq)]
enum Piece {
    /// A comment or a blank line.
    Other(String),
    /// A line that is neither blank, a comment nor an assignment.
    Faulty { text: String, message: String },
    /// An assignment, which may span lines.
    Assignment(Assignment),
}

/// `export KEY = 'value' # comment`, in the parts that change separately.
#[derive(Clone, PartialEq, Eq)]
struct Assignment {
    /// White space and `export`.
    lead: String,
    key: String,
    /// The `=` with what is around it.
    equals: String,
    /// The value as it is written.
    written: String,
    quoting: Quoting,
    value: Secret,
    /// The comment, and the end of the line.
    tail: String,
}

impl Document {
    /// Reads a text. Lines that cannot be read are kept as they are; see
    /// [`faults`](Self::faults).
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        if let Some(after) = rest.strip_prefix('\u{feff}') {
            pieces.push(Piece::Other('\u{feff}'.to_string()));
            rest = after;
        }
        while !rest.is_empty() {
            let line = rest.split_inclusive('\n').next().unwrap_or(rest);
            let trimmed = line.trim();
            let (piece, used) = if trimmed.is_empty() || trimmed.starts_with('#') {
                (Piece::Other(line.to_owned()), line.len())
            } else {
                match Assignment::read(rest) {
                    Ok((assignment, used)) => (Piece::Assignment(assignment), used),
                    Err(message) => (Piece::Faulty { text: line.to_owned(), message }, line.len()),
                }
            };
            pieces.push(piece);
            rest = rest.get(used..).unwrap_or_default();
        }
        Self { pieces }
    }

    /// The variables. A name may come twice; the last one counts.
    #[must_use]
    pub fn values(&self) -> Configs {
        self.assignments().map(|(_, a)| (a.key.clone(), a.value.clone())).collect()
    }

    /// The same, of a document that nothing else is asked of.
    #[must_use]
    pub fn into_values(self) -> Configs {
        let value = |piece| match piece {
            Piece::Assignment(Assignment { key, value, .. }) => Some((key, value)),
            _ => None,
        };
        self.pieces.into_iter().filter_map(value).collect()
    }

    /// What is wrong, line by line, so that it can be fixed at once: lines that are no
    /// assignment, and names that break the rule for names unless they are `known`.
    #[must_use]
    pub fn faults(&self, known: impl Fn(&str) -> bool) -> Vec<DotenvError> {
        let fault = |(line, piece): (usize, &Piece)| match piece {
            Piece::Faulty { message, .. } => Some(DotenvError { line, message: message.clone() }),
            Piece::Assignment(assignment) if !known(&assignment.key) => {
                let broken = rules::config_key(&assignment.key).err()?;
                Some(DotenvError { line, message: format!("The name {broken}") })
            }
            _ => None,
        };
        self.lines().filter_map(fault).collect()
    }

    /// Names that come more than once, with the lines they come in.
    #[must_use]
    pub fn duplicates(&self) -> Vec<(String, Vec<usize>)> {
        let mut first = BTreeMap::<&str, usize>::new();
        let mut twice = BTreeMap::<&str, Vec<usize>>::new();
        for (line, assignment) in self.assignments() {
            let key = assignment.key.as_str();
            match first.entry(key) {
                Entry::Vacant(place) => {
                    place.insert(line);
                }
                Entry::Occupied(first) => {
                    twice.entry(key).or_insert_with(|| vec![*first.get()]).push(line);
                }
            }
        }
        twice.into_iter().map(|(key, lines)| (key.to_owned(), lines)).collect()
    }

    /// Whether there are comments, which nothing but the text itself can hold.
    #[must_use]
    pub fn has_comments(&self) -> bool {
        self.pieces.iter().any(|piece| match piece {
            Piece::Other(text) => text.contains('#'),
            Piece::Assignment(assignment) => assignment.tail.contains('#'),
            Piece::Faulty { .. } => false,
        })
    }

    /// Gives a variable a value: where it is assigned last, in the way it is written
    /// there, or else in a new line at the end. A value that it has already changes
    /// nothing. The name has to be one that a line [can name](can_name).
    pub fn set(&mut self, key: &str, value: &str) {
        let last = self.assignments_mut().rfind(|assignment| assignment.key == key);
        if last.map(|assignment| assignment.set(value)).is_none() {
            self.append(key, value);
        }
    }

    /// Takes a variable out, with its comment in the same line.
    pub fn remove(&mut self, key: &str) {
        self.pieces.retain(|piece| !matches!(piece, Piece::Assignment(a) if a.key == key));
    }

    /// Gives a variable another name, in its place. Whatever had that name before is
    /// taken out.
    pub fn rename(&mut self, key: &str, name: &str) {
        if key == name {
            return;
        }
        self.remove(name);
        let mut kept = false;
        // From the end: the last one counts, and is the one that stays.
        for assignment in self.assignments_mut().rev().filter(|assignment| assignment.key == key) {
            if !kept {
                name.clone_into(&mut assignment.key);
                kept = true;
            }
        }
        self.remove(key);
    }

    fn append(&mut self, key: &str, value: &str) {
        let end = if self.pieces.iter().any(|piece| piece.text_end().ends_with("\r\n")) {
            "\r\n"
        } else {
            "\n"
        };
        if let Some(last) = self.pieces.last_mut() {
            last.end_line(end);
        }
        self.pieces.push(Piece::line(key, value, end));
    }

    /// The pieces with the lines they begin on, from 1.
    fn lines(&self) -> impl Iterator<Item = (usize, &Piece)> {
        let mut next = 1;
        self.pieces.iter().map(move |piece| {
            let line = next;
            next += piece.line_ends();
            (line, piece)
        })
    }

    fn assignments(&self) -> impl Iterator<Item = (usize, &Assignment)> {
        self.lines().filter_map(|(line, piece)| match piece {
            Piece::Assignment(assignment) => Some((line, assignment)),
            _ => None,
        })
    }

    fn assignments_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Assignment> {
        self.pieces.iter_mut().filter_map(|piece| match piece {
            Piece::Assignment(assignment) => Some(assignment),
            _ => None,
        })
    }
}

/// The text.
impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Other(text) | Piece::Faulty { text, .. } => f.write_str(text),
            Piece::Assignment(Assignment { lead, key, equals, written, tail, .. }) => {
                write!(f, "{lead}{key}{equals}{written}{tail}")
            }
        })
    }
}

impl Piece {
    /// An assignment in a line of its own.
    fn line(key: &str, value: &str, end: &str) -> Self {
        Self::Assignment(Assignment {
            lead: String::new(),
            key: key.to_owned(),
            equals: "=".to_owned(),
            written: format_value(value),
            quoting: Quoting::None,
            value: value.into(),
            tail: end.to_owned(),
        })
    }

    fn text_end(&self) -> &str {
        match self {
            Self::Other(text) | Self::Faulty { text, .. } => text,
            Self::Assignment(assignment) => &assignment.tail,
        }
    }

    fn end_line(&mut self, end: &str) {
        let text = match self {
            Self::Other(text) | Self::Faulty { text, .. } => text,
            Self::Assignment(assignment) => &mut assignment.tail,
        };
        // The mark of the encoding is no line.
        if !text.ends_with(['\n', '\u{feff}']) {
            text.push_str(end);
        }
    }

    fn line_ends(&self) -> usize {
        let count = |text: &str| text.matches('\n').count();
        match self {
            Self::Other(text) | Self::Faulty { text, .. } => count(text),
            Self::Assignment(a) => {
                count(&a.lead) + count(&a.equals) + count(&a.written) + count(&a.tail)
            }
        }
    }
}

impl Assignment {
    /// Reads the assignment that `text` begins with, and how many bytes it takes.
    fn read(text: &str) -> Result<(Self, usize), String> {
        let line = text.split('\n').next().unwrap_or_default();
        let Some((left, _)) = line.split_once('=') else {
            return Err("There is no = between a name and a value.".into());
        };
        let named = left.trim_start();
        let key = match named.strip_prefix("export") {
            Some(after) if after.starts_with([' ', '\t']) => after.trim(),
            _ => named.trim_end(),
        };
        if key.is_empty() {
            return Err("The name can't be blank.".into());
        }
        if !can_name(key) {
            return Err("The name can't contain white space or quotes.".into());
        }
        let (lead, around) = left.rsplit_once(key).unwrap_or_default();
        let right = text.split_once('=').map_or("", |(_, right)| right);
        let value_text = right.trim_start_matches([' ', '\t']);
        let equals = format!("{around}={}", before(right, value_text));
        let (value, quoting, after) = value::read(value_text)?;
        let tail = after.split_inclusive('\n').next().unwrap_or_default();
        let trailing = tail.trim();
        if quoting != Quoting::None && !trailing.is_empty() && !trailing.starts_with('#') {
            return Err("There is something after the closing quote.".into());
        }
        let written = before(value_text, after).to_owned();
        let used = text.len() - after.len() + tail.len();
        let read = Self {
            lead: lead.to_owned(),
            key: key.to_owned(),
            equals,
            written,
            quoting,
            value: value.into(),
            tail: tail.to_owned(),
        };
        Ok((read, used))
    }

    fn set(&mut self, value: &str) {
        if self.value.expose() == value {
            return;
        }
        self.written = value::format_like(value, self.quoting, &self.written);
        self.value = value.into();
        // Without a space it would be part of the value.
        if self.tail.starts_with('#') {
            self.tail.insert(0, ' ');
        }
    }
}

/// What of `text` stands before its end `rest`, found by length: a comparison would read
/// all of a long text for each of its lines.
fn before<'a>(text: &'a str, rest: &str) -> &'a str {
    text.get(..text.len().saturating_sub(rest.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests;

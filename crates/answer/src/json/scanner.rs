//! Reads JSON byte by byte (RFC 8259) and notes where the lines of its indented form
//! begin. It builds no values.

use super::number::Number;
use super::tree::{LONG, LongLine, Tree};
use crate::broken::Broken;

/// How deep containers may be nested. Views find a line's containers by going up.
const DEEPEST: usize = 1_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the beginning, where a byte order mark may be.
    Begin,
    /// In the byte order mark.
    Mark(&'static [u8]),
    Value,
    /// After `[`: a value or the end.
    ListBegun,
    /// After `{`: a key or the end.
    ObjectBegun,
    Key,
    Colon,
    /// After a value in a container.
    Next,
    /// After the outermost value.
    End,
    Text {
        key: bool,
    },
    Escape {
        key: bool,
    },
    Hex {
        key: bool,
        left: u8,
    },
    Number(Number),
    /// In a word, with the bytes that must follow.
    Word(&'static [u8]),
}

/// A reader that can stop and continue at any byte.
#[derive(Debug, Clone)]
pub struct Scanner {
    pub tree: Tree,
    state: State,
    /// The place of the next byte.
    at: usize,
    /// Containers around it.
    depth: usize,
    /// Whether there is a container around it that has something in it, and whether that
    /// container is an object.
    inside: bool,
    object: bool,
    /// The number of its line in the text, from 0, and where that line begins.
    line: usize,
    line_start: usize,
    /// In the current line of the indented form: where it begins, where its key ends and
    /// where its value begins.
    start: usize,
    key_end: usize,
    value: usize,
}

impl Default for Scanner {
    fn default() -> Self {
        Self {
            tree: Tree::default(),
            state: State::Begin,
            at: 0,
            depth: 0,
            inside: false,
            object: false,
            line: 0,
            line_start: 0,
            start: 0,
            key_end: 0,
            value: 0,
        }
    }
}

type Step = Result<(), &'static str>;

impl Scanner {
    pub const fn at(&self) -> usize {
        self.at
    }

    /// Where the line of the text that it has reached begins, in bytes.
    pub const fn line_start(&self) -> usize {
        self.line_start
    }

    /// Whether anything except white space has arrived.
    pub const fn begun(&self) -> bool {
        !matches!(self.state, State::Begin | State::Mark(_) | State::Value)
            || self.tree.lines.len() > 0
    }

    /// Whether the last line is an opening bracket that nothing has followed yet.
    pub const fn just_opened(&self) -> bool {
        matches!(self.state, State::ListBegun | State::ObjectBegun)
    }

    /// Continues to read.
    ///
    /// # Errors
    /// If the text is not JSON: all fields but the column and the character found.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        let mut rest = bytes;
        while let Some((byte, after)) = rest.split_first() {
            if matches!(self.state, State::Text { .. }) {
                let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
                let plain = plain.unwrap_or(rest.len());
                if plain > 0 {
                    self.at += plain;
                    rest = rest.get(plain..).unwrap_or_default();
                    continue;
                }
            }
            if let State::Number(number) = self.state
                && number.whole()
                && number.next(*byte).is_none()
            {
                // The byte is what comes after the number.
                self.end_value(self.at);
            }
            self.read(*byte).map_err(|expected| self.broken(expected))?;
            self.at += 1;
            rest = after;
        }
        Ok(())
    }

    /// Nothing more arrives.
    ///
    /// # Errors
    /// If the text ends before the value does.
    pub fn finish(&mut self) -> Result<(), Broken> {
        if let State::Number(number) = self.state
            && number.whole()
        {
            self.end_value(self.at);
        }
        let expected = match self.state {
            State::End => return Ok(()),
            State::Begin | State::Mark(_) | State::Value => "a value",
            State::ListBegun => "a value or ]",
            State::ObjectBegun => "a key or }",
            State::Key => "a key",
            State::Colon => "a colon",
            State::Next if self.object => "a comma or }",
            State::Next => "a comma or ]",
            State::Text { .. } | State::Escape { .. } | State::Hex { .. } => "the closing quote",
            State::Number(_) => "a digit",
            State::Word(_) => "the rest of a word",
        };
        Err(self.broken(expected))
    }

    const fn broken(&self, expected: &'static str) -> Broken {
        Broken { offset: self.at, line: self.line + 1, column: 0, expected, found: None }
    }

    fn look_around(&mut self) {
        let around = self.tree.current();
        self.inside = around.is_some();
        self.object = around.is_some_and(|(_, container)| container.is_object());
    }

    fn read(&mut self, byte: u8) -> Step {
        match self.state {
            State::Text { key } => match byte {
                b'"' => self.end_text(key),
                b'\\' => self.state = State::Escape { key },
                _ => return Err("an escaped control character"),
            },
            State::Escape { key } => match byte {
                b'u' => self.state = State::Hex { key, left: 4 },
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {
                    self.state = State::Text { key };
                }
                _ => return Err("one of \"\\/bfnrtu after the backslash"),
            },
            State::Hex { key, left } => match (byte.is_ascii_hexdigit(), left) {
                (false, _) => return Err("four hexadecimal digits after \\u"),
                (true, 1) => self.state = State::Text { key },
                (true, _) => self.state = State::Hex { key, left: left - 1 },
            },
            State::Number(number) => {
                self.state = State::Number(number.next(byte).ok_or("a digit")?);
            }
            State::Word(left) => match left.split_first() {
                Some((next, [])) if *next == byte => self.end_value(self.at + 1),
                Some((next, left)) if *next == byte => self.state = State::Word(left),
                _ => return Err("the rest of true, false or null"),
            },
            State::Begin if byte == 0xEF => self.state = State::Mark(b"\xBB\xBF"),
            State::Mark(left) => match left.split_first() {
                Some((next, [])) if *next == byte => self.state = State::Value,
                Some((next, left)) if *next == byte => self.state = State::Mark(left),
                _ => return Err("a value"),
            },
            _ => return self.read_between(byte),
        }
        Ok(())
    }

    /// Reads the text between tokens, and the first byte of the next one.
    fn read_between(&mut self, byte: u8) -> Step {
        match (self.state, byte) {
            (_, b'\n') => {
                self.line += 1;
                self.line_start = self.at + 1;
            }
            (_, b' ' | b'\t' | b'\r') => {}
            (State::Begin | State::Value, _) => return self.begin_value(byte),
            (State::ListBegun | State::ObjectBegun, b']' | b'}') => {
                let right = (self.state == State::ListBegun) == (byte == b']');
                if !right {
                    return Err(if byte == b'}' { "a value or ]" } else { "a key or }" });
                }
                self.depth -= 1;
                self.end_value(self.value + 1);
            }
            (State::ListBegun, _) => {
                self.tree.open(false);
                self.look_around();
                let other = |expected| {
                    if expected == Broken::SHALLOWER { expected } else { "a value or ]" }
                };
                return self.begin_value(byte).map_err(other);
            }
            (State::ObjectBegun, b'"') => {
                self.tree.open(true);
                self.look_around();
                self.begin_key();
            }
            (State::ObjectBegun, _) => return Err("a key or }"),
            (State::Key, b'"') => self.begin_key(),
            (State::Key, _) => return Err("a key"),
            (State::Colon, b':') => self.state = State::Value,
            (State::Colon, _) => return Err("a colon"),
            (State::Next, b',') => {
                self.state = if self.object { State::Key } else { State::Value };
            }
            (State::Next, _) => {
                let object = self.object;
                if byte != if object { b'}' } else { b']' } {
                    return Err(if object { "a comma or }" } else { "a comma or ]" });
                }
                self.depth -= 1;
                self.tree.close(self.at);
                self.look_around();
                self.after_value();
            }
            _ => return Err(Broken::NOTHING),
        }
        Ok(())
    }

    fn begin_key(&mut self) {
        self.begin_line();
        self.state = State::Text { key: true };
    }

    fn begin_line(&mut self) {
        self.start = self.at;
        self.key_end = self.at;
        self.tree.add_line(self.at);
        self.tree.add_child();
    }

    fn begin_value(&mut self, byte: u8) -> Step {
        let state = match byte {
            b'"' => State::Text { key: false },
            b'{' => State::ObjectBegun,
            b'[' => State::ListBegun,
            b't' => State::Word(b"rue"),
            b'f' => State::Word(b"alse"),
            b'n' => State::Word(b"ull"),
            _ => State::Number(Number::begin(byte).ok_or("a value")?),
        };
        if !self.object {
            self.begin_line();
        }
        self.value = self.at;
        self.state = state;
        if matches!(state, State::ObjectBegun | State::ListBegun) {
            if self.depth == DEEPEST {
                return Err(Broken::SHALLOWER);
            }
            self.depth += 1;
            self.note_long(self.at + 1);
        }
        Ok(())
    }

    fn end_text(&mut self, key: bool) {
        if key {
            self.key_end = self.at + 1;
            self.state = State::Colon;
        } else {
            self.end_value(self.at + 1);
        }
    }

    /// A value on a single line ends.
    fn end_value(&mut self, end: usize) {
        if !matches!(self.state, State::ListBegun | State::ObjectBegun) {
            self.note_long(end);
        }
        self.after_value();
    }

    fn after_value(&mut self) {
        self.state = if self.inside { State::Next } else { State::End };
    }

    fn note_long(&mut self, end: usize) {
        if end - self.start > LONG {
            let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            self.tree.long.push(LongLine {
                line: narrow(self.tree.lines.len().saturating_sub(1)),
                key_end: narrow(self.key_end),
                value: narrow(self.value),
                value_end: narrow(end),
            });
        }
    }
}

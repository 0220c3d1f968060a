//! The body of an answer with its index.

use std::ops::Range;

use crate::blocks::Blocks;
use crate::broken::Broken;
use crate::json::{Scanner, Spans, Tree, spans};
use crate::line::Line;
use crate::rows::{Row, Rows};
use crate::status::Status;
use crate::utf8::Utf8;

/// Places are kept in 31 bits.
const MOST: usize = (1 << 31) - 1;
/// A zero byte before this one means that the body is not text.
const HEAD: usize = 8_000;

/// How far the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Call [`Answer::step`] again.
    Working,
    /// Everything received so far is done; more may arrive.
    Waiting,
    /// Everything is done.
    Done,
}

/// The two ways to look at an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The lines of the indented form.
    Pretty,
    /// The rows of the text as it was sent.
    Rows,
}

/// The body of an answer. It grows with [`push`](Self::push); [`step`](Self::step) reads
/// it.
#[derive(Debug, Clone)]
pub struct Answer {
    text: Blocks<u8>,
    left_out: usize,
    finished: bool,
    binary: bool,
    utf8: Utf8,
    scanner: Scanner,
    /// The JSON has ended, valid or not.
    ended: bool,
    rows: Rows,
    status: Status,
}

impl Answer {
    /// An empty answer, whose rows have this many characters.
    #[must_use]
    pub fn new(columns: usize) -> Self {
        Self {
            text: Blocks::default(),
            left_out: 0,
            finished: false,
            binary: false,
            utf8: Utf8::default(),
            scanner: Scanner::default(),
            ended: false,
            rows: Rows::new(columns),
            status: Status::Empty,
        }
    }

    /// Adds a piece. It may end inside a character.
    pub fn push(&mut self, bytes: &[u8]) {
        let head = HEAD.saturating_sub(self.text.len());
        self.binary |= bytes.iter().take(head).any(|byte| *byte == 0);
        let (kept, rest) = bytes.split_at(bytes.len().min(MOST - self.text.len()));
        self.text.extend(kept);
        self.left_out += rest.len();
    }

    /// Nothing more arrives.
    pub const fn finish(&mut self) {
        self.finished = true;
    }

    /// Continues to read what has arrived: at most `budget` bytes for the indented form
    /// and as many for the rows. A hundred thousand bytes take about a millisecond.
    pub fn step(&mut self, budget: usize) -> Progress {
        advance(&self.text, budget, self.utf8.at(), |bytes| {
            self.utf8.push(bytes);
            true
        });
        let mut broken = None;
        if !self.ended {
            let scanner = &mut self.scanner;
            advance(&self.text, budget, scanner.at(), |bytes| {
                broken = scanner.push(bytes).err();
                broken.is_none()
            });
        }
        advance(&self.text, budget, self.rows.at(), |bytes| {
            self.rows.push(bytes);
            true
        });
        if self.finished && broken.is_none() && !self.ended && self.scanner.at() == self.text.len()
        {
            broken = self.scanner.finish().err().filter(|_| self.scanner.begun());
            self.ended = true;
        }
        if let Some(broken) = broken {
            self.give_up(broken);
        }
        if self.finished && self.utf8.at() == self.text.len() {
            self.utf8.finish();
        }
        self.note_status();
        let read = self.is_done_with(self.utf8.at())
            && self.is_done_with(self.rows.at())
            && (self.ended || self.is_done_with(self.scanner.at()));
        match (read, self.finished) {
            (false, _) => Progress::Working,
            (true, false) => Progress::Waiting,
            (true, true) => Progress::Done,
        }
    }

    const fn is_done_with(&self, at: usize) -> bool {
        at == self.text.len()
    }

    /// The text is not JSON. The lines found so far are useless.
    fn give_up(&mut self, mut broken: Broken) {
        self.ended = true;
        let plain = self.scanner.tree.containers.len() == 0;
        let before = self.text.part(self.scanner.line_start(), broken.offset);
        let leads = |bytes: &[u8]| bytes.iter().filter(|byte| *byte & 0xC0 != 0x80).count();
        broken.column = before.map(leads).sum::<usize>() + 1;
        self.scanner.tree = Tree::default();
        self.status = if plain { Status::Text } else { Status::Broken(broken) };
    }

    fn note_status(&mut self) {
        match &mut self.status {
            _ if self.binary => self.status = Status::Binary,
            Status::Empty if self.scanner.begun() => self.status = Status::Json,
            // The rest of the character may have arrived meanwhile.
            Status::Broken(broken) => broken.found = character_at(&self.text, broken.offset),
            _ => {}
        }
    }

    /// What kind of body this is, as far as it is known.
    #[must_use]
    pub const fn status(&self) -> &Status {
        &self.status
    }

    /// The size of the body so far, in bytes.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.text.len() + self.left_out
    }

    /// Whether nothing has arrived.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many bytes beyond the first 2 GiB were dropped.
    #[must_use]
    pub const fn left_out(&self) -> usize {
        self.left_out
    }

    /// Where the body stops being UTF-8, in bytes from its beginning.
    #[must_use]
    pub const fn invalid_utf8(&self) -> Option<usize> {
        self.utf8.bad()
    }

    /// The body in pieces, as it was sent.
    pub fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        self.text.pieces()
    }

    /// How many lines of the indented form are visible.
    #[must_use]
    pub const fn line_count(&self) -> usize {
        self.scanner.tree.folds.visible.count()
    }

    /// The visible line at a position of the view, from 0.
    #[must_use]
    pub fn line(&self, place: usize) -> Option<Line> {
        self.scanner.line(&self.text, self.number(place)?, None)
    }

    /// Like [`line`](Self::line), but of a token too long to be shown whole, returns the
    /// part around a byte of the body.
    #[must_use]
    pub fn line_near(&self, place: usize, offset: usize) -> Option<Line> {
        self.scanner.line(&self.text, self.number(place)?, Some(offset))
    }

    fn number(&self, place: usize) -> Option<usize> {
        self.scanner.tree.folds.visible.line(place)
    }

    /// The position of a line by its number, or of the folded line that hides it.
    #[must_use]
    pub fn place_of(&self, number: usize) -> usize {
        let visible = &self.scanner.tree.folds.visible;
        let before = visible.place(number);
        if visible.get(number) { before } else { before.saturating_sub(1) }
    }

    /// The position of the line that opens the container of a visible line.
    #[must_use]
    pub fn parent(&self, place: usize) -> Option<usize> {
        let (_, around) = self.scanner.tree.around(self.number(place)?)?;
        Some(self.place_of(around.open as usize))
    }

    /// The path of a visible line's value: `data[3].name`. The outermost value has an
    /// empty path.
    #[must_use]
    pub fn path(&self, place: usize) -> String {
        self.number(place).map(|line| self.scanner.path(&self.text, line)).unwrap_or_default()
    }

    /// Folds or unfolds at a visible line, which may be the opening or the closing
    /// bracket. Returns the position of the opening one, if there is something to fold.
    pub fn toggle(&mut self, place: usize) -> Option<usize> {
        let line = self.number(place)?;
        let tree = &mut self.scanner.tree;
        let (at, container) = tree.opened_by(line).or_else(|| tree.closed_by(line))?;
        let folded = tree.folds.is_folded(at);
        tree.set_folded(at, &container, !folded);
        Some(self.place_of(container.open as usize))
    }

    /// Folds everything except the outermost object or list.
    pub fn fold_all(&mut self) {
        self.fold_to(1);
    }

    /// Folds everything at this depth or deeper and unfolds the rest; the outermost value
    /// is at depth 0. Containers that arrive later are not folded.
    pub fn fold_to(&mut self, depth: usize) {
        self.scanner.tree.fold_to(depth);
    }

    /// Unfolds everything.
    pub fn unfold_all(&mut self) {
        self.fold_to(usize::MAX);
    }

    /// Unfolds the containers that hide the line with a byte of the body, and returns the
    /// line's position.
    pub fn reveal(&mut self, offset: usize) -> Option<usize> {
        let line = self.line_from(0, offset);
        self.scanner.tree.lines.get(line)?;
        self.scanner.tree.reveal(line);
        Some(self.place_of(line))
    }

    /// How many rows there are so far.
    #[must_use]
    pub const fn row_count(&self) -> usize {
        self.rows.count()
    }

    /// A row of the text, from 0.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<Row> {
        self.rows.row(&self.text, row, !self.finished)
    }

    /// The row that holds a byte of the body.
    #[must_use]
    pub fn row_at(&self, offset: usize) -> Option<usize> {
        self.rows.row_at(&self.text, offset)
    }

    /// Changes the length of rows, in characters. The next steps find them again.
    pub fn set_columns(&mut self, columns: usize) {
        if columns.max(1) != self.rows.columns() {
            self.rows = Rows::new(columns);
        }
    }

    /// The memory that body and index take, in bytes.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.text.memory() + self.scanner.tree.memory() + self.rows.memory()
    }

    pub(crate) const fn text(&self) -> &Blocks<u8> {
        &self.text
    }

    /// How much of the body a view has read, in bytes.
    pub(crate) const fn read_by(&self, view: View) -> usize {
        match view {
            View::Pretty => self.scanner.at(),
            View::Rows => self.rows.at(),
        }
    }

    pub(crate) const fn is_read(&self, view: View) -> bool {
        self.finished && self.is_done_with(self.read_by(view))
    }

    /// The line that holds a byte, if it is `from` or a later one. Lines nearby are tried
    /// first, since a search continues where it was.
    pub(crate) fn line_from(&self, from: usize, offset: usize) -> usize {
        let lines = &self.scanner.tree.lines;
        let after = |line: usize| lines.get(line + 1).is_none_or(|next| next as usize > offset);
        if let Some(line) = (from..from + 64).find(|line| after(*line)) {
            return line;
        }
        lines.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    /// Whether a part of the body lies within the key or the value of a line.
    pub(crate) fn is_in_token(&self, line: usize, part: &Range<usize>) -> bool {
        let within = |token: &Range<usize>| token.start <= part.start && part.end <= token.end;
        let found = spans(&self.scanner.tree, &self.text, line, self.scanner.at());
        found.is_some_and(|Spans { key, value }| {
            let bracket = matches!(self.text.get(value.start), Some(b'{' | b'[' | b'}' | b']'));
            key.is_some_and(|key| within(&key)) || !bracket && within(&value)
        })
    }
}

/// Passes on at most `budget` bytes from a position, until the receiver has had enough.
fn advance(text: &Blocks<u8>, budget: usize, at: usize, mut take: impl FnMut(&[u8]) -> bool) {
    let end = text.len().min(at.saturating_add(budget));
    for bytes in text.part(at, end) {
        if !take(bytes) {
            return;
        }
    }
}

/// The character that begins at a byte.
fn character_at(text: &Blocks<u8>, at: usize) -> Option<char> {
    let bytes: Vec<u8> = text.part(at, at + 4).flatten().copied().collect();
    String::from_utf8_lossy(&bytes).chars().next()
}

//! The text as it was sent, in rows: its lines, of which long ones take several rows.

use crate::blocks::Blocks;

/// How many rows lie between those whose place is kept.
const EVERY: usize = 16;
/// The most bytes of a character in UTF-8 (RFC 3629, section 3).
const CHARACTER: usize = 4;

/// One row of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The number of the line it belongs to, from 1.
    pub number: usize,
    /// Whether its line begins here.
    pub first: bool,
    /// The text, without the end of the line. Invalid UTF-8 becomes U+FFFD.
    pub text: String,
    /// Where it begins in the body, in bytes.
    pub offset: usize,
}

/// Finds where rows begin, byte by byte.
#[derive(Debug, Clone, Copy)]
struct Cutter {
    columns: usize,
    /// The next byte begins a line.
    fresh: bool,
    /// Characters and bytes of this row so far.
    characters: usize,
    bytes: usize,
}

impl Cutter {
    const fn new(columns: usize) -> Self {
        Self { columns, fresh: true, characters: 0, bytes: 0 }
    }

    /// Whether a row begins with this byte.
    const fn begins(&mut self, byte: u8) -> bool {
        let lead = byte & 0xC0 != 0x80;
        // The end of a line takes no room.
        let takes = lead && byte != b'\r' && byte != b'\n';
        // Bytes that are not text could make a row of any length.
        let full =
            takes && self.characters >= self.columns || self.bytes >= self.columns * CHARACTER;
        let begins = self.fresh || full && byte != b'\n';
        if begins {
            self.characters = 0;
            self.bytes = 0;
        }
        self.fresh = byte == b'\n';
        self.characters += takes as usize;
        self.bytes += 1;
        begins
    }

    /// Skips characters of one byte that stay in this row. Returns how many.
    fn skip(&mut self, bytes: &[u8]) -> usize {
        if self.fresh {
            return 0;
        }
        let room = (self.columns * CHARACTER).saturating_sub(self.bytes);
        let room = room.min(self.columns.saturating_sub(self.characters)).min(bytes.len());
        let plain = |byte: &u8| matches!(byte, b' '..=b'~');
        let skipped = bytes.iter().take(room).take_while(|byte| plain(byte)).count();
        self.characters += skipped;
        self.bytes += skipped;
        skipped
    }
}

/// Where every sixteenth row begins. The others are found from there.
#[derive(Debug, Clone)]
pub struct Rows {
    cutter: Cutter,
    at: usize,
    count: usize,
    /// Ends of lines so far.
    lines: usize,
    /// Start and line of rows 0, 16, 32 and so on.
    known: Blocks<(u32, u32)>,
}

impl Rows {
    pub fn new(columns: usize) -> Self {
        let cutter = Cutter::new(columns.max(1));
        Self { cutter, at: 0, count: 0, lines: 0, known: Blocks::default() }
    }

    pub const fn at(&self) -> usize {
        self.at
    }

    pub const fn count(&self) -> usize {
        self.count
    }

    pub const fn columns(&self) -> usize {
        self.cutter.columns
    }

    pub fn push(&mut self, mut bytes: &[u8]) {
        while let Some((byte, rest)) = bytes.split_first() {
            let plain = self.cutter.skip(bytes);
            if plain > 0 {
                self.at += plain;
                bytes = bytes.get(plain..).unwrap_or_default();
                continue;
            }
            if self.cutter.begins(*byte) {
                if self.count.is_multiple_of(EVERY) {
                    self.known.push((narrow(self.at), narrow(self.lines)));
                }
                self.count += 1;
            }
            self.lines += usize::from(*byte == b'\n');
            self.at += 1;
            bytes = rest;
        }
    }

    /// The row with a number, from 0. While the text is `open`, more may arrive.
    pub fn row(&self, text: &Blocks<u8>, row: usize, open: bool) -> Option<Row> {
        if row >= self.count {
            return None;
        }
        let (start, line) = self.known.get(row / EVERY)?;
        let mut walk = Walk::new(self, start as usize, line as usize + 1);
        for _ in 0..=row % EVERY {
            walk.next(text);
        }
        let mut bytes: Vec<u8> = text.part(walk.begin, walk.end).flatten().copied().collect();
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
            if bytes.last() == Some(&b'\r') {
                bytes.pop();
            }
        }
        // Do not show a character as broken while its rest has not arrived.
        let cut = open && walk.end == text.len();
        let whole = if cut { whole_characters(&bytes) } else { bytes.len() };
        let shown = bytes.get(..whole).unwrap_or_default();
        let first = walk.begin == 0 || text.get(walk.begin - 1) == Some(b'\n');
        let text = String::from_utf8_lossy(shown).into_owned();
        Some(Row { number: walk.line, first, text, offset: walk.begin })
    }

    /// The number of the row that holds a byte, from 0.
    pub fn row_at(&self, text: &Blocks<u8>, offset: usize) -> Option<usize> {
        if offset >= self.at {
            return None;
        }
        let known = self.known.partition_point(|(start, _)| *start as usize <= offset) - 1;
        let (start, line) = self.known.get(known)?;
        let mut walk = Walk::new(self, start as usize, line as usize + 1);
        let steps = (0..EVERY).find(|_| {
            walk.next(text);
            offset < walk.end
        });
        Some(known * EVERY + steps.unwrap_or(EVERY - 1))
    }

    pub fn memory(&self) -> usize {
        self.known.memory()
    }
}

/// Goes from one row to the next.
struct Walk {
    cutter: Cutter,
    begin: usize,
    end: usize,
    line: usize,
    last: usize,
}

impl Walk {
    const fn new(rows: &Rows, start: usize, line: usize) -> Self {
        let cutter = Cutter::new(rows.cutter.columns);
        Self { cutter, begin: start, end: start, line, last: rows.at }
    }

    fn next(&mut self, text: &Blocks<u8>) {
        if self.end > self.begin && text.get(self.end - 1) == Some(b'\n') {
            self.line += 1;
        }
        self.begin = self.end;
        // The next byte is always the first of its row.
        self.cutter = Cutter::new(self.cutter.columns);
        let mut end = self.begin;
        'pieces: for piece in text.part(self.begin, self.last) {
            for byte in piece {
                if self.cutter.begins(*byte) && end > self.begin {
                    break 'pieces;
                }
                end += 1;
            }
        }
        self.end = end;
    }
}

/// How many bytes are whole characters, if the last one may have been cut.
fn whole_characters(bytes: &[u8]) -> usize {
    let lead = bytes.iter().rev().take(CHARACTER).position(|byte| byte & 0xC0 != 0x80);
    let Some(from) = lead.map(|back| bytes.len() - 1 - back) else { return bytes.len() };
    let cut = bytes.get(from..).map(std::str::from_utf8);
    let begun = matches!(cut, Some(Err(error)) if error.error_len().is_none());
    if begun { from } else { bytes.len() }
}

/// The text is at most 2 GiB, see `answer`.
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[u8], columns: usize) -> Vec<(usize, bool, String)> {
        let mut blocks = Blocks::default();
        blocks.extend(text);
        let mut rows = Rows::new(columns);
        rows.push(text);
        for offset in 0..text.len() {
            let row = rows.row_at(&blocks, offset).unwrap();
            assert!(rows.row(&blocks, row, true).unwrap().offset <= offset);
            assert!(rows.row(&blocks, row + 1, true).is_none_or(|next| offset < next.offset));
        }
        let all = (0..rows.count()).map(|at| rows.row(&blocks, at, true).unwrap());
        all.map(|row| (row.number, row.first, row.text)).collect()
    }

    #[test]
    fn long_lines_take_several_rows() {
        let text = "abcdef\r\n\nx\u{e4}\u{20ac}\u{1f600}y\n";
        let expected = [
            (1, true, "abc"),
            (1, false, "def"),
            (2, true, ""),
            (3, true, "x\u{e4}\u{20ac}"),
            (3, false, "\u{1f600}y"),
        ];
        let found = rows(text.as_bytes(), 3);
        assert_eq!(found, expected.map(|(line, first, text)| (line, first, text.to_owned())));
        assert_eq!(rows(b"", 3), []);
    }

    #[test]
    fn many_rows_are_found_from_those_that_are_known() {
        let text: String = (0..100).map(|line| format!("{line}{}\n", "-".repeat(line))).collect();
        let found = rows(text.as_bytes(), 7);
        let joined: String = found
            .iter()
            .enumerate()
            .map(|(at, (_, first, text))| {
                format!("{}{text}", if *first && at > 0 { "\n" } else { "" })
            })
            .collect();
        assert_eq!(format!("{joined}\n"), text);
        assert_eq!(found.last().map(|row| row.0), Some(100));
    }

    #[test]
    fn bytes_that_are_no_text_end_a_row_too() {
        assert_eq!(rows(&[0x80; 100], 5).len(), 5);
        assert_eq!(rows(b"a\xffb", 5), [(1, true, "a\u{fffd}b".to_owned())]);
    }

    #[test]
    fn a_character_on_its_way_is_not_shown_as_a_broken_one() {
        assert_eq!(rows(b"a\xe2\x82", 5), [(1, true, "a".to_owned())]);
    }
}

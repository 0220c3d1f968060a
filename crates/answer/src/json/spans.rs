//! Where the tokens of a line are in the text.

use std::ops::Range;

use super::tree::{LONG, Tree};
use crate::blocks::Blocks;

/// The places of a line's tokens, in bytes.
#[derive(Debug, Clone)]
pub struct Spans {
    /// The key with its quotes.
    pub key: Option<Range<usize>>,
    /// The value, or its bracket; empty if it has not arrived yet.
    pub value: Range<usize>,
}

/// Finds the tokens of a line. The text has been read up to `read`.
pub fn spans(tree: &Tree, text: &Blocks<u8>, line: usize, read: usize) -> Option<Spans> {
    let start = tree.lines.get(line)? as usize;
    let limit = tree.lines.get(line + 1).map_or(read, |next| next as usize);
    if matches!(text.get(start), Some(b']' | b'}')) {
        return Some(Spans { key: None, value: start..start + 1 });
    }
    let object = tree.around(line).is_some_and(|(_, around)| around.is_object());
    let long = tree.long.partition_point(|long| (long.line as usize) < line);
    if let Some(long) = tree.long.get(long).filter(|long| long.line as usize == line) {
        let key = object.then_some(start..long.key_end as usize);
        return Some(Spans { key, value: long.value as usize..long.value_end as usize });
    }
    // A longer token has not ended yet, or its place would have been kept.
    let end = limit.min(start + LONG + 1);
    if !object {
        return Some(Spans { key: None, value: start..token_end(text, start, end, limit) });
    }
    let key_end = token_end(text, start, end, limit);
    let blank =
        |at: &usize| text.get(*at).is_some_and(|byte| byte == b':' || byte.is_ascii_whitespace());
    let value = (key_end..end).find(|at| !blank(at)).unwrap_or(limit);
    let value = value..token_end(text, value, end, limit);
    Some(Spans { key: Some(start..key_end), value })
}

/// Where the token that begins at `start` ends: before `end`, or else at `limit`.
fn token_end(text: &Blocks<u8>, start: usize, end: usize, limit: usize) -> usize {
    let mut bytes = (start..end).filter_map(|at| Some((at, text.get(at)?)));
    match bytes.next() {
        Some((_, b'{' | b'[')) => start + 1,
        Some((_, b'"')) => {
            let mut escaped = false;
            let close = bytes.find(|(_, byte)| {
                let close = *byte == b'"' && !escaped;
                escaped = *byte == b'\\' && !escaped;
                close
            });
            close.map_or(limit, |(at, _)| at + 1)
        }
        Some(_) => bytes
            .find(|(_, byte)| matches!(byte, b',' | b']' | b'}') || byte.is_ascii_whitespace())
            .map_or(limit, |(at, _)| at),
        None => limit,
    }
}

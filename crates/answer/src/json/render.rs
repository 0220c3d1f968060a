//! Renders a line of the indented form.

use std::ops::Range;

use super::scanner::Scanner;
use super::spans::spans;
use crate::blocks::Blocks;
use crate::line::{Excerpt, Fold, Kind, Line};

/// How much of a token is shown at most, in bytes.
const SHOWN: usize = 1_000;

impl Scanner {
    /// The line with a number. Of a long token, the part around the byte `near` is shown,
    /// or its beginning.
    pub fn line(&self, text: &Blocks<u8>, number: usize, near: Option<usize>) -> Option<Line> {
        let tree = &self.tree;
        let spans = spans(tree, text, number, self.at())?;
        let opened = tree.opened_by(number);
        let fold = opened.map(|(at, container)| Fold {
            folded: tree.folds.is_folded(at),
            children: container.children(),
            end: if container.is_object() { '}' } else { ']' },
        });
        let hollow = opened.is_none() && !(self.just_opened() && number + 1 == tree.lines.len());
        let kind = match text.get(spans.value.start).filter(|_| !spans.value.is_empty()) {
            None => Kind::Pending,
            Some(b'{' | b'[') if hollow => Kind::Hollow,
            Some(b'{' | b'[') => Kind::Open,
            Some(b'}' | b']') => Kind::Close,
            Some(b'"') => Kind::String,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'n') => Kind::Null,
            Some(_) => Kind::Number,
        };
        let mut value = excerpt(text, spans.value, near);
        if kind == Kind::Hollow {
            value.text.push(if value.text == "{" { '}' } else { ']' });
        }
        let around = tree.around(number).map(|(_, around)| around);
        let after = 1 + match opened {
            Some((_, container)) => tree.end(&container),
            None => number,
        };
        let more = around.is_some_and(|around| {
            around.close().map_or(after < tree.lines.len(), |close| close != after)
        });
        let ended = opened.is_none_or(|(_, container)| container.close().is_some());
        let unfolded = fold.is_some_and(|fold| !fold.folded);
        Some(Line {
            number,
            depth: self.depth_of(number),
            key: spans.key.map(|key| excerpt(text, key, near)),
            value,
            kind,
            comma: more && ended && !unfolded && kind != Kind::Pending,
            fold,
            place: tree.place(number) + 1,
            siblings: match around {
                Some(around) => around.close().map(|_| around.children()),
                None => Some(1),
            },
        })
    }

    fn depth_of(&self, line: usize) -> usize {
        let mut depth = 0;
        let mut around = self.tree.around(line).map(|(_, around)| around);
        while let Some(found) = around {
            depth += 1;
            around = found.parent().and_then(|at| self.tree.containers.get(at));
        }
        depth
    }
}

/// A part of the text, at most 1,000 bytes of it.
fn excerpt(text: &Blocks<u8>, range: Range<usize>, near: Option<usize>) -> Excerpt {
    let mut from = range.start;
    if let Some(near) = near.filter(|near| range.contains(near))
        && near - from > SHOWN / 2
        && range.len() > SHOWN
    {
        from = boundary(text, (near - SHOWN / 4).min(range.end - SHOWN), range.start);
    }
    let mut to = range.end;
    if to - from > SHOWN {
        to = boundary(text, from + SHOWN, from);
    }
    let bytes: Vec<u8> = text.part(from, to).flatten().copied().collect();
    Excerpt {
        text: String::from_utf8_lossy(&bytes).into_owned(),
        before: from - range.start,
        after: range.end - to,
    }
}

/// The beginning of the character that holds a byte.
fn boundary(text: &Blocks<u8>, at: usize, least: usize) -> usize {
    let lead = |at: &usize| text.get(*at).is_none_or(|byte| byte & 0xC0 != 0x80);
    (at.saturating_sub(3).max(least)..=at).rev().find(lead).unwrap_or(at)
}

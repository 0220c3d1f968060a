//! The text of a search, which ignores case.

use std::ops::Range;

/// A text to find in bytes of UTF-8. Each of its characters matches in both cases, if the
/// other case is also a single character.
#[derive(Debug, Clone)]
pub struct Needle {
    /// For each character, its encodings in both cases.
    characters: Vec<Vec<Vec<u8>>>,
    /// The bytes with which a match may begin.
    first: [bool; 256],
    longest: usize,
}

impl Needle {
    pub fn new(text: &str) -> Self {
        let characters: Vec<Vec<Vec<u8>>> = text.chars().map(written).collect();
        let mut first = [false; 256];
        for byte in characters.first().into_iter().flatten().filter_map(|bytes| bytes.first()) {
            if let Some(may) = first.get_mut(usize::from(*byte)) {
                *may = true;
            }
        }
        let longest = characters.iter().filter_map(|ways| ways.iter().map(Vec::len).max()).sum();
        Self { characters, first, longest }
    }

    /// The longest match, in bytes.
    pub const fn longest(&self) -> usize {
        self.longest
    }

    /// The first byte of a piece with which a match may begin.
    pub fn candidate(&self, piece: &[u8]) -> Option<usize> {
        piece.iter().position(|byte| self.first.get(usize::from(*byte)).copied().unwrap_or(false))
    }

    /// Where the match ends that begins at `at`.
    pub fn end(&self, at: usize, byte: impl Fn(usize) -> Option<u8>) -> Option<usize> {
        let mut end = at;
        for ways in &self.characters {
            let fits = |way: &&Vec<u8>| {
                way.iter().enumerate().all(|(offset, own)| byte(end + offset) == Some(*own))
            };
            end += ways.iter().find(fits)?.len();
        }
        (end > at).then_some(end)
    }

    /// All matches in a text, in bytes.
    pub fn matches(&self, text: &str) -> Vec<Range<usize>> {
        let bytes = text.as_bytes();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(next) = bytes.get(at..).and_then(|rest| self.candidate(rest)) {
            at += next;
            if let Some(end) = self.end(at, |at| bytes.get(at).copied()) {
                found.push(at..end);
                at = end;
            } else {
                at += 1;
            }
        }
        found
    }
}

/// The ways to write a character in UTF-8, in either case.
fn written(character: char) -> Vec<Vec<u8>> {
    let mut ways = vec![character.to_string()];
    for other in [character.to_lowercase().to_string(), character.to_uppercase().to_string()] {
        if other.chars().count() == 1 && !ways.contains(&other) {
            ways.push(other);
        }
    }
    ways.into_iter().map(String::into_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_matter() {
        type Found = &'static [(usize, usize)];
        let cases: [(&str, &str, Found); 6] = [
            ("ab", "AB ab xaB", &[(0, 2), (3, 5), (7, 9)]),
            ("\u{e4}r", "\u{c4}RGER", &[(0, 3)]),
            ("aa", "aaaaa", &[(0, 2), (2, 4)]),
            ("\u{df}", "\u{df}SS", &[(0, 2)]),
            ("", "abc", &[]),
            ("long", "lon", &[]),
        ];
        for (needle, text, found) in cases {
            let matches = Needle::new(needle).matches(text);
            let matches: Vec<_> = matches.iter().map(|found| (found.start, found.end)).collect();
            assert_eq!(matches, found, "{needle} in {text}");
        }
    }
}

//! Where a text that arrives in pieces stops being UTF-8.

use std::str::from_utf8;

/// Checks pieces in order. A piece may end inside a character.
#[derive(Debug, Clone, Default)]
pub struct Utf8 {
    /// How much has been checked, in bytes, including `begun`.
    at: usize,
    /// A character whose rest has not arrived yet.
    begun: Vec<u8>,
    bad: Option<usize>,
}

impl Utf8 {
    pub const fn at(&self) -> usize {
        self.at
    }

    /// The first byte that is not part of a character.
    pub const fn bad(&self) -> Option<usize> {
        self.bad
    }

    pub fn push(&mut self, mut bytes: &[u8]) {
        while let (false, Some((first, rest))) = (self.begun.is_empty(), bytes.split_first()) {
            self.begun.push(*first);
            self.at += 1;
            bytes = rest;
            match from_utf8(&self.begun) {
                Ok(_) => self.begun.clear(),
                Err(error) if error.error_len().is_none() => {}
                Err(_) => {
                    self.note(self.at - self.begun.len());
                    self.begun.clear();
                }
            }
        }
        if let (None, Err(error)) = (self.bad, from_utf8(bytes)) {
            let valid = error.valid_up_to();
            if error.error_len().is_some() {
                self.note(self.at + valid);
            } else {
                self.begun.extend(bytes.iter().skip(valid));
            }
        }
        self.at += bytes.len();
    }

    /// Nothing more arrives.
    pub fn finish(&mut self) {
        if !self.begun.is_empty() {
            self.note(self.at - self.begun.len());
            self.begun.clear();
        }
    }

    fn note(&mut self, at: usize) {
        self.bad.get_or_insert(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bad_byte_is_found_wherever_pieces_end() {
        let texts: [(&[u8], Option<usize>); 7] = [
            ("a\u{e4}\u{20ac}\u{1f600}z".as_bytes(), None),
            (b"ab\xffcd", Some(2)),
            (b"ab\xe2\x82", Some(2)),
            (b"ab\xe2\x82z", Some(2)),
            (b"\x80", Some(0)),
            (b"\xed\xa0\x80", Some(0)),
            (b"", None),
        ];
        for (text, bad) in texts {
            for one in 0..=text.len() {
                for two in one..=text.len() {
                    let mut utf8 = Utf8::default();
                    utf8.push(&text[..one]);
                    utf8.push(&text[one..two]);
                    utf8.push(&text[two..]);
                    utf8.finish();
                    assert_eq!(utf8.bad(), bad, "{text:?} {one} {two}");
                    assert_eq!(utf8.at(), text.len());
                }
            }
        }
    }
}

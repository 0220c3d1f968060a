//! Which lines are visible, and which line is at a position of the view.

use std::ops::Range;

use crate::bits::Bits;

/// How many words have one count.
const WORDS: usize = 8;
/// How many lines have one count.
const LINES: usize = WORDS * 64;

/// One bit per line, with the number of visible lines before each 512 of them, so that
/// converting between lines and positions takes a search and a few words. Folding lines
/// only recounts these numbers, which is quick for tens of millions of lines.
#[derive(Debug, Clone, Default)]
pub struct Visible {
    bits: Bits,
    before: Vec<u32>,
    count: u32,
}

impl Visible {
    /// How many lines are visible.
    pub const fn count(&self) -> usize {
        self.count as usize
    }

    pub fn push(&mut self, visible: bool) {
        if self.bits.len().is_multiple_of(LINES) {
            self.before.push(self.count);
        }
        self.bits.push(visible);
        self.count += u32::from(visible);
    }

    pub fn get(&self, line: usize) -> bool {
        self.bits.get(line)
    }

    /// Shows or hides a range. The caller must call [`recount`](Self::recount)
    /// afterwards.
    pub fn fill(&mut self, range: Range<usize>, visible: bool) {
        self.bits.fill(range, visible);
    }

    /// Counts again from a line on.
    pub fn recount(&mut self, from: usize) {
        let first = from / LINES;
        let mut count = self.before.get(first).copied().unwrap_or_default();
        let words = self.bits.words().chunks(WORDS);
        for (before, words) in self.before.iter_mut().zip(words).skip(first) {
            *before = count;
            count += words.iter().map(|word| word.count_ones()).sum::<u32>();
        }
        self.count = count;
    }

    /// How many visible lines come before a line: its position if it is visible.
    pub fn place(&self, line: usize) -> usize {
        let block = line / LINES;
        let Some(before) = self.before.get(block) else { return self.count() };
        let words = self.bits.words().iter().skip(block * WORDS);
        let whole = (line % LINES) / 64;
        let mut place = *before;
        for (at, word) in words.take(whole + 1).enumerate() {
            let word = if at == whole { word & !(u64::MAX << (line % 64)) } else { *word };
            place += word.count_ones();
        }
        place as usize
    }

    /// The line at a position.
    pub fn line(&self, place: usize) -> Option<usize> {
        if place >= self.count() {
            return None;
        }
        let block = self.before.partition_point(|before| *before as usize <= place) - 1;
        let mut left = place - *self.before.get(block)? as usize;
        for (at, word) in self.bits.words().iter().enumerate().skip(block * WORDS) {
            let here = word.count_ones() as usize;
            if left < here {
                let mut word = *word;
                for _ in 0..left {
                    word &= word - 1;
                }
                return Some(at * 64 + word.trailing_zeros() as usize);
            }
            left -= here;
        }
        None
    }

    pub fn memory(&self) -> usize {
        self.bits.memory() + self.before.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_places_lead_to_one_another() {
        let mut visible = Visible::default();
        (0..5_000).for_each(|line| visible.push(line % 3 != 0));
        for hidden in [100..100, 0..700, 511..513, 600..4_000] {
            visible.fill(hidden.clone(), false);
            visible.recount(hidden.start);
            let expected: Vec<usize> = (0..5_000).filter(|line| visible.get(*line)).collect();
            assert_eq!(visible.count(), expected.len());
            for (place, line) in expected.iter().enumerate() {
                assert_eq!(visible.line(place), Some(*line));
                assert_eq!(visible.place(*line), place);
            }
            assert_eq!(visible.line(expected.len()), None);
        }
    }
}

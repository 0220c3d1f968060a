//! A list of booleans, one bit each.

use std::ops::Range;

/// Bits by number.
#[derive(Debug, Clone, Default)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    pub const fn len(&self) -> usize {
        self.len
    }

    pub fn words(&self) -> &[u64] {
        &self.words
    }

    pub fn push(&mut self, bit: bool) {
        let place = self.len % 64;
        if place == 0 {
            self.words.push(0);
        }
        if let Some(word) = self.words.last_mut() {
            *word |= u64::from(bit) << place;
        }
        self.len += 1;
    }

    pub fn get(&self, at: usize) -> bool {
        self.words.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// Sets all bits of a range. Bits beyond the end are ignored.
    pub fn fill(&mut self, range: Range<usize>, bit: bool) {
        let (from, to) = (range.start, range.end.min(self.len));
        if from >= to {
            return;
        }
        let (first, last) = (from / 64, (to - 1) / 64);
        let head = u64::MAX << (from % 64);
        let tail = u64::MAX >> (63 - (to - 1) % 64);
        let Some(words) = self.words.get_mut(first..=last) else { return };
        let end = words.len() - 1;
        for (at, word) in words.iter_mut().enumerate() {
            let mut mask = u64::MAX;
            if at == 0 {
                mask &= head;
            }
            if at == end {
                mask &= tail;
            }
            if bit {
                *word |= mask;
            } else {
                *word &= !mask;
            }
        }
    }

    /// The first bit of a range that is set.
    pub fn next_set(&self, range: Range<usize>) -> Option<usize> {
        let mut at = range.start / 64;
        let mut mask = u64::MAX << (range.start % 64);
        while at * 64 < range.end {
            let word = self.words.get(at)? & mask;
            if word != 0 {
                let found = at * 64 + word.trailing_zeros() as usize;
                return (found < range.end).then_some(found);
            }
            mask = u64::MAX;
            at += 1;
        }
        None
    }

    pub fn memory(&self) -> usize {
        self.words.capacity() * size_of::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_set_and_found() {
        let mut bits = Bits::default();
        (0..300).for_each(|_| bits.push(false));
        for range in [0..1, 63..64, 64..128, 10..200, 250..300, 299..400, 5..5] {
            bits.fill(0..300, false);
            bits.fill(range.clone(), true);
            for at in 0..300 {
                assert_eq!(bits.get(at), range.contains(&at), "{at} of {range:?}");
            }
            let first = (range.start < range.end).then_some(range.start);
            assert_eq!(bits.next_set(0..300), first);
            assert_eq!(bits.next_set(range.end.min(300)..300), None);
        }
    }
}

//! A list that grows without ever moving its items.
//!
//! A vector that doubles copies everything at once and needs three times its size
//! meanwhile; with tens of megabytes that is a pause and a peak.

const SHIFT: usize = 16;
const SIZE: usize = 1 << SHIFT;

/// A list in blocks of 65,536 items.
#[derive(Debug, Clone)]
pub struct Blocks<T> {
    blocks: Vec<Vec<T>>,
    len: usize,
}

impl<T> Default for Blocks<T> {
    fn default() -> Self {
        Self { blocks: Vec::new(), len: 0 }
    }
}

impl<T: Copy> Blocks<T> {
    pub const fn len(&self) -> usize {
        self.len
    }

    /// The block that has room. Only the first one grows with its content, so that a
    /// short list takes little memory.
    fn open_block(&mut self) -> Option<&mut Vec<T>> {
        if self.blocks.last().is_none_or(|block| block.len() == SIZE) {
            let size = if self.blocks.is_empty() { 0 } else { SIZE };
            self.blocks.push(Vec::with_capacity(size));
        }
        self.blocks.last_mut()
    }

    pub fn push(&mut self, item: T) {
        if let Some(block) = self.open_block() {
            block.push(item);
            self.len += 1;
        }
    }

    pub fn extend(&mut self, mut items: &[T]) {
        while !items.is_empty() {
            let Some(block) = self.open_block() else { return };
            let room = (SIZE - block.len()).min(items.len());
            let (now, later) = items.split_at(room);
            block.extend_from_slice(now);
            self.len += now.len();
            items = later;
        }
    }

    pub fn get(&self, at: usize) -> Option<T> {
        self.blocks.get(at >> SHIFT)?.get(at & (SIZE - 1)).copied()
    }

    pub fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        self.blocks.get_mut(at >> SHIFT)?.get_mut(at & (SIZE - 1))
    }

    /// The items from `at` on that lie in one piece: up to the end of their block.
    pub fn piece(&self, at: usize) -> &[T] {
        self.blocks
            .get(at >> SHIFT)
            .and_then(|block| block.get(at & (SIZE - 1)..))
            .unwrap_or_default()
    }

    /// All items, in pieces.
    pub fn pieces(&self) -> impl Iterator<Item = &[T]> {
        self.blocks.iter().map(Vec::as_slice)
    }

    /// The pieces of a range.
    pub fn part(&self, mut from: usize, to: usize) -> impl Iterator<Item = &[T]> {
        std::iter::from_fn(move || {
            let piece = self.piece(from);
            let piece = piece.get(..piece.len().min(to.saturating_sub(from))).unwrap_or_default();
            from += piece.len();
            (!piece.is_empty()).then_some(piece)
        })
    }

    /// How many of the first items fulfil `test`, if all that do come first.
    pub fn partition_point(&self, test: impl Fn(&T) -> bool) -> usize {
        let full = self.blocks.partition_point(|block| block.first().is_some_and(&test));
        let Some(last) = full.checked_sub(1) else { return 0 };
        last * SIZE + self.blocks.get(last).map_or(0, |block| block.partition_point(&test))
    }

    /// The memory that it takes, in bytes.
    pub fn memory(&self) -> usize {
        self.blocks.iter().map(Vec::capacity).sum::<usize>() * size_of::<T>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_one_list() {
        let mut list = Blocks::default();
        let items: Vec<u32> = (0..200_000).collect();
        list.extend(&items[..5]);
        list.extend(&items[5..199_999]);
        list.push(199_999);
        assert_eq!(list.len(), items.len());
        assert_eq!(list.pieces().flatten().copied().collect::<Vec<_>>(), items);
        assert_eq!(list.part(65_530, 131_080).flatten().copied().count(), 65_550);
        assert_eq!(list.get(131_072), Some(131_072));
        assert_eq!(list.get(200_000), None);
        for at in [0, 1, 65_535, 65_536, 65_537, 199_999, 200_000] {
            assert_eq!(list.partition_point(|item| *item < at), at as usize);
        }
        assert_eq!(Blocks::<u32>::default().partition_point(|_| true), 0);
    }
}

//! Scrolls through more rows than an element can be high.
//!
//! Browsers cap the height of an element: at 33.5 million pixels in one, at 17.9 in
//! another. A list that is higher gets an element of 8 million, and its place no longer
//! follows from that of the scroll bar alone: small steps move it pixel by pixel, and
//! large ones, as when the thumb is dragged, to the same share of the whole.

/// What is surely not too high, in pixels.
const HIGHEST: f64 = 8_000_000.0;

/// The sizes of a scroller, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// How many rows there are.
    pub rows: usize,
    /// How high a row is.
    pub row: f64,
    /// How high the part is that can be seen.
    pub view: f64,
}

impl Scale {
    fn total(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a place on a screen")]
        let rows = self.rows as f64;
        rows * self.row
    }

    /// How high the element has to be.
    pub fn height(self) -> f64 {
        self.total().min(HIGHEST)
    }

    /// The farthest place.
    pub fn end(self) -> f64 {
        (self.total() - self.view).max(0.0)
    }

    /// How far the scroll bar goes.
    fn travel(self) -> f64 {
        (self.height() - self.view).max(0.0)
    }

    /// Where the scroll bar is for a place.
    pub fn bar(self, top: f64) -> f64 {
        if self.total() <= HIGHEST { top } else { top / self.end() * self.travel() }
    }

    /// The place after the scroll bar has moved from `before` to `now`.
    pub fn moved(self, top: f64, before: f64, now: f64) -> f64 {
        let step = now - before;
        let place = if self.total() <= HIGHEST {
            now
        } else if now <= 0.0 {
            0.0
        } else if now >= self.travel() - 1.0 {
            self.end()
        } else if step.abs() < self.view {
            top + step
        } else {
            now / self.travel() * self.end()
        };
        place.clamp(0.0, self.end())
    }

    /// The first row that can be seen, and how much of it is above the edge.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative")]
    pub fn first(self, top: f64) -> (usize, f64) {
        let first = (top.clamp(0.0, self.end()) / self.row).floor();
        (first as usize, top.clamp(0.0, self.end()) - first * self.row)
    }

    /// How many rows can be seen at once, in part or as a whole.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative")]
    pub fn seen(self) -> usize {
        (self.view / self.row).ceil() as usize + 1
    }

    /// The place nearest to `top` at which a row can be seen as a whole.
    pub fn reach(self, top: f64, row: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a place on a screen")]
        let above = row as f64 * self.row;
        let below = above + self.row - self.view;
        if top > above { above } else { top.max(below) }.clamp(0.0, self.end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(rows: usize) -> Scale {
        Scale { rows, row: 20.0, view: 500.0 }
    }

    #[test]
    fn a_list_that_fits_follows_the_scroll_bar() {
        let scale = scale(1_000);
        assert_eq!((scale.height(), scale.end()), (20_000.0, 19_500.0));
        assert_eq!(scale.moved(0.0, 0.0, 1_010.0), 1_010.0);
        assert_eq!(scale.first(1_010.0), (50, 10.0));
        assert_eq!((scale.bar(1_010.0), scale.seen()), (1_010.0, 26));
    }

    #[test]
    fn a_higher_one_moves_row_by_row_and_reaches_both_ends() {
        let scale = scale(5_000_000);
        assert_eq!(scale.height(), HIGHEST);
        let middle = scale.end() / 2.0;
        let bar = scale.bar(middle);
        assert_eq!(scale.moved(middle, bar, bar + 100.0), middle + 100.0);
        assert_eq!(scale.moved(middle, bar, bar - 20.0), middle - 20.0);
        let quarter = (HIGHEST - 500.0) / 4.0;
        assert_eq!(scale.moved(middle, bar, quarter), scale.end() / 4.0);
        assert_eq!(scale.moved(middle, bar, 0.0), 0.0);
        assert_eq!(scale.moved(middle, bar, HIGHEST - 500.0), scale.end());
        assert_eq!(scale.first(scale.end()).0, 5_000_000 - 25);
    }

    #[test]
    fn a_row_is_brought_into_sight_by_the_shortest_way() {
        let scale = scale(1_000);
        assert_eq!(scale.reach(1_000.0, 60), 1_000.0);
        assert_eq!(scale.reach(1_000.0, 10), 200.0);
        assert_eq!(scale.reach(1_000.0, 100), 1_520.0);
        assert_eq!(scale.reach(0.0, 999), scale.end());
        assert_eq!(self::scale(3).reach(0.0, 2), 0.0);
    }
}

//! Scrolls through more rows than fit into the maximum height of an element.
//!
//! Browsers cap the height of an element: at 33.5 million pixels in one, at 17.9 in
//! another. A taller list gets an element of 8 million pixels, and its position no longer
//! follows from the scroll bar alone: small steps move it pixel by pixel, and large ones,
//! such as dragging the thumb, move it proportionally.

/// A height that every browser supports, in pixels.
const HIGHEST: f64 = 8_000_000.0;

/// The sizes of a scroller, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Number of rows.
    pub rows: usize,
    /// Height of a row.
    pub row: f64,
    /// Height of the visible part.
    pub view: f64,
}

impl Scale {
    fn total(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a position on a screen")]
        let rows = self.rows as f64;
        rows * self.row
    }

    /// Height of the element.
    pub fn height(self) -> f64 {
        self.total().min(HIGHEST)
    }

    /// The last position.
    pub fn end(self) -> f64 {
        (self.total() - self.view).max(0.0)
    }

    /// The range of the scroll bar.
    fn travel(self) -> f64 {
        (self.height() - self.view).max(0.0)
    }

    /// The position of the scroll bar for a position in the list.
    pub fn bar(self, top: f64) -> f64 {
        if self.total() <= HIGHEST { top } else { top / self.end() * self.travel() }
    }

    /// The position after the scroll bar has moved from `before` to `now`.
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

    /// The first visible row, and how much of it is above the edge.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative")]
    pub fn first(self, top: f64) -> (usize, f64) {
        let first = (top.clamp(0.0, self.end()) / self.row).floor();
        (first as usize, top.clamp(0.0, self.end()) - first * self.row)
    }

    /// Number of rows that are visible at once, in part or in full.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative")]
    pub fn seen(self) -> usize {
        (self.view / self.row).ceil() as usize + 1
    }

    /// The position nearest to `top` at which a row is fully visible.
    pub fn reach(self, top: f64, row: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a position on a screen")]
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

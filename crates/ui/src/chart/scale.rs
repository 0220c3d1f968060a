//! From values to places on the screen and back.

/// A straight line from an interval of values to one of pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    from: f64,
    to: f64,
    start: f64,
    end: f64,
}

impl Scale {
    /// Puts `from` at `start` and `to` at `end`. An interval of values without any
    /// length gets one.
    pub fn new((from, to): (f64, f64), (start, end): (f64, f64)) -> Self {
        let to = if to - from > 0.0 { to } else { from + 1.0 };
        Self { from, to, start, end }
    }

    /// Where a value is.
    pub fn place(self, value: f64) -> f64 {
        self.start + (value - self.from) / (self.to - self.from) * (self.end - self.start)
    }

    /// The value at a place, within the interval.
    pub fn value(self, place: f64) -> f64 {
        let length = self.end - self.start;
        let part = if length == 0.0 { 0.0 } else { (place - self.start) / length };
        self.from + part.clamp(0.0, 1.0) * (self.to - self.from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let scale = Scale::new((10.0, 20.0), (100.0, 0.0));
        assert_eq!(scale.place(10.0), 100.0);
        assert_eq!(scale.place(15.0), 50.0);
        assert_eq!(scale.value(25.0), 17.5);
        assert_eq!([scale.value(-5.0), scale.value(500.0)], [20.0, 10.0]);
    }

    #[test]
    fn an_interval_without_length_divides_by_nothing() {
        assert!(Scale::new((5.0, 5.0), (0.0, 100.0)).place(5.0).is_finite());
        assert!(Scale::new((0.0, 1.0), (7.0, 7.0)).value(7.0).is_finite());
    }
}

//! A number of a run, its bound, and what it comes to over several runs.

/// One number of a run, as a part of a whole.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    /// What it is, for a table.
    pub label: &'static str,
    /// The part.
    pub part: f64,
    /// The whole; 1 where the number stands for itself.
    pub whole: f64,
    /// What it may be.
    pub bound: Bound,
    /// How it is written.
    pub unit: Unit,
}

/// What a number may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// At most this, over all runs together.
    Mean(f64),
    /// At most this, in every run.
    Worst(f64),
    /// This, in every run.
    Exactly(f64),
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// As a share, in per cent.
    Percent,
    /// With three places.
    Ratio,
    /// As a whole number, or with one place where it is a mean.
    Count,
    /// In milliseconds.
    Millis,
}

impl Unit {
    /// A number as text.
    #[must_use]
    pub fn write(self, value: f64) -> String {
        match self {
            Self::Percent => format!("{:.1} %", value * 100.0),
            Self::Ratio => format!("{value:.3}"),
            Self::Count if value.fract() == 0.0 => format!("{value:.0}"),
            Self::Count => format!("{value:.1}"),
            Self::Millis => format!("{value:.0} ms"),
        }
    }
}

impl Measure {
    /// A share of a whole.
    #[must_use]
    pub fn share(label: &'static str, part: usize, whole: usize, bound: Bound) -> Self {
        let (part, whole) = (part as f64, whole.max(1) as f64);
        Self { label, part, whole, bound, unit: Unit::Percent }
    }

    /// A number of things.
    #[must_use]
    pub fn count(label: &'static str, count: u32, bound: Bound) -> Self {
        Self { label, part: f64::from(count), whole: 1.0, bound, unit: Unit::Count }
    }
}

/// What a number comes to over several runs.
#[derive(Debug, Clone, Copy)]
pub struct Total {
    all: Measure,
    least: f64,
    most: f64,
}

impl Total {
    /// That of the first run.
    #[must_use]
    pub fn of(measure: Measure) -> Self {
        let value = measure.part / measure.whole;
        Self { all: measure, least: value, most: value }
    }

    /// Adds another run.
    pub fn add(&mut self, measure: &Measure) {
        let value = measure.part / measure.whole;
        self.all.part += measure.part;
        self.all.whole += measure.whole;
        self.least = self.least.min(value);
        self.most = self.most.max(value);
    }

    /// What it is.
    #[must_use]
    pub fn label(&self) -> &'static str {
        self.all.label
    }

    /// All runs together, as text.
    #[must_use]
    pub fn mean(&self) -> String {
        self.all.unit.write(self.all.part / self.all.whole)
    }

    /// The greatest of one run, as text.
    #[must_use]
    pub fn worst(&self) -> String {
        self.all.unit.write(self.most)
    }

    /// What it may be, in words.
    #[must_use]
    pub fn bound(&self) -> String {
        match self.all.bound {
            Bound::Mean(most) => format!("{} on average", self.all.unit.write(most)),
            Bound::Worst(most) => format!("{} at most", self.all.unit.write(most)),
            Bound::Exactly(value) => format!("{} always", self.all.unit.write(value)),
        }
    }

    /// Whether the bound is kept.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        match self.all.bound {
            Bound::Mean(most) => self.all.part / self.all.whole <= most,
            Bound::Worst(most) => self.most <= most,
            Bound::Exactly(value) => self.least >= value && self.most <= value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(bound: Bound, values: [u32; 2]) -> Total {
        let [first, second] = values.map(|value| Measure::count("runs", value, bound));
        let mut total = Total::of(first);
        total.add(&second);
        total
    }

    #[test]
    fn a_bound_is_about_all_runs_or_about_each() {
        assert!(total(Bound::Mean(2.0), [1, 3]).is_kept());
        assert!(!total(Bound::Mean(2.0), [2, 3]).is_kept());
        assert!(!total(Bound::Worst(2.0), [1, 3]).is_kept());
        assert!(total(Bound::Exactly(1.0), [1, 1]).is_kept());
        assert!(!total(Bound::Exactly(1.0), [1, 0]).is_kept());
        assert_eq!(total(Bound::Mean(2.0), [1, 2]).mean(), "1.5");
        assert_eq!(total(Bound::Worst(2.0), [1, 2]).worst(), "2");
    }
}

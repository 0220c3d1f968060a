//! The range of measurements shown, as the address holds it.

use std::fmt;
use std::str::FromStr;

const HOUR: f64 = 3_600_000.0;

/// A range of time that ends at the newest measurement, or a selected one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Range {
    /// The last hour.
    Hour,
    /// The last six hours.
    SixHours,
    /// The last day.
    #[default]
    Day,
    /// All measurements.
    All,
    /// From one second since 1970 to a later one.
    Between(u64, u64),
}

impl Range {
    /// The range between two times in epoch milliseconds.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "times since 1970")]
    pub fn between((from, to): (f64, f64)) -> Self {
        let seconds = |ms: f64| (ms.max(0.0) / 1_000.0) as u64;
        Self::Between(seconds(from), seconds(to + 999.0).max(seconds(from) + 1))
    }

    /// Whether the user selected it in a chart.
    pub fn is_chosen(self) -> bool {
        matches!(self, Self::Between(..))
    }

    /// Its start and end, for the times of the oldest and newest measurement; all in epoch
    /// milliseconds.
    #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
    pub fn span(self, (first, last): (f64, f64)) -> (f64, f64) {
        match self {
            Self::Hour => (last - HOUR, last),
            Self::SixHours => (last - 6.0 * HOUR, last),
            Self::Day => (last - 24.0 * HOUR, last),
            Self::All => (first, last),
            Self::Between(from, to) => (from as f64 * 1_000.0, to as f64 * 1_000.0),
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hour => f.write_str("1h"),
            Self::SixHours => f.write_str("6h"),
            Self::Day => f.write_str("24h"),
            Self::All => f.write_str("all"),
            Self::Between(from, to) => write!(f, "{from}-{to}"),
        }
    }
}

impl FromStr for Range {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let known = [Self::Hour, Self::SixHours, Self::Day, Self::All];
        if let Some(range) = known.into_iter().find(|range| range.to_string() == text) {
            return Ok(range);
        }
        let (from, to) = text.split_once('-').ok_or(())?;
        let (from, to) = (from.parse().map_err(drop)?, to.parse().map_err(drop)?);
        if from < to { Ok(Self::Between(from, to)) } else { Err(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_was_written() {
        let ranges = [
            Range::Hour,
            Range::SixHours,
            Range::Day,
            Range::All,
            Range::Between(1_795_500_000, 1_795_503_600),
        ];
        for range in ranges {
            assert_eq!(range.to_string().parse(), Ok(range));
        }
        for bad in ["", "2h", "7-7", "9-3", "-5", "a-b", "1-99999999999999999999999"] {
            assert_eq!(bad.parse::<Range>(), Err(()), "{bad}");
        }
    }

    #[test]
    fn presets_end_with_the_newest_measurement() {
        let measured = (1_000.0, 100.0 * HOUR);
        assert_eq!(Range::Hour.span(measured), (99.0 * HOUR, 100.0 * HOUR));
        assert_eq!(Range::All.span(measured), measured);
        let chosen = Range::between((1_500.0, 61_001.0));
        assert_eq!(chosen, Range::Between(1, 62));
        assert_eq!(chosen.span(measured), (1_000.0, 62_000.0));
        assert_eq!(Range::between((5.0, 5.0)), Range::Between(0, 1));
    }
}

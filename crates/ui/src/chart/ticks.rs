//! Round numbers and times for the axes.

/// Milliseconds in a minute, an hour and a day.
const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

/// The distances that times on an axis may have.
const TIME_STEPS: [f64; 15] = [
    MINUTE,
    2.0 * MINUTE,
    5.0 * MINUTE,
    10.0 * MINUTE,
    15.0 * MINUTE,
    30.0 * MINUTE,
    HOUR,
    2.0 * HOUR,
    3.0 * HOUR,
    6.0 * HOUR,
    12.0 * HOUR,
    DAY,
    2.0 * DAY,
    7.0 * DAY,
    28.0 * DAY,
];

/// Numbers from 0 on at a distance of 1, 2 or 5 times a power of ten, at most about
/// `count` of them, the last one not below `highest`.
pub fn numbers(highest: f64, count: usize) -> Vec<f64> {
    let highest = if highest.is_finite() && highest > 0.0 { highest } else { 1.0 };
    let step = step(highest / as_number(count.max(1)));
    let last = (highest / step - 1e-9).ceil().max(1.0);
    let mut ticks = Vec::new();
    let mut at = 0.0;
    while at <= last {
        ticks.push(at * step);
        at += 1.0;
    }
    ticks
}

/// The smallest of 1, 2 and 5 times a power of ten that is not below `least`.
fn step(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= least * (1.0 - 1e-9));
    factor.unwrap_or(10.0) * power
}

/// Round times between `from` and `to` (epoch milliseconds), at most about `count` of
/// them. `offset` is what is added to UTC for the time that is shown.
pub fn times(from: f64, to: f64, offset: f64, count: usize) -> Vec<f64> {
    let least = (to - from) / as_number(count.max(1));
    let step = TIME_STEPS.into_iter().find(|step| *step >= least).unwrap_or(28.0 * DAY);
    let mut ticks = Vec::new();
    let mut at = ((from + offset) / step).ceil() * step - offset;
    // A span beyond all steps would have more ticks than there is room for.
    while at <= to && ticks.len() <= count.saturating_mul(2) {
        ticks.push(at);
        at += step;
    }
    ticks
}

/// The time of day, `14:05`; `ms` has its offset added already.
pub fn clock(ms: f64) -> String {
    let minutes = (ms.rem_euclid(DAY) / MINUTE).floor();
    format!("{:02}:{:02}", (minutes / 60.0).floor(), minutes % 60.0)
}

/// Whether a time (with its offset) is the beginning of a day.
pub fn is_midnight(ms: f64) -> bool {
    ms.rem_euclid(DAY) < MINUTE
}

#[expect(clippy::cast_precision_loss, reason = "counts of ticks are small")]
fn as_number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_round_and_reach_the_highest() {
        assert_eq!(numbers(500.0, 5), [0.0, 100.0, 200.0, 300.0, 400.0, 500.0]);
        assert_eq!(numbers(213.0, 4), [0.0, 100.0, 200.0, 300.0]);
        assert_eq!(numbers(0.3, 3), [0.0, 0.1, 0.2, 0.30000000000000004]);
        assert_eq!(numbers(7.0, 4), [0.0, 2.0, 4.0, 6.0, 8.0]);
        for odd in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(numbers(odd, 2), [0.0, 0.5, 1.0]);
        }
    }

    #[test]
    fn there_are_never_many() {
        for highest in [1.0, 1.01, 3.0, 9.99, 12.0, 4.9e8, 5.1e8] {
            let ticks = numbers(highest, 4);
            assert!((2..=6).contains(&ticks.len()), "{highest}: {ticks:?}");
            assert!(*ticks.last().unwrap() >= highest);
        }
        assert!(times(0.0, 1e15, 0.0, 6).len() <= 13);
    }

    #[test]
    fn times_are_round_where_they_are_shown() {
        // 2026-11-24 18:08 UTC.
        let now = 1_795_543_680_000.0;
        let day = times(now - DAY, now, 0.0, 8);
        let text: Vec<String> = day.iter().map(|at| clock(*at)).collect();
        assert_eq!(text, ["21:00", "00:00", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00"]);
        assert!(is_midnight(day[1]) && !is_midnight(day[0]));
        // In Nepal, noon is not on the hour of UTC.
        let offset = 5.75 * HOUR;
        for at in times(now - 6.0 * HOUR, now, offset, 6) {
            assert!(clock(at + offset).ends_with(":00"), "{}", clock(at + offset));
        }
        assert_eq!(times(now - HOUR, now, 0.0, 6).len(), 6);
    }
}

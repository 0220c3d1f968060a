//! Durations for a person.

use crate::runtime::Millis;

/// The duration in the one unit that says enough, rounded up.
pub fn duration(ms: Millis) -> String {
    let seconds = ms.div_ceil(1_000);
    match seconds {
        0..=120 => format!("{seconds} s"),
        121..=7_200 => format!("{} min", seconds.div_ceil(60)),
        7_201..=172_800 => format!("{} h", seconds.div_ceil(3_600)),
        _ => format!("{} days", seconds.div_ceil(86_400)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_short() {
        for (ms, text) in [
            (0, "0 s"),
            (40_001, "41 s"),
            (120_000, "120 s"),
            (120_001, "3 min"),
            (7_200_001, "3 h"),
            (6 * 86_400_000, "6 days"),
        ] {
            assert_eq!(duration(ms), text);
        }
    }
}

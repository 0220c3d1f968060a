//! Money in words.

use crate::words::numbers::grouped;

/// An amount in US dollars, given in cents: `$1,234.50`, `−$0.05`.
#[must_use]
pub fn dollars(cents: i64) -> String {
    let sign = if cents < 0 { "−" } else { "" };
    let all = cents.unsigned_abs();
    let whole = u32::try_from(all / 100).map_or_else(|_| (all / 100).to_string(), grouped);
    format!("{sign}${whole}.{:02}", all % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cents_are_always_two() {
        for (cents, text) in [
            (0, "$0.00"),
            (5, "$0.05"),
            (81, "$0.81"),
            (1_000, "$10.00"),
            (123_450, "$1,234.50"),
            (-5, "−$0.05"),
            (i64::MIN, "−$92233720368547758.08"),
        ] {
            assert_eq!(dollars(cents), text);
        }
    }
}

//! How long a card is valid, and how its number is shown.

/// Whether a card can still be charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// For more than the next month.
    Valid,
    /// Until the end of this month or of the next.
    EndsSoon,
    /// No longer.
    Expired,
    /// The API does not say.
    Unknown,
}

/// A card is valid through the last day of its month. `now` is year and month.
pub fn validity(exp_month: u32, exp_year: u32, now: (i64, i64)) -> Validity {
    if !(1..=12).contains(&exp_month) || exp_year == 0 {
        return Validity::Unknown;
    }
    let count = |year: i64, month: i64| year * 12 + month;
    match count(full_year(exp_year).into(), exp_month.into()) - count(now.0, now.1) {
        ..0 => Validity::Expired,
        0..=1 => Validity::EndsSoon,
        _ => Validity::Valid,
    }
}

/// Month and year as on a card, `03/2028`.
pub fn expiry(exp_month: u32, exp_year: u32) -> String {
    format!("{exp_month:02}/{}", full_year(exp_year))
}

/// The last four digits: they travel as a number, which has lost its leading zeros.
pub fn last_four(number: u32) -> String {
    format!("•••• {number:04}")
}

/// Some write two digits of the year.
fn full_year(year: u32) -> u32 {
    if year < 100 { 2000 + year } else { year }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_come_back() {
        assert_eq!([5, 42, 4242].map(last_four), ["•••• 0005", "•••• 0042", "•••• 4242"]);
        assert_eq!(expiry(3, 28), "03/2028");
    }

    #[test]
    fn a_card_is_valid_through_its_month() {
        let now = (2026, 11);
        let check = |month, year| validity(month, year, now);
        assert_eq!(check(10, 2026), Validity::Expired);
        assert_eq!(check(11, 2026), Validity::EndsSoon);
        assert_eq!(check(12, 26), Validity::EndsSoon);
        assert_eq!(check(1, 2027), Validity::Valid);
        assert_eq!(validity(1, 2027, (2026, 12)), Validity::EndsSoon);
        assert_eq!(check(0, 2027), Validity::Unknown);
        assert_eq!(check(5, 0), Validity::Unknown);
    }
}

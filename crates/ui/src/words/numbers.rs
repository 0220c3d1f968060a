//! Numbers in words.

/// A count with its thousands apart: `12,345`.
#[must_use]
pub fn grouped(count: u32) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with its noun: `1 call`, `2,000 calls`.
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    match u32::try_from(count).unwrap_or(u32::MAX) {
        1 => format!("1 {one}"),
        count => format!("{} {many}", grouped(count)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        for (count, text) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"), (1_234_567, "1,234,567")]
        {
            assert_eq!(grouped(count), text);
        }
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!(counted(1, "call", "calls"), "1 call");
        assert_eq!(counted(0, "call", "calls"), "0 calls");
        assert_eq!(counted(2_000, "call", "calls"), "2,000 calls");
    }
}

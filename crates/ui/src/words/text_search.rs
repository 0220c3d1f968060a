//! Finding text without regard to upper and lower case.

/// Whether `text` holds `lower`, which is in lower case. It makes no copy of the text where
/// it can do without, since a filter asks this of every row at every keystroke.
#[must_use]
pub fn holds(text: &str, lower: &str) -> bool {
    if !text.is_ascii() {
        return text.to_lowercase().contains(lower);
    }
    let (text, lower) = (text.as_bytes(), lower.as_bytes());
    lower.is_empty() || text.windows(lower.len()).any(|part| part.eq_ignore_ascii_case(lower))
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn case_does_not_matter() {
        for (text, lower) in
            [("DATABASE_URL", "se_u"), ("any", ""), ("", ""), ("\u{c4}RGER", "\u{e4}r")]
        {
            assert!(holds(text, lower), "{text} {lower}");
        }
        for (text, lower) in [("DATABASE_URL", "url_"), ("", "a"), ("a", "\u{e4}")] {
            assert!(!holds(text, lower), "{text} {lower}");
        }
    }
}

//! Suggestions for mistyped words.

/// The candidate nearest to `word`, if one is near enough to be the intended word.
pub(crate) fn nearest(
    word: &str,
    candidates: impl IntoIterator<Item = &'static str>,
) -> Option<&'static str> {
    let allowed = (word.chars().count() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let known = ["gigalixir", "git", "grep"];
        for (word, expected) in
            [("gigalixer", Some("gigalixir")), ("gti", Some("git")), ("ruby", None), ("x", None)]
        {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
    }
}

//! How well the typed text matches a name: its letters must occur in order, and score best
//! at the start of words and next to each other.

/// Score of a matching letter.
const LETTER: i32 = 4;
/// Bonus for the first letter of the name or of one of its words.
const FIRST: i32 = 12;
const WORD: i32 = 10;
/// Bonus for a letter right after the previous match.
const NEXT: i32 = 10;
/// Penalty for a gap and for each letter skipped in it, up to a maximum.
const GAP: i32 = 2;
const MOST_SKIPPED: usize = 8;

/// A match: its score, and the positions of its letters, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fit {
    pub(super) score: i32,
    pub(super) marks: Vec<usize>,
}

/// Matches `typed` against `name`; both are lower-case. `None` when a letter is missing.
pub(super) fn fit(typed: &str, name: &str) -> Option<Fit> {
    let (typed, name) = (typed.as_bytes(), name.as_bytes());
    if typed.is_empty() {
        return Some(Fit { score: 0, marks: Vec::new() });
    }
    // Most names of a long list fail here, after a single pass.
    let mut rest = name.iter();
    if !typed.iter().all(|letter| rest.any(|other| other == letter)) {
        return None;
    }
    // For each typed letter: the best score that ends at each position of the name, and the
    // position of the previous letter on that path.
    let mut ways: Vec<Vec<Option<(i32, usize)>>> = Vec::with_capacity(typed.len());
    for (row, letter) in typed.iter().enumerate() {
        let before = row.checked_sub(1).and_then(|row| ways.get(row));
        let way = |at: usize| -> Option<(i32, usize)> {
            if name.get(at) != Some(letter) {
                return None;
            }
            let own = LETTER + place(name, at);
            let Some(before) = before else { return Some((own - skipped(at) / 2, at)) };
            before
                .iter()
                .enumerate()
                .take(at)
                .filter_map(|(from, way)| {
                    let (score, _) = (*way)?;
                    let gap = at - from - 1;
                    let step = if gap == 0 { NEXT } else { -GAP - skipped(gap) };
                    Some((score + own + step, from))
                })
                .max_by_key(|(score, from)| (*score, *from))
        };
        ways.push((0..name.len()).map(way).collect());
    }
    let last = ways.last()?;
    let (mut at, score) = last
        .iter()
        .enumerate()
        .filter_map(|(at, way)| way.map(|(score, _)| (at, score)))
        .max_by_key(|(at, score)| (*score, std::cmp::Reverse(*at)))?;
    let mut marks = vec![at];
    for row in ways.iter().skip(1).rev() {
        let (_, from) = (*row.get(at)?)?;
        at = from;
        marks.push(at);
    }
    marks.reverse();
    // Of two names that match equally well, prefer the shorter: less of it was not typed.
    let length = i32::try_from(name.len() / 4).unwrap_or(i32::MAX).min(16);
    Some(Fit { score: score - length, marks })
}

/// The bonus for a letter's position.
fn place(name: &[u8], at: usize) -> i32 {
    let Some(before) = at.checked_sub(1) else { return FIRST };
    let inside =
        name.get(before).is_some_and(|letter| letter.is_ascii_alphanumeric() || *letter > 127);
    if inside { 0 } else { WORD }
}

fn skipped(letters: usize) -> i32 {
    i32::try_from(letters.min(MOST_SKIPPED)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn better(typed: &str, good: &str, bad: &str) {
        let score = |name| fit(typed, name).unwrap().score;
        assert!(score(good) > score(bad), "{good} {}, {bad} {}", score(good), score(bad));
    }

    #[test]
    fn letters_must_be_there_in_their_order() {
        assert!(fit("hrn", "quiet-amber-heron").is_some());
        assert_eq!(fit("nrh", "heron"), None);
        assert_eq!(fit("herons", "heron"), None);
        assert_eq!(fit("", "heron").unwrap().score, 0);
    }

    #[test]
    fn beginnings_of_words_and_runs_win() {
        better("log", "logs", "catalog");
        better("qah", "quiet-amber-heron", "quay-rahab");
        better("heron", "quiet-amber-heron", "h-e-r-o-n-x");
        better("con", "config", "remote console");
        better("api", "api", "api-gateway-of-old");
    }

    #[test]
    fn marks_are_where_the_best_fit_is() {
        assert_eq!(fit("ah", "quiet-amber-heron").unwrap().marks, [6, 12]);
        // Prefers the run of letters over the first letter that matches.
        assert_eq!(fit("er", "e-heron").unwrap().marks, [3, 4]);
    }

    #[test]
    fn any_text_can_be_typed() {
        assert!(fit("é", "café").is_some());
        assert_eq!(fit("ü", "heron"), None);
    }
}

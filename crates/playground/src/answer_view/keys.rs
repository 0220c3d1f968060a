//! What keys do in the indented form, which is that of a tree (WAI-ARIA Authoring
//! Practices, tree view).

use backoffice_answer::{Answer, Kind, Line};

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Folds or unfolds the current line.
    Toggle,
    /// Goes to the line at a place.
    To(usize),
}

/// What a key does at a place; `None` when it means nothing there.
pub fn movement(answer: &Answer, place: usize, key: &str, page: usize) -> Option<Move> {
    let last = answer.line_count().checked_sub(1)?;
    let opens = |line: &Line| line.fold.map(|fold| !fold.folded);
    let here = answer.line(place)?;
    match key {
        "ArrowDown" => down(answer, place + 1),
        "ArrowUp" => up(answer, place.checked_sub(1)?),
        "PageDown" => down(answer, (place + page).min(last)).or_else(|| up(answer, last)),
        "PageUp" => up(answer, place.saturating_sub(page)),
        "Home" => Some(Move::To(0)),
        "End" => up(answer, last),
        "ArrowRight" => match opens(&here)? {
            true => down(answer, place + 1),
            false => Some(Move::Toggle),
        },
        "ArrowLeft" if opens(&here) == Some(true) => Some(Move::Toggle),
        "ArrowLeft" => answer.parent(place).map(Move::To),
        "Enter" | " " => opens(&here).map(|_| Move::Toggle),
        _ => None,
    }
}

/// The first line from a place on that is no closing bracket.
fn down(answer: &Answer, from: usize) -> Option<Move> {
    (from..answer.line_count()).find(|place| is_item(answer, *place)).map(Move::To)
}

/// The last line up to a place that is no closing bracket.
fn up(answer: &Answer, from: usize) -> Option<Move> {
    (0..=from).rev().find(|place| is_item(answer, *place)).map(Move::To)
}

fn is_item(answer: &Answer, place: usize) -> bool {
    answer.line(place).is_some_and(|line| line.kind != Kind::Close)
}

#[cfg(test)]
mod tests {
    use super::*;
    use backoffice_answer::Progress;

    #[test]
    fn keys_walk_the_tree() {
        let mut answer = Answer::new(40);
        answer.push(br#"{"a":[1,{"b":2}],"c":3}"#);
        answer.finish();
        while answer.step(1_000) == Progress::Working {}
        // 0 {  1 a: [  2 1  3 {  4 b  5 }  6 ]  7 c  8 }
        let cases = [
            (4, "ArrowDown", Some(Move::To(7))),
            (7, "ArrowUp", Some(Move::To(4))),
            (7, "ArrowDown", None),
            (0, "ArrowUp", None),
            (4, "ArrowLeft", Some(Move::To(3))),
            (3, "ArrowLeft", Some(Move::Toggle)),
            (0, "ArrowRight", Some(Move::To(1))),
            (2, "ArrowRight", None),
            (3, " ", Some(Move::Toggle)),
            (2, "Enter", None),
            (2, "End", Some(Move::To(7))),
            (7, "Home", Some(Move::To(0))),
            (0, "PageDown", Some(Move::To(7))),
            (7, "PageUp", Some(Move::To(2))),
            (2, "x", None),
        ];
        for (place, key, expected) in cases {
            assert_eq!(movement(&answer, place, key, 5), expected, "{key} at {place}");
        }
        answer.toggle(1);
        assert_eq!(movement(&answer, 1, "ArrowRight", 5), Some(Move::Toggle));
    }
}

//! What the rows in sight show.

use std::ops::Range;

use backoffice_answer::{Answer, Excerpt, Find, Kind, Line, View};

/// How many marks of a search are made in all rows together. With more the browser would
/// have more elements to lay out than anybody can look at.
const MARKS: usize = 100;

/// A piece of a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Piece {
    pub class: &'static str,
    /// Texts, each with whether it was searched for.
    pub parts: Vec<(String, bool)>,
}

/// A row in sight. Equal rows are the same elements.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Shown {
    /// Its place among all rows, from 0.
    pub place: usize,
    /// How far it is indented.
    pub depth: usize,
    /// The number of its line, where one begins.
    pub number: Option<usize>,
    /// Whether it is open, for what can be folded.
    pub expanded: Option<bool>,
    /// It only ends what is above it.
    pub closes: bool,
    /// Its place among its siblings, and their number when it is known.
    pub place_among: usize,
    pub siblings: Option<usize>,
    pub pieces: Vec<Piece>,
}

/// The rows of a part of the view. `near` is the byte that was found last.
pub fn shown(
    answer: &Answer,
    view: View,
    rows: Range<usize>,
    find: Option<&Find>,
    near: Option<usize>,
) -> Vec<Shown> {
    let mut marks = Marks { find, left: MARKS };
    let row = |place| match view {
        View::Pretty => {
            let line = near.map_or_else(|| answer.line(place), |at| answer.line_near(place, at))?;
            Some(pretty(place, line, &mut marks))
        }
        View::Rows => {
            let row = answer.row(place)?;
            Some(Shown {
                place,
                depth: 0,
                number: row.first.then_some(row.number),
                expanded: None,
                closes: false,
                place_among: place + 1,
                siblings: None,
                pieces: vec![marks.piece("answer__text", row.text)],
            })
        }
    };
    rows.filter_map(row).collect()
}

fn pretty(place: usize, line: Line, marks: &mut Marks<'_>) -> Shown {
    let mut pieces = Vec::new();
    if let Some(key) = line.key {
        marks.excerpt(&mut pieces, "answer__key", key);
        pieces.push(plain("answer__mark", ": "));
    }
    let class = match line.kind {
        Kind::String => "answer__string",
        Kind::Number => "answer__number",
        Kind::Boolean | Kind::Null => "answer__word",
        Kind::Open | Kind::Close | Kind::Hollow | Kind::Pending => "answer__mark",
    };
    if class == "answer__mark" {
        pieces.push(plain(class, &line.value.text));
    } else {
        marks.excerpt(&mut pieces, class, line.value);
    }
    let mut end = String::new();
    if let Some(fold) = line.fold.filter(|fold| fold.folded) {
        let noun = match (fold.end, fold.children) {
            ('}', 1) => "key",
            ('}', _) => "keys",
            (_, 1) => "item",
            _ => "items",
        };
        pieces.push(plain("answer__count", &format!("{} {noun}", fold.children)));
        end.push(fold.end);
    }
    if line.comma {
        end.push(',');
    }
    if !end.is_empty() {
        pieces.push(plain("answer__mark", &end));
    }
    Shown {
        place,
        depth: line.depth,
        number: None,
        expanded: line.fold.map(|fold| !fold.folded),
        closes: line.kind == Kind::Close,
        place_among: line.place,
        siblings: line.siblings,
        pieces,
    }
}

fn plain(class: &'static str, text: &str) -> Piece {
    Piece { class, parts: vec![(text.to_owned(), false)] }
}

/// Marks what was searched for.
struct Marks<'a> {
    find: Option<&'a Find>,
    left: usize,
}

impl Marks<'_> {
    fn excerpt(&mut self, pieces: &mut Vec<Piece>, class: &'static str, excerpt: Excerpt) {
        let Excerpt { text, before, after } = excerpt;
        let left_out =
            |bytes: usize| plain("answer__count", &format!("\u{2026} {bytes} bytes \u{2026}"));
        if before > 0 {
            pieces.push(left_out(before));
        }
        pieces.push(self.piece(class, text));
        if after > 0 {
            pieces.push(left_out(after));
        }
    }

    fn piece(&mut self, class: &'static str, text: String) -> Piece {
        let ranges = self.find.map(|find| find.ranges(&text)).unwrap_or_default();
        let mut parts = Vec::new();
        let mut at = 0;
        for range in ranges {
            if self.left == 0 {
                break;
            }
            let (Some(before), Some(found)) = (text.get(at..range.start), text.get(range.clone()))
            else {
                continue;
            };
            if !before.is_empty() {
                parts.push((before.to_owned(), false));
            }
            parts.push((found.to_owned(), true));
            self.left -= 1;
            at = range.end;
        }
        if let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            parts.push((rest.to_owned(), false));
        }
        Piece { class, parts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backoffice_answer::Progress;

    fn rows(text: &str, view: View, word: &str) -> (Answer, Vec<Shown>) {
        let mut answer = Answer::new(40);
        answer.push(text.as_bytes());
        answer.finish();
        while answer.step(1_000) == Progress::Working {}
        answer.fold_to(2);
        let find = Find::new(word, view);
        let rows = shown(&answer, view, 0..100, Some(&find), None);
        (answer, rows)
    }

    fn text(row: &Shown) -> String {
        row.pieces.iter().flat_map(|piece| &piece.parts).map(|(text, _)| text.as_str()).collect()
    }

    #[test]
    fn lines_are_written_out() {
        let (_, rows) = rows(r#"{"a":[{"b":1},[1,2]],"c":"x"}"#, View::Pretty, "B");
        let texts: Vec<String> = rows.iter().map(text).collect();
        assert_eq!(texts, ["{", "\"a\": [", "{1 key},", "[2 items]", "],", "\"c\": \"x\"", "}"]);
        assert_eq!(rows[2].expanded, Some(false));
        assert_eq!((rows[3].place_among, rows[3].siblings), (2, Some(2)));
    }

    #[test]
    fn what_was_searched_for_is_marked_and_not_without_end() {
        let (_, rows) = rows(&format!("xaAb\n{}", "a".repeat(30).repeat(9)), View::Rows, "a");
        let parts = [("x", false), ("a", true), ("A", true), ("b", false)];
        assert_eq!(rows[0].pieces[0].parts, parts.map(|(text, found)| (text.to_owned(), found)));
        let marks = rows.iter().flat_map(|row| &row.pieces).flat_map(|piece| &piece.parts);
        assert_eq!(marks.filter(|(_, found)| *found).count(), MARKS);
    }
}

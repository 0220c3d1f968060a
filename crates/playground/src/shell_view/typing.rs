//! What keys do in the line: history and completion, as rules that need no browser.

use backoffice_shell::{Candidate, Completion};

/// Goes through what was typed before, and comes back to what was being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recall {
    /// How many lines back; 0 is what is being typed.
    back: usize,
    draft: String,
}

impl Recall {
    /// One line back; `None` when there is none.
    pub fn older(&mut self, history: &[String], typed: &str) -> Option<String> {
        let at = history.len().checked_sub(self.back + 1)?;
        if self.back == 0 {
            typed.clone_into(&mut self.draft);
        }
        self.back += 1;
        history.get(at).cloned()
    }

    /// One line on; `None` when it is what is being typed already.
    pub fn newer(&mut self, history: &[String]) -> Option<String> {
        self.back = self.back.checked_sub(1)?;
        if self.back == 0 {
            return Some(std::mem::take(&mut self.draft));
        }
        history.get(history.len().checked_sub(self.back)?).cloned()
    }
}

/// What completing does to the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completed {
    /// The line afterwards.
    pub line: String,
    /// Where the cursor is then, in bytes.
    pub cursor: usize,
    /// What is still possible, when that is more than one.
    pub candidates: Vec<Candidate>,
}

/// Fills in what is certain; `None` when there is nothing to complete.
#[must_use]
pub fn complete(line: &str, completion: Completion) -> Option<Completed> {
    let common = completion.common();
    match completion.candidates.as_slice() {
        [] => None,
        [only] => {
            let ends = if only.text.ends_with('/') { "" } else { " " };
            let (line, cursor) = replace(line, &completion, &format!("{}{ends}", only.text))?;
            Some(Completed { line, cursor, candidates: Vec::new() })
        }
        _ => {
            let (line, cursor) = replace(line, &completion, &common)?;
            Some(Completed { line, cursor, candidates: completion.candidates })
        }
    }
}

fn replace(line: &str, completion: &Completion, text: &str) -> Option<(String, usize)> {
    let before = line.get(..completion.range.start)?;
    let after = line.get(completion.range.end..)?;
    Some((format!("{before}{text}{after}"), before.len() + text.len()))
}

/// A place in UTF-16, as the browser has it, in bytes.
#[must_use]
pub fn to_bytes(line: &str, utf16: usize) -> usize {
    let mut units = 0;
    for (at, c) in line.char_indices() {
        if units >= utf16 {
            return at;
        }
        units += c.len_utf16();
    }
    line.len()
}

/// A place in bytes in UTF-16.
#[must_use]
pub fn to_utf16(line: &str, bytes: usize) -> usize {
    line.get(..bytes).unwrap_or(line).encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(texts: &[&str]) -> Vec<Candidate> {
        let candidate = |text: &&str| Candidate { text: (*text).to_owned(), about: String::new() };
        texts.iter().map(candidate).collect()
    }

    #[test]
    fn history_goes_back_and_comes_again() {
        let history = ["one".to_owned(), "two".to_owned()];
        let mut recall = Recall::default();
        assert_eq!(recall.newer(&history), None);
        assert_eq!(recall.older(&history, "dra").as_deref(), Some("two"));
        assert_eq!(recall.older(&history, "two").as_deref(), Some("one"));
        assert_eq!(recall.older(&history, "one"), None);
        assert_eq!(recall.newer(&history).as_deref(), Some("two"));
        assert_eq!(recall.newer(&history).as_deref(), Some("dra"));
        assert_eq!(recall.newer(&history), None);
    }

    #[test]
    fn one_candidate_is_filled_in_and_several_as_far_as_they_agree() {
        let completion = |texts| Completion { range: 5..7, candidates: candidates(texts) };
        let one = complete("echo pu x", completion(&["push"])).unwrap();
        assert_eq!((one.line.as_str(), one.cursor), ("echo push  x", 10));
        let two = complete("echo pu x", completion(&["pull", "push"])).unwrap();
        assert_eq!((two.line.as_str(), two.candidates.len()), ("echo pu x", 2));
        let folder = complete("echo pu", completion(&["puma/"])).unwrap();
        assert_eq!(folder.line, "echo puma/");
        assert_eq!(complete("echo pu", completion(&[])), None);
    }

    #[test]
    fn places_are_those_of_the_browser() {
        let line = "ü😀x";
        for (utf16, bytes) in [(0, 0), (1, 2), (3, 6), (4, 7), (9, 7)] {
            assert_eq!(to_bytes(line, utf16), bytes);
        }
        assert_eq!(to_utf16(line, 6), 3);
    }
}

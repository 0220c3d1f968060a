//! Rules for every text file.

use super::{Finding, SourceFile};

/// Words that mark unfinished work. Written in pieces, because this file must pass its own rule.
const UNFINISHED: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")];

/// No word that marks unfinished work.
pub(super) fn unfinished_work(file: &SourceFile) -> Vec<Finding> {
    if is_lock_file(file) {
        return Vec::new();
    }
    find(file, |line| {
        let words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        let marker = words.into_iter().find(|word| UNFINISHED.contains(word))?;
        Some(format!("`{marker}` marks unfinished work: finish it, or file it where it is tracked"))
    })
}

/// No space or tab at the end of a line, other than in recorded output.
pub(super) fn trailing_whitespace(file: &SourceFile) -> Vec<Finding> {
    if file.has_extension("snap") {
        return Vec::new();
    }
    find(file, |line| {
        line.ends_with([' ', '\t', '\r']).then(|| "whitespace at the end of the line".to_owned())
    })
}

fn is_lock_file(file: &SourceFile) -> bool {
    file.path.ends_with("Cargo.lock") || file.path.ends_with("package-lock.json")
}

fn find(file: &SourceFile, message: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    (1..)
        .zip(file.text.split('\n'))
        .filter_map(|(number, line)| Some(file.finding(number, message(line)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NONE, lines};
    use super::*;

    #[test]
    fn unfinished_words() {
        let text = format!("fine\n// {}: later\nA{}B\n", UNFINISHED[0], UNFINISHED[0]);
        assert_eq!(lines(unfinished_work, "a.md", &text), [2]);
        assert_eq!(lines(unfinished_work, "package-lock.json", &text), NONE);
    }

    #[test]
    fn whitespace_at_the_end() {
        assert_eq!(lines(trailing_whitespace, "a.css", "a \nb\n\tc\t\n"), [1, 3]);
        assert_eq!(lines(trailing_whitespace, "a.snap", "a \n"), NONE);
    }
}

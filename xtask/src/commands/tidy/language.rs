//! Plain English: no habits that make a reader read a sentence twice. `docs/voice.md` has the rules
//! that no program can check.

use super::{Finding, SourceFile};

/// The kinds of files that hold sentences of ours.
const EXTENSIONS: [&str; 10] = ["rs", "md", "rst", "ts", "css", "js", "mjs", "html", "py", "toml"];

/// Files that quote the habits.
const EXCEPTIONS: [(&str, &str); 2] = [
    (VOICE, "its examples show sentences before and after"),
    ("xtask/src/commands/tidy/language.rs", "it lists what it refuses"),
];

const VOICE: &str = "docs/voice.md";

/// A habit, as phrases in lower case, and what to write instead.
type Habit = (&'static [&'static str], &'static str);

const HABITS: [Habit; 18] = [
    (&["anew"], "write \"again\", or a verb that says it: resets, restarts, recreates"),
    (&["whoever", "whomever"], "name the actor: the user, the caller, anyone who …"),
    (
        &["for who", "of who", "to who", "from who", "with who", "than who"],
        "name the group: signed-in users, people with access",
    ),
    (
        &["is none", "are none", "was none", "were none"],
        "write \"is invalid\", \"is missing\" or \"is not a …\"",
    ),
    (&["none of what"], "write \"neither … nor …\""),
    (&["mend", "mends", "mended", "mending"], "write \"fix\""),
    (
        &["tell of", "tells of", "told of", "telling of"],
        "write \"reports\", \"shows\" or \"notifies\"",
    ),
    (&["is like that", "are like that", "be like that"], "write \"matches\""),
    (&["called like"], "write \"is named …\" or \"with this name\""),
    (
        &["on by itself", "on by themselves"],
        "write \"resumes automatically\" or \"continues without …\"",
    ),
    (&["on and on"], "write \"without end\""),
    (
        &["comes of it", "came of it", "comes of them", "came of them", "come of them"],
        "write \"the result\"",
    ),
    (&["one's own"], "write \"your own\", or whose it is"),
    (&["less what", "less those"], "write \"without\" or \"except\""),
    (&["stands in front of", "stand in front of"], "write \"overrides\" or \"comes before\""),
    (&["those of now", "that of now", "the one of now"], "write \"the current …\""),
    (&["belongs into", "belong into"], "write \"belongs in\""),
    (&["in vain", "needs a hand", "in its own time"], "say what happens, or what to do"),
];

/// The one word that makes a phrase of [`HABITS`] ordinary English, as in "there is none".
const FINE_AFTER: &str = "there";

/// No habit of [`HABITS`], whether it is in a text or in a comment.
pub(super) fn plain_english(file: &SourceFile) -> Vec<Finding> {
    let is_checked = EXTENSIONS.iter().any(|extension| file.has_extension(extension));
    if !is_checked || EXCEPTIONS.iter().any(|(path, _)| *path == file.path) {
        return Vec::new();
    }
    let words = words(&file.text);
    let mut findings = Vec::new();
    for at in 0..words.len() {
        for (phrases, instead) in HABITS {
            let Some(phrase) = phrases.iter().find(|phrase| begins(&words, at, phrase)) else {
                continue;
            };
            let line = words.get(at).map_or(1, |word| word.line);
            findings.push(file.finding(line, format!("`{phrase}`: {instead} ({VOICE})")));
        }
    }
    findings
}

/// A word of a text.
struct Word<'a> {
    text: &'a str,
    /// Counted from 1.
    line: usize,
    /// Whether it continues the sentence of the word before: only space is between them, and what
    /// begins the next line of a comment.
    continues: bool,
}

/// All words of a text. A name in code, such as `is_none`, is one word.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut line = 1;
    let mut rest = text;
    while let Some(start) = rest.find(is_part_of_word) {
        let (gap, from) = rest.split_at(start);
        let end = from.find(|letter| !is_part_of_word(letter)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        let breaks = gap.matches('\n').count();
        line += breaks;
        let continues = breaks <= 1
            && gap.chars().all(|letter| letter.is_whitespace() || "/!*#>\\".contains(letter));
        words.push(Word { text: word.trim_matches('\''), line, continues });
        rest = after;
    }
    words
}

fn is_part_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || "_'".contains(letter)
}

/// Whether a phrase begins at this word. Only its first word may have a capital: `is None` is code.
fn begins(words: &[Word<'_>], at: usize, phrase: &str) -> bool {
    let mut found = words.iter().skip(at);
    let mut wanted = phrase.split(' ');
    let (Some(first), Some(begin)) = (found.next(), wanted.next()) else { return false };
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    first.text.eq_ignore_ascii_case(begin)
        && wanted.all(|word| found.next().is_some_and(|at| at.continues && at.text == word))
        && !(first.continues
            && before.is_some_and(|word| word.text.eq_ignore_ascii_case(FINE_AFTER)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NONE, lines};
    use super::*;

    fn found(text: &str) -> Vec<usize> {
        lines(plain_english, "a.md", text)
    }

    #[test]
    fn every_habit_is_found() {
        for (phrases, _) in HABITS {
            for phrase in phrases {
                assert_eq!(found(&format!("Fine.\nIt {phrase}, too.\n")), [2], "{phrase}");
            }
        }
    }

    #[test]
    fn a_habit_begins_a_sentence_and_wraps_in_a_comment() {
        assert_eq!(found("Whoever asks.\nSay 'whoever'."), [1, 2]);
        let rust = "//! The app for\n//! who is signed in.\n/// A number, or what\n/// is none.\n";
        assert_eq!(lines(plain_english, "a.rs", rust), [1, 4]);
        let css = "/*\n * Pages for\n * who is not signed in.\n */\n";
        assert_eq!(lines(plain_english, "a.css", css), [2]);
        let string = "let text = \"It is \\\n            none of these\";\n";
        assert_eq!(lines(plain_english, "a.rs", string), [1]);
    }

    #[test]
    fn words_that_contain_a_habit_are_fine() {
        assert_eq!(found("We recommend an amendment to the manewver."), NONE);
        assert_eq!(found("value.is_none(), mend_all(), for_who"), NONE);
    }

    #[test]
    fn a_habit_needs_all_of_its_words_in_one_sentence() {
        assert_eq!(found("What this is for\n\nwho may read it"), NONE);
        assert_eq!(found("So it is. None is left."), NONE);
        assert_eq!(found("It is `none` of these, for (who) knows."), NONE);
        assert_eq!(found("He lives on, by itself that means little."), NONE);
    }

    #[test]
    fn there_is_none_is_plain() {
        assert_eq!(found("Empty if there is none. There are none left."), NONE);
        assert_eq!(found("It is there. Is none left?"), [1]);
    }

    #[test]
    fn none_is_a_value_in_code() {
        assert_eq!(lines(plain_english, "a.py", "if name is None:\n    pass\n"), NONE);
    }

    #[test]
    fn only_our_texts_are_checked() {
        assert_eq!(lines(plain_english, "Cargo.lock", "whoever"), NONE);
        assert_eq!(lines(plain_english, "a.snap", "whoever"), NONE);
        for (path, _) in EXCEPTIONS {
            assert_eq!(lines(plain_english, path, "whoever"), NONE);
        }
        assert_eq!(lines(plain_english, "docs/shell.md", "whoever"), [1]);
    }

    #[test]
    fn a_finding_says_what_to_write_instead() {
        let file = SourceFile { path: "a.md".to_owned(), text: "It begins anew.".to_owned() };
        let [finding] = plain_english(&file).try_into().unwrap();
        assert_eq!(
            finding.message,
            "`anew`: write \"again\", or a verb that says it: resets, restarts, recreates \
             (docs/voice.md)"
        );
    }
}

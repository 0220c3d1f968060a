//! Round trips of `.env` texts, and what is refused in them.

use proptest::prelude::*;

use crate::rules::dotenv::document::*;
use crate::rules::dotenv::text_of;

fn values(text: &str) -> Vec<(String, String)> {
    let values = Document::parse(text).values();
    values.into_iter().map(|(key, value)| (key, value.expose().to_owned())).collect()
}

fn faults(text: &str) -> Vec<usize> {
    Document::parse(text).faults(|_| false).iter().map(|fault| fault.line).collect()
}

#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    let read = values(text);
    let read: Vec<_> = read.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    assert_eq!(read, expected);
    assert_eq!(faults(text), [0; 0]);
}

#[track_caller]
fn after(text: &str, change: impl Fn(&mut Document), expected: &str) {
    let mut document = Document::parse(text);
    change(&mut document);
    assert_eq!(document.to_string(), expected);
}

#[test]
fn reads_what_loaders_agree_on() {
    check(
        "# comment\r\nA=1\r\n\nexport B = two words # why\nC='#literal \\n'\nD=\"a\\nb\"\nE=\nF=a=b\nG=# none\nH=a#b\tc\t# x",
        &[
            ("A", "1"),
            ("B", "two words"),
            ("C", "#literal \\n"),
            ("D", "a\nb"),
            ("E", ""),
            ("F", "a=b"),
            ("G", ""),
            ("H", "a#b\tc"),
        ],
    );
    check("\u{feff}K=\"one\ntwo\" # end\nL=x", &[("K", "one\ntwo"), ("L", "x")]);
    check("A=1\nA=2", &[("A", "2")]);
    check("export=1\nexporter=2", &[("export", "1"), ("exporter", "2")]);
}

#[test]
fn names_the_lines_of_all_mistakes() {
    let text = "A=1\nnothing\n2X=3\nL=\"a\nb\"\nB='open\nC='x' y";
    assert_eq!(faults(text), [2, 3, 6, 7]);
    let known = Document::parse(text).faults(|key| key == "2X");
    assert_eq!(known.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2, 6, 7]);
    assert!(!known.iter().any(|fault| fault.to_string().contains("open'")));
    assert_eq!(
        Document::parse("A=1\nB=2\n# A=3\nA=4").duplicates(),
        [("A".to_owned(), vec![1, 4])]
    );
}

#[test]
fn a_change_leaves_everything_else_alone() {
    let text = "# head\n\nexport A = 'x'  # why\nB=\"l1\nl2\"\r\nC=plain\n# tail";
    let set = |key: &'static str, value: &'static str| {
        move |document: &mut Document| document.set(key, value)
    };
    after(text, set("A", "y z"), &text.replace("'x'", "'y z'"));
    after(text, set("A", "it's"), &text.replace("'x'", "\"it's\""));
    after(text, set("B", "1\n2\n3"), &text.replace("l1\nl2", "1\n2\n3"));
    after(text, set("C", "two words"), &text.replace("plain", "\"two words\""));
    after(text, set("C", "plain"), text);
    after(text, set("D", "1"), &format!("{text}\r\nD=1\r\n"));
    after("G=# none", set("G", "x"), "G=x # none");
    after("A=1\nA=2\n", set("A", "3"), "A=1\nA=3\n");
    after("", set("A", "1"), "A=1\n");
    after(text, |document| document.remove("C"), &text.replace("C=plain\n", ""));
    after(text, |document| document.rename("A", "Z"), &text.replace("A =", "Z ="));
    after("A=1\nB=2\nA=3\n", |document| document.rename("A", "B"), "B=3\n");
}

#[test]
fn knows_its_comments() {
    for (text, expected) in [("A=1\n\n", false), ("A='#'", false), ("A=1 # b", true), ("#", true)] {
        assert_eq!(Document::parse(text).has_comments(), expected, "{text}");
    }
}

/// A line of the sort that people write, or close to it.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "(export )?[A-D] ?= ?[a-z#'\" ]{0,6}",
        "[A-D]='[^']{0,8}'( # why)?",
        "[A-D]=\"[a-z\\n #\\\\]{0,8}\"[ ]{0,2}",
        "[ ]{0,2}#.{0,8}",
        "[ \\t]{0,3}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec((line(), prop_oneof![Just("\n"), Just("\r\n")]), 0..8)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

proptest! {
    #[test]
    fn the_pieces_are_the_text(text in any::<String>()) {
        prop_assert_eq!(Document::parse(&text).to_string(), text);
    }

    #[test]
    fn the_pieces_of_plausible_text_are_the_text(text in text()) {
        prop_assert_eq!(Document::parse(&text).to_string(), text);
    }

    #[test]
    fn what_is_set_is_read_back_and_nothing_else_changes(
        text in text(),
        key in "[A-E]",
        value in any::<String>(),
    ) {
        let mut document = Document::parse(&text);
        prop_assume!(document.faults(|_| true).is_empty());
        let mut expected = document.values();
        document.set(&key, &value);
        expected.insert(key.clone(), value.clone().into());
        let again = Document::parse(&document.to_string());
        prop_assert_eq!(again.values(), expected.clone());
        prop_assert!(again.faults(|_| true).is_empty());

        document.remove(&key);
        expected.remove(&key);
        prop_assert_eq!(Document::parse(&document.to_string()).values(), expected);
    }

    #[test]
    fn a_document_of_variables_holds_them(
        configs in prop::collection::btree_map("[A-Z.-]{1,4}", any::<String>(), 0..6),
    ) {
        let configs: Configs = configs.into_iter().map(|(key, value)| (key, value.into())).collect();
        prop_assert_eq!(Document::parse(&text_of(&configs)).values(), configs);
    }
}

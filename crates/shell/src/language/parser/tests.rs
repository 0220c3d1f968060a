//! The language of the shell.

use proptest::prelude::*;

use crate::language::parser::*;

fn words(text: &str) -> Vec<String> {
    let script = parse(text).unwrap();
    let commands = script.0.iter().flat_map(|item| &item.first.commands);
    commands.flat_map(|command| &command.words).map(|word| word.literal().unwrap()).collect()
}

#[test]
fn splits_words_as_a_shell_does() {
    for (text, expected) in [
        ("mix  ecto.migrate", vec!["mix", "ecto.migrate"]),
        (r#"a'b'"c\d"\ e"#, vec![r"abc\d e"]),
        ("echo '' \"\" # comment", vec!["echo", "", ""]),
        ("echo a#b", vec!["echo", "a#b"]),
        ("echo a \\\n  b", vec!["echo", "a", "b"]),
        ("# only a comment", vec![]),
        ("echo 'a\nb'", vec!["echo", "a\nb"]),
    ] {
        assert_eq!(words(text), expected, "{text}");
    }
}

#[test]
fn reads_joins_pipes_and_redirects() {
    let script = parse("a && b | c || d > f 2>&1; E=1 F=$(g \"h)\") i").unwrap();
    let [first, second] = script.0.as_slice() else { panic!("{script:?}") };
    let joins: Vec<_> =
        first.rest.iter().map(|(join, line)| (*join, line.commands.len())).collect();
    assert_eq!(joins, [(Join::And, 2), (Join::Or, 1)]);
    assert_eq!(first.rest[1].1.commands[0].redirects.len(), 2);
    let names: Vec<_> =
        second.first.commands[0].assignments.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["E", "F"]);
}

#[test]
fn here_documents_end_at_their_word() {
    let script = parse("cat <<EOF > f && b\n one $A\n\"two\"\nEOF\nc").unwrap();
    let [first, second] = script.0.as_slice() else { panic!("{script:?}") };
    let Redirect::Here(text) = &first.first.commands[0].redirects[0] else { panic!("{first:?}") };
    assert_eq!(text.0[0], Part::Quoted(" one ".into()));
    assert_eq!(text.0[2], Part::Quoted("\n\"two\"\n".into()));
    assert_eq!(second.line, 5);
}

#[test]
fn tells_the_unfinished_from_the_unknown() {
    for text in ["echo 'a", "echo \"a", "a &&", "a |", "echo $(a", "a \\", "cat <<E\nx", "a >"] {
        assert!(matches!(parse(text), Err(SyntaxError::Unfinished(_))), "{text}");
    }
    for text in ["a &", "(a)", "if a; then b; fi", "; a", "a ;; b", "echo $((1+1))", "${a%b}"] {
        assert!(matches!(parse(text), Err(SyntaxError::Unsupported(_))), "{text}");
    }
}

#[test]
fn statements_keep_their_lines() {
    let text = "# first\na && \\\n  b\n\nc; d\ncat <<E\nx\nE\n";
    let expected = [(2, "a && \\\n  b"), (5, "c; d"), (6, "cat <<E\nx\nE")];
    let expected = expected.map(|(line, text)| (line, text.to_owned()));
    assert_eq!(statements(text), expected);
}

proptest! {
    #[test]
    fn no_text_breaks_it(text in any::<String>()) {
        let _read = parse(&text);
    }

    #[test]
    fn quoted_words_survive(words_in in prop::collection::vec("[^\0\r]{0,8}", 1..4)) {
        let line: Vec<String> =
            words_in.iter().map(|word| backoffice_contract::argv::quote(word)).collect();
        let line = format!("x {}", line.join(" "));
        prop_assert_eq!(&words(&line)[1..], words_in.as_slice());
    }
}

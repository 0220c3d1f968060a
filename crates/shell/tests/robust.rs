//! Whatever the user types, the shell returns an exit code.

use backoffice_shell::Event;
use backoffice_shell::doctest::Reader;
use proptest::prelude::*;

/// Words with a meaning somewhere.
const WORDS: [&str; 62] = [
    "gigalixir",
    "git",
    "curl",
    "jq",
    "cat",
    "echo",
    "ls",
    "cd",
    "mkdir",
    "rm",
    "mv",
    "head",
    "grep",
    "wc",
    "sort",
    "mix",
    "source",
    "export",
    "unset",
    "sudo",
    "ps",
    "ps:scale",
    "ps:run",
    "pg",
    "pg:create",
    "config:set",
    "logs",
    "login",
    "signup",
    "create",
    "apps",
    "run",
    "open",
    "push",
    "commit",
    "add",
    "clone",
    "init",
    "remote",
    "config",
    "-a",
    "-n",
    "-m",
    "-r",
    "-t",
    "-p",
    "-f",
    "--free",
    "--help",
    "-X",
    "-d",
    "-y",
    "-rf",
    "A=1",
    "$A",
    "$(echo a)",
    "'a b'",
    "*",
    "..",
    "~",
    "a/b",
    "https://api.gigalixir.com/api/apps",
];

const JOINS: [&str; 9] = [" ", " ", " ", " ", " | ", " && ", " || ", "; ", " > "];

fn line() -> impl Strategy<Value = String> {
    let word = prop::sample::select(WORDS.to_vec());
    let join = prop::sample::select(JOINS.to_vec());
    prop::collection::vec((word, join), 1..9).prop_map(|pairs| {
        let mut line: String =
            pairs.iter().flat_map(|(word, join)| [*word, *join]).collect::<Vec<_>>().concat();
        line.push_str("end");
        line
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn words_in_any_order(lines in prop::collection::vec(line(), 1..6)) {
        let reader = Reader::new(1).unwrap();
        for line in lines {
            let run = reader.run(&line);
            prop_assert_eq!(run.events.last(), Some(&Event::Exit(run.status)), "{}", line);
            let completion = reader.shell().complete(&line, line.len());
            prop_assert!(completion.range.end == line.len());
        }
    }

    #[test]
    fn any_text(text in any::<String>()) {
        let reader = Reader::new(1).unwrap();
        let run = reader.run(&text);
        prop_assert!(matches!(run.events.last(), Some(Event::Exit(_))));
        for (at, _) in text.char_indices() {
            let _found = reader.shell().complete(&text, at);
        }
    }
}

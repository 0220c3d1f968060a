//! What an answer shows, by examples.
#![expect(clippy::unwrap_used, reason = "a failing test may stop where it is")]

use backoffice_answer::{Answer, Excerpt, FOUND_AT_MOST, Find, Kind, Line, Progress, Status, View};

fn read(text: impl AsRef<[u8]>) -> Answer {
    let mut answer = Answer::new(10);
    answer.push(text.as_ref());
    answer.finish();
    while answer.step(1_000) == Progress::Working {}
    answer
}

fn line(answer: &Answer, place: usize) -> Line {
    answer.line(place).unwrap()
}

fn sentence(text: &str) -> String {
    match read(text).status() {
        Status::Broken(broken) => broken.to_string(),
        status => format!("{status:?}"),
    }
}

#[test]
fn values_are_shown_as_they_were_sent() {
    let answer = read(r#"{"id":12345678901234567890,"a":1.0e+2,"a":"\u00e4\"","z":[ ],"b":-0}"#);
    let shown: Vec<_> = (0..answer.line_count()).map(|at| line(&answer, at).value.text).collect();
    let expected = ["{", "12345678901234567890", "1.0e+2", r#""\u00e4\"""#, "[]", "-0", "}"];
    assert_eq!(shown, expected);
    let kinds: Vec<_> = (0..answer.line_count()).map(|at| line(&answer, at).kind).collect();
    let expected = [
        Kind::Open,
        Kind::Number,
        Kind::Number,
        Kind::String,
        Kind::Hollow,
        Kind::Number,
        Kind::Close,
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn a_line_knows_its_place_and_its_path() {
    let text = r#"{"data":[1,[2,3],{"a b":{},"name":null},4,[5],6],"_x1":true}"#;
    let answer = read(text);
    let places: Vec<_> = (0..answer.line_count())
        .map(|at| {
            let line = line(&answer, at);
            (answer.path(at), line.place, line.siblings.unwrap())
        })
        .collect();
    let expected = [
        ("", 1, 1),
        ("data", 1, 2),
        ("data[0]", 1, 6),
        ("data[1]", 2, 6),
        ("data[1][0]", 1, 2),
        ("data[1][1]", 2, 2),
        ("data[1]", 2, 6),
        ("data[2]", 3, 6),
        (r#"data[2]["a b"]"#, 1, 2),
        ("data[2].name", 2, 2),
        ("data[2]", 3, 6),
        ("data[3]", 4, 6),
        ("data[4]", 5, 6),
        ("data[4][0]", 1, 1),
        ("data[4]", 5, 6),
        ("data[5]", 6, 6),
        ("data", 1, 2),
        ("_x1", 2, 2),
        ("", 1, 1),
    ];
    let expected: Vec<_> =
        expected.map(|(path, place, of)| (path.to_owned(), place, of)).into_iter().collect();
    assert_eq!(places, expected);
    assert_eq!(read("[[1]]").path(2), "[0][0]");
}

#[test]
fn a_folded_line_says_what_it_holds() {
    let mut answer = read(r#"{"a":{"b":[1,2,3]},"c":0}"#);
    assert_eq!(answer.toggle(2), Some(2));
    let folded = line(&answer, 2);
    let fold = folded.fold.unwrap();
    assert_eq!((fold.folded, fold.children, fold.end, folded.comma), (true, 3, ']', false));
    // The closing bracket folds too.
    assert_eq!(answer.toggle(3), Some(1));
    assert_eq!(answer.line_count(), 4);
    assert!(line(&answer, 1).comma);
    // A value has nothing to fold.
    assert_eq!(answer.toggle(2), None);
    assert_eq!(answer.toggle(99), None);
    // What was folded inside stays folded.
    answer.toggle(1);
    assert_eq!(answer.line_count(), 6);
    assert_eq!(answer.parent(2), Some(1));
    assert_eq!(answer.parent(0), None);
    answer.unfold_all();
    assert_eq!(answer.line_count(), 10);
    answer.fold_all();
    assert_eq!(answer.line_count(), 4);
}

#[test]
fn what_comes_is_there_at_once() {
    let mut answer = Answer::new(10);
    answer.push(br#"{"a":[1,{"key"#);
    assert_eq!(answer.step(1_000), Progress::Waiting);
    assert_eq!(answer.line_count(), 5);
    let last = line(&answer, 4);
    assert_eq!((last.key.unwrap().text.as_str(), last.kind), ("\"key", Kind::Pending));
    assert_eq!(line(&answer, 1).siblings, None);
    // Values that arrive in a folded list stay hidden.
    answer.toggle(1);
    assert_eq!(answer.line_count(), 2);
    answer.push(br#"":1},3],"b":"#);
    answer.step(1_000);
    assert_eq!(answer.line_count(), 3);
    assert_eq!(line(&answer, 1).fold.unwrap().children, 3);
    assert!(line(&answer, 1).comma);
    answer.push(b"2}");
    answer.finish();
    assert_eq!(answer.step(1_000), Progress::Done);
    assert_eq!(answer.line_count(), 4);
}

#[test]
fn long_tokens_are_shortened_and_opened_where_something_was_found() {
    let long = format!("{}needle{}", "\u{e4}".repeat(3_000), "o".repeat(3_000));
    let text = format!(r#"{{"{long}":{{"k":"{long}"}}}}"#);
    let mut answer = read(&text);
    let shown = line(&answer, 2).value;
    assert_eq!(shown.before + shown.text.len() + shown.after, long.len() + 2);
    assert_eq!((shown.before, shown.text.chars().count()), (0, 500));
    assert_eq!(line(&answer, 1).kind, Kind::Open);
    let mut find = Find::new("NEEDLE", View::Pretty);
    while find.step(&answer, 100) == Progress::Working {}
    assert_eq!(find.count(), 2);
    for place in [1, 2] {
        let offset = find.go_next().unwrap();
        assert_eq!(answer.reveal(offset), Some(place));
        let line = answer.line_near(place, offset).unwrap();
        let part: Excerpt = line.key.filter(|_| place == 1).unwrap_or(line.value);
        assert!(part.text.contains("needle") && part.before > 0 && part.after > 0, "{part:?}");
        assert!(!part.text.contains('\u{fffd}'));
    }
}

#[test]
fn a_search_follows_what_comes() {
    let mut answer = Answer::new(10);
    let mut find = Find::new("key", View::Pretty);
    answer.push(br#"{"key":"a KE"#);
    answer.step(1_000);
    assert_eq!(find.step(&answer, 1_000), Progress::Waiting);
    assert_eq!(find.count(), 1);
    answer.push(br#"Y key"}"#);
    answer.finish();
    answer.step(1_000);
    assert_eq!(find.step(&answer, 1_000), Progress::Done);
    assert_eq!((find.count(), find.position()), (3, None));
    assert_eq!((find.go_back(), find.position()), (Some(14), Some(3)));
    assert_eq!((find.go_next(), find.position()), (Some(2), Some(1)));
    // Brackets and commas do not match, nor does text across tokens.
    for nothing in ["{", ":", "\":\"", "", "absent"] {
        let mut find = Find::new(nothing, View::Pretty);
        assert_eq!(find.step(&answer, 1_000), Progress::Done);
        assert_eq!((find.count(), find.go_next()), (0, None), "{nothing}");
    }
    let mut find = Find::new("\":\"", View::Rows);
    assert_eq!(find.step(&answer, 1_000), Progress::Done);
    assert_eq!(find.go_next().and_then(|offset| answer.row_at(offset)), Some(0));
}

#[test]
fn a_search_ends_when_it_has_found_enough() {
    let answer = read("a".repeat(FOUND_AT_MOST + 5));
    let mut find = Find::new("A", View::Rows);
    while find.step(&answer, 100_000) == Progress::Working {}
    assert!(find.is_full());
    assert_eq!(find.count(), FOUND_AT_MOST);
}

#[test]
fn broken_json_says_where() {
    let deep = "[".repeat(1_001);
    let cases = [
        (
            "{\"a\": 1,\n \"\u{e4}\": x}",
            "Invalid JSON at line 2, column 7: expected a value, found x",
        ),
        ("[1 2]", "Invalid JSON at line 1, column 4: expected a comma or ], found 2"),
        ("[{\"a\":1]", "Invalid JSON at line 1, column 8: expected a comma or }, found ]"),
        ("[\u{20ac}]", "Invalid JSON at line 1, column 2: expected a value or ], found \u{20ac}"),
        ("[1,]", "Invalid JSON at line 1, column 4: expected a value, found ]"),
        ("{\"a\":1,}", "Invalid JSON at line 1, column 8: expected a key, found }"),
        ("[01]", "Invalid JSON at line 1, column 3: expected a comma or ], found 1"),
        ("[-]", "Invalid JSON at line 1, column 3: expected a digit, found ]"),
        (
            "[nul]",
            "Invalid JSON at line 1, column 5: expected the rest of true, false or null, found ]",
        ),
        (
            "[\"\\x\"]",
            "Invalid JSON at line 1, column 4: expected one of \"\\/bfnrtu after the backslash, found x",
        ),
        (
            "[\"\t\"]",
            "Invalid JSON at line 1, column 3: expected an escaped control character, found U+0009",
        ),
        ("[\"abc", "Invalid JSON at line 1, column 6: it ends before the closing quote."),
        ("[1,\n", "Invalid JSON at line 2, column 1: it ends before a value."),
        (
            "{\"a\":1}\n{\"a\":2}\n",
            "Invalid JSON at line 2, column 1: text follows a complete value.",
        ),
        (&deep, "At line 1, column 1001, JSON is nested more than 1,000 deep."),
    ];
    for (text, expected) in cases {
        assert_eq!(sentence(text), expected, "{text}");
    }
    assert_eq!(sentence(&format!("{}{}", "[".repeat(1_000), "]".repeat(1_000))), "Json");
}

#[test]
fn what_is_no_json_is_text() {
    for text in ["Not found", "<!doctype html>", "data: {\"a\":1}\n\n", "123 abc", "tr", "{x}"] {
        let answer = read(text);
        assert_eq!(*answer.status(), Status::Text, "{text}");
        assert_eq!(answer.line_count(), 0);
        assert!(answer.row_count() > 0);
    }
    for text in ["", " \n\t", "\u{feff}"] {
        assert_eq!(*read(text).status(), Status::Empty, "{text:?}");
    }
    for text in ["1", "\"a\"", " null ", "\u{feff}[]", "{}"] {
        let answer = read(text);
        assert_eq!((answer.status(), answer.line_count()), (&Status::Json, 1), "{text:?}");
    }
    assert_eq!(*read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").status(), Status::Binary);
}

#[test]
fn bytes_that_are_no_text_are_shown_and_said() {
    let answer = read(b"[\"a\xff\"]");
    assert_eq!(answer.invalid_utf8(), Some(3));
    assert_eq!(line(&answer, 1).value.text, "\"a\u{fffd}\"");
    assert_eq!(answer.row(0).unwrap().text, "[\"a\u{fffd}\"]");
    assert_eq!(read("[\"\u{e4}\"]").invalid_utf8(), None);
}

#[test]
fn rows_can_be_made_longer() {
    let mut answer = read("0123456789abcdef\nx");
    assert_eq!(answer.row_count(), 3);
    answer.set_columns(100);
    assert_eq!(answer.row_count(), 0);
    assert_eq!(answer.step(1_000), Progress::Done);
    assert_eq!(answer.row_count(), 2);
    assert_eq!(answer.row(1).map(|row| (row.number, row.text)), Some((2, "x".to_owned())));
}

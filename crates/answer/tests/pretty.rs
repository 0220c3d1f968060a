//! The indented form equals that of serde_json, wherever pieces end and whatever is
//! folded.

use backoffice_answer::{Answer, Find, Kind, Line, Progress, Status, View};
use proptest::prelude::*;
use serde_json::Value;

fn read(pieces: &[&[u8]]) -> Answer {
    let mut answer = Answer::new(20);
    for piece in pieces {
        answer.push(piece);
        while answer.step(7) == Progress::Working {}
    }
    answer.finish();
    while answer.step(7) == Progress::Working {}
    answer
}

fn lines(answer: &Answer) -> Vec<Line> {
    (0..answer.line_count()).filter_map(|place| answer.line(place)).collect()
}

/// The line as serde_json writes it.
fn written(line: &Line) -> String {
    let key = line.key.as_ref().map(|key| format!("{}: ", key.text)).unwrap_or_default();
    let comma = if line.comma { "," } else { "" };
    format!("{}{key}{}{comma}", "  ".repeat(line.depth), line.value.text)
}

fn pretty(answer: &Answer) -> String {
    lines(answer).iter().map(written).collect::<Vec<_>>().join("\n")
}

fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 80, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((".{0,6}", inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// Text that is almost JSON.
fn nearly() -> impl Strategy<Value = String> {
    "[\\[\\]{}\",:\\\\ \n0-9.eE+truefalsn\u{e4}-]{0,40}"
}

/// Hides the content of folded lines, the slow way.
fn visible(all: &[Line], folded: &[usize]) -> Vec<usize> {
    let mut shown = Vec::new();
    let mut number = 0;
    while let Some(line) = all.get(number) {
        shown.push(number);
        number += 1;
        if folded.contains(&line.number) {
            while all
                .get(number)
                .is_some_and(|end| end.kind != Kind::Close || end.depth != line.depth)
            {
                number += 1;
            }
            number += 1;
        }
    }
    shown
}

proptest! {
    #[test]
    fn all_lines_are_those_of_serde_json(tree in tree(), wide in any::<bool>(), cut in 0.0..1.0) {
        let expected = serde_json::to_string_pretty(&tree).unwrap();
        let sent = if wide { expected.clone() } else { tree.to_string() };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share")]
        let (head, tail) = sent.as_bytes().split_at((sent.len() as f64 * cut) as usize);
        let answer = read(&[head, tail]);
        prop_assert_eq!(answer.status(), &Status::Json);
        prop_assert_eq!(pretty(&answer), expected);
    }

    #[test]
    fn pieces_make_no_difference(text in nearly(), cut in 0_usize..40) {
        let bytes = text.as_bytes();
        let (head, tail) = bytes.split_at(cut.min(bytes.len()));
        let (whole, parts) = (read(&[bytes]), read(&[head, tail]));
        prop_assert_eq!(whole.status(), parts.status());
        prop_assert_eq!(lines(&whole), lines(&parts));
        prop_assert_eq!(whole.row_count(), parts.row_count());
    }

    #[test]
    fn it_is_json_when_serde_json_says_so(text in nearly()) {
        let answer = read(&[text.as_bytes()]);
        match serde_json::from_str::<Value>(&text) {
            Ok(_) => prop_assert_eq!(answer.status(), &Status::Json),
            // It parses numbers and escapes, and its types cannot hold all of them.
            Err(error) if error.to_string().contains("out of range") => {}
            Err(error) if error.to_string().contains("surrogate") => {}
            Err(_) => prop_assert_ne!(answer.status(), &Status::Json),
        }
    }

    #[test]
    fn folding_hides_what_is_inside(
        tree in tree(), picks in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let mut answer = read(&[tree.to_string().as_bytes()]);
        let all = lines(&answer);
        let mut folded = Vec::new();
        for pick in picks {
            let place = pick.index(answer.line_count());
            let line = answer.line(place).unwrap();
            if let Some(fold) = line.fold {
                prop_assert_eq!(answer.toggle(place), Some(place));
                if fold.folded {
                    folded.retain(|number| *number != line.number);
                } else {
                    folded.push(line.number);
                }
            }
            let shown: Vec<usize> = lines(&answer).iter().map(|line| line.number).collect();
            prop_assert_eq!(&shown, &visible(&all, &folded));
        }
        answer.unfold_all();
        prop_assert_eq!(lines(&answer), all);
    }

    #[test]
    fn folds_stay_while_more_comes(tree in tree(), cut in 0.0..1.0, pick in any::<prop::sample::Index>()) {
        let text = tree.to_string();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share")]
        let (head, tail) = text.as_bytes().split_at((text.len() as f64 * cut) as usize);
        let all = lines(&read(&[text.as_bytes()]));
        let mut answer = Answer::new(20);
        answer.push(head);
        while answer.step(7) == Progress::Working {}
        let mut folded = Vec::new();
        if answer.line_count() > 0 {
            let place = pick.index(answer.line_count());
            let line = answer.line(place).unwrap();
            if answer.toggle(place).is_some() && line.fold.is_some() {
                folded.push(line.number);
            } else {
                answer.unfold_all();
            }
        }
        answer.push(tail);
        answer.finish();
        while answer.step(7) == Progress::Working {}
        let shown: Vec<usize> = lines(&answer).iter().map(|line| line.number).collect();
        prop_assert_eq!(shown, visible(&all, &folded));
    }

    #[test]
    fn a_depth_folds_what_is_that_deep(tree in tree(), depth in 0_usize..5) {
        let mut answer = read(&[tree.to_string().as_bytes()]);
        let all = lines(&answer);
        let deep = |line: &&Line| line.fold.is_some() && line.depth >= depth;
        let folded: Vec<usize> = all.iter().filter(deep).map(|line| line.number).collect();
        answer.fold_to(depth);
        let shown: Vec<usize> = lines(&answer).iter().map(|line| line.number).collect();
        prop_assert_eq!(shown, visible(&all, &folded));
    }

    #[test]
    fn what_is_found_is_what_lines_show(tree in tree(), word in "[a-z0-9\"\u{e4}]{1,2}") {
        let mut answer = read(&[tree.to_string().as_bytes()]);
        let mut find = Find::new(&word, View::Pretty);
        while find.step(&answer, 5) == Progress::Working {}
        let searched = find.clone();
        let token = |line: &Line| {
            let value = Some(&line.value).filter(|_| line.kind != Kind::Open);
            line.key.iter().chain(value).map(|part| searched.ranges(&part.text).len()).sum::<usize>()
        };
        prop_assert_eq!(find.count(), lines(&answer).iter().map(token).sum::<usize>());
        answer.fold_to(0);
        while find.position() != Some(find.count()) && find.count() > 0 {
            let place = answer.reveal(find.go_next().unwrap()).unwrap();
            prop_assert!(token(&answer.line(place).unwrap()) > 0);
        }
    }

    #[test]
    fn nothing_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..60), place in 0_usize..80) {
        let mut answer = Answer::new(3);
        for piece in bytes.chunks(9) {
            answer.push(piece);
            answer.step(4);
            let _ = answer.line(place);
            let _ = answer.row(place);
            let _ = answer.path(place);
            let _ = answer.parent(place);
            answer.toggle(place);
            answer.reveal(place);
            let _ = answer.row_at(place);
        }
        let rows: usize = (0..answer.row_count()).filter_map(|row| answer.row(row)).count();
        prop_assert_eq!(rows, answer.row_count());
    }
}

//! What is staged against a server that changes meanwhile.

use super::*;
use crate::pages::app::config::draft::merge::Rebase;

fn configs(pairs: &[(&str, &str)]) -> Configs {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect()
}

fn three() -> Draft {
    Draft::of(configs(&[("A", "1"), ("B", "2"), ("C", "3")]))
}

#[test]
fn what_was_done_can_be_taken_back() {
    let mut draft = three();
    assert!(draft.is_pristine());
    draft.set("A", "x");
    draft.remove("B");
    draft.set("D", "4");
    let stage = draft.stage();
    let changes: Vec<_> = stage.rows.values().map(|row| row.change).collect();
    assert_eq!(changes, [Change::Changed, Change::Removed, Change::Unchanged, Change::Added]);
    let plan = stage.plan();
    assert_eq!(plan.sets, configs(&[("A", "x"), ("D", "4")]));
    assert_eq!(plan.removals, ["B"]);
    assert_eq!((plan.requests(), plan.restarts(false), plan.restarts(true)), (2, 2, 1));
    for name in ["A", "B", "D"] {
        draft.undo(name);
    }
    assert!(!draft.stage().is_dirty());
}

#[test]
fn typing_the_same_value_again_is_no_change() {
    let mut draft = three();
    draft.set("A", "1");
    assert!(draft.is_pristine());
    draft.set_text("C=3\n\n# why\nB='2'\nA=1".into());
    assert!(!draft.stage().is_dirty() && !draft.is_pristine());
}

#[test]
fn a_fault_is_none_where_the_platform_has_the_name() {
    let mut draft = Draft::of(configs(&[("odd.name", "1"), ("no name", "2")]));
    assert!(draft.is_pristine() && draft.stage().faults.is_empty());
    assert!(!draft.stage().is_dirty(), "what no line can name stays");
    draft.set_text("odd.name=1\nother.name=2\nnothing\n".into());
    let lines: Vec<_> = draft.stage().faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [2, 3]);
}

#[test]
fn names_are_judged_before_they_are_taken() {
    let mut draft = three();
    draft.remove("C");
    let stage = draft.stage();
    let check = |original: Option<&str>, name: &str| {
        let typing = Typing {
            original: original.map(str::to_owned),
            name: name.into(),
            value: Secret::default(),
        };
        typing.check_name(&stage).is_ok()
    };
    assert!(check(None, "D") && check(None, " C ") && check(Some("A"), "A"));
    assert!(!check(None, "A") && !check(None, "") && !check(None, "a b") && !check(Some("A"), "B"));
}

#[test]
fn what_changed_on_the_server_only_is_taken_over() {
    let mut draft = three();
    draft.set_text("# mine\nA=x\nB=2\nC=3\n".into());
    let rebase = draft.rebase(&configs(&[("A", "1"), ("B", "20"), ("E", "5")]));
    assert_eq!(rebase.merged, ["B", "C", "E"]);
    assert!(rebase.conflicts.is_empty());
    assert_eq!(draft.text(), "# mine\nA=x\nB=20\nE=5\n");
    assert_eq!(draft.stage().plan().sets, configs(&[("A", "x")]));
}

#[test]
fn what_changed_in_both_places_waits_for_a_decision() {
    let theirs = configs(&[("A", "9"), ("B", "2")]);
    for side in [Side::Yours, Side::Theirs] {
        let mut draft = three();
        draft.set("A", "x");
        draft.set("C", "30");
        let rebase = draft.rebase(&theirs);
        let names: Vec<_> = rebase.conflicts.iter().map(|conflict| &conflict.name).collect();
        assert_eq!(names, ["A", "C"]);
        assert_eq!(draft.rebase(&theirs).conflicts, rebase.conflicts, "they stay");
        for conflict in &rebase.conflicts {
            draft.pick(conflict, side);
        }
        assert_eq!(draft.rebase(&theirs), Rebase::default());
        let sets = draft.stage().plan().sets;
        match side {
            Side::Yours => assert_eq!(sets, configs(&[("A", "x"), ("C", "30")])),
            Side::Theirs => assert!(draft.is_pristine() && sets.is_empty()),
        }
    }
}

#[test]
fn the_same_change_in_both_places_is_none() {
    let mut draft = three();
    draft.set("A", "x");
    draft.remove("B");
    let rebase = draft.rebase(&configs(&[("A", "x"), ("C", "3")]));
    assert_eq!(rebase, Rebase::default());
    assert!(!draft.stage().is_dirty());
}

#[test]
fn nothing_moves_while_the_text_cannot_be_read() {
    let mut draft = three();
    draft.set_text("A=1\nB='op".into());
    let before = draft.clone();
    assert_eq!(draft.rebase(&configs(&[("A", "9")])), Rebase::default());
    assert_eq!(draft, before);
}

#[test]
fn imports_text_and_json_and_says_what_is_wrong() {
    let mut draft = three();
    let env = read_import("# new\nA=9\nexport D='4'\n").unwrap();
    draft.import(&env, false);
    assert_eq!(draft.stage().plan().sets, configs(&[("A", "9"), ("D", "4")]));
    draft.import(&env, true);
    assert_eq!(draft.text(), "# new\nA=9\nexport D='4'\n");
    assert_eq!(draft.stage().plan().removals, ["B", "C"]);

    let json = read_import(r#"{"A": "x\ny", "N": 5, "T": true}"#).unwrap();
    assert_eq!(json.values, configs(&[("A", "x\ny"), ("N", "5"), ("T", "true")]));
    assert_eq!(read_import(&to_json(&json.values)).unwrap().values, json.values);

    assert_eq!(read_import("A=1\n2B=3\nC").unwrap_err().len(), 2);
    assert_eq!(read_import(r#"{"A": [], "b c": "x"}"#).unwrap_err().len(), 2);
    for nothing in ["", " \n", "# only", "{}", "{"] {
        assert!(read_import(nothing).is_err(), "{nothing}");
    }
}

#[test]
fn counts_what_stays() {
    let mut draft = Draft::of(configs(&[("AB", "123"), ("PORT", "4000")]));
    assert_eq!(draft.stage().bytes, 13);
    assert_eq!(draft.stage().shadows(), ["PORT"]);
    draft.remove("PORT");
    assert_eq!(draft.stage().bytes, 5);
    assert!(draft.stage().shadows().is_empty());
    draft.set("AB", &"x".repeat(MAX_TOTAL_BYTES - 2));
    assert!(draft.stage().fits());
    draft.set("AB", &"x".repeat(MAX_TOTAL_BYTES - 1));
    assert!(!draft.stage().fits());
    assert_eq!(usage(MAX_TOTAL_BYTES + 1), "32.1 of 32 kB");
}

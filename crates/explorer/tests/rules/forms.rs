//! Forms and drafts: what is sent, what is not, and what is wrong with it.

use backoffice_explorer::{Draft, Kind, Location};
use serde_json::Value;

use crate::shop::{body, enter, field, form, sentences};

#[test]
fn a_required_field_begins_with_its_example_and_an_optional_one_unsent() {
    let form = form("addPet");
    let draft = form.draft();
    assert_eq!(body(&form, &draft), "{\n  \"name\": \"Rex\"\n}");
    assert_eq!(sentences(&form, &draft), ["`kind` is required."]);
    let names: Vec<String> = form
        .children(&form.body(&draft).unwrap(), &draft)
        .into_iter()
        .map(|one| one.name)
        .collect();
    let expected = [
        "name", "kind", "born", "weight", "tame", "tags", "owner", "labels", "extra", "lost", "far",
    ];
    assert_eq!(names, expected);
}

#[test]
fn not_sent_and_empty_and_null_are_three_things() {
    let form = form("addPet");
    let mut draft = form.draft();
    enter(&form, &mut draft, &["kind"], "\"dog\"");
    let born = field(&form, &draft, &["born"]);
    assert!(!draft.is_sent(&born.path));
    assert!(!body(&form, &draft).contains("born"));
    draft.set(&born.path, "");
    assert!(body(&form, &draft).contains("\"born\": \"\""));
    draft.set(&born.path, Value::Null);
    assert!(body(&form, &draft).contains("\"born\": null"));
    assert_eq!(sentences(&form, &draft), Vec::<String>::new());
    draft.unset(&born.path);
    assert!(!body(&form, &draft).contains("born"));

    let owner = field(&form, &draft, &["owner"]);
    draft.set(&owner.path, true);
    assert!(body(&form, &draft).contains("\"owner\": {}"));
    assert_eq!(sentences(&form, &draft), ["`mail` is required."]);
}

#[test]
fn every_rule_has_its_sentence() {
    let form = form("addPet");
    let mut draft = Draft::default();
    for (name, json) in [
        ("name", "\"1\""),
        ("kind", "\"cow\""),
        ("born", "\"2030-02-30\""),
        ("weight", "0.7"),
        ("tags", "[]"),
        ("owner", "{\"mail\": \"ada\"}"),
        ("labels", "{\"a\": 1, \"a\": 2.5}"),
    ] {
        enter(&form, &mut draft, &[name], json);
    }
    draft.set(&field(&form, &draft, &["tame"]).path, "perhaps");
    draft.set(&field(&form, &draft, &["extra"]).path, "{\"a\":");
    let mut told = sentences(&form, &draft);
    told.sort();
    insta::assert_snapshot!(told.join("\n"));
    assert!(form.request(&draft, "https://api.test").is_err());
}

#[test]
fn numbers_are_sent_as_they_were_typed() {
    let form = form("addPet");
    let mut draft = form.draft();
    let weight = field(&form, &draft, &["weight"]);
    draft.set(&weight.path, " 12345678901234567890.50 ");
    assert!(body(&form, &draft).contains("\"weight\": 12345678901234567890.50"));
    draft.set(&weight.path, "1,5");
    assert!(sentences(&form, &draft).contains(&"! `weight` must be a number.".to_owned()));
}

#[test]
fn items_and_added_names_come_and_go() {
    let form = form("addPet");
    let mut draft = form.draft();
    let tags = field(&form, &draft, &["tags"]);
    for text in ["a", "b", "c"] {
        let item = draft.add_item(&tags.path);
        draft.set(&item, text);
    }
    draft.remove_item(&tags.path, 1);
    draft.remove_item(&tags.path, 9);
    assert!(body(&form, &draft).contains("[\n    \"a\",\n    \"c\"\n  ]"));

    let labels = field(&form, &draft, &["labels"]);
    assert_eq!(labels.kind, Kind::Object { free: true });
    for (name, number) in [("x", "1"), ("y", "2"), ("z", "3")] {
        let value = draft.add_name(&labels.path, name);
        draft.set(&value, number);
    }
    draft.remove_name(&labels.path, 0);
    draft.rename(&labels.path, 1, "a/b~");
    assert!(body(&form, &draft).contains("\"labels\": {\n    \"y\": 2,\n    \"a/b~\": 3\n  }"));
    let restored = Draft::from_json(&draft.to_json());
    assert_eq!(body(&form, &restored), body(&form, &draft));
    draft.unset(&labels.path);
    assert!(!body(&form, &draft).contains("labels"));
}

#[test]
fn what_could_not_be_read_is_json_with_a_note() {
    let form = form("addPet");
    let draft = form.draft();
    let lost = field(&form, &draft, &["lost"]);
    assert_eq!(lost.kind, Kind::Json);
    assert_eq!(lost.note.unwrap(), "`#/components/schemas/Lost` is not in this description.");
    let far = field(&form, &draft, &["far"]);
    assert_eq!(far.note.unwrap(), "`other.json#/Thing` is in another file, which is not loaded.");
}

#[test]
fn variants_are_named_by_the_discriminator_and_keep_what_was_entered() {
    let form = form("addShape");
    let mut draft = form.draft();
    let shape = form.body(&draft).unwrap();
    let Kind::Variants(names) = &shape.kind else { panic!("{shape:?}") };
    assert_eq!(names, &["round", "Square", "a~1b%20c~0d"]);
    assert_eq!(form.chosen(&shape, &draft), Some(0));
    let radius = field(&form, &draft, &["round", "radius"]);
    draft.set(&radius.path, "2");
    let path = &form.parameters(Location::Path)[0].path;
    draft.set(path, "x");
    assert_eq!(body(&form, &draft), "{\n  \"type\": \"round\",\n  \"radius\": 2\n}");
    draft.set(&shape.path, 1);
    assert_eq!(sentences(&form, &draft), ["`side` is required."]);
    draft.set(&shape.path, 0);
    assert_eq!(draft.text(&radius.path), "2");
    form.fill(&mut draft, &shape, "{\"type\": \"Square\", \"side\": 4}");
    assert_eq!(body(&form, &draft), "{\n  \"type\": \"Square\",\n  \"side\": 4\n}");
}

#[test]
fn a_schema_that_contains_itself_is_opened_as_far_as_asked() {
    let form = form("putPet");
    let mut draft = Draft::default();
    for (name, json) in [("id", "\"7\""), ("label", "[\"a\"]"), ("matrix", "{\"r\": 1}")] {
        enter(&form, &mut draft, &["path", name], json);
    }
    assert_eq!(form.request(&draft, "https://api.test").unwrap().body(), None);
    enter(&form, &mut draft, &["child", "child", "name"], "\"deep\"");
    assert!(sentences(&form, &draft).iter().any(|one| one.contains("contains itself")));
    assert!(body(&form, &draft).contains("\"deep\""));
    let names = ["child"; 24];
    assert!(matches!(field(&form, &draft, &names[..23]).kind, Kind::Object { .. }));
    let json = field(&form, &draft, &names);
    assert_eq!(json.kind, Kind::Json);
    assert_eq!(json.note.unwrap(), "This is nested too deeply for a form.");
}

#[test]
fn an_example_of_the_body_is_entered_with_what_is_not_described() {
    let form = form("login");
    let mut draft = form.draft();
    assert_eq!(body(&form, &draft), "{}", "nothing is sent that the user did not choose");
    let whole = form.body(&draft).unwrap();
    form.fill(&mut draft, &whole, &whole.suggestion.clone().unwrap());
    assert_eq!(body(&form, &draft), "{\n  \"email\": \"ada@example.test\",\n  \"extra\": [1]\n}");
    assert!(field(&form, &draft, &["password"]).is_secret());
}

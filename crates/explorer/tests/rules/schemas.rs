//! How 3.0 and 3.1 say the same in different ways, and unusual schemas.

use backoffice_explorer::{Format, Kind};

use crate::shop::{body, form_of, sentences};

fn kind(version: &str, schema: &str) -> (Kind, bool) {
    let form = form_of(version, schema);
    let field = form.body(&form.draft()).unwrap();
    (field.kind, field.nullable)
}

#[test]
fn null_is_allowed_in_every_way_of_saying_so() {
    for schema in [
        r#"{"type": "string", "nullable": true}"#,
        r#"{"type": ["string", "null"]}"#,
        r#"{"anyOf": [{"type": "string"}, {"type": "null"}]}"#,
        r#"{"oneOf": [{"const": null}, {"type": "string"}]}"#,
        r#"{"allOf": [{"type": ["null", "string"]}]}"#,
    ] {
        let (kind, nullable) = kind("3.1.0", schema);
        assert!(matches!(kind, Kind::Text(_)) && nullable, "{schema}");
    }
}

#[test]
fn an_exclusive_bound_is_a_flag_or_a_bound() {
    for (version, schema) in [
        ("3.0.0", r#"{"type": "integer", "minimum": 1, "exclusiveMinimum": true, "maximum": 5}"#),
        ("3.1.0", r#"{"type": "integer", "exclusiveMinimum": 1, "maximum": 5}"#),
    ] {
        let form = form_of(version, schema);
        let mut draft = form.draft();
        let field = form.body(&draft).unwrap();
        draft.set(&field.path, "1");
        assert_eq!(sentences(&form, &draft), ["`body` must be above 1."]);
        draft.set(&field.path, "6.5");
        let told = ["`body` must be a whole number.", "`body` must be at most 5."];
        assert_eq!(sentences(&form, &draft), told);
    }
}

#[test]
fn constants_and_enums_are_choices() {
    for schema in [
        r#"{"enum": ["a", 1, null]}"#,
        r#"{"oneOf": [{"const": "a", "title": "A"}, {"const": 1}]}"#,
        r#"{"anyOf": [{"enum": ["a"]}, {"enum": [1, null]}]}"#,
    ] {
        let (Kind::Choice(choices), _) = kind("3.1.0", schema) else { panic!("{schema}") };
        let json: Vec<&str> = choices.iter().map(|choice| choice.json.as_str()).collect();
        assert_eq!(json, ["\"a\"", "1"]);
    }
    let form = form_of("3.1.0", r#"{"const": {"a": [1]}}"#);
    assert_eq!(body(&form, &form.draft()), r#"{"a": [1]}"#);
}

#[test]
fn several_types_are_variants() {
    let form = form_of("3.1.0", r#"{"type": ["string", "integer", "null"]}"#);
    let mut draft = form.draft();
    let field = form.body(&draft).unwrap();
    assert_eq!(field.kind, Kind::Variants(vec!["string".to_owned(), "integer".to_owned()]));
    draft.set(&field.path, 1);
    let number = form.children(&field, &draft).remove(0);
    draft.set(&number.path, "5");
    assert_eq!(body(&form, &draft), "5");
}

#[test]
fn alternatives_share_what_stands_beside_them() {
    for schema in [
        r#"{"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
            "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}"#,
        r#"{"allOf": [{"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
            "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}]}"#,
    ] {
        let form = form_of("3.0.0", schema);
        let mut draft = form.draft();
        let field = form.body(&draft).unwrap();
        assert_eq!(field.kind, Kind::Variants(vec!["with a".to_owned(), "with b".to_owned()]));
        draft.set(&field.path, 1);
        let shape = form.children(&field, &draft).remove(0);
        assert!(matches!(shape.kind, Kind::Object { .. }), "{shape:?}");
        assert_eq!(sentences(&form, &draft), ["`b` is required."]);
    }
}

#[test]
fn formats_and_types_are_found_without_a_type() {
    let format = |schema: &str| match kind("3.1.0", schema).0 {
        Kind::Text(rules) => rules.format,
        other => panic!("{other:?}"),
    };
    assert_eq!(format(r#"{"format": "uuid"}"#), Format::Uuid);
    assert_eq!(format(r#"{"type": "string", "contentEncoding": "base64"}"#), Format::Byte);
    assert!(matches!(kind("3.1.0", r#"{"properties": {}}"#).0, Kind::Object { free: false }));
    assert!(matches!(kind("3.1.0", r#"{"items": {}}"#).0, Kind::List { .. }));
    assert_eq!(kind("3.1.0", "true").0, Kind::Json);
    assert_eq!(kind("3.1.0", "7").0, Kind::Json);
}

#[test]
fn formats_have_sentences() {
    let mut told = Vec::new();
    for (schema, good, bad) in [
        (r#"{"format": "date"}"#, "2028-02-29", "2027-02-29"),
        (r#"{"format": "date-time"}"#, "2028-02-29T23:59:60.5+01:30", "2028-02-29T24:00:00Z"),
        (r#"{"format": "email"}"#, "a@b", "a@b."),
        (r#"{"format": "uuid"}"#, "7d444840-9dc0-11d1-b245-5ffdce74fad2", "7d444840"),
        (r#"{"format": "uri"}"#, "mailto:a@b", "//a"),
        (r#"{"format": "byte"}"#, "YQ==", "YQ="),
        (r#"{"type": "string", "pattern": "^[a-z\\d_-]{2,3}$"}"#, "a-1", "A-1"),
        (r#"{"type": "string", "pattern": "^\\d+$"}"#, "123", "12a"),
        (r#"{"type": "string", "pattern": "^(a|b)+$"}"#, "c", ""),
    ] {
        let form = form_of("3.0.0", schema);
        let mut draft = form.draft();
        let field = form.body(&draft).unwrap();
        draft.set(&field.path, good);
        assert_eq!(sentences(&form, &draft), Vec::<String>::new(), "{schema}");
        draft.set(&field.path, bad);
        told.extend(sentences(&form, &draft));
    }
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn circles_of_references_end() {
    let schema = r##"{"allOf": [{"$ref": "#/paths/~1/post/requestBody/content/application~1json/schema"}],
        "oneOf": [{"$ref": "#/paths/~1/post/requestBody/content/application~1json/schema"}]}"##;
    let form = form_of("3.1.0", schema);
    assert_eq!(form.body(&form.draft()).unwrap().kind, Kind::Json);
}

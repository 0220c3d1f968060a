//! Descriptions that are damaged, endless or malicious: nothing panics or hangs.

use std::rc::Rc;

use backoffice_explorer::{Document, Draft, Field, Form, Language, Location, snippet};
use proptest::prelude::*;

use crate::shop;

/// A piece of the made-up description, which is all ASCII.
fn piece(from: usize, to: usize) -> &'static str {
    shop::TEXT.get(from..to.min(shop::TEXT.len())).unwrap()
}

/// Opens everything that can be opened, two levels deep, and makes requests.
fn exercise(text: String) {
    let Ok(document) = Document::open(text) else { return };
    let document = Rc::new(document);
    for at in document.search("") {
        let form = Form::open(&document, at).unwrap();
        let mut draft = form.draft();
        let places = [Location::Path, Location::Query, Location::Header, Location::Cookie];
        let mut fields: Vec<Field> =
            places.into_iter().flat_map(|place| form.parameters(place)).collect();
        fields.extend(form.body(&draft));
        for field in fields {
            for inner in form.children(&field, &draft) {
                form.fill(&mut draft, &inner, "{\"a\": [null, 1, \"b\"]}");
            }
            form.fill(&mut draft, &field, "\"text\"");
        }
        form.problems(&draft);
        for draft in [draft, Draft::default()] {
            if let Ok(request) = form.request(&draft, "https://api.test") {
                request.preview();
                for language in Language::ALL {
                    snippet(&request, language);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// A piece of the text becomes another piece of it, or something else.
    #[test]
    fn a_damaged_description_is_no_danger(
        from in 0..shop::TEXT.len(),
        length in 0usize..60,
        with in prop_oneof![
            Just(String::new()), Just("null".to_owned()), Just("{}".to_owned()),
            Just("[]".to_owned()), Just("\"\\ud800\"".to_owned()), Just("-1e999".to_owned()),
            "\\PC{0,6}",
        ],
    ) {
        let end = (from + length).min(shop::TEXT.len());
        let text = format!("{}{with}{}", piece(0, from), piece(end, usize::MAX));
        exercise(text);
    }

    /// A value of the description becomes another kind of value.
    #[test]
    fn a_description_with_values_of_other_kinds_is_no_danger(
        at in any::<prop::sample::Index>(),
        with in prop_oneof![
            Just("null"), Just("{}"), Just("[]"), Just("\"x\""), Just("7"), Just("true"),
            Just("[[]]"), Just("{\"$ref\": \"#\"}"), Just("{\"$ref\": \"#/components/schemas/Shape\"}"),
        ],
    ) {
        let values: Vec<usize> = shop::TEXT.match_indices("\": ").map(|(at, _)| at + 3).collect();
        let start = values[at.index(values.len())];
        let value: &serde_json::value::RawValue =
            serde_json::Deserializer::from_str(piece(start, usize::MAX))
                .into_iter()
                .next()
                .unwrap()
                .unwrap();
        let end = start + value.get().len();
        exercise(format!("{}{with}{}", piece(0, start), piece(end, usize::MAX)));
    }
}

#[test]
fn a_deep_description_overflows_no_stack() {
    let depth = 2_000;
    let schema = format!("{}{}", "{\"items\":".repeat(depth), "1".to_owned() + &"}".repeat(depth));
    let form = shop::form_of("3.1.0", &schema);
    let mut draft = form.draft();
    let body = form.body(&draft).unwrap();
    form.fill(&mut draft, &body, &format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
    form.problems(&draft);
    let all_of =
        format!("{}{}", "{\"allOf\":[".repeat(depth), "{}".to_owned() + &"]}".repeat(depth));
    let form = shop::form_of("3.1.0", &all_of);
    assert!(form.body(&form.draft()).unwrap().note.unwrap().contains("too many"));
}

#[test]
fn required_fields_that_multiply_come_to_an_end() {
    let here = "#/paths/~1/post/requestBody/content/application~1json/schema";
    let properties: Vec<String> = (0..9)
        .map(|at| format!(r#""p{at}": {{"items": {{}}, "allOf": [{{"$ref": "{here}"}}]}}"#))
        .collect();
    let schema = format!(
        r#"{{"type": "object", "required": ["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"],
        "properties": {{{}}}}}"#,
        properties.join(",")
    );
    exercise(format!(
        r#"{{"openapi": "3.1.0", "paths": {{"/": {{"post": {{"requestBody": {{"required": true,
        "content": {{"application/json": {{"schema": {schema}}}}}}}}}}}}}}}"#
    ));
}

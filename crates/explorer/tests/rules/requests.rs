//! Requests: addresses, parameters, bodies, and what is never shown.

use backoffice_explorer::{Credential, Draft, Form, Request};

use crate::shop::{enter, field, form, sentences};

const BASE: &str = "https://api.test/docs/openapi.json?x#y";

/// The form that adds a pet with a filled draft, in the format at a position.
fn pet(format: usize) -> Request {
    let form = form("addPet");
    let mut draft = Draft::default();
    draft.set(&Form::media_path(), format);
    if format < 3 {
        for (name, json) in [
            ("kind", "\"cat\""),
            ("name", "\"O'Neil & \\\"Söhne\\\"\""),
            ("tags", "[\"a b\", \"c\"]"),
            ("owner", "{\"mail\": \"ada@example.test\"}"),
            ("extra", "[1, {}]"),
        ] {
            enter(&form, &mut draft, &[name], json);
        }
    } else {
        draft.set(&form.body(&draft).unwrap().path, "just\ntext");
    }
    form.request(&draft, BASE).unwrap()
}

#[test]
fn a_body_is_written_in_each_format() {
    let all: Vec<String> = (0..4).map(|format| pet(format).preview()).collect();
    insta::assert_snapshot!(all.join("\n-----\n"));
    let multipart = pet(2);
    assert!(multipart.body().unwrap().ends_with("\r\n--form-boundary--\r\n"));
}

#[test]
fn query_parameters_are_written_by_their_style() {
    let form = form("listPets");
    let mut draft = form.draft();
    for (name, json) in [
        ("limit", "7"),
        ("tags", "[\"a&b\", \"ü\"]"),
        ("colours", "[\"red\", \"blue\"]"),
        ("sizes", "[\"s\", \"m\"]"),
        ("filter", "{\"age\": {\"gte\": 3}, \"name\": \"\"}"),
        ("where", "{\"a\": true}"),
        ("next", "\"/a?b=[c]&d#e\""),
    ] {
        enter(&form, &mut draft, &["query", name], json);
    }
    enter(&form, &mut draft, &["header", "X-Trace"], "\"a b\"");
    enter(&form, &mut draft, &["cookie", "session"], "\"s\"");
    insta::assert_snapshot!(form.request(&draft, BASE).unwrap().preview());
    let cookie = field(&form, &draft, &["cookie", "session"]);
    assert_eq!(
        cookie.note.unwrap(),
        "Web pages cannot set cookies on requests, so this is not sent."
    );
    let names: Vec<String> = form
        .parameters(backoffice_explorer::Location::Header)
        .into_iter()
        .map(|field| field.name)
        .collect();
    assert_eq!(names, ["X-Trace"]);
    enter(&form, &mut draft, &["header", "X-Trace"], "\"a\\nHost: evil\"");
    let told = ["! `X-Trace` has characters that headers cannot contain."];
    assert_eq!(sentences(&form, &draft), told);
}

#[test]
fn path_parameters_are_written_by_their_style_and_never_missing() {
    let form = form("putPet");
    let mut draft = form.draft();
    let blocked = form.request(&draft, BASE).unwrap_err();
    let told: Vec<&str> = blocked.iter().map(|problem| problem.sentence.as_str()).collect();
    assert_eq!(
        told,
        [
            "`id` is required.",
            "`label` is required.",
            "`matrix` is in the path: it must not be empty, `.` or `..`.",
        ]
    );
    enter(&form, &mut draft, &["path", "id"], "\"a/b ?\"");
    enter(&form, &mut draft, &["path", "label"], "[\"x\", \"y.z\"]");
    enter(&form, &mut draft, &["path", "matrix"], "{\"r\": 1, \"g\": 2}");
    let request = form.request(&draft, BASE).unwrap();
    assert_eq!(request.url(), "https://eu.shop.test/v1/pets/a%2Fb%20%3F/.x.y.z/;matrix=r,1,g,2");
    for text in ["", ".", ".."] {
        draft.set(&field(&form, &draft, &["path", "id"]).path, text);
        assert!(form.request(&draft, BASE).is_err(), "{text:?}");
    }
}

#[test]
fn a_server_has_variables_or_is_relative() {
    let form = form("listPets");
    let mut draft = form.draft();
    let region = &form.server_fields(&draft)[0];
    draft.set(&region.path, "us");
    let url = |draft: &Draft, base: &str| form.request(draft, base).unwrap().url().to_owned();
    assert_eq!(url(&draft, BASE), "https://us.shop.test/v1/pets");
    draft.set(&Form::server_path(), 1);
    assert_eq!(url(&draft, BASE), "https://api.test/relative/pets");
    assert!(form.server_fields(&draft).is_empty());
}

#[test]
fn secrets_are_sent_and_never_shown() {
    let form = form("login");
    let mut draft = form.draft();
    enter(&form, &mut draft, &["password"], "\"hunter2hunter2\"");
    let secret = Credential::new("X-Key", "", "s3cr3t", "API KEY");
    let request = form.request(&draft, BASE).unwrap().with(secret.clone());
    assert!(request.body().unwrap().contains("hunter2hunter2"));
    assert!(request.headers().contains(&("X-Key".to_owned(), "s3cr3t".to_owned())));
    let mut shown = format!("{request:?}{secret:?}{draft:?}{}", request.preview());
    for language in backoffice_explorer::Language::ALL {
        shown.push_str(&backoffice_explorer::snippet(&request, language));
    }
    assert!(!shown.contains("hunter2") && !shown.contains("s3cr3t"), "{shown}");
    assert!(shown.contains("X-Key: $APIKEY") && shown.contains("\"password\": \"<password>\""));
}

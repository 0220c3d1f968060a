//! A made-up description with every feature, and short ways to fill its forms.

use std::rc::Rc;

use backoffice_explorer::{Document, Draft, Field, Form, Location};

/// The description's text.
pub const TEXT: &str = include_str!("shop.json");

/// The form of one of its operations.
pub fn form(id: &str) -> Form {
    let document = Rc::new(Document::open(TEXT.to_owned()).unwrap());
    let at = document.position(id).unwrap();
    Form::open(&document, at).unwrap()
}

/// The form of a description with one operation, which takes a schema as JSON.
pub fn form_of(version: &str, schema: &str) -> Form {
    let text = format!(
        r#"{{"openapi": "{version}", "paths": {{"/": {{"post": {{"requestBody": {{"required": true,
        "content": {{"application/json": {{"schema": {schema}}}}}}}}}}}}}}}"#
    );
    Form::open(&Rc::new(Document::open(text).unwrap()), 0).unwrap()
}

/// The field that is reached by names, from a place such as `query` or from the body.
pub fn field(form: &Form, draft: &Draft, names: &[&str]) -> Field {
    let (first, rest) = names.split_first().unwrap();
    let places = [Location::Path, Location::Query, Location::Header, Location::Cookie];
    let place = places.into_iter().find(|place| place.name() == *first);
    let (mut fields, rest) = match place {
        Some(place) => (form.parameters(place), rest),
        None => (form.children(&form.body(draft).unwrap(), draft), names),
    };
    let mut found = None;
    for name in rest {
        let next = fields.into_iter().find(|field| field.name == *name);
        let next = next.unwrap_or_else(|| panic!("no {name}"));
        fields = form.children(&next, draft);
        found = Some(next);
    }
    found.unwrap()
}

/// Enters a value, given as JSON, at a field that is reached by names.
pub fn enter(form: &Form, draft: &mut Draft, names: &[&str], json: &str) {
    let field = field(form, draft, names);
    form.fill(draft, &field, json);
}

/// The sentences of a draft's problems; `!` marks those that block.
pub fn sentences(form: &Form, draft: &Draft) -> Vec<String> {
    let problems = form.problems(draft).into_iter();
    problems.map(|one| format!("{}{}", if one.blocks { "! " } else { "" }, one.sentence)).collect()
}

/// The body of a draft.
pub fn body(form: &Form, draft: &Draft) -> String {
    let request = form.request(draft, "https://api.test").unwrap();
    request.body().unwrap_or_default().to_owned()
}

//! What can be opened, what cannot, and how that is reported.

use std::rc::Rc;

use backoffice_explorer::{Document, Form};

use crate::shop;

fn refusal(text: &str) -> String {
    Document::open(text.to_owned()).unwrap_err().to_string()
}

#[test]
fn what_is_no_description_gets_a_sentence() {
    insta::assert_snapshot!(
        [
            refusal("{\"openapi\": \"3.1.0\",\n oops}"),
            refusal("{\"openapi\": \"3.1.0\""),
            refusal("[1]"),
            refusal("{}"),
            refusal("{\"swagger\": \"2.0\", \"paths\": {}}"),
            refusal("{\"openapi\": \"4.0.0\", \"paths\": {}}"),
            refusal("{\"openapi\": \"3.0.1\"}"),
            refusal("{\"openapi\": \"3.0.1\", \"paths\": []}"),
            refusal(""),
            refusal("a: [1"),
            refusal("swagger: 2.0"),
            refusal("a: &x [*x]"),
        ]
        .join("\n")
    );
}

#[test]
fn the_outline_is_in_the_documents_order() {
    let document = Document::open(format!("\u{feff}{}", shop::TEXT)).unwrap();
    assert_eq!((document.title(), document.version()), ("Shop", "2.1"));
    let ids: Vec<&str> = document.entries().iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["listPets", "addPet", "putPet", "addShape", "login"]);
    assert_eq!(document.entries()[0].tag, "pets");
    assert!(document.entries()[2].deprecated);
    assert_eq!(document.servers().len(), 2);
}

#[test]
fn an_operation_tells_what_it_could_not_read() {
    let form = shop::form("putPet");
    assert_eq!(
        form.operation().notes,
        ["A parameter: `#/components/parameters/Nowhere` is not in this description."]
    );
    let operation = shop::form("listPets");
    assert!(operation.operation().security.is_empty());
    assert_eq!(operation.operation().responses[1].description, "It failed");
    let secured = shop::form("addPet");
    let scheme = &secured.operation().security[0][0];
    assert_eq!(
        (scheme.header.as_deref(), scheme.prefix.as_str()),
        (Some("Authorization"), "Bearer ")
    );
}

#[test]
fn yaml_is_read_as_the_same_description() {
    let text = "openapi: 3.1.0\ninfo: {title: Shop, version: 1.0}\npaths:\n  /pets:\n    get:\n      \
                operationId: \"list\\npets\"\n      summary: |\n        Lists\n        'pets'\n      \
                deprecated: true\n      parameters: [&limit {name: limit, in: query, schema: {type: \
                integer, default: 0x10, minimum: .5}}]\n      responses:\n        200: {description: \
                ~}\n    post:\n      parameters: [*limit]\n";
    let document = Rc::new(Document::open(text.to_owned()).unwrap());
    assert_eq!((document.title(), document.version()), ("Shop", "1.0"));
    let entry = &document.entries()[0];
    assert_eq!((entry.id.as_str(), entry.summary.as_str()), ("list\npets", "Lists\n'pets'\n"));
    assert!(entry.deprecated);
    let form = Form::open(&document, 1).unwrap();
    assert_eq!(form.operation().parameters[0].name, "limit");
    let field = &form.parameters(backoffice_explorer::Location::Query)[0];
    assert_eq!(field.suggestion.as_deref(), Some("16"));
    assert_eq!(Form::open(&document, 0).unwrap().operation().responses[0].status, "200");
}

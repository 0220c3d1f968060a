//! Requests without their types are those with them, and hide the same.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a failing test may stop where it is"
)]

use backoffice_contract::{
    Operation, OperationId, for_each_endpoint, op, openapi, preview, secret,
};
use serde_json::{Map, Value, json};

const BASE: &str = "https://api.example.com";

/// A value of every type that a schema allows; `name` is in all texts, so that each of them
/// can be told from the others.
fn filled(document: &Value, name: &str, schema: &Value) -> Value {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return filled(
            document,
            name,
            document.pointer(reference.strip_prefix('#').unwrap()).unwrap(),
        );
    }
    if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
        let meant = choices.iter().find(|choice| choice["type"] != "null").unwrap();
        return filled(document, name, meant);
    }
    let types = &schema["type"];
    let kind = types.as_str().or_else(|| types[0].as_str()).unwrap_or("string");
    match kind {
        "object" => {
            let fields = schema["properties"].as_object().cloned().unwrap_or_default();
            let mut object: Map<String, Value> = fields
                .iter()
                .map(|(name, of)| (name.clone(), filled(document, name, of)))
                .collect();
            if let Some(of) = schema.get("additionalProperties").filter(|of| of.is_object()) {
                object.insert("KEY".to_owned(), filled(document, name, of));
            }
            Value::Object(object)
        }
        "array" => json!([filled(document, name, &schema["items"])]),
        "integer" => json!(7),
        "number" => json!(0.5),
        "boolean" => json!(true),
        _ => json!(format!("the {name} & more")),
    }
}

/// A value for every field of an operation.
fn fields(document: &Value, operation: OperationId) -> Map<String, Value> {
    let endpoint = operation.endpoint();
    let path = &document["paths"][endpoint.path];
    let described = &path[endpoint.method.as_str().to_ascii_lowercase()];
    let mut fields = Map::new();
    for parameter in described["parameters"].as_array().unwrap() {
        let name = parameter["name"].as_str().unwrap();
        fields.insert(name.to_owned(), filled(document, name, &parameter["schema"]));
    }
    let body = &described["requestBody"]["content"]["application/json"]["schema"];
    if let Value::Object(body) = filled(document, "body", body) {
        fields.extend(body);
    }
    fields
}

fn check<O: Operation>(document: &Value) {
    let (endpoint, id) = (O::ENDPOINT, O::ENDPOINT.id);
    let fields = fields(document, id);
    let (target, body) = endpoint.request(fields.clone());
    let params: Vec<String> =
        endpoint.params.iter().map(|name| fields[*name].as_str().unwrap().to_owned()).collect();
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let typed = O::from_request(&params, query, body.as_deref().unwrap_or_default().as_bytes());
    let typed = typed.unwrap();
    assert_eq!(target, typed.target(), "{id}");
    assert_eq!(body, typed.body().map(|body| body.to_string()), "{id}");
    let shown = endpoint.shown(fields, BASE);
    assert_eq!(shown.target, secret::redacted(|| typed.target()), "{id}");
    assert_eq!(shown.curl, preview::curl(&typed, BASE), "{id}");
    assert_eq!(shown.cli, typed.cli(), "{id}");
}

macro_rules! define_check_all {
    ($(
        $(#[doc = $doc:literal])+
        $id:ident $Op:ident $method:ident $path:literal { $($rest:tt)* }
    )+) => {
        fn check_all(document: &Value) {
            $(check::<op::$Op>(document);)+
        }
    };
}

for_each_endpoint!(define_check_all);

#[test]
fn requests_by_name_are_the_typed_ones_and_hide_what_these_hide() {
    check_all(&openapi::document());
}

#[test]
fn no_text_of_a_shown_request_holds_a_secret() {
    let fields = json!({"app": "a", "configs": {"KEY": "hunter2"}, "avoid_restart": true});
    let shown = OperationId::SetConfigs.endpoint().shown(fields.as_object().unwrap().clone(), BASE);
    assert_eq!(
        shown.curl,
        "curl -X POST https://api.example.com/api/apps/a/configs \
         -H \"Authorization: $BACKOFFICE_TOKEN\" -H 'Content-Type: application/json' \
         -d '{\"avoid_restart\":true,\"configs\":{\"KEY\":\"<hidden>\"}}'"
    );
    assert!(!format!("{shown:?}").contains("hunter2"));
}

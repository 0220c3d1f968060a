//! The OpenAPI document that is kept in `docs/`.
#![expect(clippy::unwrap_used, reason = "a failing test may stop where it is")]
#![cfg(feature = "openapi")]

use std::path::PathBuf;

use backoffice_contract::{OperationId, openapi};
use serde_json::Value;

/// Run with `UPDATE_OPENAPI=1` after changing the table or a wire type.
#[test]
fn the_document_in_docs_is_current() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let mut expected = serde_json::to_string_pretty(&openapi::document()).unwrap();
    expected.push('\n');
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == expected,
        "docs/openapi.json is out of date: run UPDATE_OPENAPI=1 cargo test -p backoffice-contract"
    );
}

#[test]
fn every_operation_is_described_and_every_reference_resolves() {
    let document = openapi::document();
    let ids: Vec<&str> = document["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|path| path.as_object().unwrap().values())
        .map(|operation| operation["operationId"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), OperationId::ALL.len());
    check_references(&document, &document);
}

fn check_references(node: &Value, document: &Value) {
    match node {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                let pointer = reference.strip_prefix('#').unwrap();
                assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
            }
            fields.values().for_each(|value| check_references(value, document));
        }
        Value::Array(items) => items.iter().for_each(|item| check_references(item, document)),
        _ => {}
    }
}

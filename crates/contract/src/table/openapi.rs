//! The OpenAPI 3.1 description of the endpoint table.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::for_each_endpoint;
use crate::table::endpoint::{Auth, Endpoint, Retry};
use crate::table::operation::OperationId;
use crate::table::types::*;

/// The schemas of one operation.
struct Shapes {
    query: Option<Schema>,
    body: Option<Schema>,
    response: Schema,
}

macro_rules! define_shapes {
    ($(
        $(#[doc = $doc:literal])+
        $id:ident $Op:ident $method:ident $path:literal {
            $(path: ($($param:ident),+),)?
            $(secret: ($($secret:ident),+),)?
            $(query: $query:ty,)?
            $(body: $body:ty,)?
            response: $response:ty,
            $($rest:tt)*
        }
    )+) => {
        fn shapes(id: OperationId, schemas: &mut SchemaGenerator) -> Shapes {
            match id {
                $(OperationId::$Op => Shapes {
                    query: first([$(schema::<$query>(schemas))?]),
                    body: first([$(schema::<$body>(schemas))?]),
                    response: schema::<$response>(schemas),
                },)+
            }
        }
    };
}

for_each_endpoint!(define_shapes);

fn first<const N: usize>(schemas: [Schema; N]) -> Option<Schema> {
    schemas.into_iter().next()
}

fn schema<T: JsonSchema>(schemas: &mut SchemaGenerator) -> Schema {
    schemas.subschema_for::<T>()
}

/// The whole document.
#[must_use]
pub fn document() -> Value {
    let mut schemas = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator();
    let mut paths = Map::new();
    for id in OperationId::ALL {
        let endpoint = id.endpoint();
        let operation = operation(endpoint, shapes(*id, &mut schemas), &mut schemas);
        let path = paths.entry(endpoint.path).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(endpoint.method.as_str().to_ascii_lowercase(), operation);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Backoffice API",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A platform for running apps: sessions, apps, releases, configs, \
                databases, logs. Every answer tells what is left of the rate limit in \
                `x-ratelimit-limit`, `x-ratelimit-remaining` and `x-ratelimit-reset`.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "securitySchemes": {
                "access": { "type": "apiKey", "in": "header", "name": "Authorization",
                    "description": "The raw access token, without a scheme." },
                "renewal": { "type": "apiKey", "in": "header", "name": "Authorization",
                    "description": "The raw renewal token, used once." },
                "basic": { "type": "http", "scheme": "basic",
                    "description": "E-mail address and API key; for sign-in, the password." },
            },
            "responses": { "Failure": {
                "description": "What went wrong.",
                "content": { "application/json": { "schema": failure_schema() } },
            } },
        },
    })
}

fn operation(endpoint: &Endpoint, shapes: Shapes, schemas: &mut SchemaGenerator) -> Value {
    let mut parameters: Vec<Value> = endpoint
        .params
        .iter()
        .map(|name| {
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })
        })
        .collect();
    if let Some(query) = shapes.query {
        parameters.extend(query_parameters(&query, schemas));
    }
    let content = match endpoint.streams {
        Some(media) => json!({ media: { "schema": { "type": "string" } } }),
        None => json!({ "application/json": { "schema": {
            "type": "object",
            "properties": {
                "success": { "type": "boolean" },
                "message": { "type": "string" },
                "data": shapes.response,
            },
        } } }),
    };
    let mut responses: Map<String, Value> = endpoint
        .success
        .iter()
        .map(|status| {
            let done = match status {
                204 => json!({ "description": "Nothing yet." }),
                _ => json!({ "description": "Done.", "content": content }),
            };
            (status.to_string(), done)
        })
        .collect();
    responses.insert("default".into(), json!({ "$ref": "#/components/responses/Failure" }));
    let security = match endpoint.auth {
        Auth::Public => json!([]),
        Auth::Access => json!([{ "access": [] }, { "basic": [] }]),
        Auth::Renewal => json!([{ "renewal": [] }]),
        Auth::Password => json!([{ "basic": [] }]),
    };
    let mut operation = json!({
        "operationId": endpoint.id.as_str(),
        "summary": endpoint.summary,
        "description": endpoint.effect.sentence(),
        "parameters": parameters,
        "responses": responses,
        "security": security,
        "x-idempotent": endpoint.retry == Retry::Idempotent,
    });
    if let Some(fields) = operation.as_object_mut() {
        if let Some(body) = shapes.body {
            fields.insert(
                "requestBody".into(),
                json!({
                    "required": true,
                    "content": { "application/json": { "schema": body } },
                }),
            );
        }
        if let Some(cli) = endpoint.cli {
            fields.insert("x-cli".into(), json!(cli));
        }
    }
    operation
}

/// The properties of a query type, each as a parameter of its own.
fn query_parameters(query: &Schema, schemas: &SchemaGenerator) -> Vec<Value> {
    let named = query
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| reference.rsplit('/').next())
        .and_then(|name| schemas.definitions().get(name))
        .and_then(|definition| definition.get("properties"));
    named
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, schema)| json!({ "name": name, "in": "query", "schema": schema }))
        .collect()
}

fn failure_schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "success": { "type": "boolean" },
            "message": { "type": "string" },
            "error_code": { "type": "integer" },
            "errors": { "oneOf": [
                { "type": "string" },
                { "type": "object", "additionalProperties": {
                    "type": "array", "items": { "type": "string" } } },
            ] },
            "data": {},
        },
    })
}

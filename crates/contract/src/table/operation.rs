//! Typed operations, made from the endpoint table.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::for_each_endpoint;
use crate::table::cli;
use crate::table::endpoint::{Auth, Effect, Endpoint, LimitClass, Method, Retry};
use crate::table::types::*;
use crate::{percent, secret};

/// A request that could not be read as the operation its path names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// What is wrong, in one sentence.
    pub message: String,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DecodeError {}

/// One call of one endpoint: its path parameters, query and body.
pub trait Operation: fmt::Debug + Clone + Sized + 'static {
    /// What `data` holds on success.
    type Response: DeserializeOwned + Serialize + 'static;

    /// The row of the table.
    const ENDPOINT: &'static Endpoint;

    /// The values of the path's parameters, in its order; secret ones as a
    /// [`Secret`](crate::Secret) is serialised.
    fn params(&self) -> Vec<&str>;

    /// The query as JSON, for those that have one.
    fn query(&self) -> Option<Value>;

    /// The body as JSON, for those that have one.
    fn body(&self) -> Option<Value>;

    /// Reads an operation back from a request, as a server does. Parameters come
    /// decoded, the query undecoded and without its question mark.
    ///
    /// # Errors
    /// When the body is no JSON, or has another shape.
    fn from_request(params: &[String], query: &str, body: &[u8]) -> Result<Self, DecodeError>;

    /// Path and query, percent-encoded, as on a request line.
    fn target(&self) -> String {
        Self::ENDPOINT.target(&self.params(), self.query())
    }

    /// Parameters, query and body in one object, secrets redacted: what the CLI
    /// template is filled from.
    fn redacted_values(&self) -> Value {
        secret::redacted(|| {
            let parts = [self.query(), self.body()];
            Self::ENDPOINT.values(parts.into_iter().flatten(), self.params())
        })
    }

    /// The command that does the same, ready to paste into a shell and without
    /// secrets; `None` when the command-line client has none.
    fn cli(&self) -> Option<String> {
        Self::ENDPOINT.cli.map(|template| cli::render(template, &self.redacted_values()))
    }
}

/// Reads a query string into an object of strings, which tolerant types accept.
pub(crate) fn query_value(query: &str) -> Value {
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decode = |text: &str| percent::decode(&text.replace('+', " "));
        (decode(key), Value::String(decode(value)))
    });
    let mut fields = Map::new();
    fields.extend(pairs);
    Value::Object(fields)
}

fn read_query<T: DeserializeOwned>(query: &str) -> Result<T, DecodeError> {
    serde_json::from_value(query_value(query))
        .map_err(|error| DecodeError { message: format!("The query could not be read: {error}") })
}

/// A missing body reads as an empty object: the command-line client sends none
/// where everything is optional.
fn read_body<T: DeserializeOwned>(body: &[u8], query: &str) -> Result<T, DecodeError> {
    let unread = |error: serde_json::Error| DecodeError {
        message: format!("The body could not be read as JSON: {error}"),
    };
    let mut value = match query_value(query) {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    if !body.iter().all(u8::is_ascii_whitespace) {
        match serde_json::from_slice(body).map_err(unread)? {
            Value::Object(fields) => value.extend(fields),
            _ => return Err(DecodeError { message: "The body must be a JSON object.".into() }),
        }
    }
    serde_json::from_value(Value::Object(value)).map_err(unread)
}

fn to_value<T: Serialize>(part: &T) -> Option<Value> {
    serde_json::to_value(part).ok()
}

/// The next parameter; a missing one is empty, which no name rule accepts.
fn next_param(params: &mut std::slice::Iter<'_, String>) -> String {
    params.next().cloned().unwrap_or_default()
}

macro_rules! present {
    () => {
        false
    };
    ($part:ty) => {
        true
    };
}

macro_rules! optional {
    () => {
        None
    };
    ($part:literal) => {
        Some($part)
    };
}

macro_rules! optional_value {
    () => {
        None
    };
    ($part:expr) => {
        $part
    };
}

macro_rules! define_operations {
    ($(
        $(#[doc = $doc:literal])+
        $id:ident $Op:ident $method:ident $path:literal {
            $(path: ($($param:ident),+),)?
            $(secret: ($($secret:ident),+),)?
            $(query: $query:ty,)?
            $(body: $body:ty,)?
            response: $response:ty,
            success: [$($status:literal),+],
            rules: $auth:ident $limit:ident $retry:ident $effect:ident,
            $(streams: $streams:literal,)?
            $(cli: $cli:literal,)?
        }
    )+) => {
        /// Names every endpoint of the table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum OperationId {
            $($(#[doc = $doc])+ $Op,)+
        }

        impl OperationId {
            /// All of them, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$Op),+];

            /// The name in logs, counts and the OpenAPI document.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$Op => stringify!($id),)+ }
            }

            /// The row of the table.
            #[must_use]
            pub const fn endpoint(self) -> &'static Endpoint {
                match self { $(Self::$Op => <op::$Op as Operation>::ENDPOINT,)+ }
            }
        }

        impl fmt::Display for OperationId {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        /// One struct an endpoint: its path parameters, query and body.
        pub mod op {
            use crate::table::types::*;
            $(
                $(#[doc = $doc])+
                #[derive(Debug, Clone, PartialEq)]
                pub struct $Op {
                    $($(#[doc = concat!("The `", stringify!($param), "` of the path.")] pub $param: String,)+)?
                    $($(#[doc = concat!("The `", stringify!($secret), "` of the path.")] pub $secret: crate::Secret,)+)?
                    $(#[doc = "The query."] pub query: $query,)?
                    $(#[doc = "The body."] pub body: $body,)?
                }
            )+
        }

        $(
            impl Operation for op::$Op {
                type Response = $response;

                const ENDPOINT: &'static Endpoint = &Endpoint {
                    id: OperationId::$Op,
                    method: Method::$method,
                    path: $path,
                    params: &[$($(stringify!($param),)+)? $($(stringify!($secret),)+)?],
                    has_body: present!($($body)?),
                    success: &[$($status),+],
                    auth: Auth::$auth,
                    limit: LimitClass::$limit,
                    retry: Retry::$retry,
                    effect: Effect::$effect,
                    streams: optional!($($streams)?),
                    cli: optional!($($cli)?),
                    summary: concat!($($doc),+).trim_ascii(),
                };

                fn params(&self) -> Vec<&str> {
                    vec![$($(&self.$param,)+)? $($(self.$secret.shown(),)+)?]
                }

                fn query(&self) -> Option<Value> {
                    optional_value!($(to_value::<$query>(&self.query))?)
                }

                fn body(&self) -> Option<Value> {
                    optional_value!($(to_value::<$body>(&self.body))?)
                }

                fn from_request(params: &[String], query: &str, body: &[u8]) -> Result<Self, DecodeError> {
                    let rest = &mut params.iter();
                    let _unused_by_some = (&rest, query, body);
                    Ok(Self {
                        $($($param: next_param(rest),)+)?
                        $($($secret: next_param(rest).into(),)+)?
                        $(query: read_query::<$query>(query)?,)?
                        $(body: read_body::<$body>(body, query)?,)?
                    })
                }
            }
        )+
    };
}

for_each_endpoint!(define_operations);

//! Messages between the page and the worker; see [`super`].

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};

use crate::engine::Request;

/// The number that the page gave to a request.
pub(super) type Id = u32;

/// A message from the page.
#[derive(Debug)]
pub(super) enum FromPage {
    /// A request, which wants an answer.
    Request(Id, Request),
    /// The page no longer wants an answer.
    Cancel(Id),
    /// The user leaves the page, which no longer waits for anything.
    Bye,
}

impl FromPage {
    /// Reads a message; `None` if it is not part of the protocol.
    pub(super) fn read(data: &JsValue) -> Option<Self> {
        match text(data, "kind")?.as_str() {
            "request" => Some(Self::Request(id(data)?, request(data)?)),
            "cancel" => Some(Self::Cancel(id(data)?)),
            "bye" => Some(Self::Bye),
            _ => None,
        }
    }
}

fn request(data: &JsValue) -> Option<Request> {
    let headers = Array::from(&field(data, "headers"));
    let body = field(data, "body");
    Some(Request {
        method: text(data, "method")?,
        path: text(data, "path")?,
        query: text(data, "query").unwrap_or_default(),
        headers: headers.iter().filter_map(|pair| header(&pair)).collect(),
        body: match body.as_string() {
            Some(text) => text.into_bytes(),
            None => body.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default(),
        },
        // All requests come from the same page.
        peer: "page".to_owned(),
    })
}

fn header(pair: &JsValue) -> Option<(String, String)> {
    let pair = Array::from(pair);
    Some((pair.get(0).as_string()?.to_ascii_lowercase(), pair.get(1).as_string()?))
}

/// A message to the page.
#[derive(Debug)]
pub(super) struct ToPage(Object);

impl ToPage {
    /// The worker can answer from now on.
    pub(super) fn ready(persistent: bool) -> Self {
        Self::new("ready").with("persistent", persistent)
    }

    /// The beginning of an answer.
    pub(super) fn head(id: Id, status: u16, headers: &[(String, String)]) -> Self {
        let headers: Array = headers
            .iter()
            .map(|(name, value)| Array::of2(&name.as_str().into(), &value.as_str().into()))
            .collect();
        Self::about("head", id).with("status", status).with("headers", headers)
    }

    /// A piece of a body.
    pub(super) fn chunk(id: Id, text: &str) -> Self {
        Self::about("chunk", id).with("text", text)
    }

    /// An answer is complete.
    pub(super) fn end(id: Id) -> Self {
        Self::about("end", id)
    }

    /// An answer will not be completed.
    pub(super) fn error(id: Id, message: &str) -> Self {
        Self::about("error", id).with("message", message)
    }

    /// The message for `postMessage`.
    pub(super) fn as_value(&self) -> &JsValue {
        &self.0
    }

    fn new(kind: &str) -> Self {
        Self(Object::new()).with("kind", kind)
    }

    fn about(kind: &str, id: Id) -> Self {
        Self::new(kind).with("id", id)
    }

    fn with(self, name: &str, value: impl Into<JsValue>) -> Self {
        // Setting a property of a new object cannot fail.
        let _ = Reflect::set(&self.0, &name.into(), &value.into());
        self
    }
}

fn field(data: &JsValue, name: &str) -> JsValue {
    Reflect::get(data, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn text(data: &JsValue, name: &str) -> Option<String> {
    field(data, name).as_string()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is checked")]
fn id(data: &JsValue) -> Option<Id> {
    let number = field(data, "id").as_f64()?;
    (number.fract() == 0.0 && (0.0..=f64::from(Id::MAX)).contains(&number)).then_some(number as Id)
}

//! The results of handlers, and their conversion to bytes.

use backoffice_contract::{ApiError, Operation, envelope};
use serde_json::Value;

use crate::engine::{Body, Delivery, LogCursor, Response};

/// The result of a handler of the operation `O`: a success, or any other answer.
pub(crate) type Outcome<O> = Result<Reply<O>, Answer>;

/// A success, which has the first success status of the operation.
pub(crate) enum Reply<O: Operation> {
    /// The operation's own response.
    Data(O::Response),
    /// A response that is sent in a different form than the type it is read into, such as
    /// numbers that the contract reads as text.
    Raw(Value),
    /// Lines of a log.
    Logs(LogCursor),
}

impl<O: Operation> Reply<O> {
    /// The resulting answer.
    pub(crate) fn into_answer(self) -> Answer {
        let endpoint = O::ENDPOINT;
        let status = endpoint.success.first().copied().unwrap_or(200);
        // Wire types are plain structs with text keys, which always become JSON.
        let json = |data: O::Response| serde_json::to_value(data).unwrap_or_default();
        match self {
            Self::Data(data) => Answer::json(status, &envelope::wrap(json(data))),
            Self::Raw(data) => Answer::json(status, &envelope::wrap(data)),
            Self::Logs(cursor) => Answer {
                status,
                headers: vec![(
                    "content-type",
                    endpoint.streams.unwrap_or("text/plain; charset=utf-8").to_owned(),
                )],
                body: Body::Logs(cursor),
                delivery: Delivery::AtOnce,
            },
        }
    }
}

/// An answer of any kind.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Body,
    pub(crate) delivery: Delivery,
}

impl Answer {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self {
            status,
            headers: vec![("content-type", "application/json".to_owned())],
            body: Body::Bytes(body.to_string().into_bytes()),
            delivery: Delivery::AtOnce,
        }
    }

    /// A success outside the endpoint table.
    pub(crate) fn data(status: u16, data: Value) -> Self {
        Self::json(status, &envelope::wrap(data))
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn into_response(self) -> Response {
        let headers =
            self.headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Response { status: self.status, headers, body: self.body, delivery: self.delivery }
    }
}

impl From<ApiError> for Answer {
    fn from(error: ApiError) -> Self {
        Self::json(error.status, &error.encode())
    }
}

/// A 422 about one field; the fragment follows the field's name in a sentence.
pub(crate) fn invalid(field: &str, fragment: impl Into<String>) -> ApiError {
    ApiError::field(422, field, fragment)
}

/// A 422 about the request as a whole.
pub(crate) fn refused(sentence: impl Into<String>) -> ApiError {
    ApiError::field(422, "", sentence)
}

/// A rule of the contract, applied to a field.
pub(crate) fn check(field: &str, checked: Result<(), &'static str>) -> Result<(), ApiError> {
    checked.map_err(|fragment| invalid(field, fragment))
}

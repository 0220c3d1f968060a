//! The rules of the HTTP explorer: from the description of an API to a request.
//!
//! No I/O, no browser, no clock. The parts, in the order in which a page uses them:
//!
//! 1. [`Document::open`] reads the outline of an OpenAPI 3.0 or 3.1 description;
//!    [`Document::entries`] and [`Document::search`] make the list of operations.
//!    Keep it in an `Rc`.
//! 2. [`Form::open`] reads one operation. [`Form::operation`] has its texts,
//!    [`Form::parameters`] and [`Form::body`] its fields, and [`Form::children`] the
//!    fields inside a [`Field`], one level at a time. [`Kind`] says which control
//!    a field is and what the draft has for it. If the body has several formats or
//!    the API several servers, their positions are entered at [`Form::media_path`]
//!    and [`Form::server_path`].
//! 3. [`Draft`] holds the user's input, by [`Path`]; [`Form::draft`] makes the
//!    first. No entry means "not sent": when the user empties the input of an optional
//!    field, call [`Draft::unset`], or set `""` to send an empty text.
//! 4. [`Form::problems`] has a sentence for each flaw, with the path of its field;
//!    [`Form::request`] fails only for problems that block it.
//! 5. [`Request`] is what to send ([`Request::url`], [`Request::headers`],
//!    [`Request::body`]) and what to show ([`Request::preview`], [`snippet`]). Add a
//!    secret with [`Request::with`]; it is never shown.
//!
//! Anything that cannot be read (a broken reference, an invalid schema) becomes
//! a sentence in [`Operation::notes`] or [`Field::note`]; the rest works.
//!
//! ```
//! # use std::rc::Rc;
//! use backoffice_explorer::{Credential, Document, Form, Language, Location, snippet};
//! # let text = r##"{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"},
//! #   "paths": {"/pets/{id}": {"put": {"operationId": "rename_pet",
//! #   "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}],
//! #   "requestBody": {"required": true, "content": {"application/json": {"schema":
//! #     {"type": "object", "properties": {"name": {"type": "string"}}}}}}}}}}"##.to_owned();
//! let document = Rc::new(Document::open(text)?);
//! let found = document.search("rename pet");
//! let form = Form::open(&document, found[0]).ok_or("no such operation")?;
//! let mut draft = form.draft();
//! let id = &form.parameters(Location::Path)[0];
//! assert_eq!(form.problems(&draft)[0].sentence, "`id` is required.");
//! draft.set(&id.path, "7");
//! let body = form.body(&draft).ok_or("no body")?;
//! let name = &form.children(&body, &draft)[0];
//! draft.set(&name.path, "Rex");
//! let secret = Credential::new("Authorization", "Bearer ", "made-up", "TOKEN");
//! let request = form.request(&draft, "https://api.test").map_err(|_| "blocked")?.with(secret);
//! assert_eq!(request.url(), "https://api.test/pets/7");
//! assert_eq!(request.body(), Some("{\n  \"name\": \"Rex\"\n}"));
//! assert!(request.preview().contains("Authorization: Bearer $TOKEN"));
//! assert!(snippet(&request, Language::Curl).contains("-H \"Authorization: Bearer ${TOKEN}\""));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod check;
mod document;
mod draft;
mod field;
mod form;
mod operation;
mod parameter;
mod request;
mod schema;
mod search;
mod security;
mod snippet;
mod value;

pub use document::{Document, DocumentError, Entry, Server, Variable};
pub use draft::{Draft, Path};
pub use field::{Choice, Field, Format, Kind, NumberRules, TextRules};
pub use form::Form;
pub use operation::{Body, Media, Operation, Response};
pub use parameter::{Location, Parameter};
pub use request::Request;
pub use security::{Credential, Scheme};
pub use snippet::{Language, snippet};
pub use value::Problem;

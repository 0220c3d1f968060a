//! One operation of a description, read when it is opened.

use crate::document::json::{Object, Span, plain};
use crate::document::{Document, Entry, Server, servers};
use crate::parameter::Parameter;
use crate::schema::Schema;
use crate::security::{Scheme, requirements};

/// An operation with everything that a page shows of it. Its schemas are read only when a
/// [`Form`](crate::Form) opens them.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its line in the list.
    pub entry: Entry,
    /// The description's text on it, in CommonMark; may be empty.
    pub description: String,
    /// Parameters of the path item and the operation; if both have one, the operation's.
    pub parameters: Vec<Parameter>,
    /// The body, if the operation takes one.
    pub body: Option<Body>,
    /// The documented answers, in the document's order.
    pub responses: Vec<Response>,
    /// The ways to authenticate, of which any is enough; each lists the schemes that are
    /// needed together. An empty way means that no secret is needed.
    pub security: Vec<Vec<Scheme>>,
    /// Where it is served; never empty.
    pub servers: Vec<Server>,
    /// Sentences on parts that could not be read.
    pub notes: Vec<String>,
}

/// The body of a request.
#[derive(Clone, Debug)]
pub struct Body {
    /// Whether the operation requires one.
    pub required: bool,
    /// The description's text on it; may be empty.
    pub description: String,
    /// The formats that it may have, in the document's order.
    pub media: Vec<Media>,
}

/// A format of a body.
#[derive(Clone, Debug)]
pub struct Media {
    /// The media type, such as `application/json`.
    pub name: String,
    pub(crate) schema: Schema,
    /// An example as JSON text.
    pub(crate) example: Option<String>,
    /// How its parts are written (OpenAPI 3.1, section 4.8.15).
    pub(crate) encoding: Option<Span>,
}

/// A documented answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// `200`, `4XX` or `default`.
    pub status: String,
    /// The description's text on it, or a sentence that says why it cannot be read.
    pub description: String,
    /// The media types of its body.
    pub media: Vec<String>,
}

impl Document {
    /// Reads the operation at a position of [`Document::entries`]; `None` if there is no
    /// such position.
    pub fn operation(&self, at: usize) -> Option<Operation> {
        let entry = self.entries().get(at)?.clone();
        let item = Object::parse(self.slice(self.item(at)?));
        let operation = item.object(&entry.method.to_lowercase());
        let mut notes = Vec::new();
        let own = [operation.list("servers"), item.list("servers")];
        let servers = own.iter().find(|list| !list.is_empty()).map(|list| servers(list));
        let security = operation.get("security").map(|raw| self.span(raw));
        let security = security.or_else(|| self.security().cloned());
        Some(Operation {
            description: operation
                .text("description")
                .or_else(|| item.text("description"))
                .unwrap_or_default(),
            parameters: self.parameters(&entry.path, &operation, &item, &mut notes),
            body: operation.get("requestBody").and_then(|raw| self.body(raw, &mut notes)),
            responses: operation
                .object("responses")
                .iter()
                .map(|(status, raw)| self.response(status, raw))
                .collect(),
            security: requirements(self, security.as_ref()),
            servers: servers.unwrap_or_else(|| self.servers().to_vec()),
            notes,
            entry,
        })
    }

    fn body(&self, raw: &str, notes: &mut Vec<String>) -> Option<Body> {
        let span = self.follow(&self.span(raw));
        let span = span.map_err(|sentence| notes.push(format!("The body: {sentence}"))).ok()?;
        let body = Object::parse(self.slice(&span));
        let content = body.object("content");
        let media: Vec<Media> = content
            .iter()
            .map(|(name, raw)| {
                let media = Object::parse(raw);
                Media {
                    name: name.to_owned(),
                    schema: media
                        .get("schema")
                        .map(|raw| self.schema(self.span(raw)))
                        .unwrap_or_default(),
                    example: self.example(&media),
                    encoding: media.get("encoding").map(|raw| self.span(raw)),
                }
            })
            .collect();
        (!media.is_empty()).then(|| Body {
            required: body.flag("required"),
            description: body.text("description").unwrap_or_default(),
            media,
        })
    }

    /// The example of a media type or parameter as JSON text.
    pub(crate) fn example(&self, object: &Object<'_>) -> Option<String> {
        if let Some(raw) = object.get("example") {
            return Some(raw.to_owned());
        }
        let examples = object.object("examples");
        let (_, first) = examples.iter().next()?;
        let span = self.follow(&self.span(first)).ok()?;
        Object::parse(self.slice(&span)).get("value").map(str::to_owned)
    }

    fn response(&self, status: &str, raw: &str) -> Response {
        let followed = self.follow(&self.span(raw));
        let (description, media) = match followed {
            Ok(span) => {
                let response = Object::parse(self.slice(&span));
                let content = response.object("content");
                let media = content.iter().map(|(name, _)| name.to_owned()).collect();
                (response.get("description").map(plain).unwrap_or_default(), media)
            }
            Err(sentence) => (sentence, Vec::new()),
        };
        Response { status: status.to_owned(), description, media }
    }
}

impl Operation {
    /// The formats that a call accepts: those of successful answers.
    pub(crate) fn accept(&self) -> Option<String> {
        let good = self.responses.iter().filter(|response| response.status.starts_with('2'));
        let mut names: Vec<&str> = Vec::new();
        for name in good.flat_map(|response| &response.media) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| names.join(", "))
    }
}

impl Media {
    /// Whether its body is written as JSON.
    pub fn is_json(&self) -> bool {
        let name = self.essence();
        name == "application/json" || name.ends_with("+json") || name == "*/*"
    }

    /// The media type without parameters, in lower case.
    pub(crate) fn essence(&self) -> String {
        self.name.split(';').next().unwrap_or_default().trim().to_lowercase()
    }

    /// The media type to send: ranges such as `*/*` become JSON.
    pub(crate) fn content_type(&self) -> String {
        match self.essence().as_str() {
            "*/*" | "application/*" => "application/json".to_owned(),
            "text/*" => "text/plain".to_owned(),
            _ => self.name.clone(),
        }
    }

    /// The `encoding` of one of its properties.
    pub(crate) fn encoding<'a>(&self, document: &'a Document, property: &str) -> Object<'a> {
        let span = self.encoding.clone();
        let all = span.map(|span| Object::parse(document.slice(&span))).unwrap_or_default();
        all.get(property).map(Object::parse).unwrap_or_default()
    }

    /// Whether its body is written from the members of an object.
    pub(crate) fn is_form(&self) -> bool {
        matches!(
            self.essence().as_str(),
            "application/x-www-form-urlencoded" | "multipart/form-data"
        )
    }
}

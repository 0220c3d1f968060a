//! The request that a filled form describes.

pub mod address;
pub mod body;
pub mod style;

use std::fmt;

use crate::draft::Draft;
use crate::field::Field;
use crate::form::Form;
use crate::parameter::{Location, Parameter};
use crate::request::address::path_of;
use crate::security::Credential;
use crate::value::{Problem, Reader, Tree};

/// A request as it is sent, and as it is shown: there, secrets are replaced by a
/// placeholder. `Debug` shows neither values nor secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    method: String,
    template: String,
    sent: Parts,
    shown: Parts,
    credential: Option<Credential>,
}

/// The parts of a request besides its method.
#[derive(Clone, Default, PartialEq, Eq)]
struct Parts {
    url: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
}

/// The values of a draft, read once.
#[derive(Default)]
struct Values<'a> {
    parameters: Vec<(&'a Parameter, Tree)>,
    body: Option<Tree>,
}

impl Form {
    /// Everything that is wrong with a draft, in the order of the form.
    pub fn problems(&self, draft: &Draft) -> Vec<Problem> {
        self.read(draft).1
    }

    /// The request of a draft. A relative server is resolved against `base`: the
    /// address of the description, or the origin of the API.
    ///
    /// # Errors
    /// The problems that block it. [`Form::problems`] has the others too.
    pub fn request(&self, draft: &Draft, base: &str) -> Result<Request, Vec<Problem>> {
        let (values, mut problems) = self.read(draft);
        problems.retain(|problem| problem.blocks);
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Request {
            method: self.operation().entry.method.clone(),
            template: self.operation().entry.path.clone(),
            sent: self.parts(draft, base, &values, false),
            shown: self.parts(draft, base, &values, true),
            credential: None,
        })
    }

    fn read(&self, draft: &Draft) -> (Values<'_>, Vec<Problem>) {
        let mut reader = Reader::new(self, draft);
        let mut values = Values::default();
        for parameter in &self.operation().parameters {
            let field = self.parameter_field(parameter);
            if parameter.location == Location::Cookie {
                continue;
            }
            let Some(tree) = reader.value(&field) else { continue };
            match parameter.location {
                Location::Path if leaves_no_segment(&tree) => {
                    reader.problem(
                        &field,
                        "is in the path: it must not be empty, `.` or `..`",
                        true,
                    );
                }
                Location::Header if !is_header_value(&style::header(parameter, &tree, false)) => {
                    reader.problem(&field, "has characters that headers cannot contain", true);
                }
                _ => {}
            }
            values.parameters.push((parameter, tree));
        }
        if let Some(field) = self.body(draft) {
            values.body = reader.value(&field);
            self.check_body(draft, &field, values.body.as_ref(), &mut reader);
        }
        if self.operation().entry.method == "TRACE" {
            let sentence = "Browsers do not send TRACE.".to_owned();
            let path = Form::media_path();
            reader.problems.push(Problem { path, sentence, blocks: true });
        }
        (values, reader.problems)
    }

    fn check_body(
        &self,
        draft: &Draft,
        field: &Field,
        body: Option<&Tree>,
        reader: &mut Reader<'_>,
    ) {
        let form = self.media(draft).is_some_and(|media| media.is_form());
        if form && body.is_some_and(|body| !matches!(body, Tree::Object(_))) {
            let what = "must be an object: each of its members becomes a field of a form";
            reader.problem(field, what, true);
        }
        let bodiless = matches!(self.operation().entry.method.as_str(), "GET" | "HEAD");
        if bodiless && body.is_some() {
            reader.problem(field, "cannot be sent: browsers send no body with GET and HEAD", true);
        }
    }

    fn parts(&self, draft: &Draft, base: &str, values: &Values<'_>, shown: bool) -> Parts {
        let operation = self.operation();
        let mut url = address::server(operation, draft, base);
        let in_path = values.parameters.iter().filter(|(one, _)| one.location == Location::Path);
        let written: Vec<(&str, String)> =
            in_path.map(|(one, tree)| (one.name.as_str(), style::path(one, tree, shown))).collect();
        url.push_str(&path_of(&operation.entry.path, &written));
        let mut pairs = Vec::new();
        let mut headers = Vec::new();
        if let Some(accept) = operation.accept() {
            headers.push(("Accept".to_owned(), accept));
        }
        for (parameter, tree) in &values.parameters {
            match parameter.location {
                Location::Query => pairs.extend(style::query(parameter, tree, shown)),
                Location::Header => {
                    let value = style::header(parameter, tree, shown);
                    headers.push((parameter.name.clone(), value));
                }
                Location::Path | Location::Cookie => {}
            }
        }
        if !pairs.is_empty() {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&pairs.join("&"));
        }
        let media = self.media(draft);
        let written = values.body.as_ref().zip(media);
        let written = written.map(|(tree, media)| body::write(self.document(), media, tree, shown));
        let body = written.map(|written| {
            headers.push(("Content-Type".to_owned(), written.content_type));
            written.text
        });
        Parts { url, headers, body }
    }
}

impl Request {
    /// The same request with a secret.
    #[must_use]
    pub fn with(mut self, credential: Credential) -> Self {
        self.credential = Some(credential);
        self
    }

    /// The method in upper case.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The address to send to. It contains the value of a password parameter, if the API
    /// has one: show [`Request::shown_url`] instead.
    pub fn url(&self) -> &str {
        &self.sent.url
    }

    /// The address to show.
    pub fn shown_url(&self) -> &str {
        &self.shown.url
    }

    /// The headers to send, with the secret.
    pub fn headers(&self) -> Vec<(String, String)> {
        let secret = self.credential.iter().map(|one| (one.header().to_owned(), one.value()));
        self.sent.headers.iter().cloned().chain(secret).collect()
    }

    /// The headers to show, with a placeholder for the secret.
    pub fn shown_headers(&self) -> Vec<(String, String)> {
        let secret = self.credential.iter().map(|one| (one.header().to_owned(), one.shown()));
        self.shown.headers.iter().cloned().chain(secret).collect()
    }

    /// The headers without the secret's.
    pub(crate) fn plain_headers(&self) -> &[(String, String)] {
        &self.shown.headers
    }

    pub(crate) fn credential(&self) -> Option<&Credential> {
        self.credential.as_ref()
    }

    /// The body to send.
    pub fn body(&self) -> Option<&str> {
        self.sent.body.as_deref()
    }

    /// The body to show: values of password fields are replaced by their names.
    pub fn shown_body(&self) -> Option<&str> {
        self.shown.body.as_deref()
    }

    /// The request as HTTP/1.1 writes it (RFC 9112), with placeholders for secrets.
    /// Lines end with a line feed alone.
    pub fn preview(&self) -> String {
        let (host, target) = address::split(&self.shown.url);
        let mut text = format!("{} {target} HTTP/1.1\nHost: {host}\n", self.method);
        for (name, value) in self.shown_headers() {
            text.push_str(&format!("{name}: {value}\n"));
        }
        text.push('\n');
        text.push_str(&self.shown.body.as_deref().unwrap_or_default().replace("\r\n", "\n"));
        text
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.template)
            .finish_non_exhaustive()
    }
}

/// Whether this value would change the path: a segment that is empty, `.` or `..` is
/// removed when an address is resolved (RFC 3986, section 5.2.4).
fn leaves_no_segment(tree: &Tree) -> bool {
    match tree {
        Tree::List(items) => items.is_empty(),
        Tree::Object(members) => members.is_empty(),
        scalar => ["", ".", ".."].contains(&scalar.plain(false).as_str()),
    }
}

/// What fetch takes as a header's value (RFC 9110, section 5.5): Latin-1 without
/// control characters.
fn is_header_value(text: &str) -> bool {
    text.chars().all(|c| c == '\t' || ((' '..='\u{ff}').contains(&c) && c != '\u{7f}'))
}

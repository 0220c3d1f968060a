//! How an operation authenticates its callers, and the secret that they send.

use std::fmt;

use crate::document::Document;
use crate::document::json::{Object, Span};

/// A security scheme (OpenAPI 3.1, section 4.8.27).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Its name in the description.
    pub name: String,
    /// The description's text on it; may be empty.
    pub description: String,
    /// The header that carries the secret; `None` if it cannot be sent from here.
    pub header: Option<String>,
    /// The text before the secret in the header, such as `Bearer `; may be empty.
    pub prefix: String,
    /// One sentence on what to enter, or on why it cannot be sent.
    pub note: String,
}

/// A secret and the header that carries it. `Debug` shows only the header.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    header: String,
    prefix: String,
    secret: String,
    variable: String,
}

impl Credential {
    /// A secret for a scheme; `None` for a scheme whose secret is not sent in a header.
    /// For `Basic` the secret is the encoded pair (RFC 7617), not the password alone.
    pub fn for_scheme(scheme: &Scheme, secret: impl Into<String>) -> Option<Self> {
        let header = scheme.header.clone()?;
        Some(Self::new(header, scheme.prefix.clone(), secret, "TOKEN"))
    }

    /// A secret in a header after a prefix, shown as `$` and `variable`: the name of an
    /// environment variable, of which only ASCII letters, digits and `_` are kept.
    pub fn new(
        header: impl Into<String>,
        prefix: impl Into<String>,
        secret: impl Into<String>,
        variable: &str,
    ) -> Self {
        let kept = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
        let variable = variable.chars().filter(kept).collect();
        Self { header: header.into(), prefix: prefix.into(), secret: secret.into(), variable }
    }

    /// The name of the header.
    pub fn header(&self) -> &str {
        &self.header
    }

    /// The text before the secret; may be empty.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The name of the variable that represents the secret in displayed requests.
    pub fn variable(&self) -> &str {
        &self.variable
    }

    /// The header's value with the secret, only for sending.
    pub(crate) fn value(&self) -> String {
        format!("{}{}", self.prefix, self.secret)
    }

    /// The header's value with `$` and the variable in place of the secret.
    pub(crate) fn shown(&self) -> String {
        format!("{}${}", self.prefix, self.variable)
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Credential")
            .field("header", &self.header)
            .field("variable", &self.variable)
            .finish_non_exhaustive()
    }
}

/// Reads a `security` list: the ways to authenticate, each with its schemes.
pub(crate) fn requirements(document: &Document, span: Option<&Span>) -> Vec<Vec<Scheme>> {
    let Some(span) = span else { return Vec::new() };
    let ways = crate::document::json::items(document.slice(span));
    let names = |raw| -> Vec<String> {
        Object::parse(raw).iter().map(|(name, _)| name.to_owned()).collect()
    };
    ways.into_iter()
        .map(|raw| names(raw).iter().map(|name| scheme(document, name)).collect())
        .collect()
}

fn scheme(document: &Document, name: &str) -> Scheme {
    let token = name.replace('~', "~0").replace('/', "~1").replace('%', "%25");
    let found = document.resolve(&format!("#/components/securitySchemes/{token}"));
    let followed = found.and_then(|span| document.follow(&span));
    let object = match &followed {
        Ok(span) => Object::parse(document.slice(span)),
        Err(_) => Object::default(),
    };
    let text = |key| object.text(key).unwrap_or_default();
    let authorization = || Some("Authorization".to_owned());
    let (header, prefix, note) = match (text("type").as_str(), text("in").as_str()) {
        ("apiKey", "header") => (object.text("name"), "", "The key is sent unchanged.".to_owned()),
        ("apiKey", place) => (
            None,
            "",
            format!("The key belongs in the {place}, but secrets are sent only in headers."),
        ),
        ("http", _) => match text("scheme").to_ascii_lowercase().as_str() {
            "bearer" => (authorization(), "Bearer ", "A bearer token.".to_owned()),
            "basic" => (
                authorization(),
                "Basic ",
                "User name and password, joined by a colon and encoded as Base64.".to_owned(),
            ),
            other => (None, "", format!("The scheme `{other}` is not supported.")),
        },
        ("oauth2" | "openIdConnect", _) => {
            (authorization(), "Bearer ", "An access token that you already have.".to_owned())
        }
        ("mutualTLS", _) => (None, "", "The browser asks for the certificate.".to_owned()),
        _ => (None, "", "This scheme is not described.".to_owned()),
    };
    Scheme {
        name: name.to_owned(),
        description: text("description"),
        header,
        prefix: prefix.to_owned(),
        note,
    }
}

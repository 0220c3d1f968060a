//! A description of an API, opened without parsing it.

pub mod json;
pub mod pointer;
#[cfg(feature = "yaml")]
pub mod yaml;

use std::{cell::RefCell, collections::BTreeMap, fmt, rc::Rc};

use crate::document::json::{Object, Span};
use crate::search::{Haystack, search};

/// The methods of an OpenAPI path item.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

type Index = RefCell<BTreeMap<String, Rc<BTreeMap<String, Span>>>>;

/// An OpenAPI 3.0 or 3.1 description.
///
/// Opening reads only its outline; [`Document::operation`] reads an operation, and a
/// [`Form`](crate::Form) reads a schema when it shows it.
pub struct Document {
    text: String,
    title: String,
    version: String,
    servers: Vec<Server>,
    entries: Vec<Entry>,
    /// The path item of each entry.
    items: Vec<Span>,
    haystacks: Vec<Haystack>,
    security: Option<Span>,
    index: Index,
}

/// A line of the list of operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// In upper case, such as `GET`.
    pub method: String,
    /// The path with its parameters in braces.
    pub path: String,
    /// The operationId; empty if there is none.
    pub id: String,
    /// One line; empty if there is none.
    pub summary: String,
    /// The first tag; empty if there is none.
    pub tag: String,
    /// Whether the description advises against it.
    pub deprecated: bool,
}

/// A server of the API (OpenAPI 3.1, section 4.8.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The address, possibly relative, with variables in braces.
    pub url: String,
    /// The description's text on it; may be empty.
    pub description: String,
    /// Its variables in the document's order.
    pub variables: Vec<Variable>,
}

/// A variable in a server's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name without braces.
    pub name: String,
    /// The value that is used unless another is chosen.
    pub default: String,
    /// The allowed values; empty if any value is allowed.
    pub options: Vec<String>,
    /// The description's text on it; may be empty.
    pub description: String,
}

/// Why a text could not be opened as a description. Displays as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentError {
    /// The text is not JSON; says why.
    NotJson(String),
    /// The text is not YAML; says why.
    NotYaml(String),
    /// It is JSON, but not a description of an API.
    NotOpenApi,
    /// It is a description in another version of the format.
    Version(String),
    /// It has no `paths` object.
    NoPaths,
}

impl fmt::Display for DocumentError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(why) => write!(formatter, "This is not JSON: {why}."),
            Self::NotYaml(why) => write!(formatter, "This is not YAML: {why}."),
            Self::NotOpenApi => formatter.write_str(
                "This is not an OpenAPI description: it has no `openapi` field with a version.",
            ),
            Self::Version(version) => {
                write!(formatter, "This is {version}; only OpenAPI 3.0 and 3.1 are supported.")
            }
            Self::NoPaths => {
                formatter.write_str("This description has no `paths`, so there is nothing to call.")
            }
        }
    }
}

impl std::error::Error for DocumentError {}

impl Document {
    /// Opens a description in JSON; with the feature `yaml`, also in YAML.
    ///
    /// # Errors
    /// Says why the text cannot be read as a description.
    pub fn open(text: String) -> Result<Self, DocumentError> {
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        #[cfg(feature = "yaml")]
        let text = if text.trim_start().starts_with(['{', '[']) {
            text
        } else {
            crate::document::yaml::to_json(&text).map_err(DocumentError::NotYaml)?
        };
        let mut document = Self {
            text: String::new(),
            title: String::new(),
            version: String::new(),
            servers: Vec::new(),
            entries: Vec::new(),
            items: Vec::new(),
            haystacks: Vec::new(),
            security: None,
            index: Index::default(),
        };
        document.text = text;
        document.read_outline()?;
        Ok(document)
    }

    fn read_outline(&mut self) -> Result<(), DocumentError> {
        let root: Object<'_> = serde_json::from_str(&self.text).map_err(|error| {
            if error.is_data() {
                DocumentError::NotOpenApi
            } else {
                DocumentError::NotJson(json::flaw(&self.text).unwrap_or_default())
            }
        })?;
        match root.get("openapi").map(json::plain) {
            Some(version) if version.starts_with("3.0") || version.starts_with("3.1") => {}
            Some(version) => return Err(DocumentError::Version(format!("OpenAPI {version}"))),
            None => {
                return Err(match root.get("swagger").map(json::plain) {
                    Some(version) => DocumentError::Version(format!("Swagger {version}")),
                    None => DocumentError::NotOpenApi,
                });
            }
        }
        let paths = root.get("paths").filter(|raw| raw.starts_with('{'));
        let paths = Object::parse(paths.ok_or(DocumentError::NoPaths)?);
        let info = root.object("info");
        let title = info.text("title").unwrap_or_default();
        let version = info.get("version").map(json::plain).unwrap_or_default();
        let servers = servers(&root.list("servers"));
        let security = root.get("security").map(|raw| self.span(raw));
        let mut entries = Vec::new();
        let mut items = Vec::new();
        for (path, raw) in paths.iter() {
            let mut item = Object::parse(raw);
            let mut span = self.span(raw);
            if item.get("$ref").is_some()
                && let Ok(target) = self.follow(&span)
            {
                item = Object::parse(self.slice(&target));
                span = target;
            }
            for (method, raw) in item.iter().filter(|(method, _)| METHODS.contains(method)) {
                entries.push(entry(method, path, &Object::parse(raw)));
                items.push(span.clone());
            }
        }
        // The whole text has been scanned by now; references are followed from here on.
        let members = root.iter().map(|(name, raw)| (name.to_owned(), self.span(raw)));
        let members = Rc::new(members.collect());
        self.index.borrow_mut().insert(String::new(), members);
        self.haystacks = entries.iter().map(Haystack::new).collect();
        (self.title, self.version) = (title, version);
        (self.servers, self.security) = (servers, security);
        (self.entries, self.items) = (entries, items);
        Ok(())
    }

    /// The name of the API; may be empty.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The version of the API, not of the format; may be empty.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The servers of the whole API; never empty, `/` if none is given.
    pub fn servers(&self) -> &[Server] {
        &self.servers
    }

    /// All operations in the document's order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Positions in [`Document::entries`] of the operations that contain every word of the
    /// query, in any order: first matches in the method, path or operationId, then matches
    /// in the summary or tag. All operations for an empty query.
    pub fn search(&self, query: &str) -> Vec<usize> {
        search(&self.haystacks, query)
    }

    /// The position of an operation by its operationId.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.id == id && !id.is_empty())
    }

    pub(crate) fn item(&self, at: usize) -> Option<&Span> {
        self.items.get(at)
    }

    pub(crate) fn security(&self) -> Option<&Span> {
        self.security.as_ref()
    }

    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn slice(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or("null")
    }

    /// Where a slice of the text starts and ends in it.
    pub(crate) fn span(&self, raw: &str) -> Span {
        let start = (raw.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        start..start.saturating_add(raw.len())
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Document")
            .field("title", &self.title)
            .field("version", &self.version)
            .field("operations", &self.entries.len())
            .finish_non_exhaustive()
    }
}

fn entry(method: &str, path: &str, operation: &Object<'_>) -> Entry {
    Entry {
        method: method.to_uppercase(),
        path: path.to_owned(),
        id: operation.text("operationId").unwrap_or_default(),
        summary: operation.text("summary").unwrap_or_default(),
        tag: operation.list("tags").first().and_then(|raw| json::string(raw)).unwrap_or_default(),
        deprecated: operation.flag("deprecated"),
    }
}

/// Reads a list of servers; one at `/` if it is empty.
pub(crate) fn servers(list: &[&str]) -> Vec<Server> {
    let mut servers: Vec<Server> = list.iter().map(|raw| server(&Object::parse(raw))).collect();
    if servers.is_empty() {
        servers.push(server(&Object::default()));
    }
    servers
}

fn server(object: &Object<'_>) -> Server {
    let variables = object.object("variables");
    Server {
        url: object.text("url").unwrap_or_else(|| "/".to_owned()),
        description: object.text("description").unwrap_or_default(),
        variables: variables
            .iter()
            .map(|(name, raw)| variable(name, &Object::parse(raw)))
            .collect(),
    }
}

fn variable(name: &str, object: &Object<'_>) -> Variable {
    Variable {
        name: name.to_owned(),
        default: object.get("default").map(json::plain).unwrap_or_default(),
        options: object.list("enum").into_iter().map(json::plain).collect(),
        description: object.text("description").unwrap_or_default(),
    }
}

//! Parameters of an operation (OpenAPI 3.1, section 4.8.12).

use crate::document::Document;
use crate::document::json::{self, Object, Span};
use crate::schema::Schema;

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path, in place of its name in braces.
    Path,
    /// After the question mark.
    Query,
    /// As a header.
    Header,
    /// As a cookie, which a page cannot send.
    Cookie,
}

impl Location {
    /// The name in descriptions and draft paths.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }

    fn read(name: &str) -> Option<Self> {
        let all = [Self::Path, Self::Query, Self::Header, Self::Cookie];
        all.into_iter().find(|location| location.name() == name)
    }
}

/// How lists and objects are written (OpenAPI 3.1, section 4.8.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    Space,
    Pipe,
    Deep,
}

impl Style {
    pub(crate) fn read(name: &str) -> Option<Self> {
        Some(match name {
            "simple" => Self::Simple,
            "label" => Self::Label,
            "matrix" => Self::Matrix,
            "form" => Self::Form,
            "spaceDelimited" => Self::Space,
            "pipeDelimited" => Self::Pipe,
            "deepObject" => Self::Deep,
            _ => return None,
        })
    }
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name as it is sent.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// Whether the operation requires it; always true in a path.
    pub required: bool,
    /// Whether the description advises against it.
    pub deprecated: bool,
    /// The description's text on it; may be empty.
    pub description: String,
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) reserved: bool,
    /// Whether its value is always written as JSON.
    pub(crate) json: bool,
    pub(crate) schema: Schema,
    pub(crate) example: Option<String>,
}

impl Document {
    pub(crate) fn parameters(
        &self,
        path: &str,
        operation: &Object<'_>,
        item: &Object<'_>,
        notes: &mut Vec<String>,
    ) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for raw in operation.list("parameters").into_iter().chain(item.list("parameters")) {
            let read = self.follow(&self.span(raw)).and_then(|span| self.parameter(&span));
            match read {
                Ok(parameter) if parameter.is_told_elsewhere() => {}
                Ok(parameter) => {
                    let known = |other: &Parameter| {
                        other.name == parameter.name && other.location == parameter.location
                    };
                    if !parameters.iter().any(known) {
                        parameters.push(parameter);
                    }
                }
                Err(sentence) => notes.push(format!("A parameter: {sentence}")),
            }
        }
        for name in names_in(path) {
            let known = |other: &Parameter| other.name == name && other.location == Location::Path;
            if !parameters.iter().any(known) {
                notes.push(format!("`{name}` is in the path, but not described."));
                parameters.push(undescribed(name));
            }
        }
        parameters
    }

    fn parameter(&self, span: &Span) -> Result<Parameter, String> {
        let object = Object::parse(self.slice(span));
        let name = object.text("name").ok_or("It has no name.")?;
        let place = object.text("in").unwrap_or_default();
        let location = Location::read(&place).ok_or_else(|| {
            format!("`{name}` is in `{place}`, which is not a place for parameters.")
        })?;
        let style = object.text("style").as_deref().and_then(Style::read);
        let style = style.unwrap_or(match location {
            Location::Path | Location::Header => Style::Simple,
            Location::Query | Location::Cookie => Style::Form,
        });
        let content = object.object("content");
        let media = content.iter().next().map(|(_, raw)| Object::parse(raw));
        let holder = media.as_ref().unwrap_or(&object);
        Ok(Parameter {
            required: location == Location::Path || object.flag("required"),
            deprecated: object.flag("deprecated"),
            description: object.text("description").unwrap_or_default(),
            style,
            explode: match object.get("explode") {
                Some(raw) => raw == "true",
                None => matches!(style, Style::Form | Style::Deep),
            },
            reserved: object.flag("allowReserved"),
            json: media.is_some(),
            schema: holder.get("schema").map(|raw| self.schema(self.span(raw))).unwrap_or_default(),
            example: self.example(holder).or_else(|| self.example(&object)),
            name,
            location,
        })
    }
}

impl Parameter {
    /// The format says to ignore header parameters of these names.
    fn is_told_elsewhere(&self) -> bool {
        self.location == Location::Header
            && ["accept", "content-type", "authorization"]
                .contains(&self.name.to_ascii_lowercase().as_str())
    }
}

/// The names in braces in a path or in a server's address.
pub(crate) fn names_in(template: &str) -> Vec<&str> {
    let pieces = template.split('{').skip(1);
    pieces.filter_map(|piece| piece.split_once('}').map(|(name, _)| name)).collect()
}

fn undescribed(name: &str) -> Parameter {
    Parameter {
        name: name.to_owned(),
        location: Location::Path,
        required: true,
        deprecated: false,
        description: String::new(),
        style: Style::Simple,
        explode: false,
        reserved: false,
        json: false,
        schema: Schema::default(),
        example: None,
    }
}

/// An example as the text that an input shows.
pub(crate) fn shown(example: &str) -> String {
    json::plain(example)
}

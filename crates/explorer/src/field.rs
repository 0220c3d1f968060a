//! One field of a form, as a page renders it.

use crate::document::Document;
use crate::document::json::plain;
use crate::draft::Path;
use crate::schema::{Schema, View};

/// Values deeper than this are entered as JSON.
const DEEPEST: usize = 24;

/// A field of a form. Read its children with [`Form::children`](crate::Form::children) when
/// the user opens it, so that schemas that contain themselves do no harm.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Where the draft keeps its value.
    pub path: Path,
    /// Its name as it is sent; the position, from 1, for an item of a list; the name
    /// of the variant for a variant.
    pub name: String,
    /// The title in the description; may be empty.
    pub title: String,
    /// The description's text on it, in CommonMark; may be empty.
    pub description: String,
    /// Whether it must be sent.
    pub required: bool,
    /// Whether `null` may be sent.
    pub nullable: bool,
    /// Whether the description advises against it.
    pub deprecated: bool,
    /// What kind of control it is.
    pub kind: Kind,
    /// An example or the default as JSON text, for a placeholder or a button that
    /// calls [`Form::fill`](crate::Form::fill).
    pub suggestion: Option<String>,
    /// A sentence to show beside it: what could not be read or is not sent.
    pub note: Option<String>,
    /// The position of an added name, which the user can change
    /// ([`Draft::rename`](crate::Draft::rename)); `None` for a described property.
    pub added: Option<usize>,
    pub(crate) schema: Schema,
}

/// What kind of control a field is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A text. The draft keeps it as typed.
    Text(TextRules),
    /// A number. The draft keeps the typed text.
    Number(NumberRules),
    /// Yes or no. The draft has a boolean.
    Boolean,
    /// One of some values. The draft has the value
    /// ([`Draft::set_json`](crate::Draft::set_json) with [`Choice::json`]). A required
    /// choice of one is sent automatically.
    Choice(Vec<Choice>),
    /// An object: its children are its properties. The draft has `true` for an object that
    /// is sent although nothing in it is. With `free`, the user may add names.
    Object {
        /// Whether the user may add names.
        free: bool,
    },
    /// A list: its children are its items. The draft has its length.
    List {
        /// The smallest number of items.
        fewest: Option<usize>,
        /// The largest number of items.
        most: Option<usize>,
    },
    /// One of several shapes, by name. The draft has the position, and the chosen shape is
    /// the only child.
    Variants(Vec<String>),
    /// JSON as text, for values that have no form.
    Json,
}

/// One of the values of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value as people write it.
    pub label: String,
    /// The value as JSON.
    pub json: String,
}

/// The rules for a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextRules {
    /// What the text means.
    pub format: Format,
    /// The smallest number of characters.
    pub shortest: Option<usize>,
    /// The largest number of characters.
    pub longest: Option<usize>,
    /// A regular expression (ECMA-262) to show; only simple ones are checked.
    pub pattern: Option<String>,
}

/// What a text means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Any text.
    #[default]
    Plain,
    /// A full date of RFC 3339, such as `2030-01-31`.
    Date,
    /// A date with time and offset (RFC 3339).
    DateTime,
    /// An e-mail address.
    Email,
    /// A UUID (RFC 9562).
    Uuid,
    /// An address with a scheme.
    Uri,
    /// Base64.
    Byte,
    /// The content of a file, here as text.
    Binary,
    /// A secret: the input hides it, and displayed requests show its name instead.
    Password,
}

/// The rules for a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NumberRules {
    /// Whether it must be whole.
    pub integer: bool,
    /// The smallest value.
    pub least: Option<f64>,
    /// The largest value.
    pub most: Option<f64>,
    /// The exclusive lower bound.
    pub above: Option<f64>,
    /// The exclusive upper bound.
    pub below: Option<f64>,
    /// The number must be a multiple of this.
    pub step: Option<f64>,
}

impl Document {
    /// The field of a schema; of the kind `otherwise` if the schema does not say.
    pub(crate) fn field(&self, path: Path, name: &str, schema: Schema, otherwise: Kind) -> Field {
        let mut schema = schema;
        let mut note = schema.problem.clone();
        let mut view = self.view(&schema);
        let nullable = view.nullable();
        let mut options = view.options();
        let mut variants = Vec::new();
        // One alternative beside `null` is not a choice; it may itself have alternatives.
        for _ in 0..DEEPEST {
            if !options.is_empty() || !view.has_variants() {
                break;
            }
            variants = self.variants(&schema);
            if variants.len() != 1 {
                break;
            }
            if let Some(only) = variants.pop() {
                schema = only.schema;
            }
            view = self.view(&schema);
            options = view.options();
        }
        note = note.or_else(|| schema.problem.clone());
        let kind = if path.depth() > DEEPEST {
            note = note.or_else(|| Some("This is nested too deeply for a form.".to_owned()));
            Kind::Json
        } else if !options.is_empty() {
            Kind::Choice(options.into_iter().map(Choice::new).collect())
        } else if variants.len() > 1 {
            Kind::Variants(variants.into_iter().map(|variant| variant.name).collect())
        } else {
            kind(&view).unwrap_or(otherwise)
        };
        let example = || {
            let examples =
                view.get("examples").map(crate::document::json::items).unwrap_or_default();
            view.get("example")
                .or_else(|| examples.first().copied())
                .or_else(|| view.get("default"))
        };
        let suggestion = example().map(str::to_owned);
        Field {
            path,
            name: name.to_owned(),
            title: view.text("title").unwrap_or_default(),
            description: view.text("description").unwrap_or_default(),
            required: false,
            nullable,
            deprecated: view.flag("deprecated"),
            kind,
            suggestion,
            note,
            added: None,
            schema,
        }
    }
}

impl Choice {
    fn new(json: &str) -> Self {
        Self { label: plain(json), json: json.to_owned() }
    }

    /// The choices of a text.
    pub(crate) fn of_text(text: &str) -> Self {
        Self { label: text.to_owned(), json: crate::document::json::quoted(text) }
    }
}

impl Field {
    /// Whether an input must hide what is typed.
    pub fn is_secret(&self) -> bool {
        matches!(&self.kind, Kind::Text(rules) if rules.format == Format::Password)
    }
}

fn kind(view: &View<'_>) -> Option<Kind> {
    let types = view.types();
    let name = types.first().map(String::as_str).or_else(|| {
        let has = |key| view.get(key).is_some();
        if has("properties") || has("additionalProperties") {
            Some("object")
        } else if has("items") || has("prefixItems") {
            Some("array")
        } else if has("pattern") || has("minLength") || has("maxLength") || has("format") {
            Some("string")
        } else if has("minimum") || has("maximum") {
            Some("number")
        } else {
            None
        }
    })?;
    Some(match name {
        "string" => Kind::Text(TextRules {
            format: format(view),
            shortest: view.length("minLength"),
            longest: view.length("maxLength"),
            pattern: view.text("pattern"),
        }),
        "integer" | "number" => Kind::Number(number(view, name == "integer")),
        "boolean" => Kind::Boolean,
        "object" => Kind::Object { free: view.free_names().0 },
        "array" => Kind::List { fewest: view.length("minItems"), most: view.length("maxItems") },
        _ => Kind::Json,
    })
}

fn format(view: &View<'_>) -> Format {
    match view.text("format").as_deref() {
        Some("date") => Format::Date,
        Some("date-time") => Format::DateTime,
        Some("email" | "idn-email") => Format::Email,
        Some("uuid") => Format::Uuid,
        Some("uri" | "url" | "iri") => Format::Uri,
        Some("byte") => Format::Byte,
        Some("binary") => Format::Binary,
        Some("password") => Format::Password,
        _ if view.text("contentEncoding").as_deref() == Some("base64") => Format::Byte,
        _ if view.get("contentMediaType").is_some() => Format::Binary,
        _ => Format::Plain,
    }
}

/// In 3.0 an exclusive bound is a flag beside the bound, in 3.1 it is a number.
fn number(view: &View<'_>, integer: bool) -> NumberRules {
    let (least, most) = (view.number("minimum"), view.number("maximum"));
    let above = view.flag("exclusiveMinimum");
    let below = view.flag("exclusiveMaximum");
    NumberRules {
        integer,
        least: least.filter(|_| !above),
        most: most.filter(|_| !below),
        above: if above { least } else { view.number("exclusiveMinimum") },
        below: if below { most } else { view.number("exclusiveMaximum") },
        step: view.number("multipleOf"),
    }
}

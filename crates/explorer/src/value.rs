//! From a draft to the values that are sent, and to the problems with them.

use crate::check::{self, count};
use crate::document::json;
use crate::draft::{Draft, Path};
use crate::field::{Field, Kind};
use crate::form::Form;
use crate::schema::Schema;

/// A problem with the user's input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field it is about.
    pub path: Path,
    /// The problem, as a sentence.
    pub sentence: String,
    /// Whether it prevents a request. The other problems do not, so that users can see how
    /// the server reacts.
    pub blocks: bool,
}

/// A value that is sent.
#[derive(Clone, PartialEq)]
pub(crate) enum Tree {
    Null,
    Bool(bool),
    /// As typed, in JSON's notation.
    Number(String),
    Text(String),
    /// Shown as the field's name in angle brackets.
    Secret {
        name: String,
        value: String,
    },
    /// JSON as typed.
    Json(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

/// How many fields are read before a draft counts as endless.
const MOST_FIELDS: usize = 50_000;

/// How many untouched required objects are opened to report what is missing.
const MOST_UNTOUCHED: usize = 100;

/// One reading of a draft.
pub(crate) struct Reader<'a> {
    form: &'a Form,
    draft: &'a Draft,
    pub(crate) problems: Vec<Problem>,
    /// The schemas of the required, untouched objects around a field.
    trail: Vec<Schema>,
    left: usize,
    /// How many more untouched objects may be opened.
    untouched: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(form: &'a Form, draft: &'a Draft) -> Self {
        Self {
            form,
            draft,
            problems: Vec::new(),
            trail: Vec::new(),
            left: MOST_FIELDS,
            untouched: MOST_UNTOUCHED,
        }
    }

    pub(crate) fn problem(&mut self, field: &Field, what: &str, blocks: bool) {
        let sentence = format!("`{}` {what}.", field.name);
        self.problems.push(Problem { path: field.path.clone(), sentence, blocks });
    }

    /// The value of a field; `None` when it is not sent.
    pub(crate) fn value(&mut self, field: &Field) -> Option<Tree> {
        let Some(left) = self.left.checked_sub(1) else {
            if self
                .problems
                .last()
                .is_none_or(|problem| !problem.sentence.contains("too many fields"))
            {
                self.problem(field, "is not read: the form has too many fields", true);
            }
            return None;
        };
        self.left = left;
        if self.draft.is_null(&field.path) {
            if !field.nullable && field.kind != Kind::Json {
                self.problem(field, "must not be null", false);
            }
            return Some(Tree::Null);
        }
        match &field.kind {
            Kind::Object { .. } => self.object(field),
            Kind::List { fewest, most } => self.list(field, *fewest, *most),
            Kind::Variants(_) => self.variant(field),
            _ if self.draft.get(&field.path).is_none() => match &field.kind {
                Kind::Choice(choices) if field.required && choices.len() == 1 => {
                    choices.first().map(|choice| Tree::of_json(&choice.json))
                }
                _ => self.missing(field),
            },
            Kind::Text(rules) => {
                let text = self.draft.text(&field.path);
                for flaw in check::text(rules, &text) {
                    self.problem(field, &flaw, false);
                }
                Some(if field.is_secret() && !text.is_empty() {
                    Tree::Secret { name: field.name.clone(), value: text }
                } else {
                    Tree::Text(text)
                })
            }
            Kind::Number(rules) => {
                let text = self.draft.text(&field.path).trim().to_owned();
                match json::number(&text).filter(|value| value.is_finite()) {
                    Some(value) => {
                        for flaw in check::number(rules, value) {
                            self.problem(field, &flaw, false);
                        }
                        Some(Tree::Number(text))
                    }
                    None => {
                        self.problem(field, "must be a number", true);
                        None
                    }
                }
            }
            Kind::Boolean => match self.draft.text(&field.path).as_str() {
                "true" => Some(Tree::Bool(true)),
                "false" => Some(Tree::Bool(false)),
                _ => {
                    self.problem(field, "must be true or false", true);
                    None
                }
            },
            Kind::Choice(_) => {
                if self.form.chosen(field, self.draft).is_none() {
                    self.problem(field, "is not one of the described values", false);
                }
                self.draft.get(&field.path).map(|cell| Tree::of_json(&cell.to_string()))
            }
            Kind::Json => {
                let text = self.draft.text(&field.path);
                match json::flaw(&text) {
                    Some(flaw) => {
                        self.problem(field, &format!("must be JSON: {flaw}"), true);
                        None
                    }
                    None => Some(Tree::Json(text.trim().to_owned())),
                }
            }
        }
    }

    fn missing(&mut self, field: &Field) -> Option<Tree> {
        if field.required {
            self.problem(field, "is required", field.path.as_str().starts_with("/path/"));
        }
        None
    }

    fn object(&mut self, field: &Field) -> Option<Tree> {
        let touched = self.draft.is_sent(&field.path);
        if !touched {
            if !field.required {
                return None;
            }
            if self.trail.contains(&field.schema) {
                self.problem(field, "is required, but contains itself without end", false);
                return None;
            }
            let untouched = self.untouched.checked_sub(1)?;
            self.untouched = untouched;
            self.trail.push(field.schema.clone());
        }
        let mut members: Vec<(String, Tree)> = Vec::new();
        for child in self.form.children(field, self.draft) {
            if members.iter().any(|(name, _)| *name == child.name) {
                self.problem(&child, "appears twice", true);
            } else if let Some(value) = self.value(&child) {
                members.push((child.name, value));
            }
        }
        if !touched {
            self.trail.pop();
        }
        Some(Tree::Object(members))
    }

    fn list(&mut self, field: &Field, fewest: Option<usize>, most: Option<usize>) -> Option<Tree> {
        if self.draft.get(&field.path).is_none() {
            return self.missing(field);
        }
        let children = self.form.children(field, self.draft);
        let length = children.len();
        if let Some(fewest) = fewest.filter(|fewest| length < *fewest) {
            self.problem(field, &format!("must have at least {}", count(fewest, "item")), false);
        }
        if let Some(most) = most.filter(|most| length > *most) {
            self.problem(field, &format!("must have at most {}", count(most, "item")), false);
        }
        Some(Tree::List(children.iter().filter_map(|child| self.value(child)).collect()))
    }

    fn variant(&mut self, field: &Field) -> Option<Tree> {
        let touched = self.draft.is_sent(&field.path);
        if !touched && !field.required {
            return None;
        }
        if !touched && self.trail.contains(&field.schema) {
            return self.missing(field);
        }
        let Some(chosen) = self.form.children(field, self.draft).into_iter().next() else {
            self.problem(field, "has a variant that is not described", true);
            return None;
        };
        if touched {
            return self.value(&chosen);
        }
        self.trail.push(field.schema.clone());
        let value = self.value(&chosen);
        self.trail.pop();
        value
    }
}

impl Tree {
    /// The value of a choice.
    fn of_json(json: &str) -> Self {
        match json::string(json) {
            Some(text) => Self::Text(text),
            None => Self::Json(json.to_owned()),
        }
    }

    /// As JSON; indented by two blanks per level, or on one line. With `shown`, names
    /// replace secrets.
    pub(crate) fn json(&self, shown: bool, indented: bool) -> String {
        let mut out = String::new();
        self.write(&mut out, shown, indented.then_some(0));
        out
    }

    fn write(&self, out: &mut String, shown: bool, indent: Option<usize>) {
        let inner = indent.map(|indent| indent + 1);
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(text) | Self::Json(text) => out.push_str(text),
            Self::Text(text) => out.push_str(&json::quoted(text)),
            Self::Secret { .. } => out.push_str(&json::quoted(&self.plain(shown))),
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    separate(out, at, inner);
                    item.write(out, shown, inner);
                }
                close(out, ']', items.is_empty(), indent);
            }
            Self::Object(members) => {
                out.push('{');
                for (at, (name, value)) in members.iter().enumerate() {
                    separate(out, at, inner);
                    out.push_str(&json::quoted(name));
                    out.push_str(if indent.is_some() { ": " } else { ":" });
                    value.write(out, shown, inner);
                }
                close(out, '}', members.is_empty(), indent);
            }
        }
    }

    /// As text outside JSON: objects and lists become JSON on one line.
    pub(crate) fn plain(&self, shown: bool) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Secret { name, .. } if shown => format!("<{name}>"),
            Self::Secret { value, .. } => value.clone(),
            Self::Json(text) => json::plain(text),
            other => other.json(shown, false),
        }
    }
}

fn separate(out: &mut String, at: usize, indent: Option<usize>) {
    if at > 0 {
        out.push(',');
    }
    if let Some(indent) = indent {
        line(out, indent);
    }
}

fn close(out: &mut String, end: char, empty: bool, indent: Option<usize>) {
    if let Some(indent) = indent.filter(|_| !empty) {
        line(out, indent);
    }
    out.push(end);
}

fn line(out: &mut String, indent: usize) {
    out.push('\n');
    for _ in 0..indent {
        out.push_str("  ");
    }
}

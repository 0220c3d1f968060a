//! Schemas as lists of raw objects: references are followed, `allOf` is merged, and nothing
//! is opened before it is shown.
//!
//! A merged schema is the list of the objects that apply together, outer ones first; a
//! keyword is taken from the first object that has it.

use crate::document::Document;
use crate::document::json::{self, Object, Span, plain};

/// How many objects one merged schema may have; more than this is an error in the
/// description.
const PARTS: usize = 256;

/// One of the objects that make up a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    span: Span,
    /// Whether one of its alternatives has been chosen, so that only the rest applies.
    chosen: bool,
}

/// A schema whose references are followed and whose `allOf` is merged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Schema {
    parts: Vec<Part>,
    /// A sentence on what could not be read.
    pub(crate) problem: Option<String>,
    /// The property that says which variant this is, and its value.
    pub(crate) tag: Option<(String, String)>,
    /// The type that was chosen of several.
    only: Option<String>,
}

/// One of the alternatives of `oneOf` or `anyOf`.
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) schema: Schema,
}

impl Document {
    /// The schema that starts at a place of the text.
    pub(crate) fn schema(&self, span: Span) -> Schema {
        self.merged(vec![Part { span, chosen: false }])
    }

    /// Several schemas that apply together.
    pub(crate) fn schema_of_all(&self, spans: Vec<Span>) -> Schema {
        self.merged(spans.into_iter().map(|span| Part { span, chosen: false }).collect())
    }

    fn merged(&self, mut waiting: Vec<Part>) -> Schema {
        let mut schema = Schema::default();
        // A choice applies however its object is reached.
        let chosen: Vec<Span> =
            waiting.iter().filter(|part| part.chosen).map(|part| part.span.clone()).collect();
        waiting.reverse();
        while let Some(mut part) = waiting.pop() {
            part.chosen |= chosen.contains(&part.span);
            if schema.parts.iter().any(|seen| seen.span == part.span) {
                continue;
            }
            if schema.parts.len() == PARTS {
                schema.problem = Some("This schema is merged from too many others.".to_owned());
                break;
            }
            let object = Object::parse(self.slice(&part.span));
            schema.parts.push(part);
            let mut inner = Vec::new();
            if let Some(reference) = object.text("$ref") {
                match self.resolve(&reference) {
                    Ok(span) => inner.push(Part { span, chosen: false }),
                    Err(sentence) => schema.problem = Some(sentence),
                }
            }
            for raw in object.list("allOf") {
                inner.push(Part { span: self.span(raw), chosen: false });
            }
            waiting.extend(inner.into_iter().rev());
        }
        schema
    }

    /// The keywords of a schema.
    pub(crate) fn view(&self, schema: &Schema) -> View<'_> {
        let read = |part: &Part| (Object::parse(self.slice(&part.span)), part.chosen);
        View { parts: schema.parts.iter().map(read).collect(), only: schema.only.clone() }
    }

    /// The alternatives of a schema without `null`; empty if there is no choice of shape.
    pub(crate) fn variants(&self, schema: &Schema) -> Vec<Variant> {
        let view = self.view(schema);
        let Some((at, alternatives)) = view.alternatives() else {
            let types = view.types();
            let several = if types.len() > 1 { types } else { Vec::new() };
            let one = |name: String| Variant {
                schema: Schema { only: Some(name.clone()), ..schema.clone() },
                name,
            };
            return several.into_iter().map(one).collect();
        };
        let discriminator = view.object("discriminator");
        let shapes = alternatives.into_iter().filter(|raw| !is_null(raw)).enumerate();
        shapes.map(|(number, raw)| self.shape(schema, at, raw, number, &discriminator)).collect()
    }

    /// One alternative: `raw` together with the rest of the schema, whose part `at` has the
    /// alternatives.
    fn shape(
        &self,
        schema: &Schema,
        at: usize,
        raw: &str,
        number: usize,
        discriminator: &Object<'_>,
    ) -> Variant {
        let mut parts = schema.parts.clone();
        if let Some(part) = parts.get_mut(at) {
            part.chosen = true;
        }
        parts.push(Part { span: self.span(raw), chosen: false });
        let mut merged = self.merged(parts);
        let reference = Object::parse(raw).text("$ref");
        let last = reference.as_deref().and_then(|text| text.rsplit('/').next());
        let property = discriminator.text("propertyName");
        let tag = property.as_deref().and_then(|property| {
            let mapped = discriminator.object("mapping").iter().find_map(|(value, target)| {
                let target = plain(target);
                let met = Some(&target) == reference.as_ref() || Some(target.as_str()) == last;
                met.then(|| value.to_owned())
            });
            mapped.or_else(|| self.constant(&merged, property)).or(last.map(str::to_owned))
        });
        let name = tag
            .clone()
            .or_else(|| self.view(&self.schema(self.span(raw))).name())
            .or_else(|| last.map(str::to_owned))
            .unwrap_or_else(|| format!("Variant {}", number + 1));
        merged.tag = property.zip(tag);
        Variant { name, schema: merged }
    }

    /// The only value that a property may have.
    fn constant(&self, schema: &Schema, property: &str) -> Option<String> {
        let schemas = self.view(schema).property(property)?;
        let spans = schemas.into_iter().map(|raw| self.span(raw)).collect();
        match self.view(&self.schema_of_all(spans)).options().as_slice() {
            [only] => Some(plain(only)),
            _ => None,
        }
    }
}

fn is_null(raw: &str) -> bool {
    let object = Object::parse(raw);
    object.text("type").as_deref() == Some("null") || object.get("const") == Some("null")
}

/// The keywords of a schema, read on demand.
pub(crate) struct View<'a> {
    parts: Vec<(Object<'a>, bool)>,
    only: Option<String>,
}

impl<'a> View<'a> {
    /// The first value of a keyword.
    pub(crate) fn get(&self, key: &str) -> Option<&'a str> {
        self.parts.iter().find_map(|(part, _)| part.get(key))
    }

    pub(crate) fn text(&self, key: &str) -> Option<String> {
        self.get(key).and_then(json::string)
    }

    fn object(&self, key: &str) -> Object<'a> {
        self.get(key).map(Object::parse).unwrap_or_default()
    }

    pub(crate) fn flag(&self, key: &str) -> bool {
        self.parts.iter().any(|(part, _)| part.flag(key))
    }

    pub(crate) fn number(&self, key: &str) -> Option<f64> {
        self.get(key).and_then(json::number)
    }

    pub(crate) fn length(&self, key: &str) -> Option<usize> {
        self.get(key).and_then(|raw| raw.parse().ok())
    }

    /// The names of the types without `null`, in the text's order.
    pub(crate) fn types(&self) -> Vec<String> {
        if let Some(only) = &self.only {
            return vec![only.clone()];
        }
        self.all_types().into_iter().filter(|name| name != "null").collect()
    }

    fn all_types(&self) -> Vec<String> {
        match self.get("type") {
            Some(raw) if raw.starts_with('[') => json::items(raw).into_iter().map(plain).collect(),
            Some(raw) => vec![plain(raw)],
            None => Vec::new(),
        }
    }

    /// Whether `null` is allowed, as 3.0 (`nullable`) or 3.1 (types) says it.
    pub(crate) fn nullable(&self) -> bool {
        self.flag("nullable")
            || self.all_types().iter().any(|name| name == "null")
            || self.alternatives().is_some_and(|(_, list)| list.into_iter().any(is_null))
    }

    /// The values of `enum` or `const` as JSON, without `null`.
    pub(crate) fn options(&self) -> Vec<&'a str> {
        let mut options = match self.get("const") {
            Some(raw) => vec![raw],
            None => self.get("enum").map(json::items).unwrap_or_default(),
        };
        if options.is_empty()
            && let Some((_, alternatives)) = self.alternatives()
        {
            // Alternatives that are all constants are an enum with descriptions.
            for raw in alternatives.into_iter().filter(|raw| !is_null(raw)) {
                let object = Object::parse(raw);
                match object.get("const") {
                    Some(value) => options.push(value),
                    None if object.get("enum").is_some() => options.extend(object.list("enum")),
                    None => return Vec::new(),
                }
            }
        }
        options.retain(|raw| *raw != "null");
        options
    }

    /// The alternatives that are still open, and the part that has them.
    fn alternatives(&self) -> Option<(usize, Vec<&'a str>)> {
        self.parts.iter().enumerate().filter(|(_, (_, chosen))| !chosen).find_map(
            |(at, (part, _))| {
                let list = part.get("oneOf").or_else(|| part.get("anyOf")).map(json::items)?;
                (!list.is_empty()).then_some((at, list))
            },
        )
    }

    /// Whether there is a choice of shape, or was one before `null` was removed.
    pub(crate) fn has_variants(&self) -> bool {
        self.alternatives().is_some() || self.types().len() > 1
    }

    /// Properties in the text's order; each with all its schemas.
    pub(crate) fn properties(&self) -> Vec<(String, Vec<&'a str>)> {
        let mut properties: Vec<(String, Vec<&'a str>)> = Vec::new();
        for (part, _) in &self.parts {
            for (name, raw) in part.object("properties").iter() {
                match properties.iter_mut().find(|(known, _)| known == name) {
                    Some((_, schemas)) => schemas.push(raw),
                    None => properties.push((name.to_owned(), vec![raw])),
                }
            }
        }
        properties
    }

    fn property(&self, name: &str) -> Option<Vec<&'a str>> {
        self.properties().into_iter().find(|(known, _)| known == name).map(|(_, schemas)| schemas)
    }

    /// The names of the required properties.
    pub(crate) fn required(&self) -> Vec<String> {
        let lists = self.parts.iter().flat_map(|(part, _)| part.list("required"));
        lists.filter_map(json::string).collect()
    }

    /// Whether the user may add names, and the schema of their values.
    pub(crate) fn free_names(&self) -> (bool, Option<&'a str>) {
        match self.get("additionalProperties") {
            Some("false") => (false, None),
            Some(raw) => (true, raw.starts_with('{').then_some(raw)),
            None => (self.parts.iter().all(|(part, _)| part.get("properties").is_none()), None),
        }
    }

    /// A name for an alternative.
    fn name(&self) -> Option<String> {
        if let Some(title) = self.text("title") {
            return Some(title);
        }
        let types = self.types();
        if let [kind] = types.as_slice()
            && kind != "object"
        {
            return Some(kind.clone());
        }
        let required = self.parts.first().map(|(part, _)| part.list("required"))?;
        let required: Vec<String> = required.into_iter().map(plain).collect();
        let reference = self.parts.first().is_some_and(|(part, _)| part.get("$ref").is_some());
        (!required.is_empty() && !reference).then(|| format!("with {}", required.join(", ")))
    }
}

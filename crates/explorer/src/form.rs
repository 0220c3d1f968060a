//! The form of an operation: fields for its parameters and its body, opened level by
//! level.

use std::rc::Rc;

use crate::document::{Document, json};
use crate::draft::{Draft, Path};
use crate::field::{Choice, Field, Kind, TextRules};
use crate::operation::{Media, Operation};
use crate::parameter::{Location, Parameter, shown};
use crate::schema::{Schema, View};

/// The form of one operation. Cheap to keep: it holds the description and reads only what
/// is asked for. The user's input is in a [`Draft`] beside it.
#[derive(Clone, Debug)]
pub struct Form {
    document: Rc<Document>,
    operation: Rc<Operation>,
}

impl Form {
    /// The form of the operation at a position of [`Document::entries`].
    pub fn open(document: &Rc<Document>, at: usize) -> Option<Self> {
        let operation = Rc::new(document.operation(at)?);
        Some(Self { document: Rc::clone(document), operation })
    }

    /// The operation with its texts.
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    pub(crate) fn document(&self) -> &Document {
        &self.document
    }

    /// The draft to begin with: the description's suggestions for all required fields.
    /// Optional fields stay unsent, since the server knows its own defaults, and nothing is
    /// sent that the user did not choose; [`Field::suggestion`] has the examples, also for
    /// the whole body.
    pub fn draft(&self) -> Draft {
        let mut draft = Draft::default();
        for parameter in self.operation.parameters.iter().filter(|one| one.required) {
            let field = self.parameter_field(parameter);
            if let Some(json) = &field.suggestion {
                self.fill(&mut draft, &field, json);
            }
        }
        if let Some(field) = self.body(&draft).filter(|field| field.required) {
            self.fill_required(&mut draft, &field);
        }
        draft
    }

    /// Where the draft keeps the position of the chosen server in [`Operation::servers`].
    pub fn server_path() -> Path {
        Path::root("server")
    }

    /// The fields of the chosen server's variables.
    pub fn server_fields(&self, draft: &Draft) -> Vec<Field> {
        let at = draft.length(&Self::server_path());
        let Some(server) = self.operation.servers.get(at) else { return Vec::new() };
        let field = |variable: &crate::document::Variable| {
            let kind = if variable.options.is_empty() {
                Kind::Text(TextRules::default())
            } else {
                Kind::Choice(variable.options.iter().map(|text| Choice::of_text(text)).collect())
            };
            let path = Self::server_path().child(&variable.name);
            let mut field = self.document.field(path, &variable.name, Schema::default(), kind);
            field.description.clone_from(&variable.description);
            field.suggestion = Some(json::quoted(&variable.default));
            field
        };
        server.variables.iter().map(field).collect()
    }

    /// The fields of the parameters in one place, in the document's order.
    pub fn parameters(&self, location: Location) -> Vec<Field> {
        let all = self.operation.parameters.iter();
        all.filter(|one| one.location == location).map(|one| self.parameter_field(one)).collect()
    }

    pub(crate) fn parameter_field(&self, parameter: &Parameter) -> Field {
        let path = Path::root(parameter.location.name()).child(&parameter.name);
        let otherwise = if parameter.json { Kind::Json } else { Kind::Text(TextRules::default()) };
        let mut field =
            self.document.field(path, &parameter.name, parameter.schema.clone(), otherwise);
        field.required = parameter.required;
        field.deprecated |= parameter.deprecated;
        if !parameter.description.is_empty() {
            field.description.clone_from(&parameter.description);
        }
        if parameter.example.is_some() {
            field.suggestion.clone_from(&parameter.example);
        }
        if parameter.location == Location::Cookie {
            field.required = false;
            field.note =
                Some("Web pages cannot set cookies on requests, so this is not sent.".to_owned());
        }
        field
    }

    /// Where the draft keeps the position of the chosen format in
    /// [`Body::media`](crate::Body::media).
    pub fn media_path() -> Path {
        Path::root("media")
    }

    /// The chosen format of the body; by default the first one that a form supports.
    pub fn media(&self, draft: &Draft) -> Option<&Media> {
        let media = &self.operation.body.as_ref()?.media;
        let chosen = draft.get(&Self::media_path()).and_then(serde_json::Value::as_u64);
        let chosen = chosen.and_then(|at| media.get(usize::try_from(at).ok()?));
        let written = || media.iter().find(|one| one.is_json() || one.is_form());
        chosen.or_else(written).or_else(|| media.first())
    }

    /// The field of the body in the chosen format; `None` if the operation takes no body. A
    /// format other than JSON or a form is entered as text.
    pub fn body(&self, draft: &Draft) -> Option<Field> {
        let media = self.media(draft)?;
        let mut field = if media.is_json() || media.is_form() {
            let path = Path::root("body");
            self.document.field(path, "body", media.schema.clone(), Kind::Json)
        } else {
            let kind = Kind::Text(TextRules::default());
            self.document.field(Path::root("text"), "body", Schema::default(), kind)
        };
        if let Some(body) = &self.operation.body {
            field.required = body.required;
            if !body.description.is_empty() {
                field.description.clone_from(&body.description);
            }
        }
        if media.example.is_some() {
            field.suggestion.clone_from(&media.example);
        }
        Some(field)
    }

    /// The fields inside a field, according to the draft: properties and added names of an
    /// object, items of a list, the chosen variant. Empty for other kinds.
    pub fn children(&self, field: &Field, draft: &Draft) -> Vec<Field> {
        match &field.kind {
            Kind::Object { .. } => self.properties(field, draft),
            Kind::List { .. } => {
                let view = self.document.view(&field.schema);
                let length = draft.length(&field.path);
                (0..length).map(|at| self.item(field, &view, at)).collect()
            }
            Kind::Variants(_) => {
                let chosen = self.chosen(field, draft);
                chosen.and_then(|at| self.variants(field).nth(at)).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// The position of the chosen variant or option of a field; without a choice, the first
    /// variant if the field is required.
    pub fn chosen(&self, field: &Field, draft: &Draft) -> Option<usize> {
        let cell = draft.get(&field.path);
        match &field.kind {
            Kind::Variants(names) => match cell {
                Some(cell) => cell.as_u64().and_then(|at| usize::try_from(at).ok()),
                None => (field.required || draft.is_sent(&field.path)).then_some(0),
            }
            .filter(|at| *at < names.len()),
            Kind::Choice(choices) => match cell {
                Some(cell) => {
                    let cell = cell.to_string();
                    choices.iter().position(|choice| json::same(&choice.json, &cell))
                }
                None => (field.required && choices.len() == 1).then_some(0),
            },
            _ => None,
        }
    }

    fn variants(&self, field: &Field) -> impl Iterator<Item = Field> + use<'_> {
        let path = field.path.clone();
        let variants = self.document.variants(&field.schema).into_iter().enumerate();
        variants.map(move |(at, variant)| {
            let path = path.variant(at);
            let mut child = self.document.field(path, &variant.name, variant.schema, Kind::Json);
            child.required = true;
            child
        })
    }

    fn item(&self, field: &Field, view: &View<'_>, at: usize) -> Field {
        let first = view.get("prefixItems").map(json::items).unwrap_or_default();
        let raw = first.get(at).copied().or_else(|| view.get("items"));
        let schema = raw.map(|raw| self.document.schema(self.document.span(raw)));
        let name = (at + 1).to_string();
        let path = field.path.item(at);
        let mut item = self.document.field(path, &name, schema.unwrap_or_default(), Kind::Json);
        item.required = true;
        item
    }

    fn properties(&self, field: &Field, draft: &Draft) -> Vec<Field> {
        let document = &self.document;
        let view = document.view(&field.schema);
        let required = view.required();
        let mut properties = view.properties();
        let tag = field.schema.tag.as_ref();
        let undescribed = required.iter().chain(tag.map(|(property, _)| property));
        for name in undescribed {
            if !properties.iter().any(|(known, _)| known == name) {
                properties.push((name.clone(), Vec::new()));
            }
        }
        let mut fields = Vec::new();
        for (name, schemas) in properties {
            let spans = schemas.into_iter().map(|raw| document.span(raw)).collect();
            let schema = document.schema_of_all(spans);
            if document.view(&schema).flag("readOnly") {
                continue;
            }
            let mut child = document.field(field.path.child(&name), &name, schema, Kind::Json);
            child.required = required.contains(&name);
            if let Some((_, value)) = tag.filter(|(property, _)| *property == name) {
                child.kind = Kind::Choice(vec![Choice::of_text(value)]);
                child.required = true;
            }
            fields.push(child);
        }
        let (_, values) = view.free_names();
        for (at, name) in draft.names(&field.path).into_iter().enumerate() {
            let schema = values.map(|raw| document.schema(document.span(raw)));
            let path = field.path.names().item(at);
            let mut child = document.field(path, &name, schema.unwrap_or_default(), Kind::Json);
            child.required = true;
            child.added = Some(at);
            fields.push(child);
        }
        fields
    }

    /// Enters the suggestions of the required fields in a required field, but not the
    /// suggestion for that field as a whole.
    fn fill_required(&self, draft: &mut Draft, field: &Field) {
        let mut waiting = self.children(field, draft);
        waiting.retain(|child| child.required);
        let mut opened: Vec<Schema> = vec![field.schema.clone()];
        while let Some(field) = waiting.pop() {
            match &field.suggestion {
                Some(json) => self.fill(draft, &field, json),
                None if opened.contains(&field.schema) => {}
                None => {
                    opened.push(field.schema.clone());
                    let children = self.children(&field, draft);
                    waiting.extend(children.into_iter().filter(|child| child.required));
                }
            }
        }
    }

    /// Enters a value, given as JSON, into a field and the fields inside it.
    pub fn fill(&self, draft: &mut Draft, field: &Field, json: &str) {
        let json = json.trim();
        if json == "null" && field.kind != Kind::Json {
            draft.set(&field.path, serde_json::Value::Null);
            return;
        }
        match &field.kind {
            Kind::Text(_) => draft.set(&field.path, shown(json)),
            Kind::Number(_) => draft.set(&field.path, shown(json)),
            Kind::Boolean => draft.set_json(&field.path, json),
            Kind::Choice(_) => draft.set_json(&field.path, json),
            Kind::Json => draft.set(&field.path, json),
            Kind::List { .. } => {
                let items = json::items(json);
                draft.set(&field.path, items.len());
                for (item, raw) in self.children(field, draft).iter().zip(items) {
                    self.fill(draft, item, raw);
                }
            }
            Kind::Object { .. } => self.fill_object(draft, field, json),
            Kind::Variants(_) => {
                let variants: Vec<Field> = self.variants(field).collect();
                let fits = |variant: &Field| self.fits(variant, json);
                let at = variants.iter().position(fits).unwrap_or(0);
                draft.set(&field.path, at);
                if let Some(variant) = variants.get(at) {
                    self.fill(draft, variant, json);
                }
            }
        }
    }

    fn fill_object(&self, draft: &mut Draft, field: &Field, json: &str) {
        draft.set(&field.path, true);
        let object = json::Object::parse(json);
        let described = self.document.view(&field.schema).properties();
        let children = self.children(field, &Draft::default());
        for (name, raw) in object.iter() {
            match children.iter().find(|child| child.name == name) {
                Some(child) => self.fill(draft, child, raw),
                // Leave out a property that only answers have.
                None if described.iter().any(|(known, _)| known == name) => {}
                None => {
                    draft.add_name(&field.path, name);
                    if let Some(added) = self.children(field, draft).last() {
                        self.fill(draft, added, raw);
                    }
                }
            }
        }
    }

    /// Whether a value seems to match a variant.
    fn fits(&self, variant: &Field, json: &str) -> bool {
        let object = json::Object::parse(json);
        match &variant.kind {
            Kind::Object { .. } => {
                let view = self.document.view(&variant.schema);
                let tagged =
                    variant.schema.tag.as_ref().is_none_or(|(property, value)| {
                        object.text(property).as_ref() == Some(value)
                    });
                let complete = view.required().iter().all(|name| object.get(name).is_some());
                json.starts_with('{') && tagged && complete
            }
            Kind::List { .. } => json.starts_with('['),
            Kind::Text(_) => json.starts_with('"'),
            Kind::Number(_) => json::number(json).is_some(),
            Kind::Boolean => json == "true" || json == "false",
            Kind::Choice(choices) => choices.iter().any(|choice| json::same(&choice.json, json)),
            Kind::Variants(_) | Kind::Json => true,
        }
    }
}

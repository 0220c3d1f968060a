//! One field of a form with everything that is said about it.

use backoffice_explorer::{Field, Format, Kind, NumberRules, TextRules};
use leptos::prelude::*;

use super::controls::control;
use super::form_state::FormState;
use super::group_view::{list_view, object_view, variants_view};
use super::prose::Prose;
use backoffice_ui::{Icon, IconName, unique_id};

/// A field under its own name.
#[must_use]
pub fn field_view(form_state: FormState, field: Field) -> AnyView {
    let label = field.name.clone();
    labelled_view(form_state, field, label)
}

/// A field under a name that tells where it belongs.
#[must_use]
pub fn labelled_view(form_state: FormState, field: Field, label: String) -> AnyView {
    match field.kind {
        Kind::Object { .. } => object_view(form_state, field, label),
        Kind::List { .. } => list_view(form_state, field, label),
        Kind::Variants(_) => variants_view(form_state, field, label),
        _ => plain_view(form_state, field, label),
    }
}

fn plain_view(form_state: FormState, field: Field, label: String) -> AnyView {
    let id = unique_id("value");
    let below = format!("{id}-below");
    view! {
        <div class="field http__field">
            <div class="http__label">
                <label class="field__label" for=id.clone()>{label.clone()}</label>
                <Marks field=field.clone() />
                <Suggestion form_state field=field.clone() label />
            </div>
            {control(form_state, &field, id, below.clone())}
            <Below form_state field id=below />
        </div>
    }
    .into_any()
}

/// What kind of value it is, and whether it has to be there.
#[component]
pub fn Marks(
    /// The field.
    field: Field,
) -> impl IntoView {
    let kind = kind_words(&field.kind, field.nullable);
    view! {
        <span class="http__kind">{kind}</span>
        {field.required.then(|| view! { <span class="http__required">"required"</span> })}
        {field.deprecated.then(|| view! { <span class="http__kind">"deprecated"</span> })}
    }
}

/// Enters what the description suggests.
#[component]
fn Suggestion(form_state: FormState, field: Field, label: String) -> impl IntoView {
    let json = field.suggestion.clone().filter(|json| json.len() < 80 && !field.is_secret())?;
    let shown = json.trim_matches('"').to_owned();
    let name = format!("Use {shown} for {label}");
    Some(view! {
        <button class="http__suggest" type="button" aria-label=name on:click=move |_| form_state.fill(&field, &json)>
            "Use "<code>{shown}</code>
        </button>
    })
}

/// What the description says, what could not be read, and what is wrong.
#[component]
pub fn Below(
    /// What is entered.
    form_state: FormState,
    /// The field.
    field: Field,
    /// The id that the control names.
    id: String,
) -> impl IntoView {
    let description = field.description.clone();
    let path = field.path.clone();
    view! {
        <div class="http__below" id=id>
            {(!description.is_empty()).then(|| view! { <Prose text=description /> })}
            {field.note.map(|note| view! { <p class="field__hint">{note}</p> })}
            {move || form_state.problem(&path).map(|sentence| view! {
                <p class="field__error"><Icon name=IconName::Alert /><span>{sentence}</span></p>
            })}
        </div>
    }
}

fn kind_words(kind: &Kind, nullable: bool) -> String {
    let mut words = match kind {
        Kind::Text(rules) => text_words(rules),
        Kind::Number(rules) => number_words(rules),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Choice(choices) => format!("one of {}", choices.len()),
        Kind::Object { .. } => "object".to_owned(),
        Kind::List { fewest, most } => format!("list{}", range(*fewest, *most, "items")),
        Kind::Variants(names) => format!("one of {} shapes", names.len()),
        Kind::Json => "JSON".to_owned(),
    };
    if nullable {
        words.push_str(" or null");
    }
    words
}

fn text_words(rules: &TextRules) -> String {
    let name = match rules.format {
        Format::Plain => "text",
        Format::Date => "date, such as 2030-01-31",
        Format::DateTime => "date and time, such as 2030-01-31T12:00:00Z",
        Format::Email => "e-mail address",
        Format::Uuid => "UUID",
        Format::Uri => "address",
        Format::Byte => "Base64",
        Format::Binary => "content of a file, as text",
        Format::Password => "secret",
    };
    let length = range(rules.shortest, rules.longest, "characters");
    let pattern = rules.pattern.as_ref().map(|pattern| format!(", matches {pattern}"));
    format!("{name}{length}{}", pattern.unwrap_or_default())
}

fn number_words(rules: &NumberRules) -> String {
    let name = if rules.integer { "integer" } else { "number" };
    let bound = |sign: &str, value: Option<f64>| value.map(|value| format!(" {sign} {value}"));
    let bounds = [
        bound("≥", rules.least),
        bound(">", rules.above),
        bound("≤", rules.most),
        bound("<", rules.below),
        rules.step.map(|step| format!(" in steps of {step}")),
    ];
    format!("{name}{}", bounds.into_iter().flatten().collect::<Vec<_>>().join(","))
}

fn range(least: Option<usize>, most: Option<usize>, what: &str) -> String {
    match (least.filter(|least| *least > 0), most) {
        (Some(least), Some(most)) => format!(", {least} to {most} {what}"),
        (Some(least), None) => format!(", at least {least} {what}"),
        (None, Some(most)) => format!(", at most {most} {what}"),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_read_as_words() {
        let text = TextRules { shortest: Some(1), longest: Some(9), ..TextRules::default() };
        assert_eq!(text_words(&text), "text, 1 to 9 characters");
        let number = NumberRules { integer: true, least: Some(0.0), ..NumberRules::default() };
        assert_eq!(number_words(&number), "integer ≥ 0");
        let list = Kind::List { fewest: None, most: Some(2) };
        assert_eq!(kind_words(&list, true), "list, at most 2 items or null");
    }
}

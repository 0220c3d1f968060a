//! The controls that values are entered with.

use backoffice_explorer::{Choice, Field, Format, Kind, Path};
use leptos::prelude::*;

use super::form_state::FormState;
use backoffice_ui::{Icon, IconName};

/// What stands in a list of choices for entering nothing.
const NOT_SENT: &str = "Not sent";

/// The control of a field that is no group. `id` is its own, `below` that of its texts.
#[must_use]
pub fn control(form_state: FormState, field: &Field, id: String, below: String) -> AnyView {
    match &field.kind {
        Kind::Boolean => {
            let json = |text: &str| Choice { label: text.to_owned(), json: text.to_owned() };
            choice(form_state, field, &[json("true"), json("false")], id, below)
        }
        Kind::Choice(choices) => choice(form_state, field, choices, id, below),
        Kind::Json => lines(form_state, field, id, below, 3),
        Kind::Text(rules) if rules.format == Format::Binary => {
            lines(form_state, field, id, below, 3)
        }
        // Only in a body has a text more than one line.
        Kind::Text(rules)
            if rules.format == Format::Plain && field.path.as_str().starts_with("/body") =>
        {
            lines(form_state, field, id, below, 1)
        }
        _ if field.path.as_str() == "/text" => lines(form_state, field, id, below, 4),
        _ => line(form_state, field, id, below),
    }
}

/// Enters what was typed. Nothing typed is nothing sent.
fn typed(form_state: FormState, path: &Path, text: String) {
    form_state
        .change(|draft| if text.is_empty() { draft.unset(path) } else { draft.set(path, text) });
}

fn line(form_state: FormState, field: &Field, id: String, below: String) -> AnyView {
    let path = StoredValue::new(field.path.clone());
    let secret = field.is_secret();
    let number = matches!(field.kind, Kind::Number(_));
    view! {
        <input
            class="input input--mono"
            id=id
            type=if secret { "password" } else { "text" }
            inputmode=number.then_some("decimal")
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-required=field.required.then_some("true")
            aria-invalid=move || path.with_value(|path| form_state.problem(path)).map(|_| "true")
            aria-describedby=below
            prop:value=move || path.with_value(|path| form_state.draft.with(|draft| draft.text(path)))
            on:input:target=move |event| path.with_value(|path| typed(form_state, path, event.target().value()))
            on:blur=move |_| path.with_value(|path| form_state.leave(path))
        />
    }
    .into_any()
}

fn lines(form_state: FormState, field: &Field, id: String, below: String, rows: u32) -> AnyView {
    let path = StoredValue::new(field.path.clone());
    view! {
        <textarea
            class="input input--mono http__lines"
            id=id
            rows=rows
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-required=field.required.then_some("true")
            aria-invalid=move || path.with_value(|path| form_state.problem(path)).map(|_| "true")
            aria-describedby=below
            prop:value=move || path.with_value(|path| form_state.draft.with(|draft| draft.text(path)))
            on:input:target=move |event| path.with_value(|path| typed(form_state, path, event.target().value()))
            on:blur=move |_| path.with_value(|path| form_state.leave(path))
        ></textarea>
    }
    .into_any()
}

fn choice(
    form_state: FormState,
    field: &Field,
    choices: &[Choice],
    id: String,
    below: String,
) -> AnyView {
    let path = StoredValue::new(field.path.clone());
    let choices: Vec<Choice> = choices.to_vec();
    let known = choices.clone();
    let stored = StoredValue::new(field.clone());
    // A boolean has no choices of its own in the form.
    let chosen = Memo::new(move |_| {
        form_state.with(|form, draft| {
            let field = stored.read_value();
            match field.kind {
                Kind::Boolean => {
                    let text = draft.get(&field.path)?.to_string();
                    known.iter().position(|choice| choice.json == text)
                }
                _ => form.chosen(&field, draft),
            }
        })
    });
    let names: Vec<String> = choices.iter().map(|choice| choice.label.clone()).collect();
    let pick = move |at: Option<usize>| {
        path.with_value(|path| {
            let choice = at.and_then(|at| choices.get(at));
            form_state.change(|draft| match choice {
                Some(choice) => draft.set_json(path, &choice.json),
                None => draft.unset(path),
            });
            form_state.leave(path);
        });
    };
    let none = match (field.required, names.len()) {
        (false, _) => Some(NOT_SENT),
        // There is nothing to choose.
        (true, 1) => None,
        (true, _) => Some("Choose…"),
    };
    select(chosen, names, none, pick, id, below)
}

/// The browser's own list; `none` is the entry for no choice.
#[must_use]
pub fn select(
    chosen: Memo<Option<usize>>,
    names: Vec<String>,
    none: Option<&'static str>,
    pick: impl Fn(Option<usize>) + Send + 'static,
    id: String,
    below: String,
) -> AnyView {
    let option = |value: String, name: String| {
        let this = value.parse::<usize>().ok();
        view! { <option value=value prop:selected=move || chosen.get() == this>{name}</option> }
            .into_any()
    };
    let none = none.map(|name| option(String::new(), name.to_owned()));
    let names: Vec<AnyView> =
        names.into_iter().enumerate().map(|(at, name)| option(at.to_string(), name)).collect();
    view! {
        <div class="field__control">
            <select
                class="select"
                id=id
                aria-describedby=below
                on:change:target=move |event| pick(event.target().value().parse().ok())
            >
                {none}
                {names}
            </select>
            <span class="field__chevron"><Icon name=IconName::ChevronDown /></span>
        </div>
    }
    .into_any()
}

/// The entry for no choice of what need not be sent.
#[must_use]
pub fn not_sent(field: &Field) -> Option<&'static str> {
    (!field.required).then_some(NOT_SENT)
}

//! The draft as rows.

use std::sync::Arc;

use backoffice_contract::Secret;
use leptos::prelude::*;

use crate::pages::app::config::draft::{Change, Row, Stage};
use crate::pages::app::config::editor::Editor;
use backoffice_ui::words::text_search::holds;
use backoffice_ui::{
    Badge, Button, ButtonVariant, EmptyState, IconName, Note, Phone, RowButton, SearchField,
    SecretValue, TableColumn, Tone, VirtualTable,
};

/// A filter, and one row a variable.
#[component]
pub(super) fn Rows(
    editor: Editor,
    filter: RwSignal<String>,
    view_raw: Callback<()>,
) -> impl IntoView {
    let none = Memo::new(move |_| editor.stage.with(|stage| stage.rows.is_empty()));
    let revealed = Signal::derive(move || editor.reveal.is_shown());
    let keys = Memo::new(move |_| {
        let values_too = revealed.get();
        Arc::new(
            editor.stage.with(|stage| filter.with(|filter| matching(stage, filter, values_too))),
        )
    });
    let none_matches = Memo::new(move |_| keys.with(|keys| keys.is_empty()));
    let row = Callback::new(move |name: String| {
        let row = {
            let name = name.clone();
            Memo::new(move |_| editor.stage.with(|stage| stage.rows.get(&name).cloned()))
        };
        let change = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.change)));
        Variable { name: StoredValue::new(name), row, change }
    });
    let state = Callback::new(|Variable { change, .. }: Variable| {
        Signal::derive(move || match change.get() {
            Some(Change::Added) => "added",
            Some(Change::Changed) => "changed",
            Some(Change::Removed) => "removed",
            Some(Change::Unchanged) | None => "",
        })
    });
    let unreadable = editor.unreadable();
    let search = Signal::derive(move || {
        if revealed.get() { "Filter by name or value" } else { "Filter by name" }.to_owned()
    });
    move || {
        if none.get() && unreadable.with(Option::is_none) {
            return view! {
                <EmptyState icon=IconName::Config title="No variables yet">
                    <p>"Add one, import a " <code>".env"</code> " file, or create a database: it sets " <code>"DATABASE_URL"</code> "."</p>
                    <Button variant=ButtonVariant::Primary on_click=Callback::new(move |()| editor.add())>"Add the first one"</Button>
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <div class="card__tools">
                <SearchField label=search value=filter />
                <Button
                    icon=IconName::Eye
                    on_click=Callback::new(move |()| editor.reveal.toggle())
                >
                    {move || if revealed.get() { "Hide all values" } else { "Reveal all values" }}
                </Button>
            </div>
            {move || unreadable.get().map(|reason| view! {
                <Note
                    tone=Tone::Bad
                    title=reason
                    actions=move || view! { <Button small=true on_click=view_raw>"Open the raw text"</Button> }.into_any()
                />
            })}
            {move || none_matches.get().then(|| view! {
                <p class="card__empty" role="status">"No names match."</p>
            })}
            <VirtualTable label="Variables" class="vars" keys columns=columns(editor) row state />
        }
        .into_any()
    }
}

fn matching(stage: &Stage, filter: &str, values_too: bool) -> Vec<String> {
    let filter = filter.trim().to_lowercase();
    let found =
        |row: &&Row| holds(&row.name, &filter) || values_too && holds(row.value.expose(), &filter);
    stage.rows.values().filter(found).map(|row| row.name.clone()).collect()
}

/// A variable in the list.
#[derive(Clone, Copy)]
struct Variable {
    name: StoredValue<String>,
    /// The variable, while it is there.
    row: Memo<Option<Row>>,
    /// What will happen to it.
    change: Memo<Option<Change>>,
}

impl Variable {
    fn value(self) -> Signal<String> {
        let row = self.row;
        Signal::derive(move || {
            row.with(|row| row.as_ref().map(|row| row.value.expose().to_owned()))
                .unwrap_or_default()
        })
    }
}

/// The columns of the list, in order.
fn columns(editor: Editor) -> Vec<TableColumn<Variable>> {
    let name = |variable: Variable| {
        let name = variable.name.get_value();
        view! { <span class="var__name mono" title=name.clone()>{name.clone()}</span> }.into_any()
    };
    let revealed = Signal::derive(move || editor.reveal.is_shown());
    let value = move |variable: Variable| {
        let label = format!("Value of {}", variable.name.get_value());
        view! { <SecretValue value=variable.value() label all_shown=revealed /> }.into_any()
    };
    let change = |variable: Variable| (move || badge(variable.change.get())).into_any();
    let actions = move |variable: Variable| view! { <Actions editor variable /> }.into_any();
    vec![
        TableColumn::new("name", "Name", "minmax(0, 2fr)", Phone::At("1 / 1"), name),
        TableColumn::new("value", "Value", "minmax(0, 3fr)", Phone::At("2 / 1"), value),
        TableColumn::new("change", "Change", "7em", Phone::At("1 / 2"), change).hide_title(),
        TableColumn::new("actions", "Actions", "14em", Phone::At("2 / 2"), actions).hide_title(),
    ]
}

#[component]
fn Actions(editor: Editor, variable: Variable) -> impl IntoView {
    let Variable { name, change, .. } = variable;
    let value = variable.value();
    let locked = Memo::new(move |_| editor.stage.with(|stage| !stage.faults.is_empty()));
    let edit = Callback::new(move |()| {
        let value: Secret = value.get_untracked().into();
        name.with_value(|name| editor.edit(name, &value));
    });
    let remove = Callback::new(move |()| {
        name.with_value(|name| editor.draft.update(|draft| draft.remove(name)));
    });
    let undo = Callback::new(move |()| {
        name.with_value(|name| editor.draft.update(|draft| draft.undo(name)));
    });
    let button = move |text: &'static str, on_click: Callback<()>| {
        let label = format!("{text} {}", name.get_value());
        view! { <RowButton text label disabled=locked.get() on_click /> }
    };
    move || {
        let change = change.get();
        let goes = change == Some(Change::Removed);
        let (last, press) = match change {
            Some(Change::Unchanged | Change::Changed) => ("Remove", remove),
            _ => ("Undo", undo),
        };
        view! {
            {(!goes).then(|| button("Edit", edit))}
            {(change == Some(Change::Changed)).then(|| button("Undo", undo))}
            // It keeps the focus when it turns from one into the other.
            {button(last, press)}
        }
    }
}

/// What will happen to a variable, as a word.
pub(super) fn badge(change: Option<Change>) -> Option<impl IntoView> {
    let (tone, icon, word) = match change? {
        Change::Unchanged => return None,
        Change::Added => (Tone::Ok, IconName::Plus, "Added"),
        Change::Changed => (Tone::Wait, IconName::Refresh, "Changed"),
        Change::Removed => (Tone::Bad, IconName::Close, "Removed"),
    };
    Some(view! { <Badge tone icon>{word}</Badge> })
}

//! The draft as rows.

use std::sync::Arc;

use backoffice_contract::Secret;
use leptos::prelude::*;

use super::editor::Editor;
use crate::config_draft::{Change, Row, Stage};
use crate::text_search::holds;
use crate::ui::{
    Badge, Button, ButtonVariant, EmptyState, IconName, Note, RowButton, SearchField, SecretValue,
    Tone, VirtualList, VirtualRole, VisuallyHidden,
};

/// A filter, and one row per variable.
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
    let row = Callback::new(move |name: String| view! { <Variable editor name /> }.into_any());
    let unreadable = editor.unreadable();
    let search = Signal::derive(move || {
        if revealed.get() { "Filter by name or value" } else { "Filter by name" }.to_owned()
    });
    move || {
        if none.get() && unreadable.with(Option::is_none) {
            return view! {
                <EmptyState icon=IconName::Config title="No variables yet">
                    <p>"Add a variable, import a " <code>".env"</code> " file, or create a database: it sets " <code>"DATABASE_URL"</code> "."</p>
                    <Button variant=ButtonVariant::Primary on_click=Callback::new(move |()| editor.add())>"Add a variable"</Button>
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
                <p class="card__empty" role="status">"No variables match."</p>
            })}
            // The header counts as a row.
            <div role="table" aria-label="Variables" aria-rowcount=move || keys.with(|keys| keys.len() + 1).to_string()>
                <div class="var var--head" role="row" aria-rowindex="1">
                    <span role="columnheader">"Name"</span>
                    <span role="columnheader">"Value"</span>
                    <span role="columnheader"><VisuallyHidden>"Change"</VisuallyHidden></span>
                    <span role="columnheader"><VisuallyHidden>"Actions"</VisuallyHidden></span>
                </div>
                <VirtualList keys class="vars" role=VirtualRole::Rows row />
            </div>
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

#[component]
fn Variable(editor: Editor, name: String) -> impl IntoView {
    let row = {
        let name = name.clone();
        Memo::new(move |_| editor.stage.with(|stage| stage.rows.get(&name).cloned()))
    };
    let value = Signal::derive(move || {
        row.with(|row| row.as_ref().map(|row| row.value.expose().to_owned())).unwrap_or_default()
    });
    let revealed = Signal::derive(move || editor.reveal.is_shown());
    let locked = Memo::new(move |_| editor.stage.with(|stage| !stage.faults.is_empty()));
    let name = StoredValue::new(name);
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
    let secret = view! {
        <SecretValue value label=format!("Value of {}", name.get_value()) all_shown=revealed />
    };
    let change = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.change)));
    let button = move |text: &'static str, on_click: Callback<()>| {
        let label = format!("{text} {}", name.get_value());
        view! { <RowButton text label disabled=locked.get() on_click /> }
    };
    let actions = move || {
        let change = change.get();
        let goes = change == Some(Change::Removed);
        let (last, press) = match change {
            Some(Change::Unchanged | Change::Changed) => ("Remove", remove),
            _ => ("Undo", undo),
        };
        view! {
            {(!goes).then(|| button("Edit", edit))}
            {(change == Some(Change::Changed)).then(|| button("Undo", undo))}
            // One button with two labels, so that it keeps the focus.
            {button(last, press)}
        }
    };
    let class = move || match change.get() {
        Some(Change::Added) => "var var--added",
        Some(Change::Changed) => "var var--changed",
        Some(Change::Removed) => "var var--removed",
        _ => "var",
    };
    view! {
        <div class=class>
            <span role="cell" class="var__name mono" title=name.get_value()>{name.get_value()}</span>
            <span role="cell" class="var__value">{secret}</span>
            <span role="cell" class="var__change">{move || badge(change.get())}</span>
            <span role="cell" class="var__actions">{actions}</span>
        </div>
    }
}

/// A variable's staged change, as a badge.
pub(super) fn badge(change: Option<Change>) -> Option<impl IntoView> {
    let (tone, icon, word) = match change? {
        Change::Unchanged => return None,
        Change::Added => (Tone::Ok, IconName::Plus, "Added"),
        Change::Changed => (Tone::Wait, IconName::Refresh, "Changed"),
        Change::Removed => (Tone::Bad, IconName::Close, "Removed"),
    };
    Some(view! { <Badge tone icon>{word}</Badge> })
}

//! Fields with fields inside: objects, lists, and one of several shapes. They are opened
//! level by level, since a schema may contain itself.

use backoffice_explorer::{Field, Kind};
use leptos::prelude::*;

use super::controls::{not_sent, select};
use super::field_view::{Below, Marks, field_view, labelled_view};
use super::form_state::FormState;
use backoffice_ui::{Button, IconButton, IconName, unique_id};

/// An object as a group of its properties. What need not be sent is opened on demand.
#[must_use]
pub fn object_view(form_state: FormState, field: Field, label: String) -> AnyView {
    let optional = !field.required;
    let path = field.path.clone();
    let sent = Memo::new(move |_| form_state.draft.with(|draft| draft.is_sent(&path)));
    let opened = RwSignal::new(!optional || sent.get_untracked());
    let path = StoredValue::new(field.path.clone());
    let fill_in = {
        let label = label.clone();
        move || {
            let name = format!("Fill in {label}");
            let open = Callback::new(move |()| opened.set(true));
            view! { <Button small=true icon=IconName::Plus on_click=open>{name}</Button> }
        }
    };
    let take_back = {
        let label = label.clone();
        move || {
            let name = format!("Take back {label}");
            let close = move || {
                path.with_value(|path| form_state.change(|draft| draft.unset(path)));
                opened.set(false);
            };
            view! { <IconButton icon=IconName::Close label=name small=true on_click=close /> }
        }
    };
    let below = unique_id("group");
    let described_by = below.clone();
    let content = field.clone();
    view! {
        <fieldset class="http__group" aria-describedby=described_by>
            <legend class="field__label">{label.clone()}</legend>
            <div class="http__label">
                <Marks field=field.clone() />
                {optional.then(|| view! { <Show when=move || opened.get()>{take_back.clone()}</Show> })}
            </div>
            <Below form_state field=field.clone() id=below />
            <Show when=move || opened.get() fallback=fill_in>
                {properties_view(form_state, content.clone(), label.clone())}
            </Show>
        </fieldset>
    }
    .into_any()
}

/// The properties of an object without a frame, and what adds names of one's own.
#[must_use]
pub fn properties_view(form_state: FormState, field: Field, label: String) -> AnyView {
    let free = field.kind == Kind::Object { free: true };
    let added = free.then(|| add_name_view(form_state, &field, &label));
    view! {
        <div class="http__fields">{children_view(form_state, field)}</div>
        {added}
    }
    .into_any()
}

/// The properties of an object, made anew when names are added to it or taken away, so that
/// typing in one of them leaves the others alone.
fn children_view(form_state: FormState, field: Field) -> AnyView {
    let stored = StoredValue::new(field);
    let names = Memo::new(move |_| {
        form_state.draft.with(|draft| stored.with_value(|field| draft.names(&field.path)))
    });
    let children = move || {
        names.track();
        let children = untrack(|| {
            form_state.with(|form, draft| stored.with_value(|field| form.children(field, draft)))
        });
        let view = |child: Field| match child.added {
            Some(at) => added_view(form_state, stored, child, at),
            None => field_view(form_state, child),
        };
        children.into_iter().map(view).collect::<Vec<_>>()
    };
    children.into_any()
}

/// An entry with a name of one's own.
fn added_view(
    form_state: FormState,
    object: StoredValue<Field>,
    child: Field,
    at: usize,
) -> AnyView {
    let name = child.name.clone();
    let remove = move || {
        object.with_value(|object| form_state.change(|draft| draft.remove_name(&object.path, at)));
    };
    view! {
        <div class="http__item">
            {field_view(form_state, child)}
            <IconButton icon=IconName::Close label=format!("Remove {name}") small=true on_click=remove />
        </div>
    }
    .into_any()
}

fn add_name_view(form_state: FormState, field: &Field, label: &str) -> AnyView {
    let path = StoredValue::new(field.path.clone());
    let name = RwSignal::new(String::new());
    let add = Callback::new(move |()| {
        let wanted = name.get_untracked();
        if wanted.is_empty() {
            return;
        }
        path.with_value(|path| {
            form_state.change(|draft| {
                if !draft.names(path).contains(&wanted) {
                    draft.add_name(path, &wanted);
                }
            });
        });
        name.set(String::new());
    });
    let asked = format!("Name of a new entry of {label}");
    view! {
        <div class="http__add">
            <input
                class="input input--mono"
                aria-label=asked.clone()
                placeholder="name"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                prop:value=name
                on:input:target=move |event| name.set(event.target().value())
                on:keydown=move |event| {
                    if event.key() == "Enter" {
                        // The form is not sent with it.
                        event.prevent_default();
                        add.run(());
                    }
                }
            />
            <Button small=true icon=IconName::Plus on_click=add>{format!("Add entry to {label}")}</Button>
        </div>
    }
    .into_any()
}

/// A list as a group of its items.
#[must_use]
pub fn list_view(form_state: FormState, field: Field, label: String) -> AnyView {
    let stored = StoredValue::new(field.clone());
    let length = Memo::new(move |_| {
        form_state.draft.with(|draft| stored.with_value(|field| draft.length(&field.path)))
    });
    let most = match field.kind {
        Kind::List { most, .. } => most,
        _ => None,
    };
    let full = Signal::derive(move || {
        let full = most.filter(|most| length.get() >= *most);
        full.map(|most| format!("It may have {most} items."))
    });
    let add = Callback::new(move |()| {
        stored.with_value(|field| form_state.change(|draft| _ = draft.add_item(&field.path)));
    });
    let named = label.clone();
    let item = move |at: usize| {
        let child = untrack(|| {
            form_state.with(|form, draft| {
                stored.with_value(|field| form.children(field, draft).into_iter().nth(at))
            })
        });
        let name = format!("{named} {}", at + 1);
        let remove = move || {
            stored
                .with_value(|field| form_state.change(|draft| draft.remove_item(&field.path, at)));
        };
        child.map(|child| view! {
            <div class="http__item">
                {labelled_view(form_state, child, name.clone())}
                <IconButton icon=IconName::Close label=format!("Remove {name}") small=true on_click=remove />
            </div>
        })
    };
    let below = unique_id("list");
    let described_by = below.clone();
    view! {
        <fieldset class="http__group" aria-describedby=described_by>
            <legend class="field__label">{label.clone()}</legend>
            <div class="http__label"><Marks field=field.clone() /></div>
            <Below form_state field id=below />
            <div class="http__fields">
                <For each=move || 0..length.get() key=|at| *at children=item />
            </div>
            <Button small=true icon=IconName::Plus disabled_reason=full on_click=add>
                {format!("Add item to {label}")}
            </Button>
        </fieldset>
    }
    .into_any()
}

/// The choice between shapes, and the fields of the chosen one.
#[must_use]
pub fn variants_view(form_state: FormState, field: Field, label: String) -> AnyView {
    let id = unique_id("variant");
    let below = format!("{id}-below");
    let stored = StoredValue::new(field.clone());
    let chosen = Memo::new(move |_| {
        form_state.with(|form, draft| stored.with_value(|field| form.chosen(field, draft)))
    });
    let names = match &field.kind {
        Kind::Variants(names) => names.clone(),
        _ => Vec::new(),
    };
    let pick = move |at: Option<usize>| {
        stored.with_value(|field| {
            form_state.change(|draft| match at {
                Some(at) => draft.set(&field.path, at),
                None => draft.unset(&field.path),
            });
        });
    };
    let whole_body = field.path.as_str() == "/body";
    let named = label.clone();
    let variant = move || {
        chosen.track();
        let child = untrack(|| {
            form_state.with(|form, draft| {
                stored.with_value(|field| form.children(field, draft).into_iter().next())
            })
        })?;
        // The fields of a whole body are in its group already.
        let is_object = matches!(child.kind, Kind::Object { .. });
        Some(if whole_body && is_object {
            properties_view(form_state, child, named.clone())
        } else {
            labelled_view(form_state, child, named.clone())
        })
    };
    view! {
        <div class="field http__field">
            <div class="http__label">
                <label class="field__label" for=id.clone()>{format!("Variant of {label}")}</label>
                <Marks field=field.clone() />
            </div>
            {select(chosen, names, not_sent(&field), pick, id, below.clone())}
            <Below form_state field id=below />
        </div>
        {variant}
    }
    .into_any()
}

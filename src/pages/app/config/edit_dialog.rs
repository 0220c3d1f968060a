//! Adding or editing one variable. What is typed is part of the draft, so it survives
//! whatever the draft survives.

use backoffice_contract::config::INJECTED;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::pages::app::config::draft::Typing;
use crate::pages::app::config::editor::Editor;
use backoffice_ui::{Button, ButtonType, ButtonVariant, Dialog, TextArea, TextField};

#[component]
pub(super) fn EditDialog(editor: Editor) -> impl IntoView {
    let is_open = Memo::new(move |_| editor.typing.with(Option::is_some));
    let open = RwSignal::new(false);
    let original = Memo::new(move |_| {
        editor.typing.with(|typing| typing.as_ref().and_then(|typing| typing.original.clone()))
    });
    let name = RwSignal::new(String::new());
    let value = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    Effect::new(move |_| {
        let now = is_open.get();
        if now {
            let typing = editor.typing.get_untracked().unwrap_or_default();
            name.set(typing.name);
            value.set(typing.value.expose().to_owned());
            checked.set(false);
        } else {
            value.set(String::new());
        }
        open.set(now);
    });
    Effect::new(move |was_open: Option<bool>| {
        let now = open.get();
        if was_open == Some(true) && !now && is_open.get_untracked() {
            editor.typing.set(None);
        }
        now
    });
    let typing =
        move || Typing { original: original.get(), name: name.get(), value: value.get().into() };
    Effect::new(move |_| {
        let typed = typing();
        // Before it is open, the fields hold what the last one left in them.
        let news = open.get_untracked()
            && editor
                .typing
                .with_untracked(|last| last.as_ref().is_some_and(|last| *last != typed));
        if news {
            editor.typing.set(Some(typed));
        }
    });
    let checked_name =
        Memo::new(move |_| editor.stage.with(|stage| typing().check_name(stage)).err());
    let fault = Signal::derive(move || checked.get().then(|| checked_name.get()).flatten());
    let shadow = Signal::derive(move || {
        let name = name.get();
        INJECTED.contains(&name.trim()).then(|| {
            "The platform sets this by itself; your value will stand in front of it.".to_owned()
        })
    });
    let title = Signal::derive(move || match original.get() {
        Some(original) => format!("Edit {original}"),
        None => "Add a variable".to_owned(),
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        checked.set(true);
        if checked_name.with_untracked(Option::is_some) {
            return;
        }
        let typed = untrack(typing);
        editor.draft.update(|draft| {
            let name = typed.name.trim();
            match &typed.original {
                Some(original) => draft.replace(original, name, typed.value.expose()),
                None => draft.set(name, typed.value.expose()),
            }
        });
        editor.typing.set(None);
    };
    view! {
        <Dialog title open guarded=true>
            <form class="form" novalidate on:submit=submit>
                <TextField
                    focus_on_error=true
                    label="Name"
                    value=name
                    mono=true
                    error=fault
                    hint=shadow
                    autocomplete="off"
                    autofocus=original.get_untracked().is_none()
                />
                <TextArea label="Value" value=value mono=true autofocus=original.get_untracked().is_some() />
                <p class="stamp">"It is staged only. Nothing changes on the server before you apply."</p>
                <div class="form__actions form__actions--end">
                    <Button variant=ButtonVariant::Quiet on_click=Callback::new(move |()| open.set(false))>
                        "Cancel"
                    </Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonType::Submit>"Stage"</Button>
                </div>
            </form>
        </Dialog>
    }
}

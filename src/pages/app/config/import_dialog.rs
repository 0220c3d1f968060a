//! Staging variables from a file or pasted text.

use leptos::prelude::*;

use crate::pages::app::config::draft::{Imported, read_import};
use crate::pages::app::config::editor::Editor;
use backoffice_ui::words::numbers::counted;
use backoffice_ui::{Button, ButtonVariant, Checkbox, Dialog, FileDrop, TextArea};

#[component]
pub(super) fn ImportDialog(editor: Editor, open: RwSignal<bool>) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let whole = RwSignal::new(false);
    let unread = RwSignal::new(None::<String>);
    // It holds secrets, so it goes with the dialog.
    Effect::new(move |_| {
        open.track();
        text.set(String::new());
        whole.set(false);
        unread.set(None);
    });
    let read = Memo::new(move |_| {
        (!text.with(String::is_empty)).then(|| text.with(|text| read_import(text)))
    });
    let fault = Signal::derive(move || {
        let broken = read.get().and_then(Result::err).map(|faults| faults.join("\n"));
        unread.get().or(broken)
    });
    let on_read = Callback::new(move |content: Result<String, String>| match content {
        Ok(content) => {
            unread.set(None);
            text.set(content);
        }
        Err(reason) => unread.set(Some(reason)),
    });
    let preview = move || {
        let imported = read.get()?.ok()?;
        Some(editor.stage.with(|stage| {
            let present = |name: &String| stage.rows.contains_key(name);
            let (old, new): (Vec<_>, Vec<_>) =
                imported.values.keys().partition(|name| present(name));
            let mut words = format!("{} new.", counted(new.len(), "variable is", "variables are"));
            if !old.is_empty() {
                let names: Vec<&str> = old.iter().map(|name| name.as_str()).collect();
                words = format!(
                    "{words} Already there, so their values are overwritten: {}.",
                    names.join(", ")
                );
            }
            if whole.get() {
                let gone: Vec<&str> = stage
                    .rows
                    .keys()
                    .filter(|name| !imported.values.contains_key(*name))
                    .map(String::as_str)
                    .collect();
                if !gone.is_empty() {
                    words = format!(
                        "{words} Not in it, so they are staged for removal: {}.",
                        gone.join(", ")
                    );
                }
            }
            words
        }))
    };
    let stage = move || {
        let imported: Option<Imported> = read.get_untracked().and_then(Result::ok);
        if let Some(imported) = imported {
            editor.draft.update(|draft| draft.import(&imported, whole.get_untracked()));
            open.set(false);
        }
    };
    let nothing = Signal::derive(move || read.get().is_none_or(|read| read.is_err()));
    let foot = move || {
        view! {
            <Button variant=ButtonVariant::Quiet on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary disabled=nothing on_click=stage>"Stage"</Button>
        }
    };
    view! {
        <Dialog title="Import variables" open guarded=true wide=true foot>
            <div class="form">
                <FileDrop label="Drop a .env or JSON file here, or choose one" on_read />
                <TextArea
                    label="Or paste its contents"
                    value=text
                    mono=true
                    rows=8
                    error=fault
                    hint="NAME=value, one a line, with comments and quotes; or a JSON object."
                />
                <Checkbox
                    label="Remove what is not in it"
                    value=whole
                    hint="The text takes the place of the draft, with its comments and order."
                />
                <p role="status">{preview}</p>
            </div>
        </Dialog>
    }
}

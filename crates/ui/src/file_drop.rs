//! A text file, chosen or dropped.

use leptos::ev::{DragEvent, Event};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::dom::unique_id;

/// A place to drop a file on, and a button to choose one with.
#[component]
pub fn FileDrop(
    /// What to put here.
    #[prop(into)]
    label: Signal<String>,
    /// The largest file that is read, in bytes.
    #[prop(default = 1_000_000.0)]
    most: f64,
    /// Gets the text of the file, or why it could not be read.
    #[prop(into)]
    on_read: Callback<Result<String, String>>,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let id = unique_id("file");
    let read = move |file: File| {
        if file.size() > most {
            let most = (most / 1_000_000.0).round();
            on_read.run(Err(format!("The file is larger than {most} MB.")));
            return;
        }
        spawn_local(async move {
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            // Whoever asked may have gone.
            let _ = on_read.try_run(text.ok_or_else(|| "The file could not be read.".to_owned()));
        });
    };
    let chosen = move |_: Event| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.item(0)) {
            read(file);
        }
        // Choosing the same file again is a choice too.
        input.set_value("");
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.item(0)) {
            read(file);
        }
    };
    view! {
        <div
            class="drop"
            class:drop--over=move || over.get()
            on:dragover=move |event| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <label for=id.clone()>{label}</label>
            <input id=id type="file" node_ref=input on:change=chosen />
        </div>
    }
}

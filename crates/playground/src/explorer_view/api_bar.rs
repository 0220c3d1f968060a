//! Which API is shown, and the way to another.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::super::frame::{address, use_playground};
use super::source::{Source, State};
use backoffice_ui::{Button, ButtonType, Disclosure, FileDrop, TextField};

/// The largest description that is read from a file, in bytes.
const MOST: f64 = 60_000_000.0;

/// The name of the API, and how to open another description.
#[component]
pub fn ApiBar(
    /// What is shown.
    source: Source,
) -> impl IntoView {
    let settings = use_playground().settings;
    let title = move || match source.state.get() {
        State::Ready(opened) => {
            let document = &opened.document;
            let version = document.version().to_owned();
            view! {
                <h2 class="http__title">{document.title().to_owned()}</h2>
                {(!version.is_empty()).then(|| view! { <span class="http__version">{version}</span> })}
            }
            .into_any()
        }
        _ => view! { <h2 class="http__title">"HTTP"</h2> }.into_any(),
    };
    let other = Memo::new(move |_| settings.with(|settings| settings.api.clone()));
    let url = RwSignal::new(other.get_untracked().unwrap_or_default());
    let open = move |event: SubmitEvent| {
        event.prevent_default();
        let url = url.get_untracked();
        let url = Some(url.trim()).filter(|url| !url.is_empty());
        let to = settings.with_untracked(|settings| {
            address(&settings.with(&[("api", url), ("operation", None)]))
        });
        // A browser that refuses leaves everything as it is.
        let _ = window().location().set_href(&to);
    };
    let own = move || {
        settings.with(|settings| address(&settings.with(&[("api", None), ("operation", None)])))
    };
    let read = Callback::new(move |file| source.read(file));
    view! {
        <div class="http__api">
            <div class="http__name">{title}</div>
            <Disclosure title="Open another API" detail="OpenAPI 3.0 or 3.1, as JSON or YAML">
                <form class="http__open" on:submit=open>
                    <TextField
                        label="Address of the description"
                        value=url
                        placeholder="https://api.example.com/openapi.json"
                        mono=true
                        hint="The server has to allow other pages to read it."
                    />
                    <Button kind=ButtonType::Submit>"Open"</Button>
                </form>
                <FileDrop label="Or drop a file, which stays in this browser" most=MOST on_read=read />
                {move || other.get().is_some().then(|| view! {
                    <p><a class="link" href=own>"Back to the Backoffice API"</a></p>
                })}
            </Disclosure>
        </div>
    }
}

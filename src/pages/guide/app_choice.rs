//! Which app the guide is about: one that is there, or one that is created here.

use backoffice_contract::app::CreateAppRequest;
use backoffice_contract::{op, rules};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::ErrorNote;
use crate::pages::guide::context::use_guide;
use crate::paths;
use backoffice_ui::{Button, ButtonType, ButtonVariant, Note, TextField, Tone};
use backoffice_web_client::use_mutation;

/// How many apps are offered; typing finds the others.
const OFFERED: usize = 6;

/// A field that finds apps and names a new one.
#[component]
pub(super) fn AppChoice() -> impl IntoView {
    let guide = use_guide();
    let create = use_mutation();
    let name = RwSignal::new(String::new());
    let typed = Memo::new(move |_| name.with(|name| name.trim().to_lowercase()));
    let names = Memo::new(move |_| {
        let apps = guide.apps.data().unwrap_or_default();
        let mut names: Vec<String> = apps.into_iter().map(|app| app.unique_name).collect();
        names.sort();
        names
    });
    let fits = Memo::new(move |_| {
        let typed = typed.get();
        names.with(|names| {
            names
                .iter()
                .filter(|name| name.contains(&typed))
                .take(OFFERED)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let fault = Signal::derive(move || {
        let typed = typed.get();
        (!typed.is_empty()).then(|| rules::app_name(&typed).err()).flatten()
    });
    let from_api = create.field_error("unique_name");
    let error = Signal::derive(move || {
        fault.get().map(|rule| format!("The name {rule}")).or_else(|| from_api.get())
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = typed.get_untracked();
        if fault.get_untracked().is_some() {
            return;
        }
        if names.with_untracked(|names| names.contains(&typed)) {
            guide.app.set(typed);
            return;
        }
        let unique_name = Some(typed).filter(|name| !name.is_empty());
        let body = CreateAppRequest { unique_name, cloud: None, region: None, stack: None };
        create.run(op::CreateApp { body }, move |app| guide.app.set(app.unique_name));
    };
    let is_gone = Memo::new(move |_| guide.facts.with(|facts| facts.exists == Some(false)));
    view! {
        <p>"The name becomes part of the app's address and stays. Without a choice of cloud and region it runs where the platform puts it, by default on Google Cloud in the central US."</p>
        <Show when=move || is_gone.get()>
            <Note tone=Tone::Wait title="The app of this guide is gone">
                <p>{move || format!("{} is not open to your account. Choose another one, or create one.", guide.app.get())}</p>
            </Note>
        </Show>
        <form class="form narrow" novalidate on:submit=submit>
            <ErrorNote error=create.general_error(&["unique_name"]) />
            <TextField
                label="Name of the app"
                value=name
                mono=true
                error
                focus_on_error=true
                autocomplete="off"
                hint="Letters, digits and dashes. Left empty, the platform picks one."
            />
            <div class="row">
                <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=create.pending>
                    {move || if names.with(|names| typed.with(|typed| names.contains(typed))) { "Use this app" } else { "Create this app" }}
                </Button>
                <A href=paths::NEW_APP attr:class="link">"Choose cloud and region"</A>
            </div>
        </form>
        <Show when=move || fits.with(|fits| !fits.is_empty())>
            <p class="guide__about">"Or go on with one of yours"</p>
            <p class="row">
                <For each=move || fits.get() key=String::clone children=move |app| {
                    let label = app.clone();
                    view! { <Button small=true on_click=Callback::new(move |()| guide.app.set(app.clone()))><span class="mono">{label}</span></Button> }
                } />
            </p>
        </Show>
    }
}

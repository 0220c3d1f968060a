//! Copying all variables of another app over this one's.

use backoffice_contract::config::{Configs, CopyConfigsRequest};
use backoffice_contract::op;
use leptos::prelude::*;

use crate::components::{
    CallButton, CallState, ErrorNote, OperationCommand, leave_label_of, tie_to_dialog,
};
use crate::pages::app::config::editor::Editor;
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::{Button, ButtonVariant, Dialog, SelectField, use_toasts};
use backoffice_web_client::{use_mutation, use_query};

#[component]
pub(super) fn CopyDialog(editor: Editor, open: RwSignal<bool>) -> impl IntoView {
    let AppContext { status, .. } = use_app();
    let toasts = use_toasts();
    let copy = use_mutation();
    let look = use_mutation();
    let from = RwSignal::new(String::new());
    let source = RwSignal::new(None::<(String, Configs)>);
    // The list is asked for when the dialog is, not before.
    let apps = use_query(move || open.get().then_some(op::ListApps {}));
    let names = Signal::derive(move || {
        let here = editor.app.get_value();
        let apps = apps.data().unwrap_or_default();
        let names = apps.into_iter().map(|app| app.unique_name).filter(|name| *name != here);
        std::iter::once((String::new(), "Choose an app".to_owned()))
            .chain(names.map(|name| (name.clone(), name)))
            .collect::<Vec<_>>()
    });
    Effect::new(move |_| {
        open.track();
        from.set(String::new());
    });
    tie_to_dialog(open, copy);
    let leave = leave_label_of(copy);
    Effect::new(move |_| {
        from.track();
        source.set(None);
        look.error.set(None);
    });
    let operation = Signal::derive(move || op::CopyConfigs {
        app: editor.app.get_value(),
        body: CopyConfigsRequest { from: from.get() },
    });
    let preview = move || {
        let app = from.get_untracked();
        look.run(op::ListConfigs { app: app.clone() }, move |configs| {
            if from.with_untracked(|from| *from == app) {
                source.set(Some((app, configs)));
            }
        });
    };
    let run = move || {
        let operation = operation.get_untracked();
        let message = format!("Copied the config of {}.", operation.body.from);
        copy.run(operation, move |_| {
            open.set(false);
            toasts.ok(message);
            status.refresh();
        });
    };
    let nothing = Signal::derive(move || from.with(String::is_empty));
    let foot = move || {
        view! {
            <Button variant=ButtonVariant::Quiet on_click=move || open.set(false)>{leave}</Button>
            {move || if source.with(Option::is_some) {
                view! { <CallButton call=copy label="Copy" on_click=run /> }.into_any()
            } else {
                view! {
                    <Button variant=ButtonVariant::Primary disabled=nothing pending=look.pending on_click=preview>
                        "Preview (1 request)"
                    </Button>
                }.into_any()
            }}
        }
    };
    view! {
        <Dialog title="Copy from another app" open guarded=true foot>
            <div class="form">
                <ErrorNote error=Signal::derive(move || apps.error()) />
                <SelectField
                    label="App"
                    value=from
                    options=names
                    on_pick=Callback::new(move |picked| from.set(picked))
                    hint="All of its variables are copied. What only this app has stays."
                />
                <ErrorNote error=look.error />
                <div role="status">
                    {move || source.get().map(|(_, source)| view! { <Preview source here=editor.configs.data().unwrap_or_default() /> })}
                </div>
                {move || editor.is_dirty().then(|| view! {
                    <p class="stamp">"What you have staged stays staged. Where the copy touches it, you decide afterwards."</p>
                })}
                <ErrorNote error=copy.error />
                <CallState call=copy label="Copy" />
                <OperationCommand operation />
            </div>
        </Dialog>
    }
}

/// Which names would be overwritten and added; values are nobody's business here.
#[component]
fn Preview(source: Configs, here: Configs) -> impl IntoView {
    let mut overwritten = Vec::new();
    let mut added = Vec::new();
    let mut same = 0_usize;
    for (name, value) in &source {
        match here.get(name) {
            Some(old) if old == value => same += 1,
            Some(_) => overwritten.push(name.clone()),
            None => added.push(name.clone()),
        }
    }
    let names = |names: Vec<String>| {
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    let changes = !overwritten.is_empty() || !added.is_empty();
    view! {
        <dl class="kv">
            <dt>"Overwritten"</dt><dd class="mono">{names(overwritten)}</dd>
            <dt>"Added"</dt><dd class="mono">{names(added)}</dd>
            <dt>"The same already"</dt><dd>{same}</dd>
        </dl>
        <p>
            {if changes {
                "Copying is 1 request. It makes 1 release and restarts the app; it cannot be told not to."
            } else {
                "Copying would change nothing."
            }}
        </p>
    }
}

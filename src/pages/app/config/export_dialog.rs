//! Taking the config along, as a file or on the clipboard.

use backoffice_contract::dotenv::Document;
use leptos::prelude::*;

use crate::pages::app::config::draft::{Draft, to_json};
use crate::pages::app::config::editor::Editor;
use backoffice_ui::{
    Button, ButtonVariant, CopyButton, Dialog, IconName, Note, Segments, Tone, download,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Env,
    Json,
}

fn written(draft: &Draft, format: Format) -> String {
    match format {
        Format::Env => draft.text().to_owned(),
        Format::Json => to_json(&Document::parse(draft.text()).values()),
    }
}

#[component]
pub(super) fn ExportDialog(editor: Editor, open: RwSignal<bool>) -> impl IntoView {
    let format = RwSignal::new(Format::Env);
    let failed = RwSignal::new(false);
    let text = Signal::derive(move || editor.draft.with(|draft| written(draft, format.get())));
    let save = move || {
        let app = editor.app.get_value();
        let (name, kind) = match format.get_untracked() {
            Format::Env => (format!("{app}.env"), "text/plain"),
            Format::Json => (format!("{app}.json"), "application/json"),
        };
        failed.set(!download(&name, kind, &text.get_untracked()));
    };
    let foot = move || {
        view! {
            <Button variant=ButtonVariant::Quiet on_click=move || open.set(false)>"Close"</Button>
            <Button variant=ButtonVariant::Primary icon=IconName::External on_click=save>"Download"</Button>
        }
    };
    view! {
        <Dialog title="Export variables" open foot>
            <div class="form">
                <Note tone=Tone::Wait title="It holds every value in clear">
                    <p>"Whoever can read the file or the clipboard can read them. Keep it out of version control."</p>
                </Note>
                {move || editor.is_dirty().then(|| view! { <p>"What is staged is in it, applied or not."</p> })}
                <div class="row">
                    <Segments label="Format" value=format items=vec![(Format::Env, ".env"), (Format::Json, "JSON")] />
                    <CopyButton text what="all variables with their values" />
                </div>
                {move || failed.get().then(|| view! { <p role="alert">"The browser did not take the file."</p> })}
            </div>
        </Dialog>
    }
}

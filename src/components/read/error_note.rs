//! How a call failed, beside what made it.

use leptos::prelude::*;

use backoffice_ui::{Note, Tone};
use backoffice_web_client::{CallError, explain};

/// An error in words; nothing while there is none. It is an alert, so a screen
/// reader says it when it appears.
#[component]
pub fn ErrorNote(
    /// The error.
    #[prop(into)]
    error: Signal<Option<CallError>>,
) -> impl IntoView {
    move || {
        error.get().map(|error| {
            let text = explain(&error);
            let tone = if error.is_cancelled() { Tone::Info } else { Tone::Bad };
            view! {
                <Note tone title=text.title>
                    <p role="alert">{text.detail}</p>
                </Note>
            }
        })
    }
}

//! The command behind what is shown.

use leptos::prelude::*;

use super::CopyButton;

/// One line of a shell, and the same as an HTTP request where that is given. The copy
/// button copies the form that is shown.
#[component]
pub fn CommandStrip(
    /// The command.
    #[prop(into)]
    command: Signal<String>,
    /// The request, as `curl`.
    #[prop(optional, into)]
    http: Option<Signal<String>>,
    /// Draws a frame, for use outside the foot of a card.
    #[prop(optional)]
    framed: bool,
) -> impl IntoView {
    let as_http = RwSignal::new(false);
    let shown = Signal::derive(move || match http {
        Some(http) if as_http.get() => http.get(),
        _ => command.get(),
    });
    let segment = move |wanted: bool, label: &'static str| {
        view! {
            <button
                class="segments__item"
                type="button"
                aria-pressed=move || (as_http.get() == wanted).to_string()
                on:click=move |_| as_http.set(wanted)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="command" class:command--http=move || as_http.get() class=("command--framed", framed)>
            <span class="command__prompt" aria-hidden="true">"$"</span>
            <code class="command__text" title=shown>{shown}</code>
            <div class="command__actions">
                {http.map(|_| view! {
                    <span class="segments" role="group" aria-label="Form of the command">
                        {segment(false, "CLI")}
                        {segment(true, "HTTP")}
                    </span>
                })}
                <CopyButton text=shown what="the command" />
            </div>
        </div>
    }
}

//! The command behind what is shown.

use leptos::prelude::*;

use super::{CopyButton, Segments};

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
    view! {
        <div class="command" class:command--http=move || as_http.get() class=("command--framed", framed)>
            <span class="command__prompt" aria-hidden="true">"$"</span>
            <code class="command__text" title=shown>{shown}</code>
            <div class="command__actions">
                {http.map(|_| view! {
                    <Segments
                        label="Form of the command"
                        value=as_http
                        items=vec![(false, "CLI"), (true, "HTTP")]
                    />
                })}
                <CopyButton text=shown what="the command" />
            </div>
        </div>
    }
}

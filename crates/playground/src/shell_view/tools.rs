//! What can be done with the session as a whole.

use backoffice_shell::Shell;
use backoffice_shell::permalink::Session;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::session::ShellSession;
use crate::frame::address;
use crate::settings::Settings;
use backoffice_ui::{Button, ButtonVariant, IconName, copy_text};

/// A link to what was done, and a fresh start.
#[component]
pub fn Tools(
    /// The shell.
    session: ShellSession,
    /// What the address asks for.
    settings: Settings,
) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let seed = settings.seed;
    let copy = Callback::new(move |()| {
        // All of it: another block of the page may have come first.
        let shared = Session { seed, texts: session.ask_shell(Shell::history) };
        let link = match shared.encode() {
            Ok(transcript) => {
                let origin = window().location().origin().unwrap_or_default();
                format!("{origin}{}", address(&format!("#transcript={transcript}")))
            }
            Err(error) => {
                said.set(error.to_string());
                return;
            }
        };
        spawn_local(async move {
            let words = if copy_text(&link).await {
                "Copied. The link holds what was typed, without secrets.".to_owned()
            } else {
                format!("Copying is blocked here. The link: {link}")
            };
            let _ = said.try_set(words);
        });
    });
    let start_over = Callback::new(move |()| session.start_over());
    let nothing_yet = Signal::derive(move || !session.ran.get());
    let live = session.api.place().is_live();
    view! {
        <footer class="sh__tools">
            <Button small=true variant=ButtonVariant::Quiet icon=IconName::Copy disabled=nothing_yet on_click=copy>
                "Copy link"
            </Button>
            {(!live).then(|| view! {
                <Button
                    small=true
                    variant=ButtonVariant::Quiet
                    icon=IconName::Restart
                    title="A fresh shell in a fresh world"
                    on_click=start_over
                >
                    "Start over"
                </Button>
            })}
            <span class="sh__said" role="status">{said}</span>
        </footer>
    }
}

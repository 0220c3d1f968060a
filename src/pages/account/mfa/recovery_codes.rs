//! Recovery codes, which are shown once.

use backoffice_contract::Secret;
use leptos::prelude::*;

use backoffice_ui::{Button, ButtonVariant, Checkbox, CopyButton, IconName, Note, Tone, download};

/// The name of the file that they are downloaded as.
const FILE: &str = "backoffice-recovery-codes.txt";

/// The codes, and a question that has to be answered before they go.
#[component]
pub fn RecoveryCodes(
    /// The codes.
    codes: Vec<Secret>,
    /// Whether all sessions have ended, so that signing in is next.
    #[prop(optional)]
    sign_in: bool,
    /// The codes are stored.
    done: Callback<()>,
) -> impl IntoView {
    let stored = RwSignal::new(false);
    let blocked = RwSignal::new(false);
    let lines: Vec<String> = codes.iter().map(|code| code.expose().to_owned()).collect();
    let text = lines.join("\n");
    let file = format!("Recovery codes, each good for one sign-in:\n\n{text}\n");
    let reason = Signal::derive(move || {
        (!stored.get()).then(|| "Store the codes first: they are not shown again.".to_owned())
    });
    let title = if sign_in { "The second factor is on" } else { "The codes are replaced" };
    view! {
        <div class="card__body stack stack--close">
            <Note tone=Tone::Ok title=title>
                <p>
                    "Store these codes where you find them without your authenticator. "
                    "Each stands for a token once."
                </p>
            </Note>
            <ul class="codes" aria-label="Recovery codes">
                {lines.into_iter().map(|code| view! { <li class="mono">{code}</li> }).collect_view()}
            </ul>
            <div class="row">
                <Button
                    small=true
                    icon=IconName::Release
                    on_click=Callback::new(move |()| blocked.set(!download(FILE, "text/plain", &file)))
                >
                    "Download as a file"
                </Button>
                <CopyButton text what="the recovery codes" />
            </div>
            {move || blocked.get().then(|| view! {
                <Note tone=Tone::Bad title="This browser did not take the file"><p>"Copy the codes instead."</p></Note>
            })}
            <Checkbox label="I have stored them" value=stored />
            {sign_in.then(|| view! {
                <p class="muted">
                    "All sessions have ended, on this machine and elsewhere. Next, sign in here again, "
                    "with your password and a token. This page stays."
                </p>
            })}
            <div class="form__actions">
                <Button variant=ButtonVariant::Primary disabled_reason=reason on_click=done>
                    {if sign_in { "Sign in again" } else { "Done" }}
                </Button>
            </div>
        </div>
    }
}

//! Recovery codes, which are shown only once.

use backoffice_contract::Secret;
use leptos::prelude::*;

use backoffice_ui::{Button, ButtonVariant, Checkbox, CopyButton, IconName, Note, Tone, download};

/// The name of the downloaded file.
const FILE: &str = "backoffice-recovery-codes.txt";

/// The codes, with a checkbox that the user must tick before they disappear.
#[component]
pub fn RecoveryCodes(
    /// The codes.
    codes: Vec<Secret>,
    /// Whether all sessions have ended, so that the user has to sign in next.
    #[prop(optional)]
    sign_in: bool,
    /// Called when the user has stored the codes.
    done: Callback<()>,
) -> impl IntoView {
    let stored = RwSignal::new(false);
    let blocked = RwSignal::new(false);
    let lines: Vec<String> = codes.iter().map(|code| code.expose().to_owned()).collect();
    let text = lines.join("\n");
    let file = format!("Recovery codes, each good for one sign-in:\n\n{text}\n");
    let reason = Signal::derive(move || {
        (!stored.get()).then(|| "Store the codes first. They are not shown again.".to_owned())
    });
    let title = if sign_in { "Second factor turned on" } else { "Recovery codes replaced" };
    view! {
        <div class="card__body stack stack--close">
            <Note tone=Tone::Ok title=title>
                <p>
                    "Keep these codes somewhere you can reach without your authenticator. "
                    "Each works once, instead of a token."
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
                    "Download codes"
                </Button>
                <CopyButton text what="the recovery codes" />
            </div>
            {move || blocked.get().then(|| view! {
                <Note tone=Tone::Bad title="The browser blocked the download"><p>"Copy the codes instead."</p></Note>
            })}
            <Checkbox label="I have stored them" value=stored />
            {sign_in.then(|| view! {
                <p class="muted">
                    "All sessions have ended, here and elsewhere. Sign in again "
                    "with your password and a token. You come back to this page."
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

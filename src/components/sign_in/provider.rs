//! Signing in and up through another provider.

use backoffice_contract::op;
use backoffice_contract::session::{OauthResult, OauthStart};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::read::error_note::ErrorNote;
use crate::components::sign_in::provider_stand_in::ProviderStandIn;
use backoffice_ui::{Button, ButtonVariant, IconName, LinkButton, Note, Tone};
use backoffice_web_client::{CallError, Mutation, Priority, use_api};

/// The provider, as the API knows it.
pub const PROVIDER: &str = "google";

/// Waits between checks whether the provider has answered, in milliseconds: the first wait,
/// by how much each is shorter than the previous one, and the last, after about two
/// minutes. The command-line client checks at the same intervals.
const FIRST_WAIT: u32 = 4_000;
const SHORTER: u32 = 50;
const LAST_WAIT: u32 = 2_000;

/// The button that leads to the provider's page, and the wait for the user's return. It
/// ends with an answer, with an error, or when the user cancels.
#[component]
pub fn ContinueWithProvider(
    /// The call that returns the page's address.
    start: Mutation,
    /// Makes that call.
    #[prop(into)]
    on_begin: Callback<()>,
    /// The provider's page that the user is on; the button is shown while there is none.
    visit: RwSignal<Option<OauthStart>>,
    /// Gets the answer.
    on_answer: Callback<OauthResult>,
) -> impl IntoView {
    let api = use_api();
    let sandbox = api.choice().is_sandbox();
    let error = RwSignal::new(None::<CallError>);
    let looking = RwSignal::new(false);
    let gave_up = RwSignal::new(false);
    let look = move || {
        let Some(started) = visit.get_untracked() else { return };
        if looking.get_untracked() {
            return;
        }
        looking.set(true);
        spawn_local(async move {
            let question =
                op::PollOauth { provider: PROVIDER.to_owned(), session: started.session.clone() };
            let answer = api.call_as(question, Priority::Background).await;
            // The user may have left the page meanwhile.
            if looking.try_set(false).is_some() || visit.get_untracked() != Some(started) {
                return;
            }
            match answer {
                // The provider has not answered yet.
                Ok(result) if result.email.is_empty() => {}
                Ok(result) => {
                    visit.set(None);
                    on_answer.run(result);
                }
                Err(failure) => {
                    visit.set(None);
                    error.set(Some(failure));
                }
            }
        });
    };
    Effect::new(move |_| {
        let Some(started) = visit.get() else { return };
        error.set(None);
        gave_up.set(false);
        // Open the API's address only if it is an HTTPS page: never a script, never
        // unencrypted.
        if !sandbox && !started.url.starts_with("https://") {
            visit.set(None);
            let text = "The API returned no Google page that is safe to open.";
            error.set(Some(CallError::Unreadable(text.to_owned())));
            return;
        }
        spawn_local(async move {
            let mut wait = FIRST_WAIT;
            while wait >= LAST_WAIT {
                TimeoutFuture::new(wait).await;
                if visit.try_get_untracked().flatten().as_ref() != Some(&started) {
                    return;
                }
                // While the user is on the provider's page in this tab, wait; check when
                // they come back.
                if api.visible.get_untracked() {
                    look();
                    wait -= SHORTER;
                }
            }
            visit.set(None);
            gave_up.set(true);
        });
    });
    Effect::new(move |_| {
        if api.visible.get() {
            look();
        }
    });
    let waiting = move || {
        visit.get().map(|OauthStart { url, .. }| {
            if sandbox {
                let on_refuse = Callback::new(move |()| visit.set(None));
                return view! { <ProviderStandIn url on_answered=look on_refuse /> }.into_any();
            }
            let actions = move || {
                view! {
                    <LinkButton href=url.clone() variant=ButtonVariant::Primary icon=IconName::External external=true>
                        "Open Google"
                    </LinkButton>
                    <Button on_click=move || visit.set(None)>"Cancel"</Button>
                }
                .into_any()
            };
            view! {
                <Note tone=Tone::Wait title="Waiting for Google" actions>
                    <p>"Confirm there, then come back. This page continues automatically."</p>
                </Note>
            }
            .into_any()
        })
    };
    view! {
        <Show when=move || visit.with(Option::is_none)>
            <Button pending=start.pending on_click=on_begin>"Continue with Google"</Button>
        </Show>
        <ErrorNote error=start.error />
        <ErrorNote error />
        <Show when=move || gave_up.get()>
            <Note tone=Tone::Bad title="Google has not answered for two minutes.">
                <p>"Start again when you are ready."</p>
            </Note>
        </Show>
        {waiting}
    }
}

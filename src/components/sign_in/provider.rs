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

/// Between two questions whether the provider has answered, in milliseconds: the first, how
/// much each is shorter than the one before, and where they end, which is after about two
/// minutes. The command-line client asks as often.
const FIRST_WAIT: u32 = 4_000;
const SHORTER: u32 = 50;
const LAST_WAIT: u32 = 2_000;

/// The button that leads to the provider's page, and the wait for whoever is there. It ends
/// with an answer, an error, or when they give up.
#[component]
pub fn ContinueWithProvider(
    /// The call that says where that page is.
    start: Mutation,
    /// Makes that call.
    #[prop(into)]
    on_begin: Callback<()>,
    /// Where they are; the button is shown while they are nowhere.
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
            // The page may have been left meanwhile.
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
        // What the API names is opened only as a page that the browser can tell from a
        // script, and over a connection that nobody reads.
        if !sandbox && !started.url.starts_with("https://") {
            visit.set(None);
            let text = "The API named no page of Google that is safe to open.";
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
                // Whoever is at the provider in front of this page is asked after when they
                // come back.
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
                    <p>"Agree there, then come back. This page goes on by itself."</p>
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

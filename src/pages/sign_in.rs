//! Signing in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::components::{AuthFrame, SignInForm};
use crate::paths;
use backoffice_ui::{Button, Note, Tone};
use backoffice_web_client::{SessionState, use_api};

/// The form, and ways out for who has no account or no password.
#[component]
pub fn SignInPage() -> impl IntoView {
    let api = use_api();
    let query = use_query_map();
    let next = move || query.with(|query| paths::after_sign_in(query.get("next").as_deref()));
    let navigate = use_navigate();
    // Also for who comes here already signed in.
    Effect::new(move |_| {
        if api.session.with(|session| matches!(session, SessionState::SignedIn { .. })) {
            let options = NavigateOptions { replace: true, ..Default::default() };
            navigate(&untrack(next), options);
        }
    });
    let email = untrack(|| api.email()).unwrap_or_default();
    view! {
        <AuthFrame title="Sign in" purpose="Run and watch your apps on the platform.">
            <NearbySessions />
            <SignInForm email on_done=Callback::new(|()| ()) />
            <p class="auth__links">
                <A href=paths::SIGN_UP>"Create an account"</A>
                <A href=paths::RESET_PASSWORD>"Forgot your password?"</A>
            </p>
        </AuthFrame>
    }
}

/// The sessions of other tabs, to take part in; nothing where there are none.
#[component]
fn NearbySessions() -> impl IntoView {
    let api = use_api();
    let nearby = RwSignal::new(Vec::<String>::new());
    spawn_local(async move {
        let found = api.sessions_nearby().await;
        // The page may have been left meanwhile.
        nearby.try_set(found);
    });
    let adopt = move |email: String| {
        spawn_local(async move {
            if api.adopt(&email).await.is_err() {
                // It has ended since it was found.
                nearby.try_update(|nearby| nearby.retain(|other| *other != email));
            }
        });
    };
    let actions = move || {
        view! {
            <For each=move || nearby.get() key=String::clone let:email>
                {
                    let label = format!("Continue as {email}");
                    view! {
                        <Button small=true on_click=Callback::new(move |()| adopt(email.clone()))>
                            {label}
                        </Button>
                    }
                }
            </For>
        }
        .into_any()
    };
    view! {
        <Show when=move || nearby.with(|nearby| !nearby.is_empty())>
            <Note tone=Tone::Ok title="Another tab is signed in." actions=actions />
        </Show>
    }
}

//! Signing in.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::api::{SessionState, use_api};
use crate::components::{AuthFrame, SignInForm};
use crate::paths;

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
            <SignInForm email on_done=Callback::new(|()| ()) />
            <p class="auth__links">
                <A href=paths::SIGN_UP>"Create an account"</A>
                <A href=paths::RESET_PASSWORD>"Forgot your password?"</A>
            </p>
        </AuthFrame>
    }
}

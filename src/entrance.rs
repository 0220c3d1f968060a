//! The pages for who is not signed in, as a program of their own: the sign-in page
//! does not wait for the rest of the console.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::path;

use crate::address_state::whole_address;
use crate::app::Misconfigured;
use crate::pages::{ResetPasswordPage, SignInPage, SignUpPage};
use crate::paths;
use backoffice_ui::{ask_before_leaving, provide_theme};
use backoffice_web_client::{ApiChoice, SessionState, provide_api, use_api};

/// Signing in, signing up and resetting a password against one API.
#[component]
pub fn Entrance(
    /// Which API.
    choice: ApiChoice,
) -> impl IntoView {
    provide_theme();
    match provide_api(choice) {
        Ok(api) => {
            ask_before_leaving(move || api.unsent_changes() > 0);
            view! {
            <Router>
                <Routes fallback=|| view! { <Elsewhere /> }>
                    <Route path=path!("/sign-in") view=SignInPage />
                    <Route path=path!("/sign-up") view=SignUpPage />
                    <Route path=path!("/reset-password") view=ResetPasswordPage />
                </Routes>
            </Router>
            }
            .into_any()
        }
        Err(reason) => view! { <Misconfigured reason /> }.into_any(),
    }
}

/// Every other address belongs to the app. Who is signed in by now gets it by loading
/// the page again, which finds the session; who is not, has to sign in first.
#[component]
fn Elsewhere() -> impl IntoView {
    let api = use_api();
    let location = use_location();
    let navigate = use_navigate();
    Effect::new(move |_| {
        if api.session.with(|session| *session == SessionState::SignedOut) {
            let to = paths::sign_in_then(&whole_address(&location));
            let navigate = navigate.clone();
            spawn_local(async move {
                // Whoever is signed in on another tab is meant here, too; who of several
                // is, they choose on the sign-in page.
                let nearby = api.sessions_nearby().await;
                if let [email] = nearby.as_slice()
                    && api.adopt(email).await.is_ok()
                {
                    return;
                }
                navigate(&to, NavigateOptions { replace: true, ..Default::default() });
            });
        } else {
            // A browser that refuses to load again shows an empty page, which its own
            // button mends.
            let _ = window().location().reload();
        }
    });
}

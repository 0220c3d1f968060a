//! The table of pages.

use leptos::prelude::*;
use leptos_router::components::{ProtectedParentRoute, Redirect, Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::path;

use crate::address_state::whole_address;
use crate::components::ConsoleFrame;
use crate::pages::account::{AccountPage, SecurityPage, SshKeysPage};
use crate::pages::app::AppLayout;
use crate::pages::{
    AppsPage, BillingPage, GuidePage, NewAppPage, NotFoundPage, RequestsPage, ResetPasswordPage,
    SignInPage, SignUpPage, VersionsPage,
};
use crate::paths;
use backoffice_ui::{
    EmptyState, IconName, ToastHost, ask_before_leaving, keep_focus, provide_theme, provide_toasts,
};
use backoffice_web_client::{ApiChoice, SessionState, provide_api, use_api};

/// The console against one API.
#[component]
pub fn App(
    /// Which API.
    choice: ApiChoice,
) -> impl IntoView {
    provide_theme();
    provide_toasts();
    keep_focus();
    match provide_api(choice) {
        Ok(api) => {
            api.share();
            ask_before_leaving(move || api.unsent_changes() > 0);
            view! {
                <Router>
                    <Pages />
                </Router>
                <ToastHost />
            }
            .into_any()
        }
        Err(reason) => view! { <Misconfigured reason /> }.into_any(),
    }
}

/// What is shown instead of the console when it cannot know its API.
#[component]
pub fn Misconfigured(
    /// Why.
    reason: String,
) -> impl IntoView {
    view! {
        <main class="auth">
            <EmptyState icon=IconName::Alert title="The console is not set up">
                <p>{reason}</p>
                <p>"Whoever runs this console can mend "<code>"config.json"</code>" beside it."</p>
            </EmptyState>
        </main>
    }
}

/// What an address shows that no page has.
fn elsewhere() -> AnyView {
    #[cfg(debug_assertions)]
    if use_location().pathname.get_untracked() == crate::gallery::PATH {
        return view! { <crate::gallery::Gallery /> }.into_any();
    }
    view! { <NotFoundPage /> }.into_any()
}

/// The playground is a program of its own, which loading the page again starts.
#[component]
fn Playground() -> impl IntoView {
    // A browser that refuses shows an empty page, which its own button mends.
    let _ = window().location().reload();
}

#[component]
fn Pages() -> impl IntoView {
    let api = use_api();
    let location = use_location();
    // Signed out is not expired: an expired session is renewed in place. A memo, since
    // the page below would be made anew each time the condition runs.
    let signed_in =
        Memo::new(move |_| api.session.with(|session| *session != SessionState::SignedOut));
    let may_enter = move || Some(signed_in.get());
    let sign_in = move || paths::sign_in_then(&whole_address(&location));
    view! {
        <Routes fallback=elsewhere>
            <Route path=path!("/") view=|| view! { <Redirect path=paths::APPS /> } />
            <Route path=path!("/sign-in") view=SignInPage />
            <Route path=path!("/sign-up") view=SignUpPage />
            <Route path=path!("/reset-password") view=ResetPasswordPage />
            <Route path=path!("/playground") view=Playground />
            <ProtectedParentRoute path=path!("") view=ConsoleFrame condition=may_enter redirect_path=sign_in>
                <Route path=path!("/apps") view=AppsPage />
                <Route path=path!("/new-app") view=NewAppPage />
                <Route path=path!("/apps/:app/:page?") view=AppLayout />
                <Route path=path!("/guide") view=GuidePage />
                <Route path=path!("/versions") view=VersionsPage />
                <Route path=path!("/requests") view=RequestsPage />
                <Route path=path!("/account") view=AccountPage />
                <Route path=path!("/account/security") view=SecurityPage />
                <Route path=path!("/account/ssh-keys") view=SshKeysPage />
                <Route path=path!("/billing") view=BillingPage />
            </ProtectedParentRoute>
        </Routes>
    }
}

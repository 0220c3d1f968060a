//! Signing out, which drops what has not been sent.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::waiting::call_words::unsent;
use backoffice_ui::ConfirmDialog;
use backoffice_web_client::{Api, use_api};

/// Signs out, after a question while changes wait.
#[derive(Clone, Copy)]
pub struct SignOut {
    api: Api,
    asking: RwSignal<bool>,
    count: RwSignal<usize>,
}

/// Provides [`SignOut`] to everything below; [`SignOutDialog`] has to be there, too.
pub fn provide_sign_out() -> SignOut {
    let sign_out =
        SignOut { api: use_api(), asking: RwSignal::new(false), count: RwSignal::new(0) };
    provide_context(sign_out);
    sign_out
}

/// The way out of the console.
///
/// # Panics
/// Never below the shell, which provides it.
#[must_use]
pub fn use_sign_out() -> SignOut {
    expect_context()
}

impl SignOut {
    /// Signs out, or asks first.
    pub fn run(self) {
        let count = self.api.unsent_changes();
        if count == 0 {
            self.at_once();
        } else {
            self.count.set(count);
            self.asking.set(true);
        }
    }

    fn at_once(self) {
        let api = self.api;
        spawn_local(async move { api.sign_out().await });
    }
}

/// The question.
#[component]
pub fn SignOutDialog(
    /// What it is about.
    sign_out: SignOut,
) -> impl IntoView {
    let SignOut { asking, count, .. } = sign_out;
    let them = move || if count.get() == 1 { "it" } else { "them" };
    view! {
        <ConfirmDialog
            open=asking
            title=Signal::derive(move || unsent(count.get()))
            confirm_label=Signal::derive(move || format!("Sign out and drop {}", them()))
            danger=true
            on_confirm=Callback::new(move |()| {
                asking.set(false);
                sign_out.at_once();
            })
        >
            <p>{move || format!("Sign out and drop {}?", them())}</p>
        </ConfirmDialog>
    }
}

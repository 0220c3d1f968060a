//! Signing out, which discards unsent changes.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::waiting::call_words::unsent;
use backoffice_ui::ConfirmDialog;
use backoffice_web_client::{Api, use_api};

/// Signs out; asks first while changes are waiting.
#[derive(Clone, Copy)]
pub struct SignOut {
    api: Api,
    asking: RwSignal<bool>,
    count: RwSignal<usize>,
}

/// Provides [`SignOut`] to everything below. It needs a [`SignOutDialog`], too.
pub fn provide_sign_out() -> SignOut {
    let sign_out =
        SignOut { api: use_api(), asking: RwSignal::new(false), count: RwSignal::new(0) };
    provide_context(sign_out);
    sign_out
}

/// The console's [`SignOut`].
///
/// # Panics
/// Never below `Shell`, which provides it.
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

/// The question before signing out.
#[component]
pub fn SignOutDialog(
    /// The sign-out that it asks about.
    sign_out: SignOut,
) -> impl IntoView {
    let SignOut { asking, count, .. } = sign_out;
    let them = move || if count.get() == 1 { "it" } else { "them" };
    view! {
        <ConfirmDialog
            open=asking
            title=Signal::derive(move || unsent(count.get()))
            confirm_label=Signal::derive(move || format!("Sign out and discard {}", them()))
            danger=true
            on_confirm=Callback::new(move |()| {
                asking.set(false);
                sign_out.at_once();
            })
        >
            <p>{move || format!("Sign out and discard {}?", them())}</p>
        </ConfirmDialog>
    }
}

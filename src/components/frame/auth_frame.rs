//! The frame around pages for who is not signed in.

use leptos::prelude::*;

use crate::components::waiting::waiting_calls::WaitingCalls;
use backoffice_ui::{Badge, IconName, ThemeToggle, Tone};
use backoffice_web_client::use_api;

/// A calm card in the middle, under the product's name and the environment.
#[component]
pub fn AuthFrame(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// One line below it.
    #[prop(into)]
    purpose: Signal<String>,
    /// The form.
    children: Children,
) -> impl IntoView {
    let choice = use_api().choice();
    Effect::new(move |_| document().set_title(&format!("{} · Backoffice Console", title.get())));
    view! {
        <div class="auth">
            <header class="auth__head">
                <span class="auth__brand">
                    <span class="brand-mark" aria-hidden="true"></span>
                    "Backoffice"
                </span>
                {if choice.is_sandbox() {
                    view! { <Badge tone=Tone::Wait icon=IconName::Sandbox>"Sandbox"</Badge> }.into_any()
                } else {
                    view! { <Badge tone=Tone::Neutral icon=IconName::Globe>{choice.label()}</Badge> }.into_any()
                }}
                <ThemeToggle />
            </header>
            <main class="auth__card" id="main">
                <div class="auth__title">
                    <h1>{title}</h1>
                    <p>{purpose}</p>
                </div>
                <WaitingCalls public=true />
                {children()}
            </main>
        </div>
    }
}

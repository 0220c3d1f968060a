//! Every component of `ui` in its states, on one page. Builds for development only have
//! it, at [`PATH`], for who is signed in.

mod controls;
mod layers;
mod messages;
mod values;

use leptos::prelude::*;

use backoffice_ui::{Card, ThemeToggle};
use controls::{Buttons, Fields};
use layers::Layers;
use messages::{Messages, Placeholders};
use values::Values;

/// Its address.
pub const PATH: &str = "/gallery";

/// All of them.
#[component]
pub fn Gallery() -> impl IntoView {
    Effect::new(|_| document().set_title("Gallery · Backoffice Console"));
    view! {
        <main class="main" id="main">
            <div class="page-title">
                <div class="page-title__text">
                    <h1>"Gallery"</h1>
                    <p>"Every component in its states. Only builds for development have this page."</p>
                </div>
                <div class="page-title__actions"><ThemeToggle /></div>
            </div>
            <Buttons />
            <Fields />
            <Layers />
            <Messages />
            <Placeholders />
            <Values />
        </main>
    }
}

/// The states of one component.
#[component]
fn Section(
    /// The component's name.
    title: &'static str,
    /// Its states.
    children: Children,
) -> impl IntoView {
    view! {
        <Card title>
            <div class="card__body stack stack--close">{children()}</div>
        </Card>
    }
}

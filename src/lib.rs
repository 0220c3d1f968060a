//! The console: the app for who is signed in, the entrance for who is not, and the
//! views of the playground.
//!
//! They are programs over the same modules. Who is not signed in waits for a small one
//! only, and so does who reads the documentation; `public/boot.js` chooses.

mod address_state;
mod app;
#[cfg(test)]
mod command_table;
mod components;
mod entrance;
#[cfg(debug_assertions)]
mod gallery;
mod nav;
mod pages;
mod paths;

use backoffice_web_client::{ApiChoice, load_config};
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Starts the app.
pub fn start_console() {
    start(|choice| view! { <app::App choice /> }.into_any());
}

/// Starts the entrance.
pub fn start_entrance() {
    start(|choice| view! { <entrance::Entrance choice /> }.into_any());
}

fn start(program: fn(ApiChoice) -> AnyView) {
    console_error_panic_hook::set_once();
    spawn_local(async move {
        let config = load_config().await;
        if let Some(boot) = document().get_element_by_id("boot") {
            boot.remove();
        }
        match config {
            Ok(config) => mount_to_body(move || program(config.choice())),
            Err(reason) => mount_to_body(move || view! { <app::Misconfigured reason /> }),
        }
    });
}

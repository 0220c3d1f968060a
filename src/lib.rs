//! The console: the app for signed-in users, the entrance for signed-out users, and the
//! views of the playground.
//!
//! They are separate programs built from the same modules, so signed-out users and readers
//! of the documentation only wait for a small one. `public/boot.js` chooses.

mod address_state;
mod api;
mod app;
#[cfg(test)]
mod command_table;
mod components;
mod config_draft;
mod demo;
mod entrance;
#[cfg(debug_assertions)]
mod gallery;
mod jobs;
mod log_text;
mod money;
mod numbers;
mod pages;
mod paths;
mod playground;
mod remembered;
mod rollout;
mod tab_memory;
mod text_search;
mod time;
mod ui;

pub use api::headless_client;
use api::{ApiChoice, ConsoleConfig};
use gloo_net::http::Request;
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

/// Starts the guide shell of the playground.
pub fn start_shell() {
    playground::start_shell();
}

/// Starts the HTTP explorer of the playground.
pub fn start_explorer() {
    playground::start_explorer();
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

/// Reads `config.json`.
///
/// # Errors
/// A sentence about the problem with the file.
async fn load_config() -> Result<ConsoleConfig, String> {
    let path = ConsoleConfig::PATH;
    let unread = |error: gloo_net::Error| format!("{path} could not be read: {error}");
    let response = Request::get(path).send().await.map_err(unread)?;
    if !response.ok() {
        return Err(format!("{path} could not be read: status {}.", response.status()));
    }
    let text = response.text().await.map_err(unread)?;
    serde_json::from_str(&text).map_err(|error| format!("{path} is not valid: {error}"))
}

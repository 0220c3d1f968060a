//! The console's entry point: reads `config.json`, then shows the app.

mod api;
mod app;
mod components;
mod log_text;
mod pages;
mod paths;
mod rollout;
mod time;
mod ui;

use api::ConsoleConfig;
use gloo_net::http::Request;
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

fn main() {
    console_error_panic_hook::set_once();
    spawn_local(async {
        let config = load_config().await;
        if let Some(boot) = document().get_element_by_id("boot") {
            boot.remove();
        }
        match config {
            Ok(config) => mount_to_body(move || view! { <app::App choice=config.choice() /> }),
            Err(reason) => mount_to_body(move || view! { <app::Misconfigured reason /> }),
        }
    });
}

/// Reads `config.json`.
///
/// # Errors
/// A sentence that says what is wrong with the file.
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

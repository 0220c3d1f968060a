//! The playground: the guide shell and the HTTP explorer, in a frame of the documentation
//! or as a page of the console. Each view is a program of its own; `public/boot.js`
//! loads the one that the address names, and shows one of them at a time.

mod answer_view;
mod api;
mod explorer_view;
mod frame;
mod live_sign_in;
mod messages;
mod mode_panel;
mod requests_panel;
mod settings;
mod shell_view;
mod timeline;

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use backoffice_ui::begin_ids_at;
use explorer_view::ExplorerView;
use frame::Frame;
use settings::View;
use shell_view::ShellView;

/// Starts the guide shell.
pub fn start_shell() {
    start(View::Shell, || view! { <ShellView /> }.into_any());
}

/// Starts the HTTP explorer.
pub fn start_explorer() {
    start(View::Http, || view! { <ExplorerView /> }.into_any());
}

/// Mounts a view in the element that `boot.js` has made for it. Each program names its own
/// content, so that it has no other's in it.
fn start(view: View, content: fn() -> AnyView) {
    console_error_panic_hook::set_once();
    if view == View::Http {
        // Both views may be in one document.
        begin_ids_at(1_000_000);
    }
    spawn_local(async move {
        let config = backoffice_web_client::load_config().await;
        if let Some(boot) = document().get_element_by_id("boot") {
            boot.remove();
        }
        let place = document().get_element_by_id(view.element());
        let Some(place) = place.and_then(|place| place.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        let choice = config.map(|config| config.choice());
        mount_to(place, move || view! { <Frame view choice content /> }).forget();
    });
}

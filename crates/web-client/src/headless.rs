//! A client without a page.

use std::rc::Rc;

use backoffice_client::Client;
use wasm_bindgen_futures::spawn_local;

use super::context::{Surroundings, browser_client};
use super::fetch::FetchTransport;
use super::session_store::BrowserSessionStore;

/// The client of a page that shows nothing, as one that puts the pipeline under load
/// is. It shares with other tabs like any.
///
/// # Errors
/// A sentence when tokens must not travel to the address.
pub fn headless_client(base_url: &str) -> Result<Client, String> {
    let sessions = Rc::new(BrowserSessionStore::console());
    let client = browser_client(
        base_url,
        base_url,
        Rc::new(FetchTransport),
        sessions,
        Surroundings::console(),
        Box::new(|_| {}),
    )?;
    let sharing = client.clone();
    spawn_local(async move { sharing.share().await });
    Ok(client)
}

//! A client without a page.

use std::rc::Rc;

use backoffice_client::Client;
use wasm_bindgen_futures::spawn_local;

use crate::context::{Surroundings, browser_client};
use crate::store::session_store::BrowserSessionStore;
use crate::transport::fetch::FetchTransport;

/// The client of a page that shows nothing, such as a load test of the pipeline. It shares
/// with other tabs like any other client.
///
/// # Errors
/// A sentence, when tokens must not be sent to the address.
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

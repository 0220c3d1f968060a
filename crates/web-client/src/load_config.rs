//! Reading `config.json`, which says which API a console is for.

use gloo_net::http::Request;

use crate::ConsoleConfig;

/// Reads `config.json`.
///
/// # Errors
/// A sentence that says what is wrong with the file.
pub async fn load_config() -> Result<ConsoleConfig, String> {
    let path = ConsoleConfig::PATH;
    let unread = |error: gloo_net::Error| format!("{path} could not be read: {error}");
    let response = Request::get(path).send().await.map_err(unread)?;
    if !response.ok() {
        return Err(format!("{path} could not be read: status {}.", response.status()));
    }
    let text = response.text().await.map_err(unread)?;
    serde_json::from_str(&text).map_err(|error| format!("{path} is not valid: {error}"))
}

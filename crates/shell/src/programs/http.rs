//! Requests that are not API operations: they go directly to the transport.

use backoffice_client::HttpRequest;
use backoffice_contract::{ApiError, Method, Secret, envelope};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::TryStreamExt as _;
use serde::de::DeserializeOwned;

use crate::shell::Shell;

/// An answer, complete.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// The header of Basic authentication (RFC 7617).
pub(crate) fn basic(user: &str, password: &Secret) -> Secret {
    Secret::new(format!("Basic {}", STANDARD.encode(format!("{user}:{}", password.expose()))))
}

impl Shell {
    /// Sends a request to the API's origin; the error is a sentence.
    pub(crate) async fn send(
        &self,
        method: Method,
        target: &str,
        headers: Vec<(&'static str, Secret)>,
        body: Option<Vec<u8>>,
    ) -> Result<Answer, String> {
        let url = format!("{}{target}", self.host.base_url);
        let request = HttpRequest { method, url, headers, body };
        let sent = self.host.transport.send(request).await;
        let response = sent.map_err(|error| error.text().to_owned())?;
        let (status, headers) = (response.status, response.headers);
        let body = response.body.try_concat().await.map_err(|error| error.text().to_owned())?;
        Ok(Answer { status, headers, body })
    }

    /// Calls one of the sandbox's own endpoints; the error is a sentence.
    pub(crate) async fn control<T: DeserializeOwned>(
        &self,
        method: Method,
        target: &str,
        body: Option<&serde_json::Value>,
    ) -> Result<T, String> {
        let mut headers = Vec::new();
        if body.is_some() {
            headers.push(("content-type", Secret::new("application/json")));
        }
        headers.extend(self.credentials().map(|token| ("authorization", token)));
        let body = body.map(|body| body.to_string().into_bytes());
        let answer = self.send(method, target, headers, body).await?;
        if (200..300).contains(&answer.status) {
            envelope::decode(&answer.body).map_err(|error| error.to_string())
        } else {
            Err(ApiError::decode(answer.status, &answer.body).text())
        }
    }

    /// The credentials of git and ssh: the netrc file's, or the session's.
    fn credentials(&self) -> Option<Secret> {
        let netrc = self.state.borrow().netrc.clone();
        let netrc = netrc.map(|netrc| basic(&netrc.email, &netrc.key));
        netrc.or_else(|| (self.host.access_token)())
    }
}

//! Control endpoints of the sandbox: the mailbox, which receives its mails, and the
//! simulated `git push`. They are not part of the API and its rate limits, so they go
//! straight to the transport.

use std::rc::Rc;

use backoffice_client::{HttpRequest, Transport};
use backoffice_contract::{ApiError, Method, Secret, envelope, percent_encode};
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};

/// A mail that the sandbox would have sent.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Mail {
    /// Its subject.
    pub subject: String,
    /// The code to type, if it has one.
    pub code: Option<Secret>,
    /// The link to open, if it has one.
    pub link: Option<Secret>,
}

/// The outcome of a simulated push.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PushOutcome {
    /// It builds, is released and becomes healthy.
    Ok,
    /// It does not build.
    BuildFails,
    /// It is released, but never passes a health check.
    Unhealthy,
}

/// Body of the simulated push.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PushRequest {
    /// Its outcome.
    pub outcome: PushOutcome,
}

#[derive(Deserialize)]
struct Ignored {}

/// The control endpoints behind one origin (empty for the worker).
#[derive(Clone)]
pub struct Control {
    /// What reaches the sandbox.
    pub transport: Rc<dyn Transport>,
    /// The origin that requests go to; empty for the sandbox in this browser.
    pub base: String,
}

impl Control {
    /// The mails to an address, newest first.
    pub(crate) async fn mailbox(&self, to: &str) -> Result<Vec<Mail>, String> {
        let target = format!("/sandbox/mailbox?to={}", percent_encode(to));
        self.call(Method::GET, &target, None, None).await
    }

    /// Follows the link in a mail, as its recipient would. Follows links to the sandbox
    /// only.
    pub(crate) async fn follow(&self, link: &Secret) -> Result<String, String> {
        let target = link.expose();
        if !target.starts_with("/sandbox/mail/") {
            return Err("This link does not lead to the sandbox.".to_owned());
        }
        self.call(Method::POST, target, None, None).await
    }

    /// Tells the imitation of another provider which user has signed in. Works only on the
    /// sandbox's own page.
    pub(crate) async fn confirm_at_provider(
        &self,
        page: &str,
        email: &str,
    ) -> Result<String, String> {
        if !page.starts_with("/sandbox/oauth/") {
            return Err("This page is not part of the sandbox.".to_owned());
        }
        let target = format!("{page}?email={}", percent_encode(email));
        self.call(Method::POST, &target, None, None).await
    }

    /// Pushes to an app as `git push gigalixir` would.
    pub(crate) async fn push(
        &self,
        app: &str,
        push: &PushRequest,
        access_token: Secret,
    ) -> Result<(), String> {
        let target = format!("/sandbox/apps/{}/push", percent_encode(app));
        let body = serde_json::to_vec(push).map_err(|error| error.to_string())?;
        let _: Ignored = self.call(Method::POST, &target, Some(body), Some(access_token)).await?;
        Ok(())
    }

    /// Resets the world to this seed.
    pub async fn reset(&self, seed: u64) -> Result<(), String> {
        let body = format!("{{\"seed\":{seed}}}").into_bytes();
        let _: Ignored = self.call(Method::POST, "/sandbox/reset", Some(body), None).await?;
        Ok(())
    }

    async fn call<T: serde::de::DeserializeOwned>(
        &self,
        method: Method,
        target: &str,
        body: Option<Vec<u8>>,
        token: Option<Secret>,
    ) -> Result<T, String> {
        let mut headers = Vec::new();
        if body.is_some() {
            headers.push(("content-type", Secret::new("application/json")));
        }
        headers.extend(token.map(|token| ("authorization", token)));
        let request = HttpRequest { method, url: format!("{}{target}", self.base), headers, body };
        let response =
            self.transport.send(request).await.map_err(|error| error.text().to_owned())?;
        let body = response.body.try_concat().await.map_err(|error| error.text().to_owned())?;
        if (200..300).contains(&response.status) {
            envelope::decode(&body).map_err(|error| error.to_string())
        } else {
            Err(ApiError::decode(response.status, &body).text())
        }
    }
}

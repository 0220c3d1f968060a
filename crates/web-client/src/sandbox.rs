//! Control endpoints of the sandbox: the mailbox, which is where its mails go, and
//! the simulated `git push`. They are outside of the API and of its rate limits, so
//! they go straight to the transport.

use std::rc::Rc;

use backoffice_client::{HttpRequest, Transport};
use backoffice_contract::{ApiError, Method, Secret, envelope, percent_encode};
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};

/// A mail that the sandbox would have sent.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Mail {
    /// What it is about.
    pub subject: String,
    /// A code to type, if it holds one.
    pub code: Option<Secret>,
    /// A page to open, if it holds one.
    pub link: Option<Secret>,
}

/// How a simulated push is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PushOutcome {
    /// Builds, is released, becomes healthy.
    Ok,
    /// Does not build.
    BuildFails,
    /// Is released, but never passes a health check.
    Unhealthy,
}

/// Body of the simulated push.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PushRequest {
    /// How it is to go.
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
    pub(super) async fn mailbox(&self, to: &str) -> Result<Vec<Mail>, String> {
        let target = format!("/sandbox/mailbox?to={}", percent_encode(to));
        self.call(Method::GET, &target, None, None).await
    }

    /// Follows the link of a mail, as the person who gets it would. Only a link to the
    /// sandbox itself is followed.
    pub(super) async fn follow(&self, link: &Secret) -> Result<String, String> {
        let target = link.expose();
        if !target.starts_with("/sandbox/mail/") {
            return Err("The link leads to nowhere in the sandbox.".to_owned());
        }
        self.call(Method::POST, target, None, None).await
    }

    /// Has the stand-in for another provider know somebody. Only the sandbox's own page
    /// is asked.
    pub(super) async fn confirm_at_provider(
        &self,
        page: &str,
        email: &str,
    ) -> Result<String, String> {
        if !page.starts_with("/sandbox/oauth/") {
            return Err("The page is not in the sandbox.".to_owned());
        }
        let target = format!("{page}?email={}", percent_encode(email));
        self.call(Method::POST, &target, None, None).await
    }

    /// Pushes to an app as `git push gigalixir` would.
    pub(super) async fn push(
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

    /// Makes the world a fresh one of this seed.
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

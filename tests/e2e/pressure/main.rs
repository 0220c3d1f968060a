//! A page that shows nothing and makes many calls, through the same pipeline and the
//! same adapters as the console. Browser tests open several of them to see what tabs
//! do together; it is no part of the console.

// On other targets there is nothing to run.
#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code, unused_imports))]

use backoffice_client::{CallError, Client, Priority};
use backoffice_contract::op;
use backoffice_contract::session::Credentials;
use futures_util::future::join_all;
use wasm_bindgen::prelude::*;

fn main() {}

/// A client in a page.
#[wasm_bindgen]
pub struct Pressure {
    client: Client,
}

fn text(error: &CallError) -> JsError {
    JsError::new(&error.text())
}

#[wasm_bindgen]
impl Pressure {
    /// A client of the API at `base_url`, with the session that the tab has.
    #[wasm_bindgen(constructor)]
    pub fn new(base_url: &str) -> Result<Self, JsError> {
        let client =
            backoffice_web_client::headless_client(base_url).map_err(|text| JsError::new(&text))?;
        Ok(Self { client })
    }

    /// Signs in.
    pub async fn sign_in(&self, email: String, password: String) -> Result<(), JsError> {
        let credentials = Credentials { email, password: password.into(), mfa_token: None };
        self.client.sign_in(credentials).await.map_err(|error| text(&error))
    }

    /// Takes part in the session of another tab.
    pub async fn adopt(&self, email: String) -> Result<(), JsError> {
        self.client.adopt(&email).await.map_err(|error| text(&error))
    }

    /// Signs out, here and on all other pages.
    pub async fn sign_out(&self) {
        self.client.sign_out().await;
    }

    /// Reads `count` apps at once, none of which equals another, and returns how many
    /// calls were answered. That no app has such a name is an answer, too.
    pub async fn read(&self, name: String, count: u32) -> u32 {
        let call = |number| {
            let operation = op::GetApp { app: format!("{name}-{number}") };
            let client = self.client.clone();
            async move { client.call(operation, Priority::Interactive).await }
        };
        let answers = join_all((0..count).map(call)).await;
        let answered = |answer: &Result<_, CallError>| match answer {
            Ok(_) => true,
            Err(error) => error.is_not_found(),
        };
        answers.iter().filter(|answer| answered(answer)).count() as u32
    }

    /// Restarts an app `count` times at once, which must not be sent twice, and returns
    /// how many calls ended.
    pub async fn restart(&self, app: String, count: u32) -> u32 {
        let call = |_| {
            let operation = op::RestartApp { app: app.clone() };
            let client = self.client.clone();
            async move { client.call(operation, Priority::Interactive).await }
        };
        join_all((0..count).map(call)).await.len() as u32
    }

    /// Who is signed in.
    pub fn email(&self) -> Option<String> {
        self.client.session().email().map(str::to_owned)
    }

    /// How many pages share the budget.
    pub fn pages(&self) -> u32 {
        self.client.budget().pages
    }

    /// How many calls wait, on all pages.
    pub fn waiting(&self) -> usize {
        self.client.budget().waiting
    }
}

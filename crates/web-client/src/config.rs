//! `config.json`: which API a deployment of the console talks to.

use serde::Deserialize;

/// The file as it is served beside the console.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ConsoleConfig {
    /// `sandbox` for the one in the browser, or the origin of an API.
    pub api: String,
    /// Whether an API at an origin is the sandbox's native server, which has a
    /// mailbox and can simulate pushes.
    #[serde(default)]
    pub sandbox: bool,
}

/// What [`ConsoleConfig`] comes down to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiChoice {
    /// The sandbox in a worker of this page.
    BrowserSandbox,
    /// A sandbox server at this origin.
    SandboxServer(String),
    /// An API at this origin.
    Remote(String),
}

impl ConsoleConfig {
    /// Where the file is, seen from the console's own page.
    pub const PATH: &str = "config.json";

    /// Reads the choice.
    #[must_use]
    pub fn choice(&self) -> ApiChoice {
        let base = self.api.trim_end_matches('/').to_owned();
        match (base.as_str(), self.sandbox) {
            ("" | "sandbox", _) => ApiChoice::BrowserSandbox,
            (_, true) => ApiChoice::SandboxServer(base),
            (_, false) => ApiChoice::Remote(base),
        }
    }
}

impl ApiChoice {
    /// Whether control endpoints (mailbox, simulated pushes) exist.
    #[must_use]
    pub fn is_sandbox(&self) -> bool {
        !matches!(self, Self::Remote(_))
    }

    /// The origin that copied commands go to; the browser's own sandbox has none,
    /// so they name the documented host.
    #[must_use]
    pub fn command_base(&self) -> &str {
        match self {
            Self::BrowserSandbox => "https://api.gigalixir.com",
            Self::SandboxServer(base) | Self::Remote(base) => base,
        }
    }

    /// A word or host for the environment badge.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::BrowserSandbox => "Sandbox".to_owned(),
            Self::SandboxServer(base) | Self::Remote(base) => {
                base.split_once("://").map_or(base.as_str(), |(_, host)| host).to_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expected: &ApiChoice) {
        let config: ConsoleConfig = serde_json::from_str(json).unwrap();
        assert_eq!(&config.choice(), expected);
    }

    #[test]
    fn chooses_the_api() {
        check(r#"{"api":"sandbox"}"#, &ApiChoice::BrowserSandbox);
        check(
            r#"{"api":"https://api.example.com/"}"#,
            &ApiChoice::Remote("https://api.example.com".into()),
        );
        check(
            r#"{"api":"http://127.0.0.1:4000","sandbox":true}"#,
            &ApiChoice::SandboxServer("http://127.0.0.1:4000".into()),
        );
    }
}

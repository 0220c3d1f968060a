//! A request as text that can be copied, without secrets.

use crate::rules::argv::quote;
use crate::secret;
use crate::table::endpoint::{Auth, Endpoint};
use crate::table::operation::Operation;

/// The variable that stands for the token in copied commands.
pub const TOKEN_VARIABLE: &str = "BACKOFFICE_TOKEN";

/// A `curl` command that makes the call against `base` (an origin without a
/// trailing slash). Tokens come from a shell variable, other secrets are redacted.
#[must_use]
pub fn curl<O: Operation>(operation: &O, base: &str) -> String {
    let (target, body) = secret::redacted(|| (operation.target(), operation.body()));
    let body = body.map(|body| body.to_string());
    curl_of(O::ENDPOINT, base, &target, body.as_deref())
}

/// The same for a request as text, in which secrets have been replaced already.
pub(crate) fn curl_of(endpoint: &Endpoint, base: &str, target: &str, body: Option<&str>) -> String {
    let mut words = vec!["curl".to_owned()];
    if endpoint.method != crate::Method::GET {
        words.push(format!("-X {}", endpoint.method));
    }
    if endpoint.streams.is_some() {
        words.push("-N".to_owned());
    }
    words.push(quote(&format!("{base}{target}")));
    match endpoint.auth {
        Auth::Access | Auth::Renewal => {
            words.push(format!("-H \"Authorization: ${TOKEN_VARIABLE}\""));
        }
        Auth::Password => words.push("-u \"$EMAIL:$PASSWORD\"".to_owned()),
        Auth::Public => {}
    }
    if let Some(body) = body {
        words.push("-H 'Content-Type: application/json'".to_owned());
        words.push(format!("-d {}", quote(body)));
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op;
    use crate::types::config::SetConfigsRequest;
    use crate::types::session::{Credentials, SessionRequest};

    #[test]
    fn shows_no_secret_of_a_path() {
        let operation = op::PollOauth { provider: "google".into(), session: "hunter2".into() };
        let shown = format!(
            "{operation:?} {:?} {} {}",
            operation.cli(),
            operation.redacted_values(),
            curl(&operation, "https://api.example.com")
        );
        assert!(!shown.contains("hunter2"), "{shown}");
        assert_eq!(operation.target(), "/api/oauth/google/hunter2");
    }

    #[test]
    fn shows_the_call_but_no_secret() {
        let set = op::SetConfigs {
            app: "my-app".into(),
            body: SetConfigsRequest {
                configs: [("API_KEY".to_owned(), "s3cret".into())].into(),
                avoid_restart: false,
            },
        };
        let text = curl(&set, "https://api.example.com");
        assert_eq!(
            text,
            "curl -X POST https://api.example.com/api/apps/my-app/configs \
             -H \"Authorization: $BACKOFFICE_TOKEN\" -H 'Content-Type: application/json' \
             -d '{\"avoid_restart\":false,\"configs\":{\"API_KEY\":\"<hidden>\"}}'"
        );
        let sign_in = op::CreateSession {
            body: SessionRequest {
                user: Credentials {
                    email: "ada@example.com".into(),
                    password: "hunter2".into(),
                    mfa_token: None,
                },
            },
        };
        assert!(!curl(&sign_in, "").contains("hunter2"));
        assert!(!format!("{sign_in:?}").contains("hunter2"));
    }
}

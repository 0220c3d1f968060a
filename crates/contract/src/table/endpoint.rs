//! What is known about an endpoint, apart from its types.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::OperationId;

/// An HTTP method that the API uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Method {
    /// Reads.
    GET,
    /// Creates or acts.
    POST,
    /// Replaces.
    PUT,
    /// Changes a part.
    PATCH,
    /// Removes.
    DELETE,
}

impl Method {
    /// The method as it travels.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GET => "GET",
            Self::POST => "POST",
            Self::PUT => "PUT",
            Self::PATCH => "PATCH",
            Self::DELETE => "DELETE",
        }
    }

    /// Reads a method name, in capitals as HTTP wants it (RFC 9110 section 9.1).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::GET, Self::POST, Self::PUT, Self::PATCH, Self::DELETE]
            .into_iter()
            .find(|method| method.as_str() == text)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How a call proves who makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Auth {
    /// Not at all.
    Public,
    /// The raw access token in `Authorization`, or Basic `email:api_key`.
    Access,
    /// The raw renewal token in `Authorization`.
    Renewal,
    /// Basic `email:password`, as the command-line client signs in.
    Password,
}

/// Which bucket of the rate limit a call counts against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LimitClass {
    /// The user's bucket.
    Standard,
    /// The lower limit per address of sign-in, sign-up and password endpoints.
    Credentials,
}

/// Whether a call whose fate is unknown may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Retry {
    /// Sending it twice has the effect of sending it once (RFC 9110 section 9.2.2).
    Idempotent,
    /// A second execution would do something again.
    Once,
}

/// What a call does to the world, told before it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Changes nothing.
    Reads,
    /// Changes something that can be changed back.
    Changes,
    /// Replaces the running containers without downtime.
    Restarts,
    /// Adds a release and, unless told not to, restarts the app.
    Releases,
    /// Adds something that may be billed.
    Creates,
    /// Takes something out of service for a while.
    Interrupts,
    /// Removes something for good.
    Destroys,
}

impl Effect {
    /// One sentence for a person.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Reads => "Changes nothing.",
            Self::Changes => "Can be changed back.",
            Self::Restarts => "Replaces the running containers, without downtime.",
            Self::Releases => "Adds a release and restarts the app.",
            Self::Creates => "Adds something that may be billed.",
            Self::Interrupts => "Interrupts service until it is done.",
            Self::Destroys => "Cannot be undone.",
        }
    }
}

/// One row of the endpoint table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    /// The operation.
    pub id: OperationId,
    /// The HTTP method.
    pub method: Method,
    /// The path, with `{name}` where a parameter goes.
    pub path: &'static str,
    /// The names of the parameters, in the order of the path.
    pub params: &'static [&'static str],
    /// Whether there is a JSON body.
    pub has_body: bool,
    /// The statuses that mean success. Any other is a failure, as for the
    /// platform's own command-line client.
    pub success: &'static [u16],
    /// How the caller is known.
    pub auth: Auth,
    /// Which rate limit applies.
    pub limit: LimitClass,
    /// Whether it may be sent again when its fate is unknown.
    pub retry: Retry,
    /// What it does.
    pub effect: Effect,
    /// The media type of an answer that is streamed instead of enveloped JSON.
    pub streams: Option<&'static str>,
    /// The command that does the same, as a template of [`crate::Operation::cli`].
    pub cli: Option<&'static str>,
    /// One sentence that says what it is for.
    pub summary: &'static str,
}

impl Endpoint {
    /// How long an answer is worth waiting for, in milliseconds: reads are quick, and
    /// what changes something may take a while.
    #[must_use]
    pub fn timeout_ms(&self) -> u64 {
        match self.effect {
            Effect::Reads => 30_000,
            _ => 60_000,
        }
    }

    /// Whether `status` means that the call did what was asked.
    #[must_use]
    pub fn succeeds_with(&self, status: u16) -> bool {
        self.success.contains(&status)
    }
}

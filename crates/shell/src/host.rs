//! What a shell needs from where it runs.

use std::rc::Rc;

use backoffice_client::{Client, LocalBoxFuture, Runtime, Transport};
use backoffice_contract::Secret;

use crate::event::Event;

/// Everything that a shell does not have by itself.
pub struct Host {
    /// Makes the calls of the API, with budget, waits and retries.
    pub client: Client,
    /// Sends what is no operation of the API: `curl`, and the sandbox's own endpoints.
    pub transport: Rc<dyn Transport>,
    /// Time and chance.
    pub runtime: Rc<dyn Runtime>,
    /// Shows and asks.
    pub terminal: Rc<dyn Terminal>,
    /// The origin of the API that requests go to; empty for the page's own.
    pub base_url: String,
    /// The origin that people know the API by.
    pub shown_url: String,
    /// Whether the API is the sandbox. Then pushes and remote commands are simulated
    /// too, and mails are read from its mailbox.
    pub simulated: bool,
    /// The token of the session, for the sandbox's own endpoints.
    pub access_token: Rc<dyn Fn() -> Option<Secret>>,
}

/// Where a shell is seen.
pub trait Terminal {
    /// Shows what happened. It may read from the shell, but not run or write anything
    /// in it.
    fn show(&self, event: Event);

    /// Asks the user; `None` when the user gives up. What is typed into a hidden
    /// question is not shown and goes into no transcript.
    fn ask(&self, question: Question) -> LocalBoxFuture<'static, Option<Secret>>;
}

/// A question that a command asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is asked for.
    pub kind: QuestionKind,
    /// The text before the cursor.
    pub text: String,
    /// Whether what is typed must not be seen.
    pub hidden: bool,
    /// What the answer will probably be, such as a code from the sandbox's mailbox.
    pub suggestion: Option<Secret>,
}

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionKind {
    /// Yes or no.
    Confirm,
    /// An e-mail address.
    Email,
    /// The password.
    Password,
    /// A password to be set.
    NewPassword,
    /// A code from a mail.
    Code,
    /// A token of the second factor.
    MfaToken,
    /// The token of a card.
    Card,
    /// Anything else.
    Text,
}

impl QuestionKind {
    /// Whether the answer must not be seen.
    #[must_use]
    pub fn is_hidden(self) -> bool {
        matches!(self, Self::Password | Self::NewPassword)
    }
}

//! What a shell needs from its environment.

use std::rc::Rc;

use backoffice_client::{Client, LocalBoxFuture, Runtime, Transport};
use backoffice_contract::Secret;

use crate::event::Event;

/// Everything that a shell does not have itself.
pub struct Host {
    /// Makes the API calls, with budget, waits and retries.
    pub client: Client,
    /// Sends requests that are not API operations: `curl`, and the sandbox's own endpoints.
    pub transport: Rc<dyn Transport>,
    /// Clock and random numbers.
    pub runtime: Rc<dyn Runtime>,
    /// Shows events and asks questions.
    pub terminal: Rc<dyn Terminal>,
    /// The origin of the API that requests go to; empty for the page's own.
    pub base_url: String,
    /// The API's public origin, which is shown.
    pub shown_url: String,
    /// Whether the API is the sandbox. If so, pushes and remote commands are simulated too,
    /// and mails are read from its mailbox.
    pub simulated: bool,
    /// The token of the session, for the sandbox's own endpoints.
    pub access_token: Rc<dyn Fn() -> Option<Secret>>,
}

/// Where a shell appears.
pub trait Terminal {
    /// Shows what happened. It may read from the shell, but must not run or write anything
    /// in it.
    fn show(&self, event: Event);

    /// Asks the user; `None` if the user cancels. Answers to hidden questions are not shown
    /// and never enter a transcript.
    fn ask(&self, question: Question) -> LocalBoxFuture<'static, Option<Secret>>;
}

/// A question that a command asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What it asks for.
    pub kind: QuestionKind,
    /// The text before the cursor.
    pub text: String,
    /// Whether to hide the typed text.
    pub hidden: bool,
    /// The likely answer, such as a code from the sandbox's mailbox.
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
    /// A new password.
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
    /// Whether to hide the answer.
    #[must_use]
    pub fn is_hidden(self) -> bool {
        matches!(self, Self::Password | Self::NewPassword)
    }
}

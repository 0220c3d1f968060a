//! The session of a run, which ends with the run.

use std::cell::RefCell;

use backoffice_client::{SessionStore, StoredSession};
use backoffice_contract::Secret;

/// The tokens of the run.
#[derive(Default)]
pub(super) struct Tokens(RefCell<Option<StoredSession>>);

impl Tokens {
    pub(super) fn access_token(&self) -> Option<Secret> {
        self.0.borrow().as_ref().map(|session| session.tokens.access_token.clone())
    }
}

impl SessionStore for Tokens {
    fn load(&self) -> Option<StoredSession> {
        self.0.borrow().clone()
    }

    fn save(&self, session: &StoredSession) {
        self.0.replace(Some(session.clone()));
    }

    fn clear(&self) {
        self.0.replace(None);
    }
}

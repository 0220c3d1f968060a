//! A page that is alone and remembers nothing for long.

use std::cell::RefCell;

use backoffice_client::{LocalBoxFuture, Member, Memory, Peers, SessionStore, StoredSession};
use backoffice_contract::Secret;
use futures_util::{FutureExt as _, future};

/// No other pages.
pub(super) struct Alone;

impl Peers for Alone {
    fn join(&self, _: &str) -> Option<Box<dyn Member>> {
        None
    }

    fn suspended(&self) -> LocalBoxFuture<'static, ()> {
        future::pending().boxed_local()
    }

    fn running(&self) -> LocalBoxFuture<'static, ()> {
        future::ready(()).boxed_local()
    }
}

/// Nothing from before, and nothing for later.
pub(super) struct Forgetful;

impl Memory for Forgetful {
    fn recall(&self, _: &str) -> Option<String> {
        None
    }

    fn remember(&self, _: &str, _: &str) {}
}

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

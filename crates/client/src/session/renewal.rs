//! Renewing the session: one page at a time, and once for all who wait.

use std::pin::pin;
use std::rc::Rc;

use backoffice_contract::session::SessionTokens;
use backoffice_contract::{OperationId, envelope};
use futures_util::FutureExt as _;
use futures_util::future::{Either, select};

use crate::budget::priority::Rank;
use crate::client::Event;
use crate::core::Core;
use crate::error::CallError;
use crate::host::peers::Lock;
use crate::pipeline::call::{Authority, Call};
use crate::pipeline::prepared::Prepared;
use crate::pipeline::{Reply, run};
use crate::session::live::{Renewal, Renewing, Token};
use crate::share::{newer_elsewhere, renewal_lock};

/// The API refused the token of a call. Returns true if it is to be sent again, with a newer
/// token; otherwise the refusal is the answer, since this API says in the same way that
/// there is no access to a thing.
pub(crate) fn refused(core: &Core, call: &Call, used: Option<&Token>) -> bool {
    let Some(generation) = used.and_then(|used| used.generation) else { return false };
    let mut session = core.session.borrow_mut();
    let target = &call.prepared.shown.target;
    let again = call.refused.get().is_some_and(|before| before < generation);
    if again && session.is_young(core.now()) {
        session.note_no_access(target, core.now());
        return false;
    }
    if session.has_no_access(target, core.now()) {
        return false;
    }
    call.refused.set(Some(generation));
    true
}

/// Starts the renewal. The session holds it until it ends: when all who wait for it
/// are gone, it is not aborted, since the server may already have replaced the
/// tokens; the next call takes it up.
///
/// One page renews at a time, and none that could have the new tokens from another:
/// a renewal token is good for one use, and the second use ends the session for all.
pub(crate) fn renew(core: &Rc<Core>) -> Renewing {
    let generation = core.session.borrow().generation();
    let weak_core = Rc::downgrade(core);
    let renewing = async move {
        let Some(core) = weak_core.upgrade() else {
            return Renewal::Failed(CallError::Cancelled);
        };
        let lock = renewal_lock(&core).await;
        let renewal = if is_over(&core, generation) || newer_elsewhere(&core).await.found {
            Renewal::Settled
        } else {
            while_locked(&core, generation, lock.as_deref()).await
        };
        // A session that changed meanwhile may have a renewal of its own.
        let done = core.session.borrow_mut().end_renewal(generation, &renewal, core.now());
        drop(done);
        drop(lock);
        core.wake_all();
        renewal
    }
    .boxed_local()
    .shared();
    let before = core.session.borrow_mut().renewing.replace(renewing.clone());
    drop(before);
    // The host sees it to its end, also when nobody waits for it any more: the other pages
    // wait for its lock.
    core.group.notify();
    renewing
}

/// Whether there is another session by now than the one to renew, or none.
fn is_over(core: &Core, generation: u64) -> bool {
    let session = core.session.borrow();
    session.generation() != generation || session.tokens().is_none()
}

/// Renews as long as this page has the lock. A page that slept and lost it must not
/// spend a token that another has spent meanwhile.
async fn while_locked(core: &Rc<Core>, generation: u64, lock: Option<&dyn Lock>) -> Renewal {
    let exchange = pin!(exchange_tokens(core, generation));
    let Some(lock) = lock else { return exchange.await };
    match select(lock.lost(), exchange).await {
        Either::Left(_) => Renewal::Settled,
        Either::Right((renewal, _)) => renewal,
    }
}

async fn exchange_tokens(core: &Rc<Core>, generation: u64) -> Renewal {
    let token = core.session.borrow().tokens().map(|tokens| tokens.renewal_token.clone());
    let prepared = Prepared::bare(OperationId::RenewSession, &core.options.shown_url);
    let authority = Authority::Token(token.unwrap_or_default());
    let running = core.begin(prepared, authority, Rank::Session);
    let result = run(core, &running, false).await;
    settle(core, generation, result).await
}

/// Renews the session because somebody wants to see it.
///
/// # Errors
/// When nobody is signed in, or the renewal fails.
pub(crate) async fn renew_now(core: &Rc<Core>) -> Result<(), CallError> {
    let renewing = {
        let session = core.session.borrow();
        if session.tokens().is_none() {
            return Err(CallError::SignedOut);
        }
        session.renewal_under_way()
    };
    match renewing.unwrap_or_else(|| renew(core)).await {
        Renewal::Failed(error) => Err(error),
        Renewal::Settled if core.session.borrow().tokens().is_none() => Err(CallError::SignedOut),
        Renewal::Settled => Ok(()),
    }
}

async fn settle(core: &Rc<Core>, generation: u64, result: Result<Reply, CallError>) -> Renewal {
    if is_over(core, generation) {
        // Somebody signed in or out meanwhile, so this renewal does not matter any more.
        return Renewal::Settled;
    }
    let error = match result.and_then(|reply| tokens(&reply)) {
        Ok(tokens) => {
            let stored = core.session.borrow_mut().renewed(generation, tokens, core.now());
            if let Some(stored) = stored {
                core.save_session(&stored);
                core.tell_session(stored);
            }
            return Renewal::Settled;
        }
        Err(error) => error,
    };
    // Only what says that the token is no good ends the session; a limit or an outage does
    // not.
    if !matches!(error.status(), Some(400..=407 | 409..=428)) {
        return Renewal::Failed(error);
    }
    // Another page that used the token before has the new ones.
    if newer_elsewhere(core).await.found {
        return Renewal::Settled;
    }
    let expired = core.session.borrow_mut().expire(generation);
    if expired {
        let serial = core.session.borrow().serial();
        core.clear_session(serial);
        core.emit(Event::Session);
    }
    Renewal::Settled
}

/// The tokens in an answer.
///
/// # Errors
/// When there are none.
pub(crate) fn tokens(reply: &Reply) -> Result<SessionTokens, CallError> {
    envelope::decode::<SessionTokens>(&reply.body)
        .ok()
        .filter(|tokens| !tokens.access_token.is_empty() && !tokens.renewal_token.is_empty())
        .ok_or_else(|| CallError::Unreadable("The server's answer holds no session.".to_owned()))
}

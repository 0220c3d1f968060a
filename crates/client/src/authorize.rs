//! Tokens for calls: taking one, renewing it, waiting for a sign-in.

use std::pin::pin;
use std::rc::Rc;

use backoffice_contract::session::SessionTokens;
use backoffice_contract::{OperationId, Secret, envelope};
use futures_util::FutureExt as _;
use futures_util::future::{Either, select};

use crate::bucket::Rank;
use crate::call::{Authority, Call};
use crate::client::Event;
use crate::control::Verdict;
use crate::core::Core;
use crate::error::CallError;
use crate::journal::EntryState;
use crate::live_session::{Access, LiveSession, Renewal, Renewing, Token};
use crate::peers::Lock;
use crate::pipeline::{Reply, run};
use crate::prepared::Prepared;
use crate::runtime::Millis;
use crate::share::{newer_elsewhere, renewal_lock};

/// An access token of this age has a minute left at most: they live for 30.
const OLD: Millis = 29 * 60_000;
/// A 401 to a token that is this young says that there is no access to the thing,
/// which this API answers in the same way. Access tokens live for 30 minutes.
const YOUNG: Millis = 600_000;

/// What goes into `Authorization`.
pub(crate) struct Authorization {
    pub(crate) secret: Secret,
    token: Option<Token>,
}

impl Authorization {
    /// Whether the session has another token by now.
    pub(crate) fn is_stale(&self, core: &Core) -> bool {
        let generation = core.session.borrow().generation();
        self.token.as_ref().is_some_and(|token| token.generation != generation)
    }
}

impl Token {
    /// Whether it has ended, or nearly. Of a token of unknown age nobody knows.
    fn is_old(&self, now: Millis) -> bool {
        self.obtained_at > 0 && now.saturating_sub(self.obtained_at) >= OLD
    }
}

/// Takes the token for a call; waits while it is being renewed, or while the user has
/// to sign in again.
pub(crate) async fn authorize(
    core: &Rc<Core>,
    call: &Call,
) -> Result<Option<Authorization>, CallError> {
    let user = match &call.authority {
        Authority::Nobody => return Ok(None),
        Authority::Token(secret) => {
            return Ok(Some(Authorization { secret: secret.clone(), token: None }));
        }
        Authority::User(user) => *user,
    };
    let mut tried = false;
    loop {
        let access = core.session.borrow().access(user);
        match access {
            Access::Ready(token) if !tried && token.is_old(core.now()) => {
                // The server would refuse it: that request can be saved. If it cannot
                // be renewed, it may still be good.
                tried = true;
                core.set(call.id, EntryState::Renewing);
                renew(core).await;
            }
            Access::Ready(token) => {
                return Ok(Some(Authorization {
                    secret: token.secret.clone(),
                    token: Some(token),
                }));
            }
            Access::SignedOut => return Err(CallError::SignedOut),
            Access::Renewing(renewing) => {
                core.set(call.id, EntryState::Renewing);
                renewing.await;
            }
            Access::Expired => {
                core.set(call.id, EntryState::WaitingForSignIn);
                let check = &mut |_, _| match core.session.borrow().access(user) {
                    Access::Expired => Verdict::Wake,
                    _ => Verdict::Go,
                };
                call.control.wait(&*core.options.runtime, check).await;
            }
        }
    }
}

/// What a call has done about a refused token.
#[derive(Default)]
pub(crate) struct Renewed {
    refused: Option<u64>,
    /// What to say about the next attempt.
    pub(crate) note: Option<String>,
}

/// The token of a call was refused. Says whether to send it again; if not, the
/// refusal is the answer.
///
/// # Errors
/// When the token should be renewed and that fails for a reason of its own.
pub(crate) async fn renew_for(
    core: &Rc<Core>,
    call: &Call,
    renewed: &mut Renewed,
    used: Option<Authorization>,
) -> Result<bool, CallError> {
    let Some(used) = used.and_then(|used| used.token) else { return Ok(false) };
    let young = core.now().saturating_sub(used.obtained_at) < YOUNG;
    if renewed.refused.is_some_and(|refused| refused < used.generation) && young {
        return Ok(false);
    }
    renewed.refused.get_or_insert(used.generation);
    renewed.note = Some("The access token was refused; sent again with a new one.".to_owned());
    let renewing = {
        let session = core.session.borrow();
        (session.generation() == used.generation && session.tokens().is_some())
            .then(|| under_way(&session))
    };
    // With another token by now, there is nothing to renew.
    let Some(renewing) = renewing else { return Ok(true) };
    core.set(call.id, EntryState::Renewing);
    match renewing.unwrap_or_else(|| renew(core)).await {
        Renewal::Settled => Ok(true),
        Renewal::Failed(error) => Err(error),
    }
}

/// The renewal that has not ended; one that has is about an older token.
fn under_way(session: &LiveSession) -> Option<Renewing> {
    session.renewing.clone().filter(|renewing| renewing.peek().is_none())
}

/// Starts the renewal. The session holds it until it ends: when all who wait for it
/// are gone, it is not aborted, since the server may already have replaced the
/// tokens; the next call takes it up.
///
/// One page renews at a time, and none that could have the new tokens from another:
/// a renewal token is good for one use, and the second use ends the session for all.
fn renew(core: &Rc<Core>) -> Renewing {
    let generation = core.session.borrow().generation();
    let shared_core = Rc::downgrade(core);
    let renewing = async move {
        let Some(core) = shared_core.upgrade() else {
            return Renewal::Failed(CallError::Cancelled);
        };
        let lock = renewal_lock(&core).await;
        let renewal = if is_over(&core, generation) || newer_elsewhere(&core).await.found {
            Renewal::Settled
        } else {
            while_locked(&core, generation, lock.as_deref()).await
        };
        // A session that changed meanwhile may have a renewal of its own.
        let done = core.session.borrow_mut().end_renewal(generation);
        drop(done);
        drop(lock);
        core.wake_all();
        renewal
    }
    .boxed_local()
    .shared();
    let before = core.session.borrow_mut().renewing.replace(renewing.clone());
    drop(before);
    // Whoever shares sees it to its end, also when nobody waits for it any more: the
    // other pages wait for its lock.
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
        under_way(&session)
    };
    match renewing.unwrap_or_else(|| renew(core)).await {
        Renewal::Failed(error) => Err(error),
        Renewal::Settled if core.session.borrow().tokens().is_none() => Err(CallError::SignedOut),
        Renewal::Settled => Ok(()),
    }
}

async fn settle(core: &Rc<Core>, generation: u64, result: Result<Reply, CallError>) -> Renewal {
    if is_over(core, generation) {
        // Somebody signed in or out meanwhile; this renewal is of no concern any more.
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
    // Anything that says that the token is no good; a limit or an outage does not.
    if !matches!(error.status(), Some(400..=407 | 409..=428)) {
        return Renewal::Failed(error);
    }
    // Whoever used the token before has the new ones, if it is a page of this user.
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
pub(crate) fn tokens(reply: &Reply) -> Result<SessionTokens, CallError> {
    let body: &[u8] = match reply {
        Reply::Whole { body, .. } => body,
        Reply::Open { .. } => &[],
    };
    envelope::decode::<SessionTokens>(body)
        .ok()
        .filter(|tokens| !tokens.access_token.is_empty() && !tokens.renewal_token.is_empty())
        .ok_or_else(|| CallError::Unreadable("The server's answer holds no session.".to_owned()))
}

//! The session among pages.

use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use backoffice_contract::OperationId;
use futures_util::StreamExt as _;
use futures_util::future::{Either, LocalBoxFuture, select};

use crate::client::Event;
use crate::core::Core;
use crate::error::CallError;
use crate::host::peers::{Lock, Member};
use crate::host::runtime::Millis;
use crate::session::account;
use crate::session::{SessionState, StoredSession};
use crate::share::group::Asked;
use crate::share::group::talk_to;
use crate::share::{Envelope, PeerId, SessionMessage, lobby, session_group};

/// The lock of the page that renews the session.
const RENEWAL: &str = "renewal";
/// How long another page may hold the renewal lock before this one checks on it.
const RENEWAL_PATIENCE: Millis = 20_000;
/// The nonce of a question that nobody waits for the answer to: it is used when it comes.
pub(super) const HAIL: u64 = 0;
/// How long the answers of other pages are waited for. A page that sleeps never
/// answers.
const ANSWERS: Millis = 300;

/// The lock of renewals, while this page holds it.
struct RenewalLock {
    lock: Box<dyn Lock>,
    core: Rc<Core>,
}

impl Lock for RenewalLock {
    fn lost(&self) -> LocalBoxFuture<'static, ()> {
        self.lock.lost()
    }
}

impl Drop for RenewalLock {
    fn drop(&mut self) {
        self.core.group.renews.set(false);
    }
}

/// Waits until no other page renews the session, and no longer than until there is another
/// session than now. A page that waits for the budget may hold the lock for long; from one that
/// does not answer it is stolen.
pub(crate) async fn renewal_lock(core: &Rc<Core>) -> Option<Box<dyn Lock>> {
    let member = core.group.member()?;
    let generation = core.session.borrow().generation();
    let replaced = poll_fn(|cx| {
        if core.session.borrow().generation() != generation {
            return Poll::Ready(());
        }
        *core.group.renewing.borrow_mut() = Some(cx.waker().clone());
        Poll::Pending
    });
    match select(pin!(lock_or_steal(core, &*member)), replaced).await {
        Either::Left((lock, _)) => {
            let lock = lock?;
            core.group.renews.set(true);
            Some(Box::new(RenewalLock { lock, core: Rc::clone(core) }))
        }
        Either::Right(_) => None,
    }
}

async fn lock_or_steal(core: &Rc<Core>, member: &dyn Member) -> Option<Box<dyn Lock>> {
    let mut waiting = member.lock(RENEWAL, false);
    loop {
        let patience = core.options.runtime.sleep(RENEWAL_PATIENCE);
        waiting = match select(waiting, patience).await {
            Either::Left((lock, _)) => return lock,
            Either::Right(((), waiting)) => waiting,
        };
        // Asked twice, since no page holds the lock while it passes from one to the next.
        if !newer_elsewhere(core).await.renews && !newer_elsewhere(core).await.renews {
            return member.lock(RENEWAL, true).await;
        }
    }
}

/// What other documents and pages have said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Around {
    /// One of them had a newer session, which is this page's now.
    pub(crate) found: bool,
    /// A page may hold the lock of renewals: it said so, or is too old a build to say.
    renews: bool,
}

/// Looks for a newer session than this page has, in the storage of its tab and on the other
/// pages, and adopts it.
///
/// Messages and locks travel on ways of their own, so that a page may get the lock
/// before it hears what its last holder has said; the answer to a question comes
/// after that.
pub(crate) async fn newer_elsewhere(core: &Rc<Core>) -> Around {
    let group = &core.group;
    let serial = core.session.borrow().serial();
    let found = || core.session.borrow().serial() > serial;
    if let Some(stored) = core.stored_session() {
        adopt(core, &stored);
    }
    let missing = group.present.borrow().clone();
    // A page that has only just come does not know yet which others there are.
    let new = core.now() < group.entered_at.get() + ANSWERS;
    if found() || group.member().is_none() || (missing.is_empty() && !new) {
        return Around { found: found(), renews: false };
    }
    let nonce = group.next_nonce();
    let asked = Asked { nonce, missing, renews: false, newest: None, waker: None };
    let before = group.asked.borrow_mut().replace(asked);
    drop(before);
    group.talk(SessionMessage::Sync { nonce, serial });
    let answered = poll_fn(|cx| {
        let mut asked = group.asked.borrow_mut();
        match &mut *asked {
            Some(asked) if asked.nonce == nonce && (new || !asked.missing.is_empty()) => {
                asked.waker = Some(cx.waker().clone());
                Poll::Pending
            }
            _ => Poll::Ready(()),
        }
    });
    let patience = core.options.runtime.sleep(ANSWERS);
    select(pin!(answered), patience).await;
    let asked = group.asked.borrow_mut().take_if(|asked| asked.nonce == nonce);
    let renews = asked.as_ref().is_some_and(|asked| asked.renews);
    if let Some(newest) = asked.and_then(|asked| asked.newest) {
        adopt(core, &newest);
    }
    Around { found: found(), renews }
}

/// Another page of `account` says something about the session.
pub(super) fn hear_talk(core: &Core, account: &str, from: PeerId, talk: SessionMessage) {
    core.group.present.borrow_mut().insert(from);
    // What older builds say has no account, but was said in the group of this one.
    let of_account = |session| StoredSession { account: account.to_owned(), ..session };
    match talk {
        SessionMessage::Session(session) => {
            let mine = core.session.borrow().stored();
            match mine.filter(|mine| mine.serial > session.serial) {
                Some(newer) => core.tell_session(newer),
                None => adopt(core, &of_account(session)),
            }
        }
        SessionMessage::SignedOut { serial } => hear_signed_out(core, serial),
        SessionMessage::Renamed { email } => core.rename_session(&email),
        SessionMessage::Sync { nonce, serial } => hear_sync(core, from, nonce, serial),
        SessionMessage::Synced { nonce, session, to, renews } => {
            if to.is_none_or(|to| to == core.group.me) {
                hear_synced(core, from, nonce, session.map(of_account), renews);
            }
        }
        SessionMessage::Bye => {
            core.group.present.borrow_mut().remove(&from);
        }
        SessionMessage::Who | SessionMessage::Here { .. } => {}
    }
}

/// Takes a session that another page or document of the account has, if it is newer, and ends
/// the renewal of the older one.
pub(super) fn adopt(core: &Core, session: &StoredSession) {
    let mut live = core.session.borrow_mut();
    if !live.adopt(session) {
        return;
    }
    let renewing = live.renewing.take();
    drop(live);
    drop(renewing);
    core.save_session(session);
    core.end_calls_to(&[OperationId::RenewSession]);
    core.group.notify();
    core.wake_all();
    core.emit(Event::Session);
}

/// Another page has signed out.
fn hear_signed_out(core: &Core, serial: u64) {
    let session = core.session.borrow();
    if session.serial() > serial || *session.state() == SessionState::SignedOut {
        return;
    }
    drop(session);
    core.sign_out_here(serial);
}

/// Answers whether this page has a newer session.
fn hear_sync(core: &Core, from: PeerId, nonce: u64, serial: u64) {
    let session = core.session.borrow().stored().filter(|stored| stored.serial > serial);
    let (to, renews) = (Some(from), Some(core.group.renews.get()));
    core.group.talk(SessionMessage::Synced { nonce, session, to, renews });
}

/// The answer of a page to a question of this one.
fn hear_synced(
    core: &Core,
    from: PeerId,
    nonce: u64,
    session: Option<StoredSession>,
    renews: Option<bool>,
) {
    if nonce == HAIL {
        session.into_iter().for_each(|session| adopt(core, &session));
        return;
    }
    let mut all = core.group.asked.borrow_mut();
    let Some(asked) = all.as_mut().filter(|asked| asked.nonce == nonce) else { return };
    asked.missing.remove(&from);
    asked.renews |= renews.unwrap_or(true);
    if let Some(session) = session
        && asked.newest.as_ref().is_none_or(|newest| newest.serial < session.serial)
    {
        asked.newest = Some(session);
    }
    let waker = asked.waker.take();
    drop(all);
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// Who is signed in on other pages of the same API.
pub(crate) async fn nearby(core: &Core) -> Vec<String> {
    let Some(member) = core.options.peers.join(&lobby(&core.options.base_url)) else {
        return Vec::new();
    };
    let heard = member.hear();
    talk_to(&*member, core.group.me, SessionMessage::Who);
    let emails = heard.filter_map(|text| async move {
        match Envelope::read(&text)?.said {
            SessionMessage::Here { email } => Some(email),
            _ => None,
        }
    });
    let patience = core.options.runtime.sleep(ANSWERS);
    let mut here: Vec<String> = emails.take_until(patience).collect().await;
    here.sort_unstable();
    here.dedup();
    here
}

/// Takes part in the session that other pages have under this address.
///
/// # Errors
/// When no page answers with one.
pub(crate) async fn take_part(core: &Rc<Core>, email: &str) -> Result<(), CallError> {
    let account = account::find(&core.options, email);
    let group = core.options.peers.join(&session_group(&account));
    let member = group.ok_or(CallError::SignedOut)?;
    let heard = member.hear();
    let nonce = core.group.next_nonce();
    talk_to(&*member, core.group.me, SessionMessage::Sync { nonce, serial: 0 });
    let me = core.group.me;
    let sessions = heard.filter_map(|text| async move {
        match Envelope::read(&text)?.said {
            SessionMessage::Synced { nonce: of, session, to, .. }
                if of == nonce && to.is_none_or(|to| to == me) =>
            {
                session
            }
            _ => None,
        }
    });
    let patience = core.options.runtime.sleep(ANSWERS);
    let session = pin!(sessions.take_until(patience)).next().await.ok_or(CallError::SignedOut)?;
    core.begin_session(&StoredSession { account, ..session });
    Ok(())
}

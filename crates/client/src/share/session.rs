//! The session among pages.

use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use futures_util::StreamExt as _;
use futures_util::future::{Either, select};

use super::group::Asked;
use super::group::talk_to;
use super::{Envelope, PeerId, SessionMessage, group, lobby};
use crate::client::Event;
use crate::core::Core;
use crate::error::CallError;
use crate::peers::Lock;
use crate::runtime::Millis;
use crate::session::{SessionState, StoredSession};

/// The name of the lock of whoever renews the session.
const RENEWAL: &str = "renewal";
/// After so long whoever renews is looked after.
const RENEWAL_PATIENCE: Millis = 20_000;
/// The nonce of a question that nobody waits for the answer to: it is taken when it comes.
pub(super) const HAIL: u64 = 0;
/// How long the answers of other pages are waited for. A page that sleeps never
/// answers.
const ANSWERS: Millis = 300;

/// Waits until no other page renews the session. One that waits for the budget may take
/// its time; from one that does not answer the lock is taken away.
pub(crate) async fn renewal_lock(core: &Rc<Core>) -> Option<Box<dyn Lock>> {
    let member = core.group.member()?;
    let mut waiting = member.lock(RENEWAL, false);
    loop {
        let patience = core.options.runtime.sleep(RENEWAL_PATIENCE);
        waiting = match select(waiting, patience).await {
            Either::Left((lock, _)) => return lock,
            Either::Right(((), waiting)) => waiting,
        };
        if newer_elsewhere(core).await.silent {
            return member.lock(RENEWAL, true).await;
        }
    }
}

/// What the other pages have said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Around {
    /// One of them had a newer session, which is this page's now.
    pub(crate) found: bool,
    /// One of them did not answer.
    pub(crate) silent: bool,
}

/// Asks the other pages for a newer session than this page has, and takes it.
///
/// Messages and locks travel on ways of their own, so that a page may get the lock
/// before it hears what its last holder has said; the answer to a question comes
/// after that.
pub(crate) async fn newer_elsewhere(core: &Rc<Core>) -> Around {
    let group = &core.group;
    if group.member().is_none() {
        return Around::default();
    }
    let serial = core.session.borrow().serial();
    let nonce = group.next_nonce();
    let missing = core.standard().borrow().others();
    // A page that has only just come does not know yet who else is there.
    let new = core.standard().borrow().is_new(core.now());
    if missing.is_empty() && !new {
        return Around::default();
    }
    let asked = Asked { nonce, missing, newest: None, waker: None };
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
    let silent = asked.as_ref().is_some_and(|asked| !asked.missing.is_empty());
    if let Some(newest) = asked.and_then(|asked| asked.newest) {
        adopt(core, newest);
    }
    Around { found: core.session.borrow().serial() > serial, silent }
}

/// Another page says something about the session.
pub(super) fn hear_talk(core: &Core, from: PeerId, talk: SessionMessage) {
    match talk {
        SessionMessage::Session(session) => {
            let mine = core.session.borrow().stored();
            match mine.filter(|mine| mine.serial > session.serial) {
                Some(newer) => core.tell_session(newer),
                None => adopt(core, session),
            }
        }
        SessionMessage::SignedOut { serial } => hear_signed_out(core, serial),
        SessionMessage::Renamed { email } => core.rename_session(&email),
        SessionMessage::Sync { nonce, serial } => hear_sync(core, nonce, serial),
        SessionMessage::Synced { nonce, session } => hear_synced(core, from, nonce, session),
        SessionMessage::Who | SessionMessage::Here { .. } => {}
    }
}

/// Takes a session that another page of the user has, if it is newer.
fn adopt(core: &Core, session: StoredSession) {
    let adopted = core.session.borrow_mut().adopt(&session);
    if !adopted {
        return;
    }
    core.options.sessions.save(&session);
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
fn hear_sync(core: &Core, nonce: u64, serial: u64) {
    let session = core.session.borrow().stored().filter(|stored| stored.serial > serial);
    core.group.talk(SessionMessage::Synced { nonce, session });
}

/// The answer of a page to a question of this one.
fn hear_synced(core: &Core, from: PeerId, nonce: u64, session: Option<StoredSession>) {
    if nonce == HAIL {
        session.into_iter().for_each(|session| adopt(core, session));
        return;
    }
    let mut all = core.group.asked.borrow_mut();
    let Some(asked) = all.as_mut().filter(|asked| asked.nonce == nonce) else { return };
    asked.missing.remove(&from);
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
/// When none of them answers with one.
pub(crate) async fn take_part(core: &Rc<Core>, email: &str) -> Result<(), CallError> {
    let name = group(&core.options.base_url, email);
    let member = core.options.peers.join(&name).ok_or(CallError::SignedOut)?;
    let heard = member.hear();
    let nonce = core.group.next_nonce();
    talk_to(&*member, core.group.me, SessionMessage::Sync { nonce, serial: 0 });
    let sessions = heard.filter_map(|text| async move {
        match Envelope::read(&text)?.said {
            SessionMessage::Synced { nonce: to, session } if to == nonce => session,
            _ => None,
        }
    });
    let patience = core.options.runtime.sleep(ANSWERS);
    let session = pin!(sessions.take_until(patience)).next().await.ok_or(CallError::SignedOut)?;
    core.begin_session(&session);
    Ok(())
}

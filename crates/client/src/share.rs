//! What pages of one browser share: the session of an account, and its budget.
//!
//! | group | members | messages |
//! | --- | --- | --- |
//! | `api-…` | all pages of one API | [`SessionMessage::Who`], [`SessionMessage::Here`] |
//! | `user-…` | the pages of one account, whatever their build | the other [`SessionMessage`]s |
//! | `user-…-v2` | those that read this build's [`BudgetMessage`]s | [`BudgetMessage`]s |
//!
//! An account is named by [`crate::session::account`], so that a change of its address changes no group.
//!
//! **Session.** All pages have it. A page that joins says which one it has and asks the others,
//! which tells all of them who is there. Of two sessions the one with the greater serial number
//! is newer, and every page adopts it. A renewal token is good for one use, so a page
//! that renews holds the lock `renewal`; it first looks for a newer session in the storage of
//! its tab and asks the other pages, and tells them the new session afterwards. The lock is
//! stolen only when no page answers that it holds it.
//!
//! **Budget.** One page is the leader and decides for all (see [`crate::budget::queue`]). The lock `lead`
//! says which; it passes on when its holder goes, sleeps or does not answer. Each page holds a
//! lock `alive-…` of its own, on which the leader waits to learn that the page is gone.
//!
//! **Memory.** The leader, or a page alone, writes down what is known (see [`remembered`]).
//!
//! Builds that cannot read each other's budget messages have another [`PROTOCOL`], and so
//! another group, in which neither takes the lead from the other. Messages about the session only
//! ever get more fields, which older builds ignore and newer ones do without.

mod group;
mod membership;
mod message;
mod remembered;
mod session;

use std::rc::Rc;

pub(crate) use group::PeerGroup;
pub(crate) use message::{
    BudgetMessage, Envelope, MonthChange, PeerId, PermitRequest, SessionMessage, Settlement, State,
};
pub(crate) use remembered::{recall_sign_ins, remember_first_day, remember_sign_ins};
pub(crate) use session::{nearby, newer_elsewhere, renewal_lock, take_part};

use crate::core::Core;
use crate::session::account::digest;
use membership::Membership;
use session::adopt;

/// The lock of the leader.
const LEAD: &str = "lead";

/// The form of budget messages. To be raised when builds cannot read each other's any more.
const PROTOCOL: &str = "v2";

/// Shares with the other pages for as long as it is polled.
pub(crate) async fn share(core: &Rc<Core>) {
    loop {
        core.options.peers.running().await;
        let slept = Membership::new(core).await.run().await;
        core.options.peers.running().await;
        if slept {
            take_stored_session(core);
        }
    }
}

/// While this page slept, another document of its tab may have signed out, renewed the session,
/// or signed in as somebody else.
fn take_stored_session(core: &Core) {
    let (account, has_tokens) = {
        let session = core.session.borrow();
        (session.account().map(str::to_owned), session.tokens().is_some())
    };
    match core.stored_session() {
        Some(stored) if account.as_ref() == Some(&stored.account) => adopt(core, &stored),
        Some(stored) => core.begin_session(&stored),
        None if has_tokens => core.sign_out_here(core.now()),
        None => {}
    }
}

/// The group of the pages of an account, whatever their build.
fn session_group(account: &str) -> String {
    format!("user-{account}")
}

/// The group of those of them that share the budget.
fn budget_group(account: &str) -> String {
    format!("user-{account}-{PROTOCOL}")
}

/// The group of all pages of an API.
fn lobby(base_url: &str) -> String {
    format!("api-{}", digest(&[base_url]))
}

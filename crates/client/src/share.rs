//! What pages of one browser share: the budget of a user, and the session.
//!
//! Pages of the same user form a group. One of them decides about the budget for all
//! (see [`crate::queue`]); which one, a lock says, that passes to another page when its
//! holder goes, sleeps or does not answer. The session belongs to all alike: whoever
//! renews it holds a lock while it does, asks the others for a newer one first, and
//! tells them afterwards.

mod group;
mod membership;
mod message;
mod session;

use std::rc::Rc;

pub(crate) use group::PeerGroup;
pub(crate) use message::{
    BudgetMessage, Envelope, MonthChange, PeerId, PermitRequest, SessionMessage, Settlement, State,
};
pub(crate) use session::{nearby, newer_elsewhere, renewal_lock, take_part};

use crate::core::Core;
use membership::Membership;

/// The name of the lock whose holder decides about the budget.
const LEAD: &str = "lead";

/// Shares with the other pages for as long as it is polled.
pub(crate) async fn share(core: &Rc<Core>) {
    loop {
        core.options.peers.running().await;
        let slept = Membership::new(core).await.run().await;
        core.options.peers.running().await;
        // A page that the browser had put away may come back after its tab has signed out.
        let ended = slept
            && core.session.borrow().tokens().is_some()
            && core.options.sessions.load().is_none();
        if ended {
            core.sign_out_here(core.now());
        }
    }
}

/// The name of the group of the pages of one user, and of what is remembered of them.
/// It does not tell who that is.
pub(crate) fn group(base_url: &str, email: &str) -> String {
    format!("user-{}", digest(&[base_url, &email.to_ascii_lowercase()]))
}

/// The name of the group of all pages that use one API.
pub(crate) fn lobby(base_url: &str) -> String {
    format!("api-{}", digest(&[base_url]))
}

/// FNV-1a, 64 bits (RFC 9923): keeps names apart, and is no protection.
fn digest(parts: &[&str]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.iter().flat_map(|part| part.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

//! The other pages that use the same limit and the same session.
//!
//! A browser has them as tabs and embeds of one origin, with BroadcastChannel to
//! talk and Web Locks to agree; a test has them as clients side by side.

use futures_util::future::{self, FutureExt as _, LocalBoxFuture};
use futures_util::stream::LocalBoxStream;

/// Finds the other pages.
pub trait Peers {
    /// Enters the group of this name; the member leaves when it is dropped. `None`
    /// where the host has no means for it, and the client works alone then.
    fn join(&self, group: &str) -> Option<Box<dyn Member>>;

    /// Resolves when this page will stop running in a moment, and for how long is
    /// unknown: it was put to sleep, or is being left.
    fn suspended(&self) -> LocalBoxFuture<'static, ()>;

    /// Resolves when this page runs; at once when it does.
    fn running(&self) -> LocalBoxFuture<'static, ()>;
}

/// The peers of a host that has no other pages and never sleeps.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoPeers;

impl Peers for NoPeers {
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

/// A place in a group.
pub trait Member {
    /// Says something to all other members. Messages of one member arrive in order.
    fn say(&self, message: String);

    /// What the others say from now on. A second call ends the first stream.
    fn hear(&self) -> LocalBoxStream<'static, String>;

    /// Waits for the lock of this name, which one member of the group has at a time.
    /// A lock goes with the page that has it. With `steal`, the page that has it loses it.
    /// Dropping the future gives up waiting. `None` where the host refuses.
    fn lock(&self, name: &str, steal: bool) -> LocalBoxFuture<'static, Option<Box<dyn Lock>>>;
}

/// A lock that is held until this is dropped.
pub trait Lock {
    /// Resolves when it was stolen.
    fn lost(&self) -> LocalBoxFuture<'static, ()>;
}

//! The way of a call: through the gate, over the wire, and what its outcome leads to.

pub mod attempt;
pub mod backoff;
pub mod call;
pub mod classify;
pub mod coalesce;
pub mod consent;
pub mod control;
pub mod gate;
pub mod outcome;
pub mod pending;
pub mod permit;
pub mod prepared;
pub mod running;
pub mod streaming;
pub mod timeout;

use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};
use futures_util::stream::LocalBoxStream;

use crate::core::Core;
use crate::error::CallError;
use crate::host::transport::TransportError;
use crate::journal::EntryState;
use crate::pipeline::attempt::send;
use crate::pipeline::call::Call;
use crate::pipeline::gate::pass;
use crate::pipeline::outcome::{Next, after};
use crate::pipeline::running::Running;

/// The answer of a call that worked.
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// All of it; nothing where it is still coming.
    pub(crate) body: Rc<[u8]>,
    /// What is still coming, where the caller wanted to read it piece by piece.
    pub(crate) rest: Option<LocalBoxStream<'static, Result<Vec<u8>, TransportError>>>,
}

/// Takes a call to its end, and its entry with it. With `open`, the body of a success is
/// left to the caller.
pub(crate) async fn run(
    core: &Rc<Core>,
    running: &Running,
    open: bool,
) -> Result<Reply, CallError> {
    let call = &running.call;
    let ended = poll_fn(|cx| call.control.poll_ended(cx));
    let result = match select(ended, pin!(exchange(core, call, open))).await {
        Either::Left((error, _)) => return Err(running.given_up(error)),
        Either::Right((result, _)) => result,
    };
    match &result {
        Ok(Reply { status, rest: None, .. }) => {
            running.finish(EntryState::Done { status: *status });
        }
        Ok(_) => running.finish(EntryState::Streaming),
        Err(error) => running.fail(error),
    }
    result
}

async fn exchange(core: &Rc<Core>, call: &Rc<Call>, open: bool) -> Result<Reply, CallError> {
    loop {
        let (permit, token) = pass(core, call).await?;
        let outcome = send(core, call, token.as_ref(), permit, open).await;
        match after(core, call, outcome, token.as_ref()) {
            Next::Done(reply) => return Ok(reply),
            Next::Again => {}
            Next::Fail(error) => return Err(error),
        }
    }
}

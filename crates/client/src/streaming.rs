//! Answers that come piece by piece.

use std::rc::Rc;

use futures_util::stream::{self, LocalBoxStream};
use futures_util::{StreamExt as _, future};

use crate::core::Core;
use crate::error::CallError;
use crate::journal::EntryState;
use crate::pipeline::Reply;
use crate::running::Running;
use crate::runtime::Millis;
use crate::timeout::within;

/// A stream that is silent for so long is ended: nothing tells a quiet one from one whose
/// connection has gone, and the caller can open it again.
const IDLE: Millis = 15 * 60_000;

/// The body of a call that goes on until it ends, breaks, falls silent, is cancelled or is
/// dropped, and the entry with it.
pub(crate) fn follow(
    core: &Rc<Core>,
    running: Running,
    reply: Reply,
) -> LocalBoxStream<'static, Result<Vec<u8>, CallError>> {
    let status = reply.status;
    let body = reply.rest.unwrap_or_else(|| stream::empty().boxed_local());
    let runtime = Rc::clone(&core.options.runtime);
    stream::unfold(Some((running, body)), move |state| {
        let runtime = Rc::clone(&runtime);
        async move {
            let (running, mut body) = state?;
            let next = {
                let ended = future::poll_fn(|cx| running.call.control.poll_ended(cx));
                let next = std::pin::pin!(within(&*runtime, IDLE, body.next()));
                match future::select(ended, next).await {
                    future::Either::Left((error, _)) => return Some((Err(error), None)),
                    future::Either::Right((next, _)) => next,
                }
            };
            let error = match next {
                Some(Some(Ok(chunk))) => return Some((Ok(chunk), Some((running, body)))),
                Some(Some(Err(error))) => error.text().to_owned(),
                Some(None) => {
                    running.finish(EntryState::Done { status });
                    return None;
                }
                None => "nothing came for 15 minutes".to_owned(),
            };
            let error = CallError::Unreachable(error);
            running.fail(&error);
            Some((Err(error), None))
        }
    })
    .boxed_local()
}

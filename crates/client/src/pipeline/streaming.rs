//! Answers that come piece by piece.

use futures_util::stream::{self, LocalBoxStream};
use futures_util::{StreamExt as _, future};

use crate::error::CallError;
use crate::journal::EntryState;
use crate::pipeline::Reply;
use crate::pipeline::running::Running;

/// The body of a call that goes on until it ends, breaks, is cancelled or is dropped, and the
/// entry with it. Nothing tells a quiet one from one whose connection has gone, so it is also
/// ended when other calls have shown that the connection was lost meanwhile.
pub(crate) fn follow(
    running: Running,
    reply: Reply,
) -> LocalBoxStream<'static, Result<Vec<u8>, CallError>> {
    let status = reply.status;
    let body = reply.rest.unwrap_or_else(|| stream::empty().boxed_local());
    stream::unfold(Some((running, body)), move |state| async move {
        let (running, mut body) = state?;
        let ended = future::poll_fn(|cx| running.call.control.poll_ended(cx));
        let error = match future::select(ended, body.next()).await {
            future::Either::Right((Some(Ok(chunk)), _)) => {
                return Some((Ok(chunk), Some((running, body))));
            }
            future::Either::Right((None, _)) => {
                running.finish(EntryState::Done { status });
                return None;
            }
            future::Either::Right((Some(Err(error)), _)) => {
                CallError::Unreachable(error.text().to_owned())
            }
            future::Either::Left((error @ CallError::Unreachable(_), _)) => error,
            future::Either::Left((given_up, _)) => return Some((Err(given_up), None)),
        };
        running.fail(&error);
        Some((Err(error), None))
    })
    .boxed_local()
}

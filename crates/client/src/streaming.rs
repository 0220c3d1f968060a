//! Answers that come piece by piece.

use futures_util::stream::{self, LocalBoxStream};
use futures_util::{StreamExt as _, future};

use crate::core::Running;
use crate::error::CallError;
use crate::journal::EntryState;
use crate::transport::TransportError;

type Body = LocalBoxStream<'static, Result<Vec<u8>, TransportError>>;

/// The body of a call that goes on until it ends, breaks, is cancelled or is
/// dropped, and the entry with it.
pub(crate) fn follow(
    running: Running,
    status: u16,
    body: Body,
) -> LocalBoxStream<'static, Result<Vec<u8>, CallError>> {
    stream::unfold(Some((running, body)), move |state| async move {
        let (running, mut body) = state?;
        let ended = future::poll_fn(|cx| running.call.control.poll_ended(cx));
        match future::select(ended, body.next()).await {
            future::Either::Left((error, _)) => Some((Err(error), None)),
            future::Either::Right((Some(Ok(chunk)), _)) => Some((Ok(chunk), Some((running, body)))),
            future::Either::Right((Some(Err(error)), _)) => {
                let error = CallError::Unreachable(error.text().to_owned());
                running.fail(&error);
                Some((Err(error), None))
            }
            future::Either::Right((None, _)) => {
                running.finish(EntryState::Done { status });
                None
            }
        }
    })
    .boxed_local()
}

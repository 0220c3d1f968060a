//! Log lines as the body of an answer that continues until the client disconnects.

use std::sync::Arc;
use std::time::Duration;

use futures_util::stream;
use http_body_util::{BodyExt as _, StreamBody};
use hyper::body::{Bytes, Frame};
use tokio::sync::watch;

use crate::engine::{LogCursor, Millis};
use crate::server::body::AnswerBody;
use crate::server::host::{self, Host};

struct Follower {
    host: Arc<Host>,
    cursor: LogCursor,
    /// When to read again; `None` once the log has ended.
    next_at: Option<Millis>,
    changes: watch::Receiver<()>,
    stopped: watch::Receiver<bool>,
}

/// The lines from `cursor` on. The stream ends with the log, or when the server must stop;
/// when the client disconnects, the stream is dropped.
pub(super) fn body(
    host: Arc<Host>,
    cursor: LogCursor,
    stopped: watch::Receiver<bool>,
) -> AnswerBody {
    let changes = host.changes();
    let follower = Follower { host, cursor, next_at: Some(0), changes, stopped };
    StreamBody::new(stream::unfold(follower, next)).boxed_unsync()
}

async fn next(mut follower: Follower) -> Option<(std::io::Result<Frame<Bytes>>, Follower)> {
    loop {
        let wait = follower.next_at?.saturating_sub(host::now());
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(wait)) => {}
            // The sender is the host, which this stream keeps alive.
            _ = follower.changes.changed() => {}
            _ = follower.stopped.wait_for(|stopped| *stopped) => return None,
        }
        let chunk = match follower.host.read_logs(&mut follower.cursor) {
            Ok(chunk) => chunk,
            Err(error) => return Some((Err(std::io::Error::other(error)), follower)),
        };
        follower.next_at = chunk.next_at;
        if !chunk.text.is_empty() {
            return Some((Ok(Frame::data(chunk.text.into())), follower));
        }
    }
}

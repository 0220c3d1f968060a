//! Reading request bodies, and the bodies of answers.

use std::convert::Infallible;
use std::time::Duration;

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body, Bytes, Incoming};

use crate::engine::MAX_BODY;

/// The body of any answer. An error closes the connection.
pub(super) type AnswerBody = UnsyncBoxBody<Bytes, std::io::Error>;

/// How much of a body that is too large is read and discarded.
const MAX_DRAINED: usize = 32 * MAX_BODY;

/// How long a body may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a body could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// The client stopped sending.
    Broken,
    /// It took too long.
    Slow,
}

/// A complete body.
pub(super) fn whole(bytes: impl Into<Bytes>) -> AnswerBody {
    Full::new(bytes.into()).map_err(|never: Infallible| match never {}).boxed_unsync()
}

/// Reads a body, whatever its declared length. Of a body that is too large, it keeps just
/// enough for the engine to notice. It still reads the rest, within reason: closing a
/// connection with unread data resets it, and the answer would be lost (RFC 9112 section
/// 9.6).
pub(super) async fn read(body: Incoming) -> Result<Vec<u8>, Unread> {
    tokio::time::timeout(PATIENCE, collect(body)).await.unwrap_or(Err(Unread::Slow))
}

async fn collect<B: Body<Data = Bytes> + Unpin>(mut body: B) -> Result<Vec<u8>, Unread> {
    let mut kept = Vec::new();
    let mut total = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Unread::Broken)?.into_data() else { continue };
        let room = (MAX_BODY + 1).saturating_sub(kept.len());
        kept.extend_from_slice(data.get(..room).unwrap_or(&data));
        total += data.len();
        if total > MAX_DRAINED {
            break;
        }
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use futures_util::stream;
    use http_body_util::StreamBody;
    use hyper::body::Frame;

    use super::*;

    async fn collected(pieces: usize, size: usize) -> Vec<u8> {
        let piece = move |_| Ok::<_, Infallible>(Frame::data(Bytes::from(vec![b'x'; size])));
        collect(StreamBody::new(stream::iter((0..pieces).map(piece)))).await.unwrap()
    }

    #[tokio::test]
    async fn keeps_what_is_allowed_and_one_byte_of_the_rest() {
        assert_eq!(collected(2, 10).await.len(), 20);
        assert_eq!(collected(10, MAX_BODY / 10).await.len(), MAX_BODY);
        assert_eq!(collected(40, MAX_BODY).await.len(), MAX_BODY + 1);
    }
}

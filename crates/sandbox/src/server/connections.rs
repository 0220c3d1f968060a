//! Accepting connections, and ending them properly.

use std::error::Error;
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::server::body::AnswerBody;

/// How long open requests may take once the server must stop.
const GRACE: Duration = Duration::from_secs(5);

/// How long to wait if the system cannot open more connections.
const RECOVERY: Duration = Duration::from_millis(100);

/// Serves until `stopped` becomes true, then until every connection has ended or [`GRACE`]
/// has passed. An error of `answer` closes its connection. HTTP/1.1 is enough: all clients
/// of this server support it.
pub(super) async fn serve<S, F, E>(
    listener: TcpListener,
    mut stopped: watch::Receiver<bool>,
    answer: S,
) where
    S: Fn(Request<Incoming>, SocketAddr) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Response<AnswerBody>, E>> + Send + 'static,
    E: Into<Box<dyn Error + Send + Sync>> + 'static,
{
    let open = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.wait_for(|stopped| *stopped) => break,
        };
        let Ok((stream, peer)) = accepted else {
            tokio::time::sleep(RECOVERY).await;
            continue;
        };
        // A log line must not wait for the next one. A failure to set this does no harm.
        let _ = stream.set_nodelay(true);
        let answer = answer.clone();
        let service = service_fn(move |request| answer(request, peer));
        let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        let connection = open.watch(connection);
        // A connection that ends with an error concerns only the client.
        tokio::spawn(async move { connection.await.ok() });
    }
    drop(listener);
    // Requests that still run then are cut off.
    let _ = tokio::time::timeout(GRACE, open.shutdown()).await;
}

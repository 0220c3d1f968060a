//! The sandbox's engine as a transport.

use std::cell::RefCell;
use std::rc::Rc;

use backoffice_client::{
    HttpRequest, HttpResponse, LocalBoxFuture, LocalBoxStream, Runtime as _, Transport,
    TransportError,
};
use backoffice_sandbox::engine::{Body, Config, Delivery, LogCursor, Request, World};
use futures_util::{FutureExt as _, StreamExt as _, future, stream};

use crate::docs::doctest::clock::Clock;

/// A world behind a transport.
#[derive(Clone)]
pub(super) struct Engine {
    world: Rc<RefCell<World>>,
    config: Rc<Config>,
    clock: Clock,
}

impl Engine {
    /// A fresh world with the limits of the guide.
    pub(super) fn new(seed: u64, clock: Clock) -> Self {
        let world = Rc::new(RefCell::new(World::new(seed, clock.now())));
        Self { world, config: Rc::default(), clock }
    }

    fn follow(
        &self,
        cursor: LogCursor,
    ) -> LocalBoxStream<'static, Result<Vec<u8>, TransportError>> {
        let engine = self.clone();
        stream::unfold(Some(cursor), move |cursor| {
            let engine = engine.clone();
            async move {
                let mut cursor = cursor?;
                loop {
                    let now = engine.clock.now();
                    let chunk = engine.world.borrow_mut().read_logs(&mut cursor, now);
                    if !chunk.text.is_empty() {
                        let next = chunk.next_at.map(|_| cursor);
                        return Some((Ok(chunk.text.into_bytes()), next));
                    }
                    let next_at = chunk.next_at?;
                    engine.clock.sleep(next_at.saturating_sub(now).max(1)).await;
                }
            }
        })
        .boxed_local()
    }
}

impl Transport for Engine {
    fn send(
        &self,
        request: HttpRequest,
    ) -> LocalBoxFuture<'static, Result<HttpResponse, TransportError>> {
        let engine = self.clone();
        async move {
            let (path, query) = request.url.split_once('?').unwrap_or((&request.url, ""));
            let header = |(name, value): &(&'static str, backoffice_contract::Secret)| {
                ((*name).to_owned(), value.expose().to_owned())
            };
            let request = Request {
                method: request.method.as_str().to_owned(),
                path: path.to_owned(),
                query: query.to_owned(),
                headers: request.headers.iter().map(header).collect(),
                body: request.body.unwrap_or_default(),
                peer: "192.0.2.1".to_owned(),
            };
            let now = engine.clock.now();
            let response = engine.world.borrow_mut().handle(&request, &engine.config, now);
            match response.delivery {
                Delivery::AtOnce => {}
                Delivery::After(ms) => engine.clock.sleep(ms).await,
                Delivery::Never => future::pending().await,
                Delivery::Broken => {
                    return Err(TransportError::Unreachable("The connection broke".into()));
                }
            }
            let body = match response.body {
                Body::Bytes(bytes) => stream::once(future::ready(Ok(bytes))).boxed_local(),
                Body::Logs(cursor) => engine.follow(cursor),
            };
            Ok(HttpResponse { status: response.status, headers: response.headers, body })
        }
        .boxed_local()
    }
}

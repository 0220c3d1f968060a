//! The transport over the browser's fetch.

use backoffice_client::{
    HttpRequest, HttpResponse, LocalBoxFuture, LocalBoxStream, Transport, TransportError,
};
use futures_util::{FutureExt as _, StreamExt as _, stream};
use gloo_net::http::{Method, RequestBuilder};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_streams::ReadableStream;
use web_sys::{AbortController, ReferrerPolicy, RequestCache, RequestCredentials};

use super::runtime;

/// Sends requests with fetch. Dropping the future or the body aborts the call.
pub struct FetchTransport;

impl Transport for FetchTransport {
    fn send(
        &self,
        request: HttpRequest,
    ) -> LocalBoxFuture<'static, Result<HttpResponse, TransportError>> {
        async move {
            let HttpRequest { method, url, headers, body } = &request;
            let headers = headers.iter().map(|(name, value)| (*name, value.expose()));
            fetch(method.as_str(), url, headers, body.as_deref()).await
        }
        .boxed_local()
    }
}

/// Aborts its call when dropped; harmless once the call has ended.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn unreachable(error: impl std::fmt::Display) -> TransportError {
    TransportError::Unreachable(error.to_string())
}

/// Sends a request, of any method and with any headers, without cookies. Dropping the
/// future or the body aborts it.
pub async fn fetch<'a>(
    method: &str,
    url: &str,
    headers: impl Iterator<Item = (&'a str, &'a str)>,
    body: Option<&[u8]>,
) -> Result<HttpResponse, TransportError> {
    let controller = AbortController::new()
        .map_err(|_| unreachable("the browser cannot make cancellable requests"))?;
    let guard = AbortOnDrop(controller);
    let method: Method = method.parse().map_err(unreachable)?;
    let mut builder = RequestBuilder::new(url)
        .method(method)
        .abort_signal(Some(&guard.0.signal()))
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer);
    for (name, value) in headers {
        builder = builder.header(name, value);
    }
    let request = match body {
        Some(body) => builder.body(Uint8Array::from(body)),
        None => builder.build(),
    }
    .map_err(unreachable)?;
    // A browser without any network sends nothing; it may still reach its own machine.
    let online = runtime::is_online();
    let response = request.send().await.map_err(|error| {
        if online { unreachable(error) } else { TransportError::Offline("You are offline".into()) }
    })?;
    let headers = response.headers().entries().collect();
    let body = response.body().map_or_else(
        || stream::empty().boxed_local(),
        |body| chunks(ReadableStream::from_raw(body.unchecked_into()), guard),
    );
    Ok(HttpResponse { status: response.status(), headers, body })
}

/// The body piece by piece; it keeps the guard, so that dropping it aborts.
fn chunks(
    body: ReadableStream,
    guard: AbortOnDrop,
) -> LocalBoxStream<'static, Result<Vec<u8>, TransportError>> {
    body.into_stream()
        .map(move |chunk| {
            let _ = &guard;
            match chunk {
                Ok(bytes) => Ok(Uint8Array::new(&bytes).to_vec()),
                Err(error) => Err(TransportError::Interrupted(js_text(&error))),
            }
        })
        .boxed_local()
}

/// What a JavaScript exception says.
pub(super) fn js_text(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()))
        .or_else(|| error.as_string())
        .unwrap_or_else(|| "the browser gave no reason".to_owned())
}

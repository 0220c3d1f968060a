//! A transport that lets one listen to the answers of one request, as they come: the
//! client hands out what an answer means, and the explorer shows all of it.

use std::cell::RefCell;
use std::rc::Rc;

use backoffice_client::{
    HttpRequest, HttpResponse, LocalBoxFuture, LocalBoxStream, Transport, TransportError,
};
use futures_channel::mpsc;
use futures_util::{FutureExt as _, StreamExt as _};

/// An answer as a browser gets it.
pub struct Heard {
    /// The status.
    pub status: u16,
    /// The headers that the page may read.
    pub headers: Vec<(String, String)>,
    /// The body in pieces; an error says why it is not whole.
    pub body: LocalBoxStream<'static, Result<Vec<u8>, String>>,
}

impl Heard {
    pub(super) fn of(response: HttpResponse) -> Self {
        let HttpResponse { status, headers, body } = response;
        let body = body.map(|piece| piece.map_err(|error| error.text().to_owned())).boxed_local();
        Self { status, headers, body }
    }
}

type Ear = Rc<dyn Fn(Heard)>;

/// Method and address of the request that is listened to.
type Wanted = (&'static str, String, Ear);

/// The transport.
#[derive(Clone)]
pub(super) struct Tap {
    inner: Rc<dyn Transport>,
    wanted: Rc<RefCell<Option<Wanted>>>,
}

impl Tap {
    pub(super) fn new(inner: Rc<dyn Transport>) -> Self {
        Self { inner, wanted: Rc::default() }
    }

    /// Listens to a request from now on, each time that it is sent, and to no other.
    pub(super) fn listen(&self, method: &'static str, url: String, ear: Ear) {
        self.wanted.replace(Some((method, url, ear)));
    }

    /// Listens to nothing any more.
    pub(super) fn stop(&self) {
        self.wanted.replace(None);
    }
}

impl Transport for Tap {
    fn send(
        &self,
        request: HttpRequest,
    ) -> LocalBoxFuture<'static, Result<HttpResponse, TransportError>> {
        let is_it =
            |(method, url, _): &&Wanted| *method == request.method.as_str() && *url == request.url;
        let ear = self.wanted.borrow().as_ref().filter(is_it).map(|(.., ear)| Rc::clone(ear));
        let sent = self.inner.send(request);
        match ear {
            None => sent,
            Some(ear) => async move { Ok(split(sent.await?, &*ear)) }.boxed_local(),
        }
    }
}

/// Tells what comes in, and hands it on.
fn split(response: HttpResponse, ear: &dyn Fn(Heard)) -> HttpResponse {
    let HttpResponse { status, headers, body } = response;
    let (sender, receiver) = mpsc::unbounded();
    ear(Heard { status, headers: headers.clone(), body: receiver.boxed_local() });
    let body = body
        .inspect(move |piece| {
            let piece = piece.clone().map_err(|error| error.text().to_owned());
            // The listener may have gone.
            let _ = sender.unbounded_send(piece);
        })
        .boxed_local();
    HttpResponse { status, headers, body }
}

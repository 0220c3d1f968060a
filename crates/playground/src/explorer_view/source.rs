//! Which description is shown, and where it comes from.

use std::rc::Rc;

use backoffice_explorer::{Document, Entry};
use futures_util::TryStreamExt as _;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Url;

use crate::api::send_elsewhere;

/// The description of the console's own API, beside the console.
const OWN: &str = "openapi.json";

/// A description that has been read.
#[derive(Clone)]
pub struct Opened {
    /// What it says.
    pub document: Rc<Document>,
    /// What relative servers are resolved against.
    pub base: String,
    /// Whether it is that of the console's API, which is called through the client.
    pub own: bool,
}

/// How far it has come.
#[derive(Clone)]
pub enum State {
    /// On its way.
    Loading,
    /// Why there is none, as a sentence.
    Failed(String),
    /// Here.
    Ready(Opened),
}

/// The description that is shown.
#[derive(Clone, Copy)]
pub struct Source {
    /// How far it has come.
    pub state: RwSignal<State, LocalStorage>,
    /// Counts what was asked for: only the latest is shown.
    turn: StoredValue<u64>,
}

impl Default for Source {
    fn default() -> Self {
        Self { state: RwSignal::new_local(State::Loading), turn: StoredValue::new(0) }
    }
}

impl Source {
    /// Fetches a description, or without an address that of the console's API, whose
    /// origin is `own_origin`.
    pub fn fetch(self, address: Option<String>, own_origin: &str) {
        let turn = self.next();
        self.state.set(State::Loading);
        let own = address.is_none();
        let wanted = absolute(address.as_deref().unwrap_or(OWN));
        let own_origin = own_origin.to_owned();
        spawn_local(async move {
            let state = match wanted {
                Ok(url) => {
                    let base = if own { own_origin } else { url.clone() };
                    match text_of(&url).await {
                        Ok(text) => opened(text, base, own),
                        Err(why) => State::Failed(why),
                    }
                }
                Err(why) => State::Failed(why),
            };
            if self.turn.try_get_value() == Some(turn) {
                self.state.set(state);
            }
        });
    }

    /// Shows a description that was read from a file.
    pub fn read(self, file: Result<String, String>) {
        self.next();
        self.state.set(match file {
            // A file has no address; what is relative in it leads to the page's own origin.
            Ok(text) => opened(text, origin(), false),
            Err(why) => State::Failed(why),
        });
    }

    fn next(self) -> u64 {
        self.turn.update_value(|turn| *turn += 1);
        self.turn.get_value()
    }
}

fn opened(text: String, base: String, own: bool) -> State {
    match Document::open(text) {
        Ok(document) => State::Ready(Opened { document: Rc::new(document), base, own }),
        Err(error) => State::Failed(error.to_string()),
    }
}

/// What the address calls an operation: its id, or its method and path.
#[must_use]
pub fn name_of(entry: &Entry) -> String {
    if entry.id.is_empty() { format!("{} {}", entry.method, entry.path) } else { entry.id.clone() }
}

fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// The whole address of a description. Nobody should be led to read one that others on
/// the way could have changed, since its servers are what requests go to.
fn absolute(address: &str) -> Result<String, String> {
    let unread = |_| format!("“{address}” is not an address.");
    let base = document().base_uri().ok().flatten().unwrap_or_else(origin);
    let url = Url::new_with_base(address, &base).map_err(unread)?;
    let local = matches!(url.hostname().as_str(), "localhost" | "127.0.0.1" | "[::1]");
    match url.protocol().as_str() {
        "https:" => Ok(url.href()),
        "http:" if local || url.origin() == origin() => Ok(url.href()),
        _ => Err(format!("“{address}” is refused: only https addresses are read.")),
    }
}

async fn text_of(url: &str) -> Result<String, String> {
    let accept =
        [("Accept".to_owned(), "application/json, application/yaml, */*;q=0.8".to_owned())];
    let heard = send_elsewhere("GET", url, &accept, None).await.map_err(|why| {
        format!(
            "Nothing came from {url} ({why}). Browsers do not say why; often the server does not \
             allow other pages to read it (Access-Control-Allow-Origin)."
        )
    })?;
    if !(200..300).contains(&heard.status) {
        return Err(format!("{url} answered {}.", heard.status));
    }
    let body = heard.body.try_concat().await;
    let body = body.map_err(|why| format!("{url} broke off: {why}."))?;
    String::from_utf8(body).map_err(|_| format!("{url} is not a text in UTF-8."))
}

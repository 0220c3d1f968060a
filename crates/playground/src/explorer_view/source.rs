//! The current description and its source.

use std::rc::Rc;

use backoffice_explorer::{Document, Entry};
use futures_util::TryStreamExt as _;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Url;

use crate::api::send_elsewhere;

/// The description of the console's own API, next to the console.
const OWN: &str = "openapi.json";

/// A loaded description.
#[derive(Clone)]
pub struct Opened {
    /// The document.
    pub document: Rc<Document>,
    /// The base address for relative servers.
    pub base: String,
    /// Whether it describes the console's API, which is called through the client.
    pub own: bool,
}

/// The state of loading a description.
#[derive(Clone)]
pub enum State {
    /// It is loading.
    Loading,
    /// It failed to load; why, as a sentence.
    Failed(String),
    /// It is loaded.
    Ready(Opened),
}

/// The current description.
#[derive(Clone, Copy)]
pub struct Source {
    /// The state of loading a description.
    pub state: RwSignal<State, LocalStorage>,
    /// Counts the loads: only the latest is shown.
    turn: StoredValue<u64>,
}

impl Default for Source {
    fn default() -> Self {
        Self { state: RwSignal::new_local(State::Loading), turn: StoredValue::new(0) }
    }
}

impl Source {
    /// Fetches a description; without an address, the description of the console's API,
    /// whose origin is `own_origin`.
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

    /// Shows a description from a file.
    pub fn read(self, file: Result<String, String>) {
        self.next();
        self.state.set(match file {
            // A file has no address: relative addresses in it refer to the page's own
            // origin.
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

/// An operation's name in the address: its id, or its method and path.
#[must_use]
pub fn name_of(entry: &Entry) -> String {
    if entry.id.is_empty() { format!("{} {}", entry.method, entry.path) } else { entry.id.clone() }
}

fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// The full address of a description. Only descriptions that cannot be changed on the way
/// are read, because they decide which servers get the requests.
fn absolute(address: &str) -> Result<String, String> {
    let unread = |_| format!("“{address}” is not an address.");
    let base = document().base_uri().ok().flatten().unwrap_or_else(origin);
    let url = Url::new_with_base(address, &base).map_err(unread)?;
    let local = matches!(url.hostname().as_str(), "localhost" | "127.0.0.1" | "[::1]");
    match url.protocol().as_str() {
        "https:" => Ok(url.href()),
        "http:" if local || url.origin() == origin() => Ok(url.href()),
        _ => Err(format!("“{address}” was not read: only https addresses are allowed.")),
    }
}

async fn text_of(url: &str) -> Result<String, String> {
    let accept =
        [("Accept".to_owned(), "application/json, application/yaml, */*;q=0.8".to_owned())];
    let heard = send_elsewhere("GET", url, &accept, None).await.map_err(|why| {
        format!(
            "{url} could not be read ({why}). Browsers do not report the reason; often, the server does not \
             allow other pages to read it (Access-Control-Allow-Origin)."
        )
    })?;
    if !(200..300).contains(&heard.status) {
        return Err(format!("{url} answered {}.", heard.status));
    }
    let body = heard.body.try_concat().await;
    let body = body.map_err(|why| format!("The connection to {url} broke: {why}."))?;
    String::from_utf8(body).map_err(|_| format!("{url} is not UTF-8 text."))
}

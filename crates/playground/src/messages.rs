//! What a frame and the page around it tell each other.
//!
//! Whoever embeds the playground names its origin in the address. Messages go to that
//! origin only, and count only from the frame's parent, at that origin, in exactly the
//! shape that is agreed on.

use leptos::ev;
use leptos::prelude::*;
use serde_json::{Value, json};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, MessageEvent, ResizeObserver, Window};

use super::settings::FrameTheme;

/// Who speaks, in each message.
const SOURCE: &str = "backoffice-playground";

/// The version of what is agreed on.
const VERSION: u32 = 1;

/// What the page around asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Another theme.
    Theme(FrameTheme),
    /// To run what is offered.
    Run,
}

/// Reads a message, as JSON; `None` when it is anything else.
fn read(text: &str) -> Option<Asked> {
    let Value::Object(message) = serde_json::from_str(text).ok()? else { return None };
    let is_ours = message.get("source")? == SOURCE && message.get("version")? == VERSION;
    match (is_ours, message.get("type")?.as_str()?, message.len()) {
        (true, "theme", 4) => FrameTheme::parse(message.get("theme")?.as_str()?).map(Asked::Theme),
        (true, "run", 3) => Some(Asked::Run),
        _ => None,
    }
}

/// The page around, when this is in a frame.
#[must_use]
pub fn parent() -> Option<Window> {
    let window = window();
    let parent = window.parent().ok().flatten()?;
    (AsRef::<JsValue>::as_ref(&parent) != AsRef::<JsValue>::as_ref(&window)).then_some(parent)
}

fn tell(parent: &Window, host: &str, message: &Value) {
    // JSON of our own can be read, and a host that is no origin was refused before.
    if let Ok(message) = js_sys::JSON::parse(&message.to_string()) {
        let _ = parent.post_message(&message, host);
    }
}

/// Talks with the page around, as long as the view is there: says that the view is
/// ready and how high it is, and hands on what is asked.
pub fn talk(host: String, view: &Element, on_asked: impl Fn(Asked) + 'static) {
    let Some(parent) = parent() else { return };
    let (expected, from) = (host.clone(), parent.clone());
    let heard = window_event_listener(ev::message, move |event: MessageEvent| {
        let source = event.source().map(JsValue::from);
        if event.origin() != expected || source.as_ref() != Some(from.as_ref()) {
            return;
        }
        let text = js_sys::JSON::stringify(&event.data()).ok().and_then(|text| text.as_string());
        if let Some(asked) = text.as_deref().and_then(read) {
            on_asked(asked);
        }
    });
    tell(&parent, &host, &json!({ "source": SOURCE, "version": VERSION, "type": "ready" }));
    let observed = view.clone();
    let resized = Closure::<dyn Fn()>::new(move || {
        let height = observed.get_bounding_client_rect().height().ceil();
        // A view that is not shown has no height that anybody should take on.
        if height > 0.0 {
            let height = Value::from(height as u32);
            let message =
                json!({ "source": SOURCE, "version": VERSION, "type": "resize", "height": height });
            tell(&parent, &host, &message);
        }
    });
    let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
    if let Some(observer) = &observer {
        observer.observe(view);
    }
    let kept = StoredValue::new_local((observer, resized));
    on_cleanup(move || {
        heard.remove();
        let _ = kept.try_with_value(|(observer, _)| {
            if let Some(observer) = observer {
                observer.disconnect();
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_agreed_shapes_count() {
        let head = r#""source":"backoffice-playground","version":1"#;
        let message = |rest: &str| read(&format!("{{{head},{rest}}}"));
        assert_eq!(message(r#""type":"run""#), Some(Asked::Run));
        assert_eq!(
            message(r#""type":"theme","theme":"dark""#),
            Some(Asked::Theme(FrameTheme::Dark))
        );
        for rest in [
            r#""type":"run","command":"x""#,
            r#""type":"theme""#,
            r#""type":"theme","theme":"sepia""#,
            r#""type":"theme","theme":"dark","more":1"#,
            r#""type":"ready""#,
            r#""type":1"#,
        ] {
            assert_eq!(message(rest), None, "{rest}");
        }
        for text in ["", "null", "[]", r#"{"source":"x","version":1,"type":"run"}"#] {
            assert_eq!(read(text), None, "{text}");
        }
        let newer = r#"{"source":"backoffice-playground","version":2,"type":"run"}"#;
        assert_eq!(read(newer), None);
    }
}

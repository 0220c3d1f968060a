//! What components ask of the document besides rendering.

use std::cell::Cell;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Element, HtmlAnchorElement, HtmlElement, Url};

/// The distance between a button and what it opens, and from the edge of the window.
const GAP: f64 = 4.0;
const EDGE: f64 = 8.0;

/// How long a browser may take to begin a download.
const KEPT_FOR_DOWNLOAD: Duration = Duration::from_secs(60);

thread_local! {
    static LAST_ID: Cell<u32> = const { Cell::new(0) };
}

/// Begins the ids of this program at another number, where another program is in the same
/// document.
pub fn begin_ids_at(first: u32) {
    LAST_ID.set(first);
}

/// An id that no other element of the page has.
pub fn unique_id(prefix: &str) -> String {
    let id = LAST_ID.get().wrapping_add(1);
    LAST_ID.set(id);
    format!("{prefix}-{id}")
}

/// Closes a popover panel.
pub(super) fn hide(panel: NodeRef<html::Div>) {
    if let Some(panel) = panel.get_untracked() {
        // It fails for a panel that is closed already, which is what is wanted.
        let _ = panel.hide_popover();
    }
}

/// Puts `text` on the clipboard. `false` when the browser does not allow it: the page
/// is not on HTTPS, or its frame or the user forbids it.
pub async fn copy_text(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    // Outside a secure context there is no such property, whatever its type says.
    if AsRef::<JsValue>::as_ref(&clipboard).is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Hands the browser a file to keep, made of `text`. Says whether it could be made.
pub fn download(name: &str, media_type: &str, text: &str) -> bool {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let parts = js_sys::Array::of1(&text.into());
    let hand_over = || -> Result<(), JsValue> {
        let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
        let address = Url::create_object_url_with_blob(&blob)?;
        let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
        link.set_href(&address);
        link.set_download(name);
        link.click();
        // Not at once: some browsers read the address only after this turn.
        set_timeout(
            move || {
                // It fails for nothing that was made above.
                let _ = Url::revoke_object_url(&address);
            },
            KEPT_FOR_DOWNLOAD,
        );
        Ok(())
    };
    hand_over().is_ok()
}

/// The element that has the focus, unless that is the page itself.
pub(super) fn focused() -> Option<HtmlElement> {
    let element = document().active_element()?;
    (element.tag_name() != "BODY").then(|| element.dyn_into().ok()).flatten()
}

/// Moves the focus; an element that cannot take it leaves it where it is.
pub(super) fn focus(element: &HtmlElement) {
    // The specification lists no error for focus().
    let _ = element.focus();
}

/// All elements inside `root` that match `selector`, in their order.
pub(super) fn find_all(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// Places an open popover under its button, or above where there is no room, and
/// inside the window.
pub(super) fn place(panel: &HtmlElement, button: &Element) {
    let view = document().document_element();
    let (width, height) = view.map_or((0.0, 0.0), |view| {
        (f64::from(view.client_width()), f64::from(view.client_height()))
    });
    let anchor = button.get_bounding_client_rect();
    let (panel_width, panel_height) =
        (f64::from(panel.offset_width()), f64::from(panel.offset_height()));
    let below = anchor.bottom() + GAP;
    let above = anchor.top() - GAP - panel_height;
    let top = if below + panel_height + EDGE <= height || above < EDGE { below } else { above };
    // Its end under the button's end when the button is in the second half.
    let left = if anchor.left() + anchor.right() > width {
        anchor.right() - panel_width
    } else {
        anchor.left()
    };
    let left = left.min(width - panel_width - EDGE).max(EDGE);
    let style = panel.style();
    for (name, value) in [("top", top), ("left", left)] {
        // Fails for read-only declarations only, which an element's own are not.
        let _ = style.set_property(name, &format!("{value}px"));
    }
}

//! Keeps the place of keyboard users when the focused element is removed.
//!
//! When the focused element is removed, the browser starts again at the top of the page,
//! and screen readers say nothing. So when a row is removed, or a button is replaced after
//! its call, the part of the page around it takes the focus.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::wasm_bindgen::closure::Closure;
use web_sys::{Element, FocusOptions, HtmlElement, MutationObserver, MutationObserverInit};

use super::dom::focused;

/// Elements that can take the focus for something inside them.
const STANDS_IN: &str = "[role=group], section, dialog, main";

/// Where the focus was last: the element, then the elements that can take the focus for it,
/// nearest first.
type Place = Rc<RefCell<Vec<HtmlElement>>>;

/// Starts watching the document. Call it once, from something that exists as long as the
/// page.
pub fn keep_focus() {
    let Some(body) = document().body() else { return };
    let place = Place::default();
    let watched = Rc::clone(&place);
    // The browser keeps the closure only as long as the document.
    let changed = Closure::<dyn FnMut()>::new(move || {
        if is_lost(&watched) {
            let watched = Rc::clone(&watched);
            // By the next frame, the intended element has the focus, if there is one.
            request_animation_frame(move || restore(&watched));
        }
    })
    .into_js_value();
    if let Ok(observer) = MutationObserver::new(changed.unchecked_ref()) {
        let what = MutationObserverInit::new();
        what.set_child_list(true);
        what.set_subtree(true);
        // This fails only for contradictory options.
        let _ = observer.observe_with_options(&body, &what);
    }
    let moved = Closure::<dyn FnMut(ev::FocusEvent)>::new(move |event: ev::FocusEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        place.replace(target.map(place_of).unwrap_or_default());
    })
    .into_js_value();
    // This fails only for listeners that are not functions.
    let _ = body.add_event_listener_with_callback("focusin", moved.unchecked_ref());
}

fn place_of(element: Element) -> Vec<HtmlElement> {
    let mut place = Vec::new();
    let mut around = element.parent_element();
    place.extend(element.dyn_into().ok());
    while let Some(found) = around.and_then(|around| around.closest(STANDS_IN).ok().flatten()) {
        around = found.parent_element();
        place.extend(found.dyn_into().ok());
    }
    place
}

fn is_lost(place: &Place) -> bool {
    focused().is_none() && place.borrow().first().is_some_and(|element| !element.is_connected())
}

fn restore(place: &Place) {
    if !is_lost(place) {
        return;
    }
    // A closed dialog is in the document, but not on the screen.
    let shown = |element: &&HtmlElement| element.is_connected() && element.offset_height() > 0;
    let Some(part) = place.borrow().iter().find(shown).cloned() else { return };
    if !part.has_attribute("tabindex") {
        part.set_tab_index(-1);
    }
    let still = FocusOptions::new();
    still.set_prevent_scroll(true);
    // The specification lists no error for focus().
    let _ = part.focus_with_options(&still);
}

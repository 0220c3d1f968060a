//! Keeps the place of whoever works by keyboard when what had the focus goes away.
//!
//! A browser that loses the focused element begins again at the top of the page, and
//! screen readers say nothing. A row that is removed, a button that its own answer
//! replaces: the part of the page that they were in takes the focus instead.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::wasm_bindgen::closure::Closure;
use web_sys::{Element, FocusOptions, HtmlElement, MutationObserver, MutationObserverInit};

use super::dom::focused;

/// What may stand in for something inside it, the nearest first.
const STANDS_IN: &str = "[role=group], section, dialog, main";

/// Where the focus was last: the element, then what may stand in for it.
type Place = Rc<RefCell<Vec<HtmlElement>>>;

/// Watches the document from now on. Called once, by what stays for as long as the page.
pub fn keep_focus() {
    let Some(body) = document().body() else { return };
    let place = Place::default();
    let watched = Rc::clone(&place);
    // The browser keeps it as long as the document, and not longer.
    let changed = Closure::<dyn FnMut()>::new(move || {
        if is_lost(&watched) {
            let watched = Rc::clone(&watched);
            // Whatever was meant to take the focus has it by the next frame.
            request_animation_frame(move || restore(&watched));
        }
    })
    .into_js_value();
    if let Ok(observer) = MutationObserver::new(changed.unchecked_ref()) {
        let what = MutationObserverInit::new();
        what.set_child_list(true);
        what.set_subtree(true);
        // It fails for options that contradict each other, which these do not.
        let _ = observer.observe_with_options(&body, &what);
    }
    let moved = Closure::<dyn FnMut(ev::FocusEvent)>::new(move |event: ev::FocusEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        place.replace(target.map(place_of).unwrap_or_default());
    })
    .into_js_value();
    // It fails for listeners that are no functions, which this is.
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
    // A closed dialog is in the document, and has no place on the screen.
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

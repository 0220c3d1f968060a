//! How wide an element is.

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::wasm_bindgen::closure::Closure;
use web_sys::ResizeObserver;

/// The width of an element in pixels, now and later; 0 until it is known.
pub fn use_width(node: NodeRef<html::Div>) -> RwSignal<f64> {
    let width = RwSignal::new(0.0);
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        let measured = element.clone();
        let measure = move || {
            width.try_set(f64::from(measured.client_width()));
        };
        measure();
        // The browser keeps it as long as it observes the element, and not longer.
        let changed = Closure::<dyn FnMut()>::new(measure).into_js_value();
        if let Ok(observer) = ResizeObserver::new(changed.unchecked_ref()) {
            observer.observe(&element);
        }
    });
    width
}

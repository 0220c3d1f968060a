//! The way from where something is missing to where it is made, on the same page.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;

use super::dom::focus;
use super::{Button, ButtonVariant};

/// A button that puts the focus into the first field of a form of the page.
#[component]
pub fn ToForm(
    /// The id of the form.
    form: &'static str,
    /// What is done there.
    children: Children,
) -> impl IntoView {
    let go = move || {
        let form = document().get_element_by_id(form);
        let field = form.and_then(|form| form.query_selector("input, select, textarea").ok()?);
        if let Some(field) = field.and_then(|field| field.dyn_into().ok()) {
            focus(&field);
        }
    };
    view! { <Button variant=ButtonVariant::Primary on_click=go>{children()}</Button> }
}

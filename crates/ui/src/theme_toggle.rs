//! The button that switches between light and dark.

use leptos::prelude::*;

use super::theme::{ThemeChoice, use_theme};
use super::{IconButton, IconName};

/// Goes from the system's theme to light to dark and back.
#[component]
pub fn ThemeToggle() -> impl IntoView {
    let choice = use_theme().choice;
    let icon = Signal::derive(move || match choice.get() {
        ThemeChoice::System => IconName::System,
        ThemeChoice::Light => IconName::Sun,
        ThemeChoice::Dark => IconName::Moon,
    });
    let label = Signal::derive(move || {
        format!("Theme: {}. Switch to {}", choice.get().as_str(), choice.get().next().as_str())
    });
    view! { <IconButton icon label on_click=move || choice.update(|choice| *choice = choice.next()) /> }
}

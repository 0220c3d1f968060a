//! A button in a row of a long list.

use leptos::prelude::*;

use super::{ButtonVariant, Icon, IconName};

/// A small quiet button about which nothing changes while it is there: a list makes and
/// drops hundreds of them while it is scrolled or filtered, and what could change would
/// have to be watched. A row that changes shows another one in its place.
#[component]
pub fn RowButton(
    /// Before the text.
    #[prop(optional)]
    icon: Option<IconName>,
    /// The text.
    text: &'static str,
    /// Its name, which tells it from that of the next row.
    label: String,
    /// It cannot be pressed now, for a reason that is plain to see.
    #[prop(optional)]
    disabled: bool,
    /// What pressing it does.
    on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class=ButtonVariant::Quiet.class(true)
            type="button"
            aria-label=label
            aria-disabled=disabled.then_some("true")
            on:click=move |_| {
                if !disabled {
                    on_click.run(());
                }
            }
        >
            {icon.map(|name| view! { <Icon name /> })}
            <span class="button__label">{text}</span>
        </button>
    }
}

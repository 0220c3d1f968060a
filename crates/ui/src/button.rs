//! The button.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::dom::unique_id;
use super::{Icon, IconName, Spinner};

/// A button. While it is pending it keeps its width and does nothing; when it is
/// unavailable it can say why, and stays reachable so that the reason can be read.
#[component]
pub fn Button(
    /// How much it calls for attention.
    #[prop(optional)]
    variant: ButtonVariant,
    /// What pressing it does to the form around it.
    #[prop(optional)]
    kind: ButtonType,
    /// For use in rows and heads of cards.
    #[prop(optional)]
    small: bool,
    /// Before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// What it started is under way.
    #[prop(optional, into)]
    pending: Option<Signal<bool>>,
    /// It cannot be pressed now, for a reason that is plain to see.
    #[prop(optional, into)]
    disabled: Option<Signal<bool>>,
    /// Why it cannot be pressed now.
    #[prop(optional, into)]
    disabled_reason: Option<Signal<Option<String>>>,
    /// A tooltip.
    #[prop(optional, into)]
    title: MaybeProp<String>,
    /// Its name, when the text alone would be ambiguous.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    /// The id of the form it belongs to, when it is outside of it.
    #[prop(optional, into)]
    form: Option<String>,
    /// What pressing it does.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
    /// The text.
    children: Children,
) -> impl IntoView {
    let reason = move || disabled_reason.and_then(|reason| reason.get());
    let is = |flag: Option<Signal<bool>>| flag.is_some_and(|flag| flag.get());
    let unavailable = move || is(pending) || is(disabled) || reason().is_some();
    // Pages have hundreds of buttons, and what cannot change need not be watched.
    let changes = pending.is_some() || disabled.is_some() || disabled_reason.is_some();
    let reason_id = disabled_reason.map(|_| unique_id("reason"));
    let described_by = reason_id.clone();
    let press = move |event: MouseEvent| {
        // A disabled attribute would take the focus away and hide the reason, so the
        // click is stopped here, and with it the submission of the form.
        if untrack(unavailable) {
            event.prevent_default();
        } else if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    let button = view! {
        <button
            class=variant.class(small)
            type=kind.as_str()
            form=form
            title=move || title.get()
            aria-label=move || label.get()
            aria-disabled=changes.then_some(move || unavailable().then_some("true"))
            aria-busy=pending.map(|pending| move || pending.get().then_some("true"))
            aria-describedby=described_by.map(|id| move || reason().map(|_| id.clone()))
            on:click=press
        >
            {icon.map(|name| view! { <Icon name /> })}
            <span class="button__label">{children()}</span>
            {pending.map(|pending| move || {
                pending.get().then(|| view! { <span class="button__spinner"><Spinner /></span> })
            })}
        </button>
    };
    match reason_id {
        None => button.into_any(),
        Some(id) => view! {
            <span class="button-slot">
                {button}
                {move || reason().map(|reason| view! {
                    <span class="button-slot__reason" id=id.clone()>{reason}</span>
                })}
            </span>
        }
        .into_any(),
    }
}

/// How much a button calls for attention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// The one thing the page is for.
    Primary,
    /// Something else that can be done.
    #[default]
    Default,
    /// Beside or inside something more important.
    Quiet,
    /// Leads to something that destroys, and asks first.
    Danger,
    /// Destroys, after all questions are answered.
    DangerFill,
}

impl ButtonVariant {
    /// The last part of the class name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Default => "default",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
            Self::DangerFill => "danger-fill",
        }
    }

    pub(super) fn class(self, small: bool) -> String {
        let small = if small { " button--small" } else { "" };
        format!("button button--{}{small}", self.as_str())
    }
}

/// What a button does to the form around it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonType {
    /// Nothing.
    #[default]
    Button,
    /// Sends it.
    Submit,
}

impl ButtonType {
    /// The value of the `type` attribute.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Button => "button",
            Self::Submit => "submit",
        }
    }
}

//! The button.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::dom::unique_id;
use super::{Icon, IconName, Spinner};

/// A button. While it is pending, it keeps its width and does nothing. When it is disabled
/// with a reason, it stays focusable so that the reason can be read.
#[component]
pub fn Button(
    /// How prominent it is.
    #[prop(optional)]
    variant: ButtonVariant,
    /// Whether it submits the form around it.
    #[prop(optional)]
    kind: ButtonType,
    /// Smaller, for rows and card headers.
    #[prop(optional)]
    small: bool,
    /// The icon before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Whether the action it started is in progress.
    #[prop(optional, into)]
    pending: Option<Signal<bool>>,
    /// Whether it is disabled, for an obvious reason.
    #[prop(optional, into)]
    disabled: Option<Signal<bool>>,
    /// Why it cannot be pressed now.
    #[prop(optional, into)]
    disabled_reason: Option<Signal<Option<String>>>,
    /// A tooltip.
    #[prop(optional, into)]
    title: MaybeProp<String>,
    /// Its accessible name, if the text alone would be ambiguous.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    /// The id of its form, if it is outside the form.
    #[prop(optional, into)]
    form: Option<String>,
    /// Called when it is pressed.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
    /// The text.
    children: Children,
) -> impl IntoView {
    let reason = move || disabled_reason.and_then(|reason| reason.get());
    let is = |flag: Option<Signal<bool>>| flag.is_some_and(|flag| flag.get());
    let unavailable = move || is(pending) || is(disabled) || reason().is_some();
    // Pages have hundreds of buttons: do not track what cannot change.
    let changes = pending.is_some() || disabled.is_some() || disabled_reason.is_some();
    let reason_id = disabled_reason.map(|_| unique_id("reason"));
    let described_by = reason_id.clone();
    let press = move |event: MouseEvent| {
        // The `disabled` attribute would remove the focus and hide the reason, so stop the
        // click here; that also stops the form's submission.
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

/// How prominent a button is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// The main action of the page.
    Primary,
    /// Another action.
    #[default]
    Default,
    /// A minor action, next to or inside something more important.
    Quiet,
    /// Opens a question before a destructive action.
    Danger,
    /// Runs a destructive action, after all questions.
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

/// Whether a button submits the form around it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonType {
    /// It does not.
    #[default]
    Button,
    /// It submits the form.
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

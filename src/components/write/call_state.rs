//! A call in the dialog that made it: where it stands, and taking it back.

use leptos::prelude::*;

use crate::components::waiting::call_words::{Action, Standing, leave_label, standing};
use backoffice_ui::words::time;
use backoffice_ui::{Button, ButtonType, ButtonVariant, Note, Tone, use_toasts};
use backoffice_web_client::{Mutation, Stage, explain, use_api};

/// Where the call stands: why it waits, for how long, and what can be done about that.
#[component]
pub fn CallState(
    /// The call.
    call: Mutation,
    /// What the button says that makes it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let api = use_api();
    let stage = Memo::new(move |_| call.stage());
    let standing = Memo::new(move |_| {
        let stage = stage.get()?;
        label.with(|label| standing(&stage, label, api.is_offline(), api.now.get()))
    });
    // The countdown is not read out every second; the rest is.
    let said = move || {
        standing.with(|standing| {
            standing.as_ref().map(|Standing { title, detail, .. }| {
                format!("{}. {detail}", title.trim_end_matches('.'))
            })
        })
    };
    view! {
        <p class="visually-hidden" role="status">{said}</p>
        {move || standing.get().map(|Standing { title, detail, goes_on, action }| {
            let left = move |until: u64| time::left(until.saturating_sub(api.now.get()));
            let actions = move || action.map(|action| match action {
                Action::SendNow => view! {
                    <Button small=true on_click=move || call.send_now()>"Send now"</Button>
                },
                Action::TryConnection => view! {
                    <Button small=true on_click=move || api.try_connection()>"Try now"</Button>
                },
            });
            view! {
                <Note tone=Tone::Wait title actions>
                    <p>{detail}</p>
                    {goes_on.map(|until| view! { <p>"It is sent in " <b>{move || left(until)}</b> "."</p> })}
                </Note>
            }
        })}
    }
}

/// What the button says that leaves the dialog of a call.
#[must_use]
pub fn leave_label_of(call: Mutation) -> Signal<String> {
    let stage = Memo::new(move |_| call.stage());
    Signal::derive(move || stage.with(|stage| leave_label(stage.as_ref())).to_owned())
}

/// Ties a call to its dialog: closing the dialog by any means takes the call back if it has
/// not left. What becomes of a call whose dialog is closed is said in a message.
pub fn tie_to_dialog(open: RwSignal<bool>, call: Mutation) {
    let toasts = use_toasts();
    Effect::new(move |_| {
        if open.get() {
            call.error.set(None);
        } else {
            call.take_back();
        }
    });
    Effect::new(move |_| {
        let Some(error) = call.error.get().filter(|_| !open.get_untracked()) else { return };
        let text = explain(&error);
        let tone = if error.is_cancelled() { Tone::Info } else { Tone::Bad };
        toasts.push(tone, format!("{}.", text.title), Some(text.detail));
    });
    on_cleanup(move || {
        if call.take_back() {
            toasts.info("Cancelled. Nothing was sent.");
        }
    });
}

/// The button that makes a call. It shows that the call is under way, and sends it where it
/// asks.
#[component]
pub fn CallButton(
    /// The call.
    call: Mutation,
    /// What it says.
    #[prop(into)]
    label: Signal<String>,
    /// What pressing it does to the form around it.
    #[prop(optional)]
    kind: ButtonType,
    /// Why it cannot be pressed now.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    /// Makes the call, where no form does.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
) -> impl IntoView {
    let asks = Memo::new(move |_| call.asks());
    let pending = Signal::derive(move || call.pending.get() && !asks.get());
    let text = move || if asks.get() { "Send".to_owned() } else { label.get() };
    let press = Callback::new(move |()| {
        if asks.get_untracked() {
            call.consent();
        } else if let Some(make) = on_click {
            make.run(());
        }
    });
    view! {
        <Button variant=ButtonVariant::Primary kind pending disabled_reason=reason on_click=press>{text}</Button>
    }
}

/// Where the call of a form stands, and the buttons below the form.
#[component]
pub fn CallActions(
    /// The call.
    call: Mutation,
    /// What the button says that makes it.
    #[prop(into)]
    label: Signal<String>,
    /// Why it cannot be pressed now.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    /// Closes the dialog around the form. A form without one offers to take the call back
    /// while it can be.
    #[prop(optional_no_strip, into)]
    on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let leave = leave_label_of(call);
    let held = Memo::new(move |_| matches!(call.stage(), Some(Stage::Held(_))));
    let leave_button = move |on_click: Callback<()>| {
        view! { <Button variant=ButtonVariant::Quiet on_click>{leave}</Button> }
    };
    let back = Callback::new(move |()| {
        call.take_back();
    });
    view! {
        <CallState call label />
        <div class="form__actions form__actions--end">
            {match on_leave {
                Some(on_leave) => leave_button(on_leave).into_any(),
                None => (move || held.get().then(|| leave_button(back))).into_any(),
            }}
            <CallButton call label kind=ButtonType::Submit reason />
        </div>
    }
}

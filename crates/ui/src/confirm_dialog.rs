//! The question before something is done that one may regret.

use leptos::prelude::*;

use super::{Button, ButtonVariant, CommandStrip, Dialog, TextField};

/// Says what will happen and asks. What cannot be undone asks for a name to be typed.
#[component]
pub fn ConfirmDialog(
    /// Whether it is open; closing it sets this to `false`.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What the button says: the verb of the question.
    #[prop(into)]
    confirm_label: Signal<String>,
    /// It destroys something.
    #[prop(optional)]
    danger: bool,
    /// What must be typed before the button works.
    #[prop(optional, into)]
    phrase: MaybeProp<String>,
    /// It is being done.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// What the button says that leaves the dialog without an answer.
    #[prop(into, default = "Cancel".into())]
    leave_label: Signal<String>,
    /// The same as a command line.
    #[prop(optional, into)]
    command: Option<Signal<String>>,
    /// Does it. The caller closes the dialog when that has succeeded.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// What will happen and what is lost.
    children: ChildrenFn,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        open.track();
        typed.set(String::new());
    });
    let matches = move || {
        phrase.with(|phrase| {
            phrase.as_ref().is_none_or(|phrase| typed.with(|typed| typed.trim() == phrase))
        })
    };
    let reason = Signal::derive(move || {
        (!matches()).then(|| format!("Type {} first.", phrase.get().unwrap_or_default()))
    });
    let confirm = move || {
        if untrack(matches) && !pending.get_untracked() {
            on_confirm.run(());
        }
    };
    let variant = if danger { ButtonVariant::DangerFill } else { ButtonVariant::Primary };
    let foot = move || {
        view! {
            <Button variant=ButtonVariant::Quiet on_click=move || open.set(false)>{leave_label}</Button>
            <Button variant pending disabled_reason=reason on_click=confirm>{confirm_label}</Button>
        }
    };
    let content = StoredValue::new(children);
    view! {
        <Dialog open title guarded=danger foot>
            {content.with_value(|content| content())}
            {move || phrase.get().map(|phrase| view! {
                <form
                    novalidate
                    on:submit=move |event| {
                        event.prevent_default();
                        confirm();
                    }
                >
                    <TextField
                        label=format!("Type {phrase} to go on")
                        value=typed
                        mono=true
                        autofocus=true
                        autocomplete="off"
                    />
                </form>
            })}
            {command.map(|command| view! { <CommandStrip command framed=true /> })}
        </Dialog>
    }
}

//! What a command asks, in place of the line.

use backoffice_contract::Secret;
use backoffice_shell::QuestionKind;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;

use super::session::ShellSession;
use backoffice_ui::{Button, ButtonType, ButtonVariant, IconName};

/// A field for the answer. What must not be seen is typed as a password and goes
/// nowhere but to the command.
#[component]
pub fn QuestionForm(
    /// The shell.
    session: ShellSession,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        // The line that had the focus has made room for this.
        if let Some(field) = field.get() {
            field.set_value("");
            let _ = field.focus();
        }
        session.question.track();
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(field) = field.get_untracked() {
            let answer = field.value();
            field.set_value("");
            session.answer(Some(answer.into()));
        }
    };
    let give_up = move |event: KeyboardEvent| {
        let interrupts = event.ctrl_key() && event.key() == "c" && !has_selection(field);
        if event.key() == "Escape" || interrupts {
            event.prevent_default();
            session.answer(None);
        }
    };
    move || {
        let question = session.question.get()?;
        let hidden = question.hidden;
        let suggestion = question.suggestion.map(|suggestion| {
            let words = match question.kind {
                QuestionKind::Code => "Use the mailed code".to_owned(),
                QuestionKind::Password => "Use the demo user’s".to_owned(),
                _ => format!("Use {}", suggestion.expose()),
            };
            let give = Callback::new(move |()| session.answer(Some(suggestion.clone())));
            view! { <Button small=true icon=IconName::Sandbox on_click=give>{words}</Button> }
        });
        let confirms = (question.kind == QuestionKind::Confirm).then(|| {
            let say = move |word: &'static str| {
                Callback::new(move |()| session.answer(Some(Secret::new(word))))
            };
            view! {
                <Button small=true on_click=say("y")>"Yes"</Button>
                <Button small=true on_click=say("n")>"No"</Button>
            }
        });
        Some(view! {
            <form class="sh__question" novalidate on:submit=submit on:keydown=give_up>
                <label class="sh__ask">
                    <span>{question.text}</span>
                    <input
                        class="sh__answer"
                        type=if hidden { "password" } else { "text" }
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        node_ref=field
                    />
                </label>
                {suggestion}
                {confirms}
                <Button small=true variant=ButtonVariant::Primary kind=ButtonType::Submit>"Answer"</Button>
                <Button small=true variant=ButtonVariant::Quiet on_click=Callback::new(move |()| session.answer(None))>
                    "Give up"
                </Button>
            </form>
        })
    }
}

/// Whether some of what is typed is selected, so that Ctrl-C copies.
fn has_selection(field: NodeRef<html::Input>) -> bool {
    field.get_untracked().is_some_and(|field| {
        let (from, to) = (field.selection_start(), field.selection_end());
        matches!((from, to), (Ok(Some(from)), Ok(Some(to))) if from != to)
    })
}

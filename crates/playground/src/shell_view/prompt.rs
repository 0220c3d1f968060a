//! The line that is typed.

use backoffice_shell::{Candidate, Shell};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::session::{Activity, ShellSession};
use super::transcript::Running;
use super::typing::{Recall, complete, to_bytes, to_utf16};
use backoffice_ui::{Button, ButtonVariant};

/// A line, or several that were pasted, with history and completion.
#[component]
pub fn Prompt(
    /// The shell.
    session: ShellSession,
    /// Whether the focus was where it now is.
    takes_focus: bool,
) -> impl IntoView {
    let field = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get().filter(|_| takes_focus) {
            // A field that cannot take the focus leaves it where it is.
            let _ = field.focus();
        }
    });
    let candidates = RwSignal::new(Vec::<Candidate>::new());
    let released = RwSignal::new(false);
    let recall = StoredValue::new(Recall::default());
    let busy = Signal::derive(move || session.activity.get() != Activity::Idle);
    let typed = move || field.get_untracked().map(|field| field.value()).unwrap_or_default();
    let put = move |text: &str, cursor: usize| {
        if let Some(field) = field.get_untracked() {
            field.set_value(text);
            fit(&field);
            let at = u32::try_from(to_utf16(text, cursor)).ok();
            // A place inside of the text is always one.
            let _ = field.set_selection_start(at);
            let _ = field.set_selection_end(at);
        }
        candidates.set(Vec::new());
    };
    let run = move || {
        let text = typed();
        if busy.get_untracked() || text.trim().is_empty() {
            return;
        }
        recall.set_value(Recall::default());
        put("", 0);
        session.run(vec![text]);
    };
    let cursor = move || {
        let field = field.get_untracked()?;
        let (from, to) = (field.selection_start().ok()??, field.selection_end().ok()??);
        let line = field.value();
        let at = to_bytes(&line, usize::try_from(to).ok()?);
        Some((line, at, from != to))
    };
    let complete_here = move || {
        let Some((line, at, false)) = cursor() else { return false };
        if line.trim().is_empty() {
            return false;
        }
        let found = session.ask_shell(|shell| shell.complete(&line, at));
        let Some(completed) = complete(&line, found) else { return false };
        put(&completed.line, completed.cursor);
        candidates.set(completed.candidates);
        true
    };
    let recall_line = move |older: bool| {
        let history = session.ask_shell(Shell::history);
        let line = typed();
        let found = recall.try_update_value(|recall| {
            if older { recall.older(&history, &line) } else { recall.newer(&history) }
        });
        let Some(Some(text)) = found else { return false };
        put(&text, text.len());
        true
    };
    let on_key = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let control = event.ctrl_key() && !event.alt_key() && !event.meta_key();
        let plain = !event.ctrl_key() && !event.alt_key() && !event.meta_key();
        let handled = match event.key().as_str() {
            "Enter" if plain && !event.shift_key() && !Shell::wants_more(&typed()) => {
                run();
                true
            }
            // One Tab after Escape goes on as everywhere.
            "Tab" if plain && !event.shift_key() && !released.get_untracked() => complete_here(),
            "Escape" => {
                candidates.set(Vec::new());
                released.set(true);
                return;
            }
            "ArrowUp" if plain && !event.shift_key() => {
                matches!(cursor(), Some((line, at, false)) if is_first_line(&line, at))
                    && recall_line(true)
            }
            "ArrowDown" if plain && !event.shift_key() => {
                matches!(cursor(), Some((line, at, false)) if is_last_line(&line, at))
                    && recall_line(false)
            }
            // What is selected is copied, as everywhere.
            "c" if control => match cursor() {
                Some((_, _, true)) => false,
                _ if busy.get_untracked() => {
                    session.interrupt();
                    true
                }
                _ => {
                    recall.set_value(Recall::default());
                    put("", 0);
                    true
                }
            },
            "l" if control => {
                session.clear();
                true
            }
            _ => false,
        };
        if handled {
            event.prevent_default();
        }
        if event.key() != "Shift" {
            released.set(false);
        }
    };
    let said = move || {
        candidates.with(|list| match list.len() {
            0 => String::new(),
            count => format!("{count} possibilities"),
        })
    };
    let choose = move |text: String| {
        let Some((line, at, _)) = cursor() else { return };
        let found = session.ask_shell(|shell| shell.complete(&line, at));
        let before = line.get(..found.range.start).unwrap_or_default();
        let after = line.get(at..).unwrap_or_default();
        let new = format!("{before}{text} {after}");
        put(&new, before.len() + text.len() + 1);
        if let Some(field) = field.get_untracked() {
            let _ = field.focus();
        }
    };
    let possibilities = move || {
        let list = candidates.get();
        let shown: Vec<AnyView> = list
            .into_iter()
            .map(|Candidate { text, about }| {
                let chosen = text.clone();
                view! {
                    <li>
                        <button class="candidate" type="button" on:click=move |_| choose(chosen.clone())>
                            <code>{text}</code>
                            <span>{about}</span>
                        </button>
                    </li>
                }
                .into_any()
            })
            .collect();
        (!shown.is_empty())
            .then(|| view! { <ul class="sh__candidates" aria-label="Possibilities">{shown}</ul> })
    };
    view! {
        <div class="sh__line">
            <label class="sh__prompt">
                <span class="visually-hidden">"Command line, at "</span>
                {move || session.prompt.get()}
                <textarea
                    class="sh__input"
                    rows="1"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="sh-hint"
                    readonly=move || busy.get()
                    node_ref=field
                    on:keydown=on_key
                    on:input=move |_| {
                        candidates.set(Vec::new());
                        if let Some(field) = field.get_untracked() {
                            fit(&field);
                        }
                    }
                ></textarea>
            </label>
            {move || {
                if busy.get() {
                    view! { <Running session /> }.into_any()
                } else {
                    view! {
                        <Button small=true variant=ButtonVariant::Default on_click=Callback::new(move |()| run())>"Run"</Button>
                    }
                    .into_any()
                }
            }}
        </div>
        {possibilities}
        <span class="visually-hidden" role="status">{said}</span>
        <p class="sh__hint" id="sh-hint">
            "Enter runs, Tab completes, Up and Down recall, Ctrl-C stops or clears. "
            <span class="sh__hint-leave">"Esc, then Tab, leaves the line."</span>
        </p>
    }
}

/// As many rows as there are lines.
fn fit(field: &web_sys::HtmlTextAreaElement) {
    let lines = field.value().split('\n').count();
    field.set_rows(u32::try_from(lines.clamp(1, 12)).unwrap_or(1));
}

fn is_first_line(line: &str, at: usize) -> bool {
    !line.get(..at).unwrap_or_default().contains('\n')
}

fn is_last_line(line: &str, at: usize) -> bool {
    !line.get(at..).unwrap_or_default().contains('\n')
}

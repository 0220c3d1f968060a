//! Text whose lines are numbered, with what is wrong beside them.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use super::dom::{focus, unique_id};

/// A text area as long as its text, with line numbers, and below it what is wrong; each
/// fault leads to its line.
#[component]
pub fn LineEditor(
    /// What the text is.
    #[prop(into)]
    label: Signal<String>,
    /// The text, which follows what is typed.
    value: RwSignal<String>,
    /// What is wrong: lines, from 1, with sentences.
    #[prop(into)]
    faults: Signal<Vec<(usize, String)>>,
    /// Told what the text has become by typing.
    on_type: Callback<String>,
    /// Told when the focus comes and when it goes.
    on_focus: Callback<bool>,
) -> impl IntoView {
    let node = NodeRef::<html::Textarea>::new();
    let id = unique_id("lines");
    let faults_id = id.clone();
    let lines = Memo::new(move |_| value.with(|value| value.matches('\n').count() + 1));
    let numbers =
        move || (1..=lines.get()).map(|line| line.to_string()).collect::<Vec<_>>().join("\n");
    // A text that is changed from outside must not move the caret of whoever types. To ask
    // the field for a long text takes long, so it is remembered what is in there.
    let in_field = StoredValue::new(String::new());
    Effect::new(move |_| {
        let Some(node) = node.get() else { return };
        value.with(|text| {
            if in_field.with_value(|there| there != text) {
                node.set_value(text);
                in_field.set_value(text.clone());
            }
        });
    });
    // A text of many lines that is put in at once may come as one event for each line.
    let waits = StoredValue::new(false);
    let read = move || {
        let waited = waits.try_update_value(std::mem::take).unwrap_or_default();
        let Some(node) = node.try_get_untracked().flatten().filter(|_| waited) else { return };
        let text = node.value();
        in_field.set_value(text.clone());
        value.set(text.clone());
        on_type.run(text);
    };
    let typed = move || {
        if !waits.get_value() {
            waits.set_value(true);
            set_timeout(read, Duration::ZERO);
        }
    };
    let left = move || {
        read();
        on_focus.run(false);
    };
    let go_to = move |line: usize| {
        let Some(node) = node.get_untracked() else { return };
        let (start, end) = value.with_untracked(|value| span_of_line(value, line));
        focus(&node);
        // It fails for kinds of fields without a selection only.
        let _ = node.set_selection_range(start, end);
    };
    let marks = move || {
        let mark = |(line, _): (usize, String)| {
            view! { <span class="lines__mark" style:top=format!("calc(var(--line-h) * {})", line - 1)></span> }
        };
        faults.get().into_iter().map(mark).collect_view()
    };
    let invalid = move || faults.with(|faults| (!faults.is_empty()).then_some("true"));
    let list = move || {
        let faults = faults.get();
        (!faults.is_empty()).then(|| {
            let item = |(line, message): (usize, String)| {
                view! {
                    <li>
                        <button class="link" type="button" on:click=move |_| go_to(line)>{format!("Line {line}")}</button>
                        ": " {message}
                    </li>
                }
            };
            view! { <ul class="lines__faults" id=faults_id.clone()>{faults.into_iter().map(item).collect_view()}</ul> }
        })
    };
    view! {
        <div class="lines">
            <div class="lines__numbers" aria-hidden="true">{marks}<pre>{numbers}</pre></div>
            <textarea
                class="lines__text"
                node_ref=node
                aria-label=label
                aria-invalid=invalid
                aria-describedby=move || invalid().map(|_| id.clone())
                rows=move || lines.get().max(8).to_string()
                wrap="off"
                autocapitalize="off"
                autocomplete="off"
                spellcheck="false"
                on:focus=move |_| on_focus.run(true)
                on:blur=move |_| left()
                on:input=move |_| typed()
            ></textarea>
        </div>
        {list}
    }
}

/// Where a line begins and ends, in the units of the selection, which are those of UTF-16.
fn span_of_line(text: &str, line: usize) -> (u32, u32) {
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    let mut start = 0;
    for (at, content) in text.split('\n').enumerate() {
        if at + 1 == line {
            return (start, start + units(content));
        }
        start += units(content) + 1;
    }
    (start, start)
}

#[cfg(test)]
mod tests {
    use super::span_of_line;

    #[test]
    fn lines_are_found_by_what_a_selection_counts() {
        assert_eq!(span_of_line("ab\n𝄞c\nd", 1), (0, 2));
        assert_eq!(span_of_line("ab\n𝄞c\nd", 2), (3, 6));
        assert_eq!(span_of_line("ab\n𝄞c\nd", 3), (7, 8));
    }
}

//! The operations of a description, and the search in them.

use backoffice_explorer::Entry;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::super::frame::{address, use_playground};
use super::source::{Opened, name_of};
use backoffice_ui::SearchField;

/// How many more are in the document each time that the end comes near: descriptions
/// have more than a thousand.
const STEP: usize = 60;

/// How near, in CSS pixels.
const NEAR: i32 = 600;

/// A link for each operation, as far as one has scrolled.
#[component]
pub fn OperationList(
    /// The description.
    opened: StoredValue<Opened, LocalStorage>,
    /// The position of the operation that is open.
    selected: Memo<Option<usize>>,
) -> impl IntoView {
    let settings = use_playground().settings;
    let query = RwSignal::new(String::new());
    let all = opened.with_value(|opened| opened.document.entries().len());
    let found = Memo::new(move |_| {
        query.with(|query| opened.with_value(|opened| opened.document.search(query)))
    });
    let limit = RwSignal::new(STEP);
    let rows = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        query.track();
        limit.set(STEP);
        if let Some(rows) = rows.get_untracked() {
            rows.set_scroll_top(0);
        }
    });
    let grow = move |_| {
        let Some(rows) = rows.get_untracked() else { return };
        let below = rows.scroll_height() - rows.scroll_top() - rows.client_height();
        if below < NEAR && limit.get_untracked() < found.with_untracked(Vec::len) {
            limit.update(|limit| *limit += STEP);
        }
    };
    let shown = move || {
        let limit = limit.get();
        found.with(|found| found.iter().take(limit).copied().collect::<Vec<_>>())
    };
    let row = move |at: usize| {
        let entry = opened.with_value(|opened| opened.document.entries().get(at).cloned());
        entry.map(|entry| {
            let name = name_of(&entry);
            let href = move || {
                settings.with(|settings| {
                    address(&settings.with(&[("operation", Some(&name)), ("run", None)]))
                })
            };
            let old = entry.deprecated;
            view! {
                <a
                    class=if old { "http__row http__row--old" } else { "http__row" }
                    href=href
                    aria-current=move || (selected.get() == Some(at)).then_some("true")
                    title=old.then_some("Deprecated")
                >
                    <EntryText entry />
                </a>
            }
        })
    };
    let count = move || match found.with(Vec::len) {
        found if found == all => operations(all),
        found => format!("{found} of {}", operations(all)),
    };
    view! {
        <section class="http__list" aria-label="Operations" on:keydown=move |event| walk(&event, rows)>
            <SearchField label="Search operations" value=query />
            <p class="http__count" role="status">{count}</p>
            <div class="http__rows" node_ref=rows on:scroll=grow>
                <For each=shown key=|at| *at children=row />
                {move || found.with(Vec::is_empty).then(|| view! {
                    <p class="http__none">"Nothing is found. Names, paths and words of the summary are searched."</p>
                })}
            </div>
        </section>
    }
}

/// Method, path and summary.
#[component]
pub fn EntryText(
    /// The operation.
    entry: Entry,
) -> impl IntoView {
    let method = format!("method method--{}", entry.method.to_ascii_lowercase());
    let summary = (!entry.summary.is_empty()).then(|| {
        view! { " "<span class="http__summary">{entry.summary}</span> }
    });
    view! {
        <span class=method>{entry.method}</span>
        " "
        <code class="http__path">{entry.path}</code>
        {summary}
    }
}

fn operations(count: usize) -> String {
    match count {
        1 => "1 operation".to_owned(),
        count => format!("{count} operations"),
    }
}

/// Up and down arrows go from the search to the operations and along them.
fn walk(event: &KeyboardEvent, rows: NodeRef<html::Div>) {
    let down = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    let Some(rows) = rows.get_untracked() else { return };
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let Some(target) = target else { return };
    let next = if rows.contains(Some(&target)) {
        if down { target.next_element_sibling() } else { target.previous_element_sibling() }
    } else if down {
        rows.first_element_child()
    } else {
        None
    };
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        // What cannot take the focus leaves it where it is.
        let _ = next.focus();
    }
}

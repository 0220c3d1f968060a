//! Log lines that may still come.

use leptos::html;
use leptos::prelude::*;

use super::log_stream::Lines;
use crate::ui::{Button, EmptyState, IconName};

/// How near to the end, in pixels, still counts as being at the end.
const NEAR: i32 = 40;

/// The lines in a box of their own, which stays at the end while that is in view.
#[component]
pub(super) fn LogLines(
    /// All lines that are kept.
    lines: RwSignal<Lines>,
    /// What a line must hold to be shown, in any case.
    #[prop(into)]
    filter: Signal<String>,
    /// A few lines high, rather than as high as the page has room for.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let scroller = NodeRef::<html::Div>::new();
    let at_end = RwSignal::new(true);
    let shown = Memo::new(move |_| {
        let filter = filter.get().to_lowercase();
        lines.with(|lines| {
            lines
                .lines
                .iter()
                .filter(|line| {
                    filter.is_empty() || line.gap || line.text.to_lowercase().contains(&filter)
                })
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let to_end = move || {
        // The frame may come after the page has gone.
        if let Some(element) = scroller.try_get_untracked().flatten() {
            element.set_scroll_top(element.scroll_height());
        }
    };
    // Following never takes the reader away from what is being read: it scrolls
    // only while the end is in view, after the new lines have been laid out.
    Effect::new(move |_| {
        shown.track();
        if at_end.get_untracked() {
            request_animation_frame(to_end);
        }
    });
    let scrolled = move |_| {
        if let Some(element) = scroller.get_untracked() {
            let below = element.scroll_height() - element.scroll_top() - element.client_height();
            at_end.set(below < NEAR);
        }
    };
    let empty = Memo::new(move |_| shown.with(Vec::is_empty));
    let nothing = Memo::new(move |_| lines.with(|lines| lines.lines.is_empty()));
    let dropped = Memo::new(move |_| lines.with(|lines| lines.dropped));
    view! {
        <div class="logs" class=("logs--small", small)>
            <div
                class="logs__lines"
                role="log"
                aria-live="off"
                aria-label="Log lines"
                tabindex="0"
                node_ref=scroller
                on:scroll=scrolled
            >
                {move || (dropped.get() > 0).then(|| view! {
                    <p class="logs__gap">{format!("{} earlier lines are not kept.", dropped.get())}</p>
                })}
                <For
                    each=move || shown.get()
                    key=|line| line.number
                    children=|line| {
                        let class = if line.gap { "logs__gap" } else { "logs__line" };
                        view! { <p class=class>{line.text}</p> }
                    }
                />
                {move || empty.get().then(|| if nothing.get() {
                    view! {
                        <EmptyState icon=IconName::Logs title="No lines yet">
                            <p>"Lines show here as your app, its builds and its jobs write them."</p>
                        </EmptyState>
                    }
                    .into_any()
                } else {
                    view! { <p class="logs__gap">{move || format!("No line holds {}.", filter.get())}</p> }.into_any()
                })}
            </div>
            {move || (!at_end.get()).then(|| view! {
                <div class="logs__jump">
                    <Button small=true icon=IconName::ChevronDown on_click=Callback::new(move |()| to_end())>
                        "Newest lines"
                    </Button>
                </div>
            })}
        </div>
    }
}

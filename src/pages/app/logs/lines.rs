//! Log lines that may still come.

use leptos::html;
use leptos::prelude::*;

use crate::nav::AppPage;
use crate::pages::app::logs::stream::Lines;
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::paths;
use backoffice_ui::words::text_search::holds;
use backoffice_ui::{Button, EmptyState, IconName, LinkButton};

/// How near to the end, in pixels, still counts as being at the end.
const NEAR: i32 = 40;
/// How many frames the view follows an end that moves away.
const FRAMES: u8 = 8;

/// How much there is below what is in view, in pixels.
fn below(element: &leptos::web_sys::Element) -> i32 {
    element.scroll_height() - element.scroll_top() - element.client_height()
}

/// Goes to the end. Lines are laid out as they come into view, and one that wraps is higher
/// than was assumed, so the end moves away: it follows for at most `frames` frames, and not
/// when the reader has gone up meanwhile.
fn land(
    scroller: NodeRef<html::Div>,
    at_end: RwSignal<bool>,
    landing: StoredValue<bool>,
    frames: u8,
) {
    // The frame may come after the page has gone.
    let Some(element) = scroller.try_get_untracked().flatten() else { return };
    element.set_scroll_top(element.scroll_height());
    let landed = element.scroll_top();
    landing.try_set_value(true);
    request_animation_frame(move || {
        let stays = element.scroll_top() >= landed;
        if stays && frames > 0 && below(&element) > 0 {
            land(scroller, at_end, landing, frames - 1);
        } else {
            landing.try_set_value(false);
            at_end.try_set(below(&element) < NEAR);
        }
    });
}

/// The lines in a box of their own, which stays at the end while that is in view.
#[component]
pub fn LogLines(
    /// All lines that are kept.
    lines: RwSignal<Lines>,
    /// What a line must hold to be shown, in any case.
    #[prop(into)]
    filter: Signal<String>,
    /// Shows all lines, where the reader chose the filter.
    #[prop(optional, into)]
    on_clear: Option<Callback<()>>,
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
                .filter(|line| line.gap || holds(&line.text, &filter))
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let landing = StoredValue::new(false);
    let to_end = move || land(scroller, at_end, landing, FRAMES);
    // Following never takes the reader away from what is being read: it scrolls
    // only while the end is in view, after the new lines have been laid out.
    Effect::new(move |_| {
        shown.track();
        if at_end.get_untracked() {
            request_animation_frame(to_end);
        }
    });
    let scrolled = move |_| {
        if let Some(element) = scroller.get_untracked().filter(|_| !landing.get_value()) {
            at_end.set(below(&element) < NEAR);
        }
    };
    let empty = Memo::new(move |_| shown.with(Vec::is_empty));
    let AppContext { name, status, .. } = use_app();
    let idle = Memo::new(move |_| status.data().is_some_and(|status| status.pods.is_empty()));
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
                            {idle.get().then(|| view! {
                                <LinkButton href=Signal::derive(move || paths::app(&name.get(), AppPage::Overview))>
                                    "How to deploy"
                                </LinkButton>
                            })}
                        </EmptyState>
                    }
                    .into_any()
                } else {
                    view! {
                        <EmptyState icon=IconName::Search title="No line matches">
                            <p>"New lines that match show here as they come."</p>
                            {on_clear.map(|clear| view! {
                                <Button small=true on_click=clear>"Show all lines"</Button>
                            })}
                        </EmptyState>
                    }
                    .into_any()
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

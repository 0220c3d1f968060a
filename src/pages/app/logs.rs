//! The log lines of all containers, as they come.
//!
//! A stream costs one request, however long it is followed. When it breaks it is
//! opened again and the gap is marked, since lines in between may be missing.

use backoffice_contract::app::LogsQuery;
use backoffice_contract::op;
use futures_util::StreamExt as _;
use futures_util::future::{AbortHandle, abortable};
use gloo_timers::future::TimeoutFuture;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;

use super::layout::{AppContext, use_app};
use crate::api::{Api, CallError, use_api};
use crate::components::{ErrorNote, OperationCommand};
use crate::log_text::LineBuffer;
use crate::ui::{Badge, Button, ButtonVariant, Card, EmptyState, IconName, Tone};

/// How many earlier lines a stream begins with.
const EARLIER: u32 = 200;
/// How many lines are kept; the oldest go first, and the view says so.
const KEPT: usize = 5_000;
/// The wait before a broken stream is opened again, in milliseconds, doubled each
/// time up to the longest.
const REOPEN: u32 = 1_000;
const LONGEST: u32 = 30_000;
/// How near to the end, in pixels, still counts as being at the end.
const NEAR: i32 = 40;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StreamState {
    Opening,
    Following,
    Paused,
    Broken,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    number: u64,
    text: String,
    gap: bool,
}

#[derive(Debug, Default)]
struct Lines {
    lines: std::collections::VecDeque<Line>,
    /// Never starts anew, so that no two rows share a key.
    next: u64,
    dropped: u64,
    /// Whether a stream of this app has been read before.
    resumed: bool,
}

impl Lines {
    fn clear(&mut self) {
        self.lines.clear();
        self.dropped = 0;
    }

    fn push(&mut self, text: String, gap: bool) {
        self.lines.push_back(Line { number: self.next, text, gap });
        self.next += 1;
        while self.lines.len() > KEPT {
            self.lines.pop_front();
            self.dropped += 1;
        }
    }
}

/// The viewer: follow, pause, filter, clear.
#[component]
pub fn LogsPage() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let api = use_api();
    let lines = RwSignal::new(Lines::default());
    let state = RwSignal::new(StreamState::Opening);
    let error = RwSignal::new(None::<CallError>);
    // A link may ask for the lines of one job, whose name is in each of them.
    let source = use_query_map().with_untracked(|query| query.get("source"));
    let filter = RwSignal::new(source.unwrap_or_default());
    let wanted = RwSignal::new(true);
    let operation = Signal::derive(move || op::StreamLogs {
        app: name.get(),
        query: LogsQuery { num_lines: Some(EARLIER), follow: None },
    });
    // A new run for each app and each press of the button. Aborting the one before
    // drops its stream, which ends the request even while nothing comes.
    let run = StoredValue::new(None::<AbortHandle>);
    let stop = move || {
        run.try_update_value(|run| run.take().inspect(AbortHandle::abort));
    };
    Effect::new(move |previous: Option<String>| {
        stop();
        let operation = operation.get();
        let app = operation.app.clone();
        if previous.is_some_and(|previous| previous != app) {
            lines.update(|lines| {
                lines.clear();
                lines.resumed = false;
            });
        }
        if wanted.get() {
            let view = View { api, lines, state, error };
            let (following, handle) = abortable(follow(operation, view));
            run.set_value(Some(handle));
            spawn_local(async move {
                // It ends when it is refused or aborted, and has said so by then.
                let _ = following.await;
            });
        } else {
            state.set(StreamState::Paused);
        }
        app
    });
    on_cleanup(stop);
    view! {
        <ErrorNote error=error />
        <Card
            title="Logs"
            actions=move || view! {
                <StateBadge state />
                <input
                    class="input logs__filter"
                    type="search"
                    placeholder="Filter"
                    aria-label="Filter lines"
                    prop:value=filter
                    on:input:target=move |event| filter.set(event.target().value())
                />
                <Button small=true variant=ButtonVariant::Quiet on_click=Callback::new(move |()| lines.update(Lines::clear))>
                    "Clear"
                </Button>
                <Button small=true icon=IconName::Pause on_click=Callback::new(move |()| wanted.update(|wanted| *wanted = !*wanted))>
                    {move || if wanted.get() { "Pause" } else { "Follow" }}
                </Button>
            }.into_any()
            foot=move || view! { <OperationCommand operation=operation /> }.into_any()
        >
            <LogLines lines filter />
        </Card>
    }
}

#[component]
fn StateBadge(state: RwSignal<StreamState>) -> impl IntoView {
    move || match state.get() {
        StreamState::Opening => {
            view! { <Badge tone=Tone::Wait icon=IconName::Clock>"Opening"</Badge> }.into_any()
        }
        StreamState::Following => {
            view! { <Badge tone=Tone::Ok icon=IconName::Check>"Following"</Badge> }.into_any()
        }
        StreamState::Paused => {
            view! { <Badge tone=Tone::Neutral icon=IconName::Pause>"Paused"</Badge> }.into_any()
        }
        StreamState::Broken => {
            view! { <Badge tone=Tone::Bad icon=IconName::Alert>"Interrupted"</Badge> }.into_any()
        }
    }
}

/// What a stream writes to.
#[derive(Clone, Copy)]
struct View {
    api: Api,
    lines: RwSignal<Lines>,
    state: RwSignal<StreamState>,
    error: RwSignal<Option<CallError>>,
}

async fn follow(operation: op::StreamLogs, view: View) {
    let mut wait = REOPEN;
    loop {
        // A tab that nobody sees spends no request.
        while !view.api.visible.get_untracked() {
            TimeoutFuture::new(REOPEN).await;
        }
        let mut operation = operation.clone();
        let resumed = view.lines.with_untracked(|lines| lines.resumed);
        if resumed {
            // What came before is on the page; ask for what follows.
            operation.query.num_lines = Some(0);
        }
        view.state.set(StreamState::Opening);
        match view.api.stream(operation).await {
            Ok(mut stream) => {
                view.state.set(StreamState::Following);
                view.error.set(None);
                if resumed {
                    view.push(vec!["Interrupted; lines may be missing here.".to_owned()], true);
                }
                view.lines.update(|lines| lines.resumed = true);
                let opened = view.api.now.get_untracked();
                let mut buffer = LineBuffer::default();
                while let Some(Ok(piece)) = stream.next().await {
                    view.push(buffer.push(&piece), false);
                }
                view.push(buffer.finish().into_iter().collect(), false);
                if view.api.now.get_untracked() > opened + u64::from(LONGEST) {
                    wait = REOPEN;
                }
            }
            Err(failure) => {
                // A refusal will not turn into a stream by asking again.
                let refused = failure.status().is_some_and(|status| status < 500);
                view.error.set(Some(failure));
                if refused {
                    view.state.set(StreamState::Broken);
                    return;
                }
            }
        }
        view.state.set(StreamState::Broken);
        TimeoutFuture::new(wait).await;
        wait = (wait * 2).min(LONGEST);
    }
}

impl View {
    fn push(self, texts: Vec<String>, gap: bool) {
        if !texts.is_empty() {
            self.lines.update(|lines| {
                for text in texts {
                    lines.push(text, gap);
                }
            });
        }
    }
}

#[component]
fn LogLines(lines: RwSignal<Lines>, filter: RwSignal<String>) -> impl IntoView {
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
    let empty = Memo::new(move |_| lines.with(|lines| lines.lines.is_empty()));
    let dropped = Memo::new(move |_| lines.with(|lines| lines.dropped));
    view! {
        <div class="logs">
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
                {move || empty.get().then(|| view! {
                    <EmptyState icon=IconName::Logs title="No lines yet">
                        <p>"Lines show here as your app, its builds and its jobs write them."</p>
                    </EmptyState>
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

//! The log lines of all containers, as they come.

pub mod lines;
pub mod stream;
mod text;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::{ErrorNote, OperationCommand};
use crate::pages::app::logs::lines::LogLines;
use crate::pages::app::logs::stream::{Lines, LogStream, StreamState, use_log_stream};
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::{Badge, Button, ButtonVariant, Card, IconName, Tone};

/// The viewer: follow, pause, filter, clear.
#[component]
pub fn LogsPage() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    // A link may ask for the lines of one job, whose name is in each of them.
    let source = use_query_map().with_untracked(|query| query.get("source"));
    let filter = RwSignal::new(source.unwrap_or_default());
    let wanted = RwSignal::new(true);
    let LogStream { operation, lines, state, error, .. } = use_log_stream(name, wanted);
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
            <LogLines lines filter on_clear=move || filter.set(String::new()) />
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

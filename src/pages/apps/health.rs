//! How one app of the list is doing. It costs a request, so it is asked for app by app,
//! and only when somebody wants to know.

use backoffice_contract::op;
use leptos::prelude::*;

use crate::pages::app::shared::rollout::{Health, health};
use backoffice_ui::{Badge, Button, ButtonVariant, IconName, Tone};
use backoffice_web_client::{explain, use_query};

/// A button that asks, then the answer.
#[component]
pub fn HealthCell(
    /// The app.
    name: String,
    /// No replicas are wanted, so there is nothing to ask.
    stopped: Signal<bool>,
) -> impl IntoView {
    let label = format!("Check {name}");
    let asked = RwSignal::new(false);
    let status = use_query(move || asked.get().then(|| op::GetStatus { app: name.clone() }));
    let known = Memo::new(move |_| status.with_data(health));
    let failed = Memo::new(move |_| status.error().map(|error| explain(&error).title.to_owned()));
    move || {
        if stopped.get() {
            return view! { <Badge icon=IconName::Pause>"Stopped"</Badge> }.into_any();
        }
        if let Some(known) = known.get().filter(|_| asked.get()) {
            return match known {
                Health::Healthy => view! { <Badge tone=Tone::Ok>"Healthy"</Badge> },
                Health::RollingOut { .. } => view! { <Badge tone=Tone::Wait>"Rolling out"</Badge> },
                Health::Failing { .. } => view! { <Badge tone=Tone::Bad>"Failing"</Badge> },
                Health::Stopped => view! { <Badge icon=IconName::Pause>"Stopped"</Badge> },
            }
            .into_any();
        }
        let ask =
            Callback::new(
                move |()| {
                    if asked.get_untracked() { status.refresh() } else { asked.set(true) }
                },
            );
        let what = failed.get();
        view! {
            <Button
                small=true
                variant=ButtonVariant::Quiet
                label=label.clone()
                title="Costs 1 request"
                pending=Signal::derive(move || asked.get() && status.awaited())
                on_click=ask
            >
                {what.map_or_else(|| "Check".to_owned(), |what| format!("{what}: check again"))}
            </Button>
        }
        .into_any()
    }
}

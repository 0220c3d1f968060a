//! What is running, how it got there, what to do next.

use backoffice_contract::app::{AppStatus, Pod, PodStatus};
use backoffice_contract::op;
use backoffice_contract::release::Release;
use leptos::prelude::*;

use super::deploy::DeployCard;
use super::layout::{AppContext, use_app};
use super::next_step::NextStep;
use crate::api::{Query, use_query};
use crate::components::{OperationCommand, QueryView, Stamp};
use crate::rollout::{self, Health};
use crate::time;
use crate::ui::{Badge, Card, EmptyState, IconName, Table, Tone};

/// Status, pods, deploy and the last change.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    let releases = use_query(move || Some(op::ListReleases { app: name.get() }));
    let released = Signal::derive(move || releases.data().map(|releases| !releases.is_empty()));
    let command = Signal::derive(move || op::GetStatus { app: name.get() });
    view! {
        <NextStep released />
        <Card title="Status" hide_head=true>
            <QueryView query=status lines=2 show=Callback::new(move |status| view! { <Stats status /> }.into_any()) />
        </Card>
        <div class="grid">
            <div class="stack">
                <Card
                    title="Pods"
                    actions=move || view! { <Stamp query=status /> }.into_any()
                    foot=move || view! { <OperationCommand operation=command /> }.into_any()
                >
                    <QueryView query=status show=Callback::new(|status| view! { <Pods status /> }.into_any()) />
                </Card>
            </div>
            <div class="stack">
                <DeployCard releases />
                <LastChange releases />
            </div>
        </div>
    }
}

#[component]
fn Stats(status: Signal<AppStatus>) -> impl IntoView {
    let AppContext { health, .. } = use_app();
    let replicas = move || {
        status.with(|status| format!("{} / {}", status.replicas_running, status.replicas_desired))
    };
    let release = move || {
        status.with(|status| {
            let newest = status.pods.iter().filter_map(|pod| pod.version.parse::<u64>().ok()).max();
            newest.map_or_else(|| "–".to_owned(), |version| format!("v{version}"))
        })
    };
    view! {
        <dl class="stat">
            <div><dt>"Replicas"</dt><dd>{replicas}</dd></div>
            <div><dt>"Size"</dt><dd>{move || status.with(|status| status.size)}</dd></div>
            <div><dt>"Release"</dt><dd>{release}</dd></div>
            <div><dt>"Health"</dt><dd>{move || health.get().map(|health| view! { <HealthBadge health /> })}</dd></div>
        </dl>
    }
}

#[component]
fn HealthBadge(health: Health) -> impl IntoView {
    let (tone, icon, word) = match health {
        Health::Healthy => (Tone::Ok, IconName::Check, "Healthy"),
        Health::RollingOut { .. } => (Tone::Wait, IconName::Clock, "Rolling out"),
        Health::Failing { .. } => (Tone::Bad, IconName::Alert, "Failing"),
        Health::Stopped => (Tone::Neutral, IconName::Pause, "Stopped"),
    };
    view! { <Badge tone icon>{word}</Badge> }
}

#[component]
fn Pods(status: Signal<AppStatus>) -> impl IntoView {
    let none = Memo::new(move |_| status.with(|status| status.pods.is_empty()));
    move || {
        if none.get() {
            return view! {
                <EmptyState icon=IconName::Apps title="Nothing runs">
                    <p>"Pods appear here after a deploy."</p>
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <Table columns=&["Name", "Status", "Release", "Commit"]>
                <For
                    each=move || status.with(|status| status.pods.clone())
                    key=pod_key
                    children=|pod| view! { <PodRow pod /> }
                />
            </Table>
        }
        .into_any()
    }
}

/// All that a row shows, since a row is made anew only when its key changes.
fn pod_key(pod: &Pod) -> (String, String, String, String, bool) {
    let ended = pod.last_state.terminated.is_some();
    (pod.name.clone(), pod.status.to_string(), pod.version.clone(), pod.sha.clone(), ended)
}

#[component]
fn PodRow(pod: Pod) -> impl IntoView {
    let (tone, icon) = match &pod.status {
        PodStatus::Healthy | PodStatus::Completed => (Tone::Ok, IconName::Check),
        PodStatus::Starting | PodStatus::Running | PodStatus::Terminating => {
            (Tone::Wait, IconName::Clock)
        }
        PodStatus::Unhealthy => (Tone::Bad, IconName::Alert),
        PodStatus::Other(_) => (Tone::Neutral, IconName::Info),
    };
    let word =
        if pod.status.as_str().is_empty() { "Unknown" } else { pod.status.as_str() }.to_owned();
    let ended = pod.last_state.terminated.is_some().then(|| rollout::failure(&pod));
    let sha: String = pod.sha.chars().take(7).collect();
    view! {
        <tr>
            <td class="table__main mono">{pod.name}</td>
            <td data-label="Status">
                <Badge tone icon>{word}</Badge>
                {ended.map(|ended| view! { <span class="table__note">{ended}</span> })}
            </td>
            <td data-label="Release">{format!("v{}", pod.version)}</td>
            <td data-label="Commit" class="mono" title=pod.sha>{sha}</td>
        </tr>
    }
}

#[component]
fn LastChange(releases: Query<Vec<Release>>) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let command = Signal::derive(move || op::ListReleases { app: name.get() });
    let show = Callback::new(|releases: Signal<Vec<Release>>| {
        let newest = move || {
            releases.with(|releases| releases.first().cloned()).map(|release| {
                let when = time::parse(&release.created_at).map(time::local);
                view! {
                    <p><b>{format!("v{}", release.version)}</b> " " {release.summary}</p>
                    <p class="stamp">{when}</p>
                }
                .into_any()
            })
        };
        view! {
            <div class="card__body">
                {move || newest().unwrap_or_else(|| view! { <p>"Not released yet."</p> }.into_any())}
            </div>
        }
        .into_any()
    });
    view! {
        <Card
            title="Last change"
            actions=move || view! { <Stamp query=releases /> }.into_any()
            foot=move || view! { <OperationCommand operation=command /> }.into_any()
        >
            <QueryView query=releases lines=2 show />
        </Card>
    }
}

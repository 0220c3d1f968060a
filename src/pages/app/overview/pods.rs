//! The pods and jobs that run now.

use backoffice_contract::app::{AppStatus, Pod, PodStatus};
use backoffice_contract::op;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::{OperationDialog, on_answer, open_while_some};
use crate::nav::AppPage;
use crate::pages::app::releases::comparison::short_sha;
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::pages::app::shared::rollout::{self, is_job};
use crate::paths;
use backoffice_ui::{
    Badge, Button, ButtonVariant, CopyButton, EmptyState, IconName, LinkButton, Table, Tone,
    use_toasts,
};

/// What the dialog is about.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Target {
    name: String,
    is_job: bool,
    alone: bool,
}

/// The list, with a way to end each of them.
#[component]
pub fn Pods(
    /// The status.
    status: Signal<AppStatus>,
    /// Whether the app has been released at all, once that is known.
    released: Signal<Option<bool>>,
) -> impl IntoView {
    let AppContext { scaling, .. } = use_app();
    let target = RwSignal::new(None::<Target>);
    let none = Memo::new(move |_| status.with(|status| status.pods.is_empty()));
    let serving = Memo::new(move |_| {
        status.with(|status| {
            status.pods.iter().filter(|pod| pod.status == PodStatus::Healthy).count()
        })
    });
    let size = Memo::new(move |_| status.with(|status| status.size));
    let list = move || {
        if none.get() {
            return view! {
                <EmptyState icon=IconName::Apps title="Nothing runs">
                    {move || match released.get() {
                        None => ().into_any(),
                        Some(false) => view! {
                            <p>"Pods appear here after a deploy. The guide leads there step by step."</p>
                            <LinkButton href=paths::GUIDE>"Open the guide"</LinkButton>
                        }
                        .into_any(),
                        Some(true) => view! {
                            <p>"The app has no replicas. Its newest release starts when it gets one."</p>
                            <Button on_click=Callback::new(move |()| scaling.set(true))>"Choose a scale"</Button>
                        }
                        .into_any(),
                    }}
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <Table columns=&["Name", "Status", "Release", "Commit"] with_actions=true>
                <For
                    each=move || status.with(|status| status.pods.clone())
                    key=pod_key
                    children=move |pod| {
                        let kill = Callback::new(move |(name, is_job): (String, bool)| {
                            let alone = !is_job && serving.get_untracked() <= 1;
                            target.set(Some(Target { name, is_job, alone }));
                        });
                        view! { <PodRow pod size kill /> }
                    }
                />
            </Table>
        }
        .into_any()
    };
    view! {
        {list}
        <KillDialog target />
    }
}

/// All that a row shows, since a row is made anew only when its key changes.
fn pod_key(pod: &Pod) -> (String, String, String, String, String) {
    let ended = pod.last_state.terminated.as_ref().map(|ended| ended.reason.clone());
    (
        pod.name.clone(),
        pod.status.to_string(),
        pod.version.clone(),
        pod.sha.clone(),
        ended.unwrap_or_default(),
    )
}

#[component]
fn PodRow(pod: Pod, size: Memo<f64>, kill: Callback<(String, bool)>) -> impl IntoView {
    let AppContext { name: app, scaling, .. } = use_app();
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
    let job = is_job(&pod);
    let reason = pod.last_state.terminated.as_ref().map(|ended| ended.reason.clone());
    let out_of_memory = reason.as_deref() == Some("OOMKilled");
    let ended = reason.map(|_| rollout::failure(&pod));
    let link = move |page: AppPage, label: &'static str| {
        view! { <A href=move || paths::app(&app.get(), page) attr:class="link">{label}</A> }
    };
    // Of one that has ended, or is ending, there is nothing to end.
    let can_end = !matches!(pod.status, PodStatus::Completed | PodStatus::Terminating);
    let (name, verb) = (pod.name.clone(), if job { "Stop" } else { "Kill" });
    let label = format!("{verb} {name}");
    let sha = short_sha(&pod.sha);
    let copied = pod.sha.clone();
    view! {
        <tr>
            <td class="table__main mono">
                <span class="copyable">{pod.name.clone()} <CopyButton text=Signal::stored(pod.name) what="the name" /></span>
                {job.then(|| view! { <span class="table__note">"Job"</span> })}
            </td>
            <td data-label="Status" class="pods__status">
                <Badge tone icon>{word}</Badge>
                {ended.map(|ended| view! {
                    <span class="table__note">
                        {ended}
                        {out_of_memory.then(|| view! {
                            {move || format!(" It may use {} GB. ", size.get())}
                            <button class="link" type="button" on:click=move |_| scaling.set(true)>"Give it a larger size"</button>
                            ", or look at its "
                            {link(AppPage::Metrics, "memory")}
                            "."
                        })}
                    </span>
                })}
            </td>
            <td data-label="Release">{format!("v{}", pod.version)}</td>
            <td data-label="Commit" class="mono" title=pod.sha>
                {(!sha.is_empty()).then(|| view! {
                    <span class="copyable">{sha} <CopyButton text=Signal::stored(copied) what="the commit" /></span>
                })}
            </td>
            <td class="table__actions">
                {can_end.then(|| view! {
                    <Button
                        small=true
                        variant=ButtonVariant::Quiet
                        label
                        on_click=Callback::new(move |()| kill.run((name.clone(), job)))
                    >
                        {verb}
                    </Button>
                })}
            </td>
        </tr>
    }
}

#[component]
fn KillDialog(target: RwSignal<Option<Target>>) -> impl IntoView {
    let AppContext { name: app, .. } = use_app();
    let toasts = use_toasts();
    let open = open_while_some(target);
    // Kept while it closes.
    let shown = Memo::new(move |before: Option<&Option<Target>>| {
        target.get().or_else(|| before.cloned().flatten())
    });
    let is_job = move || shown.with(|target| target.as_ref().is_some_and(|target| target.is_job));
    let operation = Signal::derive(move || op::KillPod {
        app: app.get(),
        pod: shown.get().map(|target| target.name).unwrap_or_default(),
    });
    view! {
        <OperationDialog
            open
            title=Signal::derive(move || if is_job() { "Stop this job?" } else { "Kill this pod?" }.to_owned())
            confirm_label=Signal::derive(move || if is_job() { "Stop the job" } else { "Kill the pod" }.to_owned())
            operation
            then=on_answer(move || {
                let job = untrack(is_job);
                move |_| {
                    toasts.ok(if job { "The job is being stopped." } else { "The pod ends, and another takes its place." });
                }
            })
        >
            <p class="mono wrap-anywhere">{move || shown.get().map(|target| target.name)}</p>
            <p>
                {move || if is_job() {
                    "The command is ended where it is. What it has done so far stays done, and nothing starts it again."
                } else {
                    "It gets no new requests, finishes what it has, and ends. Another pod of the same release starts in its place at once."
                }}
            </p>
            {move || shown.with(|target| target.as_ref().is_some_and(|target| target.alone)).then(|| view! {
                <p><b>"No other pod serves:"</b> " until the new one is healthy, nobody is answered. A restart replaces pods without that gap."</p>
            })}
        </OperationDialog>
    }
}

//! What is running, how it got there, what to do next.

mod next_step;
mod pods;

use backoffice_contract::app::{AppStatus, PodStatus};
use backoffice_contract::op;
use backoffice_contract::release::Release;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::{QueryCard, QueryView};
use crate::nav::AppPage;
use crate::pages::app::overview::next_step::NextStep;
use crate::pages::app::overview::pods::Pods;
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::pages::app::shared::deploy::DeployCard;
use crate::pages::app::shared::rollout::picture::RolloutPicture;
use crate::pages::app::shared::rollout::{Health, is_job};
use crate::paths;
use backoffice_ui::words::time;
use backoffice_ui::{Badge, Card, CopyButton, IconName, TickedText, Tone};
use backoffice_web_client::{Query, use_api, use_query};

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
        <Rollout />
        <QueryCard
            title="Pods"
            query=status
            operation=command
            show=Callback::new(move |status| view! { <Pods status released /> }.into_any())
        />
        <div class="grid">
            <DeployCard releases />
            <div class="stack">
                <LastChange releases />
                <Addresses />
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
    let healthy = move || {
        status.with(|status| {
            let pods = status.pods.iter().filter(|pod| !is_job(pod));
            let healthy = pods.filter(|pod| pod.status == PodStatus::Healthy).count();
            format!(
                "{} wanted, {} running, {healthy} healthy",
                status.replicas_desired, status.replicas_running
            )
        })
    };
    let release = move || {
        status.with(|status| {
            let newest = status.pods.iter().filter_map(|pod| pod.version.parse::<u64>().ok()).max();
            newest.map_or_else(|| "–".to_owned(), |version| format!("v{version}"))
        })
    };
    view! {
        <dl class="stat">
            <div><dt>"Replicas"</dt><dd>{replicas}</dd><dd class="stat__note">{healthy}</dd></div>
            <div><dt>"Size"</dt><dd>{move || status.with(|status| status.size)}</dd></div>
            <div><dt>"Release"</dt><dd>{release}</dd></div>
            <div><dt>"Health"</dt><dd>{move || health.get().map(|health| view! { <HealthBadge health /> })}</dd></div>
        </dl>
    }
}

/// Old and new pods side by side while one takes over from the other.
#[component]
fn Rollout() -> impl IntoView {
    let AppContext { status, health, .. } = use_app();
    let shown = Memo::new(move |_| {
        matches!(health.get(), Some(Health::RollingOut { .. } | Health::Failing { .. }))
    });
    let picture = Callback::new(|status| view! { <RolloutPicture status /> }.into_any());
    move || {
        shown.get().then(|| {
            view! {
                <Card title="Rollout">
                    <div class="card__body"><QueryView query=status lines=2 show=picture /></div>
                </Card>
            }
        })
    }
}

/// Where the app answers, and where code is pushed to.
#[component]
fn Addresses() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let web = Signal::derive(move || paths::web_address(&name.get()));
    let git = Signal::derive(move || paths::git_remote(&name.get()));
    view! {
        <Card title="Addresses">
            <dl class="kv card__body">
                <dt>"Web"</dt>
                <dd class="mono copyable">{web} <CopyButton text=web what="the web address" /></dd>
                <dt>"Git"</dt>
                <dd class="mono copyable">{git} <CopyButton text=git what="the git remote" /></dd>
                <dt>"More"</dt>
                <dd><A href=move || paths::app(&name.get(), AppPage::Domains) attr:class="link">"Domains of your own"</A></dd>
            </dl>
        </Card>
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
fn LastChange(releases: Query<Vec<Release>>) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let command = Signal::derive(move || op::ListReleases { app: name.get() });
    let now = use_api().now;
    let show = Callback::new(move |releases: Signal<Vec<Release>>| {
        let newest = Memo::new(move |_| releases.with(|releases| releases.first().cloned()));
        let line = move || {
            let Some(release) = newest.get() else {
                return view! { <p>"Not released yet."</p> }.into_any();
            };
            let at = time::parse(&release.created_at);
            let when = move || at.map(|at| time::ago(now.get().saturating_sub(at)));
            let version = release.version.clone();
            let before = version.parse::<u64>().ok().and_then(|number| number.checked_sub(1));
            let compare = before.filter(|before| *before > 0).map(|before| {
                let before = before.to_string();
                let href =
                    Signal::derive(move || paths::comparison(&name.get(), &before, &version));
                view! { <A href=move || href.get() attr:class="link">"What it changed"</A> " · " }
            });
            view! {
                <div>
                    <p><b>{format!("v{}", release.version)}</b> " " <TickedText text=release.summary /></p>
                    <p class="stamp" title=at.map(time::local)>{when}</p>
                </div>
                <p>
                    {compare}
                    <A href=move || paths::app(&name.get(), AppPage::Releases) attr:class="link">"All releases"</A>
                    " · "
                    <A href=move || paths::app(&name.get(), AppPage::Activity) attr:class="link">"Activity"</A>
                </p>
            }
            .into_any()
        };
        view! { <div class="card__body stack stack--close">{line}</div> }.into_any()
    });
    view! {
        <QueryCard
            title="Last change"
            query=releases
            operation=command
            lines=2
            show
        />
    }
}

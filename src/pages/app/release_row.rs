//! One release in the list.

use std::collections::HashMap;

use backoffice_contract::app::AppStatus;
use backoffice_contract::release::Release;
use leptos::prelude::*;

use super::activity_kind::{Kind, kind_of};
use super::comparison::short_sha;
use crate::api::use_api;
use crate::numbers::counted;
use crate::rollout::{fails, is_job};
use crate::time;
use crate::ui::{Badge, CopyButton, Icon, IconName, RowButton, TickedText, Tone};

/// The running pods of a release.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Running {
    pods: usize,
    failing: usize,
}

/// The running pods of each release, by version.
pub(super) fn running(status: &AppStatus) -> HashMap<String, Running> {
    let mut by_version: HashMap<String, Running> = HashMap::new();
    for pod in status.pods.iter().filter(|pod| !is_job(pod)) {
        let entry = by_version.entry(pod.version.clone()).or_default();
        entry.pods += 1;
        entry.failing += usize::from(fails(pod));
    }
    by_version
}

/// The actions of a row.
#[derive(Clone, Copy)]
pub(super) struct RowActions {
    /// The release to roll back to.
    pub(super) target: RwSignal<Option<String>>,
    /// Opens the comparison of two releases.
    pub(super) compare: Callback<(String, String)>,
}

/// The cells of a release. They are rebuilt in place when the release changes.
#[component]
pub(super) fn ReleaseRow(
    /// The release.
    release: Memo<Option<Release>>,
    /// The version of the newest release.
    newest: Memo<Option<String>>,
    /// The running pods, by version.
    runs: Memo<HashMap<String, Running>>,
    /// The actions.
    actions: RowActions,
) -> impl IntoView {
    let running = Memo::new(move |_| {
        release.with(|release| runs.with(|runs| runs.get(&release.as_ref()?.version).copied()))
    });
    move || {
        let release = release.get()?;
        let newest = newest.get();
        let (is_newest, running) = (newest.as_ref() == Some(&release.version), running.get());
        Some(cells(release, newest.filter(|_| !is_newest), running, actions))
    }
}

/// The cells of a release; `newest` is the newest version, if that is another release.
fn cells(
    release: Release,
    newest: Option<String>,
    running: Option<Running>,
    RowActions { target, compare }: RowActions,
) -> impl IntoView {
    let now = use_api().now;
    let Release { version, sha, summary, created_at, .. } = release;
    let at = time::parse(&created_at);
    let exact = at.map_or_else(|| created_at.clone(), time::local);
    let when = move || match at {
        Some(at) => time::ago(now.get().saturating_sub(at)),
        None => created_at.clone(),
    };
    let kind = kind_of(&summary);
    let is_code = matches!(kind, Kind::Deploy | Kind::Rollback);
    let deployed = !sha.is_empty();
    let (short, full) = (short_sha(&sha), sha.clone());
    let name = format!("v{version}");
    let state = running.map(|Running { pods, failing }| match failing {
        0 => (Tone::Ok, IconName::Apps, counted(pods, "pod", "pods")),
        failing => (Tone::Bad, Tone::Bad.icon(), format!("{failing} failing")),
    });
    let buttons = newest.as_ref().map(|newest| {
        let range = (version.clone(), newest.clone());
        view! {
            <RowButton
                text="Compare"
                label=format!("Compare {name} with the newest release")
                on_click=Callback::new(move |()| compare.run(range.clone()))
            />
            // A release from before the first deploy has no code to go back to.
            {deployed.then(|| view! {
                <RowButton
                    icon=IconName::Rollback
                    text="Roll back"
                    label=format!("Roll back to {name}")
                    on_click=Callback::new(move |()| target.set(Some(version.clone())))
                />
            })}
        }
    });
    view! {
        <span role="cell" class="release__name" class=("release__name--code", is_code)>
            <span class="release__kind" title=kind.title()><Icon name=kind.icon() /></span>
            <b>{name.clone()}</b>
            {newest.is_none().then(|| view! { <Badge tone=Tone::Info icon=IconName::Check>"Newest"</Badge> })}
            {state.map(|(tone, icon, word)| view! { <Badge tone icon>{word}</Badge> })}
        </span>
        <span role="cell" class="release__summary" class=("release__summary--code", is_code) title=summary.clone()>
            <TickedText text=summary.clone() />
        </span>
        <span role="cell" class="release__commit mono" title=sha.clone()>
            {deployed.then(|| view! { {short} <CopyButton text=Signal::stored(full) what="the commit" /> })}
        </span>
        <span role="cell" class="release__when" title=exact>{when}</span>
        <span role="cell" class="release__actions">{buttons}</span>
    }
}

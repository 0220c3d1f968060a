//! One release in the list.

use std::collections::HashMap;

use backoffice_contract::app::AppStatus;
use backoffice_contract::release::Release;
use leptos::prelude::*;

use crate::pages::app::activity::kind::{Kind, kind_of};
use crate::pages::app::releases::comparison::short_sha;
use crate::pages::app::shared::rollout::{fails, is_job};
use backoffice_ui::words::numbers::counted;
use backoffice_ui::words::time;
use backoffice_ui::{
    Badge, CopyButton, Icon, IconName, Phone, RowButton, TableColumn, TickedText, Tone,
};
use backoffice_web_client::use_api;

/// What runs of a release now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Running {
    pods: usize,
    failing: usize,
}

/// What runs of each release, by version.
pub(super) fn running(status: &AppStatus) -> HashMap<String, Running> {
    let mut by_version: HashMap<String, Running> = HashMap::new();
    for pod in status.pods.iter().filter(|pod| !is_job(pod)) {
        let entry = by_version.entry(pod.version.clone()).or_default();
        entry.pods += 1;
        entry.failing += usize::from(fails(pod));
    }
    by_version
}

/// What a row can do.
#[derive(Clone, Copy)]
pub(super) struct RowActions {
    /// The release that is to be rolled back to.
    pub(super) target: RwSignal<Option<String>>,
    /// Compares two releases.
    pub(super) compare: Callback<(String, String)>,
}

/// A release in the list.
#[derive(Clone, Copy)]
pub(super) struct ReleaseRow {
    /// The release, while it is there.
    pub(super) release: Memo<Option<Release>>,
    /// The version of the newest.
    pub(super) newest: Memo<Option<String>>,
    /// What runs, by version.
    pub(super) runs: Memo<HashMap<String, Running>>,
    /// What can be done.
    pub(super) actions: RowActions,
}

impl ReleaseRow {
    /// A cell that shows what `show` makes of the release, again when it changes.
    fn cell(self, show: impl Fn(Release) -> AnyView + Send + 'static) -> AnyView {
        let release = self.release;
        (move || release.get().map(&show)).into_any()
    }

    fn is_newest(self, version: &str) -> bool {
        self.newest.with(|newest| newest.as_deref() == Some(version))
    }
}

/// The columns of the list, in order.
pub(super) fn columns() -> Vec<TableColumn<ReleaseRow>> {
    vec![
        TableColumn::new("name", "Release", "clamp(10em, 21vw, 17em)", Phone::At("1 / 1"), name),
        TableColumn::new(
            "summary",
            "What changed",
            "minmax(0, 1fr)",
            Phone::At("2 / 1 / auto / -1"),
            summary,
        ),
        TableColumn::new("commit", "Commit", "9em", Phone::At("3 / 1"), commit),
        TableColumn::new("when", "When", "7em", Phone::At("1 / 2"), when),
        TableColumn::new("actions", "Actions", "13.5em", Phone::At("3 / 2"), buttons).hide_title(),
    ]
}

fn name(row: ReleaseRow) -> AnyView {
    row.cell(move |Release { version, summary, .. }| {
        let kind = kind_of(&summary);
        let running = row.runs.with(|runs| runs.get(&version).copied());
        let state = running.map(|Running { pods, failing }| match failing {
            0 => (Tone::Ok, IconName::Apps, counted(pods, "pod", "pods")),
            failing => (Tone::Bad, Tone::Bad.icon(), format!("{failing} failing")),
        });
        view! {
            <div class="release__name" class=("release__name--code", is_code(kind))>
                <span class="release__kind" title=kind.title()><Icon name=kind.icon() /></span>
                <b>{format!("v{version}")}</b>
                {row.is_newest(&version).then(|| view! { <Badge tone=Tone::Info icon=IconName::Check>"Newest"</Badge> })}
                {state.map(|(tone, icon, word)| view! { <Badge tone icon>{word}</Badge> })}
            </div>
        }
        .into_any()
    })
}

fn summary(row: ReleaseRow) -> AnyView {
    row.cell(|Release { summary, .. }| {
        let code = is_code(kind_of(&summary));
        view! {
            <span class="release__summary" class=("release__summary--code", code) title=summary.clone()>
                <TickedText text=summary.clone() />
            </span>
        }
        .into_any()
    })
}

fn commit(row: ReleaseRow) -> AnyView {
    row.cell(|Release { sha, .. }| {
        let short = short_sha(&sha);
        let copy = (!sha.is_empty()).then(|| {
            view! { {short} <CopyButton text=Signal::stored(sha.clone()) what="the commit" /> }
        });
        view! { <span class="release__commit mono" title=sha>{copy}</span> }.into_any()
    })
}

fn when(row: ReleaseRow) -> AnyView {
    let now = use_api().now;
    row.cell(move |Release { created_at, .. }| {
        let at = time::parse(&created_at);
        let exact = at.map_or_else(|| created_at.clone(), time::local);
        let when = move || match at {
            Some(at) => time::ago(now.get().saturating_sub(at)),
            None => created_at.clone(),
        };
        view! { <span title=exact>{when}</span> }.into_any()
    })
}

fn buttons(row: ReleaseRow) -> AnyView {
    let RowActions { target, compare } = row.actions;
    row.cell(move |Release { version, sha, .. }| {
        let Some(newest) = row.newest.get().filter(|newest| *newest != version) else {
            return ().into_any();
        };
        let (name, range) = (format!("v{version}"), (version.clone(), newest));
        view! {
            <RowButton
                text="Compare"
                label=format!("Compare {name} with the newest")
                on_click=Callback::new(move |()| compare.run(range.clone()))
            />
            // A release from before the first deploy has no code to go back to.
            {(!sha.is_empty()).then(|| view! {
                <RowButton
                    icon=IconName::Rollback
                    text="Roll back"
                    label=format!("Roll back to {name}")
                    on_click=Callback::new(move |()| target.set(Some(version.clone())))
                />
            })}
        }
        .into_any()
    })
}

fn is_code(kind: Kind) -> bool {
    matches!(kind, Kind::Deploy | Kind::Rollback)
}

//! Releases, newest first: what they changed, which of them runs, two of them compared,
//! and going back to an older one.

use std::collections::HashMap;

use backoffice_contract::app::AppStatus;
use backoffice_contract::op;
use backoffice_contract::release::Release;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::activity_kind::{Kind, kind_of};
use super::compare_releases::CompareCard;
use super::comparison::{default_target, last_other_code, read_range, short_sha};
use super::layout::{AppContext, use_app};
use super::rollback_dialog::{RollbackDialog, RolledBack};
use crate::api::{use_api, use_query};
use crate::components::{OperationCommand, QueryView, Stamp};
use crate::numbers::counted;
use crate::paths::{self, AppPage};
use crate::rollout::{fails, is_job};
use crate::time;
use crate::ui::{
    Badge, Button, ButtonVariant, Card, CopyButton, EmptyState, Icon, IconName, Note, SearchField,
    SkeletonShape, Table, Tone,
};

/// How many releases are shown at first, and how many more each time.
const PAGE: usize = 50;

/// The list with a rollback beside each older release.
#[component]
pub fn ReleasesPage() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let releases = use_query(move || Some(op::ListReleases { app: name.get() }));
    let command = Signal::derive(move || op::ListReleases { app: name.get() });
    let target = RwSignal::new(None::<String>);
    let done = RwSignal::new(None::<RolledBack>);
    Effect::new(move |_| {
        name.track();
        done.set(None);
    });
    let all = Signal::derive(move || releases.data().unwrap_or_default());
    let query = use_query_map();
    let range = Memo::new(move |_| query.with(|query| read_range(&query.get("compare")?)));
    let navigate = use_navigate();
    let go = Callback::new(move |range: Option<(String, String)>| {
        let app = name.get_untracked();
        let to = match range {
            Some((one, other)) => paths::comparison(&app, &one, &other),
            None => paths::app(&app, AppPage::Releases),
        };
        navigate(&to, NavigateOptions { replace: true, scroll: false, ..Default::default() });
    });
    let show = Callback::new(move |releases: Signal<Vec<Release>>| {
        view! { <ReleaseList releases target compare=go /> }.into_any()
    });
    let compared = move || {
        range.with(Option::is_some).then(|| {
            let last = StoredValue::new((String::new(), String::new()));
            let range = Signal::derive(move || {
                if let Some(range) = range.get() {
                    last.set_value(range);
                }
                last.get_value()
            });
            view! {
                <Show when=move || releases.with_data(|_| ()).is_some()>
                    <CompareCard
                        releases=all
                        range
                        on_pick=Callback::new(move |range| go.run(Some(range)))
                        on_close=Callback::new(move |()| go.run(None))
                    />
                </Show>
            }
        })
    };
    view! {
        <DoneNote done target />
        {compared}
        <Card
            title="Releases"
            actions=move || view! { <Stamp query=releases /> }.into_any()
            foot=move || view! { <OperationCommand operation=command /> }.into_any()
        >
            <QueryView query=releases lines=5 shape=SkeletonShape::Table show />
        </Card>
        <RollbackDialog target releases=all on_done=Callback::new(move |rolled| done.set(Some(rolled))) />
    }
}

/// What was rolled back from here, and the way to undo it.
#[component]
fn DoneNote(done: RwSignal<Option<RolledBack>>, target: RwSignal<Option<String>>) -> impl IntoView {
    move || {
        done.get().map(|RolledBack { to, from }| {
            let undo = StoredValue::new(from.clone());
            let label = StoredValue::new(format!("Undo: roll back to v{from}"));
            view! {
                <div role="status">
                    <Note
                        tone=Tone::Ok
                        title=format!("Rolled back to v{to}")
                        actions=move || {
                            view! {
                                <Button icon=IconName::Rollback on_click=Callback::new(move |()| target.set(Some(undo.get_value())))>
                                    {label.get_value()}
                                </Button>
                                <Button variant=ButtonVariant::Quiet on_click=Callback::new(move |()| done.set(None))>"Dismiss"</Button>
                            }.into_any()
                        }
                    >
                        <p>"New pods take over as they become healthy."</p>
                    </Note>
                </div>
            }
        })
    }
}

/// What runs of a release now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Running {
    pods: usize,
    failing: usize,
}

fn running(status: &AppStatus) -> HashMap<String, Running> {
    let mut by_version: HashMap<String, Running> = HashMap::new();
    for pod in status.pods.iter().filter(|pod| !is_job(pod)) {
        let entry = by_version.entry(pod.version.clone()).or_default();
        entry.pods += 1;
        entry.failing += usize::from(fails(pod));
    }
    by_version
}

#[component]
fn ReleaseList(
    releases: Signal<Vec<Release>>,
    target: RwSignal<Option<String>>,
    compare: Callback<Option<(String, String)>>,
) -> impl IntoView {
    let AppContext { status, .. } = use_app();
    let none = Memo::new(move |_| releases.with(Vec::is_empty));
    let newest =
        Memo::new(move |_| releases.with(|all| all.first().map(|release| release.version.clone())));
    let filter = RwSignal::new(String::new());
    let most = RwSignal::new(PAGE);
    let found = Memo::new(move |_| {
        let words = filter.with(|filter| filter.trim().to_lowercase());
        releases.with(|all| {
            all.iter().filter(|release| matches(release, &words)).cloned().collect::<Vec<_>>()
        })
    });
    let runs = Memo::new(move |_| status.with_data(running).unwrap_or_default());
    let hidden = Memo::new(move |_| found.with(Vec::len).saturating_sub(most.get()));
    let count = Signal::derive(move || {
        let (found, all) = (found.with(Vec::len), releases.with(Vec::len));
        let all = counted(all, "release", "releases");
        if filter.with(|filter| filter.trim().is_empty()) {
            all
        } else {
            format!("{found} of {all}")
        }
    });
    move || {
        if none.get() {
            return view! {
                <EmptyState icon=IconName::Release title="No releases yet">
                    <p>"A push or a change of config makes one."</p>
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <div class="card__tools">
                <SearchField label="Filter by words or commit" value=filter />
                <span class="stamp card__count" role="status">{count}</span>
                <span class="spacer"></span>
                <RollbackDefault releases target />
            </div>
            <Table columns=&["Release", "What changed", "Commit", "When"] with_actions=true>
                <For
                    each=move || found.with(|found| found.iter().take(most.get()).cloned().collect::<Vec<_>>())
                    key=|release| (release.version.clone(), release.created_at.clone(), release.sha.clone())
                    children=move |release| view! { <ReleaseRow release newest runs target compare /> }
                />
            </Table>
            <Show when=move || found.with(Vec::is_empty)>
                <p class="card__empty">"No release is like that."</p>
            </Show>
            <Show when=move || hidden.with(|hidden| *hidden != 0)>
                <p class="card__note row">
                    <Button small=true icon=IconName::ChevronDown on_click=Callback::new(move |()| most.update(|most| *most += PAGE))>
                        {move || format!("Show {} more", hidden.get().min(PAGE))}
                    </Button>
                    {move || format!("{} older ones are not shown.", hidden.get())}
                </p>
            </Show>
        }
        .into_any()
    }
}

fn matches(release: &Release, words: &str) -> bool {
    let text = format!("v{} {} {}", release.version, release.summary, release.sha).to_lowercase();
    words.split_whitespace().all(|word| text.contains(word))
}

/// The rollback that the command line makes when no release is named.
#[component]
fn RollbackDefault(
    releases: Signal<Vec<Release>>,
    target: RwSignal<Option<String>>,
) -> impl IntoView {
    let default = Memo::new(move |_| {
        releases.with(|all| default_target(all).map(|release| release.version.clone()))
    });
    let other = Memo::new(move |_| {
        releases.with(|all| {
            let other = last_other_code(all)?;
            (Some(&other.version) != default_target(all).map(|default| &default.version))
                .then(|| other.version.clone())
        })
    });
    let go = move |version: String| Callback::new(move |()| target.set(Some(version.clone())));
    view! {
        {move || other.get().map(|version| view! {
            <Button small=true icon=IconName::Rollback title="The newest release with other code than now" on_click=go(version.clone())>
                {format!("Back to the code before (v{version})")}
            </Button>
        })}
        {move || default.get().map(|version| view! {
            <Button small=true icon=IconName::Rollback title="What the command line does when no release is named" on_click=go(version.clone())>
                {format!("Back by one (v{version})")}
            </Button>
        })}
    }
}

#[component]
fn ReleaseRow(
    release: Release,
    newest: Memo<Option<String>>,
    runs: Memo<HashMap<String, Running>>,
    target: RwSignal<Option<String>>,
    compare: Callback<Option<(String, String)>>,
) -> impl IntoView {
    let now = use_api().now;
    let version = StoredValue::new(release.version.clone());
    let is_newest =
        Memo::new(move |_| newest.with(|newest| newest.as_ref() == Some(&version.get_value())));
    let running = Memo::new(move |_| runs.with(|runs| runs.get(&version.get_value()).copied()));
    let at = time::parse(&release.created_at);
    let exact = at.map_or_else(|| release.created_at.clone(), time::local);
    let when = move || match at {
        Some(at) => time::ago(now.get().saturating_sub(at)),
        None => release.created_at.clone(),
    };
    let kind = kind_of(&release.summary);
    let deployed = !release.sha.is_empty();
    let sha = short_sha(&release.sha);
    let full = release.sha.clone();
    let badges = move || {
        let running = running.get();
        view! {
            {is_newest.get().then(|| view! { " " <Badge tone=Tone::Info icon=IconName::Check>"Newest"</Badge> })}
            {running.map(|Running { pods, failing }| if failing > 0 {
                view! { " " <Badge tone=Tone::Bad>{format!("{failing} failing")}</Badge> }.into_any()
            } else {
                view! { " " <Badge tone=Tone::Ok icon=IconName::Apps>{counted(pods, "pod", "pods")}</Badge> }.into_any()
            })}
        }
    };
    let actions = move || {
        let newest = newest.get();
        (!is_newest.get()).then(|| {
            let version = version.get_value();
            let back = version.clone();
            let label = format!("Roll back to v{version}");
            let compare_label = format!("Compare v{version} with the newest");
            view! {
                <Button
                    small=true
                    variant=ButtonVariant::Quiet
                    label=compare_label
                    on_click=Callback::new(move |()| {
                        compare.run(newest.clone().map(|newest| (version.clone(), newest)));
                    })
                >
                    "Compare"
                </Button>
                // A release from before the first deploy has no code to go back to.
                {deployed.then(|| view! {
                    <Button
                        small=true
                        variant=ButtonVariant::Quiet
                        icon=IconName::Rollback
                        label
                        on_click=Callback::new(move |()| target.set(Some(back.clone())))
                    >
                        "Roll back"
                    </Button>
                })}
            }
        })
    };
    view! {
        <tr class="release" class=("release--code", matches!(kind, Kind::Deploy | Kind::Rollback))>
            <td class="table__main">
                <span class="release__kind" title=kind.title()><Icon name=kind.icon() /></span>
                <b>{format!("v{}", version.get_value())}</b>
                {badges}
            </td>
            <td data-label="Change">{release.summary}</td>
            <td data-label="Commit" class="mono" title=release.sha>
                {deployed.then(|| view! {
                    <span class="copyable">{sha} <CopyButton text=Signal::stored(full) what="the commit" /></span>
                })}
            </td>
            <td data-label="When" title=exact>{when}</td>
            <td class="table__actions">{actions}</td>
        </tr>
    }
}

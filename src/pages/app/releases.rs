//! Releases, newest first: what they changed, which of them runs, two of them compared,
//! and going back to an older one.

mod compare;
pub mod comparison;
mod rollback_dialog;
mod row;

use std::sync::Arc;

use backoffice_contract::op;
use backoffice_contract::release::Release;
use leptos::prelude::*;

use crate::address_state::{Step, use_address_state, use_address_text};
use crate::components::QueryCard;
use crate::nav::AppPage;
use crate::pages::app::releases::compare::CompareCard;
use crate::pages::app::releases::comparison::{Compared, default_target, last_other_code};
use crate::pages::app::releases::rollback_dialog::{RollbackDialog, RolledBack};
use crate::pages::app::releases::row::{ReleaseRow, RowActions, columns, running};
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::paths;
use backoffice_ui::words::numbers::counted;
use backoffice_ui::words::text_search::holds;
use backoffice_ui::{
    Button, ButtonVariant, EmptyState, IconName, LinkButton, Note, SearchField, SkeletonShape,
    Tone, VirtualTable,
};
use backoffice_web_client::use_query;

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
    let compared = use_address_state::<Compared>("compare", Step::Push);
    let range = Memo::new(move |_| compared.get().0);
    let go = Callback::new(move |range: Option<(String, String)>| compared.set(Compared(range)));
    let show = Callback::new(move |releases: Signal<Vec<Release>>| {
        view! { <ReleaseList releases target compare=go /> }.into_any()
    });
    let comparison = move || {
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
        {comparison}
        <QueryCard
            title="Releases"
            query=releases
            operation=command
            lines=5
            shape=SkeletonShape::Table
            show
        />
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

/// The list; only what can be seen of a long one is in the document.
#[component]
fn ReleaseList(
    releases: Signal<Vec<Release>>,
    target: RwSignal<Option<String>>,
    compare: Callback<Option<(String, String)>>,
) -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    // One copy for all rows.
    let releases = Memo::new(move |_| Arc::new(releases.get()));
    let none = Memo::new(move |_| releases.with(|all| all.is_empty()));
    let newest =
        Memo::new(move |_| releases.with(|all| all.first().map(|release| release.version.clone())));
    let filter = use_address_text("q");
    // A row is known by how many releases came before it, which no new one changes.
    let keys = Memo::new(move |_| {
        let words = filter.with(|filter| filter.trim().to_lowercase());
        releases.with(|all| {
            let rows = (0..all.len()).rev().zip(all.iter());
            let found = rows.filter(|(_, release)| matches(release, &words));
            Arc::new(found.map(|(key, _)| key.to_string()).collect::<Vec<_>>())
        })
    });
    let runs = Memo::new(move |_| status.with_data(running).unwrap_or_default());
    let found = Memo::new(move |_| keys.with(|keys| keys.len()));
    let count = Signal::derive(move || {
        let all = releases.with(|all| counted(all.len(), "release", "releases"));
        if filter.with(|filter| filter.trim().is_empty()) {
            all
        } else {
            format!("{} of {all}", found.get())
        }
    });
    let actions =
        RowActions { target, compare: Callback::new(move |range| compare.run(Some(range))) };
    let row = Callback::new(move |key: String| {
        let before = key.parse::<usize>().unwrap_or_default();
        let release = Memo::new(move |_| {
            releases.with(|all| {
                let at = all.len().checked_sub(before + 1)?;
                all.get(at).cloned()
            })
        });
        ReleaseRow { release, newest, runs, actions }
    });
    move || {
        if none.get() {
            return view! {
                <EmptyState icon=IconName::Release title="No releases yet">
                    <p>"A push or a change of config makes one."</p>
                    <LinkButton href=paths::app(&name.get_untracked(), AppPage::Overview)>"How to deploy"</LinkButton>
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
            <VirtualTable label="Releases" class="releases" keys columns=columns() row />
            <Show when=move || found.get() == 0>
                <p class="card__empty">"No releases match."</p>
            </Show>
        }
        .into_any()
    }
}

/// Whether each of the words, in lower case, is in what a row shows.
fn matches(release: &Release, words: &str) -> bool {
    let Release { version, summary, sha, .. } = release;
    let is_version = |word: &str| {
        let digits = word.strip_prefix('v').unwrap_or(word);
        digits.len() < word.len() && version.starts_with(digits)
    };
    words.split_whitespace().all(|word| {
        is_version(word) || [version, summary, sha].into_iter().any(|text| holds(text, word))
    })
}

/// The rollback that the command line makes when no release is named.
#[component]
fn RollbackDefault(
    releases: Memo<Arc<Vec<Release>>>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_found_by_version_words_and_commit() {
        let release = Release {
            version: "17".into(),
            sha: "0a1b2c3".into(),
            summary: "Set `FLAVOUR` config var.".into(),
            ..Release::default()
        };
        for words in ["", "v17", "v1", "17", "flavour", "set v17", "0a1b"] {
            assert!(matches(&release, words), "{words}");
        }
        for words in ["v7", "v170", "unset", "set v3"] {
            assert!(!matches(&release, words), "{words}");
        }
    }
}

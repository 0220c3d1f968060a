//! Releases, newest first, and going back to an older one.

use backoffice_contract::release::Release;
use backoffice_contract::{Operation as _, op};
use leptos::prelude::*;

use super::layout::{AppContext, use_app};
use crate::api::{use_mutation, use_query};
use crate::components::{ErrorNote, OperationCommand, QueryView, Stamp, open_while_some};
use crate::time;
use crate::ui::{
    Badge, Button, ButtonVariant, Card, ConfirmDialog, EmptyState, IconName, SkeletonShape, Table,
    Tone, use_toasts,
};

/// The list with a rollback beside each older release.
#[component]
pub fn ReleasesPage() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let releases = use_query(move || Some(op::ListReleases { app: name.get() }));
    let command = Signal::derive(move || op::ListReleases { app: name.get() });
    let target = RwSignal::new(None::<String>);
    let show = Callback::new(move |releases: Signal<Vec<Release>>| {
        view! { <ReleaseTable releases target /> }.into_any()
    });
    view! {
        <Card
            title="Releases"
            actions=move || view! { <Stamp query=releases /> }.into_any()
            foot=move || view! { <OperationCommand operation=command /> }.into_any()
        >
            <QueryView query=releases lines=5 shape=SkeletonShape::Table show />
        </Card>
        <RollbackDialog target />
    }
}

#[component]
fn ReleaseTable(releases: Signal<Vec<Release>>, target: RwSignal<Option<String>>) -> impl IntoView {
    let none = Memo::new(move |_| releases.with(Vec::is_empty));
    let newest = Memo::new(move |_| {
        releases.with(|releases| releases.first().map(|release| release.version.clone()))
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
            <Table columns=&["Release", "What changed", "Commit", "When"] with_actions=true>
                <For
                    each=move || releases.get()
                    key=|release| (release.version.clone(), release.created_at.clone(), release.sha.clone())
                    children=move |release| view! { <ReleaseRow release newest target /> }
                />
            </Table>
        }
        .into_any()
    }
}

#[component]
fn ReleaseRow(
    release: Release,
    newest: Memo<Option<String>>,
    target: RwSignal<Option<String>>,
) -> impl IntoView {
    let version = release.version.clone();
    let is_newest = {
        let version = version.clone();
        Memo::new(move |_| newest.with(|newest| newest.as_ref() == Some(&version)))
    };
    let when = time::parse(&release.created_at).map_or(release.created_at, time::local);
    let sha: String = release.sha.chars().take(7).collect();
    let deployed = !release.sha.is_empty();
    let label = format!("Roll back to v{version}");
    view! {
        <tr>
            <td class="table__main">
                <b>{format!("v{version}")}</b>
                {move || is_newest.get().then(|| view! { " " <Badge tone=Tone::Neutral icon=IconName::Check>"Newest"</Badge> })}
            </td>
            <td data-label="Change">{release.summary}</td>
            <td data-label="Commit" class="mono" title=release.sha>{sha}</td>
            <td data-label="When">{when}</td>
            <td class="table__actions">
                // A release from before the first deploy has no code to go back to.
                {move || (deployed && !is_newest.get()).then(|| {
                    let version = version.clone();
                    view! {
                        <Button
                            small=true
                            variant=ButtonVariant::Quiet
                            icon=IconName::Rollback
                            label=label.clone()
                            on_click=Callback::new(move |()| target.set(Some(version.clone())))
                        >
                            "Roll back"
                        </Button>
                    }
                })}
            </td>
        </tr>
    }
}

#[component]
fn RollbackDialog(target: RwSignal<Option<String>>) -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    let toasts = use_toasts();
    let rollback = use_mutation();
    let open = open_while_some(target);
    Effect::new(move |_| {
        open.track();
        rollback.error.set(None);
    });
    let version = move || target.get().unwrap_or_default();
    let operation =
        Signal::derive(move || op::RollbackRelease { app: name.get(), version: version() });
    view! {
        <ConfirmDialog
            open=open
            title=Signal::derive(move || format!("Roll back to v{}?", version()))
            confirm_label="Roll back"
            pending=rollback.pending
            command=Signal::derive(move || operation.with(|operation| operation.cli()).unwrap_or_default())
            on_confirm=Callback::new(move |()| {
                let version = untrack(version);
                rollback.run(operation.get_untracked(), move |_| {
                    open.set(false);
                    toasts.ok(format!("Rolled back to v{version}."));
                    status.refresh();
                });
            })
        >
            <p>
                "It adds a release with the code of that one, and restarts the app. "
                "Config and databases stay as they are now: a migration that has run stays."
            </p>
            <ErrorNote error=rollback.error />
        </ConfirmDialog>
    }
}

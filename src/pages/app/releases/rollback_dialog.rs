//! Rolling back to an older release, with its consequences.

use backoffice_contract::op;
use backoffice_contract::release::Release;
use leptos::prelude::*;

use crate::components::{OperationDialog, on_answer, open_while_some};
use crate::pages::app::releases::comparison::{compare, number, short_sha};
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::{Note, Tone};

/// A rollback that the user can undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolledBack {
    /// The version that it rolled back to.
    pub to: String,
    /// The version that was current before.
    pub from: String,
}

/// The confirmation for the release in `target`.
#[component]
pub fn RollbackDialog(
    /// The version to roll back to; the dialog is open while it is set.
    target: RwSignal<Option<String>>,
    /// All releases, newest first.
    releases: Signal<Vec<Release>>,
    /// Called after the rollback.
    on_done: Callback<RolledBack>,
) -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    let open = open_while_some(target);
    let version = Memo::new(move |previous: Option<&String>| {
        // The dialog keeps its text while it closes.
        target.get().or_else(|| previous.cloned()).unwrap_or_default()
    });
    let newest = move || releases.with(|all| all.first().map(|release| release.version.clone()));
    let operation =
        Signal::derive(move || op::RollbackRelease { app: name.get(), version: version.get() });
    let then = on_answer(move || {
        let to = version.get_untracked();
        let from = untrack(newest).unwrap_or_default();
        move |_| {
            status.refresh();
            on_done.run(RolledBack { to, from });
        }
    });
    view! {
        <OperationDialog
            open
            title=Signal::derive(move || format!("Roll back to v{}?", version.get()))
            confirm_label="Roll back"
            operation
            then
        >
            {move || version.with(|version| releases.with(|all| consequences(all, version)))}
        </OperationDialog>
    }
}

fn consequences(releases: &[Release], version: &str) -> Option<AnyView> {
    let current = releases.first()?;
    let found = compare(releases, version, &current.version)?;
    let names: Vec<String> = found.config.keys().map(|name| format!("`{name}`")).collect();
    let config = if names.is_empty() {
        "Unchanged.".to_owned()
    } else {
        format!("Unchanged. Changes since v{version} stay: {}.", names.join(", "))
    };
    let same = found.same_code();
    let code = format!("Commit {} of v{version}", short_sha(&found.older.sha));
    let next = number(current) + 1;
    Some(
        view! {
            {same.then(|| view! {
                <Note tone=Tone::Wait title="Same code as the current release">
                    <p>"This does not change the code. It only adds a release and restarts the app."</p>
                </Note>
            })}
            <dl class="kv">
                <dt>"Code"</dt>
                <dd>{if same { format!("{code}, as now.") } else { format!("{code} replaces {}.", short_sha(&current.sha)) }}</dd>
                <dt>"Config"</dt>
                <dd>{config}</dd>
                <dt>"Databases"</dt>
                <dd>"Unchanged. Migrations are not undone, so the old code must work with the current tables."</dd>
                <dt>"Releases"</dt>
                <dd>{format!("This adds v{next} and removes none. To undo it, roll back to v{}.", current.version)}</dd>
                <dt>"Pods"</dt>
                <dd>"Replaced one by one. Current pods serve until the new ones are healthy."</dd>
            </dl>
        }
        .into_any(),
    )
}

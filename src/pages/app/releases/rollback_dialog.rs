//! Going back to an older release, with all that follows from it.

use backoffice_contract::op;
use backoffice_contract::release::Release;
use leptos::prelude::*;

use crate::components::{OperationDialog, on_answer, open_while_some};
use crate::pages::app::releases::comparison::{compare, number, short_sha};
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::{Note, Tone};

/// A rollback that was made, so that it can be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolledBack {
    /// The release that it went back to.
    pub to: String,
    /// The release that was current before.
    pub from: String,
}

/// The question, for the release in `target`.
#[component]
pub fn RollbackDialog(
    /// The version to go back to; it is open while there is one.
    target: RwSignal<Option<String>>,
    /// All releases, the newest first.
    releases: Signal<Vec<Release>>,
    /// After it was done.
    on_done: Callback<RolledBack>,
) -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    let open = open_while_some(target);
    let version = Memo::new(move |previous: Option<&String>| {
        // While it closes it keeps its words.
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
        "stays as it is now.".to_owned()
    } else {
        format!("stays as it is now. Since v{version}, {} changed.", names.join(", "))
    };
    let same = found.same_code();
    let code = format!("commit {} of v{version}", short_sha(&found.older.sha));
    let next = number(current) + 1;
    Some(
        view! {
            {same.then(|| view! {
                <Note tone=Tone::Wait title="It runs the same code as now">
                    <p>"This changes no code: it only adds a release and restarts the app."</p>
                </Note>
            })}
            <dl class="kv">
                <dt>"Code"</dt>
                <dd>{if same { format!("{code}, as now") } else { format!("{code} comes back in place of {}", short_sha(&current.sha)) }}</dd>
                <dt>"Config"</dt>
                <dd>{config}</dd>
                <dt>"Databases"</dt>
                <dd>"Untouched: a migration that has run is not undone. Older code meets the newer tables."</dd>
                <dt>"Releases"</dt>
                <dd>{format!("One more, v{next}. None is removed, so rolling back to v{} undoes it.", current.version)}</dd>
                <dt>"Pods"</dt>
                <dd>"Replaced one by one. Those of now serve until the others are healthy."</dd>
            </dl>
        }
        .into_any(),
    )
}

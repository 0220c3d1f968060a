//! A newer major version for a standard database.

use backoffice_contract::database::{UpgradeDatabaseRequest, newer_versions};
use backoffice_contract::op;
use leptos::prelude::*;

use crate::components::{OperationDialog, on_answer, open_while_some};
use crate::pages::app::databases::dialogs::use_dialogs;
use crate::pages::app::databases::words;
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::{Segments, use_toasts};

/// Asks which version, and for the name, since there is no way back.
#[component]
pub fn UpgradeDialog() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let target = use_dialogs().upgrade;
    let toasts = use_toasts();
    let open = open_while_some(target);
    let version = RwSignal::new("");
    let newer = Memo::new(move |_| {
        let current = target.with(|target| target.as_ref()?.version.clone());
        newer_versions(current.as_deref().unwrap_or_default())
    });
    Effect::new(move |_| {
        version.set(newer.with(|newer| newer.last().copied()).unwrap_or_default());
    });
    let operation = Signal::derive(move || op::UpgradeDatabase {
        app: name.get(),
        database: target
            .with(|target| target.as_ref().map(|target| target.id.clone()))
            .unwrap_or_default(),
        body: UpgradeDatabaseRequest { version: version.get().to_owned() },
    });
    let items = move || {
        let number = |version: &'static str| version.rsplit('_').next().unwrap_or(version);
        newer.with(|newer| {
            newer.iter().map(|version| (*version, number(version))).collect::<Vec<_>>()
        })
    };
    view! {
        <OperationDialog
            open
            danger=true
            title=Signal::derive(move || format!("Upgrade to {}?", words::version(version.get())))
            confirm_label="Upgrade"
            phrase=Signal::derive(move || target.with(|target| target.as_ref().map(words::name)))
            operation
            then=on_answer(move || move |_| {
                toasts.ok("The database is being upgraded.");
            })
        >
            <p>
                "There is no way back to an older version. Nothing can connect while it runs, which takes "
                "minutes, more with more data. Try the app with the new version first, on a copy."
            </p>
            {move || (newer.with(Vec::len) > 1).then(|| view! {
                <div class="field">
                    <span class="field__label">"Version of PostgreSQL"</span>
                    <span><Segments label="Version of PostgreSQL" value=version items=items() /></span>
                </div>
            })}
        </OperationDialog>
    }
}

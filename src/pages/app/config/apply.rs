//! Applying a draft: all that is set in one request, then one for each removal.

use backoffice_contract::config::{SetConfigsRequest, UnsetConfigRequest};
use backoffice_contract::{OperationId, op};
use leptos::prelude::*;

use crate::pages::app::config::draft::Plan;
use crate::pages::app::config::editor::Editor;
use backoffice_web_client::{Api, CallError, Mutation};

/// How far it is, and how it went.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Progress {
    /// Whether it is under way.
    pub(super) running: bool,
    /// Requests that have been answered well.
    pub(super) done: usize,
    /// Requests in all.
    pub(super) total: usize,
    /// Names whose request was answered well.
    pub(super) applied: Vec<String>,
    /// What failed, with the names in that request.
    pub(super) failure: Option<(Vec<String>, CallError)>,
    /// Names whose request was not made because one before it failed.
    pub(super) not_sent: Vec<String>,
}

/// Makes the requests one after the other, and stops at the first that fails: what was
/// to be removed may have been renamed, and must not go before its new name is there.
/// The draft is settled by what the server says afterwards.
pub(super) async fn apply(
    api: Api,
    call: Mutation,
    editor: Editor,
    plan: Plan,
    avoid_restart: bool,
    progress: RwSignal<Progress>,
) -> bool {
    let app = editor.app.get_value();
    let before = editor.configs.fetched_at();
    let mut state = Progress { running: true, total: plan.requests(), ..Progress::default() };
    let show = |state: &Progress| {
        // The page may have been left; the requests go on.
        let _ = progress.try_set(state.clone());
    };
    show(&state);
    let mut left: Vec<String> = plan.sets.keys().chain(&plan.removals).cloned().collect();
    if !plan.sets.is_empty() {
        let names: Vec<String> = plan.sets.keys().cloned().collect();
        let body = SetConfigsRequest { configs: plan.sets, avoid_restart };
        let answer = call.call(op::SetConfigs { app: app.clone(), body }).await.map(|_| ());
        state.note(&mut left, names, answer);
        show(&state);
    }
    for key in plan.removals {
        if state.failure.is_some() {
            break;
        }
        let body = UnsetConfigRequest { key: key.clone() };
        let answer = match call.call(op::UnsetConfig { app: app.clone(), body }).await {
            // Somebody else has removed it meanwhile.
            Err(error) if error.status() == Some(404) => Ok(()),
            answer => answer.map(|_| ()),
        };
        state.note(&mut left, vec![key], answer);
        show(&state);
    }
    state.running = false;
    state.not_sent = left;
    let good = state.failure.is_none();
    let _ = editor.settling.try_set(Some(before));
    // A failure may have come after the fact, so it is read again too.
    api.wrote(&[OperationId::SetConfigs]);
    show(&state);
    good
}

impl Progress {
    fn note(&mut self, left: &mut Vec<String>, names: Vec<String>, answer: Result<(), CallError>) {
        left.retain(|name| !names.contains(name));
        match answer {
            Ok(()) => {
                self.done += 1;
                self.applied.extend(names);
            }
            Err(error) => self.failure = Some((names, error)),
        }
    }
}

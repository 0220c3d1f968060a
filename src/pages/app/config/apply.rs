//! Applying a draft: one request for all set variables, then one for each removal.

use backoffice_contract::config::{SetConfigsRequest, UnsetConfigRequest};
use backoffice_contract::{OperationId, op};
use leptos::prelude::*;

use crate::pages::app::config::draft::Plan;
use crate::pages::app::config::editor::Editor;
use backoffice_web_client::{Api, CallError, Mutation};

/// Progress and outcome of applying a draft.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Progress {
    /// Whether applying is in progress.
    pub(super) running: bool,
    /// Number of successful requests.
    pub(super) done: usize,
    /// Number of requests in total.
    pub(super) total: usize,
    /// Names in successful requests.
    pub(super) applied: Vec<String>,
    /// The names in the failed request, and its error.
    pub(super) failure: Option<(Vec<String>, CallError)>,
    /// Names whose requests were not sent because an earlier one failed.
    pub(super) not_sent: Vec<String>,
}

/// Sends the requests one after the other and stops at the first failure: a removal may be
/// half of a rename, and the old name must not go before the new one is set. The next read
/// of the config settles the draft.
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
        // The user may have left the page; the requests continue.
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
            // Another user has removed it meanwhile.
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
    // A failed request may still have had its effect, so read the config in that case too.
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

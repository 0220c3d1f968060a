//! A release that a push is expected to make. The console cannot see a push, only
//! that there is a newer release.

use backoffice_contract::op;
use backoffice_contract::release::Release;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::pages::app::shared::context::AppContext;
use backoffice_ui::{ToastQueue, use_toasts};
use backoffice_web_client::{Api, explain, use_api, use_poll, use_query};

/// How long a push may take to make a release before the console stops looking, in
/// milliseconds: builds are ended by the platform after 30 minutes, but looking all
/// that time spends too many requests.
const PATIENCE: u64 = 10 * 60 * 1_000;

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedRelease {
    /// The newest release when the push was made.
    pub after: u64,
    /// When that was, in epoch milliseconds.
    pub since: u64,
}

/// The number of the newest release; 0 when there is none.
#[must_use]
pub fn newest_version(releases: &[Release]) -> u64 {
    releases.first().and_then(|release| release.version.parse().ok()).unwrap_or_default()
}

/// Begins to look for the release of a push that has just been made, or is about to be,
/// after reading which one is the newest; costs one request.
pub fn expect_release(context: AppContext, api: Api, toasts: ToastQueue) {
    let AppContext { name, expected, .. } = context;
    let app = name.get_untracked();
    spawn_local(async move {
        let after = match api.call(op::ListReleases { app: app.clone() }).await {
            Ok(releases) => newest_version(&releases),
            Err(error) => {
                let why = explain(&error).detail;
                toasts.info(format!(
                    "The releases could not be read, so a new one would not be noticed. {why}"
                ));
                return;
            }
        };
        // Another app may be open by now.
        if name.try_get_untracked() == Some(app) {
            expected.set(Some(ExpectedRelease { after, since: api.now.get_untracked() }));
        }
    });
}

/// Looks for the expected release, whichever page of the app is open, until it is
/// there or patience ends.
pub fn watch_for_release(context: AppContext) {
    let AppContext { name, status, expected, .. } = context;
    let api = use_api();
    let toasts = use_toasts();
    let waits = Memo::new(move |_| expected.get().is_some());
    let releases = use_query(move || waits.get().then(|| op::ListReleases { app: name.get() }));
    use_poll(releases, waits);
    Effect::new(move |_| {
        let Some(ExpectedRelease { after, since }) = expected.get() else { return };
        if releases.data().is_some_and(|releases| newest_version(&releases) > after) {
            expected.set(None);
            status.refresh();
        } else if api.now.get() > since + PATIENCE {
            expected.set(None);
            toasts.info("No new release has come. The build may have failed: look at the logs.");
        }
    });
}

//! Waiting for the release of a push. The console cannot see a push, only that there is a
//! newer release.

use backoffice_contract::op;
use backoffice_contract::release::Release;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::pages::app::shared::context::AppContext;
use backoffice_ui::{ToastQueue, use_toasts};
use backoffice_web_client::{Api, explain, use_api, use_poll, use_query};

/// How long the console checks for a push's release, in milliseconds. The platform ends
/// builds only after 30 minutes, but checking for so long costs too many requests.
const PATIENCE: u64 = 10 * 60 * 1_000;

/// The release that the console waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedRelease {
    /// The newest release at the time of the push.
    pub after: u64,
    /// The time of the push, in epoch milliseconds.
    pub since: u64,
}

/// The newest release's version; 0 if there is no release.
#[must_use]
pub fn newest_version(releases: &[Release]) -> u64 {
    releases.first().and_then(|release| release.version.parse().ok()).unwrap_or_default()
}

/// Starts checking for the release of a push that was just made or is about to be made.
/// First reads which release is the newest, which costs one request.
pub fn expect_release(context: AppContext, api: Api, toasts: ToastQueue) {
    let AppContext { name, expected, .. } = context;
    let app = name.get_untracked();
    spawn_local(async move {
        let after = match api.call(op::ListReleases { app: app.clone() }).await {
            Ok(releases) => newest_version(&releases),
            Err(error) => {
                let why = explain(&error).detail;
                toasts.info(format!(
                    "The console could not read the releases, so it does not check for a new one. {why}"
                ));
                return;
            }
        };
        // The user may have opened another app meanwhile.
        if name.try_get_untracked() == Some(app) {
            expected.set(Some(ExpectedRelease { after, since: api.now.get_untracked() }));
        }
    });
}

/// Checks for the expected release on every page of the app, until it appears or
/// [`PATIENCE`] ends.
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
            toasts.info(
                "No new release after 10 minutes. The build may have failed: check the logs.",
            );
        }
    });
}

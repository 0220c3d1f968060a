//! What the pages about one app know together.

use backoffice_contract::app::AppStatus;
use backoffice_web_client::Query;
use leptos::prelude::*;

use crate::pages::app::shared::maintenance::Maintenance;
use crate::pages::app::shared::rollout::Health;
use crate::pages::app::shared::rollout::expected_release::ExpectedRelease;

/// State that the pages about an app share: its name, its status, and an expected
/// release.
#[derive(Clone, Copy)]
pub struct AppContext {
    /// The name, from the address.
    pub name: Memo<String>,
    /// The status of its pods.
    pub status: Query<AppStatus>,
    /// The app's health, once known.
    pub health: Memo<Option<Health>>,
    /// The release that the console waits for after a push.
    pub expected: RwSignal<Option<ExpectedRelease>>,
    /// Whether the scale dialog is open.
    pub scaling: RwSignal<bool>,
    /// The last change of maintenance mode from this tab; the API does not report its state.
    pub maintenance: RwSignal<Option<Maintenance>>,
}

/// The context of the page's app.
#[must_use]
pub fn use_app() -> AppContext {
    expect_context()
}

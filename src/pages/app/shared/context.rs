//! What the pages about one app know together.

use backoffice_contract::app::AppStatus;
use backoffice_web_client::Query;
use leptos::prelude::*;

use crate::pages::app::shared::maintenance::Maintenance;
use crate::pages::app::shared::rollout::Health;
use crate::pages::app::shared::rollout::expected_release::ExpectedRelease;

/// What pages about an app share: its name, its status, and whether a deploy is
/// expected.
#[derive(Clone, Copy)]
pub struct AppContext {
    /// The name, from the address.
    pub name: Memo<String>,
    /// What is running.
    pub status: Query<AppStatus>,
    /// How it is doing, once known.
    pub health: Memo<Option<Health>>,
    /// The release that a push is expected to make.
    pub expected: RwSignal<Option<ExpectedRelease>>,
    /// Whether the dialog that scales the app is open.
    pub scaling: RwSignal<bool>,
    /// What this tab knows of maintenance mode; the API does not tell.
    pub maintenance: RwSignal<Option<Maintenance>>,
}

/// The context of the page's app.
#[must_use]
pub fn use_app() -> AppContext {
    expect_context()
}

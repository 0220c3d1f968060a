//! The pages about one app, under one heading with tabs.

mod access;
mod activity;
mod canaries;
mod config;
mod cost;
mod databases;
mod domains;
mod drains;
mod jobs;
mod logs;
mod metrics;
mod overview;
mod releases;
mod settings;
pub mod shared;
mod terminal;

use leptos::prelude::*;

pub use shared::context::AppContext;
pub use shared::deploy::SimulatePush;
pub use shared::layout::AppLayout;
pub use shared::rollout::expected_release::{ExpectedRelease, newest_version, watch_for_release};

use crate::nav::AppPage;

/// A page about the app of the [context](shared::context::use_app).
pub fn view(page: AppPage) -> AnyView {
    match page {
        AppPage::Overview => overview::OverviewPage().into_any(),
        AppPage::Logs => logs::LogsPage().into_any(),
        AppPage::Metrics => metrics::MetricsPage().into_any(),
        AppPage::Releases => releases::ReleasesPage().into_any(),
        AppPage::Config => config::ConfigPage().into_any(),
        AppPage::Databases => databases::DatabasesPage().into_any(),
        AppPage::Jobs => jobs::JobsPage().into_any(),
        AppPage::Terminal => terminal::TerminalPage().into_any(),
        AppPage::Domains => domains::DomainsPage().into_any(),
        AppPage::Drains => drains::DrainsPage().into_any(),
        AppPage::Access => access::AccessPage().into_any(),
        AppPage::Canaries => canaries::CanariesPage().into_any(),
        AppPage::Cost => cost::CostPage().into_any(),
        AppPage::Activity => activity::ActivityPage().into_any(),
        AppPage::Settings => settings::SettingsPage().into_any(),
    }
}

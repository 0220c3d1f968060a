//! The pages about one app, under one heading with tabs.

mod access;
mod activity;
mod canaries;
mod config;
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

pub use access::AccessPage;
pub use activity::ActivityPage;
pub use canaries::CanariesPage;
pub use config::ConfigPage;
pub use databases::DatabasesPage;
pub use domains::DomainsPage;
pub use drains::DrainsPage;
pub use jobs::JobsPage;
pub use logs::LogsPage;
pub use metrics::MetricsPage;
pub use overview::OverviewPage;
pub use releases::ReleasesPage;
pub use settings::SettingsPage;
pub use shared::context::AppContext;
pub use shared::deploy::SimulatePush;
pub use shared::layout::AppLayout;
pub use shared::rollout::expected_release::{ExpectedRelease, newest_version, watch_for_release};
pub use terminal::TerminalPage;

//! The pages about one app, under one heading with tabs.

mod access;
mod activity;
mod canaries;
mod config;
mod config_add;
mod databases;
mod deploy;
mod domains;
mod drains;
mod expected_release;
mod jobs;
mod layout;
mod logs;
mod metrics;
mod next_step;
mod overview;
mod releases;
mod scale_dialog;
mod settings;
mod terminal;

pub use access::AccessPage;
pub use activity::ActivityPage;
pub use canaries::CanariesPage;
pub use config::ConfigPage;
pub use databases::DatabasesPage;
pub use domains::DomainsPage;
pub use drains::DrainsPage;
pub use jobs::JobsPage;
pub use layout::AppLayout;
pub use logs::LogsPage;
pub use metrics::MetricsPage;
pub use overview::OverviewPage;
pub use releases::ReleasesPage;
pub use settings::SettingsPage;
pub use terminal::TerminalPage;

//! The pages about one app, under one heading with tabs.

mod config;
mod config_add;
mod databases;
mod deploy;
mod expected_release;
mod jobs;
mod layout;
mod logs;
mod next_step;
mod overview;
mod releases;
mod scale_dialog;

pub use config::ConfigPage;
pub use databases::DatabasesPage;
pub use jobs::JobsPage;
pub use layout::AppLayout;
pub use logs::LogsPage;
pub use overview::OverviewPage;
pub use releases::ReleasesPage;

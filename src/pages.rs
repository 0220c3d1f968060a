//! The pages, one file each.

pub mod account;
pub mod app;
mod apps;
mod billing;
mod guide;
mod new_app;
mod not_found;
mod requests;
mod reset_password;
mod sign_in;
mod sign_up;
mod versions;

pub use apps::AppsPage;
pub use billing::BillingPage;
pub use guide::GuidePage;
pub use new_app::NewAppPage;
pub use not_found::NotFoundPage;
pub use requests::RequestsPage;
pub use reset_password::ResetPasswordPage;
pub use sign_in::SignInPage;
pub use sign_up::SignUpPage;
pub use versions::VersionsPage;

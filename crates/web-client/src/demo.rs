//! The demo account that every fresh sandbox has. Its password is public.

/// Its email address.
pub const EMAIL: &str = "demo@backoffice.example";
/// Its password.
pub const PASSWORD: &str = "sandbox-demo";

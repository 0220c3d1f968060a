//! The persona that every fresh sandbox holds, who is no secret.

/// The address that it signs in with.
pub const EMAIL: &str = "demo@backoffice.example";
/// Its password.
pub const PASSWORD: &str = "sandbox-demo";

//! The account: who is signed in, how it is protected, and its SSH keys.

mod api_key;
mod close_account;
mod email_change;
mod mfa;
mod netrc;
mod password;
mod password_field;
mod profile;
mod security;
mod ssh_keys;
mod this_session;

pub use profile::AccountPage;
pub use security::SecurityPage;
pub use ssh_keys::SshKeysPage;

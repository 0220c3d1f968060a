//! The account: who is signed in, how it is protected, and its SSH keys.

mod profile;
mod security;
mod ssh_keys;

pub use profile::AccountPage;
pub use security::SecurityPage;
pub use ssh_keys::SshKeysPage;

//! The account: who is signed in, and its SSH keys.

mod profile;
mod ssh_keys;

pub use profile::AccountPage;
pub use ssh_keys::SshKeysPage;

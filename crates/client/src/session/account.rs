//! The name of an account on this browser, which stays when its address changes.
//!
//! It is the digest of the address of the first sign-in, so that two tabs in which the same
//! user signs in find the same name. When the address changes, the memory keeps which account
//! the new address belongs to, and that the old one is free. The name travels with the session
//! ([`StoredSession::account`]); groups, locks and what is remembered are named after it.

use crate::client::Options;
use crate::session::StoredSession;

/// An address that its account has left.
const FREE: &str = "";

/// The account that signs in with this address.
pub(crate) fn find(options: &Options, email: &str) -> String {
    let address = digest_of(options, email);
    match options.memory.recall(&entry(&address)) {
        None => address,
        Some(account) if account == FREE => {
            // The person who has the address now is not the one who had it first.
            let account = format!("{:x}", random_id(options));
            options.memory.remember(&entry(&address), &account);
            account
        }
        Some(account) => account,
    }
}

/// The address of an account has changed.
pub(crate) fn moved(options: &Options, account: &str, from: &str, to: &str) {
    let [from, to] = [from, to].map(|email| digest_of(options, email));
    let taken = options.memory.recall(&entry(&to)).is_some_and(|account| account != FREE);
    // Where an API always tells another address than the one that signs in, both keep the
    // accounts that they have.
    if from != to && !taken {
        options.memory.remember(&entry(&to), account);
        options.memory.remember(&entry(&from), FREE);
    }
}

/// Names the account of a session that an older build has stored: that knew an account by its
/// address only.
pub(crate) fn identified(options: &Options, session: StoredSession) -> StoredSession {
    if !session.account.is_empty() {
        return session;
    }
    StoredSession { account: digest_of(options, &session.email), ..session }
}

/// A random number of 52 bits, which a number of JSON holds everywhere.
pub(crate) fn random_id(options: &Options) -> u64 {
    (options.runtime.random() * (1_u64 << 52) as f64) as u64 + 1
}

/// FNV-1a, 64 bits (RFC 9923): keeps names apart, and is no protection.
pub(crate) fn digest(parts: &[&str]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.iter().flat_map(|part| part.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

fn digest_of(options: &Options, email: &str) -> String {
    digest(&[&options.base_url, &email.to_ascii_lowercase()])
}

/// The name under which the memory keeps the account of an address.
fn entry(address: &str) -> String {
    format!("address-{address}")
}

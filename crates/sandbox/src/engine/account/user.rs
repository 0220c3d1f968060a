//! Accounts. Passwords are stored only as salted digests. API keys are not stored at all,
//! but computed when needed, so that signing in can show the same key again.

use backoffice_contract::account::Account;
use backoffice_contract::session::Tier;
use backoffice_contract::{ApiError, Secret};
use serde::{Deserialize, Serialize};

use crate::engine::Millis;
use crate::engine::account::card::Card;
use crate::engine::protocol::auth;
use crate::engine::protocol::reply::invalid;
use crate::engine::world::{self, World};

/// An account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) email: String,
    pub(crate) tier: Tier,
    pub(crate) credit_cents: i64,
    pub(crate) created_at: Millis,
    /// The card on file.
    #[serde(default)]
    pub(crate) card: Option<Card>,
    password: Password,
    /// How often the API key was replaced.
    key_generation: u32,
}

/// The stored form of a password. One round of SHA-256 is too little for a platform that
/// protects something; a sandbox protects nothing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Password {
    salt: String,
    digest: String,
}

impl Password {
    pub(crate) fn new(world: &mut World, password: &str) -> Self {
        let salt = world.random_hex::<16>();
        Self { digest: auth::sealed(password, &salt), salt }
    }

    fn is(&self, password: &str) -> bool {
        auth::sealed(password, &self.salt) == self.digest
    }
}

impl User {
    pub(crate) fn set_password(&mut self, password: Password) {
        self.password = password;
    }

    pub(crate) fn replace_api_key(&mut self) {
        self.key_generation += 1;
    }

    /// Refuses a wrong password, as an error of the field `current_password`.
    pub(crate) fn prove(&self, current_password: &Secret) -> Result<(), ApiError> {
        if self.password.is(current_password.expose()) {
            Ok(())
        } else {
            Err(invalid("current_password", "is incorrect."))
        }
    }

    pub(crate) fn api_key(&self, world: &World) -> Secret {
        let parts = ["api key", &self.id.to_string(), &self.key_generation.to_string()];
        Secret::new(world::uuid(&world.keyed_digest(&parts)))
    }

    pub(crate) fn is_free(&self) -> bool {
        self.tier == Tier::Free
    }

    /// What the account's owner sees, without the API key, which signing in shows.
    pub(crate) fn account(&self) -> Account {
        Account {
            email: self.email.clone(),
            tier: self.tier.clone(),
            credit_cents: self.credit_cents,
            ..Account::default()
        }
    }
}

/// An address in the form in which it is compared and stored.
pub(crate) fn normal(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Adds an account.
pub(crate) fn create(
    world: &mut World,
    email: &str,
    password: Password,
    tier: Tier,
    credit_cents: i64,
    now: Millis,
) -> User {
    let user = User {
        id: world.next_id(),
        email: normal(email),
        tier,
        credit_cents,
        created_at: now,
        card: None,
        password,
        key_generation: 0,
    };
    save(world, user.clone());
    user
}

pub(crate) fn save(world: &mut World, user: User) {
    world.users.insert(key(user.id), user);
}

/// The row of a user.
pub(crate) fn key(id: u64) -> String {
    format!("{id:08}")
}

/// The caller. Tokens and keys are checked before; this fails only for an account that was
/// closed in between.
pub(crate) fn get(world: &World, id: u64) -> Result<User, ApiError> {
    world.users.get(&key(id)).cloned().ok_or_else(|| ApiError::new(401, "Not authenticated"))
}

pub(crate) fn by_email<'a>(world: &'a World, email: &str) -> Option<&'a User> {
    let email = normal(email);
    world.users.iter().map(|(_, user)| user).find(|user| user.email == email)
}

pub(crate) fn by_password(world: &World, email: &str, password: &str) -> Option<u64> {
    by_email(world, email).filter(|user| user.password.is(password)).map(|user| user.id)
}

pub(crate) fn by_api_key(world: &World, email: &str, key: &str) -> Option<u64> {
    by_email(world, email).filter(|user| user.api_key(world).expose() == key).map(|user| user.id)
}

//! Everything that the simulated platform stores.

use std::collections::BTreeMap;
use std::fmt;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use serde::{Deserialize, Serialize};

use crate::engine::account::email_change::EmailChange;
use crate::engine::account::mail::Mail;
use crate::engine::account::meter::Meter;
use crate::engine::account::mfa::SecondFactor;
use crate::engine::account::oauth::Attempt;
use crate::engine::account::password::Reset;
use crate::engine::account::session::{AccessToken, RenewalToken, Session};
use crate::engine::account::signup::Signup;
use crate::engine::account::ssh_keys::SshKey;
use crate::engine::account::user::User;
use crate::engine::app::App;
use crate::engine::app::access::Collaborator;
use crate::engine::app::activity::Activity;
use crate::engine::app::canaries::Canary;
use crate::engine::app::database::Database;
use crate::engine::app::domains::Domain;
use crate::engine::app::drains::Drain;
use crate::engine::app::release::Release;
use crate::engine::protocol::limits::{Bucket, Month};
use crate::engine::table::{Change, Table};
use crate::engine::{Millis, demo, hash};

/// The key of the only row of [`Meta`].
const WORLD: &str = "world";

macro_rules! define_world {
    ($($(#[doc = $doc:literal])+ $field:ident: $Row:ty = $kind:literal,)+) => {
        /// The state of the platform. It is kept in rows, so that a request stores only its
        /// changes; see [`World::take_changes`].
        #[derive(Debug)]
        pub struct World {
            $($(#[doc = $doc])+ pub(super) $field: Table<$Row>,)+
            /// Answers by operation and status since the world was loaded.
            pub(super) counts: BTreeMap<(&'static str, u16), u64>,
        }

        impl World {
            /// A world without any row, not even the world's own.
            fn empty() -> Self {
                Self { $($field: Table::new($kind),)+ counts: BTreeMap::new() }
            }

            /// The rows that have changed since the last call, each as it is now.
            pub fn take_changes(&mut self) -> Vec<Change> {
                let mut changes = Vec::new();
                $(self.$field.take_changes(&mut changes);)+
                changes
            }

            fn clear(&mut self) {
                $(self.$field.clear();)+
                self.counts.clear();
            }

            /// Adds one stored row; returns whether its kind is known.
            fn restore_row(&mut self, key: &str, value: &str) -> Result<bool, serde_json::Error> {
                Ok($(self.$field.restore(key, value)?)||+)
            }
        }
    };
}

define_world! {
    /// The world as a whole.
    meta: Meta = "meta",
    /// Accounts, by number.
    users: User = "user",
    /// Sessions, by a random name.
    sessions: Session = "session",
    /// Access tokens, by digest.
    access_tokens: AccessToken = "access",
    /// Renewal tokens, including used ones, by digest.
    renewal_tokens: RenewalToken = "renewal",
    /// Sign-ups in progress, by UUID.
    signups: Signup = "signup",
    /// Requested password resets, by the token's digest.
    resets: Reset = "reset",
    /// Second factors, including unfinished ones, by user.
    second_factors: SecondFactor = "second_factor",
    /// Attempts to sign in or up through another provider, by the digest of the name that a
    /// client asks by.
    oauth_attempts: Attempt = "oauth_attempt",
    /// Changes of an e-mail address that wait for confirmation, by user.
    email_changes: EmailChange = "email_change",
    /// Sent mails, in order.
    mails: Mail = "mail",
    /// SSH keys, by user and number.
    ssh_keys: SshKey = "ssh_key",
    /// Apps with their pods, by name.
    apps: App = "app",
    /// Config variables, by app.
    configs: BTreeMap<String, String> = "config",
    /// Releases, by app and version.
    releases: Release = "release",
    /// Changes to apps, by app and number.
    activities: Activity = "activity",
    /// Databases, by app and number.
    databases: Database = "database",
    /// Custom domains, by name.
    domains: Domain = "domain",
    /// Log drains, by app and number.
    drains: Drain = "drain",
    /// Access to apps, by app and user.
    collaborators: Collaborator = "collaborator",
    /// Canaries, by the app whose traffic they share.
    canaries: Canary = "canary",
    /// Meters, by user, app and thing.
    meters: Meter = "meter",
    /// Windows of the rate limit, by the user or address that they count.
    buckets: Bucket = "bucket",
    /// Requests of the calendar month, by user.
    months: Month = "month",
}

/// The data of the world as a whole.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Meta {
    /// The seed of all random values.
    seed: u64,
    /// How many random words have been drawn.
    drawn: u64,
    /// How far the clock was advanced.
    clock_offset: Millis,
    /// The time of the latest request.
    latest: Millis,
    /// The number of requests so far.
    requests: u64,
    /// The last number that was assigned.
    last_id: u64,
}

/// Why stored rows are not a valid world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreError {
    /// The key of the row, or of the one that is missing.
    pub key: String,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for RestoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row `{}` {}", self.key, self.message)
    }
}

impl std::error::Error for RestoreError {}

impl World {
    /// A fresh world with the demo account in it. All its rows count as changed.
    #[must_use]
    pub fn new(seed: u64, now: Millis) -> Self {
        let mut world = Self::empty();
        world.begin(seed, now);
        world
    }

    /// Replaces this world with a fresh one, from another seed or from the same one, and
    /// with the clock before it was advanced; returns the seed.
    pub(super) fn begin_anew(&mut self, seed: Option<u64>) -> u64 {
        let meta = self.meta.get(WORLD).cloned().unwrap_or_default();
        let seed = seed.unwrap_or(meta.seed);
        self.clear();
        self.begin(seed, meta.latest.saturating_sub(meta.clock_offset));
        seed
    }

    fn begin(&mut self, seed: u64, now: Millis) {
        // Times before the creation of the demo account would have to be negative.
        let now = now.max(demo::AGE);
        self.meta.insert(WORLD, Meta { seed, latest: now, ..Meta::default() });
        let populated = demo::populate(self, now);
        debug_assert!(populated.is_ok(), "the demo does what a user may not: {populated:?}");
    }

    /// A world from its stored rows, down to the next random number.
    ///
    /// # Errors
    /// If a row is invalid, of an unknown kind, or missing.
    pub fn restore(rows: impl IntoIterator<Item = (String, String)>) -> Result<Self, RestoreError> {
        let mut world = Self::empty();
        for (key, value) in rows {
            let message = match world.restore_row(&key, &value) {
                Ok(true) => continue,
                Ok(false) => "has an unknown kind".to_owned(),
                Err(error) => format!("cannot be read: {error}"),
            };
            return Err(RestoreError { key, message });
        }
        if world.meta.contains(WORLD) {
            Ok(world)
        } else {
            Err(RestoreError { key: format!("meta/{WORLD}"), message: "is missing".into() })
        }
    }

    fn with_meta<T>(&mut self, change: impl FnOnce(&mut Meta) -> T) -> T {
        let mut meta = self.meta.get(WORLD).cloned().unwrap_or_default();
        let result = change(&mut meta);
        self.meta.insert(WORLD, meta);
        result
    }

    /// Records a request at `now`; returns the world's own time, which never goes back, and
    /// the number of the request.
    pub(super) fn arrive(&mut self, now: Millis) -> (Millis, u64) {
        self.with_meta(|meta| {
            meta.requests += 1;
            meta.latest = meta.latest.max(now.saturating_add(meta.clock_offset));
            (meta.latest, meta.requests)
        })
    }

    /// The world's own time at `now`.
    pub(super) fn time(&self, now: Millis) -> Millis {
        self.meta
            .get(WORLD)
            .map_or(now, |meta| meta.latest.max(now.saturating_add(meta.clock_offset)))
    }

    /// The world's own time of the latest request.
    pub(super) fn latest(&self) -> Millis {
        self.meta.get(WORLD).map_or(0, |meta| meta.latest)
    }

    /// Advances the world's clock.
    pub(super) fn advance_clock(&mut self, by: Millis) {
        self.with_meta(|meta| {
            meta.clock_offset = meta.clock_offset.saturating_add(by);
            meta.latest = meta.latest.saturating_add(by);
        });
    }

    /// A number that nothing else in this world has.
    pub(super) fn next_id(&mut self) -> u64 {
        self.with_meta(|meta| {
            meta.last_id += 1;
            meta.last_id
        })
    }

    /// Random bytes, in hexadecimal.
    pub(super) fn random_hex<const N: usize>(&mut self) -> String {
        let mut bytes = [0; N];
        self.random(|rng| rng.fill_bytes(&mut bytes));
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A random number below `end`, even enough for values that are not secret.
    pub(super) fn random_below(&mut self, end: u64) -> u64 {
        self.random(|rng| rng.next_u64()).checked_rem(end).unwrap_or_default()
    }

    fn random<T>(&mut self, draw: impl FnOnce(&mut ChaCha8Rng) -> T) -> T {
        self.with_meta(|meta| {
            let mut rng = ChaCha8Rng::seed_from_u64(meta.seed);
            rng.set_word_pos(meta.drawn.into());
            let drawn = draw(&mut rng);
            meta.drawn = u64::try_from(rng.get_word_pos()).unwrap_or_default();
            drawn
        })
    }

    /// A digest of `parts` that only this world produces.
    pub(super) fn keyed_digest(&self, parts: &[&str]) -> String {
        let seed = self.meta.get(WORLD).map_or(0, |meta| meta.seed).to_string();
        let parts: Vec<&str> =
            std::iter::once(seed.as_str()).chain(parts.iter().copied()).collect();
        hash::digest(&parts)
    }
}

/// A UUID of version 4 (RFC 9562 section 5.4) from 32 or more hexadecimal digits.
pub(super) fn uuid(hex: &str) -> String {
    let mut out = String::with_capacity(36);
    for (at, digit) in hex.chars().take(32).enumerate() {
        if matches!(at, 8 | 12 | 16 | 20) {
            out.push('-');
        }
        out.push(match at {
            12 => '4',
            // Two bits of the digit, below the two that say which kind of UUID it is.
            16 => {
                char::from_digit(digit.to_digit(16).unwrap_or_default() % 4 + 8, 16).unwrap_or('8')
            }
            _ => digit,
        });
    }
    out
}

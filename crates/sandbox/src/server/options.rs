//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;

use crate::engine::{Config, Extra};
use crate::server::cors::Origin;

/// A Backoffice API on this machine, for development and documentation.
///
/// It answers as the platform does, including rate limits, but everything is simulated:
/// builds, databases and mails. Every fresh world has an account to sign in with:
/// demo@backoffice.example, password sandbox-demo. Keep no secrets in it: everyone who can
/// reach it can read its mailbox.
#[derive(Debug, Clone, Parser)]
#[command(name = "backoffice-sandbox", version, max_term_width = 100)]
pub struct Options {
    /// The address of the API; port 0 takes any free port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4000")]
    pub listen: SocketAddr,

    /// The file that keeps the world [default: the world ends with the server]
    #[arg(long, value_name = "FILE")]
    pub db: Option<PathBuf>,

    /// The seed of a fresh world, for repeatable runs [default: random]
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,

    /// More apps for the demo account of a fresh world
    #[arg(
        long,
        value_name = "COUNT",
        default_value_t = 0,
        value_parser = clap::value_parser!(u32).range(..=i64::from(Extra::MOST_APPS)),
        help_heading = "Fresh world"
    )]
    pub seed_apps: u32,

    /// More releases for its app quiet-amber-heron
    #[arg(
        long,
        value_name = "COUNT",
        default_value_t = 0,
        value_parser = clap::value_parser!(u32).range(..=i64::from(Extra::MOST_RELEASES)),
        help_heading = "Fresh world"
    )]
    pub seed_releases: u32,

    /// More config variables for its app quiet-amber-heron
    #[arg(
        long,
        value_name = "COUNT",
        default_value_t = 0,
        value_parser = clap::value_parser!(u32).range(..=i64::from(Extra::MOST_CONFIGS)),
        help_heading = "Fresh world"
    )]
    pub seed_configs: u32,

    /// Requests per user and window
    #[arg(long, value_name = "COUNT", default_value_t = 120, help_heading = "Limits")]
    pub rate_limit: u32,

    /// Requests per address and window to sign-in, sign-up and password endpoints
    #[arg(long, value_name = "COUNT", default_value_t = 30, help_heading = "Limits")]
    pub auth_rate_limit: u32,

    /// The length of a window
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 60,
        value_parser = clap::value_parser!(u64).range(1..=SECONDS_MAX),
        help_heading = "Limits"
    )]
    pub window: u64,

    /// Requests per user and calendar month
    #[arg(long, value_name = "COUNT", default_value_t = 10_000, help_heading = "Limits")]
    pub monthly_cap: u32,

    /// The lifetime of an access token
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 30 * 60,
        value_parser = clap::value_parser!(u64).range(1..=SECONDS_MAX),
        help_heading = "Sessions"
    )]
    pub access_ttl: u64,

    /// The lifetime of a renewal token
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 30 * 24 * 60 * 60,
        value_parser = clap::value_parser!(u64).range(1..=SECONDS_MAX),
        help_heading = "Sessions"
    )]
    pub renewal_ttl: u64,

    /// The delay of each answer of the API
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 0, help_heading = "Network")]
    pub latency: u64,

    /// The share of API calls that fail, each in one of the ways of the header
    /// `x-sandbox-fault`; the seed determines which calls
    #[arg(
        long,
        value_name = "PERCENT",
        default_value_t = 0,
        value_parser = clap::value_parser!(u8).range(0..=100),
        help_heading = "Network"
    )]
    pub chaos: u8,

    /// A web origin whose pages may call the API; repeatable [default: any of this machine]
    #[arg(long, value_name = "ORIGIN", help_heading = "Network")]
    pub allow_origin: Vec<Origin>,

    /// Keep pages from reading the rate-limit headers, like an API that exposes none
    #[arg(long, help_heading = "Network")]
    pub hide_limits: bool,

    /// Refuse API calls without the header `x-forwarded-proto: https`
    #[arg(long, help_heading = "Network")]
    pub require_https: bool,

    /// Also serve the console built into this folder
    #[arg(long, value_name = "FOLDER", help_heading = "Console")]
    pub console: Option<PathBuf>,

    /// The address of the console
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8080",
        requires = "console",
        help_heading = "Console"
    )]
    pub console_listen: SocketAddr,

    /// The console's config.json [default: one with the address of this API]
    #[arg(long, value_name = "FILE", requires = "console", help_heading = "Console")]
    pub console_config: Option<PathBuf>,
}

/// A thousand years: sums of milliseconds cannot overflow.
const SECONDS_MAX: u64 = 1_000 * 365 * 24 * 60 * 60;

impl Options {
    /// What the demo account of a fresh world gets in addition.
    pub(super) fn extra(&self) -> Extra {
        Extra { apps: self.seed_apps, releases: self.seed_releases, configs: self.seed_configs }
    }

    /// The engine's part of the options.
    pub(super) fn config(&self) -> Config {
        Config {
            rate_limit: self.rate_limit,
            window_ms: self.window * 1_000,
            monthly_cap: self.monthly_cap,
            credentials_limit: self.auth_rate_limit,
            access_ttl_ms: self.access_ttl * 1_000,
            renewal_ttl_ms: self.renewal_ttl * 1_000,
            chaos_percent: self.chaos,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Options::command().debug_assert();
    }

    #[test]
    fn the_defaults_are_those_of_the_engine() {
        let options = Options::try_parse_from(["backoffice-sandbox"]).unwrap();
        assert_eq!(options.config(), Config::default());
    }

    #[test]
    fn refuses_what_makes_no_sense() {
        for arguments in [
            ["--window", "0"],
            ["--allow-origin", "https://example.com/path"],
            ["--console-listen", "127.0.0.1:1"],
            ["--listen", "4000"],
            ["--seed-apps", "1000000"],
            ["--seed-configs", "-1"],
            ["--chaos", "101"],
        ] {
            let arguments = ["backoffice-sandbox"].into_iter().chain(arguments);
            assert!(Options::try_parse_from(arguments.clone()).is_err(), "{arguments:?}");
        }
    }
}

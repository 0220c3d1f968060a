//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;

use crate::engine::{Config, Extra};
use crate::server::cors::Origin;

/// A Backoffice API on this machine, for development and documentation.
///
/// It answers as the platform does, rate limits included, but nothing it does is
/// real: builds, databases and mails are simulated. Every fresh world has an account
/// to sign in with: demo@backoffice.example, password sandbox-demo. It keeps no
/// secret from whoever can reach it, since anybody may read its mailbox.
#[derive(Debug, Clone, Parser)]
#[command(name = "backoffice-sandbox", version, max_term_width = 100)]
pub struct Options {
    /// Where the API listens; port 0 takes any free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4000")]
    pub listen: SocketAddr,

    /// The file that keeps the world [default: it ends with the server]
    #[arg(long, value_name = "FILE")]
    pub db: Option<PathBuf>,

    /// Where a fresh world's chance comes from, for runs that repeat [default: random]
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,

    /// More apps of the demo account in a fresh world
    #[arg(
        long,
        value_name = "COUNT",
        default_value_t = 0,
        value_parser = clap::value_parser!(u32).range(..=i64::from(Extra::MOST_APPS)),
        help_heading = "Fresh world"
    )]
    pub seed_apps: u32,

    /// More releases of its app quiet-amber-heron
    #[arg(
        long,
        value_name = "COUNT",
        default_value_t = 0,
        value_parser = clap::value_parser!(u32).range(..=i64::from(Extra::MOST_RELEASES)),
        help_heading = "Fresh world"
    )]
    pub seed_releases: u32,

    /// More config variables of its app quiet-amber-heron
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

    /// How long an access token lives
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 30 * 60,
        value_parser = clap::value_parser!(u64).range(1..=SECONDS_MAX),
        help_heading = "Sessions"
    )]
    pub access_ttl: u64,

    /// How long a renewal token lives
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 30 * 24 * 60 * 60,
        value_parser = clap::value_parser!(u64).range(1..=SECONDS_MAX),
        help_heading = "Sessions"
    )]
    pub renewal_ttl: u64,

    /// Time added to each answer of the API
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 0, help_heading = "Network")]
    pub latency: u64,

    /// How many of a hundred calls of the API fail, each in one of the ways that the
    /// header `x-sandbox-fault` knows; which ones is up to the seed
    #[arg(
        long,
        value_name = "PERCENT",
        default_value_t = 0,
        value_parser = clap::value_parser!(u8).range(0..=100),
        help_heading = "Network"
    )]
    pub chaos: u8,

    /// A web origin whose pages may call the API, once per origin [default: any of this machine]
    #[arg(long, value_name = "ORIGIN", help_heading = "Network")]
    pub allow_origin: Vec<Origin>,

    /// Let no page read the rate-limit headers, as an API does that exposes none
    #[arg(long, help_heading = "Network")]
    pub hide_limits: bool,

    /// Refuse API calls that come without the header `x-forwarded-proto: https`
    #[arg(long, help_heading = "Network")]
    pub require_https: bool,

    /// Serve the console built into this folder, too
    #[arg(long, value_name = "FOLDER", help_heading = "Console")]
    pub console: Option<PathBuf>,

    /// Where the console listens
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8080",
        requires = "console",
        help_heading = "Console"
    )]
    pub console_listen: SocketAddr,

    /// The console's config.json [default: one that names this API]
    #[arg(long, value_name = "FILE", requires = "console", help_heading = "Console")]
    pub console_config: Option<PathBuf>,
}

/// A thousand years, which keeps sums of milliseconds far from overflowing.
const SECONDS_MAX: u64 = 1_000 * 365 * 24 * 60 * 60;

impl Options {
    /// What the demo account of a fresh world has beyond the usual.
    pub(super) fn extra(&self) -> Extra {
        Extra { apps: self.seed_apps, releases: self.seed_releases, configs: self.seed_configs }
    }

    /// What of it the engine wants to know.
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

//! What changed between two releases, as far as their shas and summaries tell: the API
//! keeps no copy of the config of a release.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use backoffice_contract::release::Release;

/// What changed from one release to a later one.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The one to start from.
    pub older: Release,
    /// The later one.
    pub newer: Release,
    /// Config variables that summaries name, with what was done to them last.
    pub config: BTreeMap<String, Touched>,
    /// What else happened, the oldest first: deploys, rollbacks, and words that name no
    /// variable.
    pub steps: Vec<Release>,
    /// How many releases between them the server no longer lists.
    pub missing: u64,
}

/// What was last done to a config variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touched {
    /// Set, so it is new or has another value, or had another value in between.
    Set,
    /// Unset.
    Unset,
}

impl Comparison {
    /// Whether both run the same code.
    #[must_use]
    pub fn same_code(&self) -> bool {
        self.older.sha == self.newer.sha
    }
}

/// The number of a release.
#[must_use]
pub fn number(release: &Release) -> u64 {
    release.version.parse().unwrap_or_default()
}

/// How people write a commit.
#[must_use]
pub fn short_sha(sha: &str) -> String {
    sha.chars().take(7).collect()
}

/// Compares two of `releases`, in whichever order they are named.
#[must_use]
pub fn compare(releases: &[Release], one: &str, other: &str) -> Option<Comparison> {
    let find = |version: &str| releases.iter().find(|release| release.version == version);
    let (one, other) = (find(one)?, find(other)?);
    let (older, newer) = if number(one) <= number(other) { (one, other) } else { (other, one) };
    let mut between: Vec<&Release> = releases
        .iter()
        .filter(|release| number(release) > number(older) && number(release) <= number(newer))
        .collect();
    between.sort_by_key(|release| number(release));
    let mut config = BTreeMap::new();
    let mut steps = Vec::new();
    for release in &between {
        let names = config_names(&release.summary);
        if names.is_empty() {
            steps.push((*release).clone());
        }
        let unset = release.summary.to_lowercase().starts_with("unset");
        let touched = if unset { Touched::Unset } else { Touched::Set };
        config.extend(names.into_iter().map(|name| (name.to_owned(), touched)));
    }
    let listed = u64::try_from(between.len()).unwrap_or(u64::MAX);
    Some(Comparison {
        missing: (number(newer) - number(older)).saturating_sub(listed),
        older: older.clone(),
        newer: newer.clone(),
        config,
        steps,
    })
}

/// The variables that a summary such as ``Set `A`, `B` config vars.`` names.
fn config_names(summary: &str) -> Vec<&str> {
    if !summary.contains("config var") {
        return Vec::new();
    }
    summary.split('`').skip(1).step_by(2).filter(|name| !name.is_empty()).collect()
}

/// The release that a rollback goes to when nobody says which: the second most recent,
/// as with the command line, unless that is from before the first deploy.
#[must_use]
pub fn default_target(releases: &[Release]) -> Option<&Release> {
    releases.get(1).filter(|release| !release.sha.is_empty())
}

/// The newest release that runs other code than the current one.
#[must_use]
pub fn last_other_code(releases: &[Release]) -> Option<&Release> {
    let current = releases.first()?;
    releases.iter().find(|release| !release.sha.is_empty() && release.sha != current.sha)
}

/// Two releases as the address has them, or none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared(pub Option<(String, String)>);

impl fmt::Display for Compared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some((one, other)) => write!(f, "{one}..{other}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Compared {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        read_range(text).map(|range| Self(Some(range))).ok_or(())
    }
}

/// The two releases of an address such as `3..7`.
fn read_range(text: &str) -> Option<(String, String)> {
    let (one, other) = text.split_once("..")?;
    let version = |text: &str| {
        let text = text.trim().trim_start_matches('v');
        (!text.is_empty() && text.len() < 20 && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.to_owned())
    };
    Some((version(one)?, version(other)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(version: u64, sha: &str, summary: &str) -> Release {
        Release {
            version: version.to_string(),
            sha: sha.into(),
            summary: summary.into(),
            ..Default::default()
        }
    }

    fn history() -> Vec<Release> {
        vec![
            release(7, "bbb", "Rolled back to v3."),
            release(6, "ccc", "Unset `A` config var."),
            release(5, "ccc", "Deployed commit `ccc`."),
            release(4, "bbb", "Set `A`, `B` config vars."),
            release(3, "bbb", "Deployed commit `bbb`."),
            release(1, "", "Set `DATABASE_URL` config var."),
        ]
    }

    #[test]
    fn tells_code_config_and_steps_apart() {
        let found = compare(&history(), "7", "3").unwrap();
        assert_eq!((found.older.version.as_str(), found.newer.version.as_str()), ("3", "7"));
        assert!(found.same_code());
        let config: Vec<_> = found.config.iter().map(|(name, how)| (name.as_str(), *how)).collect();
        assert_eq!(config, [("A", Touched::Unset), ("B", Touched::Set)]);
        let steps: Vec<_> = found.steps.iter().map(|step| step.version.as_str()).collect();
        assert_eq!(steps, ["5", "7"]);
        assert_eq!(found.missing, 0);
        assert_eq!(compare(&history(), "1", "4").unwrap().missing, 1);
        assert!(compare(&history(), "2", "7").is_none());
    }

    #[test]
    fn the_default_target_is_that_of_the_command_line() {
        assert_eq!(default_target(&history()).unwrap().version, "6");
        assert_eq!(last_other_code(&history()).unwrap().version, "6");
        assert!(default_target(&history()[..1]).is_none());
        assert!(default_target(&history()[4..]).is_none(), "no code to go back to");
    }

    #[test]
    fn reads_addresses() {
        assert_eq!(read_range("3..7"), Some(("3".into(), "7".into())));
        assert_eq!("v3..7".parse::<Compared>().unwrap().to_string(), "3..7");
        assert_eq!(read_range("v3..v7"), Some(("3".into(), "7".into())));
        for bad in ["3", "3..", "..7", "a..b", "3..7..9"] {
            assert_eq!(read_range(bad), None, "{bad}");
        }
    }
}

//! What databases can be had, what they hold and what they cost. The numbers are the
//! platform's price list; both the console and the sandbox read them here.

/// The most rows of a free database; with more it is read-only.
pub const FREE_ROWS: u32 = 10_000;
/// How many connections a free database takes.
pub const FREE_CONNECTIONS: u32 = 2;
/// How many daily backups of a standard database are kept.
pub const BACKUPS_KEPT: u32 = 7;
/// Connections that the platform keeps for itself.
const RESERVED_CONNECTIONS: u32 = 6;

/// The major versions that a standard database can have, the default last.
pub const VERSIONS: [&str; 5] =
    ["POSTGRES_12", "POSTGRES_13", "POSTGRES_14", "POSTGRES_15", "POSTGRES_16"];

/// A size of standard databases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// The size as in requests, which is also the memory in GB.
    pub size: f64,
    /// US dollars a month, without high availability.
    pub dollars: u32,
    /// How many connections it takes.
    pub connections: u32,
    /// How far its disk grows, in GB; it begins with 10.
    pub storage_gb: u32,
}

/// The sizes, the smallest first.
pub const PLANS: [Plan; 9] = [
    Plan { size: 0.6, dollars: 25, connections: 25, storage_gb: 25 },
    Plan { size: 1.7, dollars: 50, connections: 50, storage_gb: 50 },
    Plan { size: 4.0, dollars: 100, connections: 100, storage_gb: 100 },
    Plan { size: 8.0, dollars: 200, connections: 200, storage_gb: 200 },
    Plan { size: 16.0, dollars: 400, connections: 250, storage_gb: 400 },
    Plan { size: 32.0, dollars: 800, connections: 300, storage_gb: 800 },
    Plan { size: 48.0, dollars: 1_200, connections: 350, storage_gb: 1_200 },
    Plan { size: 64.0, dollars: 1_600, connections: 400, storage_gb: 1_600 },
    Plan { size: 96.0, dollars: 2_400, connections: 500, storage_gb: 2_400 },
];

impl Plan {
    /// The plan of a size; `None` for a size that is not on the list.
    #[must_use]
    pub fn of(size: f64) -> Option<&'static Self> {
        PLANS.iter().find(|plan| (plan.size - size).abs() < 1e-6)
    }

    /// Whether it shares processors with others; above, 4 GB of memory come with one.
    #[must_use]
    pub fn shares_cpu(&self) -> bool {
        self.size < 4.0
    }

    /// US dollars a month; high availability doubles the price.
    #[must_use]
    pub fn price(&self, high_availability: bool) -> u32 {
        if high_availability { self.dollars * 2 } else { self.dollars }
    }

    /// How many minutes a change from or to this size takes, at least and at most.
    #[must_use]
    pub fn minutes_to_scale(&self) -> (u32, u32) {
        if self.shares_cpu() { (10, 25) } else { (4, 8) }
    }
}

/// The connections that each replica of an app should hold at most, by the platform's
/// formula: what is left to the app, shared among its replicas and one more, since a
/// deploy starts a new one before it stops an old one. At least 1.
#[must_use]
pub fn pool_size(connections: u32, replicas: u32) -> u32 {
    let left = connections.saturating_sub(RESERVED_CONNECTIONS);
    (left / replicas.saturating_add(1)).max(1)
}

/// The number in a version, for example 16 of `POSTGRES_16`.
#[must_use]
pub fn major(version: &str) -> Option<u32> {
    version.rsplit('_').next()?.parse().ok()
}

/// The versions that a database of `version` can be upgraded to, the oldest first.
#[must_use]
pub fn newer_versions(version: &str) -> Vec<&'static str> {
    let current = major(version).unwrap_or(u32::MAX);
    VERSIONS.into_iter().filter(|other| major(other) > Some(current)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_money_buys_more_of_everything() {
        for pair in PLANS.windows(2) {
            let [small, large] = pair else { unreachable!() };
            assert!(small.size < large.size && small.dollars < large.dollars);
            assert!(small.connections < large.connections && small.storage_gb < large.storage_gb);
        }
    }

    #[test]
    fn plans_are_found_by_size() {
        assert_eq!(Plan::of(1.7).map(|plan| plan.price(false)), Some(50));
        assert_eq!(Plan::of(1.7).map(|plan| plan.price(true)), Some(100));
        assert_eq!(Plan::of(2.0), None);
        assert_eq!(Plan::of(f64::NAN), None);
    }

    #[test]
    fn pools_follow_the_formula() {
        for (connections, replicas, pool) in [(25, 1, 9), (50, 2, 14), (100, 0, 94), (2, 1, 1)] {
            assert_eq!(pool_size(connections, replicas), pool, "{connections} / {replicas}");
        }
    }

    #[test]
    fn upgrades_go_up_only() {
        assert_eq!(newer_versions("POSTGRES_14"), ["POSTGRES_15", "POSTGRES_16"]);
        assert!(newer_versions("POSTGRES_16").is_empty());
        assert!(newer_versions("").is_empty());
    }
}

//! How many connections each replica of the app should hold.

use backoffice_contract::database::{Database, FREE_CONNECTIONS, Plan, pool_size};
use backoffice_contract::session::Tier;

/// What creating a standard database sets `POOL_SIZE` to.
const DEFAULT: u32 = 9;

/// The advice for a database with an app of so many replicas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolAdvice {
    /// The largest `POOL_SIZE` that fits.
    pub size: u32,
    /// How one comes to it.
    pub why: String,
    /// What goes wrong as things are.
    pub warning: Option<String>,
}

/// The advice; `None` while the connections that the database takes are not known.
pub fn advice(database: &Database, replicas: u32) -> Option<PoolAdvice> {
    if database.tier == Tier::Free {
        return Some(free(replicas));
    }
    let connections = database.plan().map(|plan: &Plan| plan.connections)?;
    let size = pool_size(connections, replicas);
    let why = format!(
        "{connections} connections, less 6 that the platform keeps, shared by {} and one more \
         that a deploy starts before it stops an old one.",
        backoffice_ui::words::numbers::counted(replicas as usize, "replica", "replicas")
    );
    let warning = (size < DEFAULT).then(|| {
        format!(
            "A new database sets POOL_SIZE to {DEFAULT}, which is too much for this size and \
             number of replicas: connections run out during a deploy."
        )
    });
    Some(PoolAdvice { size, why, warning })
}

fn free(replicas: u32) -> PoolAdvice {
    let size = (FREE_CONNECTIONS / replicas.max(1)).max(1);
    let why = format!(
        "A free database takes {FREE_CONNECTIONS} connections in all. Jobs, consoles and psql \
         need one too, and the platform ends those that are idle for 5 minutes."
    );
    let warning = (replicas > FREE_CONNECTIONS).then(|| {
        format!("{replicas} replicas want at least {replicas} connections: some get none.")
    });
    PoolAdvice { size, why, warning }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standard(size: f64) -> Database {
        Database { tier: Tier::Standard, size: Some(size), ..Default::default() }
    }

    #[test]
    fn the_formula_of_the_platform() {
        let two = advice(&standard(1.7), 2).unwrap();
        assert_eq!((two.size, two.warning), (14, None));
        assert!(two.why.starts_with("50 connections") && two.why.contains("2 replicas"));
        let tight = advice(&standard(0.6), 2).unwrap();
        assert_eq!(tight.size, 6);
        assert!(tight.warning.is_some(), "the default of 9 does not fit");
        assert_eq!(advice(&standard(3.0), 2), None, "a size off the list");
    }

    #[test]
    fn a_free_database_has_next_to_none() {
        let free = Database { tier: Tier::Free, ..Default::default() };
        assert_eq!(advice(&free, 0).unwrap().size, 2);
        assert_eq!(advice(&free, 2).unwrap().size, 1);
        assert!(advice(&free, 2).unwrap().warning.is_none());
        assert!(advice(&free, 3).unwrap().warning.is_some());
    }
}

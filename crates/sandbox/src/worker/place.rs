//! Which of an origin's worlds a worker serves. The page chooses it with the worker's name.

/// The beginning of the names of locks and databases, which all pages of an origin share.
const PREFIX: &str = "backoffice-sandbox";

/// A world of an origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Empty for the console's world.
    world: String,
    /// The seed of a fresh world; random if there is none.
    pub(super) seed: Option<u64>,
}

impl Place {
    /// Reads the name of a worker: empty, or `WORLD?SEED`.
    pub(super) fn of(name: &str) -> Self {
        let (world, seed) = name.split_once('?').unwrap_or((name, ""));
        Self { world: world.to_owned(), seed: seed.parse().ok() }
    }

    /// The name of the Web Lock and of the database.
    pub(super) fn key(&self) -> String {
        match self.world.as_str() {
            "" => PREFIX.to_owned(),
            world => format!("{PREFIX}.{world}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_which_world() {
        for (name, key, seed) in [
            ("", "backoffice-sandbox", None),
            ("guide?7", "backoffice-sandbox.guide", Some(7)),
            ("guide", "backoffice-sandbox.guide", None),
            ("guide?x", "backoffice-sandbox.guide", None),
        ] {
            let place = Place::of(name);
            assert_eq!((place.key().as_str(), place.seed), (key, seed), "{name}");
        }
    }
}

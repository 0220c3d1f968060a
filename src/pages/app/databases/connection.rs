//! Lines to copy for connecting to a database.

use backoffice_contract::argv::quote;
use backoffice_contract::database::Database;

/// Shown instead of the password until it is revealed.
const MASK: &str = "••••••••";

/// A way to connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The URL only.
    Url,
    /// PostgreSQL's command-line client.
    Psql,
    /// Environment variables for libpq, which most clients use.
    Environment,
    /// Elixir.
    Ecto,
    /// Ruby.
    Rails,
}

impl Way {
    /// All ways with their names, in the order shown.
    pub const ALL: [(Self, &str); 5] = [
        (Self::Url, "URL"),
        (Self::Psql, "psql"),
        (Self::Environment, "Environment"),
        (Self::Ecto, "Ecto"),
        (Self::Rails, "Rails"),
    ];

    /// A label for the lines.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Url => "Connection URL",
            Self::Psql => "psql command",
            Self::Environment => "libpq environment variables",
            Self::Ecto => "config/runtime.exs",
            Self::Rails => "config/database.yml",
        }
    }

    /// A note about it.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Url => "For anything that takes a PostgreSQL URL.",
            Self::Psql => {
                "Opens a prompt on your machine and uses one connection. Your shell's history stores the password."
            }
            Self::Environment => {
                "For psql, pg_dump, pg_restore and everything else built on libpq."
            }
            Self::Ecto => {
                "Put this into config/runtime.exs. It reads config variables, so the password stays out of your code."
            }
            Self::Rails => {
                "Put this into config/database.yml. It reads config variables, so the password stays out of your code."
            }
        }
    }

    /// Whether the lines contain the password.
    pub const fn has_secret(self) -> bool {
        matches!(self, Self::Url | Self::Psql | Self::Environment)
    }
}

/// The lines, with the password or, if `masked`, with dots instead. `pool` is the pool
/// size to use if `POOL_SIZE` is not set.
pub fn lines(way: Way, database: &Database, pool: u32, masked: bool) -> String {
    match way {
        Way::Url => url(database, masked),
        Way::Psql if masked => format!("psql '{}'", url(database, true)),
        Way::Psql => format!("psql {}", quote(&url(database, false))),
        Way::Environment => environment(database, masked),
        Way::Ecto => format!(
            "config :my_app, MyApp.Repo,\n  \
               url: System.get_env(\"DATABASE_URL\"),\n  \
               ssl: true,\n  \
               pool_size: String.to_integer(System.get_env(\"POOL_SIZE\") || \"{pool}\")"
        ),
        Way::Rails => format!(
            "production:\n  \
               adapter: postgresql\n  \
               url: <%= ENV[\"DATABASE_URL\"] %>\n  \
               pool: <%= ENV.fetch(\"POOL_SIZE\", {pool}) %>"
        ),
    }
}

fn environment(database: &Database, masked: bool) -> String {
    let password = if masked { MASK.to_owned() } else { quote(database.password.expose()) };
    let variables = [
        ("PGHOST", quote(&database.host)),
        ("PGPORT", database.port.to_string()),
        ("PGDATABASE", quote(&database.database)),
        ("PGUSER", quote(&database.username)),
        ("PGPASSWORD", password),
    ];
    let lines = variables.map(|(key, value)| format!("export {key}={value}"));
    lines.join("\n")
}

/// The URL that the server sends, or one built from the parts if it sends none. Masked,
/// everything between the user and the host is dots.
pub fn url(database: &Database, masked: bool) -> String {
    let url = database.url.expose();
    if url.is_empty() {
        let password = if masked {
            MASK.to_owned()
        } else {
            backoffice_contract::percent_encode(database.password.expose())
        };
        return format!(
            "postgresql://{}:{password}@{}:{}/{}",
            database.username, database.host, database.port, database.database
        );
    }
    if !masked {
        return url.to_owned();
    }
    let parts = url.split_once("://").and_then(|(scheme, rest)| {
        let (who, place) = rest.rsplit_once('@')?;
        let user = who.split_once(':').map_or(who, |(user, _)| user);
        Some(format!("{scheme}://{user}:{MASK}@{place}"))
    });
    // In a URL of another form, the password may be anywhere.
    parts.unwrap_or_else(|| MASK.to_owned())
}

#[cfg(test)]
mod tests {
    use backoffice_contract::Secret;

    use super::*;

    fn database() -> Database {
        Database {
            host: "db.example".into(),
            port: 5432,
            database: "shop".into(),
            username: "ada".into(),
            password: Secret::new("it's:s@fe"),
            url: Secret::new("postgresql://ada:it's:s@fe@db.example:5432/shop"),
            ..Default::default()
        }
    }

    #[test]
    fn copied_lines_have_the_password_and_masked_lines_do_not() {
        for (way, _) in Way::ALL {
            let masked = lines(way, &database(), 9, true);
            assert!(!masked.contains("s@fe"), "{masked}");
            let whole = lines(way, &database(), 9, false);
            assert_eq!(whole.contains("s@fe"), way.has_secret(), "{whole}");
            assert_eq!(masked == whole, !way.has_secret(), "{way:?}");
        }
    }

    #[test]
    fn shells_read_them_back() {
        let psql = lines(Way::Psql, &database(), 9, false);
        assert_eq!(psql, r"psql 'postgresql://ada:it'\''s:s@fe@db.example:5432/shop'");
        let environment = lines(Way::Environment, &database(), 9, false);
        assert_eq!(
            environment,
            "export PGHOST=db.example\nexport PGPORT=5432\nexport PGDATABASE=shop\n\
             export PGUSER=ada\nexport PGPASSWORD='it'\\''s:s@fe'"
        );
    }

    #[test]
    fn a_url_is_built_where_the_server_sends_none() {
        let database = Database { url: Secret::default(), ..database() };
        assert_eq!(url(&database, false), "postgresql://ada:it%27s%3As%40fe@db.example:5432/shop");
        assert_eq!(url(&database, true), "postgresql://ada:••••••••@db.example:5432/shop");
    }

    #[test]
    fn a_url_of_another_shape_is_masked_whole() {
        let odd = Database { url: Secret::new("host=x password=y"), ..Default::default() };
        assert_eq!(url(&odd, true), MASK);
        let nobody = Database { url: Secret::new("postgresql://ada@x/y"), ..Default::default() };
        assert_eq!(url(&nobody, true), "postgresql://ada:••••••••@x/y");
    }

    #[test]
    fn frameworks_fall_back_to_the_advice() {
        assert!(lines(Way::Ecto, &database(), 14, false).contains("|| \"14\""));
        assert!(lines(Way::Rails, &database(), 14, false).contains("\"POOL_SIZE\", 14"));
    }
}

//! The lines of `~/.netrc` with which the command-line client and git sign in.

/// The lines for an API at the origin `base`. The name of the platform's git server is
/// that of its API with `git` instead of `api`; if the API's name does not start with
/// `api`, only the API's entry is known.
#[must_use]
pub fn lines(base: &str, email: &str, key: &str) -> String {
    let host = base.split_once("://").map_or(base, |(_, host)| host);
    // Clients look entries up by name only and ignore the port.
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    let git = host.strip_prefix("api.").map(|rest| format!("git.{rest}"));
    std::iter::once(host.to_owned())
        .chain(git)
        .map(|machine| format!("machine {machine}\n\tlogin {email}\n\tpassword {key}"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_hosts_of_api_and_git() {
        assert_eq!(
            lines("https://api.example.com", "ada@example.com", "k"),
            "machine api.example.com\n\tlogin ada@example.com\n\tpassword k\n\
             machine git.example.com\n\tlogin ada@example.com\n\tpassword k"
        );
        assert_eq!(
            lines("http://127.0.0.1:4000", "ada@example.com", "k"),
            "machine 127.0.0.1\n\tlogin ada@example.com\n\tpassword k"
        );
    }
}

//! Addresses of the console, made from the [table of pages](crate::nav). No page writes one by hand.

use backoffice_contract::percent_encode;

use crate::nav::{AppPage, Page};

/// Signing in.
pub const SIGN_IN: &str = Page::SignIn.path();
/// Signing up, all steps.
pub const SIGN_UP: &str = Page::SignUp.path();
/// Resetting the password.
pub const RESET_PASSWORD: &str = Page::ResetPassword.path();
/// All apps.
pub const APPS: &str = Page::Apps.path();
/// Creating an app.
pub const NEW_APP: &str = Page::NewApp.path();
/// The journal of requests.
pub const REQUESTS: &str = Page::Requests.path();
/// The SSH keys of the account.
pub const SSH_KEYS: &str = Page::SshKeys.path();
/// What is paid, for what, and how.
pub const BILLING: &str = Page::Billing.path();
/// The guide.
pub const GUIDE: &str = Page::Guide.path();
/// The generator of version files.
pub const VERSIONS: &str = Page::Versions.path();

/// A page about an app.
#[must_use]
pub fn app(name: &str, page: AppPage) -> String {
    let app = format!("{APPS}/{}", percent_encode(name));
    match page.segment() {
        "" => app,
        segment => format!("{app}/{segment}"),
    }
}

/// The config of an app, narrowed down to names.
#[must_use]
pub fn config(name: &str, filter: &str) -> String {
    format!("{}?filter={}", app(name, AppPage::Config), percent_encode(filter))
}

/// The log lines of one source, such as a job's.
#[must_use]
pub fn logs_of(name: &str, source: &str) -> String {
    format!("{}?source={}", app(name, AppPage::Logs), percent_encode(source))
}

/// Where an app answers the world.
#[must_use]
pub fn web_address(name: &str) -> String {
    format!("https://{}.gigalixirapp.com/", percent_encode(name))
}

/// The git remote that deploys an app.
#[must_use]
pub fn git_remote(name: &str) -> String {
    format!("https://git.gigalixir.com/{}.git/", percent_encode(name))
}

/// The releases of an app, two of them compared.
#[must_use]
pub fn comparison(name: &str, older: &str, newer: &str) -> String {
    let releases = app(name, AppPage::Releases);
    format!("{releases}?compare={}..{}", percent_encode(older), percent_encode(newer))
}

/// An address with what is shown of its page, from its parts as the router has them:
/// `search` with or without `?`, `hash` with `#`.
#[must_use]
pub fn whole(path: &str, search: &str, hash: &str) -> String {
    let search = search.trim_start_matches('?');
    let mark = if search.is_empty() { "" } else { "?" };
    format!("{path}{mark}{search}{hash}")
}

/// The sign-in page, with where to go afterwards.
#[must_use]
pub fn sign_in_then(next: &str) -> String {
    if next == APPS || next == "/" || next.is_empty() {
        SIGN_IN.to_owned()
    } else {
        format!("{SIGN_IN}?next={}", percent_encode(next))
    }
}

/// Where to go after signing in: an address of this console only, never another
/// site's, whatever the query says.
#[must_use]
pub fn after_sign_in(next: Option<&str>) -> String {
    // Browsers drop tabs and line ends from addresses, and read `\` as `/`.
    let odd = |c: char| c == '\\' || c.is_control();
    next.filter(|next| next.starts_with('/') && !next.starts_with("//") && !next.contains(odd))
        .filter(|next| !next.starts_with(SIGN_IN))
        .unwrap_or(APPS)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_apps() {
        assert_eq!(app("my-app", AppPage::Overview), "/apps/my-app");
        assert_eq!(app("a b", AppPage::Logs), "/apps/a%20b/logs");
    }

    #[test]
    fn addresses_with_what_is_shown() {
        assert_eq!(config("x", "a b"), "/apps/x/config?filter=a%20b");
        assert_eq!(logs_of("x", "x-run-1"), "/apps/x/logs?source=x-run-1");
    }

    #[test]
    fn signing_in_leads_back_but_never_away() {
        assert_eq!(sign_in_then("/apps"), "/sign-in");
        assert_eq!(sign_in_then("/apps/x/config"), "/sign-in?next=%2Fapps%2Fx%2Fconfig");
        assert_eq!(after_sign_in(Some("/apps/x/config")), "/apps/x/config");
        let shown = whole("/apps/x/metrics", "range=1h&time=utc", "#cpu");
        assert_eq!(shown, "/apps/x/metrics?range=1h&time=utc#cpu");
        assert_eq!(
            sign_in_then(&shown),
            "/sign-in?next=%2Fapps%2Fx%2Fmetrics%3Frange%3D1h%26time%3Dutc%23cpu"
        );
        assert_eq!(after_sign_in(Some(&shown)), shown);
        assert_eq!(whole("/apps", "", ""), "/apps");
        for bad in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/sign-in",
            "",
        ] {
            assert_eq!(after_sign_in(Some(bad)), APPS, "{bad}");
        }
        assert_eq!(after_sign_in(None), APPS);
    }
}

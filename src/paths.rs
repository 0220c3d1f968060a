//! Every address of the console. No page writes one by hand.

use backoffice_contract::percent_encode;

/// Signing in.
pub const SIGN_IN: &str = "/sign-in";
/// Signing up, all steps.
pub const SIGN_UP: &str = "/sign-up";
/// Asking for a mail that resets the password, and, with a token, setting it.
pub const RESET_PASSWORD: &str = "/reset-password";
/// All apps.
pub const APPS: &str = "/apps";
/// Creating an app. An app may be called `new`, so this is not below [`APPS`].
pub const NEW_APP: &str = "/new-app";
/// The journal of requests.
pub const REQUESTS: &str = "/requests";
/// Who is signed in.
pub const ACCOUNT: &str = "/account";
/// The SSH keys of the account.
pub const SSH_KEYS: &str = "/account/ssh-keys";

/// Password, second factor, API key and sessions.
pub const SECURITY: &str = "/account/security";
/// What is paid, for what, and how.
pub const BILLING: &str = "/billing";
/// A guide from nothing to a running app, step by step.
pub const GUIDE: &str = "/guide";
/// The generator of the files that choose versions for a build.
pub const VERSIONS: &str = "/versions";
/// The guide shell and the HTTP explorer: separate programs, so going there loads the page.
pub const PLAYGROUND: &str = "/playground";

/// A page about one app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppPage {
    /// What is running, and what to do next.
    Overview,
    /// The log lines of all containers.
    Logs,
    /// Processor and memory over time.
    Metrics,
    /// Releases and rollback.
    Releases,
    /// Config variables.
    Config,
    /// Databases.
    Databases,
    /// Commands that run once.
    Jobs,
    /// Commands that need a terminal.
    Terminal,
    /// Custom domains.
    Domains,
    /// Where log lines are forwarded.
    Drains,
    /// People with access to the app.
    Access,
    /// Other apps that get a share of the traffic.
    Canaries,
    /// What was done, and by whom.
    Activity,
    /// Size, stack, maintenance, and deleting the app.
    Settings,
}

impl AppPage {
    /// All of them, in the order of the tabs.
    pub const ALL: [Self; 14] = [
        Self::Overview,
        Self::Logs,
        Self::Metrics,
        Self::Releases,
        Self::Config,
        Self::Databases,
        Self::Jobs,
        Self::Terminal,
        Self::Domains,
        Self::Drains,
        Self::Access,
        Self::Canaries,
        Self::Activity,
        Self::Settings,
    ];

    /// Its name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Logs => "Logs",
            Self::Metrics => "Metrics",
            Self::Releases => "Releases",
            Self::Config => "Config",
            Self::Databases => "Databases",
            Self::Jobs => "Jobs",
            Self::Terminal => "Terminal",
            Self::Domains => "Domains",
            Self::Drains => "Drains",
            Self::Access => "Access",
            Self::Canaries => "Canaries",
            Self::Activity => "Activity",
            Self::Settings => "Settings",
        }
    }

    /// What follows the app in its address; empty for the overview.
    #[must_use]
    pub const fn segment(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Logs => "logs",
            Self::Metrics => "metrics",
            Self::Releases => "releases",
            Self::Config => "config",
            Self::Databases => "databases",
            Self::Jobs => "jobs",
            Self::Terminal => "terminal",
            Self::Domains => "domains",
            Self::Drains => "drains",
            Self::Access => "access",
            Self::Canaries => "canaries",
            Self::Activity => "activity",
            Self::Settings => "settings",
        }
    }

    /// The page that an address belongs to.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        let segment = path.trim_end_matches('/').split('/').nth(3).unwrap_or_default();
        Self::ALL.into_iter().find(|page| page.segment() == segment).unwrap_or(Self::Overview)
    }
}

/// A page on which something can be done with the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// Signing in.
    SignIn,
    /// Signing up.
    SignUp,
    /// Resetting the password.
    ResetPassword,
    /// All apps.
    Apps,
    /// Creating an app.
    NewApp,
    /// Who is signed in.
    Account,
    /// Password, second factor, API key and sessions.
    Security,
    /// The SSH keys of the account.
    SshKeys,
    /// What is paid, for what, and how.
    Billing,
    /// A page about an app.
    App(AppPage),
}

impl Page {
    /// Its address; `name` is that of the app, for a page about one.
    #[must_use]
    pub fn address(self, name: &str) -> String {
        let address = match self {
            Self::SignIn => SIGN_IN,
            Self::SignUp => SIGN_UP,
            Self::ResetPassword => RESET_PASSWORD,
            Self::Apps => APPS,
            Self::NewApp => NEW_APP,
            Self::Account => ACCOUNT,
            Self::Security => SECURITY,
            Self::SshKeys => SSH_KEYS,
            Self::Billing => BILLING,
            Self::App(page) => return app(name, page),
        };
        address.to_owned()
    }
}

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

/// The public address of an app.
#[must_use]
pub fn web_address(name: &str) -> String {
    format!("https://{}.gigalixirapp.com/", percent_encode(name))
}

/// The git remote that deploys an app.
#[must_use]
pub fn git_remote(name: &str) -> String {
    format!("https://git.gigalixir.com/{}.git/", percent_encode(name))
}

/// The comparison of two releases of an app.
#[must_use]
pub fn comparison(name: &str, older: &str, newer: &str) -> String {
    let releases = app(name, AppPage::Releases);
    format!("{releases}?compare={}..{}", percent_encode(older), percent_encode(newer))
}

/// A full address, from the parts that the router has: `search` with or without `?`, `hash`
/// with `#`.
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

/// Where to go after signing in: always an address of this console, never of another site,
/// whatever the query says.
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
        for page in AppPage::ALL {
            assert_eq!(AppPage::of_path(&app("x", page)), page);
        }
    }

    /// The browser tests walk that list to test names, addresses, failures and cost.
    #[test]
    fn the_browser_tests_walk_all_pages() {
        let list = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/pages.ts");
        let list = std::fs::read_to_string(list).unwrap();
        let of_account = [
            SIGN_IN,
            SIGN_UP,
            RESET_PASSWORD,
            APPS,
            NEW_APP,
            REQUESTS,
            ACCOUNT,
            SSH_KEYS,
            SECURITY,
            BILLING,
            GUIDE,
            VERSIONS,
        ];
        let of_app = AppPage::ALL.into_iter().map(AppPage::segment).filter(|page| !page.is_empty());
        for address in of_account.into_iter().chain(of_app) {
            assert!(list.contains(&format!("\"{address}\"")), "{address} is not walked");
        }
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

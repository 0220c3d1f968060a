//! The pages of the console: one table, from which addresses, rail, trail, palette, shortcuts,
//! titles and the list of the browser tests come.
//!
//! A page about an app is a row here, an arm of [`view`](crate::pages::app::view) and a file of
//! its own; a top-level page has its route in `src/app.rs` instead of the arm.

use backoffice_contract::percent_decode;
use backoffice_ui::IconName;

use crate::paths;

/// A part of the rail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// At the top, without a heading.
    Work,
    /// How to deploy.
    Deploying,
    /// The account of the signed-in user.
    Account,
    /// Not in the rail.
    Hidden,
}

impl Section {
    /// Its heading.
    #[must_use]
    pub const fn title(self) -> Option<&'static str> {
        match self {
            Self::Work | Self::Hidden => None,
            Self::Deploying => Some("Deploying"),
            Self::Account => Some("Account"),
        }
    }
}

/// A tab of an app, which holds one page or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// What is running, and what to do next.
    Overview,
    /// Log lines.
    Logs,
    /// Processor and memory.
    Metrics,
    /// Releases, and what was done to the app.
    Deploys,
    /// Config variables.
    Config,
    /// Databases.
    Databases,
    /// Commands, once or in a terminal.
    Run,
    /// What is changed rarely.
    Settings,
}

impl Tab {
    /// All of them, in order.
    pub const ALL: &[Self] = &[
        Self::Overview,
        Self::Logs,
        Self::Metrics,
        Self::Deploys,
        Self::Config,
        Self::Databases,
        Self::Run,
        Self::Settings,
    ];

    /// Its name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Logs => "Logs",
            Self::Metrics => "Metrics",
            Self::Deploys => "Deploys",
            Self::Config => "Config",
            Self::Databases => "Databases",
            Self::Run => "Run",
            Self::Settings => "Settings",
        }
    }

    /// Its pages, the one that it opens first.
    pub fn pages(self) -> impl Iterator<Item = AppPage> {
        AppPage::ALL.iter().copied().filter(move |page| page.tab() == self)
    }
}

/// Makes an enum of the pages in a table, and a function of each of its columns.
macro_rules! pages {
    ($(#[$about:meta])* $name:ident,
        [$(#[$about_path:meta])* $path_name:ident]
        [$(#[$about_part:meta])* $part_name:ident: $Part:ident]
        $($(#[$doc:meta])* $page:ident: $path:literal, $title:literal, $icon:ident, $keys:literal, $words:literal, $part:ident;)*) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$doc])* $page,)*
        }

        impl $name {
            /// All of them, in the order in which they are listed.
            pub const ALL: &[Self] = &[$(Self::$page),*];

            $(#[$about_path])*
            #[must_use]
            pub const fn $path_name(self) -> &'static str {
                match self { $(Self::$page => $path,)* }
            }

            /// Its name, in the rail, in tabs, in the trail and in the palette.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$page => $title,)* }
            }

            /// Its icon.
            #[must_use]
            pub const fn icon(self) -> IconName {
                match self { $(Self::$page => IconName::$icon,)* }
            }

            /// The keys that lead to it, separated by a space; empty where there are none.
            #[must_use]
            pub const fn keys(self) -> &'static str {
                match self { $(Self::$page => $keys,)* }
            }

            /// Other words to find it by.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$page => $words,)* }
            }

            $(#[$about_part])*
            #[must_use]
            pub const fn $part_name(self) -> $Part {
                match self { $(Self::$page => $Part::$part,)* }
            }
        }
    };
}

pages! {
    /// A page that is about no single app.
    Page,
    [/// Its address.
        path]
    [/// Where the rail has it.
        section: Section]
    /// Signing in.
    SignIn: "/sign-in", "Sign in", User, "", "", Hidden;
    /// Signing up, all steps.
    SignUp: "/sign-up", "Create an account", User, "", "", Hidden;
    /// Asking for a mail that resets the password, and, with a token, setting it.
    ResetPassword: "/reset-password", "Reset the password", User, "", "", Hidden;
    /// All apps.
    Apps: "/apps", "Apps", Apps, "g a", "list", Work;
    /// Creating an app. An app may be called `new`, so this is not below the apps.
    NewApp: "/new-app", "New app", Plus, "g n", "create apps:create", Hidden;
    /// The journal of requests.
    Requests: "/requests", "Requests", Requests, "g r", "journal rate limit budget", Work;
    /// A guide from nothing to a running app, step by step.
    Guide: "/guide", "Guide", Book, "g g", "getting started help deploy", Deploying;
    /// The generator of the files that choose versions for a build.
    Versions: "/versions", "Versions", Config, "g v", "elixir erlang otp node buildpack", Deploying;
    /// The guide shell and the HTTP explorer: programs of their own, so the way there loads the
    /// page.
    Playground: "/playground", "Playground", Terminal, "g x", "shell sandbox http api explorer try", Deploying;
    /// Who is signed in.
    Account: "/account", "Profile", User, "g p", "account email tier", Account;
    /// Password, second factor, API key and sessions.
    Security: "/account/security", "Security", Shield, "", "password mfa api key sessions", Account;
    /// The SSH keys of the account.
    SshKeys: "/account/ssh-keys", "SSH keys", Key, "g k", "account:ssh_keys", Account;
    /// What is paid, for what, and how.
    Billing: "/billing", "Billing", Card, "g b", "invoices payment card usage upgrade", Account;
}

pages! {
    /// A page about one app.
    AppPage,
    [/// What follows the app in its address; empty for the overview.
        segment]
    [/// The tab that it is under.
        tab: Tab]
    /// What is running, and what to do next.
    Overview: "", "Overview", Apps, "g o", "status ps pods deploy", Overview;
    /// The log lines of all containers.
    Logs: "logs", "Logs", Logs, "g l", "tail", Logs;
    /// Processor and memory over time.
    Metrics: "metrics", "Metrics", Requests, "g m", "memory cpu stats", Metrics;
    /// Releases and rollback.
    Releases: "releases", "Releases", Release, "g e", "rollback deploys history", Deploys;
    /// What was done, and by whom.
    Activity: "activity", "Activity", Requests, "g h", "audit who", Deploys;
    /// Config variables.
    Config: "config", "Config", Config, "g c", "env environment variables configs secrets", Config;
    /// Databases.
    Databases: "databases", "Databases", Database, "g d", "postgres pg db backups", Databases;
    /// Commands that run once.
    Jobs: "jobs", "Jobs", Terminal, "g j", "run migrate mix", Run;
    /// Commands that need a terminal.
    Terminal: "terminal", "Terminal", Terminal, "g t", "ssh remote console observer hot upgrade psql", Run;
    /// Size, stack, maintenance, and deleting the app.
    Settings: "settings", "Settings", Config, "g s", "maintenance stack delete destroy", Settings;
    /// People with access to the app.
    Access: "access", "Access", User, "g u", "collaborators permissions team", Settings;
    /// Custom domains.
    Domains: "domains", "Domains", Globe, "g w", "dns cname certificate", Settings;
    /// Where log lines are forwarded.
    Drains: "drains", "Drains", ArrowRight, "g f", "syslog", Settings;
    /// Other apps that get a share of the traffic.
    Canaries: "canaries", "Canaries", Git, "g y", "traffic weight blue green", Settings;
    /// The price of a month.
    Cost: "cost", "Cost", Card, "g z", "price dollars billing run rate", Settings;
}

impl Page {
    /// The page at an address.
    #[must_use]
    pub fn at(path: &str) -> Option<Self> {
        let path = path.trim_end_matches('/');
        Self::ALL.iter().copied().find(|page| page.path() == path)
    }

    /// Its name in the trail: the first page of a section stands for all of it.
    #[must_use]
    pub const fn trail_title(self) -> &'static str {
        match self {
            Self::Account => "Account",
            page => page.title(),
        }
    }

    /// What the trail shows above it, with its address.
    #[must_use]
    pub fn above(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::NewApp => Some((Self::Apps.title(), Self::Apps.path())),
            Self::Security | Self::SshKeys | Self::Billing => {
                Some((Self::Account.trail_title(), Self::Account.path()))
            }
            _ => None,
        }
    }
}

impl AppPage {
    /// The page about an app at an address, if one is there.
    #[must_use]
    pub fn at(path: &str) -> Option<Self> {
        let segment = path.trim_end_matches('/').split('/').nth(3).unwrap_or_default();
        Self::ALL.iter().copied().find(|page| page.segment() == segment)
    }
}

/// The app that an address is about.
#[must_use]
pub fn app_at(path: &str) -> Option<String> {
    let rest = path.strip_prefix(paths::APPS)?.strip_prefix('/')?;
    let name = rest.split('/').next().filter(|name| !name.is_empty())?;
    Some(percent_decode(name))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::*;

    #[test]
    fn addresses_lead_to_their_pages() {
        for page in Page::ALL {
            assert_eq!(Page::at(page.path()), Some(*page));
        }
        for page in AppPage::ALL {
            assert_eq!(AppPage::at(&paths::app("x", *page)), Some(*page));
        }
        assert_eq!(Page::at("/nowhere"), None);
        assert_eq!(AppPage::at("/apps/x/nowhere"), None);
        assert_eq!(app_at("/apps"), None);
        assert_eq!(app_at("/apps/a%20b/config").as_deref(), Some("a b"));
    }

    #[test]
    fn every_tab_has_a_page_and_every_page_a_tab() {
        let listed: usize = Tab::ALL.iter().map(|tab| tab.pages().count()).sum();
        assert_eq!(listed, AppPage::ALL.len());
        assert!(Tab::ALL.iter().all(|tab| tab.pages().next().is_some()));
        assert!(Tab::ALL.len() <= 8);
    }

    #[test]
    fn no_two_pages_share_an_address_or_keys() {
        let mut paths: Vec<&str> = Page::ALL.iter().map(|page| page.path()).collect();
        let keys = Page::ALL.iter().map(|page| page.keys());
        let mut keys: Vec<&str> = keys
            .chain(AppPage::ALL.iter().map(|page| page.keys()))
            .filter(|keys| !keys.is_empty())
            .collect();
        let all = (paths.len(), keys.len());
        paths.sort_unstable();
        paths.dedup();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!((paths.len(), keys.len()), all);
    }

    /// The browser tests walk the pages of this list: their titles, failures, cost and pictures.
    #[test]
    fn the_list_of_the_browser_tests_is_current() {
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let entrance = [Page::SignIn, Page::SignUp, Page::ResetPassword];
        let of = |pages: &mut dyn Iterator<Item = Page>| {
            pages
                .map(|page| json!({ "name": name(page.path()), "path": page.path() }))
                .collect::<Vec<_>>()
        };
        let others = |page: &Page| !entrance.contains(page) && *page != Page::Playground;
        let expected = json!({
            "signedOut": of(&mut entrance.into_iter()),
            "signedIn": of(&mut Page::ALL.iter().copied().filter(others)),
            "app": AppPage::ALL
                .iter()
                .map(|page| {
                    json!({
                        "segment": page.segment(),
                        "title": page.title(),
                        "tab": page.tab().title(),
                    })
                })
                .collect::<Vec<_>>(),
        });
        let expected = format!("{}\n", serde_json::to_string_pretty(&expected).unwrap());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/support/pages.json");
        if std::env::var_os("UPDATE_PAGES").is_some() {
            std::fs::write(&path, &expected).unwrap();
        }
        assert!(
            std::fs::read_to_string(&path).unwrap_or_default() == expected,
            "the list is out of date: run UPDATE_PAGES=1 cargo test -p backoffice-console --lib nav"
        );
    }
}

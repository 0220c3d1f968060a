//! The commands of each step, as each platform's shell has them.

use backoffice_contract::argv::quote;

use crate::pages::guide::progress::Step;

/// Where somebody works.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Platform {
    #[default]
    MacOs,
    Linux,
    Windows,
}

impl Platform {
    pub(super) const ALL: [(Self, &'static str); 3] =
        [(Self::MacOs, "macOS"), (Self::Linux, "Linux"), (Self::Windows, "Windows")];

    /// As it is remembered.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::MacOs => "macos",
            Self::Linux => "linux",
            Self::Windows => "windows",
        }
    }

    pub(super) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().map(|(platform, _)| platform).find(|platform| platform.word() == word)
    }

    /// The one that a browser says it runs on.
    pub(super) fn of_browser(platform: &str) -> Self {
        if platform.starts_with("Win") {
            Self::Windows
        } else if platform.starts_with("Linux") {
            Self::Linux
        } else {
            Self::MacOs
        }
    }
}

/// One block to copy: what it does, and its lines.
pub(super) type Block = (&'static str, String);

/// The blocks of a step, for an app.
pub(super) fn blocks(step: Step, platform: Platform, app: &str) -> Vec<Block> {
    let app = quote(app);
    match step {
        Step::Install => install(platform),
        Step::Account => Vec::new(),
        Step::Login => vec![
            ("Log in", "gigalixir login".to_owned()),
            ("Check", "gigalixir account".to_owned()),
        ],
        Step::Prepare => vec![(
            "Or begin with the reference app",
            "git clone https://github.com/gigalixir/gigalixir-getting-started.git\ncd gigalixir-getting-started".to_owned(),
        )],
        Step::Create => vec![("On the command line", format!("gigalixir create -n {app}"))],
        Step::Remote => vec![
            ("In the folder of your app", format!("gigalixir git:remote {app}")),
            ("Check", "git remote -v".to_owned()),
        ],
        Step::Versions => Vec::new(),
        Step::Database => vec![("On the command line", format!("gigalixir pg:create --free -a {app}"))],
        Step::Config => vec![("On the command line", format!("gigalixir config -a {app}"))],
        Step::Deploy => vec![("In the folder of your app", "git push gigalixir".to_owned())],
        Step::Verify => vec![
            ("The status", format!("gigalixir ps -a {app}")),
            ("The app itself", format!("curl https://{app}.gigalixirapp.com/")),
        ],
        Step::Migrate => Vec::new(),
    }
}

fn install(platform: Platform) -> Vec<Block> {
    let check = ("Check", "gigalixir --help".to_owned());
    match platform {
        Platform::MacOs => vec![
            ("With Homebrew; git has to be there too", "brew tap gigalixir/brew && brew install gigalixir".to_owned()),
            check,
        ],
        Platform::Linux => vec![
            (
                "What it needs, on Debian and Ubuntu",
                "sudo apt-get update\nsudo apt-get install -y python3 python3-pip git-core curl".to_owned(),
            ),
            ("The client", "pip3 install gigalixir --user".to_owned()),
            (
                "If the shell does not find it afterwards",
                "echo 'export PATH=~/.local/bin:$PATH' >> ~/.bash_profile\nsource ~/.bash_profile".to_owned(),
            ),
            check,
        ],
        Platform::Windows => vec![
            ("With Python 3 and git installed", "pip3 install gigalixir --user".to_owned()),
            (
                "If PowerShell does not find it afterwards; the folder is named after your Python",
                "[Environment]::SetEnvironmentVariable(\"Path\", $env:Path + \";$HOME\\appdata\\roaming\\python\\python38\\Scripts\", \"Machine\")".to_owned(),
            ),
            check,
        ],
    }
}

/// The commands of migrating over SSH: the key first, unless there is one.
pub(super) fn migrate_by_ssh(platform: Platform, app: &str, has_key: bool) -> String {
    let read = match platform {
        Platform::Windows => "Get-Content ~/.ssh/id_ed25519.pub",
        Platform::MacOs | Platform::Linux => "cat ~/.ssh/id_ed25519.pub",
    };
    let key = if has_key {
        String::new()
    } else {
        format!("gigalixir account:ssh_keys:add \"$({read})\"\n")
    };
    format!("{key}gigalixir ps:migrate -a {}", quote(app))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_installs_and_checks() {
        for (platform, _) in Platform::ALL {
            let blocks = blocks(Step::Install, platform, "a");
            assert!(blocks.iter().any(|(_, lines)| lines.contains("install")), "{platform:?}");
            assert_eq!(blocks.last().unwrap().1, "gigalixir --help");
            assert_eq!(Platform::of_word(platform.word()), Some(platform));
        }
    }

    #[test]
    fn commands_name_the_app() {
        for step in [Step::Create, Step::Remote, Step::Database, Step::Config, Step::Verify] {
            assert!(blocks(step, Platform::Linux, "my-app")[0].1.contains("my-app"), "{step:?}");
        }
    }

    #[test]
    fn a_key_is_added_only_when_there_is_none() {
        let lines = migrate_by_ssh(Platform::Windows, "my-app", false);
        assert!(
            lines.contains("Get-Content") && lines.ends_with("ps:migrate -a my-app"),
            "{lines}"
        );
        assert_eq!(
            migrate_by_ssh(Platform::MacOs, "my-app", true),
            "gigalixir ps:migrate -a my-app"
        );
    }

    #[test]
    fn browsers_name_their_platform() {
        assert_eq!(Platform::of_browser("Win32"), Platform::Windows);
        assert_eq!(Platform::of_browser("Linux x86_64"), Platform::Linux);
        assert_eq!(Platform::of_browser("MacIntel"), Platform::MacOs);
    }
}

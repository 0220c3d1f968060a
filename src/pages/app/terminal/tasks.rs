//! Tasks for a terminal, each with its command and requirements.

use backoffice_contract::argv::quote;

/// A requirement of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// A key of the account, and its private half on this machine.
    SshKey,
    /// At least one replica.
    Running,
    /// Clustered nodes.
    Clustering,
    /// The application that the observer uses.
    RuntimeTools,
    /// Enough memory for the observer beside the app.
    Size,
    /// macOS or Linux.
    NotWindows,
    /// A release, built with Elixir or Distillery.
    Release,
    /// A Distillery release.
    Distillery,
    /// A git version that can send extra headers.
    Git,
    /// A new version in mix.exs.
    VersionBump,
    /// An available database.
    Database,
}

/// The kind of build. The API does not report it, so the user chooses it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Not chosen.
    #[default]
    Unknown,
    /// No release: runs with Mix.
    Mix,
    /// A release built with Elixir.
    Elixir,
    /// A Distillery release.
    Distillery,
}

impl Kind {
    pub(super) const ALL: [(Self, &'static str); 4] = [
        (Self::Unknown, "Not sure"),
        (Self::Mix, "Mix"),
        (Self::Elixir, "Elixir release"),
        (Self::Distillery, "Distillery"),
    ];

    /// The word under which the browser remembers it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Mix => "mix",
            Self::Elixir => "elixir",
            Self::Distillery => "distillery",
        }
    }

    pub(super) fn of_word(word: &str) -> Self {
        let known = Self::ALL.into_iter().map(|(kind, _)| kind);
        known.into_iter().find(|kind| kind.word() == word).unwrap_or_default()
    }
}

/// The facts that the page knows.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Facts {
    /// Number of SSH keys of the account.
    pub(super) keys: Option<usize>,
    /// Number of running replicas, and their size.
    pub(super) running: Option<(u32, f64)>,
    /// The chosen kind of build.
    pub(super) kind: Kind,
    /// Whether the browser runs on Windows.
    pub(super) windows: bool,
}

/// Whether a need is met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Met {
    Yes(String),
    No(String),
    /// The console cannot check it.
    Unseen(String),
}

/// The smallest size with enough memory for the observer.
const OBSERVER_SIZE: f64 = 0.5;

impl Need {
    /// Whether it is met, with a label.
    pub(super) fn met(self, facts: &Facts) -> Met {
        let yes = |text: &str| Met::Yes(text.to_owned());
        let no = |text: &str| Met::No(text.to_owned());
        let unseen = |text: &str| Met::Unseen(text.to_owned());
        match self {
            Self::SshKey => match facts.keys {
                None => unseen("An SSH key"),
                Some(0) => no("No SSH key yet"),
                Some(1) => yes("1 SSH key"),
                Some(keys) => Met::Yes(format!("{keys} SSH keys")),
            },
            Self::Running => match facts.running {
                None => unseen("A running app"),
                Some((0, _)) => no("The app is not running"),
                Some(_) => yes("The app is running"),
            },
            Self::Size => match facts.running {
                None => unseen("Size 0.5"),
                Some((_, size)) if size < OBSERVER_SIZE => {
                    Met::No(format!("Size {size} is too small; use about 0.5"))
                }
                Some((_, size)) => Met::Yes(format!("Size {size}")),
            },
            Self::NotWindows if facts.windows => no("Not on Windows"),
            Self::NotWindows => yes("macOS or Linux"),
            Self::Release => match facts.kind {
                Kind::Unknown => unseen("An Elixir or Distillery release"),
                Kind::Mix => no("Does not work with Mix: run a job instead"),
                Kind::Elixir | Kind::Distillery => yes("A release"),
            },
            Self::Distillery => match facts.kind {
                Kind::Unknown => unseen("A Distillery release"),
                Kind::Distillery => yes("A Distillery release"),
                Kind::Mix | Kind::Elixir => no("Distillery only"),
            },
            Self::Clustering => unseen("Clustering is set up"),
            Self::RuntimeTools => unseen("runtime_tools in extra_applications"),
            Self::Git => unseen("git 2.9 or newer"),
            Self::VersionBump => unseen("A new version in mix.exs"),
            Self::Database => unseen("An available database"),
        }
    }
}

/// The group in which a task is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// On a running pod.
    Pod,
    /// With a push.
    Push,
    /// On the database.
    Database,
}

/// Something to do in a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Task {
    pub(super) part: Part,
    pub(super) title: &'static str,
    /// What it does, and what to know before running it.
    pub(super) about: &'static str,
    pub(super) command: String,
    pub(super) needs: &'static [Need],
}

/// All tasks for an app.
pub(super) fn tasks(app: &str) -> Vec<Task> {
    let app = quote(app);
    let on_pod = |title, about, command: String, needs| Task {
        part: Part::Pod,
        title,
        about,
        command,
        needs,
    };
    let push = |title, about, command: String, needs| Task {
        part: Part::Push,
        title,
        about,
        command,
        needs,
    };
    vec![
        on_pod(
            "Shell",
            "Opens a shell in one of the app's containers. Changes there are lost when the container ends.",
            format!("gigalixir ps:ssh -a {app}"),
            &[Need::SshKey, Need::Running],
        ),
        on_pod(
            "Remote console",
            "Opens an IEx session on the running node. Everything that you call runs in production.",
            format!("gigalixir ps:remote_console -a {app}"),
            &[Need::SshKey, Need::Running],
        ),
        on_pod(
            "One command",
            "Runs a command in an existing container. A job gets its own.",
            format!("gigalixir ps:run -a {app} uptime"),
            &[Need::SshKey, Need::Running],
        ),
        on_pod(
            "Migrations",
            "Runs migrations on the running node.",
            format!("gigalixir ps:migrate -a {app}"),
            &[Need::SshKey, Need::Running, Need::Release],
        ),
        on_pod(
            "Distillery's own commands",
            "Runs any command of the release's script, such as ping or describe.",
            format!("gigalixir ps:distillery -a {app} ping"),
            &[Need::SshKey, Need::Running, Need::Distillery],
        ),
        on_pod(
            "Observer",
            "Opens the observer's window on your machine, connected to the remote node. It forwards two ports and asks for sudo to set up their routes.",
            format!("gigalixir ps:observer -a {app}"),
            &[
                Need::SshKey,
                Need::Running,
                Need::Clustering,
                Need::RuntimeTools,
                Need::Size,
                Need::NotWindows,
            ],
        ),
        push(
            "Git remote",
            "Run this once in each clone of the repository, so that git knows where to push.",
            format!("gigalixir git:remote {app}"),
            &[],
        ),
        push(
            "Hot upgrade",
            "Replaces the code of the running nodes without restarting them.",
            "git -c http.extraheader=\"GIGALIXIR-HOT: true\" push gigalixir".to_owned(),
            &[Need::Distillery, Need::Git, Need::VersionBump, Need::Running],
        ),
        push(
            "Clean build",
            "Builds without the cache of earlier builds. Use it when a dependency or its version seems stuck.",
            "git -c http.extraheader=\"GIGALIXIR-CLEAN: true\" push gigalixir".to_owned(),
            &[Need::Git],
        ),
        Task {
            part: Part::Database,
            title: "psql",
            about: "Opens a session with the app's database from your machine.",
            command: format!("gigalixir pg:psql -a {app}"),
            needs: &[Need::Database],
        },
    ]
}

/// Commands that connect without the command-line client, with their labels.
pub(super) fn by_hand(ip: &str) -> Vec<(&'static str, String)> {
    let ssh = format!("ssh -t root@{}", quote(ip));
    vec![
        ("Shell", ssh.clone()),
        ("Remote console", format!("{ssh} gigalixir_run remote_console")),
        ("One command", format!("{ssh} gigalixir_run shell -- uptime")),
        ("Migrations", format!("{ssh} gigalixir_run migrate")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_names_the_app_or_is_gits_own() {
        for task in tasks("it's") {
            let quoted = r"'it'\''s'";
            assert!(
                task.command.contains(quoted) || task.command.starts_with("git -c"),
                "{task:?}"
            );
            assert!(!task.about.is_empty(), "{task:?}");
        }
    }

    #[test]
    fn commands_that_connect_by_ssh_need_a_key_and_a_running_app() {
        for task in tasks("a").into_iter().filter(|task| task.part == Part::Pod) {
            assert!(task.needs.starts_with(&[Need::SshKey, Need::Running]), "{task:?}");
        }
    }

    #[test]
    fn needs_are_judged_by_what_is_known() {
        let nothing = Facts::default();
        assert!(matches!(Need::SshKey.met(&nothing), Met::Unseen(_)));
        assert!(matches!(Need::Distillery.met(&nothing), Met::Unseen(_)));
        let facts =
            Facts { keys: Some(0), running: Some((2, 0.3)), kind: Kind::Elixir, windows: true };
        assert_eq!(Need::SshKey.met(&facts), Met::No("No SSH key yet".into()));
        assert_eq!(Need::Running.met(&facts), Met::Yes("The app is running".into()));
        assert!(matches!(Need::Size.met(&facts), Met::No(_)));
        assert!(matches!(Need::NotWindows.met(&facts), Met::No(_)));
        assert!(matches!(Need::Distillery.met(&facts), Met::No(_)));
        assert!(matches!(Need::Release.met(&facts), Met::Yes(_)));
        let ready = Facts {
            keys: Some(2),
            running: Some((1, 0.5)),
            kind: Kind::Distillery,
            windows: false,
        };
        assert_eq!(Need::SshKey.met(&ready), Met::Yes("2 SSH keys".into()));
        assert!(matches!(Need::Size.met(&ready), Met::Yes(_)));
        assert!(matches!(Need::Distillery.met(&ready), Met::Yes(_)));
    }

    #[test]
    fn the_kind_is_remembered_by_a_word() {
        for (kind, _) in Kind::ALL {
            assert_eq!(Kind::of_word(kind.word()), kind);
        }
        assert_eq!(Kind::of_word("docker"), Kind::Unknown);
    }
}

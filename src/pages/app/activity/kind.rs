//! What kind of thing an entry of the activity tells of, read from its words. The API
//! has no field for it, so words that nobody expects are simply another kind.

use crate::nav::AppPage;
use backoffice_ui::IconName;

/// A kind of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Code was pushed and released, or did not build.
    Deploy,
    /// An older release was released again.
    Rollback,
    /// Config variables.
    Config,
    /// Number and size of replicas.
    Scale,
    /// Restarts, and pods that were deleted.
    Restart,
    /// Commands that ran once.
    Job,
    /// Databases.
    Database,
    /// Maintenance mode.
    Maintenance,
    /// The stack.
    Stack,
    /// Domains, drains, access, canaries.
    Network,
    /// Creating the app.
    Created,
    /// Anything else.
    Other,
}

impl Kind {
    /// All of them, as they are offered.
    pub const ALL: [Self; 12] = [
        Self::Deploy,
        Self::Rollback,
        Self::Config,
        Self::Scale,
        Self::Restart,
        Self::Job,
        Self::Database,
        Self::Maintenance,
        Self::Stack,
        Self::Network,
        Self::Created,
        Self::Other,
    ];

    /// Its name in addresses and exports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Deploy => "deploy",
            Self::Rollback => "rollback",
            Self::Config => "config",
            Self::Scale => "scale",
            Self::Restart => "restart",
            Self::Job => "job",
            Self::Database => "database",
            Self::Maintenance => "maintenance",
            Self::Stack => "stack",
            Self::Network => "network",
            Self::Created => "created",
            Self::Other => "other",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// Its name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Deploy => "Deploy",
            Self::Rollback => "Rollback",
            Self::Config => "Config",
            Self::Scale => "Scale",
            Self::Restart => "Restart",
            Self::Job => "Job",
            Self::Database => "Database",
            Self::Maintenance => "Maintenance",
            Self::Stack => "Stack",
            Self::Network => "Domains, drains, access",
            Self::Created => "Created",
            Self::Other => "Other",
        }
    }

    /// Its icon.
    #[must_use]
    pub const fn icon(self) -> IconName {
        match self {
            Self::Deploy => IconName::Rocket,
            Self::Rollback => IconName::Rollback,
            Self::Config => IconName::Config,
            Self::Scale => IconName::Scale,
            Self::Restart => IconName::Restart,
            Self::Job => IconName::Terminal,
            Self::Database => IconName::Database,
            Self::Maintenance => IconName::Pause,
            Self::Stack => IconName::Apps,
            Self::Network => IconName::Globe,
            Self::Created => IconName::Plus,
            Self::Other => IconName::Info,
        }
    }

    /// The page where it is taken back, and what the link there says; `None` where
    /// nothing takes it back, or only the owner may: a collaborator deploys, rolls back,
    /// scales and sets config as the owner does. What a viewer may do is for the page to
    /// say, which shows them the state all the same.
    #[must_use]
    pub const fn undone_on(self) -> Option<(AppPage, &'static str)> {
        match self {
            Self::Deploy => Some((AppPage::Releases, "Roll back")),
            Self::Rollback => Some((AppPage::Releases, "Undo on releases")),
            Self::Config => Some((AppPage::Config, "Change config")),
            Self::Scale => Some((AppPage::Settings, "Scale again")),
            Self::Maintenance => Some((AppPage::Settings, "Turn on or off")),
            Self::Stack => Some((AppPage::Settings, "Choose a stack")),
            Self::Restart
            | Self::Job
            | Self::Database
            | Self::Network
            | Self::Created
            | Self::Other => None,
        }
    }
}

/// The first of these that an entry's words hold decides, so what is more telling
/// comes first: `Copied config vars from …` is config, whatever the other app is called.
const WORDS: [(&str, Kind); 24] = [
    ("rolled back", Kind::Rollback),
    ("rollback", Kind::Rollback),
    ("config var", Kind::Config),
    ("maintenance", Kind::Maintenance),
    ("deployed", Kind::Deploy),
    ("deploy", Kind::Deploy),
    ("build of", Kind::Deploy),
    ("scaled database", Kind::Database),
    ("database", Kind::Database),
    ("read replica", Kind::Database),
    ("backup", Kind::Database),
    ("scaled", Kind::Scale),
    ("scale", Kind::Scale),
    ("deleted pod", Kind::Restart),
    ("killed", Kind::Restart),
    ("restart", Kind::Restart),
    ("ran ", Kind::Job),
    ("stack", Kind::Stack),
    ("domain", Kind::Network),
    ("drain", Kind::Network),
    ("permission", Kind::Network),
    ("access", Kind::Network),
    ("canary", Kind::Network),
    ("created the app", Kind::Created),
];

/// The kind of an entry with these words.
#[must_use]
pub fn kind_of(summary: &str) -> Kind {
    let words = summary.to_lowercase();
    // Names are in backticks, and say nothing about the kind.
    let words: String = words.split('`').step_by(2).collect();
    WORDS.iter().find(|(word, _)| words.contains(word)).map_or(Kind::Other, |(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_kind_from_the_words() {
        for (summary, kind) in [
            ("Deployed commit `0123456`.", Kind::Deploy),
            ("Build of commit `0123456` failed: nothing was released.", Kind::Deploy),
            ("Rolled back to v4.", Kind::Rollback),
            ("Set `DATABASE_URL`, `STACK` config vars.", Kind::Config),
            ("Unset `DEPLOY_KEY` config var.", Kind::Config),
            ("Copied config vars from other-app.", Kind::Config),
            ("Scaled to 2 × 0.5.", Kind::Scale),
            ("Restarted the app.", Kind::Restart),
            ("Deleted pod mine-abc-def.", Kind::Restart),
            ("Ran mine-run-abc.", Kind::Job),
            ("Maintenance mode enabled.", Kind::Maintenance),
            ("Set the stack to gigalixir-18.", Kind::Stack),
            ("Created the app.", Kind::Created),
            ("Added domain `www.example.com`.", Kind::Network),
            ("Something new", Kind::Other),
            ("", Kind::Other),
        ] {
            assert_eq!(kind_of(summary), kind, "{summary}");
        }
    }

    #[test]
    fn nothing_is_offered_that_only_the_owner_may_do() {
        // Who has access, and deleting what was created.
        for kind in [Kind::Network, Kind::Created] {
            assert_eq!(kind.undone_on(), None, "{kind:?}");
        }
    }

    #[test]
    fn names_are_different() {
        for kind in Kind::ALL {
            assert_eq!(Kind::of_id(kind.id()), Some(kind));
        }
    }
}

//! The steps of the guide, and how far somebody is, from what the API says and from
//! what was ticked by hand.

use backoffice_contract::app::{Pod, PodStatus};

use crate::pages::app::shared::rollout::{Health, is_job};

/// The steps, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Step {
    Install,
    Account,
    Login,
    Prepare,
    Create,
    Remote,
    Versions,
    Database,
    Config,
    Deploy,
    Verify,
    Migrate,
}

impl Step {
    pub(super) const ALL: [Self; 12] = [
        Self::Install,
        Self::Account,
        Self::Login,
        Self::Prepare,
        Self::Create,
        Self::Remote,
        Self::Versions,
        Self::Database,
        Self::Config,
        Self::Deploy,
        Self::Verify,
        Self::Migrate,
    ];

    /// Its heading.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Install => "Install the command-line client",
            Self::Account => "Have an account",
            Self::Login => "Log in on the command line",
            Self::Prepare => "Prepare your app",
            Self::Create => "Create the app",
            Self::Remote => "Add the git remote",
            Self::Versions => "Specify versions",
            Self::Database => "Create a database",
            Self::Config => "Check the config",
            Self::Deploy => "Deploy",
            Self::Verify => "See that it works",
            Self::Migrate => "Run migrations",
        }
    }

    /// As it is remembered.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Install => "install",
            Self::Account => "account",
            Self::Login => "login",
            Self::Prepare => "prepare",
            Self::Create => "create",
            Self::Remote => "remote",
            Self::Versions => "versions",
            Self::Database => "database",
            Self::Config => "config",
            Self::Deploy => "deploy",
            Self::Verify => "verify",
            Self::Migrate => "migrate",
        }
    }

    /// Whether it is done once for the user rather than for each app.
    pub(super) fn is_of_user(self) -> bool {
        matches!(self, Self::Install | Self::Login)
    }

    /// Whether only whoever did it knows that it is done.
    pub(super) fn by_hand(self) -> bool {
        use Step::{Install, Login, Migrate, Prepare, Remote, Versions};
        matches!(self, Install | Login | Prepare | Remote | Versions | Migrate)
    }
}

/// What is known of the app that the guide is about.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Facts {
    /// Whether it exists; `None` while no app is chosen or nothing is known of it.
    pub(super) exists: Option<bool>,
    /// Whether it has a database, and whether one is available already.
    pub(super) database: Option<(bool, bool)>,
    /// Whether its config has a `DATABASE_URL`.
    pub(super) database_url: Option<bool>,
    /// Whether it was ever deployed.
    pub(super) deployed: Option<bool>,
    /// Whether the release of a push is being waited for.
    pub(super) building: bool,
    /// How it is doing.
    pub(super) health: Option<Health>,
    /// Whether a migration that was started here is under way.
    pub(super) migrating: bool,
    /// What was ticked by hand, or seen to be done once.
    pub(super) ticked: Vec<Step>,
}

/// How it is with a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// The API shows that it is done.
    Checked,
    /// It was ticked by hand.
    Ticked,
    /// It must have been done, since a later step is.
    Follows,
    /// It is under way.
    Doing,
    /// It is to be done.
    Todo,
    /// An app is to be chosen first.
    NoApp,
}

impl State {
    pub(super) fn is_done(self) -> bool {
        matches!(self, Self::Checked | Self::Ticked | Self::Follows)
    }
}

/// How it is with a step.
pub(super) fn state(step: Step, facts: &Facts) -> State {
    let checked =
        |known: Option<bool>| if known == Some(true) { State::Checked } else { State::Todo };
    let ticked = facts.ticked.contains(&step);
    let deployed = facts.deployed == Some(true);
    let has_app = facts.exists == Some(true);
    match step {
        Step::Account => State::Checked,
        Step::Create => checked(facts.exists),
        _ if ticked => State::Ticked,
        Step::Install | Step::Login => State::Todo,
        // What is deployed was prepared and pushed.
        Step::Prepare | Step::Remote | Step::Versions if deployed => State::Follows,
        Step::Prepare => State::Todo,
        _ if !has_app => State::NoApp,
        Step::Remote | Step::Versions => State::Todo,
        Step::Database => match facts.database {
            Some((_, true)) => State::Checked,
            Some((true, false)) => State::Doing,
            _ => State::Todo,
        },
        Step::Config => checked(facts.database_url),
        Step::Deploy if facts.building => State::Doing,
        Step::Deploy => checked(facts.deployed),
        Step::Verify => match facts.health {
            _ if !deployed => State::Todo,
            Some(Health::Healthy) => State::Checked,
            Some(Health::RollingOut { .. }) => State::Doing,
            _ => State::Todo,
        },
        Step::Migrate if facts.migrating => State::Doing,
        Step::Migrate => State::Todo,
    }
}

/// The first step that is not done.
pub(super) fn current(facts: &Facts) -> Option<Step> {
    Step::ALL.into_iter().find(|step| !state(*step, facts).is_done())
}

/// How many steps are done.
pub(super) fn done(facts: &Facts) -> usize {
    Step::ALL.into_iter().filter(|step| state(*step, facts).is_done()).count()
}

/// How it is with the job that was started here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Migration {
    /// It is not listed yet, or runs.
    UnderWay,
    /// It ended well.
    Done,
    /// It ended otherwise.
    Failed,
}

/// Reads from the pods how it is with a job that was not among those `before`.
pub(super) fn migration(before: &[String], pods: &[Pod]) -> Migration {
    let job = pods.iter().find(|pod| is_job(pod) && !before.contains(&pod.name));
    match job {
        Some(job) if job.status == PodStatus::Completed => {
            if job.last_state.terminated.is_some() {
                Migration::Failed
            } else {
                Migration::Done
            }
        }
        _ => Migration::UnderWay,
    }
}

#[cfg(test)]
mod tests {
    use backoffice_contract::app::{LastState, Terminated};

    use super::*;

    fn fresh() -> Facts {
        Facts {
            exists: Some(true),
            database: Some((false, false)),
            deployed: Some(false),
            health: Some(Health::Stopped),
            ..Facts::default()
        }
    }

    #[test]
    fn somebody_who_has_just_come_begins_with_the_client() {
        let facts = Facts::default();
        assert_eq!(current(&facts), Some(Step::Install));
        assert_eq!(state(Step::Account, &facts), State::Checked);
        assert_eq!(state(Step::Database, &facts), State::NoApp);
        assert_eq!(done(&facts), 1);
    }

    #[test]
    fn the_api_moves_the_guide_on() {
        let ticked = vec![Step::Install, Step::Login, Step::Prepare];
        let mut facts = Facts { ticked, ..Facts::default() };
        assert_eq!(current(&facts), Some(Step::Create));
        facts = Facts { ticked: facts.ticked, ..fresh() };
        assert_eq!(current(&facts), Some(Step::Remote));
        facts.ticked.extend([Step::Remote, Step::Versions]);
        assert_eq!(current(&facts), Some(Step::Database));
        facts.database = Some((true, false));
        assert_eq!(state(Step::Database, &facts), State::Doing);
        facts.database = Some((true, true));
        assert_eq!(current(&facts), Some(Step::Config));
        facts.database_url = Some(true);
        assert_eq!(current(&facts), Some(Step::Deploy));
        facts.building = true;
        assert_eq!(state(Step::Deploy, &facts), State::Doing);
        facts.building = false;
        facts.deployed = Some(true);
        facts.health = Some(Health::RollingOut { version: "2".into() });
        assert_eq!(state(Step::Verify, &facts), State::Doing);
        facts.health = Some(Health::Healthy);
        assert_eq!(current(&facts), Some(Step::Migrate));
        facts.migrating = true;
        assert_eq!(state(Step::Migrate, &facts), State::Doing);
        facts.ticked.push(Step::Migrate);
        assert_eq!((current(&facts), done(&facts)), (None, Step::ALL.len()));
    }

    #[test]
    fn an_app_that_is_deployed_was_prepared() {
        let facts = Facts { deployed: Some(true), ..fresh() };
        for step in [Step::Prepare, Step::Remote, Step::Versions] {
            assert_eq!(state(step, &facts), State::Follows);
        }
        assert_eq!(state(Step::Install, &facts), State::Todo);
    }

    #[test]
    fn a_job_is_told_from_those_before() {
        let pod = |name: &str, status: &str, failed: bool| Pod {
            name: name.into(),
            status: PodStatus::from(status),
            last_state: LastState {
                terminated: failed.then(|| Terminated { reason: "Error".into() }),
            },
            ..Pod::default()
        };
        let before = vec!["job-1".to_owned()];
        let old = pod("job-1", "Completed", true);
        let check = |pods: &[Pod]| migration(&before, pods);
        assert_eq!(check(&[old.clone(), pod("app-1", "Healthy", false)]), Migration::UnderWay);
        assert_eq!(check(&[old.clone(), pod("job-2", "Running", false)]), Migration::UnderWay);
        assert_eq!(check(&[old.clone(), pod("job-2", "Completed", false)]), Migration::Done);
        assert_eq!(check(&[old, pod("job-2", "Completed", true)]), Migration::Failed);
    }

    #[test]
    fn words_are_apart() {
        let words: Vec<&str> = Step::ALL.iter().map(|step| step.word()).collect();
        assert!(words.iter().enumerate().all(|(at, word)| !words[at + 1..].contains(word)));
    }
}

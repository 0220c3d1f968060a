//! What a command of the client takes and does.

use backoffice_contract::OperationId as Op;

use crate::host::QuestionKind;
use crate::programs::cli::Values;

/// A command.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Command {
    pub(crate) name: &'static str,
    pub(crate) aliases: &'static [&'static str],
    /// One sentence; empty if the operation's own sentence is used.
    about: &'static str,
    pub(crate) does: Does,
    pub(crate) options: &'static [Opt],
    pub(crate) arguments: &'static [Argument],
    /// The question to ask first, unless `-y` answers it.
    pub(crate) confirm: Option<&'static str>,
    /// Fields whose values follow from the name of the command.
    pub(crate) fixed: &'static [(&'static str, bool)],
}

/// What a command does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Does {
    /// Makes one call, and shows its result.
    Call(Op, Shows),
    /// Has its own function.
    Own(Own),
}

/// The output of a successful call.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shows {
    /// The value of `data`.
    Data,
    /// Nothing.
    Nothing,
    /// A sentence on the error output, so that scripts do not read it.
    Notice(&'static str),
    /// Lines in which `{name}` is replaced.
    Text(&'static str),
}

/// Commands that are more than one call, or make no call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Own {
    Signup,
    Login,
    Logout,
    ActivateMfa,
    ResetApiKey,
    RecoveryCodes,
    Create,
    GitRemote,
    Open,
    Logs,
    Rollback,
    CreateDatabase,
    Psql,
    Migrate,
    RemoteRun,
    Distillery,
    Interactive,
    Observer,
    Elsewhere,
    Version,
    Help,
}

/// An option.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opt {
    pub(crate) short: Option<char>,
    pub(crate) long: &'static str,
    /// The field that it sets.
    pub(crate) field: &'static str,
    pub(crate) takes: Takes,
    pub(crate) need: Need,
    pub(crate) about: &'static str,
}

/// The value of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// No value; the option sets the field to this.
    Flag(bool),
    Text,
    Number,
    Integer,
}

/// What happens if it is missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Need {
    Optional,
    Required,
    /// The shell asks for it.
    Asked(QuestionKind, &'static str),
    /// The default.
    Default(f64),
}

/// A word without an option.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Argument {
    pub(crate) name: &'static str,
    pub(crate) field: &'static str,
    pub(crate) shape: Shape,
}

/// How many words an argument takes, and how they are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    One,
    OneOrNone,
    /// All remaining words.
    Rest,
    /// The same, but may be empty.
    RestOrNone,
    /// All remaining words, each `KEY=VALUE`.
    Pairs,
}

/// The field that `-y` sets; no operation has a field with this name.
pub(crate) const YES: &str = "-y";

/// The field of the app.
const APP: &str = "app";

impl Command {
    pub(super) const fn new(name: &'static str, does: Does) -> Self {
        Self {
            name,
            aliases: &[],
            about: "",
            does,
            options: &[],
            arguments: &[],
            confirm: None,
            fixed: &[],
        }
    }

    pub(super) const fn also(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    pub(super) const fn about(self, about: &'static str) -> Self {
        Self { about, ..self }
    }

    pub(super) const fn with(self, options: &'static [Opt]) -> Self {
        Self { options, ..self }
    }

    pub(super) const fn takes(self, arguments: &'static [Argument]) -> Self {
        Self { arguments, ..self }
    }

    pub(super) const fn asks(self, confirm: &'static str) -> Self {
        Self { confirm: Some(confirm), ..self }
    }

    pub(super) const fn sets(self, fixed: &'static [(&'static str, bool)]) -> Self {
        Self { fixed, ..self }
    }

    /// Its purpose, in one sentence.
    pub(crate) fn sentence(&self) -> &'static str {
        match self.does {
            Does::Call(operation, _) if self.about.is_empty() => operation.endpoint().summary,
            _ => self.about,
        }
    }

    /// Whether it is about an app that the shell can find out.
    pub(crate) fn needs_app(&self) -> bool {
        self.options.iter().any(|option| option.field == APP)
    }

    /// Whether to ask its question: creating a database asks only about the free one.
    pub(crate) fn wants_confirmation(&self, values: &Values) -> bool {
        self.does.own() != Some(Own::CreateDatabase) || values.contains_key("free")
    }

    /// The fields to ask for if they are missing.
    pub(crate) fn questions(
        &self,
    ) -> impl Iterator<Item = (&'static str, QuestionKind, &'static str)> + use<> {
        self.options.iter().filter_map(|option| match option.need {
            Need::Asked(kind, text) => Some((option.field, kind, text)),
            _ => None,
        })
    }

    /// The operations that it calls.
    pub(crate) fn operations(&self) -> Vec<Op> {
        match self.does {
            Does::Call(operation, _) => vec![operation],
            Does::Own(own) => match own {
                Own::Signup => vec![Op::Signup],
                Own::Login => vec![Op::Login, Op::CreateSession],
                Own::Logout => vec![Op::DeleteSession],
                Own::ActivateMfa => vec![Op::StartMfa, Op::VerifyMfa],
                Own::ResetApiKey => vec![Op::RegenerateApiKey],
                Own::RecoveryCodes => vec![Op::RegenerateRecoveryCodes],
                Own::Create => vec![Op::CreateApp],
                Own::Logs => vec![Op::StreamLogs],
                Own::Rollback => vec![Op::ListReleases, Op::RollbackRelease],
                Own::CreateDatabase => vec![Op::CreateFreeDatabase, Op::CreateDatabase],
                Own::Psql => vec![Op::ListDatabases],
                Own::Migrate | Own::RemoteRun | Own::Interactive => {
                    vec![Op::ListSshKeys, Op::GetSshIp]
                }
                Own::Distillery => vec![Op::GetLatestRelease, Op::ListSshKeys, Op::GetSshIp],
                Own::Observer => vec![Op::GetObserverCommands, Op::GetSshIp],
                Own::Elsewhere => vec![Op::StartOauth],
                Own::GitRemote | Own::Open | Own::Version | Own::Help => Vec::new(),
            },
        }
    }
}

impl Does {
    pub(crate) fn own(self) -> Option<Own> {
        match self {
            Self::Own(own) => Some(own),
            Self::Call(..) => None,
        }
    }
}

pub(super) const fn call(name: &'static str, operation: Op, shows: Shows) -> Command {
    Command::new(name, Does::Call(operation, shows))
}

pub(super) const fn own(name: &'static str, own: Own) -> Command {
    Command::new(name, Does::Own(own))
}

pub(super) const fn opt(
    short: char,
    long: &'static str,
    field: &'static str,
    about: &'static str,
) -> Opt {
    Opt { short: Some(short), long, field, takes: Takes::Text, need: Need::Optional, about }
}

impl Opt {
    pub(super) const fn long_only(self) -> Self {
        Self { short: None, ..self }
    }

    pub(super) const fn number(self) -> Self {
        Self { takes: Takes::Number, ..self }
    }

    pub(super) const fn integer(self) -> Self {
        Self { takes: Takes::Integer, ..self }
    }

    pub(super) const fn flag(self, value: bool) -> Self {
        Self { takes: Takes::Flag(value), ..self }
    }

    pub(super) const fn required(self) -> Self {
        Self { need: Need::Required, ..self }
    }

    pub(super) const fn asked(self, kind: QuestionKind, text: &'static str) -> Self {
        Self { need: Need::Asked(kind, text), ..self }
    }

    pub(super) const fn or(self, default: f64) -> Self {
        Self { need: Need::Default(default), ..self }
    }
}

pub(super) const fn one(name: &'static str, field: &'static str) -> Argument {
    Argument { name, field, shape: Shape::One }
}

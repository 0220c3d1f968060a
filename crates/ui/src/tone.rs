//! What a message or state means. Each meaning has its colour and its own icon, so
//! that colour never stands alone.

use super::IconName;

/// The meaning of a badge, note, toast or gauge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// It works.
    Ok,
    /// It is under way and needs time.
    Wait,
    /// It failed.
    Bad,
    /// A limit holds it back.
    Limit,
    /// Worth knowing.
    Info,
    /// None of these.
    #[default]
    Neutral,
}

impl Tone {
    /// The last part of the class name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Wait => "wait",
            Self::Bad => "bad",
            Self::Limit => "limit",
            Self::Info => "info",
            Self::Neutral => "neutral",
        }
    }

    /// The icon that stands for it where no better one is given.
    #[must_use]
    pub fn icon(self) -> IconName {
        match self {
            Self::Ok => IconName::Check,
            Self::Wait | Self::Limit => IconName::Clock,
            Self::Bad => IconName::Alert,
            Self::Info | Self::Neutral => IconName::Info,
        }
    }
}

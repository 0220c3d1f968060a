//! How a header was read, as facts. The sentence about it is written where it is shown:
//! see `backoffice_client::sentences::reading`.

use serde::{Deserialize, Serialize};

use super::text::number;
use crate::Millis;

/// How a header was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reading {
    /// The name of the header, in lower case.
    pub header: String,
    /// Its value, shortened for showing and without characters that cannot be seen.
    pub value: String,
    /// The unit that the value was read in.
    pub unit: Unit,
    /// How far the server's clock is ahead of this one in milliseconds, negative if it is
    /// behind, where the moment was corrected by that.
    pub clock_ahead: Option<i64>,
    /// The window in milliseconds that the moment was cut to, because it lay beyond.
    pub cut_to: Option<Millis>,
}

impl Reading {
    /// The value, if it is a bare number of seconds or milliseconds left: only a series of
    /// them shows for certain which of the two it is.
    pub(crate) fn bare_number(&self) -> Option<f64> {
        matches!(self.unit, Unit::Seconds | Unit::Millis).then(|| number(&self.value)).flatten()
    }
}

/// How a moment was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Unit {
    /// Seconds left, whole or decimal.
    Seconds,
    /// Milliseconds left.
    Millis,
    /// A UNIX timestamp in seconds.
    EpochSeconds,
    /// A UNIX timestamp in milliseconds.
    EpochMillis,
    /// An HTTP-date or a date of RFC 3339.
    Date,
    /// The time left as a duration that names its units: `6m0s`, `PT1M30S`.
    Duration,
}

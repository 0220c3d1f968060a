//! Whose time is shown.

use std::fmt;
use std::str::FromStr;

use js_sys::Date;
use wasm_bindgen::JsValue;

/// The time of the axis and of the readout.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Zone {
    /// The browser's.
    #[default]
    Local,
    /// UTC, as the API has it.
    Utc,
}

impl Zone {
    /// What is added to UTC at `ms`, both in milliseconds: summer time may begin
    /// within a chart.
    #[must_use]
    pub fn offset(self, ms: f64) -> f64 {
        match self {
            Self::Utc => 0.0,
            Self::Local => -Date::new(&JsValue::from_f64(ms)).get_timezone_offset() * 60_000.0,
        }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Local => "local",
            Self::Utc => "utc",
        })
    }
}

impl FromStr for Zone {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Local, Self::Utc].into_iter().find(|zone| zone.to_string() == text).ok_or(())
    }
}

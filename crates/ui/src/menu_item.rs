//! What a menu offers.

use leptos::prelude::*;

use super::IconName;

/// One action of a menu.
#[derive(Clone)]
pub struct MenuItem {
    pub(super) label: String,
    pub(super) icon: Option<IconName>,
    pub(super) disabled_reason: Option<String>,
    pub(super) on_pick: Callback<()>,
}

impl MenuItem {
    /// An action with its name.
    #[must_use]
    pub fn new(label: impl Into<String>, on_pick: Callback<()>) -> Self {
        Self { label: label.into(), icon: None, disabled_reason: None, on_pick }
    }

    /// With an icon.
    #[must_use]
    pub fn icon(self, icon: IconName) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// It cannot be picked now, and why.
    #[must_use]
    pub fn disabled(self, reason: Option<String>) -> Self {
        Self { disabled_reason: reason, ..self }
    }
}

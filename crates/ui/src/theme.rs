//! Light, dark, or as the system is. Remembered for the next visit where the browser
//! allows it; `boot.js` reads the same entry before the first paint.

use leptos::prelude::*;
use web_sys::Storage;

/// The entry of local storage.
const KEY: &str = "backoffice.theme";

/// What was chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// As the system is.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl ThemeChoice {
    /// As it is remembered, and as the attribute of the page has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The one that a press of the button leads to.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    fn parse(text: &str) -> Self {
        [Self::Light, Self::Dark]
            .into_iter()
            .find(|choice| choice.as_str() == text)
            .unwrap_or_default()
    }
}

/// The choice, for whoever shows or changes it.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    /// What was chosen.
    pub choice: RwSignal<ThemeChoice>,
}

/// Applies the remembered choice, and each later one, to the page.
pub fn provide_theme() -> Theme {
    let remembered = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    let choice = RwSignal::new(ThemeChoice::parse(&remembered.unwrap_or_default()));
    Effect::new(move |_| apply(choice.get()));
    let theme = Theme { choice };
    provide_context(theme);
    theme
}

/// The theme that was provided above.
#[must_use]
pub fn use_theme() -> Theme {
    expect_context()
}

fn apply(choice: ThemeChoice) {
    if let Some(root) = document().document_element() {
        // The name is a valid one, so neither fails.
        let _ = match choice {
            ThemeChoice::System => root.remove_attribute("data-theme"),
            _ => root.set_attribute("data-theme", choice.as_str()),
        };
    }
    if let Some(storage) = storage() {
        // Storage that is full or read-only: the choice holds until the page is left.
        let _ = storage.set_item(KEY, choice.as_str());
    }
}

/// Local storage, unless the browser blocks it.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_read_again() {
        for choice in [ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark] {
            assert_eq!(ThemeChoice::parse(choice.as_str()), choice);
        }
        assert_eq!(ThemeChoice::parse("sepia"), ThemeChoice::System);
    }

    #[test]
    fn three_presses_come_back() {
        assert_eq!(ThemeChoice::System.next().next().next(), ThemeChoice::System);
    }
}

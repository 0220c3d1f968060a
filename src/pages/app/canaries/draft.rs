//! What the form for the canary holds, against what is set.

use backoffice_contract::network::{Canary, CanaryRequest};

/// An app and its share; without an app, there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The other app.
    pub app: String,
    /// Its share in percent.
    pub weight: u32,
}

impl Draft {
    /// What is set.
    #[must_use]
    pub fn of(canary: Option<&Canary>) -> Self {
        canary
            .map(|canary| Self { app: canary.canary.clone(), weight: canary.weight })
            .unwrap_or_default()
    }

    /// What applying it changes, in words.
    #[must_use]
    pub fn change_from(&self, base: &Self) -> String {
        let Self { app, weight } = self;
        if app.is_empty() {
            String::new()
        } else if base.app.is_empty() {
            format!("Applying sends {weight} % of the requests to {app}.")
        } else if base.app == *app {
            format!("Applying changes the share of {app} from {} % to {weight} %.", base.weight)
        } else {
            format!("Applying sends {weight} % to {app}, and none to {} any more.", base.app)
        }
    }
}

/// What has to be sent to get from `base` to `draft`: only what differs, since the other
/// is kept. `None` when nothing does, or no app is chosen.
#[must_use]
pub fn request(base: &Draft, draft: &Draft) -> Option<CanaryRequest> {
    let canary = Some(draft.app.clone()).filter(|app| *app != base.app);
    // The first share is said even where it would be the default.
    let weight = Some(draft.weight).filter(|weight| *weight != base.weight || base.app.is_empty());
    let differs = canary.is_some() || weight.is_some();
    (differs && !draft.app.is_empty()).then_some(CanaryRequest { canary, weight })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(app: &str, weight: u32) -> Draft {
        Draft { app: app.to_owned(), weight }
    }

    #[track_caller]
    fn check(base: &Draft, draft: &Draft, canary: Option<&str>, weight: Option<u32>) {
        let canary = canary.map(str::to_owned);
        assert_eq!(request(base, draft), Some(CanaryRequest { canary, weight }));
    }

    #[test]
    fn only_what_differs_is_sent() {
        let base = draft("blue", 5);
        assert_eq!(request(&base, &base), None);
        check(&base, &draft("blue", 25), None, Some(25));
        check(&base, &draft("green", 5), Some("green"), None);
        check(&base, &draft("green", 0), Some("green"), Some(0));
        check(&Draft::default(), &draft("blue", 0), Some("blue"), Some(0));
        assert_eq!(request(&Draft::default(), &draft("", 5)), None);
    }

    #[test]
    fn a_change_is_told_in_words() {
        let base = draft("blue", 5);
        assert_eq!(
            draft("blue", 25).change_from(&base),
            "Applying changes the share of blue from 5 % to 25 %."
        );
        assert_eq!(
            draft("green", 5).change_from(&base),
            "Applying sends 5 % to green, and none to blue any more."
        );
        assert_eq!(
            draft("blue", 0).change_from(&Draft::default()),
            "Applying sends 0 % of the requests to blue."
        );
    }
}

//! What all form fields share: the label above, the hint and the error below, and how
//! assistive technology learns of them.

use leptos::prelude::*;

use super::dom::unique_id;
use super::{Icon, IconName};

/// The ids that tie a control to its texts, and the texts.
#[derive(Clone, Copy)]
pub(super) struct FieldTexts {
    ids: StoredValue<Ids>,
    hint: MaybeProp<String>,
    error: Signal<Option<String>>,
}

struct Ids {
    control: String,
    hint: String,
    error: String,
}

impl FieldTexts {
    pub(super) fn new(hint: MaybeProp<String>, error: Signal<Option<String>>) -> Self {
        let control = unique_id("field");
        let ids =
            Ids { hint: format!("{control}-hint"), error: format!("{control}-error"), control };
        Self { ids: StoredValue::new(ids), hint, error }
    }

    /// The id of the control.
    pub(super) fn control(self) -> String {
        self.ids.with_value(|ids| ids.control.clone())
    }

    /// The value of `aria-invalid`.
    pub(super) fn invalid(self) -> Option<&'static str> {
        self.error.with(Option::is_some).then_some("true")
    }

    /// The value of `aria-describedby`: the error first, since it is what matters.
    pub(super) fn described_by(self) -> Option<String> {
        let error = self.error.with(Option::is_some);
        let hint = self.hint.get().is_some();
        self.ids.with_value(|ids| match (error, hint) {
            (true, true) => Some(format!("{} {}", ids.error, ids.hint)),
            (true, false) => Some(ids.error.clone()),
            (false, true) => Some(ids.hint.clone()),
            (false, false) => None,
        })
    }

    /// Label above, control, hint and error below.
    pub(super) fn wrap(self, label: Signal<String>, control: AnyView) -> AnyView {
        view! {
            <div class="field">
                <label class="field__label" for=self.control()>{label}</label>
                {control}
                {self.below()}
            </div>
        }
        .into_any()
    }

    /// Hint and error.
    pub(super) fn below(self) -> AnyView {
        let (hint_id, error_id) = self.ids.with_value(|ids| (ids.hint.clone(), ids.error.clone()));
        view! {
            {move || self.hint.get().map(|hint| view! {
                <p class="field__hint" id=hint_id.clone()>{hint}</p>
            })}
            {move || self.error.get().map(|error| view! {
                <p class="field__error" id=error_id.clone()>
                    <Icon name=IconName::Alert />
                    <span>{error}</span>
                </p>
            })}
        }
        .into_any()
    }
}

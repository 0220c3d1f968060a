//! The actions that the open page offers to the command palette and to the keyboard. Parts
//! of a page offer them themselves, so that no central list is needed.

use leptos::prelude::*;

use backoffice_ui::IconName;

/// An action that the open page offers.
#[derive(Clone, Copy)]
pub enum Offer {
    /// An action, which may ask before it does anything.
    Action {
        /// Its name, starting with a verb.
        label: &'static str,
        /// Other words that a user may search for.
        also: &'static str,
        /// Its icon.
        icon: IconName,
        /// Runs it.
        run: Callback<()>,
    },
    /// Refreshes data that the page shows.
    Refresh(Callback<()>),
    /// The command line equivalent to a part of the page.
    Command(Signal<String>),
}

/// The current offers, each with a number by which to withdraw it.
#[derive(Clone, Copy)]
pub struct PageActions {
    offers: RwSignal<Vec<(u64, Offer)>>,
    last: StoredValue<u64>,
}

/// Provides the place for offers to everything below.
pub fn provide_page_actions() -> PageActions {
    let actions = PageActions { offers: RwSignal::new(Vec::new()), last: StoredValue::new(0) };
    provide_context(actions);
    actions
}

/// Offers something as long as the calling component exists. Outside the console's frame,
/// where no palette shows offers, it does nothing.
pub fn offer(offer: Offer) {
    let Some(PageActions { offers, last }) = use_context() else { return };
    let id = last.get_value().wrapping_add(1);
    last.set_value(id);
    offers.update(|offers| offers.push((id, offer)));
    on_cleanup(move || {
        // The frame may be removed first.
        let _ = offers.try_update(|offers| offers.retain(|(other, _)| *other != id));
    });
}

impl PageActions {
    /// The current offers; reactive.
    #[must_use]
    pub fn offers(self) -> Vec<Offer> {
        self.offers.with(|offers| offers.iter().map(|(_, offer)| *offer).collect())
    }

    /// Refreshes the data that the page shows. Panels that show the same data share one
    /// read.
    pub fn refresh(self) {
        for offer in untrack(|| self.offers()) {
            if let Offer::Refresh(refresh) = offer {
                // The component that offered it may have been removed.
                let _ = refresh.try_run(());
            }
        }
    }
}

//! What the page that is open offers to the command palette and to the keyboard. Parts
//! of a page offer it themselves, so that no list of them has to be kept elsewhere.

use leptos::prelude::*;

use backoffice_ui::IconName;

/// Something that the open page offers.
#[derive(Clone, Copy)]
pub enum Offer {
    /// An action, which may ask before it does anything.
    Action {
        /// Its name, a verb first.
        label: &'static str,
        /// Other words that somebody may look for.
        also: &'static str,
        /// Its icon.
        icon: IconName,
        /// Does it.
        run: Callback<()>,
    },
    /// Reads something again that the page shows.
    Refresh(Callback<()>),
    /// A command line that does what a part of the page does.
    Command(Signal<String>),
}

/// All that is offered now, each with a number to take it back by.
#[derive(Clone, Copy)]
pub struct PageActions {
    offers: RwSignal<Vec<(u64, Offer)>>,
    last: StoredValue<u64>,
}

/// Makes the place for offers, for everything below.
pub fn provide_page_actions() -> PageActions {
    let actions = PageActions { offers: RwSignal::new(Vec::new()), last: StoredValue::new(0) };
    provide_context(actions);
    actions
}

/// Offers something as long as the calling component is there. Outside of the console's
/// frame, where nobody listens, it does nothing.
pub fn offer(offer: Offer) {
    let Some(PageActions { offers, last }) = use_context() else { return };
    let id = last.get_value().wrapping_add(1);
    last.set_value(id);
    offers.update(|offers| offers.push((id, offer)));
    on_cleanup(move || {
        // The frame may go first.
        let _ = offers.try_update(|offers| offers.retain(|(other, _)| *other != id));
    });
}

impl PageActions {
    /// What is offered; reactive.
    #[must_use]
    pub fn offers(self) -> Vec<Offer> {
        self.offers.with(|offers| offers.iter().map(|(_, offer)| *offer).collect())
    }

    /// Reads again what the page shows. Panels that show the same read it once.
    pub fn refresh(self) {
        for offer in untrack(|| self.offers()) {
            if let Offer::Refresh(refresh) = offer {
                // What offered it may have gone.
                let _ = refresh.try_run(());
            }
        }
    }
}

//! The one listener to the events of a client, which can be set later and replaced.

use std::cell::RefCell;
use std::rc::Rc;

use backoffice_client::Event;

/// Hears an event.
type Hear = Rc<dyn Fn(Event)>;

/// The place of the listener.
#[derive(Clone, Default)]
pub(super) struct Listener(Rc<RefCell<Option<Hear>>>);

impl Listener {
    /// `hear` takes the place of the listener before it.
    pub(super) fn set(&self, hear: impl Fn(Event) + 'static) {
        self.0.replace(Some(Rc::new(hear)));
    }

    /// Calls the listener, which may set another meanwhile.
    pub(super) fn notify(&self, event: Event) {
        let hear = self.0.borrow().clone();
        if let Some(hear) = hear {
            hear(event);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_listener_may_set_another_while_it_hears() {
        let listener = Listener::default();
        listener.notify(Event::Budget);
        let (first, second): (Rc<Cell<u32>>, Rc<Cell<u32>>) = Default::default();
        let (heard, heard_next, place) = (Rc::clone(&first), Rc::clone(&second), listener.clone());
        listener.set(move |_| {
            heard.set(heard.get() + 1);
            let heard_next = Rc::clone(&heard_next);
            place.set(move |_| heard_next.set(heard_next.get() + 1));
        });
        listener.notify(Event::Budget);
        listener.notify(Event::Session);
        assert_eq!((first.get(), second.get()), (1, 1));
    }
}

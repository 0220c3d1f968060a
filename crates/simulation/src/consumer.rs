//! Another consumer of the same limit: the user's command line or CI.

use std::rc::Rc;

use backoffice_client::Millis;

use crate::machine::chance::Chance;
use crate::machine::clock::Clock;
use crate::machine::line::Line;
use crate::server::{Ask, Source};

/// Calls at random moments, without ever trying again.
pub struct Consumer {
    clock: Rc<Clock>,
    line: Rc<Line>,
    chance: Chance,
    /// The mean time between two calls, in milliseconds.
    gap: f64,
}

impl Consumer {
    /// Starts to call `calls` times in `window` milliseconds on average, and goes on
    /// as long as the clock does.
    pub fn start(clock: Rc<Clock>, line: Rc<Line>, chance: Chance, calls: f64, window: Millis) {
        let gap = window as f64 / calls.max(f64::MIN_POSITIVE);
        Rc::new(Self { clock, line, chance, gap }).wait();
    }

    fn wait(self: Rc<Self>) {
        let gap = self.chance.exponential(self.gap) as Millis;
        let clock = Rc::clone(&self.clock);
        clock.after(gap, move || {
            // The answer is the server's to count: nothing is made of it here.
            drop(self.line.exchange(Ask {
                source: Source::Consumer,
                method: "GET".into(),
                path: "/api/apps".into(),
                token: None,
            }));
            self.wait();
        });
    }
}

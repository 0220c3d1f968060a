//! What a shell remembers as one text, so that another goes on where it stopped: that
//! of the next block of a page, or of the same page after it was loaded again.

use backoffice_contract::{Secret, json};

use crate::shell::Shell;
use crate::state::State;

impl Shell {
    /// Files, folders, variables, repositories, history, and who is signed in. It holds
    /// the API key in clear, so it may be kept where tokens are and nowhere else.
    #[must_use]
    pub fn snapshot(&self) -> Secret {
        // Maps with text keys always become JSON.
        json::write(&*self.state.borrow()).unwrap_or_default().into()
    }

    /// Goes on from a snapshot; `false`, and no change, when this is none. Not while
    /// something runs.
    pub fn restore(&self, snapshot: &Secret) -> bool {
        match json::read(snapshot.expose()) {
            Ok(state) => {
                self.state.replace(state);
                true
            }
            Err(_) => false,
        }
    }

    /// Forgets everything, as if the shell were opened for the first time with this
    /// seed. Not while something runs.
    pub fn start_over(&self, seed: u64) {
        self.state.replace(State::new(seed));
    }
}

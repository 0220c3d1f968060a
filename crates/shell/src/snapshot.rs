//! A shell's memory as one text, with which another shell continues where it stopped: the
//! shell of the next block of a page, or of the same page after a reload.

use backoffice_contract::{Secret, json};

use crate::shell::Shell;
use crate::state::State;

impl Shell {
    /// Files, folders, variables, repositories, history, and the signed-in account. It
    /// holds the API key in clear text, so keep it only where tokens are kept.
    #[must_use]
    pub fn snapshot(&self) -> Secret {
        // Maps with text keys always become JSON.
        json::write(&*self.state.borrow()).unwrap_or_default().into()
    }

    /// Continues from a snapshot; `false`, and no change, if the text is not a snapshot. Do
    /// not call it while something runs.
    pub fn restore(&self, snapshot: &Secret) -> bool {
        match json::read(snapshot.expose()) {
            Ok(state) => {
                self.state.replace(state);
                true
            }
            Err(_) => false,
        }
    }

    /// Forgets everything, as if the shell were opened for the first time with this seed.
    /// Do not call it while something runs.
    pub fn start_over(&self, seed: u64) {
        self.state.replace(State::new(seed));
    }
}

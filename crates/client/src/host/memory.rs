//! What is remembered beyond a reload.

/// Remembers small texts by name. Nothing secret and nothing that names a person is
/// given to it, so it may be shared and lasting.
pub trait Memory {
    /// What was remembered under `name`.
    fn recall(&self, name: &str) -> Option<String>;

    /// Remembers a text; where that fails, it is forgotten with the page.
    fn remember(&self, name: &str, text: &str);
}

/// The memory of a host that has none.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoMemory;

impl Memory for NoMemory {
    fn recall(&self, _: &str) -> Option<String> {
        None
    }

    fn remember(&self, _: &str, _: &str) {}
}

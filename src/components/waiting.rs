//! What a call waits for, in words.

pub mod call_words;
pub mod current_wait;
pub mod wait_words;
pub mod waiting_calls;
pub mod waiting_note;

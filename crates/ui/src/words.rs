//! How times, numbers and amounts are written, and how texts are searched.

pub mod money;
pub mod numbers;
pub mod text_search;
pub mod time;

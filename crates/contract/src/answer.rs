//! Reading answers, in whatever shape servers of this family write them.

pub mod envelope;
pub mod error;
pub mod json;
pub mod lenient;

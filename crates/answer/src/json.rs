//! JSON: what is read of it, and what is kept.

mod folds;
mod number;
mod paths;
mod render;
mod scanner;
mod spans;
mod tree;

pub use scanner::Scanner;
pub use spans::{Spans, spans};
pub use tree::Tree;

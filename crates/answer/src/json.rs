//! JSON: how it is read, and what is kept of it.

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

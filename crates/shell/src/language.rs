//! The POSIX shell: reading lines, expanding words and running commands.

pub mod exec;
pub mod expand;
pub mod files;
pub mod io;
pub mod lexer;
pub mod parser;
pub mod token;

//! What pages of documentation need: their snippets, links into the shell and the doctest.

#[cfg(feature = "doctest")]
pub mod doctest;
#[cfg(test)]
pub mod known;
pub mod pasted;
pub mod permalink;
pub mod snippets;

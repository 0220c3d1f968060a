//! What the fuzz targets assert. The tests of the client include these files by path
//! and replay the kept corpora through them, so that a change is checked without the
//! nightly compiler that fuzzing takes.

pub mod classify;
pub mod headers;

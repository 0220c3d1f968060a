//! An index over the body of an HTTP answer, with which a view shows, folds and searches
//! tens of megabytes without a noticeable pause.
//!
//! Bytes arrive in pieces and are kept as they are: numbers of twenty digits, escapes,
//! duplicate keys and the order of keys are shown as they were sent. The index on top is
//! small: the place of each line of the indented form (four bytes) and of each container.
//! The indented text itself never exists: [`Answer::line`] makes the few lines that are
//! in view.
//!
//! No call takes long. Reading and searching run in steps with a budget of bytes, so that
//! the caller can check its clock in between; folding, and finding the line at a
//! position, cost about as much for a million lines as for a thousand.
//!
//! ```
//! use backoffice_answer::{Answer, Find, Progress, Status, View};
//!
//! let mut answer = Answer::new(120);
//! answer.push(br#"{"id":12345678901234567890,"tags":["a","#);
//! answer.push(br#""b"]}"#);
//! answer.finish();
//! while answer.step(65_536) == Progress::Working {}
//!
//! assert_eq!(*answer.status(), Status::Json);
//! assert_eq!(answer.line_count(), 7);
//! let line = answer.line(1).unwrap();
//! assert_eq!(line.key.unwrap().text, r#""id""#);
//! assert_eq!(line.value.text, "12345678901234567890");
//! assert_eq!(answer.path(4), "tags[1]");
//!
//! // Folded, the list takes one line.
//! answer.toggle(2);
//! assert_eq!(answer.line_count(), 4);
//!
//! // A search also runs in steps; it finds text in folded lines too.
//! let mut find = Find::new("B", View::Pretty);
//! while find.step(&answer, 65_536) == Progress::Working {}
//! assert_eq!(find.count(), 1);
//! let place = find.go_next().unwrap();
//! assert_eq!(answer.reveal(place), Some(4));
//! ```
//!
//! Text that is not JSON, or stops being JSON, is shown as text: [`Answer::row`] has the
//! rows of the text as it was sent, from the first byte on, while it grows. [`Status`]
//! says which it is, and where the JSON is invalid.
//!
//! Limits: a text of up to 2 GiB, 1,000 levels, a million matches.

mod answer;
mod bits;
mod blocks;
mod broken;
mod find;
mod json;
mod line;
mod needle;
mod rows;
mod status;
mod utf8;
mod visible;

pub use answer::{Answer, Progress, View};
pub use broken::Broken;
pub use find::{FOUND_AT_MOST, Find};
pub use line::{Excerpt, Fold, Kind, Line};
pub use rows::Row;
pub use status::Status;

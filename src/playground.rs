//! The playground of the documentation.

pub mod answer_view;

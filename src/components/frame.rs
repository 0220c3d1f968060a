//! The frame around every page: rail, notices, titles, shortcuts and help.

pub mod auth_frame;
pub mod console;
pub mod help_sheet;
pub mod notices;
pub mod page_actions;
pub mod page_title;
pub mod shortcuts;
pub mod whereabouts;

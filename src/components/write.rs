//! Forms and dialogs that send a call.

pub mod call_dialog;
pub mod call_state;
pub mod checked_field;
pub mod dialog_target;
pub mod form_card;
pub mod form_dialog;
pub mod operation_dialog;
pub mod undo_removal;

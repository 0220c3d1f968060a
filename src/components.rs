//! Parts of pages that know the API or the router.

mod auth_frame;
mod budget_meter;
mod checked_field;
mod command;
mod dialog_target;
mod error_note;
mod journal_drawer;
mod journal_entry;
mod mailbox;
mod page_title;
mod query_view;
mod shell;
mod sign_in_dialog;
mod sign_in_form;
mod stamp;
mod waiting_note;

pub use auth_frame::AuthFrame;
pub use checked_field::{EmailField, NewPasswordField};
pub use command::OperationCommand;
pub use dialog_target::open_while_some;
pub use error_note::ErrorNote;
pub use journal_drawer::JournalList;
pub use mailbox::Mailbox;
pub use page_title::PageTitle;
pub use query_view::QueryView;
pub use shell::Shell;
pub use sign_in_form::SignInForm;
pub use stamp::Stamp;

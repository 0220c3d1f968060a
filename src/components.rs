//! Parts of pages that know the API or the router, in areas: the frame around pages, and what
//! reads, writes, waits and signs in.

mod budget;
pub mod frame;
mod journal;
mod palette;
mod read;
mod sign_in;
mod waiting;
mod write;

pub use frame::auth_frame::AuthFrame;
pub use frame::console::ConsoleFrame;
pub use frame::page_actions::{Offer, offer};
pub use frame::page_title::PageTitle;
pub use journal::list::JournalList;
pub use read::command::OperationCommand;
pub use read::error_note::ErrorNote;
pub use read::query_card::QueryCard;
pub use read::query_view::QueryView;
pub use read::stamp::Stamp;
pub use sign_in::form::SignInForm;
pub use sign_in::mailbox::Mailbox;
pub use sign_in::provider::{ContinueWithProvider, PROVIDER};
pub use sign_in::provider_sign_in::ProviderSignIn;
pub use sign_in::sign_out::use_sign_out;
pub use write::call_dialog::CallDialog;
pub use write::call_state::{CallActions, CallButton, CallState, leave_label_of, tie_to_dialog};
pub use write::checked_field::{EmailField, NewPasswordField, field_error};
pub use write::dialog_target::open_while_some;
pub use write::form_card::FormCard;
pub use write::form_dialog::FormDialog;
pub use write::operation_dialog::{OperationDialog, on_answer};
pub use write::undo_removal::UndoRemoval;

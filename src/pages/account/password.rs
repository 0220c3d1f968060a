//! Another password.

use backoffice_contract::account::ChangePasswordRequest;
use backoffice_contract::{op, rules};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::{ErrorNote, FormCard, field_error};
use crate::pages::account::password_field::CurrentPasswordField;
use crate::paths;
use backoffice_ui::{Button, ButtonType, ButtonVariant, FieldKind, TextField, use_toasts};
use backoffice_web_client::use_mutation;

/// The form.
#[component]
pub fn ChangePassword() -> impl IntoView {
    let toasts = use_toasts();
    let change = use_mutation();
    let current = RwSignal::new(String::new());
    let new = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    let new_error = field_error(
        "The password",
        new,
        checked,
        rules::password,
        change.field_error("new_password"),
    );
    let hint = Signal::derive(move || new.with(|new| progress(new)));
    let operation = Signal::derive(move || op::ChangePassword {
        body: ChangePasswordRequest {
            current_password: current.get().into(),
            new_password: new.get().into(),
        },
    });
    let submit = move || {
        checked.set(true);
        let operation = operation.get_untracked();
        if operation.body.current_password.is_empty()
            || rules::password(operation.body.new_password.expose()).is_err()
        {
            return;
        }
        change.run(operation, move |_| {
            checked.set(false);
            current.set(String::new());
            new.set(String::new());
            toasts.ok("The password is changed. All other sessions have ended.");
        });
    };
    view! {
        <FormCard title="Password" operation on_submit=submit>
            <div class="form card__body">
                <p class="muted">
                    "Changing it ends all other sessions, on every machine. This one goes on, and so does the API key."
                </p>
                <ErrorNote error=change.general_error(&["current_password", "new_password"]) />
                <CurrentPasswordField value=current checked call=change />
                <TextField
                    focus_on_error=true
                    label="New password"
                    value=new
                    kind=FieldKind::Password
                    autocomplete="new-password"
                    hint=hint
                    error=new_error
                />
                <div class="form__actions form__actions--apart">
                    <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=change.pending>
                        "Change the password"
                    </Button>
                    <A href=paths::RESET_PASSWORD attr:class="link">"Forgot it?"</A>
                </div>
            </div>
        </FormCard>
    }
}

/// How far what is typed has come, without a word of blame.
fn progress(password: &str) -> String {
    match (password.chars().count(), rules::MIN_PASSWORD) {
        (0, least) => {
            format!("At least {least} characters; a passphrase of several words is better.")
        }
        (typed, least) if typed < least => format!("{typed} of at least {least} characters."),
        _ => "Long enough. A passphrase of several words is better.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_much_is_missing() {
        assert_eq!(progress("abc"), "3 of at least 4 characters.");
        assert!(progress("äöüß").starts_with("Long enough"));
    }
}

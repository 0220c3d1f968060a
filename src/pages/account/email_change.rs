//! Another e-mail address for the account: asked for here, confirmed by mail.

use backoffice_contract::account::{Account, ChangeEmailRequest};
use backoffice_contract::{Secret, op, rules};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::{ErrorNote, FormCard, Mailbox, field_error};
use crate::pages::account::password_field::CurrentPasswordField;
use backoffice_ui::{
    Button, ButtonType, ButtonVariant, FieldKind, Note, TextField, Tone, use_toasts,
};
use backoffice_web_client::{Query, use_api, use_mutation};

/// The form, and the change that waits.
#[component]
pub fn EmailChange(
    /// The account, which tells of a change that waits where its server does.
    account: Query<Account>,
) -> impl IntoView {
    let change = use_mutation();
    let next = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    // What was asked for here, for servers that do not tell.
    let asked = RwSignal::new(None::<String>);
    let waiting = Memo::new(move |_| {
        let account = account.data()?;
        let asked = asked.get().filter(|asked| !asked.eq_ignore_ascii_case(&account.email));
        account.next_email.or(asked)
    });
    let next_error = field_error(
        "The address",
        next,
        checked,
        |email| rules::email(email.trim()),
        change.field_error("next_email"),
    );
    let operation = Signal::derive(move || op::ChangeEmail {
        body: ChangeEmailRequest {
            next_email: next.get().trim().to_owned(),
            current_password: password.get().into(),
        },
    });
    let submit = move || {
        checked.set(true);
        let operation = operation.get_untracked();
        if rules::email(&operation.body.next_email).is_err()
            || operation.body.current_password.is_empty()
        {
            return;
        }
        let address = operation.body.next_email.clone();
        change.run(operation, move |_| {
            asked.set(Some(address));
            checked.set(false);
            next.set(String::new());
            password.set(String::new());
        });
    };
    view! {
        <FormCard title="Change the address" operation on_submit=submit>
            <div class="form card__body">
                {move || waiting.get().map(|address| {
                    let old = account.data().map(|account| account.email).unwrap_or_default();
                    view! { <Waiting address old asked account /> }
                })}
                <p class="muted">
                    "The new address gets a link that confirms the change, the old one a link that revokes it. "
                    "Until it is confirmed you sign in as before."
                </p>
                <ErrorNote error=change.general_error(&["next_email", "current_password"]) />
                <TextField
                    focus_on_error=true
                    label="New email"
                    value=next
                    kind=FieldKind::Email
                    autocomplete="email"
                    error=next_error
                />
                <CurrentPasswordField value=password checked call=change />
                <div class="form__actions">
                    <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=change.pending>
                        "Send both links"
                    </Button>
                </div>
            </div>
        </FormCard>
    }
}

/// A change that waits. In a sandbox, whose mails go nowhere, its links are here.
#[component]
fn Waiting(
    address: String,
    old: String,
    asked: RwSignal<Option<String>>,
    account: Query<Account>,
) -> impl IntoView {
    let api = use_api();
    let toasts = use_toasts();
    let problem = RwSignal::new(None::<String>);
    let follow = Callback::new(move |link: Secret| {
        problem.set(None);
        spawn_local(async move {
            let answer = api.follow_mail(&link).await;
            // The page may have been left meanwhile.
            match answer {
                Ok(sentence) => {
                    toasts.ok(sentence);
                    let _ = asked.try_set(None);
                    account.refresh();
                }
                Err(reason) => {
                    let _ = problem.try_set(Some(reason));
                }
            }
        });
    });
    let title = format!("The change to {address} waits");
    view! {
        <Note tone=Tone::Wait title=title>
            <p>"Open the link in the mail to that address. It is good for a day."</p>
        </Note>
        <Mailbox to=address link=true action="Follow the link that confirms" on_use=follow />
        <Mailbox to=old link=true action="Follow the link that revokes" on_use=follow />
        {move || problem.get().map(|reason| view! {
            <Note tone=Tone::Bad title="The link did not work"><p role="alert">{reason}</p></Note>
        })}
    }
}

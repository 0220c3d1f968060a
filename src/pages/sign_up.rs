//! Signing up: address, code from the mail, password.

use backoffice_contract::session::{Credentials, OauthResult, OauthStart, SignupRequest, Tier};
use backoffice_contract::{Secret, op, rules};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;

use crate::components::{
    AuthFrame, ContinueWithProvider, EmailField, ErrorNote, Mailbox, NewPasswordField,
    OperationCommand, PROVIDER, ProviderSignIn,
};
use crate::paths;
use backoffice_ui::{Button, ButtonType, ButtonVariant, TextField};
use backoffice_web_client::use_api;
use backoffice_web_client::use_mutation;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Address,
    Code,
    Password,
    /// Another provider has confirmed the address.
    Provider,
    /// The account is there, without a password.
    Done,
}

/// All steps on one page; the account starts on the free tier.
#[component]
pub fn SignUpPage() -> impl IntoView {
    let step = RwSignal::new(Step::Address);
    let email = RwSignal::new(String::new());
    let uuid = RwSignal::new(Secret::default());
    let purpose = Signal::derive(move || match step.get() {
        Step::Address => "Free, without a card: 1 app, 1 database.".to_owned(),
        Step::Code => format!("We sent a code to {}.", email.get()),
        Step::Password => "Last step: choose a password.".to_owned(),
        Step::Provider => format!("Google has confirmed {}.", email.get()),
        Step::Done => format!("The account of {} is there.", email.get()),
    });
    let command = Signal::derive(|| op::Signup { body: SignupRequest::default() });
    view! {
        <AuthFrame title="Create an account" purpose=purpose>
            {move || match step.get() {
                Step::Address => view! { <AddressStep email uuid step /> }.into_any(),
                Step::Code => view! { <CodeStep email uuid step /> }.into_any(),
                Step::Password => view! { <PasswordStep email uuid /> }.into_any(),
                Step::Provider => view! { <ProviderStep uuid step /> }.into_any(),
                Step::Done => view! { <DoneStep /> }.into_any(),
            }}
            <OperationCommand operation=command />
            <p class="auth__links">
                <A href=paths::SIGN_IN>"I have an account"</A>
            </p>
        </AuthFrame>
    }
}

#[component]
fn AddressStep(
    email: RwSignal<String>,
    uuid: RwSignal<Secret>,
    step: RwSignal<Step>,
) -> impl IntoView {
    let signup = use_mutation();
    let checked = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        checked.set(true);
        email.update(|email| *email = email.trim().to_owned());
        if rules::email(&email.get_untracked()).is_err() {
            return;
        }
        let body = SignupRequest { email: Some(email.get_untracked()), ..Default::default() };
        signup.run(op::Signup { body }, move |progress| {
            uuid.set(progress.uuid.unwrap_or_default());
            step.set(Step::Code);
        });
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <ErrorNote error=signup.general_error(&["email"]) />
            <EmailField value=email checked autocomplete="email" call=signup />
            <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=signup.pending>
                "Continue"
            </Button>
        </form>
        <SignUpWithProvider email uuid step />
    }
}

/// The address from another provider, instead of a code by mail.
#[component]
fn SignUpWithProvider(
    email: RwSignal<String>,
    uuid: RwSignal<Secret>,
    step: RwSignal<Step>,
) -> impl IntoView {
    let signup = use_mutation();
    let visit = RwSignal::new(None::<OauthStart>);
    let begin = move || {
        let body = SignupRequest { oauth: Some(PROVIDER.to_owned()), ..Default::default() };
        signup.run(op::Signup { body }, move |progress| {
            uuid.set(progress.uuid.unwrap_or_default());
            visit.set(Some(OauthStart {
                url: progress.url.unwrap_or_default(),
                session: progress.session.unwrap_or_default(),
            }));
        });
    };
    let on_answer = Callback::new(move |answer: OauthResult| {
        email.set(answer.email);
        step.set(Step::Provider);
    });
    view! {
        <div class="form">
            <ContinueWithProvider start=signup on_begin=begin visit on_answer />
        </div>
    }
}

#[component]
fn ProviderStep(uuid: RwSignal<Secret>, step: RwSignal<Step>) -> impl IntoView {
    let signup = use_mutation();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let body = SignupRequest {
            uuid: Some(uuid.get_untracked()),
            tier: Some(Tier::Free),
            ..Default::default()
        };
        signup.run(op::Signup { body }, move |_| step.set(Step::Done));
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <ErrorNote error=signup.error />
            <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=signup.pending>
                "Create the account"
            </Button>
        </form>
    }
}

/// Signs in, after which the page that waits for a session is left.
#[component]
fn DoneStep() -> impl IntoView {
    let navigate = use_navigate();
    let enter = Callback::new(move |()| navigate(paths::APPS, NavigateOptions::default()));
    view! {
        <div class="form">
            <ProviderSignIn on_done=enter />
        </div>
    }
}

#[component]
fn CodeStep(
    email: RwSignal<String>,
    uuid: RwSignal<Secret>,
    step: RwSignal<Step>,
) -> impl IntoView {
    let signup = use_mutation();
    let code = RwSignal::new(String::new());
    let confirm = move || {
        let code = code.get_untracked().trim().to_owned();
        if code.is_empty() {
            return;
        }
        let body = SignupRequest {
            uuid: Some(uuid.get_untracked()),
            confirmation_code: Some(code.into()),
            ..Default::default()
        };
        signup.run(op::Signup { body }, move |_| step.set(Step::Password));
    };
    let resend = use_mutation();
    let body = move || backoffice_contract::account::EmailRequest { email: email.get_untracked() };
    let sent = RwSignal::new(false);
    view! {
        <form class="form" novalidate on:submit=move |event: SubmitEvent| {
            event.prevent_default();
            confirm();
        }>
            <ErrorNote error=signup.general_error(&["confirmation_code"]) />
            <TextField
                focus_on_error=true
                label="Code from the mail"
                value=code
                autocomplete="one-time-code"
                error=signup.field_error("confirmation_code")
                mono=true
                autofocus=true
            />
            <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=signup.pending>
                "Confirm"
            </Button>
            <Mailbox
                to=email
                action="Use its code"
                on_use=Callback::new(move |secret: Secret| {
                    code.set(secret.expose().to_owned());
                    confirm();
                })
            />
            <ErrorNote error=resend.error />
            <p class="auth__links">
                <Button
                    variant=ButtonVariant::Quiet
                    small=true
                    pending=resend.pending
                    on_click=Callback::new(move |()| {
                        resend.run(op::ResendConfirmation { body: body() }, move |_| sent.set(true));
                    })
                >
                    {move || if sent.get() { "Sent again" } else { "Send the code again" }}
                </Button>
                <Button variant=ButtonVariant::Quiet small=true on_click=Callback::new(move |()| step.set(Step::Address))>
                    "Use another address"
                </Button>
            </p>
        </form>
    }
}

#[component]
fn PasswordStep(email: RwSignal<String>, uuid: RwSignal<Secret>) -> impl IntoView {
    let api = use_api();
    let signup = use_mutation();
    let password = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    let navigate = use_navigate();
    let navigate = Callback::new(move |path: &'static str| {
        navigate(path, NavigateOptions::default());
    });
    let step = move |body: SignupRequest| op::Signup {
        body: SignupRequest { uuid: Some(uuid.get_untracked()), ..body },
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        checked.set(true);
        let secret = Secret::new(password.get_untracked());
        if rules::password(secret.expose()).is_err() {
            return;
        }
        let body = SignupRequest { password: Some(secret.clone()), ..Default::default() };
        signup.run(step(body), move |_| {
            let body = SignupRequest { tier: Some(Tier::Free), ..Default::default() };
            signup.run(step(body), move |_| {
                let credentials =
                    Credentials { email: email.get_untracked(), password: secret, mfa_token: None };
                signup.pending.set(true);
                spawn_local(async move {
                    // The account exists now; whatever fails here, the sign-in page
                    // is the place to go on.
                    let path = match api.sign_in(credentials).await {
                        Ok(()) => paths::APPS,
                        Err(_) => paths::SIGN_IN,
                    };
                    // Who has left meanwhile is not called back.
                    let _ = navigate.try_run(path);
                });
            });
        });
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <ErrorNote error=signup.general_error(&["password"]) />
            <NewPasswordField
                label="Password"
                value=password
                checked
                hint="At least 4 characters; a passphrase of several words is better."
                call=signup
            />
            <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=signup.pending>
                "Create the account"
            </Button>
        </form>
    }
}

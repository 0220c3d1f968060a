//! The second factor: whether it is on, and what can be done about it.

mod recovery_codes;
mod setup;

use backoffice_contract::account::{Account, MfaToken, MfaVerified};
use backoffice_contract::{Secret, op};
use leptos::prelude::*;

use crate::components::{
    ErrorNote, OperationCommand, OperationDialog, QueryView, Stamp, on_answer,
};
use crate::pages::account::mfa::recovery_codes::RecoveryCodes;
use crate::pages::account::mfa::setup::SetUp;
use backoffice_ui::{Badge, Button, ButtonVariant, Card, IconName, Note, Tone, use_toasts};
use backoffice_web_client::{Query, use_mutation};

/// Where one is with it.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// Its state is shown.
    Idle,
    /// It is being set up, with what an authenticator needs to know.
    SettingUp(Secret),
    /// It has just been turned on: here are its codes, and all sessions have ended.
    TurnedOn(Vec<Secret>),
    /// The codes have just been replaced.
    NewCodes(Vec<Secret>),
}

/// All of it in one card, so that nothing else can take the codes off the screen.
#[component]
pub fn SecondFactor(
    /// The account, which tells whether it is on where its server does.
    account: Query<Account>,
) -> impl IntoView {
    let stage = RwSignal::new(Stage::Idle);
    let show =
        Callback::new(move |account: Signal<Account>| view! { <State account stage /> }.into_any());
    let start = Signal::derive(|| op::StartMfa {});
    let verify = Signal::derive(|| op::VerifyMfa { body: MfaToken::default() });
    let command = move || {
        if stage.with(|stage| matches!(stage, Stage::SettingUp(_))) {
            view! { <OperationCommand operation=verify /> }.into_any()
        } else {
            view! { <OperationCommand operation=start /> }.into_any()
        }
    };
    let done = Callback::new(move |()| {
        // The session has ended. The read makes the console ask for the next one in
        // place, with a token, and shows the new state then.
        let ended = stage.with_untracked(|stage| matches!(stage, Stage::TurnedOn(_)));
        stage.set(Stage::Idle);
        if ended {
            account.refresh();
        }
    });
    view! {
        <Card
            title="Second factor"
            actions=move || view! { <Stamp query=account /> }.into_any()
            foot=move || command.into_any()
        >
            {move || match stage.get() {
                Stage::Idle => view! { <QueryView query=account show /> }.into_any(),
                Stage::SettingUp(url) => view! { <SetUp url stage /> }.into_any(),
                Stage::TurnedOn(codes) => view! { <RecoveryCodes codes sign_in=true done /> }.into_any(),
                Stage::NewCodes(codes) => view! { <RecoveryCodes codes done /> }.into_any(),
            }}
        </Card>
    }
}

#[component]
fn State(account: Signal<Account>, stage: RwSignal<Stage>) -> impl IntoView {
    let start = use_mutation();
    let replacing = RwSignal::new(false);
    let removing = RwSignal::new(false);
    let on = Memo::new(move |_| account.with(|account| account.mfa_enabled));
    let state = move || match on.get() {
        Some(true) => view! {
            <p class="row">
                <Badge tone=Tone::Ok icon=IconName::Shield>"On"</Badge>
                "Signing in takes the password and a token of your authenticator."
            </p>
        }
        .into_any(),
        Some(false) => view! {
            <p class="row">
                <Badge tone=Tone::Neutral icon=IconName::Shield>"Off"</Badge>
                "The password alone is enough to sign in."
            </p>
        }
        .into_any(),
        None => view! {
            <Note tone=Tone::Info title="This server does not say whether it is on">
                <p>"If signing in asked you for a token, it is."</p>
            </Note>
        }
        .into_any(),
    };
    let set_up = Callback::new(move |()| {
        start.run(op::StartMfa {}, move |answer| stage.set(Stage::SettingUp(answer.url)));
    });
    view! {
        <div class="card__body stack stack--close">
            {state}
            <Show when=move || on.get() != Some(true)>
                <p class="muted">
                    "With a second factor, who learns your password still cannot sign in. "
                    "You need an authenticator: an app on your phone, or a password manager that makes tokens."
                </p>
            </Show>
            <ErrorNote error=start.error />
            <div class="form__actions">
                <Show when=move || on.get() != Some(true)>
                    <Button variant=ButtonVariant::Primary pending=start.pending on_click=set_up>
                        "Set it up"
                    </Button>
                </Show>
                <Show when=move || on.get() != Some(false)>
                    <Button on_click=Callback::new(move |()| replacing.set(true))>"Replace the recovery codes…"</Button>
                    <Button on_click=Callback::new(move |()| removing.set(true))>"Turn it off…"</Button>
                </Show>
            </div>
        </div>
        <ReplaceCodes open=replacing stage />
        <TurnOff open=removing />
    }
}

#[component]
fn ReplaceCodes(open: RwSignal<bool>, stage: RwSignal<Stage>) -> impl IntoView {
    view! {
        <OperationDialog
            open
            title="Replace the recovery codes?"
            confirm_label="Replace the codes"
            danger=true
            operation=Signal::stored(op::RegenerateRecoveryCodes {})
            then=on_answer(move || move |answer: MfaVerified| {
                stage.set(Stage::NewCodes(answer.recovery_codes));
            })
        >
            <p>"The codes that you have stored stop working at once, used or not. The new ones are shown once."</p>
        </OperationDialog>
    }
}

#[component]
fn TurnOff(open: RwSignal<bool>) -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <OperationDialog
            open
            title="Turn the second factor off?"
            confirm_label="Turn it off"
            danger=true
            operation=Signal::stored(op::DeleteMfa {})
            then=on_answer(move || move |_| {
                toasts.ok("The second factor is off.");
            })
        >
            <p>
                "The password alone is enough to sign in then. The entry in your authenticator and the recovery codes "
                "stop working; setting it up again makes new ones."
            </p>
        </OperationDialog>
    }
}

//! The second factor: its state, setting it up, and turning it off.

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

/// What the card shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// Its state is shown.
    Idle,
    /// The setup, with the address that the authenticator scans.
    SettingUp(Secret),
    /// The recovery codes after it was turned on, which has ended all sessions.
    TurnedOn(Vec<Secret>),
    /// The new recovery codes after the old ones were replaced.
    NewCodes(Vec<Secret>),
}

/// All stages in one card, so that nothing else can remove the recovery codes from the
/// screen.
#[component]
pub fn SecondFactor(
    /// The account; it includes the state if the server reports it.
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
        // The session has ended. This read opens the sign-in dialog, which now asks for a
        // token too, and then shows the new state.
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
                "To sign in, you need your password and a token from your authenticator."
            </p>
        }
        .into_any(),
        Some(false) => view! {
            <p class="row">
                <Badge tone=Tone::Neutral icon=IconName::Shield>"Off"</Badge>
                "Your password alone is enough to sign in."
            </p>
        }
        .into_any(),
        None => view! {
            <Note tone=Tone::Info title="This server does not report whether it is on">
                <p>"It is on if you were asked for a token when you signed in."</p>
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
                    "With a second factor, your password alone is not enough to sign in. "
                    "You need an authenticator: an app on your phone, or a password manager that creates tokens."
                </p>
            </Show>
            <ErrorNote error=start.error />
            <div class="form__actions">
                <Show when=move || on.get() != Some(true)>
                    <Button variant=ButtonVariant::Primary pending=start.pending on_click=set_up>
                        "Set up"
                    </Button>
                </Show>
                <Show when=move || on.get() != Some(false)>
                    <Button on_click=Callback::new(move |()| replacing.set(true))>"Replace recovery codes…"</Button>
                    <Button on_click=Callback::new(move |()| removing.set(true))>"Turn off…"</Button>
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
            confirm_label="Replace codes"
            danger=true
            operation=Signal::stored(op::RegenerateRecoveryCodes {})
            then=on_answer(move || move |answer: MfaVerified| {
                stage.set(Stage::NewCodes(answer.recovery_codes));
            })
        >
            <p>"Your current recovery codes stop working immediately. The new codes are shown only once."</p>
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
            confirm_label="Turn off"
            danger=true
            operation=Signal::stored(op::DeleteMfa {})
            then=on_answer(move || move |_| {
                toasts.ok("Second factor turned off.");
            })
        >
            <p>
                "After that, your password alone is enough to sign in. The entry in your authenticator and your recovery codes "
                "stop working. If you set up a second factor again, you get new ones."
            </p>
        </OperationDialog>
    }
}

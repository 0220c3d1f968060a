//! From the free tier to the standard tier.

use backoffice_contract::billing::UpgradeRequest;
use backoffice_contract::payment_token::{no_card_number, payment_token};
use backoffice_contract::{Secret, op};
use leptos::prelude::*;

use crate::components::{ErrorNote, FormCard};
use crate::pages::billing::token_field::TokenField;
use backoffice_ui::{Button, ButtonType, ButtonVariant, Card, Table, TextField, use_toasts};
use backoffice_web_client::use_mutation;

/// What is limited on the free tier, there and on the standard tier.
const LIMITS: [(&str, &str, &str); 7] = [
    ("Apps", "1", "100"),
    ("Replicas of an app", "1", "16, more on request"),
    ("Size of a replica", "0.2 (200 MB)", "0.2 to 384"),
    ("Databases of an app", "1 free", "1 free and 1 standard"),
    ("Collaborators of an app", "none", "25"),
    ("Price of a replica", "$0", "$10 a month for each 200 MB, by the second"),
    ("Price of a standard database", "not available", "from $25 a month"),
];

/// Before and after, and the form.
#[component]
pub fn Upgrade() -> impl IntoView {
    view! {
        <div class="grid grid--even">
            <Card title="What changes">
                <Table columns=&["Limit", "Free, now", "Standard"]>
                    {LIMITS.into_iter().map(|(what, free, standard)| view! {
                        <tr>
                            <td class="table__main">{what}</td>
                            <td data-label="Free">{free}</td>
                            <td data-label="Standard">{standard}</td>
                        </tr>
                    }).collect_view()}
                </Table>
                <p class="card__note">
                    "What runs costs from the upgrade on: 1 replica of size 0.2 comes to $10 for a full month, and 0 replicas cost nothing. "
                    "The tier belongs to the account. Only support can change it back."
                </p>
            </Card>
            <UpgradeForm />
        </div>
    }
}

#[component]
fn UpgradeForm() -> impl IntoView {
    let toasts = use_toasts();
    let upgrade = use_mutation();
    let token = RwSignal::new(String::new());
    let promo = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    let promo_fault = Memo::new(move |_| promo.with(|promo| no_card_number(promo).err()));
    let from_api = upgrade.field_error("promo_code");
    let promo_error = Signal::derive(move || {
        promo_fault.get().map(|fault| format!("The code {fault}")).or_else(|| from_api.get())
    });
    let operation = Signal::derive(move || {
        // What is no code is shown in no command either.
        let code = promo.with(|promo| promo.trim().to_uppercase());
        let promo_code = Some(code).filter(|code| !code.is_empty() && promo_fault.get().is_none());
        let stripe_token = Secret::new(token.get().trim());
        op::UpgradeAccount { body: UpgradeRequest { stripe_token, promo_code } }
    });
    let submit = move || {
        checked.set(true);
        if token.with_untracked(|token| payment_token(token).is_ok())
            && promo_fault.get_untracked().is_none()
        {
            upgrade.run(operation.get_untracked(), move |_| {
                toasts.ok("The account is on the standard tier.");
            });
        }
    };
    view! {
        <FormCard title="Upgrade to Standard" operation on_submit=submit>
            <div class="form card__body">
                <ErrorNote error=upgrade.general_error(&["stripe_token", "promo_code"]) />
                <TokenField token group="upgrade-token" checked from_api=upgrade.field_error("stripe_token") />
                <TextField
                    label="Promotion code, if you have one"
                    value=promo
                    mono=true
                    autocomplete="off"
                    error=promo_error
                />
                <div class="form__actions">
                    <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=upgrade.pending>
                        "Upgrade to Standard"
                    </Button>
                </div>
            </div>
        </FormCard>
    }
}

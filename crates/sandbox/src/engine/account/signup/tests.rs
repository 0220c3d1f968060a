//! Signing up, in and out of order.

use backoffice_contract::account::EmailRequest;
use backoffice_contract::session::{SignupProgress, SignupRequest, Tier};
use backoffice_contract::{ApiError, Secret, op};

use crate::engine::testing::{Api, PASSWORD, basic};

const EMAIL: &str = "grace@example.com";

/// A sign-up in progress.
struct Progress {
    api: Api,
    uuid: Option<Secret>,
}

impl Progress {
    fn start() -> Self {
        let mut progress = Self { api: Api::new(), uuid: None };
        let answer = progress.step(|body| body.email = Some(EMAIL.into())).unwrap();
        progress.uuid = answer.uuid;
        progress
    }

    fn confirmed() -> Self {
        let mut progress = Self::start();
        let code = progress.code();
        progress.step(|body| body.confirmation_code = Some(code.as_str().into())).unwrap();
        progress
    }

    fn with_password() -> Self {
        let mut progress = Self::confirmed();
        progress.step(|body| body.password = Some(PASSWORD.into())).unwrap();
        progress
    }

    fn code(&mut self) -> String {
        self.api.mails(EMAIL)[0]["code"].as_str().unwrap().to_owned()
    }

    fn step(&mut self, fill: impl FnOnce(&mut SignupRequest)) -> Result<SignupProgress, ApiError> {
        let mut body = SignupRequest { uuid: self.uuid.clone(), ..Default::default() };
        fill(&mut body);
        self.api.call(op::Signup { body })
    }

    #[track_caller]
    fn refuse(&mut self, text: &str, fill: impl FnOnce(&mut SignupRequest)) {
        let error = self.step(fill).unwrap_err();
        assert_eq!((error.status, error.text().as_str()), (422, text));
    }
}

#[test]
fn the_free_tier_needs_no_card() {
    let mut progress = Progress::with_password();
    let answer = progress.step(|body| body.tier = Some(Tier::Free)).unwrap();
    assert_eq!(answer.email.as_deref(), Some(EMAIL));
    progress.api.token = Some(basic(EMAIL, answer.key.unwrap().expose()));
    let account = progress.api.call(op::GetAccount {}).unwrap();
    assert_eq!((account.tier, account.credit_cents), (Tier::Free, 0));
    progress.api.sign_in(EMAIL, PASSWORD).unwrap();
    progress.refuse("Uuid names no sign-up in progress. Start again.", |body| {
        body.tier = Some(Tier::Free);
    });
}

#[test]
fn the_standard_tier_needs_a_card() {
    let mut progress = Progress::with_password();
    let standard = |body: &mut SignupRequest| body.tier = Some(Tier::Standard);
    progress.refuse("Stripe token can't be blank on the standard tier.", standard);
    progress.refuse("Your card was declined.", |body| {
        body.stripe_token = Some("tok_chargeDeclined".into());
    });
    progress.refuse(
        "Stripe token is no test card: use tok_visa, or tok_chargeDeclined for a card that is declined.",
        |body| body.stripe_token = Some("4242424242424242".into()),
    );
    progress.refuse("Stripe token can't be blank on the standard tier.", standard);
    progress.step(|body| body.stripe_token = Some("tok_visa".into())).unwrap();
    progress.step(standard).unwrap();
    progress.api.sign_in(EMAIL, PASSWORD).unwrap();
    assert_eq!(progress.api.call(op::GetAccount {}).unwrap().tier, Tier::Standard);
}

#[test]
fn a_promotion_gives_credit_on_the_standard_tier_only() {
    let mut progress = Progress::with_password();
    progress.refuse("Promo code is not valid.", |body| body.promo_code = Some("PLEASE".into()));
    let answer = progress.step(|body| body.promo_code = Some("welcome".into())).unwrap();
    assert_eq!(answer.promo.as_deref(), Some("$10.00 of credit on the standard tier"));
    progress.refuse("Tier must be STANDARD with a promotion code.", |body| {
        body.tier = Some(Tier::Free);
    });
    progress.step(|body| body.stripe_token = Some("tok_visa".into())).unwrap();
    progress.step(|body| body.tier = Some(Tier::Standard)).unwrap();
    progress.api.sign_in(EMAIL, PASSWORD).unwrap();
    assert_eq!(progress.api.call(op::GetAccount {}).unwrap().credit_cents, 1_000);
}

#[test]
fn steps_are_checked() {
    let mut progress = Progress { api: Api::new(), uuid: None };
    progress.refuse("Email can't be blank.", |_| {});
    progress.refuse("Email has invalid format.", |body| body.email = Some("grace".into()));
    progress.refuse("Email has already been taken.", |body| {
        body.email = Some("Demo@Backoffice.example".into());
    });
    progress.uuid = Some("nonsense".into());
    progress.refuse("Uuid names no sign-up in progress. Start again.", |body| {
        body.password = Some(PASSWORD.into());
    });
    let mut progress = Progress::start();
    progress.refuse("Confirmation code can't be blank.", |body| {
        body.password = Some(PASSWORD.into());
    });
    let mut progress = Progress::confirmed();
    progress.refuse("Password should be at least 4 characters.", |body| {
        body.password = Some("abc".into());
    });
    progress.refuse("Password can't be blank.", |body| body.tier = Some(Tier::Free));
    progress.refuse("There is no step in the request.", |_| {});
    let mut progress = Progress::with_password();
    progress.refuse("Tier must be FREE or STANDARD.", |body| body.tier = Some("GOLD".into()));
}

#[test]
fn a_code_can_be_tried_five_times() {
    let mut progress = Progress::start();
    let code = progress.code();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        progress.refuse("Confirmation code is incorrect.", |body| {
            body.confirmation_code = Some(wrong.into());
        });
    }
    let too_often = "Confirmation code was wrong too often. Ask for another mail, or start again.";
    progress.refuse(too_often, |body| body.confirmation_code = Some(code.as_str().into()));
    resend(&mut progress.api, EMAIL);
    let fresh = progress.code();
    progress.step(|body| body.confirmation_code = Some(fresh.as_str().into())).unwrap();
}

fn resend(api: &mut Api, email: &str) {
    api.call(op::ResendConfirmation { body: EmailRequest { email: email.into() } }).unwrap();
}

#[test]
fn another_mail_makes_the_first_useless() {
    let mut progress = Progress::start();
    let first = progress.code();
    resend(&mut progress.api, "GRACE@example.com");
    assert_eq!(progress.api.mails(EMAIL).len(), 2);
    assert_ne!(progress.code(), first);
    progress.refuse("Confirmation code is incorrect.", |body| {
        body.confirmation_code = Some(first.as_str().into());
    });
    resend(&mut progress.api, "nobody@example.com");
    assert!(progress.api.mails("nobody@example.com").is_empty());
}

#[test]
fn a_sign_up_ends_after_a_day_and_an_address_is_taken_once() {
    let mut progress = Progress::with_password();
    progress.api.join(EMAIL, Tier::Free);
    progress.refuse("Email has already been taken.", |body| body.tier = Some(Tier::Free));
    let mut progress = Progress::with_password();
    progress.api.wait(crate::engine::account::signup::LIFETIME);
    progress.refuse("Uuid names no sign-up in progress. Start again.", |body| {
        body.tier = Some(Tier::Free);
    });
}

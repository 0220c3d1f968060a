//! The card on file.

use backoffice_contract::{ApiError, op};

use crate::engine::World;
use crate::engine::account::card::{self, Trouble};
use crate::engine::account::user;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, invalid};

/// Shows the card; a 404 if there is none, as the platform answers.
pub(crate) fn show(
    world: &mut World,
    cx: &Context<'_>,
    _: op::GetPaymentMethod,
) -> Outcome<op::GetPaymentMethod> {
    let card = user::get(world, cx.user)?.card;
    let card = card.ok_or_else(|| ApiError::new(404, "There is no card on file."))?;
    Ok(Reply::Data(card.wire()))
}

/// Replaces the card. Errors are reported for the token, because the platform's own console
/// reads them there.
pub(crate) fn set(
    world: &mut World,
    cx: &Context<'_>,
    op: op::SetPaymentMethod,
) -> Outcome<op::SetPaymentMethod> {
    let mut user = user::get(world, cx.user)?;
    let card = card::try_card(&op.body.stripe_token, cx.now).map_err(|trouble| match trouble {
        Trouble::Declined(reason) => invalid("stripe_token", format!("was refused. {reason}")),
        Trouble::Unknown => ApiError::from(trouble),
    })?;
    user.card = Some(card);
    user::save(world, user);
    Ok(Reply::Data(Default::default()))
}

//! The monthly cap, from call to hold.

use backoffice_client::{EntryState, MonthLevel};

use crate::server::{ok, status};
use crate::support::{World, said};

const USED_UP: &str = r#"{"success":false,"message":"Sorry","error_code":429,"errors":"Monthly Cap Error, unable to proceed","data":{}}"#;

#[test]
fn calls_are_counted() {
    let world = World::new(|_| ok("{}"));
    for n in 0..7 {
        world.call(World::app(&n.to_string()));
    }
    world.run();
    let month = world.client.month().unwrap();
    assert_eq!((month.ours, month.cap, month.level), (7, 10_000, MonthLevel::Free));
    // The world begins on 2026-11-24.
    assert_eq!(month.resets_at, 1_796_083_200_000);
}

#[test]
fn a_used_up_month_holds_all_until_the_user_overrides_it() {
    let mut refusals = 1;
    let world = World::new(move |_| {
        refusals -= 1;
        if refusals >= 0 { status(429, USED_UP).with("retry-after", 500_000) } else { ok("{}") }
    });
    let first = world.call(World::app("first"));
    world.advance(300);
    let second = world.call(World::app("second"));
    world.advance(300);
    assert_eq!(world.lines().len(), 1, "the second is not even sent");
    assert_eq!(world.client.month().unwrap().level, MonthLevel::UsedUp);
    let EntryState::Asking(wait) = world.last().state else { panic!() };
    assert!(said(&wait).contains("retry-after: 500000"), "{}", said(&wait));
    world.client.override_month(true);
    world.run();
    assert!(first.result().is_ok());
    assert!(second.result().is_ok());
    assert!(world.client.month().unwrap().overridden);
}

#[test]
fn the_day_of_enrolment_ends_the_hold() {
    let world = World::new(|_| status(429, USED_UP));
    world.client.set_first_day(26);
    let _held = world.call(World::app("mine"));
    world.advance(300);
    // Two days, and not a week.
    assert_eq!(world.client.month().unwrap().resets_at, 1_795_651_200_000);
}

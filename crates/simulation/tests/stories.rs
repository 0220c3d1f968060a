//! The stories of the page, with their bounds.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use backoffice_simulation::report;
use backoffice_simulation::story::Story;

#[track_caller]
fn assert_kept(story: Story) {
    for told in report::tell(&[story], 3).unwrap() {
        let missed: Vec<_> = told.totals.iter().filter(|total| !total.is_kept()).collect();
        assert!(missed.is_empty(), "{missed:#?}");
    }
}

#[test]
fn an_idle_start_is_as_good_as_any() {
    assert_kept(Story::IdleStart);
}

#[test]
fn an_idle_start_leaves_others_their_share() {
    assert_kept(Story::IdleStartBeside);
}

#[test]
fn a_reload_in_the_middle_costs_little() {
    assert_kept(Story::Reload);
}

#[test]
fn background_work_does_not_slow_clicks_down() {
    assert_kept(Story::Mixed);
}

#[test]
fn an_outage_costs_no_call_and_no_session() {
    assert_kept(Story::Outage);
}

#[test]
fn a_lost_renewal_costs_one_sign_in_at_most() {
    assert_kept(Story::LostRenewal);
}

#[test]
fn two_builds_get_on_beside_each_other() {
    assert_kept(Story::TwoBuilds);
}

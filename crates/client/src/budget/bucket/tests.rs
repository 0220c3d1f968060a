//! Tests of what a bucket allows and learns, moment by moment.

use crate::budget::bucket::{Asker, Bucket, Decision, Outstanding, Rank};
use crate::budget::view::BudgetView;
use crate::why::{Source, Why};
use backoffice_limits::{Limits, Reading, Reset, Unit};

fn told(limit: u32, remaining: u32, reset_at: u64) -> Limits {
    Limits {
        limit: Some(limit),
        remaining: Some(remaining),
        reset: Some(Reset { at: reset_at, reading: reading("told") }),
        ..Limits::default()
    }
}

fn header(value: &str) -> Source {
    Source::Header(reading(value))
}

fn reading(value: &str) -> Box<Reading> {
    Box::new(Reading {
        header: "x-ratelimit-reset".to_owned(),
        value: value.to_owned(),
        unit: Unit::Seconds,
        clock_ahead: None,
        cut_to: None,
    })
}

/// A bucket and the calls in flight.
#[derive(Default)]
struct Harness {
    bucket: Bucket,
    out: Vec<u64>,
}

impl Harness {
    fn outstanding(&self) -> Outstanding {
        self.out.iter().copied().collect()
    }

    fn decide(&mut self, asker: Asker, now: u64) -> Decision {
        self.bucket.decide(asker, self.outstanding(), now)
    }

    fn send(&mut self, now: u64) -> u64 {
        self.send_as(Rank::Interactive, now)
    }

    fn send_as(&mut self, rank: Rank, now: u64) -> u64 {
        self.bucket.send(rank, self.outstanding(), now);
        self.out.push(now);
        now
    }

    fn land(&mut self, sent_at: u64) {
        let at = self.out.iter().position(|out| *out == sent_at).unwrap();
        self.out.remove(at);
    }

    fn answered(&mut self, sent_at: u64, limits: &Limits, accepted: bool, now: u64, random: f64) {
        let out = self.outstanding();
        self.land(sent_at);
        self.bucket.answered(sent_at, limits, accepted, out, now, random);
    }

    fn lost(&mut self, sent_at: u64) {
        self.land(sent_at);
        self.bucket.lost(sent_at);
    }

    fn give_back(&mut self, sent_at: u64) {
        self.land(sent_at);
        self.bucket.give_back(sent_at);
    }

    fn refused(&mut self, until: u64, source: Source, hidden: bool, now: u64) {
        self.bucket.refused(until, source, hidden, self.outstanding(), now, 0.0);
    }

    fn view(&mut self, now: u64) -> BudgetView {
        self.bucket.view(self.outstanding(), now)
    }
}

/// Sends a call at `sent_at` that is answered at `now`.
fn exchange(bucket: &mut Harness, sent_at: u64, now: u64, limits: &Limits) {
    bucket.send(sent_at);
    bucket.answered(sent_at, limits, true, now, 0.0);
}

/// Sends a call at `sent_at` that is answered at `now` with this reset. Returns how many
/// milliseconds are left, as that was read.
fn exchange_reset(bucket: &mut Harness, sent_at: u64, now: u64, reset: &str) -> u64 {
    let place = bucket.send(sent_at);
    let headers = [("x-ratelimit-limit", "10"), ("x-ratelimit-remaining", "5")]
        .into_iter()
        .chain([("x-ratelimit-reset", reset)])
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let limits = bucket.bucket.read(&headers.collect::<Vec<_>>(), now);
    bucket.answered(place, &limits, true, now, 0.0);
    limits.reset.unwrap().at - now
}

#[track_caller]
fn goes(bucket: &mut Harness, rank: Rank, now: u64) -> bool {
    bucket.decide(Asker { rank, waiting: 1, interactive: 1, in_flight: 0 }, now) == Decision::Go
}

#[track_caller]
fn holds_until(bucket: &mut Harness, now: u64) -> u64 {
    match bucket.decide(Asker::URGENT, now) {
        Decision::Hold { until: Some(hold), .. } => hold.told,
        other => panic!("{other:?}"),
    }
}

#[test]
fn calls_on_their_way_count_as_unseen() {
    let mut bucket = Harness::default();
    exchange(&mut bucket, 1_000, 1_100, &told(10, 2, 60_000));
    let first = bucket.send(1_200);
    assert!(goes(&mut bucket, Rank::Interactive, 1_200));
    let second = bucket.send(1_200);
    assert!(!goes(&mut bucket, Rank::Session, 1_200), "not even a renewal passes the limit");
    bucket.answered(second, &told(10, 0, 60_000), true, 1_300, 0.0);
    bucket.answered(first, &told(10, 1, 60_000), true, 1_400, 0.0);
    assert_eq!(holds_until(&mut bucket, 1_400), 60_000);
}

#[test]
fn the_earliest_end_that_was_told_counts() {
    let mut bucket = Harness::default();
    exchange(&mut bucket, 1_000, 1_900, &told(10, 1, 60_900));
    exchange(&mut bucket, 2_000, 2_100, &told(10, 0, 60_100));
    assert_eq!(holds_until(&mut bucket, 2_200), 60_100);
    // An answer that took long says nothing later.
    exchange(&mut bucket, 2_000, 9_000, &told(10, 0, 67_000));
    assert_eq!(holds_until(&mut bucket, 9_000), 60_100);
}

#[test]
fn an_answer_of_the_window_before_changes_nothing() {
    let mut bucket = Harness::default();
    let slow = bucket.send(1_000);
    exchange(&mut bucket, 1_000, 1_100, &told(10, 9, 60_000));
    exchange(&mut bucket, 60_100, 60_200, &told(10, 9, 120_000));
    bucket.answered(slow, &told(10, 0, 60_300), true, 60_300, 0.0);
    assert!(goes(&mut bucket, Rank::Interactive, 60_400));
    assert_eq!(bucket.view(60_400).remaining, Some(9));
    assert_eq!(bucket.view(60_400).window, Some(60_000));

    // The same before anything was heard of the new window.
    let slow = bucket.send(119_000);
    bucket.answered(slow, &told(10, 0, 120_000), true, 120_100, 0.0);
    assert_eq!(bucket.view(120_100).remaining, Some(10));
}

#[test]
fn a_new_window_is_full_until_told_otherwise() {
    let mut bucket = Harness::default();
    exchange(&mut bucket, 1_000, 1_100, &told(10, 0, 60_000));
    assert_eq!(bucket.view(59_999).remaining, Some(0));
    let view = bucket.view(60_000);
    assert_eq!((view.remaining, view.reset_at), (Some(10), None));
    exchange(&mut bucket, 60_000, 60_100, &told(10, 2, 120_000));
    assert_eq!(bucket.view(60_100).remaining, Some(2));
}

#[test]
fn an_early_end_of_a_window_is_seen() {
    let mut bucket = Harness::default();
    exchange(&mut bucket, 1_000, 1_100, &told(10, 0, 60_000));
    let forced = bucket.send(30_000);
    bucket.answered(forced, &told(10, 9, 90_000), true, 30_100, 0.0);
    assert!(goes(&mut bucket, Rank::Interactive, 30_100));
}

#[test]
fn a_limit_without_a_reset_is_taken_for_a_minute() {
    let mut bucket = Harness::default();
    let silent = Limits { limit: Some(5), remaining: Some(0), ..Limits::default() };
    exchange(&mut bucket, 1_000, 1_100, &silent);
    assert_eq!(holds_until(&mut bucket, 1_200), 61_100);
    assert!(goes(&mut bucket, Rank::Interactive, 70_000));
}

#[test]
fn nothing_is_held_forever() {
    // A limit of none, or of one, and calls that are lost.
    for limits in [told(0, 0, 5_000), told(1, 0, 5_000), told(1, 1, 5_000)] {
        let mut bucket = Harness::default();
        exchange(&mut bucket, 1_000, 1_100, &limits);
        for at in [10_000, 20_000, 30_000] {
            assert!(goes(&mut bucket, Rank::Background, at), "{limits:?} at {at}");
            let sent_at = bucket.send(at);
            bucket.lost(sent_at);
        }
    }
}

#[test]
fn a_lost_call_may_have_been_counted() {
    let mut bucket = Harness::default();
    exchange(&mut bucket, 1_000, 1_100, &told(10, 1, 60_000));
    let sent_at = bucket.send(1_200);
    bucket.give_back(sent_at);
    assert!(goes(&mut bucket, Rank::Interactive, 1_200));
    let sent_at = bucket.send(1_200);
    bucket.lost(sent_at);
    assert_eq!(holds_until(&mut bucket, 1_300), 60_000);
}

#[test]
fn a_success_after_a_refusal_lifts_it_but_one_from_before_does_not() {
    let mut bucket = Harness::default();
    let before = bucket.send(900);
    exchange(&mut bucket, 1_000, 1_100, &told(10, 0, 60_000));
    bucket.refused(600_000, header("told"), false, 1_100);
    bucket.answered(before, &told(10, 5, 60_000), true, 1_200, 0.0);
    assert_eq!(holds_until(&mut bucket, 1_200), 600_000);
    let after = bucket.send(2_000);
    bucket.answered(after, &told(10, 5, 120_000), true, 2_100, 0.0);
    assert!(goes(&mut bucket, Rank::Interactive, 2_100));
}

#[test]
fn who_waited_comes_back_spread_and_one_by_one() {
    let mut bucket = Harness::default();
    let straggler = bucket.send(900);
    let sent_at = bucket.send(1_000);
    bucket.answered(sent_at, &told(10, 1, 60_000), true, 1_100, 0.5);
    assert_eq!(holds_until(&mut bucket, 1_100), 60_000);
    bucket.bucket.mark_held();
    // Half of the most that the end is spread by.
    assert!(!goes(&mut bucket, Rank::Interactive, 60_999));
    assert!(goes(&mut bucket, Rank::Interactive, 61_000));
    let scout = bucket.send(61_000);
    bucket.answered(straggler, &told(10, 5, 61_500), true, 61_010, 0.5);
    assert!(!goes(&mut bucket, Rank::Interactive, 61_010), "the scout is not back");
    bucket.answered(scout, &told(10, 9, 120_000), true, 61_100, 0.5);
    assert!(goes(&mut bucket, Rank::Interactive, 61_100));
}

#[test]
fn a_success_lifts_a_refusal_also_where_the_headers_are_hidden() {
    let mut bucket = Harness::default();
    bucket.refused(600_000, header("told"), true, 1_000);
    let refused = bucket.send(2_000);
    bucket.answered(refused, &Limits::default(), false, 2_100, 0.0);
    assert_eq!(holds_until(&mut bucket, 2_100), 600_000);
    let accepted = bucket.send(3_000);
    bucket.answered(accepted, &Limits::default(), true, 3_100, 0.0);
    assert_eq!(bucket.decide(Asker::URGENT, 70_000), Decision::Go);
}

#[test]
fn seconds_that_fall_a_thousand_times_too_fast_are_milliseconds() {
    let mut bucket = Harness::default();
    // 6,405 ms left, read as 6,405 s.
    assert_eq!(exchange_reset(&mut bucket, 900, 1_000, "6405"), 6_405_000);
    assert_eq!(bucket.view(1_000).reset_at, Some(6_406_000));
    // 358 ms later it is 6,047.
    assert_eq!(exchange_reset(&mut bucket, 1_300, 1_358, "6047"), 6_047);
    let view = bucket.view(1_358);
    assert_eq!(view.reset_at, Some(7_405));
    let said = view.source.map(|source| crate::sentences::source(&source));
    assert_eq!(said.as_deref(), Some("x-ratelimit-reset: 6047, read as milliseconds left"));
    assert_eq!(exchange_reset(&mut bucket, 6_500, 6_550, "855"), 855, "and to the end");
    // A window of two hours that comes nearer as it should is what it says.
    let mut bucket = Harness::default();
    assert_eq!(exchange_reset(&mut bucket, 900, 1_000, "6400"), 6_400_000);
    assert_eq!(exchange_reset(&mut bucket, 20_900, 21_000, "6380"), 6_380_000);
    assert_eq!(bucket.view(21_000).reset_at, Some(6_401_000));
}

#[test]
fn milliseconds_that_fall_by_one_a_second_are_seconds() {
    let mut bucket = Harness::default();
    // A week, read as ten minutes.
    assert_eq!(exchange_reset(&mut bucket, 900, 1_000, "600000"), 600_000);
    assert_eq!(exchange_reset(&mut bucket, 10_900, 11_000, "599990"), 599_990_000);
    let view = bucket.view(11_000);
    assert_eq!(view.reset_at, Some(600_001_000));
    let said = view.source.map(|source| crate::sentences::source(&source));
    assert_eq!(said.as_deref(), Some("x-ratelimit-reset: 599990, read as seconds left"));
    // Also where answers had shown milliseconds before.
    let mut bucket = Harness::default();
    exchange_reset(&mut bucket, 900, 1_000, "50000");
    assert_eq!(exchange_reset(&mut bucket, 1_900, 2_000, "49000"), 49_000);
    assert_eq!(exchange_reset(&mut bucket, 2_900, 3_000, "41"), 41, "read as before");
    assert_eq!(exchange_reset(&mut bucket, 9_900, 10_000, "34"), 34_000);
    assert_eq!(bucket.view(10_000).reset_at, Some(44_000));
}

#[test]
fn one_large_number_decides_no_unit() {
    let mut bucket = Harness::default();
    assert_eq!(exchange_reset(&mut bucket, 900, 1_000, "600000"), 600_000);
    assert_eq!(exchange_reset(&mut bucket, 1_900, 2_000, "41"), 41_000);
    // And the window that was made of it is forgotten.
    assert_eq!(bucket.view(2_000).reset_at, Some(43_000));
}

#[test]
fn a_unit_is_not_stored_and_is_kept_when_another_page_sends_what_it_knows() {
    let mut bucket = Harness::default();
    exchange_reset(&mut bucket, 900, 1_000, "50000");
    exchange_reset(&mut bucket, 1_900, 2_000, "49000");
    let text = serde_json::to_value(&bucket.bucket).unwrap();
    let copy =
        || Harness { bucket: serde_json::from_value(text.clone()).unwrap(), ..Harness::default() };
    let mut stored = copy();
    assert_eq!(exchange_reset(&mut stored, 49_900, 50_000, "1000"), 1_000_000);
    let mut sent = copy();
    sent.bucket.keep_unit_evidence(bucket.bucket);
    assert_eq!(exchange_reset(&mut sent, 49_900, 50_000, "1000"), 1_000);
}

#[test]
fn what_another_page_misread_is_corrected() {
    let mut bucket = Harness::default();
    exchange_reset(&mut bucket, 900, 1_000, "50000");
    exchange_reset(&mut bucket, 1_900, 2_000, "49000");
    let place = bucket.send(50_000);
    let headers = [("x-ratelimit-remaining".to_owned(), "5".to_owned())]
        .into_iter()
        .chain([("x-ratelimit-reset".to_owned(), "900".to_owned())]);
    let read_there = backoffice_limits::read(&headers.collect::<Vec<_>>(), 50_100, None);
    assert_eq!(read_there.reset.as_ref().unwrap().at, 950_100);
    bucket.answered(place, &read_there, true, 50_100, 0.0);
    assert_eq!(bucket.view(50_100).reset_at, Some(51_000));
}

#[test]
fn a_limit_that_only_refusals_tell_of_is_counted_window_by_window() {
    let mut bucket = Harness::default();
    for n in 0..20 {
        exchange(&mut bucket, n * 100, n * 100 + 50, &Limits::default());
    }
    let refused = bucket.send(2_000);
    bucket.answered(refused, &Limits::default(), false, 2_050, 0.0);
    bucket.refused(40_000, header("retry-after: 38"), true, 2_050);
    let view = bucket.view(2_050);
    assert_eq!((view.limit, view.remaining, view.reset_at), (Some(20), Some(0), Some(40_000)));
    assert_eq!(holds_until(&mut bucket, 2_050), 40_000);
    for n in 0..20 {
        let now = 40_000 + n * 100;
        assert!(goes(&mut bucket, Rank::Interactive, now), "{n}");
        exchange(&mut bucket, now, now + 50, &Limits::default());
    }
    assert_eq!(holds_until(&mut bucket, 42_000), 100_000, "a minute after the one before");
    // One refusal alone shows no limit: it may be a penalty.
    let mut bucket = Harness::default();
    exchange(&mut bucket, 0, 50, &Limits::default());
    let refused = bucket.send(100);
    bucket.answered(refused, &Limits::default(), false, 150, 0.0);
    bucket.refused(10_000, header("retry-after: 10"), true, 150);
    assert_eq!(bucket.view(150).limit, None);
}

#[test]
fn the_first_calls_of_a_known_limit_leave_a_share_to_others_when_they_are_many() {
    let mut bucket = Harness::default();
    exchange(&mut bucket, 0, 100, &told(120, 119, 60_000));
    let many = |rank| Asker { rank, waiting: 500, interactive: 500, in_flight: 0 };
    let mut sent = 0;
    while bucket.decide(many(Rank::Interactive), 200) == Decision::Go {
        let sent_at = bucket.send(200);
        sent += 1;
        bucket.answered(sent_at, &told(120, 119 - sent, 60_000), true, 200, 0.0);
    }
    assert!((46..=50).contains(&sent), "{sent}");
    let Decision::Hold { until: Some(hold), why } = bucket.decide(many(Rank::Interactive), 200)
    else {
        panic!()
    };
    assert!(hold.resume < hold.told);
    assert_eq!(why, Why::Paced { others: 0 });
    assert_eq!(hold.told, 60_000);
    // A person at the keyboard is not held for that.
    let one = Asker { rank: Rank::Interactive, waiting: 1, interactive: 1, in_flight: 0 };
    assert_eq!(bucket.decide(one, 70_000), Decision::Go);
    // By the end of the window all of it has been released.
    assert_eq!(bucket.decide(many(Rank::Interactive), 52_000), Decision::Go);
}

#[test]
fn background_calls_leave_the_burst_to_clicks() {
    let mut bucket = Harness::default();
    for _ in 0..10 {
        let sent_at = bucket.send_as(Rank::Background, 0);
        bucket.answered(sent_at, &told(120, 60, 60_000), true, 100, 0.0);
    }
    assert!(goes(&mut bucket, Rank::Interactive, 200));
}

#[test]
fn only_windows_that_follow_each_other_show_how_long_one_is() {
    let mut bucket = Harness::default();
    exchange(&mut bucket, 1_000, 1_100, &told(120, 119, 60_000));
    // After ten idle minutes: any number of windows may lie between.
    exchange(&mut bucket, 650_000, 650_100, &told(120, 119, 660_000));
    assert_eq!(bucket.view(650_100).window, None);
    // The next one follows at once.
    exchange(&mut bucket, 665_000, 665_100, &told(120, 119, 720_000));
    assert_eq!(bucket.view(665_100).window, Some(60_000));
    // One that ended early shows nothing.
    exchange(&mut bucket, 690_000, 690_100, &told(120, 119, 750_000));
    assert_eq!(bucket.view(690_100).window, Some(60_000));
}

#[test]
fn a_window_is_at_least_as_long_as_what_was_left_of_it() {
    let mut bucket = Harness::default();
    for left in (60..120).rev() {
        exchange(&mut bucket, 0, 100, &told(120, left, 3_600_000));
    }
    let many = Asker { rank: Rank::Interactive, waiting: 500, interactive: 500, in_flight: 0 };
    assert!(matches!(bucket.decide(many, 200), Decision::Hold { .. }));
    // In the middle of the hour half of the window may be used, not only in its last minute.
    assert_eq!(bucket.decide(many, 1_800_000), Decision::Go);
}

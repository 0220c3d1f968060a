//! What holds for whatever a server sends about the rate limit.

#[path = "../../client/fuzz/src/headers.rs"]
mod headers;

use backoffice_limits::{self as limits, FAR, Limits, Unit};
use proptest::prelude::*;

/// 2026-11-24T09:43:40Z.
const NOW: u64 = 1_795_513_420_000;

fn owned(headers: &[(&str, String)]) -> Vec<(String, String)> {
    headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn read(headers: &[(&str, String)]) -> Limits {
    limits::read(&owned(headers), NOW, None)
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Retry-After".to_owned()),
        Just("Date".to_owned()),
        Just("RateLimit".to_owned()),
        Just("RateLimit-Policy".to_owned()),
        "(x-ratelimit|X-Rate-Limit|RateLimit)-(limit|remaining|reset)(-requests|-second|-minute|-hour|-day)?",
        "[a-z-]{0,12}",
    ]
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (-5_i64..200).prop_map(|number| number.to_string()),
        2 => (NOW / 1_000 - 120..NOW / 1_000 + 4_000_000).prop_map(|at| at.to_string()),
        1 => (NOW - 120_000..NOW + 4_000_000_000).prop_map(|at| at.to_string()),
        2 => any::<u64>().prop_map(|number| number.to_string()),
        2 => "(Mon|Tue), [0-3][0-9] (Nov|Dec|Jan) 20(26|27) [0-2][0-9]:[0-5][0-9]:[0-6][0-9] GMT",
        1 => "Tuesday, [0-3][0-9]-Nov-26 0[89]:[0-5][0-9]:[0-5][0-9] GMT",
        1 => "Tue (Nov|Dec) [ 0-3][0-9] 0[89]:[0-5][0-9]:[0-5][0-9] 2026",
        1 => "2026-1[12]-[0-3][0-9]T0[0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{0,4})?(Z|[+-]0[0-9]:[0-5]0)",
        4 => "(\"[a,;]?\"|a|10);(r|q)=[0-9]{1,3}(;(t|w)=[0-9]{1,8})?(;qu=\"[a-z]{0,8}\")?",
        1 => "limit=[0-9]{1,3}, remaining=[0-9]{1,3}(, reset=[0-9]{1,9})?",
        1 => "[0-9]{1,3}, [0-9]{1,3};w=[0-9]{1,7}",
        2 => "-?[0-9]{1,4}\\.[0-9]{1,4}",
        2 => "([0-9]{1,4}d)?([0-9]{1,3}h)?([0-9]{1,3}m)?([0-9]{1,2}(\\.[0-9]{1,9})?s)?([0-9]{1,9}(ms|[uµ]s|ns))?",
        1 => "P([0-9]{1,2}D)?(T([0-9]{1,2}H)?([0-9]{1,2}M)?([0-9]{1,2}(\\.[0-9]{1,3})?S)?)?",
        2 => "[ -~]{0,24}",
        1 => any::<String>(),
    ]
    .boxed()
}

/// Values, some of them joined as a browser does.
fn joined() -> impl Strategy<Value = String> {
    prop::collection::vec(value(), 1..4).prop_map(|values| values.join(", "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_sent_is_read_safely(
        headers in prop::collection::vec((name(), joined()), 0..8),
        now in prop_oneof![8 => Just(NOW), 1 => any::<u64>(), 1 => Just(u64::MAX)],
        known in prop::option::of(prop::sample::select(vec![
            Unit::Seconds, Unit::Millis, Unit::EpochSeconds, Unit::EpochMillis, Unit::Date,
            Unit::Duration,
        ])),
    ) {
        headers::check(&(headers, now, known));
    }

    #[test]
    fn the_cases_of_the_fuzzer_are_read_safely(data in any::<Vec<u8>>()) {
        headers::check(&headers::case(&data));
    }

    #[test]
    fn any_order_says_the_same(
        (headers, shuffled) in prop::collection::vec((name(), joined()), 0..8)
            .prop_flat_map(|headers| (Just(headers.clone()), Just(headers).prop_shuffle())),
    ) {
        prop_assert_eq!(limits::read(&headers, NOW, None), limits::read(&shuffled, NOW, None));
    }

    #[test]
    fn joined_and_repeated_counts_are_the_same(tenths in prop::collection::vec(-30_i64..5_000, 1..5)) {
        let numbers: Vec<_> = tenths.iter().map(|tenths| *tenths as f64 / 10.0).collect();
        let repeated: Vec<_> =
            numbers.iter().map(|number| ("x-ratelimit-remaining", number.to_string())).collect();
        let joined = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let told = read(&[("x-ratelimit-remaining", joined)]);
        prop_assert_eq!(&told, &read(&repeated));
        let least = tenths.iter().filter(|tenths| **tenths >= 0).map(|tenths| *tenths as u32 / 10).min();
        prop_assert_eq!(told.remaining, least, "the least counts");
    }

    #[test]
    fn seconds_left_are_seconds_left(seconds in 1_u64..7_200, ahead in -9_000_000_i64..9_000_000) {
        // Whatever the clocks say.
        let server = (NOW as i64 / 1_000 + ahead) as u64;
        for field in ["x-ratelimit-reset", "ratelimit-reset"] {
            let told = read(&[(field, seconds.to_string()), ("date", http_date(server))]);
            prop_assert_eq!(told.reset.map(|reset| reset.at - NOW), Some(seconds * 1_000));
        }
    }

    #[test]
    fn a_duration_is_the_sum_of_its_parts(
        parts in (0_u64..32, 0_u64..24, 0_u64..60, 0_u64..60, 1_u64..1_000),
        ahead in -9_000_000_i64..9_000_000,
    ) {
        // Whatever the clocks say.
        let server = (NOW as i64 / 1_000 + ahead) as u64;
        let (d, h, m, s, ms) = parts;
        let left = (((d * 24 + h) * 60 + m) * 60 + s) * 1_000 + ms;
        for value in [
            format!("{d}d{h}h{m}m{s}s{ms}ms"),
            format!("{}h{m}m{s}.{ms:03}s", d * 24 + h),
            format!("{left}ms"),
            format!("P{d}DT{h}H{m}M{s}.{ms:03}S"),
        ] {
            let told = read(&[("x-ratelimit-reset", value.clone()), ("date", http_date(server))]);
            prop_assert_eq!(told.reset.map(|reset| reset.at - NOW), Some(left), "{}", value);
        }
    }

    #[test]
    fn a_corrected_moment_is_never_early_and_a_second_late_at_most(
        left in 0_u64..FAR - 1_000,
        ahead in -2_000_000_000_i64..2_000_000_000,
    ) {
        // By the server's clock, of which `Date` tells the whole seconds.
        let server = (NOW as i64 + ahead) as u64;
        let told = read(&[
            ("x-ratelimit-reset", (server + left).to_string()),
            ("date", http_date(server / 1_000)),
        ]);
        // What is almost over counts as a second.
        let at = told.reset.unwrap().at - NOW;
        prop_assert!((left..=left.max(1) + 1_000).contains(&at), "{at} for {left}");
    }

    #[test]
    fn without_a_date_no_clock_makes_a_wait_negative_or_none(
        left in 1_i64..3_600, ahead in -4_000_i64..4_000,
    ) {
        let at = NOW as i64 / 1_000 + ahead + left;
        let told = read(&[("x-ratelimit-reset", at.to_string())]);
        match told.reset {
            Some(reset) => prop_assert!(reset.at >= NOW + 1_000),
            None => prop_assert!(ahead + left < -60, "only what is long over is refused"),
        }
    }
}

/// An IMF-fixdate, by the calendar of this test alone.
fn http_date(seconds: u64) -> String {
    const MONTHS: [(&str, u64); 12] = [
        ("Jan", 31),
        ("Feb", 28),
        ("Mar", 31),
        ("Apr", 30),
        ("May", 31),
        ("Jun", 30),
        ("Jul", 31),
        ("Aug", 31),
        ("Sep", 30),
        ("Oct", 31),
        ("Nov", 30),
        ("Dec", 31),
    ];
    let (mut days, time) = (seconds / 86_400, seconds % 86_400);
    let mut year = 1970;
    let leap = |year: u64| u64::from(year.is_multiple_of(4));
    while days >= 365 + leap(year) {
        days -= 365 + leap(year);
        year += 1;
    }
    let mut name = "";
    for (month, length) in MONTHS {
        name = month;
        let length = length + if month == "Feb" { leap(year) } else { 0 };
        if days < length {
            break;
        }
        days -= length;
    }
    let (hours, minutes) = (time / 3_600, time / 60 % 60);
    format!("Mon, {:02} {name} {year} {hours:02}:{minutes:02}:{:02} GMT", days + 1, time % 60)
}

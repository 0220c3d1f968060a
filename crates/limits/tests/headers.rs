//! How the headers of an answer are read, case by case.

use backoffice_client::sentences;
use backoffice_limits::{self as limits, Limits, Reading, Reset, Unit};

/// 2026-11-24T09:43:40Z.
const NOW: u64 = 1_795_513_420_000;

fn read(headers: &[(&str, &str)]) -> Limits {
    let headers: Vec<_> = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    limits::read(&headers, NOW, None)
}

/// In how many milliseconds the window ends, and how that was read.
fn reset(name: &str, value: &str) -> Option<(i64, String)> {
    let reset = read(&[(name, value)]).reset?;
    Some((reset.at as i64 - NOW as i64, sentence(&reset)))
}

fn sentence(reset: &Reset) -> String {
    sentences::reading(&reset.reading)
}

#[test]
fn every_kind_of_reset_is_told_apart() {
    for (value, left, unit) in [
        ("41", 41_000, "seconds left"),
        ("1", 1_000, "seconds left"),
        ("41.5", 41_500, "seconds left"),
        ("3600", 3_600_000, "seconds left"),
        ("7200", 7_200_000, "seconds left"),
        // None left is less than one, where a server rounds down.
        ("0", 1_000, "seconds left"),
        ("41000", 41_000, "milliseconds left"),
        ("60000", 60_000, "milliseconds left"),
        ("1795513461", 41_000, "a UNIX timestamp in seconds"),
        ("1795513461.5", 41_500, "a UNIX timestamp in seconds"),
        ("7201", 7_201, "milliseconds left"),
        // Now, or a minute ago at most, which a slow answer or a clock explains: less
        // than a second is left where the server still counts.
        ("1795513420", 1_000, "a UNIX timestamp in seconds"),
        ("1795513419", 1_000, "a UNIX timestamp in seconds"),
        ("1795513360", 1_000, "a UNIX timestamp in seconds"),
        ("1795513419000", 1_000, "a UNIX timestamp in milliseconds"),
        ("1795513461000", 41_000, "a UNIX timestamp in milliseconds"),
        ("Tue, 24 Nov 2026 09:44:21 GMT", 41_000, "a date"),
        ("Tuesday, 24-Nov-26 09:44:21 GMT", 41_000, "a date"),
        ("Tue Nov 24 09:44:21 2026", 41_000, "a date"),
        ("2026-11-24T09:44:21Z", 41_000, "a date"),
        ("2026-11-24 09:44:21z", 41_000, "a date"),
        // The farthest that is believed.
        ("1798278220", 32 * 86_400_000, "a UNIX timestamp in seconds"),
        ("2026-11-24T10:44:21.5+01:00", 41_500, "a date"),
        // Durations name their units themselves.
        ("6m0s", 360_000, "a duration"),
        ("1m30.5s", 90_500, "a duration"),
        ("20ms", 20, "a duration"),
        ("1h2m3s", 3_723_000, "a duration"),
        ("1h0m0.5s", 3_600_500, "a duration"),
        ("8.64s", 8_640, "a duration"),
        ("90s", 90_000, "a duration"),
        ("1.5h", 5_400_000, "a duration"),
        ("2d", 172_800_000, "a duration"),
        ("32d", 32 * 86_400_000, "a duration"),
        // A part of a millisecond is one: nothing ends early.
        ("350us", 1, "a duration"),
        ("350µs", 1, "a duration"),
        ("350μs", 1, "a duration"),
        // UTF-8 as a browser shows it.
        ("350Âµs", 1, "a duration"),
        ("1500000ns", 2, "a duration"),
        ("0s", 1_000, "a duration"),
        ("PT1M30S", 90_000, "a duration"),
        ("PT0.5S", 500, "a duration"),
        ("P1DT2H", 93_600_000, "a duration"),
        ("P2W", 1_209_600_000, "a duration"),
    ] {
        let expected = Some((left, format!("x-ratelimit-reset: {value}, read as {unit}")));
        assert_eq!(reset("x-ratelimit-reset", value), expected, "{value}");
    }
}

#[test]
fn absurd_values_count_as_missing() {
    for value in [
        "",
        "-1",
        "soon",
        "NaN",
        "inf",
        "1e400",
        "0x29",
        "-0",
        "+41",
        "1e2",
        "41.",
        ".5",
        "41 s",
        "1795513359",
        "1798278221",
        "1795500000",
        "1895513461",
        "1795500000000",
        "99999999999999999999",
        "Tue, 24 Nov 2025 09:44:21 GMT",
        "2036-11-24T09:44:21Z",
        "24 Nov",
        "2026-11-24T99999999999999:00:00Z",
        "2026-11-24T09:44:21+99999999999999999:00",
        "9223372036854775807-9223372036854775807-9223372036854775807T1:1:1Z",
        "é",
        "+",
        "-",
        "T",
        ":::",
        "m",
        "-6m0s",
        "+6m0s",
        "6m 0s",
        "6M0S",
        "0s6m",
        "6m6m",
        "6m0",
        "6.m",
        ".5s",
        "6x",
        "1e3s",
        "33d",
        "99999999999999999999h",
        "P",
        "PT",
        "P1DT",
        "P1M",
        "P1Y",
        "PT1D",
        "P1H",
        "PT1S1M",
        "pt1s",
        "PT-1S",
        "PT1",
    ] {
        assert_eq!(reset("x-ratelimit-reset", value), None, "{value}");
    }
}

#[test]
fn spellings_of_the_names_do_not_matter() {
    for name in [
        "x-ratelimit-reset",
        "X-RateLimit-Reset",
        "x-rate-limit-reset",
        "X-Rate-Limit-Reset",
        "RateLimit-Reset",
    ] {
        assert_eq!(reset(name, "41").unwrap().0, 41_000, "{name}");
    }
}

#[test]
fn retry_after_comes_first_then_the_standard_then_the_rest() {
    let all = [
        ("x-rate-limit-reset", "4"),
        ("x-ratelimit-reset", "3"),
        ("ratelimit", r#""default";r=5;t=2"#),
        ("retry-after", "1"),
    ];
    for used in (1..=4).rev() {
        let limits = read(&all[..used]);
        let expected = u64::try_from(5 - used).unwrap() * 1_000;
        assert_eq!(limits.hint().unwrap().at - NOW, expected, "{limits:?}");
    }
}

#[test]
fn retry_after_is_seconds_or_a_date() {
    for (value, left) in [
        ("7", Some(7_000)),
        ("0", Some(0)),
        ("1.5", Some(1_500)),
        ("86400", Some(86_400_000)),
        ("2764800", Some(32 * 86_400_000)),
        ("2764801", None),
        ("Tue, 24 Nov 2026 09:43:00 GMT", Some(0)),
        ("Tue, 24 Nov 2026 09:42:39 GMT", None),
        ("Tue Nov 24 09:44:21 2026", Some(41_000)),
        // Several: the latest. Malformed ones count as missing.
        ("7, 9, 8", Some(9_000)),
        ("Tue, 24 Nov 2026 09:44:21 GMT, 7, Tue, 24 Nov 2026 09:44:22 GMT", Some(42_000)),
        ("soon, 7, -9", Some(7_000)),
        ("Tue, 24 Nov 2026 09:44:21 GMT", Some(41_000)),
        ("Tuesday, 24-Nov-26 09:44:21 GMT", Some(41_000)),
        ("1795513461", None),
        // Not in the standard either, but it cannot be misread.
        ("1m30s", Some(90_000)),
        ("0s", Some(0)),
        ("-1m30s", None),
        ("later", None),
        ("-5", None),
    ] {
        let told = read(&[("Retry-After", value)]).retry_after.map(|reset| reset.at - NOW);
        assert_eq!(told, left, "{value}");
    }
}

#[test]
fn a_wrong_clock_is_corrected_where_the_server_tells_its_time() {
    // The server is an hour ahead of us.
    let date = ("Date", "Tue, 24 Nov 2026 10:43:40 GMT");
    for (value, left) in [
        ("1795517061", 41_000),
        ("1795517061000", 41_000),
        ("Tue, 24 Nov 2026 10:44:21 GMT", 41_000),
        ("41", 41_000),
    ] {
        let limits = read(&[date, ("x-ratelimit-reset", value)]);
        assert_eq!(limits.reset.unwrap().at - NOW, left, "{value}");
    }
    // Far off, it is refused without that, and read with it.
    assert_eq!(reset("x-ratelimit-reset", "1735689600"), None);
    let old = ("Date", "Wed, 01 Jan 2025 00:00:00 GMT");
    assert_eq!(read(&[old, ("x-ratelimit-reset", "1735689630")]).reset.unwrap().at - NOW, 30_000);
}

#[test]
fn a_known_unit_goes_before_the_size_of_the_number() {
    let left = |value: &str, known| {
        let headers = [("x-ratelimit-reset".to_owned(), value.to_owned())];
        limits::read(&headers, NOW, known).reset.map(|reset| reset.at - NOW)
    };
    for (value, known, expected) in [
        ("900", None, Some(900_000)),
        ("900", Some(Unit::Seconds), Some(900_000)),
        ("900", Some(Unit::Millis), Some(900)),
        ("900", Some(Unit::EpochSeconds), Some(900_000)),
        ("600000", None, Some(600_000)),
        ("600000", Some(Unit::Millis), Some(600_000)),
        ("600000", Some(Unit::Seconds), Some(600_000_000)),
        // More than a month.
        ("2764801", Some(Unit::Seconds), None),
        // These name their unit themselves.
        ("90s", Some(Unit::Millis), Some(90_000)),
        ("1795513461", Some(Unit::Millis), Some(41_000)),
    ] {
        assert_eq!(left(value, known), expected, "{value} {known:?}");
    }
}

#[test]
fn the_form_with_durations_and_a_limit_of_tokens_beside_it() {
    let headers = [
        ("x-ratelimit-limit-requests", "60"),
        ("x-ratelimit-limit-tokens", "150000"),
        ("x-ratelimit-remaining-requests", "59"),
        ("x-ratelimit-remaining-tokens", "0"),
        ("x-ratelimit-reset-requests", "1m30.5s"),
        ("x-ratelimit-reset-tokens", "6m0s"),
    ];
    assert_eq!(numbers(&headers), (Some(60), Some(59), None, Some(90_500)));
}

/// What was read is kept as facts, for the code that writes the sentence or looks into it.
#[test]
fn a_reading_keeps_the_facts() {
    let limits = read(&[
        ("Date", "Tue, 24 Nov 2026 09:33:40 GMT"),
        ("x-ratelimit-limit", "9, 9;w=60"),
        ("X-RateLimit-Reset", "1795513420"),
    ]);
    let expected = Reading {
        header: "x-ratelimit-reset".to_owned(),
        value: "1795513420".to_owned(),
        unit: Unit::EpochSeconds,
        clock_ahead: Some(-600_000),
        cut_to: Some(60_000),
    };
    let reset = limits.reset.unwrap();
    assert_eq!((reset.at, &*reset.reading), (NOW + 60_000, &expected));
    assert_eq!(
        sentence(&reset),
        "x-ratelimit-reset: 1795513420, read as a UNIX timestamp in seconds, with the server's \
         clock 10 min behind this one, cut to a window of 60 s"
    );
}

#[test]
fn the_standard_fields_in_their_forms() {
    let limits = read(&[
        ("RateLimit-Policy", r#""burst";q=100;w=60, "daily";q=5000;w=86400"#),
        ("RateLimit", r#""daily";r=800;t=5000, "burst";r=50;t=30"#),
    ]);
    assert_eq!(
        (limits.limit, limits.remaining, limits.window),
        (Some(100), Some(50), Some(60_000))
    );
    let reset = limits.reset.unwrap();
    assert_eq!(reset.at - NOW, 30_000);
    assert_eq!(sentence(&reset), r#"ratelimit: "burst";r=50;t=30, read as seconds left"#);

    let earlier = read(&[("RateLimit", "limit=100, remaining=50, reset=30")]);
    assert_eq!((earlier.limit, earlier.remaining), (Some(100), Some(50)));
    assert_eq!(earlier.reset.unwrap().at - NOW, 30_000);

    let three = read(&[
        ("RateLimit-Limit", "100, 100;w=60"),
        ("RateLimit-Remaining", "50"),
        ("RateLimit-Reset", "30"),
    ]);
    assert_eq!((three.limit, three.remaining), (Some(100), Some(50)));
    assert!(read(&[("RateLimit", "r=x;;=,;t"), ("RateLimit-Policy", ";;")]).is_hidden());
}

/// Every spelling of a count, and what it counts to, as what is left and as a limit.
#[test]
fn counts_are_numbers_of_calls() {
    for (value, left, limit) in [
        ("594", Some(594), Some(594)),
        (" 594 ", Some(594), Some(594)),
        ("007", Some(7), Some(7)),
        // Servers that count in fractions: a part of a call is no call.
        ("594.0", Some(594), Some(594)),
        ("594.9", Some(594), Some(594)),
        ("594.00000", Some(594), Some(594)),
        ("0.5", Some(0), None),
        ("0", Some(0), None),
        ("4294967295.9", Some(u32::MAX), Some(u32::MAX)),
        ("4294967296", None, None),
        ("99999999999999999999", None, None),
        // In a list the tightest counts, and what is no count is skipped.
        ("991.0, 98.0", Some(98), Some(98)),
        ("991,98", Some(98), Some(98)),
        ("many, 3,", Some(3), Some(3)),
        ("-1, 5", Some(5), Some(5)),
        ("5.5;w=60", Some(5), Some(5)),
        ("5;comment=\"1, 2\", 9", Some(5), Some(5)),
        // A comma separates values (RFC 9110 section 5.3), also where thousands are meant.
        ("12,345", Some(12), Some(12)),
        // Servers send a negative number for "no limit" or "not known".
        ("-1", None, None),
        ("-1.5", None, None),
        ("-0", None, None),
        // No server is known to send these.
        ("+5", None, None),
        ("1e3", None, None),
        ("\"5\"", None, None),
        ("5.", None, None),
        (".5", None, None),
        ("1_000", None, None),
        ("0x10", None, None),
        ("5/10", None, None),
        ("5 calls", None, None),
        ("unlimited", None, None),
        ("NaN", None, None),
        ("inf", None, None),
        ("", None, None),
    ] {
        let remaining = read(&[("x-ratelimit-remaining", value)]);
        assert_eq!(remaining.remaining, left, "remaining: {value:?}");
        assert_eq!(remaining.is_hidden(), left.is_none(), "{value:?}");
        assert_eq!(read(&[("x-ratelimit-limit", value)]).limit, limit, "limit: {value:?}");
    }
    assert!(read(&[("content-type", "text/html"), ("retry-after", "5")]).is_hidden());
}

#[test]
fn fractions_of_calls_are_read_beside_their_reset() {
    let headers = [
        ("x-ratelimit-limit", "600.0"),
        ("x-ratelimit-remaining", "594.0"),
        ("x-ratelimit-reset", "41"),
    ];
    assert_eq!(numbers(&headers), (Some(600), Some(594), None, Some(41_000)));
}

#[test]
fn the_platform_own_form() {
    let limits = read(&[
        ("x-ratelimit-limit", "120"),
        ("x-ratelimit-remaining", "7"),
        ("x-ratelimit-reset", "41"),
    ]);
    assert_eq!((limits.limit, limits.remaining, limits.window), (Some(120), Some(7), None));
    let reset = limits.reset.unwrap();
    assert_eq!((reset.at - NOW, reset.reading.unit), (41_000, Unit::Seconds));
    assert_eq!(limits.retry_after, None);
}

/// Everything that was read but the sentences: limit, remaining, window and end.
type Read = (Option<u32>, Option<u32>, Option<u64>, Option<u64>);

fn numbers(headers: &[(&str, &str)]) -> Read {
    let limits = read(headers);
    (limits.limit, limits.remaining, limits.window, limits.reset.map(|reset| reset.at - NOW))
}

fn line((name, value): (&str, &str)) -> String {
    format!("{name}: {value}")
}

#[test]
fn limits_and_policies_of_the_standard() {
    let policy = |value| ("RateLimit-Policy", value);
    let limit = |value| ("RateLimit", value);
    let burst = policy(r#""burst";q=100;w=60"#);
    let cases: &[(&[(&str, &str)], Read)] = &[
        // Examples of the draft.
        (&[limit(r#""default";r=50;t=30"#)], (None, Some(50), None, Some(30_000))),
        (&[limit(r#""default";r=999;pk=:dHJpYWwxMjEzMjM=:"#)], (None, Some(999), None, None)),
        (
            &[
                policy(r#""permin";q=50;w=60,"perhr";q=1000;w=3600"#),
                limit(r#""perhr";r=9;t=500, "permin";r=10;t=9"#),
            ],
            (Some(1000), Some(9), Some(3_600_000), Some(500_000)),
        ),
        // As express and others send it: spaces, and a name as a token.
        (
            &[policy(r#""a b"; q=100; w=900; pk=:ZjM=:"#), limit(r#"  "a b"; r=99; t=900 "#)],
            (Some(100), Some(99), Some(900_000), Some(900_000)),
        ),
        (
            &[policy("burst;q=100;w=60"), limit(r#""burst";r=5;t=3"#)],
            (Some(100), Some(5), Some(60_000), Some(3_000)),
        ),
        // Names may hold anything.
        (
            &[policy(r#""a, \"b\";r=0;t=9";q=7;w=60"#), limit(r#""a, \"b\";r=0;t=9";r=5;t=3"#)],
            (Some(7), Some(5), Some(60_000), Some(3_000)),
        ),
        // What is not known is a comment.
        (
            &[burst, limit(r#""burst";x="r=0, ";r=5;acme-r=1;t=3;y"#)],
            (Some(100), Some(5), Some(60_000), Some(3_000)),
        ),
        // Several fields are one list.
        (
            &[limit(r#""a";r=9;t=3"#), limit(r#""burst";r=5;t=4"#), burst],
            (Some(100), Some(5), Some(60_000), Some(4_000)),
        ),
        // With as much left, the one that ends last.
        (
            &[limit(r#""a";r=0;t=3, "b";r=0;t=40, "c";r=0;t=5"#)],
            (None, Some(0), None, Some(40_000)),
        ),
        // None left is less than a second.
        (&[limit(r#""a";r=0;t=0"#)], (None, Some(0), None, Some(1_000))),
        // An end that was told elsewhere is better than none.
        (
            &[limit(r#""a";r=0"#), ("x-ratelimit-remaining", "3"), ("x-ratelimit-reset", "9")],
            (None, Some(0), None, Some(9_000)),
        ),
        // More left than there is: less.
        (
            &[burst, limit(r#""burst";r=500;t=3"#)],
            (Some(100), Some(100), Some(60_000), Some(3_000)),
        ),
        // Of several policies of one name, as for partitions, the tightest.
        (
            &[
                policy(r#""a";q=9;w=60;pk=:YQ==:, "a";q=7;w=30;pk=:Yg==:, "a";q=8;w=40"#),
                limit(r#""a";r=5;t=3"#),
            ],
            (Some(7), Some(5), Some(30_000), Some(3_000)),
        ),
        // Bytes and the like are not calls.
        (
            &[
                policy(r#""b";q=65535;qu="content-bytes";w=10"#),
                limit(r#""b";r=0;t=9, "burst";r=5;t=3"#),
                burst,
            ],
            (Some(100), Some(5), Some(60_000), Some(3_000)),
        ),
        (
            &[policy(r#""b";q=10;qu="requests";w=10"#), limit(r#""b";r=0;t=9"#)],
            (Some(10), Some(0), Some(10_000), Some(9_000)),
        ),
        // Members that lack a required parameter, or have a wrong one, count as missing.
        (
            &[limit(
                r#""a";t=3, 7;r=1, "b";r=-1, "c";r=0.5, "d";r="0", "e";r=1;t=-1, "f";r=1;t=1.5, "g";r=8;t=6, ("h");r=0"#,
            )],
            (None, Some(8), None, Some(6_000)),
        ),
        (
            &[
                policy(r#""burst";w=60, "burst";q=9;w=0, "burst";q=-1, "burst";q=8;qu=1"#),
                limit(r#""burst";r=5;t=3"#),
            ],
            (None, Some(5), None, Some(3_000)),
        ),
        // A field that does not parse counts as missing; the other headers are read.
        (
            &[limit(r#""a";r=1;t=1, "b";R=0"#), ("x-ratelimit-remaining", "3")],
            (None, Some(3), None, None),
        ),
        (&[limit(r#""a;r=1;t=1"#), ("x-ratelimit-remaining", "3")], (None, Some(3), None, None)),
        // Too far away to be true.
        (&[limit(r#""a";r=1;t=2764801"#)], (None, Some(1), None, None)),
        // Up to draft 07.
        (
            &[limit("limit=100, remaining=50, reset=30"), policy("100;w=60, 1000;w=3600")],
            (Some(100), Some(50), Some(60_000), Some(30_000)),
        ),
        (&[limit("remaining=50,reset=30")], (None, Some(50), None, Some(30_000))),
        (
            &[limit("limit=9, remaining=5, reset=3, limit=8, remaining=4, reset=2")],
            (Some(8), Some(4), None, Some(2_000)),
        ),
        (&[limit("limit=9, remaining=-5, reset=3")], (None, None, None, None)),
        (&[limit("limit=9, remaining=5, reset=soon")], (None, None, None, None)),
        // Up to draft 06.
        (
            &[
                ("RateLimit-Limit", r#"10, 10;w=1;comment="a, b", 50;w=60"#),
                ("RateLimit-Remaining", "9"),
                ("RateLimit-Reset", "1"),
            ],
            (Some(10), Some(9), Some(1_000), Some(1_000)),
        ),
        (
            &[
                ("RateLimit-Limit", "100"),
                ("RateLimit-Policy", "100;w=60"),
                ("RateLimit-Remaining", "9"),
            ],
            (Some(100), Some(9), Some(60_000), None),
        ),
        // Policies alone: the tightest.
        (
            &[policy(r#""daily";q=5000;w=86400, "burst";q=100;w=60"#)],
            (Some(100), None, Some(60_000), None),
        ),
    ];
    for (headers, expected) in cases {
        let sent: Vec<_> = headers.iter().copied().map(line).collect();
        assert_eq!(numbers(headers), *expected, "{sent:#?}");
    }
}

#[test]
fn limits_without_a_standard() {
    let cases: &[(&[(&str, &str)], Read)] = &[
        // The suffix tells the window, and the tightest counts.
        (
            &[
                ("X-RateLimit-Limit-Minute", "10"),
                ("X-RateLimit-Remaining-Minute", "8"),
                ("X-RateLimit-Limit-Hour", "1000"),
                ("X-RateLimit-Remaining-Hour", "3"),
            ],
            (Some(1000), Some(3), Some(3_600_000), None),
        ),
        (
            &[("x-rate-limit-remaining-second", "3"), ("x-rate-limit-limit-second", "5")],
            (Some(5), Some(3), Some(1_000), None),
        ),
        (
            &[("ratelimit-day-remaining", "3"), ("ratelimit-limit-day", "5")],
            (Some(5), Some(3), Some(86_400_000), None),
        ),
        // A limit per minute is not a limit per day.
        (
            &[
                ("x-ratelimit-limit-minute", "10"),
                ("x-ratelimit-remaining-minute", "9"),
                ("x-ratelimit-remaining-day", "3"),
            ],
            (None, Some(3), Some(86_400_000), None),
        ),
        // As Kong sends it: the same limit twice, each with a part of it.
        (
            &[
                ("X-RateLimit-Limit-Minute", "10"),
                ("X-RateLimit-Remaining-Minute", "0"),
                ("RateLimit-Limit", "10"),
                ("RateLimit-Remaining", "0"),
                ("RateLimit-Reset", "25"),
            ],
            (Some(10), Some(0), Some(60_000), Some(25_000)),
        ),
        // With a long window, seconds may be many; with a short one they are cut.
        (
            &[("x-ratelimit-remaining-day", "0"), ("x-ratelimit-reset-day", "80000")],
            (None, Some(0), Some(86_400_000), Some(80_000_000)),
        ),
        (
            &[("x-ratelimit-remaining-minute", "0"), ("x-ratelimit-reset-minute", "900")],
            (None, Some(0), Some(60_000), Some(60_000)),
        ),
        (
            &[("x-ratelimit-remaining-minute", "0"), ("x-ratelimit-reset-minute", "61")],
            (None, Some(0), Some(60_000), Some(61_000)),
        ),
        // A clock ten minutes behind, and no `Date`: the window keeps the wait short.
        (
            &[("x-ratelimit-limit", "9, 9;w=60"), ("x-ratelimit-reset", "1795514061")],
            (Some(9), None, Some(60_000), Some(60_000)),
        ),
        // A limit of another window fills no gap and cuts nothing.
        (
            &[("RateLimit", "\"a\";r=50;t=3000"), ("x-ratelimit-limit-minute", "10")],
            (None, Some(50), None, Some(3_000_000)),
        ),
        (
            &[
                ("x-ratelimit-remaining-minute", "3"),
                ("x-ratelimit-remaining-hour", "3"),
                ("x-ratelimit-limit-hour", "9"),
            ],
            (Some(9), Some(3), Some(3_600_000), None),
        ),
        (
            &[
                ("x-ratelimit-remaining-minute", "2"),
                ("x-ratelimit-remaining-hour", "3"),
                ("x-ratelimit-limit-hour", "9"),
            ],
            (None, Some(2), Some(60_000), None),
        ),
        (
            &[
                ("x-ratelimit-remaining-minute", "3"),
                ("x-ratelimit-reset-minute", "5"),
                ("x-ratelimit-remaining-hour", "3"),
                ("x-ratelimit-limit-hour", "9"),
            ],
            (None, Some(3), Some(60_000), Some(5_000)),
        ),
        // Without suffix the field goes before those with one, if nothing tells which is tight.
        (
            &[("x-ratelimit-reset-hour", "50"), ("x-ratelimit-reset", "3")],
            (None, None, None, Some(3_000)),
        ),
        // Repeated or joined: the fewest calls, the latest moment.
        (
            &[
                ("x-ratelimit-remaining", "5, 3"),
                ("x-ratelimit-limit", "10,9"),
                ("x-ratelimit-reset", "7, 8,6"),
            ],
            (Some(9), Some(3), None, Some(8_000)),
        ),
        (
            &[
                ("x-ratelimit-remaining", "3"),
                ("x-ratelimit-remaining", "5"),
                ("x-ratelimit-reset", "8"),
                ("X-RateLimit-Reset", "7"),
            ],
            (None, Some(3), None, Some(8_000)),
        ),
        (
            &[("x-ratelimit-remaining", "many, 3,"), ("x-ratelimit-reset", "soon, 7, -1")],
            (None, Some(3), None, Some(7_000)),
        ),
        (
            &[(
                "x-ratelimit-reset",
                "Tue, 24 Nov 2026 09:44:21 GMT, Tue, 24 Nov 2026 09:44:20 GMT",
            )],
            (None, None, None, Some(41_000)),
        ),
        // Contradictions: the smaller.
        (
            &[("x-ratelimit-limit", "10"), ("x-ratelimit-remaining", "50")],
            (Some(10), Some(10), None, None),
        ),
        (
            &[("x-ratelimit-remaining", "50"), ("ratelimit-remaining", "4")],
            (None, Some(4), None, None),
        ),
        // Servers send a limit of 0 or less when there is no limit.
        (&[("x-ratelimit-limit", "-1"), ("x-ratelimit-remaining", "-1")], (None, None, None, None)),
        (
            &[("x-ratelimit-limit", "0"), ("x-ratelimit-remaining", "5")],
            (None, Some(5), None, None),
        ),
        // The first spelling goes first.
        (&[("ratelimit-reset", "5"), ("x-rate-limit-reset", "4")], (None, None, None, Some(4_000))),
        (
            &[("x-rate-limit-reset", "4"), ("x-ratelimit-reset", "3")],
            (None, None, None, Some(3_000)),
        ),
        (
            &[("x-rate-limit-reset", "4"), ("x-ratelimit-reset", "soon")],
            (None, None, None, Some(4_000)),
        ),
    ];
    for (headers, expected) in cases {
        let sent: Vec<_> = headers.iter().copied().map(line).collect();
        assert_eq!(numbers(headers), *expected, "{sent:#?}");
    }
}

#[test]
fn a_server_may_punish_for_longer_than_it_counts() {
    let limits = read(&[
        ("RateLimit-Policy", r#""a";q=9;w=60"#),
        ("RateLimit", r#""a";r=0;t=70"#),
        ("Retry-After", "300"),
    ]);
    assert_eq!(limits.hint().unwrap().at - NOW, 300_000);
    let reset = limits.reset.unwrap();
    assert_eq!(reset.at - NOW, 60_000);
    assert_eq!(
        sentence(&reset),
        r#"ratelimit: "a";r=0;t=70, read as seconds left, cut to a window of 60 s"#
    );
}

#[test]
fn the_sentence_tells_of_a_wrong_clock() {
    // Our clock is 0.6 s past NOW: `Date` has whole seconds.
    let now = NOW + 600;
    for (date, value, expected) in [
        (
            "Tue, 24 Nov 2026 09:53:40 GMT",
            "1795514061",
            ", with the server's clock 10 min ahead of this one",
        ),
        (
            "Tue, 24 Nov 2026 09:33:40 GMT",
            "1795512861",
            ", with the server's clock 10 min behind this one",
        ),
        (
            "Tue, 24 Nov 2026 09:43:37 GMT",
            "1795513461",
            ", with the server's clock 4 s behind this one",
        ),
        ("Tue, 24 Nov 2026 09:43:42 GMT", "1795513461", ""),
        ("Tue, 24 Nov 2026 09:43:39 GMT", "1795513461", ""),
        ("yesterday", "1795513461", ""),
        (
            "Wed, 25 Nov 2026 09:43:40 GMT",
            "Wed, 25 Nov 2026 09:44:21 GMT",
            ", with the server's clock 24 h ahead of this one",
        ),
        // Two that differ: the earlier, with the longer wait.
        (
            "Tue, 24 Nov 2026 09:53:40 GMT, Tue, 24 Nov 2026 09:33:40 GMT",
            "1795513461",
            ", with the server's clock 10 min behind this one",
        ),
        // No clock is used for these.
        ("Tue, 24 Nov 2026 10:43:40 GMT", "41", ""),
        ("Tue, 24 Nov 2026 10:43:40 GMT", "41000", ""),
    ] {
        let headers = [("date", date), ("x-ratelimit-reset", value)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let read_as = sentence(&limits::read(&headers, now, None).reset.unwrap());
        let (_, clock) = read_as.split_once(", with").unwrap_or_default();
        assert_eq!(clock, expected.strip_prefix(", with").unwrap_or_default(), "{date} {value}");
    }
}

#[test]
fn the_sentence_shows_values_safely() {
    let long = format!("{}1.5", "0".repeat(99));
    let (left, read_as) = reset("x-ratelimit-reset", &long).unwrap();
    assert_eq!(left, 1_500);
    assert_eq!(read_as, format!("x-ratelimit-reset: {}…, read as seconds left", "0".repeat(60)));
    let (_, read_as) = reset("RateLimit", "\"a\";r=1;t=5;x=\"\u{7f}\u{202e}\"").unwrap_or_default();
    assert_eq!(read_as, "", "no structured field holds controls");
    let name = format!("\"{}\";r=1;t=5", "n".repeat(99));
    let (_, read_as) = reset("RateLimit", &name).unwrap();
    assert_eq!(read_as, format!("ratelimit: \"{}…, read as seconds left", "n".repeat(59)));
}

#[test]
fn a_limit_alone_is_hidden() {
    // It does not tell how many calls are left of it.
    assert!(read(&[("x-ratelimit-limit", "120")]).is_hidden());
    assert!(read(&[("RateLimit-Policy", r#""a";q=100;w=60"#)]).is_hidden());
    assert!(!read(&[("x-ratelimit-remaining", "5")]).is_hidden());
    assert!(!read(&[("x-ratelimit-reset", "5")]).is_hidden());
}

#[test]
fn equal_limits_read_the_same_in_any_order() {
    let (a, b) = (("RateLimit", r#""a";r=0;t=5"#), ("RateLimit", r#""b";r=0;t=5"#));
    assert_eq!(read(&[a, b]), read(&[b, a]));
}

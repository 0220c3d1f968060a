//! How the headers of an answer are read, case by case.

use backoffice_client::limits::{self, Limits, Unit};

/// 2026-11-24T09:43:40Z.
const NOW: u64 = 1_795_513_420_000;

fn read(headers: &[(&str, &str)]) -> Limits {
    let headers: Vec<_> = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    limits::read(&headers, NOW, None)
}

/// In how many milliseconds the window ends, and how that was read.
fn reset(name: &str, value: &str) -> Option<(i64, String)> {
    let reset = read(&[(name, value)]).reset?;
    Some((reset.at as i64 - NOW as i64, reset.read_as))
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
        // A second ago, which a slow answer or a clock explains.
        ("1795513419", 0, "a UNIX timestamp in seconds"),
        ("1795513461000", 41_000, "a UNIX timestamp in milliseconds"),
        ("Tue, 24 Nov 2026 09:44:21 GMT", 41_000, "a date"),
        ("2026-11-24T09:44:21Z", 41_000, "a date"),
        ("2026-11-24T10:44:21.5+01:00", 41_500, "a date"),
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
        ("86400", Some(86_400_000)),
        ("Tue, 24 Nov 2026 09:44:21 GMT", Some(41_000)),
        ("Tuesday, 24-Nov-26 09:44:21 GMT", Some(41_000)),
        ("1795513461", None),
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
fn a_server_that_counts_milliseconds_does_so_to_the_end() {
    let headers = [("x-ratelimit-reset".to_owned(), "900".to_owned())];
    let left = |known| limits::read(&headers, NOW, known).reset.unwrap().at - NOW;
    assert_eq!(left(None), 900_000);
    assert_eq!(left(Some(Unit::Millis)), 900);
    assert_eq!(left(Some(Unit::EpochSeconds)), 900_000);
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
    assert_eq!(reset.read_as, r#"ratelimit: "burst";r=50;t=30, read as seconds left"#);

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

#[test]
fn counts_are_whole_numbers() {
    let limits = read(&[("x-ratelimit-limit", "120"), ("x-ratelimit-remaining", "-3")]);
    assert_eq!((limits.limit, limits.remaining), (Some(120), Some(0)));
    assert!(!limits.is_hidden());
    let limits = read(&[("x-ratelimit-limit", "many"), ("x-ratelimit-remaining", "99999999999")]);
    assert!(limits.is_hidden());
    assert!(read(&[("content-type", "text/html"), ("retry-after", "5")]).is_hidden());
}

//! Which versions go together, by Elixir's table of compatibility with Erlang/OTP and
//! by what each Phoenix asks of Elixir in its changelog.

use crate::pages::versions::choices::Phoenix;

/// A minor version of Elixir 1, the oldest and newest OTP it runs on, and the patch
/// release from which it also runs on the next one.
struct Row {
    minor: u32,
    otp: (u32, u32),
    next_from: Option<u32>,
}

const fn row(minor: u32, oldest: u32, newest: u32) -> Row {
    Row { minor, otp: (oldest, newest), next_from: None }
}

const fn row_from(minor: u32, oldest: u32, newest: u32, patch: u32) -> Row {
    Row { minor, otp: (oldest, newest), next_from: Some(patch) }
}

/// From "Compatibility and deprecations" in the documentation of Elixir.
const TABLE: [Row; 21] = [
    row(20, 27, 29),
    row(19, 26, 28),
    row(18, 25, 27),
    row(17, 25, 27),
    row(16, 24, 26),
    row(15, 24, 26),
    row_from(14, 23, 25, 5),
    row_from(13, 22, 24, 4),
    row(12, 22, 24),
    row_from(11, 21, 23, 4),
    row_from(10, 21, 22, 3),
    row(9, 20, 22),
    row(8, 20, 22),
    row(7, 19, 22),
    row_from(6, 19, 20, 6),
    row(5, 18, 20),
    row_from(4, 18, 19, 5),
    row(3, 18, 19),
    row_from(2, 18, 18, 6),
    row(1, 17, 18),
    row_from(0, 17, 17, 5),
];

/// The parts of a version such as `1.14.5` or `26.2`; `None` for anything else.
pub(super) fn parts(version: &str) -> Option<Vec<u32>> {
    version
        .split('.')
        .map(|part| {
            let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| part.parse().ok()).flatten()
        })
        .collect()
}

/// What is wrong with a version by itself, for the field that it is typed into.
pub(super) fn elixir_fault(version: &str) -> Option<String> {
    match parts(version.trim()).as_deref() {
        Some([1, _, _]) => None,
        _ => Some("Write all three parts, such as 1.17.3.".to_owned()),
    }
}

/// As [`elixir_fault`], for Erlang/OTP.
pub(super) fn erlang_fault(version: &str) -> Option<String> {
    match parts(version.trim()).as_deref() {
        Some([major, _, ..]) if *major >= 17 => None,
        _ => Some("Write at least two parts, such as 26.2.5.".to_owned()),
    }
}

/// As [`elixir_fault`], for Node and npm, which may be left to the buildpack.
pub(super) fn node_fault(version: &str) -> Option<String> {
    let version = version.trim();
    if version.is_empty() || parts(version).is_some_and(|parts| parts.len() == 3) {
        None
    } else {
        Some("Write all three parts, such as 20.18.0, or nothing.".to_owned())
    }
}

/// What is known about a pair or a trio of versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// They go together.
    Good(String),
    /// They do not, and why.
    Bad(String),
    /// The table does not know.
    Unknown(String),
}

/// Whether Elixir runs on that OTP. `None` while one of them cannot be read.
pub(super) fn elixir_on_otp(elixir: &str, erlang: &str) -> Option<Verdict> {
    let elixir = elixir.trim();
    let elixir_parts = parts(elixir)?;
    let [1, minor, patch] = elixir_parts.as_slice() else { return None };
    let otp = *parts(erlang.trim())?.first()?;
    let Some(row) = TABLE.iter().find(|row| row.minor == *minor) else {
        return Some(Verdict::Unknown(format!(
            "Elixir 1.{minor} is newer than the table that this page checks against."
        )));
    };
    let (oldest, newest) = row.otp;
    let newest_here = match row.next_from {
        Some(from) if *patch >= from => newest + 1,
        _ => newest,
    };
    if (oldest..=newest_here).contains(&otp) {
        return Some(Verdict::Good(format!("Elixir {elixir} runs on OTP {otp}.")));
    }
    let range = if oldest == newest_here {
        format!("OTP {oldest}")
    } else {
        format!("OTP {oldest} to {newest_here}")
    };
    let more = match row.next_from {
        Some(from) if otp == newest + 1 => {
            format!(" OTP {otp} needs Elixir 1.{minor}.{from} or newer.")
        }
        _ => String::new(),
    };
    Some(Verdict::Bad(format!("Elixir {elixir} runs on {range}, not on {otp}.{more}")))
}

/// Whether Phoenix runs on that Elixir. `None` where nothing is asked of it.
pub(super) fn phoenix_on_elixir(phoenix: Phoenix, elixir: &str) -> Option<Verdict> {
    let needed = phoenix.least_elixir()?;
    let minor = *parts(elixir.trim())?.get(1)?;
    let label = phoenix.label();
    Some(if minor >= needed {
        Verdict::Good(format!("Phoenix {label} runs on Elixir 1.{minor}."))
    } else {
        Verdict::Bad(format!("Phoenix {label} needs Elixir 1.{needed} or newer."))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn good(elixir: &str, erlang: &str, expected: bool) {
        let verdict = elixir_on_otp(elixir, erlang).unwrap();
        assert_eq!(matches!(verdict, Verdict::Good(_)), expected, "{verdict:?}");
    }

    #[test]
    fn the_table_of_elixir() {
        good("1.17.3", "26.2.5", true);
        good("1.17.3", "28.0", false);
        good("1.16.0", "23.3", false);
        good("1.14.4", "26.0", false);
        good("1.14.5", "26.0", true);
        good("1.13.4", "25.3.2", true);
        good("1.11.3", "23.2", true);
        good("1.11.3", "24.0", false);
        good("1.2.6", "19.0", true);
        assert!(matches!(elixir_on_otp("1.40.0", "40.0"), Some(Verdict::Unknown(_))));
        assert_eq!(elixir_on_otp("1.17", "26.0"), None);
        assert_eq!(elixir_on_otp("1.17.3", ""), None);
    }

    #[test]
    fn it_says_from_which_patch_the_next_otp_works() {
        let Some(Verdict::Bad(why)) = elixir_on_otp("1.14.3", "26.1") else { panic!("it is bad") };
        assert_eq!(
            why,
            "Elixir 1.14.3 runs on OTP 23 to 25, not on 26. OTP 26 needs Elixir 1.14.5 or newer."
        );
    }

    #[test]
    fn phoenix_asks_for_an_elixir() {
        let is_good = |phoenix, elixir| {
            phoenix_on_elixir(phoenix, elixir).map(|verdict| matches!(verdict, Verdict::Good(_)))
        };
        assert_eq!(is_good(Phoenix::V18, "1.14.5"), Some(false));
        assert_eq!(is_good(Phoenix::V18, "1.15.0"), Some(true));
        assert_eq!(is_good(Phoenix::V17, "1.11.0"), Some(true));
        assert_eq!(is_good(Phoenix::V16, "1.8.2"), Some(false));
        assert_eq!(is_good(Phoenix::Without, "1.3.0"), None);
    }

    #[test]
    fn faults_of_what_is_typed() {
        assert_eq!(elixir_fault(" 1.17.3 "), None);
        for bad in ["1.17", "2.0.0", "1.17.3-rc", "", "1..3", "latest"] {
            assert!(elixir_fault(bad).is_some(), "{bad}");
        }
        assert_eq!(erlang_fault("26.2.5.1"), None);
        assert!(erlang_fault("26").is_some());
        assert_eq!(node_fault(""), None);
        assert!(node_fault("20").is_some());
    }
}

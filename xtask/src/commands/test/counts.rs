//! How many tests passed and failed, read from the reports of the test runners.

use std::fmt;
use std::ops::AddAssign;

use serde_json::Value;

/// A count of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Tests that passed.
    pub(crate) passed: u64,
    /// Tests that failed.
    pub(crate) failed: u64,
}

impl Counts {
    /// A run that failed as a whole, before its tests could.
    pub(crate) fn one_failed() -> Self {
        Self { passed: 0, failed: 1 }
    }

    /// From a line of `cargo test`; only the last line of each binary counts.
    pub(crate) fn from_cargo_line(line: &str) -> Option<Self> {
        let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
        let mut parts = numbers.split(';').map(str::trim);
        Some(Self {
            passed: number_before(parts.next()?, " passed")?,
            failed: number_before(parts.next()?, " failed")?,
        })
    }

    /// From Playwright's JSON report.
    pub(crate) fn from_playwright_report(report: &str) -> Option<Self> {
        let report: Value = serde_json::from_str(report).ok()?;
        let stats = report.get("stats")?;
        let count = |name: &str| stats.get(name)?.as_u64();
        Some(Self { passed: count("expected")? + count("flaky")?, failed: count("unexpected")? })
    }

    /// From pytest's report, in the format of JUnit: one element counts for all.
    pub(crate) fn from_junit_report(report: &str) -> Option<Self> {
        let (_, suite) = report.split_once("<testsuite ")?;
        let (attributes, _) = suite.split_once('>')?;
        let count = |name: &str| -> Option<u64> {
            let (_, value) = attributes.split_once(&format!("{name}=\""))?;
            value.split_once('"')?.0.parse().ok()
        };
        let failed = count("errors")? + count("failures")?;
        let passed = count("tests")?.checked_sub(failed + count("skipped")?)?;
        Some(Self { passed, failed })
    }

    /// The same, but failed if the runner reports a failure that it did not count.
    pub(crate) fn given(self, runner_succeeded: bool) -> Self {
        match (runner_succeeded, self.failed) {
            (false, 0) => Self { failed: 1, ..self },
            _ => self,
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

fn number_before(text: &str, label: &str) -> Option<u64> {
    text.strip_suffix(label)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_of_cargo_test() {
        let passed = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; \
                      finished in 0.01s";
        let failed =
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out";
        let mut sum = Counts::from_cargo_line(passed).unwrap();
        sum += Counts::from_cargo_line(failed).unwrap();
        assert_eq!(sum.to_string(), "15 passed, 2 failed");
        assert_eq!(Counts::from_cargo_line("test a::b ... ok"), None);
    }

    #[test]
    fn report_of_playwright() {
        let report = r#"{"suites":[],"stats":{"expected":7,"skipped":1,"unexpected":2,"flaky":0}}"#;
        let counts = Counts::from_playwright_report(report).unwrap();
        assert_eq!(counts.to_string(), "7 passed, 2 failed");
        assert_eq!(Counts::from_playwright_report("{}"), None);
    }

    #[test]
    fn report_of_pytest() {
        let report = r#"<?xml version="1.0"?><testsuites name="a"><testsuite name="pytest"
            errors="1" failures="2" skipped="3" tests="10" time="0.1"><testcase/>"#;
        let counts = Counts::from_junit_report(report).unwrap();
        assert_eq!(counts.to_string(), "4 passed, 3 failed");
        assert_eq!(Counts::from_junit_report("<testsuites/>"), None);
    }

    #[test]
    fn a_failing_runner_never_counts_as_success() {
        let all_passed = Counts { passed: 4, failed: 0 };
        assert_eq!(all_passed.given(true).failed, 0);
        assert_eq!(all_passed.given(false).failed, 1);
    }
}

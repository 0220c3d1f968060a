//! Saying what a slow step does, how long it usually takes, and how long it took.

use std::time::Instant;

use crate::error::Result;

/// Runs `work` between two lines of text; `usually` is for example "about 2 minutes".
pub(crate) fn step<T>(what: &str, usually: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("{what} (usually {usually})…");
    let start = Instant::now();
    let outcome = work()?;
    eprintln!("{what}: done in {}", duration(start.elapsed().as_secs()));
    Ok(outcome)
}

fn duration(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_read_well() {
        assert_eq!(duration(0), "0 s");
        assert_eq!(duration(59), "59 s");
        assert_eq!(duration(262), "4 min 22 s");
    }
}

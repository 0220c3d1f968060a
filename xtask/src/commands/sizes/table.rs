//! The table of file sizes, as text.

use super::{Budget, FileSize, Load};

/// One line for each file.
pub(super) fn files(files: &[FileSize]) -> String {
    let width = files.iter().map(|file| file.path.len()).max().unwrap_or(0);
    let head = format!("{:<7} {:<width$} {:>10} {:>10}\n", "loaded", "file", "raw", "brotli");
    files.iter().fold(head, |table, file| {
        let loaded = match file.loads.first() {
            Some(Load::First) => "first",
            Some(Load::Worker) => "worker",
            Some(Load::Shell) => "shell",
            Some(Load::Explorer) => "http",
            Some(Load::Embed) => "embed",
            Some(Load::Later) | None => "later",
        };
        let (raw, brotli) = (kilobytes(file.raw), kilobytes(file.brotli));
        table + &format!("{loaded:<7} {:<width$} {raw:>10} {brotli:>10}\n", file.path)
    })
}

/// The line that compares a total with its budget.
pub(super) fn budget(budget: &Budget, total: u64) -> String {
    let verdict = if total > budget.limit {
        "OVER BUDGET"
    } else if total > budget.aim {
        "within budget"
    } else {
        "within aim"
    };
    format!(
        "{}: {} of {} (aim {}): {verdict}",
        budget.title,
        kilobytes(total),
        kilobytes(budget.limit),
        kilobytes(budget.aim)
    )
}

/// Thousands of bytes with one decimal, which is how the budgets are written.
fn kilobytes(bytes: u64) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let size = |path: &str, load, raw, brotli| FileSize {
            path: path.to_owned(),
            loads: [load].into(),
            raw,
            brotli,
        };
        let table = files(&[
            size("index.html", Load::First, 1_234, 560),
            size("sandbox-worker_bg.wasm", Load::Worker, 900_000, 250_049),
        ]);
        let expected = "\
loaded  file                          raw     brotli
first   index.html                 1.2 kB     0.6 kB
worker  sandbox-worker_bg.wasm   900.0 kB   250.0 kB
";
        assert_eq!(table, expected);
    }

    #[test]
    fn budgets_have_three_verdicts() {
        let limits = Budget {
            load: Load::First,
            title: "sign-in page",
            limit: 350_000,
            aim: 250_000,
            enforced: true,
        };
        assert_eq!(
            budget(&limits, 250_000),
            "sign-in page: 250.0 kB of 350.0 kB (aim 250.0 kB): within aim"
        );
        assert!(budget(&limits, 350_000).ends_with(": within budget"));
        assert!(budget(&limits, 350_001).ends_with(": OVER BUDGET"));
    }
}

//! A QR code (ISO/IEC 18004) of a text, drawn here.

use std::fmt::Write as _;

use leptos::prelude::*;
use qrcodegen::{QrCode as Matrix, QrCodeEcc};

/// The light margin that scanners need, in modules.
const QUIET: i32 = 4;

/// The code, dark on light in both themes since scanners expect that.
#[component]
pub fn QrCode(
    /// What it says.
    text: String,
    /// What it is for, for who cannot see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    // Nothing can be drawn of a text that is too long, and none of ours is.
    let matrix = Matrix::encode_text(&text, QrCodeEcc::Medium).ok()?;
    let side = matrix.size() + 2 * QUIET;
    Some(view! {
        <svg class="qr" role="img" aria-label=label viewBox=format!("0 0 {side} {side}")>
            <path d=outline(&matrix)></path>
        </svg>
    })
}

/// The dark modules as one path, a rectangle a run.
fn outline(matrix: &Matrix) -> String {
    let mut path = String::new();
    for y in 0..matrix.size() {
        let mut x = 0;
        while x < matrix.size() {
            let run = (x..matrix.size()).take_while(|x| matrix.get_module(*x, y)).count();
            let run = i32::try_from(run).unwrap_or_default();
            if run > 0 {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_each_run_of_dark_modules_once() {
        let matrix = Matrix::encode_text("otpauth://totp/x?secret=ABC", QrCodeEcc::Medium).unwrap();
        let path = outline(&matrix);
        // The first row begins with the upper edge of a finder pattern, seven wide.
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
        let dark = (0..matrix.size() * matrix.size())
            .filter(|at| matrix.get_module(at % matrix.size(), at / matrix.size()))
            .count();
        let drawn: usize = path
            .split('h')
            .skip(1)
            .filter_map(|part| part.split('v').next()?.parse::<usize>().ok())
            .sum();
        assert_eq!(drawn, dark);
    }
}

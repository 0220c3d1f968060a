//! Time-based one-time passwords (RFC 6238) as authenticators generate them: HMAC-SHA-1,
//! six digits, a new one every 30 seconds.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

use crate::engine::Millis;

/// How long a token is shown, in milliseconds.
pub(crate) const PERIOD: Millis = 30_000;

/// The number of the token that is shown at `now`, counted from 1970.
pub(crate) fn step(now: Millis) -> u64 {
    now / PERIOD
}

/// The token of a step (RFC 4226 section 5.3).
pub(crate) fn token(secret: &[u8], step: u64) -> String {
    // HMAC takes keys of any length, so the first branch is never taken.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest.last().copied().unwrap_or_default() & 0xf);
    let number = digest
        .iter()
        .skip(offset)
        .take(4)
        .fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

/// Encodes in base32 without padding (RFC 4648 section 6), as authenticators take it.
pub(crate) fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let letter = |bits: u32| ALPHABET.get((bits & 31) as usize).copied().map_or('A', char::from);
    let mut out = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in bytes {
        bits = (bits << 8 | u32::from(*byte)) & 0xffff;
        held += 8;
        while held >= 5 {
            held -= 5;
            out.push(letter(bits >> held));
        }
    }
    if held > 0 {
        out.push(letter(bits << (5 - held)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_the_tokens_of_the_standard() {
        // RFC 6238 appendix B; these are the last six of its eight digits.
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(token(b"12345678901234567890", step(seconds * 1_000)), expected);
        }
    }

    #[test]
    fn encodes_base32() {
        // The test vectors of RFC 4648 section 10, without padding.
        for (text, expected) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(text.as_bytes()), expected);
        }
    }
}

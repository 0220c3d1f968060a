//! What can be told of a public SSH key: size, fingerprint, and whether it is safe.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use sha2::{Digest as _, Sha256};

/// Keys are padded in files, fingerprints are not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The shortest RSA key that is still taken for safe (NIST SP 800-131A).
const SAFE_RSA_BITS: usize = 2048;

/// A key as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// For example `ssh-ed25519`; with the size where it varies.
    pub kind: String,
    /// As `ssh-keygen -lf` prints it; none for a key that cannot be read.
    pub fingerprint: Option<String>,
    /// What its owner calls it; may be empty.
    pub comment: String,
    /// Why it should be replaced.
    pub weakness: Option<&'static str>,
}

impl PublicKey {
    /// Reads a line of an `authorized_keys` file. More is read than may be added:
    /// a server may hold keys from before its rules.
    #[must_use]
    pub fn read(line: &str) -> Self {
        let mut words = line.split_whitespace();
        let kind = words.next().unwrap_or_default();
        let blob = words.next().and_then(|word| BASE64.decode(word).ok());
        let comment = words.collect::<Vec<_>>().join(" ");
        let bits = blob.as_deref().filter(|_| kind == "ssh-rsa").and_then(rsa_bits);
        let weakness = match (kind, bits) {
            ("ssh-dss", _) => Some("DSA is no longer safe, and current servers refuse it."),
            ("ssh-rsa", Some(bits)) if bits < SAFE_RSA_BITS => {
                Some("RSA keys shorter than 2048 bits can be broken.")
            }
            _ => None,
        };
        Self {
            kind: bits.map_or_else(|| kind.to_owned(), |bits| format!("{kind} {bits}")),
            fingerprint: blob
                .map(|blob| format!("SHA256:{}", BASE64.encode(Sha256::digest(&blob)))),
            comment,
            weakness,
        }
    }
}

/// The length of the modulus in bits. The blob is type, exponent, modulus, each
/// after its length in four bytes (RFC 4253 section 6.6).
fn rsa_bits(blob: &[u8]) -> Option<usize> {
    let (_, rest) = field(blob)?;
    let (_, rest) = field(rest)?;
    let (modulus, _) = field(rest)?;
    let modulus: Vec<u8> = modulus.iter().copied().skip_while(|byte| *byte == 0).collect();
    let first = modulus.first()?;
    Some(modulus.len() * 8 - first.leading_zeros() as usize)
}

fn field(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(u32::from_be_bytes(*length) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Made for this test with ssh-keygen, whose -lf told the fingerprints.
    const ED25519: (&str, &str) = (
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFZXVB+0CIQVUhn6i+gNmQvPtA8M4nGk+ezusUpp0UB8 ada@laptop of mine",
        "SHA256:eceLmAnhe4E0z9Vkt02AqnaPfqEwya7bWFNDQch/zV4",
    );
    const RSA_1024: (&str, &str) = (
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDRgA9DVbZlJXIwTq2+VviPLspKf9e1BYzphWn2v1/mccqz9iNMEWTL6T0fPh6xD+XVlIDqapFZSy5fuOOUyAsfylS6H9zXMXlLjAN6Lrcg1qJuKrd1IsWgf39bYoiBGhm5esYUxcDltqc+amj63Q/3lohB57Njju52fpl/VrgNWw== old@work",
        "SHA256:8hUS3R7odKS3Aqi9fpjROtmyW97GSfvCY5+ylgbxdVQ",
    );

    #[test]
    fn tells_the_fingerprint_that_ssh_keygen_tells() {
        let key = PublicKey::read(ED25519.0);
        assert_eq!(key.fingerprint.as_deref(), Some(ED25519.1));
        assert_eq!(
            (key.kind.as_str(), key.comment.as_str()),
            ("ssh-ed25519", "ada@laptop of mine")
        );
        assert_eq!(key.weakness, None);
    }

    #[test]
    fn tells_short_and_old_keys() {
        let key = PublicKey::read(RSA_1024.0);
        assert_eq!(key.fingerprint.as_deref(), Some(RSA_1024.1));
        assert_eq!(key.kind, "ssh-rsa 1024");
        assert!(key.weakness.is_some());
        assert!(PublicKey::read("ssh-dss AAAAB3NzaC1kc3MAAACBAA== old").weakness.is_some());
    }

    #[test]
    fn shows_what_it_cannot_read() {
        let key = PublicKey::read("made-up-key");
        assert_eq!((key.kind.as_str(), key.fingerprint), ("made-up-key", None));
        assert_eq!(PublicKey::read("").kind, "");
        assert_eq!(PublicKey::read("ssh-rsa AAAA").kind, "ssh-rsa");
    }
}

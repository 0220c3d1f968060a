//! Public SSH keys as in an `authorized_keys` file (sshd(8)): type, base64, comment.

use std::fmt;

/// The parts of a public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SshPublicKey<'a> {
    /// For example `ssh-ed25519`.
    pub kind: &'a str,
    /// The key itself, in base64.
    pub base64: &'a str,
    /// What its owner calls it; may be empty.
    pub comment: &'a str,
}

/// Why a text is no public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SshKeyError {
    /// There is nothing.
    Empty,
    /// It is a private key, which must never leave its owner's machine.
    Private,
    /// The first word is no known type of key.
    UnknownKind,
    /// The second word is not base64 that begins as this type of key does.
    Damaged,
    /// There is more than one line.
    SeveralLines,
}

impl fmt::Display for SshKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "Paste a public key, the contents of a file such as ~/.ssh/id_ed25519.pub.",
            Self::Private => {
                "This is a private key. Keep it to yourself; paste the contents of the .pub file beside it."
            }
            Self::UnknownKind => {
                "A public key begins with its type, such as ssh-ed25519 or ssh-rsa."
            }
            Self::Damaged => "The key is damaged: copy the whole line again.",
            Self::SeveralLines => "Paste one key at a time, on one line.",
        })
    }
}

impl std::error::Error for SshKeyError {}

const KINDS: &[&str] = &[
    "ssh-ed25519",
    "ssh-rsa",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
];

/// Reads a public key.
///
/// # Errors
/// When the text is not a key; see [`SshKeyError`].
pub fn parse(text: &str) -> Result<SshPublicKey<'_>, SshKeyError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(SshKeyError::Empty);
    }
    if text.contains("PRIVATE KEY") {
        return Err(SshKeyError::Private);
    }
    if text.lines().count() > 1 {
        return Err(SshKeyError::SeveralLines);
    }
    let (kind, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if !KINDS.contains(&kind) {
        return Err(SshKeyError::UnknownKind);
    }
    let rest = rest.trim_start();
    let (base64, comment) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    // Every key blob starts with the length of its type in four bytes (RFC 4253
    // section 6.6), so its base64 starts with AAAA.
    let alphabet = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    if !base64.starts_with("AAAA") || base64.len() < 64 || !base64.chars().all(alphabet) {
        return Err(SshKeyError::Damaged);
    }
    Ok(SshPublicKey { kind, base64, comment: comment.trim() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE64: &str = "AAAAC3NzaC1lZDI1NTE5AAAAIKYCWG6rfq9J5v8Z1gqHkKJj2n5p3QmHq5cVQm1bJ0Xx";

    #[test]
    fn reads_type_and_comment() {
        let text = format!("  ssh-ed25519 {BASE64} ada@laptop of mine\n");
        let key = parse(&text).unwrap();
        assert_eq!((key.kind, key.comment), ("ssh-ed25519", "ada@laptop of mine"));
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(parse(" "), Err(SshKeyError::Empty));
        assert_eq!(parse("-----BEGIN OPENSSH PRIVATE KEY-----"), Err(SshKeyError::Private));
        assert_eq!(parse("~/.ssh/id_rsa.pub"), Err(SshKeyError::UnknownKind));
        assert_eq!(parse("ssh-rsa AAAA"), Err(SshKeyError::Damaged));
        let two = format!("ssh-ed25519 {BASE64}\nssh-ed25519 {BASE64}");
        assert_eq!(parse(&two), Err(SshKeyError::SeveralLines));
    }
}

//! The forms of secrets and addresses.

use std::ops::Range;

/// How tokens of well-known services begin.
const PREFIXES: [&str; 12] = [
    "sk_",
    "pk_",
    "rk_",
    "tok_",
    "ghp_",
    "gho_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "AKIA",
    "eyJ",
];

/// The card tokens that the sandbox accepts for testing.
const PUBLIC_TOKENS: [&str; 7] = [
    "tok_visa",
    "tok_visa_debit",
    "tok_mastercard",
    "tok_amex",
    "tok_chargeDeclined",
    "tok_chargeDeclinedInsufficientFunds",
    "tok_chargeDeclinedExpiredCard",
];

pub(super) fn is_public(value: &str) -> bool {
    PUBLIC_TOKENS.contains(&value.trim_matches(['"', '\'']))
}

/// The range between `//` and `@` in an address.
pub(super) fn password_in_address(text: &str) -> Option<Range<usize>> {
    let start = text.find("://")? + 3;
    let rest = text.get(start..)?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let (user, _) = authority.rsplit_once('@')?;
    (!user.starts_with('$')).then_some(start..start + user.len())
}

/// Whether a text looks like a token, a key or a hash rather than a name.
pub(super) fn is_token(text: &str) -> bool {
    let known =
        PREFIXES.iter().any(|prefix| text.starts_with(prefix) && text.len() > prefix.len() + 4);
    if known {
        return !PUBLIC_TOKENS.contains(&text);
    }
    // Public keys begin with AAAA in base64, and commit ids have forty digits.
    if text.starts_with("AAAA")
        || !text.chars().all(|c| c.is_ascii_alphanumeric() || "+/_-=.".contains(c))
    {
        return false;
    }
    let has = |kind: fn(&char) -> bool| text.chars().any(|c| kind(&c));
    let hex = text.chars().all(|c| c.is_ascii_hexdigit());
    let mixed =
        has(char::is_ascii_digit) && has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase);
    (text.len() >= 20 && mixed && !text.contains(['.', '/']))
        || (text.len() >= 32 && text.len() != 40 && hex)
}

/// Whether it is a person's address; those of made-up domains are not (RFC 2606).
pub(super) fn is_address(text: &str) -> bool {
    let Some((_, host)) = text.split_once('@') else { return false };
    let made_up = ["example", "example.com", "example.org", "example.net", "test", "invalid"];
    backoffice_contract::rules::email(text).is_ok()
        && !made_up.iter().any(|end| host == *end || host.ends_with(&format!(".{end}")))
        && host != "git.gigalixir.com"
}

//! Names of custom domains, as host names are (RFC 1123 section 2.1).

use crate::rules::Checked;

/// The longest name and the longest label (RFC 1035 section 2.3.4).
const MAX_NAME: usize = 253;
const MAX_LABEL: usize = 63;

/// The name as it is compared and kept: in lower case, without white space around it
/// and without the dot that names may end with in zone files.
#[must_use]
pub fn normal(name: &str) -> String {
    let name = name.trim().to_lowercase();
    name.strip_suffix('.').unwrap_or(&name).to_owned()
}

/// The name of a custom domain, after [`normal`].
///
/// # Errors
/// With the fragment that follows the field's name when it is no host name.
pub fn check(name: &str) -> Checked {
    let label_is_bad = |label: &str| {
        label.starts_with('-')
            || label.ends_with('-')
            || !label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    if name.is_empty() {
        Err("can't be blank.")
    } else if name.contains("://") || name.contains(['/', '?', '#', ':', '@']) {
        Err("must be a name alone, without https:// before or a path behind it.")
    } else if name.contains(char::is_whitespace) {
        Err("can't contain spaces.")
    } else if name.starts_with("*.") {
        Err("can't be a wildcard: add each name.")
    } else if !name.is_ascii() {
        Err("must be in ASCII: write names in other scripts the way DNS does, with xn--.")
    } else if name.starts_with('.') || name.ends_with('.') || name.contains("..") {
        Err("can't have a dot at its start, or two in a row.")
    } else if !name.contains('.') {
        Err("must have a dot, as in www.example.com.")
    } else if name.split('.').any(label_is_bad) {
        Err(
            "can only contain letters, numbers, dashes and dots, with no dash at the start or end of a part.",
        )
    } else if name.len() > MAX_NAME || name.split('.').any(|label| label.len() > MAX_LABEL) {
        Err("is too long: 253 characters at most, and 63 between two dots.")
    } else if name.rsplit('.').next().is_some_and(|top| top.chars().all(|c| c.is_ascii_digit())) {
        Err("can't be an IP address.")
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_names_are_taken_as_people_type_them() {
        assert_eq!(normal("  WWW.Example.com. "), "www.example.com");
        for good in ["example.com", "www.example.com", "a-b.c1.example", "xn--bcher-kva.example"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn what_is_no_host_name_is_refused() {
        let label = format!("{}.com", "a".repeat(64));
        let long = "a.".repeat(130) + "com";
        for bad in [
            "",
            "localhost",
            "https://example.com",
            "example.com/path",
            "example.com:443",
            "me@example.com",
            "*.example.com",
            "bücher.example",
            "exa mple.com",
            "-a.com",
            "a-.com",
            "a_b.com",
            ".example.com",
            "example..com",
            "192.0.2.1",
            &label,
            &long,
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}

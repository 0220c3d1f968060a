//! What names, keys, sizes and addresses may look like. One function a rule, each
//! answering with the fragment that follows the field's name in a sentence.

pub mod argv;
pub mod dotenv;
pub mod drain_url;
pub mod fqdn;
pub mod payment_token;
pub mod ssh_key;

use crate::types::database::Plan;

/// The size of a replica on the free tier.
pub const FREE_SIZE: f64 = 0.2;
/// The smallest and the largest size of a replica.
pub const SIZES: std::ops::RangeInclusive<f64> = 0.2..=384.0;
/// The most replicas that one app may have without talking to support.
pub const MAX_REPLICAS: u32 = 16;
/// The longest name of an app; a label of a host name is no longer (RFC 1035
/// section 2.3.4).
pub const MAX_APP_NAME: usize = 63;
/// The shortest password, in characters.
pub const MIN_PASSWORD: usize = 4;

/// The outcome of a rule: the fragment that follows the field's name.
pub type Checked = Result<(), &'static str>;

/// The name of an app: letters, digits and dashes, a letter first.
///
/// # Errors
/// In the platform's own words, when the name is invalid.
pub fn app_name(name: &str) -> Checked {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.chars().all(allowed) {
        Err("can only contain letters, numbers, and dashes and must start with a letter.")
    } else if name.len() > MAX_APP_NAME {
        Err("can have at most 63 characters.")
    } else {
        Ok(())
    }
}

/// The name of a config variable, as a POSIX environment allows it (XBD 8.1, with
/// lower case, which shells take as well).
///
/// # Errors
/// When a shell could not use the name.
pub fn config_key(key: &str) -> Checked {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if key.is_empty() {
        Err("can't be blank.")
    } else if key.starts_with(|c: char| c.is_ascii_digit()) || !key.chars().all(allowed) {
        Err("can only contain letters, numbers, and underscores and can't start with a number.")
    } else {
        Ok(())
    }
}

/// An e-mail address, judged only as far as one can without sending mail.
///
/// # Errors
/// When it has no name, no host, more than one `@`, or white space.
pub fn email(address: &str) -> Checked {
    match address.split_once('@') {
        _ if address.is_empty() => Err("can't be blank."),
        Some((name, host))
            if !name.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && !host.ends_with('.')
                && !host.contains('@')
                && !address.contains(char::is_whitespace) =>
        {
            Ok(())
        }
        _ => Err("has invalid format."),
    }
}

/// A new password.
///
/// # Errors
/// When it is shorter than [`MIN_PASSWORD`].
pub fn password(password: &str) -> Checked {
    if password.is_empty() {
        Err("can't be blank.")
    } else if password.chars().count() < MIN_PASSWORD {
        Err("should be at least 4 characters.")
    } else {
        Ok(())
    }
}

/// The size of a replica: within [`SIZES`], in steps of 0.1.
///
/// # Errors
/// When it is out of range or between two steps.
pub fn size(size: f64) -> Checked {
    if !SIZES.contains(&size) {
        Err("must be between 0.2 and 384.")
    } else if (size * 10.0 - (size * 10.0).round()).abs() > 1e-6 {
        Err("must be a multiple of 0.1.")
    } else {
        Ok(())
    }
}

/// The number of replicas.
///
/// # Errors
/// When there are more than [`MAX_REPLICAS`].
pub fn replicas(replicas: u32) -> Checked {
    if replicas > MAX_REPLICAS { Err("must be between 0 and 16.") } else { Ok(()) }
}

/// The size of a standard database.
///
/// # Errors
/// When it is not one of [`PLANS`](crate::types::database::PLANS).
pub fn database_size(size: f64) -> Checked {
    if Plan::of(size).is_some() {
        Ok(())
    } else {
        Err("must be one of 0.6, 1.7, 4, 8, 16, 32, 48, 64, 96.")
    }
}

/// The share of the traffic that a canary gets, in percent.
///
/// # Errors
/// When it is over 100.
pub fn weight(weight: u32) -> Checked {
    if weight > 100 { Err("must be between 0 and 100.") } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn app_names() {
        for good in ["a", "my-app", "App-2", &"a".repeat(63)] {
            assert_eq!(app_name(good), Ok(()), "{good}");
        }
        for bad in ["", "2app", "-a", "my app", "my_app", "ü", &"a".repeat(64)] {
            assert!(app_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn config_keys() {
        for good in ["A", "_x", "DATABASE_URL", "key2"] {
            assert_eq!(config_key(good), Ok(()), "{good}");
        }
        for bad in ["", "2A", "A-B", "A B", "A=B", "Ä"] {
            assert!(config_key(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn addresses_sizes_and_replicas() {
        assert_eq!(email("ada@example.com"), Ok(()));
        for bad in ["", "ada", "ada@", "@x.y", "a b@x.y", "a@b@c.d", "a@.com", "a@com."] {
            assert!(email(bad).is_err(), "{bad}");
        }
        assert_eq!(size(0.2), Ok(()));
        assert_eq!(size(16.3), Ok(()));
        assert!(size(0.1).is_err() && size(0.25).is_err() && size(f64::NAN).is_err());
        assert!(replicas(16).is_ok() && replicas(17).is_err());
        assert!(database_size(1.7).is_ok() && database_size(2.0).is_err());
        assert!(weight(100).is_ok() && weight(101).is_err());
        assert!(password("").is_err() && password("abc").is_err() && password("abcd").is_ok());
    }
}

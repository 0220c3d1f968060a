//! What one build of the program says, as another hears it.
//!
//! All tabs here run the same code, so that another build is modelled where its words
//! pass: what is said about the budget has another form in every build, and what is
//! said about the session has the same form in all of them.

use std::borrow::Cow;

/// What is said about the session.
const SESSION: [&str; 7] = ["Session", "SignedOut", "Renamed", "Sync", "Synced", "Who", "Here"];

/// The name that another build has for a group: one that ends with the number of a
/// format has a later one there.
pub(crate) fn group(name: &str, build: u32) -> String {
    let numbered = name
        .rsplit_once("-v")
        .and_then(|(rest, number)| Some((rest, number.parse::<u32>().ok()?.checked_add(build)?)));
    match numbered {
        Some((rest, number)) => format!("{rest}-v{number}"),
        None => name.to_owned(),
    }
}

/// A message of one build, as another hears it.
pub(crate) fn message(text: &str) -> String {
    let is_about_session = SESSION.iter().any(|name| text.contains(&format!("\"{name}\":")));
    let heard = if is_about_session { Cow::from(text) } else { text.replace('"', "'").into() };
    heard.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_about_the_session_are_understood_by_all() {
        let session = r#"{"Sync":{"nonce":1,"serial":2},"from":3}"#;
        assert_eq!(message(session), session);
        assert_eq!(message(r#"{"Bye":null,"from":3}"#), "{'Bye':null,'from':3}");
    }

    #[test]
    fn a_group_with_the_number_of_a_format_is_another_group_in_another_build() {
        assert_eq!(group("user-0a-v3", 0), "user-0a-v3");
        assert_eq!(group("user-0a-v3", 1), "user-0a-v4");
        assert_eq!(group("user-0a", 1), "user-0a");
    }
}

//! What was visited or done lately, for each user of this browser.

use backoffice_web_client::remembered::{name_for, recall, remember};

/// How much is remembered.
const MOST: usize = 20;

/// The ids of what was used, the last one first.
pub(super) fn recent(email: &str) -> Vec<String> {
    recall(&name_for("recent", email)).unwrap_or_default()
}

/// Remembers that something was used just now.
pub(super) fn used(email: &str, id: &str) {
    let list = with_first(recent(email), id);
    remember(&name_for("recent", email), &list);
}

fn with_first(mut list: Vec<String>, id: &str) -> Vec<String> {
    list.retain(|other| other != id);
    list.insert(0, id.to_owned());
    list.truncate(MOST);
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_one_is_first_and_there_once() {
        let list = ["/a", "/b", "/a"].iter().fold(Vec::new(), |list, id| with_first(list, id));
        assert_eq!(list, ["/a", "/b"]);
        let long = (0..50).fold(Vec::new(), |list, at| with_first(list, &format!("/{at}")));
        assert_eq!((long.len(), long[0].as_str()), (MOST, "/49"));
    }
}

//! Finds operations by words, fast enough for every keystroke.

use crate::document::Entry;

/// The texts by which one operation is found, in lower case.
#[derive(Debug)]
pub(crate) struct Haystack {
    id: String,
    /// Method, path and operationId.
    address: String,
    /// Summary and tag.
    words: String,
}

impl Haystack {
    pub(crate) fn new(entry: &Entry) -> Self {
        let id = entry.id.to_lowercase();
        Self {
            address: format!("{} {} {id}", entry.method.to_lowercase(), entry.path.to_lowercase()),
            words: format!("{} {}", entry.summary, entry.tag).to_lowercase(),
            id,
        }
    }

    /// 0 is best; `None` if a word is in neither text.
    fn rank(&self, query: &str, words: &[&str]) -> Option<u8> {
        let mut rank = 1;
        for word in words {
            if !self.address.contains(word) {
                if !self.words.contains(word) {
                    return None;
                }
                rank = 2;
            }
        }
        Some(if self.id == query { 0 } else { rank })
    }
}

/// The operations that contain every word of the query, in any order: first matches in the
/// method, path or operationId, then matches in the summary or tag.
pub(crate) fn search(haystacks: &[Haystack], query: &str) -> Vec<usize> {
    let query = query.trim().to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let mut found: [Vec<usize>; 3] = Default::default();
    for (at, haystack) in haystacks.iter().enumerate() {
        if let Some(rank) = haystack.rank(&query, &words)
            && let Some(bucket) = found.get_mut(usize::from(rank))
        {
            bucket.push(at);
        }
    }
    found.concat()
}

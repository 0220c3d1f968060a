//! The address of a line's value: `data[3].name`.

use super::scanner::Scanner;
use super::spans::spans;
use crate::blocks::Blocks;

impl Scanner {
    /// The path of a line's value from the outermost one, as JavaScript writes it. The
    /// outermost value has an empty path; a closing bracket has the path of its value.
    pub fn path(&self, text: &Blocks<u8>, line: usize) -> String {
        let tree = &self.tree;
        let mut line = tree.closed_by(line).map_or(line, |(_, closed)| closed.open as usize);
        let mut steps = Vec::new();
        while let Some((_, around)) = tree.around(line) {
            let key = spans(tree, text, line, self.at()).and_then(|spans| spans.key);
            steps.push(match key.filter(|_| around.is_object()) {
                Some(key) => {
                    let bytes: Vec<u8> = text.part(key.start, key.end).flatten().copied().collect();
                    member(&String::from_utf8_lossy(&bytes))
                }
                None => format!("[{}]", tree.place(line)),
            });
            line = around.open as usize;
        }
        steps.reverse();
        let path = steps.concat();
        path.strip_prefix('.').map_or_else(|| path.clone(), str::to_owned)
    }
}

/// The step to a key, which is passed with its quotes.
fn member(quoted: &str) -> String {
    let key = quoted.trim_matches('"');
    let letter = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$');
    let plain = key.starts_with(letter) && key.chars().all(|c| letter(c) || c.is_ascii_digit());
    if plain { format!(".{key}") } else { format!("[{quoted}]") }
}

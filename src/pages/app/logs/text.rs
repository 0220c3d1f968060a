//! Puts streamed text together to lines.

/// Collects the pieces of a text stream. A piece may end inside of a line, and
/// inside of a character.
#[derive(Debug, Default)]
pub struct LineBuffer {
    rest: Vec<u8>,
}

impl LineBuffer {
    /// Adds a piece and answers the lines that it completes, without their ends.
    pub fn push(&mut self, piece: &[u8]) -> Vec<String> {
        self.rest.extend_from_slice(piece);
        let Some(end) = self.rest.iter().rposition(|byte| *byte == b'\n') else {
            return Vec::new();
        };
        let tail = self.rest.split_off(end + 1);
        let complete = std::mem::replace(&mut self.rest, tail);
        String::from_utf8_lossy(&complete).lines().map(str::to_owned).collect()
    }

    /// The unfinished line, when the stream has ended in the middle of one.
    pub fn finish(&mut self) -> Option<String> {
        let rest = std::mem::take(&mut self.rest);
        (!rest.is_empty()).then(|| String::from_utf8_lossy(&rest).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_characters_may_be_split_anywhere() {
        let text = "eins ü\nzwei\r\n\nrest";
        for at in 0..=text.len() {
            let mut buffer = LineBuffer::default();
            let (head, tail) = text.as_bytes().split_at(at);
            let mut lines = buffer.push(head);
            lines.extend(buffer.push(tail));
            assert_eq!(lines, ["eins ü", "zwei", ""], "split at {at}");
            assert_eq!(buffer.finish().as_deref(), Some("rest"));
            assert_eq!(buffer.finish(), None);
        }
    }
}

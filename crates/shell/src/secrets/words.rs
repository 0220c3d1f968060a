//! The words of a line as they are written.

/// A word as it is written, with its place.
pub(super) struct Raw<'a> {
    pub(super) at: usize,
    pub(super) text: &'a str,
}

/// The words of a text with their quotes, and its operators. Parentheses surround commands
/// inside other commands, also inside quotes.
pub(super) fn raw_words(text: &str) -> Vec<Raw<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quote = None;
    // The quotes that inner commands interrupt.
    let mut interrupted = Vec::new();
    let mut escaped = false;
    let mut before = ' ';
    let mut push = |start: &mut Option<usize>, end: usize| {
        if let Some(at) = start.take()
            && let Some(text) = text.get(at..end)
        {
            words.push(Raw { at, text });
        }
    };
    for (at, c) in text.char_indices() {
        let last = std::mem::replace(&mut before, c);
        if escaped {
            escaped = false;
            continue;
        }
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some('\''), _) => {}
            (_, '\\') => {
                escaped = true;
                start.get_or_insert(at);
            }
            (Some(_), '(') if last == '$' => {
                push(&mut start, at);
                push(&mut Some(at), at + 1);
                interrupted.push(quote.take());
            }
            (None, '(') => {
                push(&mut start, at);
                push(&mut Some(at), at + 1);
                interrupted.push(None);
            }
            (None, ')') => {
                push(&mut start, at);
                push(&mut Some(at), at + 1);
                quote = interrupted.pop().flatten();
                start = quote.map(|_| at + 1);
            }
            (Some(_), _) => {}
            (None, '"' | '\'') => {
                quote = Some(c);
                start.get_or_insert(at);
            }
            (None, '|' | '&' | ';' | '\n' | '`') => {
                push(&mut start, at);
                if c != '`' {
                    push(&mut Some(at), at + 1);
                }
            }
            (None, c) if c.is_whitespace() => push(&mut start, at),
            (None, _) => {
                start.get_or_insert(at);
            }
        }
    }
    push(&mut start, text.len());
    words
}

//! A line of the indented form.

/// The kind of what a line shows, which decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A string, with its quotes.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `null`.
    Null,
    /// The beginning of an object or list, `{` or `[`.
    Open,
    /// The end of an object or list, `}` or `]`.
    Close,
    /// An object or list with nothing in it, `{}` or `[]`.
    Hollow,
    /// A value that has not arrived yet.
    Pending,
}

/// A part of a token as it was sent: escapes are not resolved, and invalid UTF-8 becomes
/// U+FFFD.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The text that is shown.
    pub text: String,
    /// How many bytes of the token were left out before it.
    pub before: usize,
    /// How many bytes of the token were left out after it.
    pub after: usize,
}

/// An object or list with something in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold {
    /// Whether its content is hidden.
    pub folded: bool,
    /// How many values are directly in it, as far as it has been read.
    pub children: usize,
    /// The bracket that ends it.
    pub end: char,
}

/// A line of the indented form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number among all lines, from 0. It stays the same when lines are folded.
    pub number: usize,
    /// How deep it is indented. The outermost value is at 0.
    pub depth: usize,
    /// The key with its quotes, in an object.
    pub key: Option<Excerpt>,
    /// The value, or the bracket that begins or ends it.
    pub value: Excerpt,
    /// The kind of the value.
    pub kind: Kind,
    /// Whether a comma follows: after the closing bracket if the line is folded, never
    /// after the opening bracket of an unfolded one.
    pub comma: bool,
    /// What can be folded here.
    pub fold: Option<Fold>,
    /// Its place among the values of its object or list, from 1. A closing bracket has
    /// the place of its value.
    pub place: usize,
    /// How many values are in the object or list it is in, if known.
    pub siblings: Option<usize>,
}

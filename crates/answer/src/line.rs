//! A line of the indented form.

/// What a line shows, by which it is coloured.
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
    /// A value that has not come yet.
    Pending,
}

/// A part of a token as it was sent: escapes are not resolved, and what is not UTF-8 is
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
    /// Whether what is in it is hidden.
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
    /// What the value is.
    pub kind: Kind,
    /// Whether a comma follows: after the closing bracket when the line is folded, never
    /// after an opening one that is not.
    pub comma: bool,
    /// What can be folded here.
    pub fold: Option<Fold>,
    /// Its place among the values of its object or list, from 1. A closing bracket has
    /// that of its value.
    pub place: usize,
    /// How many values are in the object or list it is in, when that is known.
    pub siblings: Option<usize>,
}

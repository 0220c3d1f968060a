//! What the user has entered so far, separate from the form.

use std::{borrow::Borrow, collections::BTreeMap, fmt};

use serde_json::Value;

/// Where a value of a draft belongs, such as `/query/limit` or `/body/owner/name`: a JSON
/// pointer (RFC 6901). Parts that are not members or items have extra segments, which begin
/// with `~` and a letter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(String);

impl Path {
    /// The path of a part of the request, such as `body`.
    pub fn root(name: &str) -> Self {
        Self(String::new()).child(name)
    }

    /// The path of a member.
    pub fn child(&self, name: &str) -> Self {
        Self(format!("{}/{}", self.0, name.replace('~', "~0").replace('/', "~1")))
    }

    /// The path of an item of a list.
    pub fn item(&self, at: usize) -> Self {
        Self(format!("{}/{at}", self.0))
    }

    /// The path of the input for one of several variants: users who switch between variants
    /// lose nothing.
    pub fn variant(&self, at: usize) -> Self {
        Self(format!("{}/~v{at}", self.0))
    }

    /// The path of the names that the user adds to an object.
    pub fn names(&self) -> Self {
        Self(format!("{}/~names", self.0))
    }

    /// The path as text: usable as an element's id or a key of a list.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path's depth.
    pub(crate) fn depth(&self) -> usize {
        self.0.bytes().filter(|byte| *byte == b'/').count()
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Borrow<str> for Path {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// What the user has entered, by [`Path`]. No entry means "not sent", an entry with an
/// empty text means "sent, empty".
///
/// A text or number is kept as typed, a boolean as a boolean, an option as its JSON value,
/// a list as its length, a choice of variant as its position, added names as a list of
/// texts, free JSON as its text. `null` is sent as `null`. The draft may hold secrets:
/// `Debug` shows only paths.
#[derive(Clone, Default, PartialEq)]
pub struct Draft {
    cells: BTreeMap<Path, Value>,
}

impl Draft {
    /// The entry at a path.
    pub fn get(&self, path: &Path) -> Option<&Value> {
        self.cells.get(path)
    }

    /// The text that an input shows: the typed text, or the JSON of another value. Empty if
    /// nothing is sent; [`Draft::is_sent`] distinguishes that from an empty text.
    pub fn text(&self, path: &Path) -> String {
        match self.get(path) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        }
    }

    /// Whether there is an entry, even an empty one, at a path or below it.
    pub fn is_sent(&self, path: &Path) -> bool {
        self.cells.contains_key(path) || self.below(path).next().is_some()
    }

    /// Whether `null` is sent.
    pub fn is_null(&self, path: &Path) -> bool {
        self.get(path) == Some(&Value::Null)
    }

    /// Enters a value. For typed input, pass a text, also for a number.
    pub fn set(&mut self, path: &Path, value: impl Into<Value>) {
        self.cells.insert(path.clone(), value.into());
    }

    /// Enters an option from its JSON text; a text that is not JSON is entered as a text.
    pub fn set_json(&mut self, path: &Path, json: &str) {
        self.set(path, serde_json::from_str(json).unwrap_or_else(|_| Value::from(json)));
    }

    /// Removes the entries at a path and below it, so that they are not sent.
    pub fn unset(&mut self, path: &Path) {
        let gone: Vec<Path> = self.below(path).cloned().collect();
        for path in &gone {
            self.cells.remove(path);
        }
        self.cells.remove(path);
    }

    /// How many items a list has.
    pub fn length(&self, path: &Path) -> usize {
        let length = self.get(path).and_then(Value::as_u64).unwrap_or(0);
        usize::try_from(length).unwrap_or(0).min(MOST_ITEMS)
    }

    /// Adds an item at the end of a list and returns its path.
    pub fn add_item(&mut self, path: &Path) -> Path {
        let length = self.length(path);
        self.set(path, length + 1);
        path.item(length)
    }

    /// Removes an item of a list; later items move up.
    pub fn remove_item(&mut self, path: &Path, at: usize) {
        let length = self.length(path);
        if at >= length {
            return;
        }
        self.unset(&path.item(at));
        for next in at + 1..length {
            self.shift(&path.item(next), &path.item(next - 1));
        }
        self.set(path, length - 1);
    }

    /// The names that the user has added to an object; two may be equal while the user is
    /// typing.
    pub fn names(&self, path: &Path) -> Vec<String> {
        let list = self.get(&path.names()).and_then(Value::as_array);
        let name = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        list.map(|list| list.iter().map(name).collect()).unwrap_or_default()
    }

    /// Adds a name to an object and returns the path of its value.
    pub fn add_name(&mut self, path: &Path, name: &str) -> Path {
        let mut names = self.names(path);
        names.push(name.to_owned());
        let at = names.len() - 1;
        self.set(&path.names(), names);
        path.names().item(at)
    }

    /// Renames an added name; its value stays.
    pub fn rename(&mut self, path: &Path, at: usize, name: &str) {
        let mut names = self.names(path);
        if let Some(old) = names.get_mut(at) {
            name.clone_into(old);
            self.set(&path.names(), names);
        }
    }

    /// Removes an added name with its value.
    pub fn remove_name(&mut self, path: &Path, at: usize) {
        let mut names = self.names(path);
        if at >= names.len() {
            return;
        }
        names.remove(at);
        let list = path.names();
        self.unset(&list.item(at));
        for next in at..names.len() {
            self.shift(&list.item(next + 1), &list.item(next));
        }
        self.set(&list, names);
    }

    /// The whole draft as a JSON object from paths to values. May hold secrets.
    pub fn to_json(&self) -> String {
        let cells = self.cells.iter().map(|(path, value)| (path.0.clone(), value.clone()));
        Value::Object(cells.collect()).to_string()
    }

    /// Reads a draft that [`Draft::to_json`] has written; an empty one for any other text.
    pub fn from_json(text: &str) -> Self {
        let cells = match serde_json::from_str(text) {
            Ok(Value::Object(cells)) => cells,
            _ => Default::default(),
        };
        Self { cells: cells.into_iter().map(|(path, value)| (Path(path), value)).collect() }
    }

    fn below<'a>(&'a self, path: &Path) -> impl Iterator<Item = &'a Path> + use<'a> {
        let prefix = format!("{}/", path.0);
        let start = Path(prefix.clone());
        self.cells
            .range(start..)
            .map(|(path, _)| path)
            .take_while(move |path| path.0.starts_with(&prefix))
    }

    fn shift(&mut self, from: &Path, to: &Path) {
        let mut moved: Vec<Path> = self.below(from).cloned().collect();
        moved.push(from.clone());
        for path in moved {
            let rest = path.0.strip_prefix(&from.0).unwrap_or_default();
            let target = Path(format!("{}{rest}", to.0));
            if let Some(value) = self.cells.remove(&path) {
                self.cells.insert(target, value);
            }
        }
    }
}

/// Lengths beyond this do not come from users, and are cut.
const MOST_ITEMS: usize = 10_000;

impl fmt::Debug for Draft {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.cells.keys().map(Path::as_str)).finish()
    }
}

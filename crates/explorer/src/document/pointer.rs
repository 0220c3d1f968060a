//! References inside a description (JSON pointers in fragments, RFC 6901).

use std::{collections::BTreeMap, rc::Rc};

use percent_encoding::percent_decode_str;

use crate::document::Document;
use crate::document::json::{Object, Span, items};

/// How many references may follow one another before they count as a cycle.
const HOPS: usize = 32;

/// Containers down to this depth (`#/components/schemas`) are remembered, since most
/// references go through them and they may be megabytes.
const REMEMBERED: usize = 2;

impl Document {
    /// Where a reference leads, or a sentence that says why it leads nowhere.
    pub(crate) fn resolve(&self, reference: &str) -> Result<Span, String> {
        let Some(fragment) = reference.strip_prefix('#') else {
            return Err(format!("`{reference}` is in another file, which is not loaded."));
        };
        let missing = || format!("`{reference}` is not in this description.");
        let pointer = percent_decode_str(fragment).decode_utf8().map_err(|_| missing())?;
        let mut span = 0..self.text().len();
        let Some(path) = pointer.strip_prefix('/') else {
            return if pointer.is_empty() { Ok(span) } else { Err(missing()) };
        };
        let mut walked = String::new();
        for (depth, token) in path.split('/').enumerate() {
            let name = token.replace("~1", "/").replace("~0", "~");
            span = if depth <= REMEMBERED {
                self.members_at(&walked, &span).get(&name).cloned()
            } else {
                self.member(&span, &name)
            }
            .ok_or_else(missing)?;
            walked.push('/');
            walked.push_str(token);
        }
        Ok(span)
    }

    /// Follows references from a value to the first value that is not a reference.
    pub(crate) fn follow(&self, from: &Span) -> Result<Span, String> {
        let mut span = from.clone();
        for _ in 0..HOPS {
            match Object::parse(self.slice(&span)).text("$ref") {
                Some(reference) => span = self.resolve(&reference)?,
                None => return Ok(span),
            }
        }
        Err("References form a cycle.".to_owned())
    }

    fn member(&self, parent: &Span, name: &str) -> Option<Span> {
        let raw = self.slice(parent);
        let found = if raw.starts_with('[') {
            items(raw).get(name.parse::<usize>().ok()?).copied()
        } else {
            Object::parse(raw).get(name)
        };
        found.map(|raw| self.span(raw))
    }

    fn members_at(&self, pointer: &str, span: &Span) -> Rc<BTreeMap<String, Span>> {
        if let Some(members) = self.index().borrow().get(pointer) {
            return Rc::clone(members);
        }
        let raw = self.slice(span);
        let members: BTreeMap<String, Span> = if raw.starts_with('[') {
            let numbered = items(raw).into_iter().enumerate();
            numbered.map(|(at, raw)| (at.to_string(), self.span(raw))).collect()
        } else {
            let object = Object::parse(raw);
            object.iter().map(|(name, raw)| (name.to_owned(), self.span(raw))).collect()
        };
        let members = Rc::new(members);
        self.index().borrow_mut().insert(pointer.to_owned(), Rc::clone(&members));
        members
    }
}

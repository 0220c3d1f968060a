//! What is kept of JSON: where lines begin, and which of them belong together.

use crate::blocks::Blocks;

use super::folds::Folds;

/// Means "no container", and "has not ended yet".
const NONE: u32 = u32::MAX;
/// The bit of `children` that says that the container is an object.
const OBJECT: u32 = 1 << 31;
/// The places of tokens that end further from the beginning of their line than this, in
/// bytes, are kept. Others are read again when they are shown.
pub const LONG: usize = 1_024;

/// An object or list with something in it.
#[derive(Debug, Clone, Copy)]
pub struct Container {
    /// The line of the opening bracket.
    pub open: u32,
    close: u32,
    parent: u32,
    /// The container that begins next after this one has ended.
    next: u32,
    children: u32,
    /// Its place among the values of its parent, from 0.
    pub place: u32,
}

impl Container {
    pub const fn is_object(&self) -> bool {
        self.children & OBJECT != 0
    }

    pub const fn children(&self) -> usize {
        (self.children & !OBJECT) as usize
    }

    pub const fn parent(&self) -> Option<usize> {
        known(self.parent)
    }

    /// The line of the closing bracket, if it has arrived.
    pub const fn close(&self) -> Option<usize> {
        known(self.close)
    }
}

const fn known(number: u32) -> Option<usize> {
    if number == NONE { None } else { Some(number as usize) }
}

/// The places of a long line: where its key ends, where its value begins and ends.
#[derive(Debug, Clone, Copy)]
pub struct LongLine {
    pub line: u32,
    pub key_end: u32,
    pub value: u32,
    pub value_end: u32,
}

/// The lines of the indented form and its containers, in order.
#[derive(Debug, Clone)]
pub struct Tree {
    /// Where in the text the key, the value or the closing bracket of a line begins.
    pub lines: Blocks<u32>,
    pub containers: Blocks<Container>,
    pub long: Blocks<LongLine>,
    pub folds: Folds,
    current: u32,
}

impl Default for Tree {
    fn default() -> Self {
        Self {
            lines: Blocks::default(),
            containers: Blocks::default(),
            long: Blocks::default(),
            folds: Folds::default(),
            current: NONE,
        }
    }
}

impl Tree {
    /// The container that is being read.
    pub fn current(&self) -> Option<(usize, Container)> {
        let at = known(self.current)?;
        Some((at, self.containers.get(at)?))
    }

    pub fn add_line(&mut self, start: usize) {
        self.lines.push(narrow(start));
        self.folds.add_line();
    }

    /// A value begins in the container that is being read.
    pub fn add_child(&mut self) {
        if let Some(container) = self.containers.get_mut(self.current as usize) {
            container.children += 1;
        }
    }

    /// The last line begins a container.
    pub fn open(&mut self, object: bool) {
        let place = self.current().map_or(0, |(_, parent)| parent.children().saturating_sub(1));
        let container = Container {
            open: narrow(self.lines.len().saturating_sub(1)),
            close: NONE,
            parent: self.current,
            next: NONE,
            children: if object { OBJECT } else { 0 },
            place: narrow(place),
        };
        self.current = narrow(self.containers.len());
        self.containers.push(container);
        self.folds.add_container();
    }

    /// The container that is being read ends with a bracket at `start`.
    pub fn close(&mut self, start: usize) {
        let (line, next) = (narrow(self.lines.len()), narrow(self.containers.len()));
        self.add_line(start);
        self.folds.close(self.current as usize);
        let Some(container) = self.containers.get_mut(self.current as usize) else { return };
        container.close = line;
        container.next = next;
        self.current = container.parent;
    }

    /// The last line of a container, as far as it has been read.
    pub fn end(&self, container: &Container) -> usize {
        container.close().unwrap_or(self.lines.len().saturating_sub(1))
    }

    /// The container that begins next after everything in this one.
    pub fn next(&self, container: &Container) -> usize {
        known(container.next).unwrap_or(self.containers.len())
    }

    /// The container that a line opens.
    pub fn opened_by(&self, line: usize) -> Option<(usize, Container)> {
        let at = self.begun_by(line)?;
        self.containers.get(at).filter(|found| found.open as usize == line).map(|found| (at, found))
    }

    /// The container that a line is in. A line with a bracket of a container is in that
    /// container's parent.
    pub fn around(&self, line: usize) -> Option<(usize, Container)> {
        let mut at = self.begun_by(line)?;
        loop {
            let found = self.containers.get(at)?;
            let ended = found.close().is_some_and(|close| close <= line);
            if (found.open as usize) < line && !ended {
                return Some((at, found));
            }
            at = found.parent()?;
        }
    }

    /// The container that a line closes.
    pub fn closed_by(&self, line: usize) -> Option<(usize, Container)> {
        let mut at = self.begun_by(line)?;
        loop {
            let found = self.containers.get(at)?;
            match found.close() {
                Some(close) if close == line => return Some((at, found)),
                Some(close) if close < line => at = found.parent()?,
                _ => return None,
            }
        }
    }

    /// The last container that begins at a line or before it.
    fn begun_by(&self, line: usize) -> Option<usize> {
        self.containers.partition_point(|found| found.open as usize <= line).checked_sub(1)
    }

    /// The place of a line among the values of the container it is in, from 0.
    pub fn place(&self, line: usize) -> usize {
        let own = self.opened_by(line).or_else(|| self.closed_by(line));
        if let Some((_, own)) = own {
            return own.place as usize;
        }
        let Some((parent, around)) = self.around(line) else { return 0 };
        // The container before it in the same parent; after that one, each line is a
        // value.
        let mut before = self.begun_by(line).filter(|at| *at != parent);
        while let Some(found) = before.and_then(|at| self.containers.get(at)) {
            if found.parent() == Some(parent) {
                return found.place as usize + line - self.end(&found);
            }
            before = found.parent();
        }
        line - around.open as usize - 1
    }

    pub fn memory(&self) -> usize {
        self.lines.memory() + self.containers.memory() + self.long.memory() + self.folds.memory()
    }
}

/// The text is at most 2 GiB, see `answer`.
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}

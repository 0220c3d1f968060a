//! Which containers are folded, and which lines that leaves visible.

use crate::bits::Bits;
use crate::visible::Visible;

use super::tree::{Container, Tree};

/// Which containers are folded, and which lines are visible.
#[derive(Debug, Clone, Default)]
pub struct Folds {
    folded: Bits,
    pub visible: Visible,
    /// The outermost folded container of those that are being read: what arrives is
    /// hidden.
    hides: Option<usize>,
}

impl Folds {
    pub fn add_line(&mut self) {
        self.visible.push(self.hides.is_none());
    }

    pub fn add_container(&mut self) {
        self.folded.push(false);
    }

    pub fn close(&mut self, container: usize) {
        if self.hides == Some(container) {
            self.hides = None;
        }
    }

    pub fn is_folded(&self, container: usize) -> bool {
        self.folded.get(container)
    }

    pub fn memory(&self) -> usize {
        self.folded.memory() + self.visible.memory()
    }
}

impl Tree {
    /// Folds or unfolds a container.
    pub fn set_folded(&mut self, at: usize, container: &Container, folded: bool) {
        self.folds.folded.fill(at..at + 1, folded);
        self.refresh(at, container);
    }

    /// Unfolds the containers that hide a line.
    pub fn reveal(&mut self, line: usize) {
        let mut outermost = None;
        // A closing bracket is hidden by its own container.
        let mut around = self.closed_by(line).or_else(|| self.around(line));
        while let Some((at, container)) = around {
            if self.folds.is_folded(at) {
                self.folds.folded.fill(at..at + 1, false);
                outermost = Some((at, container));
            }
            around = container.parent().and_then(|at| Some((at, self.containers.get(at)?)));
        }
        if let Some((at, container)) = outermost {
            self.refresh(at, &container);
        }
    }

    /// Folds all containers at a depth or deeper and unfolds those above.
    pub fn fold_to(&mut self, depth: usize) {
        let count = self.containers.len();
        self.folds.folded.fill(0..count, false);
        if depth == usize::MAX {
            self.refresh_all();
            return;
        }
        let mut around: Vec<usize> = Vec::new();
        let mut at = 0;
        while let Some(container) = self.containers.get(at) {
            while around.last().copied() != container.parent() {
                around.pop();
            }
            if around.len() == depth {
                let next = self.next(&container);
                self.folds.folded.fill(at..next, true);
                at = next;
            } else {
                around.push(at);
                at += 1;
            }
        }
        self.refresh_all();
    }

    fn refresh_all(&mut self) {
        if let Some(root) = self.containers.get(0) {
            self.refresh(0, &root);
        }
    }

    /// Shows or hides the lines of a container according to the folded containers.
    fn refresh(&mut self, at: usize, container: &Container) {
        let first = container.open as usize;
        let shown = self.folds.visible.get(first);
        let inside = |end: usize, open: u32| open as usize + 1..end + 1;
        self.folds.visible.fill(inside(self.end(container), container.open), shown);
        if shown {
            let last = self.next(container);
            let mut from = at;
            while let Some(at) = self.folds.folded.next_set(from..last) {
                let Some(folded) = self.containers.get(at) else { break };
                self.folds.visible.fill(inside(self.end(&folded), folded.open), false);
                from = self.next(&folded);
            }
        }
        self.folds.visible.recount(first);
        self.folds.hides = self.outermost_folded();
    }

    /// The outermost folded container of those that are being read.
    fn outermost_folded(&self) -> Option<usize> {
        let mut found = None;
        let mut around = self.current();
        while let Some((at, container)) = around {
            if self.folds.is_folded(at) {
                found = Some(at);
            }
            around = container.parent().and_then(|at| Some((at, self.containers.get(at)?)));
        }
        found
    }
}

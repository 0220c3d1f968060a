//! What has been read, shared by every page that reads it.
//!
//! A read is known by its request target. It stays until the user signs out; a
//! write that makes it stale counts its generation up, and whoever shows it reads
//! it again. Requests are scarce, so nothing is read twice because two panels show it.

use std::any::Any;
use std::collections::HashMap;

use backoffice_client::{CallError, Millis};
use backoffice_contract::OperationId;
use leptos::prelude::*;

/// How a read stands, apart from its answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress {
    pub(super) error: Option<CallError>,
    pub(super) loading: bool,
    pub(super) fetched_at: Option<Millis>,
    /// The generation that the last answer belongs to.
    pub(super) generation: Option<u32>,
}

/// A read: its answer, how it stands, and what tells that it is stale. The answer is
/// a signal of its own, so that a long list is not shown anew whenever it is read again.
pub(super) struct Slot<T> {
    pub(super) data: ArcRwSignal<Option<T>>,
    pub(super) progress: ArcRwSignal<Progress>,
    pub(super) generation: ArcRwSignal<u32>,
}

impl<T> Clone for Slot<T> {
    fn clone(&self) -> Self {
        Self {
            data: self.data.clone(),
            progress: self.progress.clone(),
            generation: self.generation.clone(),
        }
    }
}

struct Row {
    operation: OperationId,
    generation: ArcRwSignal<u32>,
    progress: ArcRwSignal<Progress>,
    data: Box<dyn Any>,
    /// Empties the answer, whose type the row does not know.
    forget: Box<dyn Fn()>,
}

/// All reads by target.
#[derive(Default)]
pub(super) struct Cache(HashMap<String, Row>);

impl Cache {
    /// The slot of a target, made when it is first asked for.
    pub(super) fn slot<T: Send + Sync + 'static>(
        &mut self,
        operation: OperationId,
        target: String,
    ) -> Slot<T> {
        let row = self.0.entry(target).or_insert_with(|| {
            let data = ArcRwSignal::new(None::<T>);
            let forget = {
                let data = data.clone();
                Box::new(move || data.set(None))
            };
            Row {
                operation,
                generation: ArcRwSignal::new(0),
                progress: ArcRwSignal::new(Progress::default()),
                data: Box::new(data),
                forget,
            }
        });
        // A target belongs to one operation, and that to one type.
        let data = row.data.downcast_ref::<ArcRwSignal<Option<T>>>().cloned();
        Slot {
            data: data.unwrap_or_else(|| ArcRwSignal::new(None)),
            progress: row.progress.clone(),
            generation: row.generation.clone(),
        }
    }

    /// Marks the answers of some operations as stale.
    pub(super) fn invalidate(&self, operations: &[OperationId]) {
        for row in self.0.values().filter(|row| operations.contains(&row.operation)) {
            row.generation.update(|generation| *generation += 1);
        }
    }

    /// Forgets every answer: they belong to somebody who has left.
    pub(super) fn forget(&self) {
        for row in self.0.values() {
            (row.forget)();
            row.progress.set(Progress::default());
            row.generation.update(|generation| *generation += 1);
        }
    }
}

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

/// One read as it stands.
#[derive(Debug, Clone)]
pub(super) struct QueryState<T> {
    pub(super) data: Option<T>,
    pub(super) error: Option<CallError>,
    pub(super) loading: bool,
    pub(super) fetched_at: Option<Millis>,
    /// The generation that the last answer belongs to.
    pub(super) generation: Option<u32>,
}

impl<T> Default for QueryState<T> {
    fn default() -> Self {
        Self { data: None, error: None, loading: false, fetched_at: None, generation: None }
    }
}

/// The state of a read with what tells that it is stale.
pub(super) struct Slot<T> {
    pub(super) state: ArcRwSignal<QueryState<T>>,
    pub(super) generation: ArcRwSignal<u32>,
}

impl<T> Clone for Slot<T> {
    fn clone(&self) -> Self {
        Self { state: self.state.clone(), generation: self.generation.clone() }
    }
}

struct Row {
    operation: OperationId,
    generation: ArcRwSignal<u32>,
    state: Box<dyn Any>,
    /// Empties the state, whose type the row does not know.
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
            let state = ArcRwSignal::new(QueryState::<T>::default());
            let forget = {
                let state = state.clone();
                Box::new(move || state.set(QueryState::default()))
            };
            Row { operation, generation: ArcRwSignal::new(0), state: Box::new(state), forget }
        });
        let state = row.state.downcast_ref::<ArcRwSignal<QueryState<T>>>();
        // A target belongs to one operation, and that to one type.
        let state = state.cloned().unwrap_or_else(|| ArcRwSignal::new(QueryState::default()));
        Slot { state, generation: row.generation.clone() }
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
            row.generation.update(|generation| *generation += 1);
        }
    }
}

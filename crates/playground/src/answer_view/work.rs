//! Receives an answer as it arrives, and reads and searches it in short slices.

use std::cell::RefCell;
use std::rc::Rc;

use backoffice_answer::{Answer, Find, Progress, Status, View};
use futures_util::future::{AbortHandle, Abortable};
use futures_util::{Stream, StreamExt as _};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::turn::{now, turn};

/// Time limit of a slice, in milliseconds. A frame has 16.
const SLICE: f64 = 8.0;
/// Amount of work between checks of the clock, in bytes. Searching takes longer if there
/// are many matches.
const READ: usize = 16 * 1_024;
const SEARCH: usize = 4 * 1_024;
/// How much of an arrived piece is added at a time, in bytes.
const TAKE: usize = 256 * 1_024;
/// Number of characters in a row of text, unless it is wrapped.
pub const COLUMNS: usize = 1_000;

/// The state of the transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transfer {
    /// It is in progress.
    Coming,
    /// It is complete.
    Complete,
    /// The user cancelled it.
    Cancelled,
    /// It failed, with the reason.
    Failed(String),
}

/// The answer and the state of its view.
pub struct Model {
    pub answer: Answer,
    pub find: Option<Find>,
    /// Which of the two forms is selected.
    pub view: View,
    transfer: Transfer,
    working: bool,
}

/// Facts about the answer, for the texts around the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub status: Status,
    pub transfer: Transfer,
    pub bytes: usize,
    pub left_out: usize,
    pub invalid_utf8: bool,
    /// Whether everything that has arrived has been read and searched.
    pub idle: bool,
    pub found: usize,
    pub found_all: bool,
    pub position: Option<usize>,
}

/// The model, shared by the tasks that feed it and the view that shows it.
#[derive(Clone)]
pub struct Work {
    model: Rc<RefCell<Model>>,
    /// Incremented when the view may have changed.
    pub version: RwSignal<u32>,
    abort: AbortHandle,
}

impl Work {
    /// Starts receiving a body. The stream is dropped at its end, and when the user cancels
    /// or leaves.
    pub fn start<S>(mut body: S) -> Self
    where
        S: Stream<Item = Result<Vec<u8>, String>> + Unpin + 'static,
    {
        let model = Model {
            answer: Answer::new(COLUMNS),
            find: None,
            view: View::Pretty,
            transfer: Transfer::Coming,
            working: false,
        };
        let (model, version) = (Rc::new(RefCell::new(model)), RwSignal::new(0));
        let (abort, registration) = AbortHandle::new_pair();
        let work = Self { model, version, abort };
        let taker = work.clone();
        let take = async move {
            while let Some(piece) = body.next().await {
                let piece = match piece {
                    Ok(piece) => piece,
                    Err(error) => return Transfer::Failed(error),
                };
                // The sandbox sends a whole body in one piece.
                for part in piece.chunks(TAKE) {
                    taker.change(|model| model.answer.push(part));
                    if piece.len() > TAKE {
                        turn().await;
                    }
                }
                // If pieces arrive faster than they are read, they wait here.
                while taker.model.borrow().working {
                    turn().await;
                }
            }
            Transfer::Complete
        };
        let ender = work.clone();
        let take = Abortable::new(take, registration);
        spawn_local(async move {
            let end = take.await.unwrap_or(Transfer::Cancelled);
            ender.change(|model| {
                model.transfer = end;
                model.answer.finish();
            });
        });
        work
    }

    /// Ends the transfer.
    pub fn cancel(&self) {
        self.abort.abort();
    }

    /// Reads the model.
    pub fn read<T>(&self, look: impl FnOnce(&Model) -> T) -> T {
        look(&self.model.borrow())
    }

    /// Changes the model, and continues reading and searching if there is more to do.
    pub fn change<T>(&self, change: impl FnOnce(&mut Model) -> T) -> T {
        let (result, start) = {
            let mut model = self.model.borrow_mut();
            let result = change(&mut model);
            (result, !std::mem::replace(&mut model.working, true))
        };
        self.tell();
        if start {
            let work = self.clone();
            spawn_local(async move {
                loop {
                    turn().await;
                    let more = work.model.borrow_mut().slice();
                    if !more || !work.tell() {
                        break;
                    }
                }
                work.model.borrow_mut().working = false;
                work.tell();
            });
        }
        result
    }

    /// Notifies the view that something may have changed. `false` if the view no longer
    /// exists.
    fn tell(&self) -> bool {
        self.version.try_update(|version| *version = version.wrapping_add(1)).is_some()
    }

    /// The current facts.
    pub fn facts(&self) -> Facts {
        let model = self.model.borrow();
        let find = model.find.as_ref();
        Facts {
            status: model.answer.status().clone(),
            transfer: model.transfer.clone(),
            bytes: model.answer.len(),
            left_out: model.answer.left_out(),
            invalid_utf8: model.answer.invalid_utf8().is_some(),
            idle: !model.working,
            found: find.map_or(0, Find::count),
            found_all: find.is_none_or(|find| !find.is_full()),
            position: find.and_then(Find::position),
        }
    }
}

impl Model {
    /// The form that can be shown.
    pub fn form(&self) -> View {
        match self.answer.status() {
            Status::Json | Status::Empty => self.view,
            Status::Text | Status::Broken(_) | Status::Binary => View::Rows,
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        match self.form() {
            View::Pretty => self.answer.line_count(),
            View::Rows => self.answer.row_count(),
        }
    }

    /// Works for one slice. Returns whether there is more to do.
    fn slice(&mut self) -> bool {
        let end = now() + SLICE;
        loop {
            let before = self.form();
            let read = self.answer.step(READ) == Progress::Working;
            // Matches in one form have no position in the other.
            if self.form() != before
                && let Some(find) = &mut self.find
            {
                find.restart(View::Rows);
            }
            let find = self.find.as_mut().map(|find| find.step(&self.answer, SEARCH));
            let more = read || find == Some(Progress::Working);
            if !more || now() >= end {
                return more;
            }
        }
    }
}

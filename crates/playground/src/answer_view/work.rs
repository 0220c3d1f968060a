//! Takes in an answer as it comes, and reads and searches it in short slices.

use std::cell::RefCell;
use std::rc::Rc;

use backoffice_answer::{Answer, Find, Progress, Status, View};
use futures_util::future::{AbortHandle, Abortable};
use futures_util::{Stream, StreamExt as _};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::turn::{now, turn};

/// How long a slice may take, in milliseconds. A frame has 16.
const SLICE: f64 = 8.0;
/// How much is done before the clock is looked at, in bytes. Pieces of a search take
/// longer, where there is much to find.
const READ: usize = 16 * 1_024;
const SEARCH: usize = 4 * 1_024;
/// How much is taken over at once from a piece that has come, in bytes.
const TAKE: usize = 256 * 1_024;
/// How many characters a row of the text has, unless it is wrapped.
pub const COLUMNS: usize = 1_000;

/// How far the transfer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transfer {
    /// It goes on.
    Coming,
    /// All is there.
    Complete,
    /// The reader has ended it.
    Cancelled,
    /// It broke, with why.
    Failed(String),
}

/// What the view is about.
pub struct Model {
    pub answer: Answer,
    pub find: Option<Find>,
    /// Which of the two forms is looked at.
    pub view: View,
    transfer: Transfer,
    working: bool,
}

/// What is known of the answer, for what stands around the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub status: Status,
    pub transfer: Transfer,
    pub bytes: usize,
    pub left_out: usize,
    pub invalid_utf8: bool,
    /// Whether all that has come has been read and searched.
    pub idle: bool,
    pub found: usize,
    pub found_all: bool,
    pub position: Option<usize>,
}

/// The model, shared by the tasks that feed it and the view that shows it.
#[derive(Clone)]
pub struct Work {
    model: Rc<RefCell<Model>>,
    /// Counts up when what is shown may have changed.
    pub version: RwSignal<u32>,
    abort: AbortHandle,
}

impl Work {
    /// Begins to take in a body. The stream is dropped at its end, and when the reader
    /// cancels or goes away.
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
                // The sandbox hands over a whole body at once.
                for part in piece.chunks(TAKE) {
                    taker.change(|model| model.answer.push(part));
                    if piece.len() > TAKE {
                        turn().await;
                    }
                }
                // What comes faster than it is read has to wait.
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

    /// Looks at the model.
    pub fn read<T>(&self, look: impl FnOnce(&Model) -> T) -> T {
        look(&self.model.borrow())
    }

    /// Changes the model, and goes on reading and searching when there is more to do.
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

    /// Says that something may have changed. `false` when nobody is there any more.
    fn tell(&self) -> bool {
        self.version.try_update(|version| *version = version.wrapping_add(1)).is_some()
    }

    /// What is known by now.
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
    /// Which form can be shown.
    pub fn form(&self) -> View {
        match self.answer.status() {
            Status::Json | Status::Empty => self.view,
            Status::Text | Status::Broken(_) | Status::Binary => View::Rows,
        }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        match self.form() {
            View::Pretty => self.answer.line_count(),
            View::Rows => self.answer.row_count(),
        }
    }

    /// Works for one slice. Whether there is more to do.
    fn slice(&mut self) -> bool {
        let end = now() + SLICE;
        loop {
            let before = self.form();
            let read = self.answer.step(READ) == Progress::Working;
            // What was found in one form is nowhere in the other.
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

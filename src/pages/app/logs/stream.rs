//! Following the log lines of an app.
//!
//! A stream costs one request, however long it is followed. When it breaks it is
//! opened again and the gap is marked, since lines in between may be missing.

use backoffice_contract::app::LogsQuery;
use backoffice_contract::op;
use futures_util::StreamExt as _;
use futures_util::future::{AbortHandle, abortable};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::pages::app::logs::text::LineBuffer;
use backoffice_web_client::{Api, CallError, use_api};

/// How many earlier lines a stream begins with.
const EARLIER: u32 = 200;
/// How many lines are kept; the oldest go first, and the view says so.
const KEPT: usize = 5_000;
/// The wait before a broken stream is opened again, in milliseconds, doubled each
/// time up to the longest.
const REOPEN: u32 = 1_000;
const LONGEST: u32 = 30_000;

/// How the stream is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamState {
    Opening,
    Following,
    Paused,
    Broken,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its place since the page was opened.
    pub number: u64,
    /// As it came.
    pub text: String,
    /// It stands for lines that may be missing.
    pub gap: bool,
}

/// The lines that are kept.
#[derive(Debug, Default)]
pub struct Lines {
    pub lines: std::collections::VecDeque<Line>,
    /// Never starts anew, so that no two rows share a key.
    next: u64,
    /// How many have gone.
    pub dropped: u64,
    /// Whether a stream of this app has been read before.
    resumed: bool,
}

impl Lines {
    pub fn clear(&mut self) {
        self.lines.clear();
        self.dropped = 0;
    }

    fn push(&mut self, text: String, gap: bool) {
        self.lines.push_back(Line { number: self.next, text, gap });
        self.next += 1;
        while self.lines.len() > KEPT {
            self.lines.pop_front();
            self.dropped += 1;
        }
    }
}

/// A stream that is followed, and what came of it.
#[derive(Clone, Copy)]
pub struct LogStream {
    api: Api,
    /// What it asks for when it is opened for the first time.
    pub operation: Signal<op::StreamLogs>,
    /// The lines, oldest first.
    pub lines: RwSignal<Lines>,
    /// How it is.
    pub state: RwSignal<StreamState>,
    /// Why it could not be opened.
    pub error: RwSignal<Option<CallError>>,
}

/// Follows the lines of an app while they are `wanted`; anew for another app.
pub fn use_log_stream(app: Memo<String>, wanted: impl Into<Signal<bool>>) -> LogStream {
    let wanted = wanted.into();
    let operation = Signal::derive(move || op::StreamLogs {
        app: app.get(),
        query: LogsQuery { num_lines: Some(EARLIER), follow: None },
    });
    let stream = LogStream {
        api: use_api(),
        operation,
        lines: RwSignal::new(Lines::default()),
        state: RwSignal::new(StreamState::Opening),
        error: RwSignal::new(None),
    };
    // A new run for each app and each press of the button. Aborting the one before
    // drops its stream, which ends the request even while nothing comes.
    let run = StoredValue::new(None::<AbortHandle>);
    let stop = move || {
        run.try_update_value(|run| run.take().inspect(AbortHandle::abort));
    };
    Effect::new(move |previous: Option<String>| {
        stop();
        let operation = operation.get();
        let app = operation.app.clone();
        if previous.is_some_and(|previous| previous != app) {
            stream.lines.update(|lines| {
                lines.clear();
                lines.resumed = false;
            });
        }
        if wanted.get() {
            let (following, handle) = abortable(follow(operation, stream));
            run.set_value(Some(handle));
            spawn_local(async move {
                // It ends when it is refused or aborted, and has said so by then.
                let _ = following.await;
            });
        } else {
            stream.state.set(StreamState::Paused);
        }
        app
    });
    on_cleanup(stop);
    stream
}

async fn follow(operation: op::StreamLogs, stream: LogStream) {
    let mut wait = REOPEN;
    loop {
        // A tab that nobody sees spends no request.
        while !stream.api.visible.get_untracked() {
            TimeoutFuture::new(REOPEN).await;
        }
        let mut operation = operation.clone();
        let resumed = stream.lines.with_untracked(|lines| lines.resumed);
        if resumed {
            // What came before is on the page; ask for what follows.
            operation.query.num_lines = Some(0);
        }
        stream.state.set(StreamState::Opening);
        match stream.api.stream(operation).await {
            Ok(mut pieces) => {
                stream.state.set(StreamState::Following);
                stream.error.set(None);
                if resumed {
                    stream.push(vec!["Interrupted; lines may be missing here.".to_owned()], true);
                }
                stream.lines.update(|lines| lines.resumed = true);
                let opened = stream.api.now.get_untracked();
                let mut buffer = LineBuffer::default();
                while let Some(Ok(piece)) = pieces.next().await {
                    stream.push(buffer.push(&piece), false);
                }
                stream.push(buffer.finish().into_iter().collect(), false);
                if stream.api.now.get_untracked() > opened + u64::from(LONGEST) {
                    wait = REOPEN;
                }
            }
            Err(failure) => {
                // A refusal will not turn into a stream by asking again.
                let refused = failure.status().is_some_and(|status| status < 500);
                stream.error.set(Some(failure));
                if refused {
                    stream.state.set(StreamState::Broken);
                    return;
                }
            }
        }
        stream.state.set(StreamState::Broken);
        TimeoutFuture::new(wait).await;
        wait = (wait * 2).min(LONGEST);
    }
}

impl LogStream {
    fn push(self, texts: Vec<String>, gap: bool) {
        if !texts.is_empty() {
            self.lines.update(|lines| {
                for text in texts {
                    lines.push(text, gap);
                }
            });
        }
    }
}

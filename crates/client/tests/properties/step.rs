//! What can happen, and random sequences of it.

use backoffice_client::Millis;

/// Something that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// So many calls are made at once.
    Call { what: What, count: u64, background: bool },
    /// From now on the server does this.
    Server(Mode),
    /// Time passes.
    Time(Millis),
    /// The machine sleeps for so long: time passes, and nothing runs.
    Sleep(Millis),
    /// The user gives one of the live calls up, counted from the oldest.
    Cancel(usize),
    /// The user sends one of the live calls now.
    RetryNow(usize),
    /// The user agrees to the wait of one of the live calls.
    Agree(usize),
    /// The browser says that there is a network.
    TryConnection,
    /// The user signs in again, or another one does.
    SignIn { other: bool },
    /// The user signs out.
    SignOut,
    /// The server does not take the access tokens any more that it has handed out.
    ExpireTokens,
    /// The server ends every session.
    EndSessions,
    /// The page is loaded again.
    Reload,
}

/// What is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// Reads.
    Read,
    /// Restarts an app, which must not run twice.
    Restart,
    /// Deletes an app, which may be repeated.
    Delete,
    /// Asks whether another provider has answered: a read that needs no session.
    Poll,
}

/// What the server does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// It answers.
    Up,
    /// It cannot be reached.
    Down,
    /// It executes, and the connection breaks before the answer.
    AnswersLost,
    /// It executes, and no answer ever comes.
    Hangs,
    /// It answers 503, says for how many seconds, and executes nothing.
    Overloaded(u64),
    /// It executes, and its gateway answers 502.
    BadGateway,
    /// It refuses everything with 429 and says for how many seconds.
    Refuses(u64),
}

/// A source of numbers that is the same for the same seed (Marsaglia, "Xorshift RNGs").
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        // Neighbouring seeds give sequences that have nothing in common.
        Self(seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// One of `0..below`.
    pub(crate) fn below(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % below
    }

    fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.below(most - least + 1)
    }

    fn index(&mut self) -> usize {
        usize::try_from(self.below(100)).unwrap()
    }
}

/// The sequence of a seed: 30 to 80 steps.
pub(crate) fn sequence(seed: u64) -> Vec<Step> {
    let mut numbers = Numbers::new(seed);
    let length = numbers.between(30, 80);
    (0..length).map(|_| step(&mut numbers)).collect()
}

fn step(numbers: &mut Numbers) -> Step {
    match numbers.below(100) {
        0..30 => Step::Call {
            what: match numbers.below(10) {
                0..5 => What::Read,
                5..7 => What::Restart,
                7..9 => What::Delete,
                _ => What::Poll,
            },
            count: if numbers.below(4) == 0 { numbers.between(2, 12) } else { 1 },
            background: numbers.below(3) == 0,
        },
        30..58 => Step::Time(duration(numbers)),
        58..73 => Step::Server(match numbers.below(14) {
            0..6 => Mode::Up,
            6..9 => Mode::Down,
            9 => Mode::AnswersLost,
            10 => Mode::Hangs,
            11 => Mode::Overloaded(numbers.below(3) * 100),
            12 => Mode::BadGateway,
            _ => Mode::Refuses(if numbers.below(2) == 0 { 20 } else { 300 }),
        }),
        73..76 => Step::Sleep(duration(numbers)),
        76..80 => Step::Cancel(numbers.index()),
        80..84 => Step::RetryNow(numbers.index()),
        84..89 => Step::Agree(numbers.index()),
        89..91 => Step::TryConnection,
        91..94 => Step::SignIn { other: numbers.below(4) == 0 },
        94..96 => Step::SignOut,
        96 => Step::ExpireTokens,
        97 => Step::EndSessions,
        _ => Step::Reload,
    }
}

/// From a blink to half an hour, each order of magnitude alike.
fn duration(numbers: &mut Numbers) -> Millis {
    match numbers.below(8) {
        0 => numbers.between(1, 200),
        1 | 2 => numbers.between(200, 5_000),
        3 | 4 => numbers.between(5_000, 60_000),
        5 | 6 => numbers.between(60_000, 400_000),
        _ => numbers.between(400_000, 2_000_000),
    }
}

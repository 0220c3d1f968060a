//! The fixed window of a user.

use backoffice_client::Millis;

/// Counts calls from boundary to boundary.
#[derive(Debug)]
pub struct Window {
    limit: u32,
    length: Millis,
    end: Millis,
    used: u32,
}

impl Window {
    /// A fresh window that ends at `end`.
    #[must_use]
    pub fn new(limit: u32, length: Millis, end: Millis) -> Self {
        Self { limit, length: length.max(1), end, used: 0 }
    }

    /// Counts a call at `now`; true when it is within the limit.
    pub fn count(&mut self, now: Millis) -> bool {
        if now >= self.end {
            let passed = (now - self.end) / self.length + 1;
            self.end += passed * self.length;
            self.used = 0;
        }
        let within = self.used < self.limit;
        self.used += u32::from(within);
        within
    }

    /// How many calls are left, as of the latest.
    #[must_use]
    pub fn remaining(&self) -> u32 {
        self.limit - self.used
    }

    /// How long the window of the latest call goes on.
    #[must_use]
    pub fn left(&self, now: Millis) -> Millis {
        self.end.saturating_sub(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_ends_at_its_boundary_whenever_calls_come() {
        let mut window = Window::new(2, 60, 100);
        assert_eq!([90, 95, 99].map(|now| window.count(now)), [true, true, false]);
        assert!(window.count(100));
        assert_eq!((window.remaining(), window.left(100)), (1, 60));
        assert!(window.count(290));
        assert_eq!((window.remaining(), window.left(290)), (1, 50));
    }
}

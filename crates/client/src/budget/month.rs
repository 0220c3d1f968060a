//! The monthly cap: counted here, since no header tells it.
//!
//! The platform allows 10,000 calls a user and month. What is counted is what this
//! browser sent and what it saw others use, so the count is a lower bound; only the
//! first refusal says for certain that the month is used up.

use std::collections::VecDeque;

use backoffice_calendar::{DAY, LAST_FIRST_DAY, period};
use serde::{Deserialize, Serialize};

use crate::budget::bucket::Rank;
use crate::budget::view::{MonthLevel, MonthView};
use crate::host::runtime::Millis;
use crate::why::Why;
use backoffice_limits::Reading;

/// The documented cap.
const CAP: u32 = 10_000;
/// From here on the user is warned, in per cent of the cap.
const WARNING: u64 = 80;
/// From here on calls that nobody waits for are held.
const RESERVED: u64 = 95;
/// How many days the forecast looks back.
const PACE_DAYS: usize = 7;
/// How many days are kept: one more than a month has, for users who move its first day.
const KEPT_DAYS: usize = 32;

/// The count of the current month.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Month {
    /// 1 to 28; 0, which counts as 1, until it is set.
    first_day: u8,
    began_at: Millis,
    ours: u32,
    others: u32,
    days: Days,
    days_of_others: Days,
    used_up: Option<UsedUp>,
    overridden: bool,
}

/// The API's word that the month is used up.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct UsedUp {
    /// When it refused a call.
    at: Millis,
    /// When the next month begins, if the API told.
    until: Option<Millis>,
    /// The header that told it, as it was read.
    reading: Option<Box<Reading>>,
}

/// How many calls each of the last days saw, by days since the epoch.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Days(VecDeque<(Millis, u32)>);

impl Days {
    fn add(&mut self, count: u32, now: Millis) {
        let today = now / DAY;
        match self.0.back_mut() {
            Some((day, counted)) if *day == today => *counted += count,
            _ => self.0.push_back((today, count)),
        }
        while self.0.len() > KEPT_DAYS {
            self.0.pop_front();
        }
    }

    /// Those that began at `start` or later.
    fn since(&self, start: Millis) -> impl Iterator<Item = (Millis, u32)> {
        self.0.iter().copied().filter(move |(day, _)| day * DAY >= start)
    }

    fn count_since(&self, start: Millis) -> u32 {
        self.since(start).map(|(_, count)| count).sum()
    }
}

impl Month {
    /// Begins the next month when this one is over.
    fn roll(&mut self, now: Millis) {
        self.used_up.take_if(|used_up| now >= used_up.ends_at(self.first_day));
        let (began_at, _) = period(now, self.first_day);
        if began_at != self.began_at {
            self.began_at = began_at;
            self.ours = self.days.count_since(began_at);
            self.others = self.days_of_others.count_since(began_at);
            self.overridden = false;
        }
    }

    fn total(&self) -> u32 {
        self.ours.saturating_add(self.others)
    }

    /// Takes over what was remembered: the first day, which is the user's setting, and the
    /// count of this month if it is greater than the one here.
    pub(crate) fn catch_up(&mut self, mut remembered: Self, first_day: Option<u8>, now: Millis) {
        let first_day = first_day.unwrap_or(remembered.first_day);
        remembered.set_first_day(first_day, now);
        self.set_first_day(first_day, now);
        let used_up = self.used_up.take().or_else(|| remembered.used_up.take());
        if remembered.total() > self.total() {
            *self = remembered;
        }
        self.used_up = used_up;
    }

    /// A call was sent from here.
    pub(crate) fn sent(&mut self, now: Millis) {
        self.roll(now);
        self.ours += 1;
        self.days.add(1, now);
    }

    /// The latest call was not sent after all.
    pub(crate) fn unsent(&mut self) {
        self.ours = self.ours.saturating_sub(1);
        if let Some((_, count)) = self.days.0.back_mut() {
            *count = count.saturating_sub(1);
        }
    }

    /// Others were seen to make so many calls.
    pub(crate) fn others(&mut self, count: u32, now: Millis) {
        if count > 0 {
            self.roll(now);
            self.others += count;
            self.days_of_others.add(count, now);
        }
    }

    /// The API has refused a call because the month is used up. `until` is when the next one
    /// begins, if it told, and `reading` the header that did.
    pub(crate) fn refused(
        &mut self,
        until: Option<Millis>,
        reading: Option<Box<Reading>>,
        now: Millis,
    ) {
        self.roll(now);
        self.used_up = Some(UsedUp { at: now, until, reading });
        self.overridden = false;
    }

    /// Sets the day of the month on which the count starts at zero, 1 to 28.
    pub(crate) fn set_first_day(&mut self, day: u8, now: Millis) {
        self.first_day = day.clamp(1, LAST_FIRST_DAY);
        self.roll(now);
    }

    /// Sets whether the user wants to go on in spite of the level.
    pub(crate) fn set_overridden(&mut self, overridden: bool) {
        self.overridden = overridden;
    }

    /// Until when and why a call of `rank` is held for the sake of the month.
    pub(crate) fn held_until(&mut self, rank: Rank, now: Millis) -> Option<(Millis, Why)> {
        self.roll(now);
        if self.overridden {
            return None;
        }
        if let Some(used_up) = &self.used_up {
            let until = used_up.ends_at(self.first_day);
            return Some((until, Why::MonthUsedUp(used_up.reading.clone())));
        }
        let reserved = self.level() == MonthLevel::Reserved && rank == Rank::Background;
        let (_, next) = period(now, self.first_day);
        reserved.then_some((next, Why::MonthReserved { percent: RESERVED }))
    }

    fn level(&self) -> MonthLevel {
        let percent = u64::from(self.total()) * 100 / u64::from(CAP);
        match percent {
            _ if self.used_up.is_some() => MonthLevel::UsedUp,
            RESERVED.. => MonthLevel::Reserved,
            WARNING.. => MonthLevel::Warning,
            _ => MonthLevel::Free,
        }
    }

    pub(crate) fn view(&mut self, now: Millis) -> MonthView {
        self.roll(now);
        let (began_at, next) = period(now, self.first_day);
        let used_up = self.used_up.as_ref();
        let resets_at = used_up.map_or(next, |used_up| used_up.ends_at(self.first_day));
        MonthView {
            began_at,
            resets_at,
            first_day: self.first_day.max(1),
            cap: CAP,
            ours: self.ours,
            others: self.others,
            reached_at: self.reached_at(now).filter(|at| *at < resets_at),
            level: self.level(),
            overridden: self.overridden,
        }
    }

    /// When the cap is reached at the pace of the last days.
    fn reached_at(&self, now: Millis) -> Option<Millis> {
        let left = u64::from(CAP.saturating_sub(self.total()));
        let start = (now / DAY).saturating_sub(PACE_DAYS as Millis - 1) * DAY;
        let recent = || self.days.since(start).chain(self.days_of_others.since(start));
        let count: u64 = recent().map(|(_, count)| u64::from(count)).sum();
        let first = recent().map(|(day, _)| day).min()?;
        // A day that has just begun is no pace yet.
        let span = now.saturating_sub(first * DAY).max(DAY);
        (count > 0).then(|| now.saturating_add(left.saturating_mul(span) / count))
    }
}

impl UsedUp {
    /// When the next month begins: as the API told, or else as the user's first day says.
    fn ends_at(&self, first_day: u8) -> Millis {
        self.until.unwrap_or_else(|| period(self.at, first_day).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-01T00:00:00Z.
    const NOVEMBER: Millis = 1_793_491_200_000;
    const DECEMBER: Millis = NOVEMBER + 30 * DAY;

    fn busy(calls: u32) -> Month {
        let mut month = Month::default();
        for _ in 0..calls {
            month.sent(NOVEMBER + DAY);
        }
        month
    }

    #[test]
    fn warns_at_80_and_keeps_the_last_5_per_cent_for_the_user() {
        let now = NOVEMBER + DAY;
        for (calls, level) in [
            (7_999, MonthLevel::Free),
            (8_000, MonthLevel::Warning),
            (9_499, MonthLevel::Warning),
            (9_500, MonthLevel::Reserved),
        ] {
            assert_eq!(busy(calls).view(now).level, level, "{calls}");
        }
        let mut month = busy(9_500);
        let reserved = Some((DECEMBER, Why::MonthReserved { percent: 95 }));
        assert_eq!(month.held_until(Rank::Background, now), reserved);
        assert_eq!(month.held_until(Rank::Interactive, now), None);
        month.set_overridden(true);
        assert_eq!(month.held_until(Rank::Background, now), None);
        month.sent(DECEMBER);
        assert_eq!(month.view(DECEMBER).ours, 1);
        assert!(!month.view(DECEMBER).overridden, "the word was about that month");
    }

    #[test]
    fn calls_of_others_count_too() {
        let mut month = busy(7_000);
        month.others(1_000, NOVEMBER + DAY);
        let view = month.view(NOVEMBER + DAY);
        assert_eq!((view.ours, view.others, view.level), (7_000, 1_000, MonthLevel::Warning));
    }

    #[test]
    fn a_refusal_holds_everything_until_the_day_that_was_told() {
        let now = NOVEMBER + DAY;
        let mut month = busy(3);
        month.refused(None, None, now);
        assert_eq!(month.held_until(Rank::Session, now), Some((DECEMBER, Why::MonthUsedUp(None))));
        assert_eq!(month.view(now).level, MonthLevel::UsedUp);
        month.refused(Some(NOVEMBER + 5 * DAY), None, now);
        assert_eq!(month.view(now).resets_at, NOVEMBER + 5 * DAY);
        assert_eq!(month.held_until(Rank::Interactive, NOVEMBER + 5 * DAY), None);
        month.refused(None, None, now);
        month.set_overridden(true);
        assert_eq!(month.held_until(Rank::Interactive, now), None);
        month.refused(None, None, now);
        assert!(month.held_until(Rank::Interactive, now).is_some(), "it was tried, and refused");
    }

    #[test]
    fn the_first_day_moves_the_end_of_a_used_up_month_unless_the_api_told_it() {
        let now = NOVEMBER + DAY;
        let mut month = busy(3);
        month.refused(None, None, now);
        month.set_first_day(20, now);
        assert_eq!(month.view(now).resets_at, NOVEMBER + 19 * DAY, "20 November");
        assert!(month.held_until(Rank::Interactive, NOVEMBER + 18 * DAY).is_some());
        assert_eq!(month.held_until(Rank::Interactive, NOVEMBER + 19 * DAY), None);
        month.refused(Some(DECEMBER), None, now);
        month.set_first_day(10, now);
        assert_eq!(month.view(now).resets_at, DECEMBER);
    }

    #[test]
    fn what_was_remembered_counts_if_it_is_more_of_the_same_month() {
        let now = NOVEMBER + 9 * DAY;
        let mut before = Month::default();
        before.set_first_day(26, now);
        before.sent(now - DAY);
        before.sent(now - DAY);
        let mut month = Month::default();
        assert_eq!(month.view(now).first_day, 1);
        month.sent(now);
        month.catch_up(before.clone(), None, now);
        assert_eq!((month.view(now).first_day, month.view(now).ours), (26, 2));
        month.sent(now);
        month.catch_up(before.clone(), Some(5), now);
        assert_eq!((month.view(now).first_day, month.view(now).ours), (5, 3));
        month.catch_up(before, None, DECEMBER);
        assert_eq!(month.view(DECEMBER).ours, 0, "both are over");
    }

    #[test]
    fn the_forecast_follows_the_last_days() {
        let mut month = Month::default();
        for day in 0..10 {
            for _ in 0..(if day < 5 { 10 } else { 500 }) {
                month.sent(NOVEMBER + day * DAY + DAY / 2);
            }
        }
        let now = NOVEMBER + 10 * DAY;
        let view = month.view(now);
        assert_eq!(view.ours, 2_550);
        // 2,510 in the six days that count: 7,450 more take 17.8 days.
        let days = (view.reached_at.unwrap() - now) / DAY;
        assert_eq!(days, 17);
        assert_eq!(busy(3).view(NOVEMBER + 2 * DAY).reached_at, None, "it lasts the month");
    }

    #[test]
    fn another_first_day_keeps_the_days_that_still_count() {
        let mut month = Month::default();
        month.sent(NOVEMBER);
        month.sent(NOVEMBER + 15 * DAY);
        month.others(2, NOVEMBER + 15 * DAY);
        month.set_first_day(10, NOVEMBER + 15 * DAY);
        let view = month.view(NOVEMBER + 15 * DAY);
        assert_eq!((view.ours, view.others), (1, 2));
        assert_eq!(view.began_at, NOVEMBER + 9 * DAY);
        assert_eq!(view.resets_at, NOVEMBER + 39 * DAY);
    }
}

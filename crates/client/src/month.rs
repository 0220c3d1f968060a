//! The monthly cap: counted here, since no header tells it.
//!
//! The platform allows 10,000 calls a user and month. What is counted is what this
//! browser sent and what it saw others use, so the count is a lower bound; only the
//! first refusal says for certain that the month is used up.

use std::collections::VecDeque;

use backoffice_contract::calendar::DAY;
use serde::{Deserialize, Serialize};

use crate::bucket::Rank;
use crate::calendar::{self, LAST_FIRST_DAY};
use crate::limits::Reading;
use crate::runtime::Millis;
use crate::view::{MonthLevel, MonthView};
use crate::why::Why;

/// The documented cap.
const CAP: u32 = 10_000;
/// From here on the user is warned, in per cent of the cap.
const WARNING: u64 = 80;
/// From here on calls that nobody waits for are held.
const RESERVED: u64 = 95;
/// How many days the forecast looks back.
const PACE_DAYS: usize = 7;

/// The count of the month that is under way.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Month {
    first_day: u8,
    began_at: Millis,
    ours: u32,
    others: u32,
    /// Days since the epoch, and how many calls each saw.
    days: VecDeque<(Millis, u32)>,
    used_up_until: Option<Millis>,
    /// How that was told.
    used_up_why: Option<Box<Reading>>,
    overridden: bool,
}

impl Default for Month {
    fn default() -> Self {
        Self {
            first_day: 1,
            began_at: 0,
            ours: 0,
            others: 0,
            days: VecDeque::new(),
            used_up_until: None,
            used_up_why: None,
            overridden: false,
        }
    }
}

impl Month {
    /// Begins the next month when this one is over.
    fn roll(&mut self, now: Millis) {
        let (began_at, _) = calendar::month(now, self.first_day);
        if self.used_up_until.is_some_and(|until| now >= until) {
            self.used_up_until = None;
        }
        if began_at != self.began_at {
            let days = self.days.iter().filter(|(day, _)| day * DAY >= began_at);
            let count = days.map(|(_, count)| count).sum();
            (self.began_at, self.ours, self.others) = (began_at, count, 0);
            self.overridden = false;
        }
    }

    /// Takes what was remembered, if that is more than what is known.
    pub(crate) fn catch_up(&mut self, remembered: Self) {
        let total = |month: &Self| (month.began_at, month.ours.saturating_add(month.others));
        if total(&remembered) > total(self) {
            *self = remembered;
        }
    }

    /// A call was sent from here.
    pub(crate) fn sent(&mut self, now: Millis) {
        self.roll(now);
        self.ours += 1;
        self.count(1, now);
    }

    /// The latest call was not sent after all.
    pub(crate) fn unsent(&mut self) {
        self.ours = self.ours.saturating_sub(1);
        if let Some((_, count)) = self.days.back_mut() {
            *count = count.saturating_sub(1);
        }
    }

    /// Others were seen to make so many calls.
    pub(crate) fn others(&mut self, count: u32, now: Millis) {
        if count > 0 {
            self.roll(now);
            self.others += count;
            self.count(count, now);
        }
    }

    fn count(&mut self, count: u32, now: Millis) {
        let today = now / DAY;
        match self.days.back_mut() {
            Some((day, counted)) if *day == today => *counted += count,
            _ => self.days.push_back((today, count)),
        }
        // One more than a month has, for whoever moves its first day.
        while self.days.len() > 32 {
            self.days.pop_front();
        }
    }

    /// The API has refused a call because the month is used up. Returns when the
    /// next one begins: as the API `told`, or else as the user did.
    pub(crate) fn refused(
        &mut self,
        told: Option<Millis>,
        reading: Option<Box<Reading>>,
        now: Millis,
    ) -> Millis {
        self.roll(now);
        let (_, next) = calendar::month(now, self.first_day);
        let until = told.unwrap_or(next);
        self.used_up_until = Some(until);
        self.used_up_why = reading;
        self.overridden = false;
        until
    }

    /// Sets the day on which the count begins anew, 1 to 28.
    pub(crate) fn set_first_day(&mut self, day: u8, now: Millis) {
        self.first_day = day.clamp(1, LAST_FIRST_DAY);
        self.roll(now);
    }

    /// The user wants to go on in spite of the level, or not any more.
    pub(crate) fn set_overridden(&mut self, overridden: bool) {
        self.overridden = overridden;
    }

    /// Until when and why a call of `rank` is held for the sake of the month.
    pub(crate) fn held_until(&mut self, rank: Rank, now: Millis) -> Option<(Millis, Why)> {
        self.roll(now);
        if self.overridden {
            return None;
        }
        let (_, next) = calendar::month(now, self.first_day);
        match self.level() {
            MonthLevel::UsedUp => {
                let until = self.used_up_until.unwrap_or(next);
                Some((until, Why::MonthUsedUp(self.used_up_why.clone())))
            }
            MonthLevel::Reserved if rank == Rank::Background => {
                Some((next, Why::MonthReserved { percent: RESERVED }))
            }
            _ => None,
        }
    }

    fn level(&self) -> MonthLevel {
        let percent = u64::from(self.ours + self.others) * 100 / u64::from(CAP);
        match percent {
            _ if self.used_up_until.is_some() => MonthLevel::UsedUp,
            RESERVED.. => MonthLevel::Reserved,
            WARNING.. => MonthLevel::Warning,
            _ => MonthLevel::Free,
        }
    }

    pub(crate) fn view(&mut self, now: Millis) -> MonthView {
        self.roll(now);
        let (began_at, next) = calendar::month(now, self.first_day);
        let resets_at = self.used_up_until.unwrap_or(next);
        MonthView {
            began_at,
            resets_at,
            first_day: self.first_day,
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
        let left = u64::from(CAP.saturating_sub(self.ours + self.others));
        let today = now / DAY;
        let recent = || self.days.iter().filter(|(day, _)| day + PACE_DAYS as Millis > today);
        let count: u64 = recent().map(|(_, count)| u64::from(*count)).sum();
        let (first, _) = recent().next()?;
        // A day that has just begun is no pace yet.
        let span = now.saturating_sub(first * DAY).max(DAY);
        (count > 0).then(|| now.saturating_add(left.saturating_mul(span) / count))
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
        let (until, why) = month.held_until(Rank::Background, now).unwrap();
        assert_eq!(until, DECEMBER);
        assert_eq!(why, Why::MonthReserved { percent: 95 });
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
        assert_eq!(month.refused(None, None, now), DECEMBER);
        assert_eq!(month.held_until(Rank::Session, now).unwrap().0, DECEMBER);
        assert_eq!(month.view(now).level, MonthLevel::UsedUp);
        assert_eq!(month.refused(Some(NOVEMBER + 5 * DAY), None, now), NOVEMBER + 5 * DAY);
        assert_eq!(month.held_until(Rank::Interactive, NOVEMBER + 5 * DAY), None);
        month.set_first_day(20, now);
        assert_eq!(month.refused(None, None, now), NOVEMBER + 19 * DAY, "20 November");
        month.set_overridden(true);
        assert_eq!(month.held_until(Rank::Interactive, now), None);
        month.refused(None, None, now);
        assert!(month.held_until(Rank::Interactive, now).is_some(), "it was tried, and refused");
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
        month.set_first_day(10, NOVEMBER + 15 * DAY);
        let view = month.view(NOVEMBER + 15 * DAY);
        assert_eq!((view.ours, view.began_at), (1, NOVEMBER + 9 * DAY));
        assert_eq!(view.resets_at, NOVEMBER + 39 * DAY);
    }
}

//! Nothing goes in the name of a user who has signed out.

use crate::assert_holds;
use crate::history::Did;
use crate::run::since_start;

#[test]
fn after_signing_out_only_the_end_of_the_session_is_told() {
    assert_holds(|history| {
        for act in &history.acts {
            let Did::SignedOut { family } = act.did else { continue };
            let late = history.arrivals.iter().find(|arrival| {
                arrival.at > act.at
                    && arrival.family.is_some_and(|of| of <= family)
                    && arrival.line != "DELETE /api/session"
            });
            if let Some(arrival) = late {
                let (line, at) = (&arrival.line, since_start(arrival.at));
                return Err(format!("signed out at {}, {line} at {at}", since_start(act.at)));
            }
        }
        Ok(())
    });
}

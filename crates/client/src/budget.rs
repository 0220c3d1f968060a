//! What may be sent now: the buckets of the rate limit, their queue, the month and the connection.

pub mod breaker;
pub mod bucket;
pub mod hidden_limit;
pub mod month;
pub mod priority;
pub mod queue;
pub mod view;

//! What the pages of an app share: their frame, the rollout, scaling and deploying.

pub mod context;
pub mod deploy;
pub mod layout;
pub mod maintenance;
pub mod rollout;
pub mod scale;

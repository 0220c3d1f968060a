//! What runs: deploys, pods, jobs and their output.

pub mod build_output;
pub mod deploy;
pub mod job_output;
pub mod log_cursor;
pub mod logs;
pub mod remote;
pub mod rollout;
pub mod run;

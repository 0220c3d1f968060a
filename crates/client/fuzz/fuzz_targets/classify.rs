//! Judges whatever a call may be answered, operation by operation.
#![no_main]

use backoffice_client_fuzz::classify;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some(case) = classify::case(data) {
        classify::check(&case);
    }
});

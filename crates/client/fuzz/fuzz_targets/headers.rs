//! Reads whatever a server may send about the rate limit.
#![no_main]

use backoffice_client_fuzz::headers;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| headers::check(&headers::case(data)));

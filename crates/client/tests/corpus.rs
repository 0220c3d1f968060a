//! Replays what fuzzing found through the assertions of the fuzz targets.

#[path = "../fuzz/src/classify.rs"]
mod classify;
#[path = "../fuzz/src/headers.rs"]
mod headers;

use std::fs;
use std::path::Path;

fn replay(target: &str, check: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut replayed = 0;
    for file in fs::read_dir(folder).into_iter().flatten() {
        let data = file.and_then(|file| fs::read(file.path()));
        assert!(data.is_ok(), "{data:?}");
        check(&data.unwrap_or_default());
        replayed += 1;
    }
    assert!(replayed >= 10, "only {replayed} cases of {target} were found");
}

#[test]
fn headers_of_the_corpus() {
    replay("headers", |data| headers::check(&headers::case(data)));
}

#[test]
fn calls_of_the_corpus() {
    replay("classify", |data| {
        if let Some(case) = classify::case(data) {
            classify::check(&case);
        }
    });
}

/// The table is small enough for every operation and every status to be tried.
#[test]
fn every_operation_and_status() {
    for operation in backoffice_contract::OperationId::ALL {
        for status in (0..=1_000).map(Some).chain([None]) {
            for renewable in [false, true] {
                classify::check(&(*operation, renewable, vec![status, None, status, status]));
            }
        }
    }
}

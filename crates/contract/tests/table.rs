//! The endpoint table as a whole: what it says, and rules that every row keeps.

use std::collections::BTreeSet;

use backoffice_contract::{Effect, Method, OperationId, Retry};

#[test]
fn says_what_the_snapshot_says() {
    let rows: Vec<String> = OperationId::ALL
        .iter()
        .map(|id| {
            let e = id.endpoint();
            format!(
                "{id}: {} {} -> {:?}{} | {:?} {:?} {:?} {:?} | {}",
                e.method,
                e.path,
                e.success,
                e.streams.map(|media| format!(" {media}")).unwrap_or_default(),
                e.auth,
                e.limit,
                e.retry,
                e.effect,
                e.cli.unwrap_or("-"),
            )
        })
        .collect();
    insta::assert_snapshot!(rows.join("\n"));
}

#[test]
fn no_two_rows_share_a_method_and_a_path() {
    let mut seen = BTreeSet::new();
    for id in OperationId::ALL {
        let e = id.endpoint();
        assert!(seen.insert((e.method.as_str(), e.path)), "{id} repeats another row");
    }
}

#[test]
fn reads_are_gets_and_may_be_repeated() {
    for id in OperationId::ALL {
        let e = id.endpoint();
        if e.method == Method::GET {
            assert_eq!(e.effect, Effect::Reads, "{id}");
            assert_eq!(e.retry, Retry::Idempotent, "{id}");
        } else {
            assert_ne!(e.effect, Effect::Reads, "{id}");
        }
        if e.method == Method::POST && e.effect == Effect::Creates {
            assert_eq!(e.retry, Retry::Once, "{id}");
        }
    }
}

#[test]
fn params_are_those_of_the_path() {
    for id in OperationId::ALL {
        let e = id.endpoint();
        let named: Vec<&str> =
            e.path.split('/').filter_map(|s| s.strip_prefix('{')?.strip_suffix('}')).collect();
        assert_eq!(named, e.params, "{id}");
        assert!(e.path.starts_with("/api/"), "{id}");
        assert!(e.summary.ends_with('.'), "{id}: {}", e.summary);
    }
}

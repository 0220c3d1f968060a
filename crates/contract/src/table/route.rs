//! Finds the operation that a request line names.

use crate::{Method, OperationId, percent};

/// What a method and a path lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// An operation, with the decoded values of its path.
    Found(OperationId, Vec<String>),
    /// The path exists, for these methods only.
    OtherMethods(Vec<Method>),
    /// No such path.
    Unknown,
}

/// Looks up `method` (`None` for one that the API never uses) and `path` (as on
/// the request line, without the query) in the endpoint table. A literal segment
/// wins over a parameter.
#[must_use]
pub fn find(method: Option<Method>, path: &str) -> Route {
    let mut others = Vec::new();
    let mut best: Option<(usize, OperationId, Vec<String>)> = None;
    for id in OperationId::ALL {
        let endpoint = id.endpoint();
        let Some(params) = params(endpoint.path, path) else { continue };
        if Some(endpoint.method) != method {
            others.push(endpoint.method);
        } else if best.as_ref().is_none_or(|(count, ..)| params.len() < *count) {
            best = Some((params.len(), *id, params));
        }
    }
    match best {
        Some((_, id, params)) => Route::Found(id, params),
        None if others.is_empty() => Route::Unknown,
        None => {
            others.sort_by_key(|method| method.as_str());
            others.dedup();
            Route::OtherMethods(others)
        }
    }
}

/// The decoded values of a path that is of this template.
pub(crate) fn params(template: &str, path: &str) -> Option<Vec<String>> {
    let mut segments = path.split('/');
    let mut params = Vec::new();
    for expected in template.split('/') {
        let actual = segments.next()?;
        if expected.starts_with('{') {
            if actual.is_empty() {
                return None;
            }
            params.push(percent::decode(actual));
        } else if expected != actual {
            return None;
        }
    }
    segments.next().is_none().then_some(params)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Operation, op};

    #[test]
    fn finds_operations_and_tells_methods_from_paths() {
        assert_eq!(
            find(Some(Method::GET), "/api/apps/a%20b/releases/latest"),
            Route::Found(OperationId::GetLatestRelease, vec!["a b".into()])
        );
        assert_eq!(find(Some(Method::POST), "/api/users"), Route::OtherMethods(vec![Method::GET]));
        assert_eq!(find(None, "/api/apps"), Route::OtherMethods(vec![Method::GET, Method::POST]));
        assert_eq!(find(Some(Method::GET), "/api/apps/"), Route::Unknown);
        assert_eq!(find(Some(Method::GET), "/api/nothing"), Route::Unknown);
    }

    #[test]
    fn every_endpoint_is_found_by_its_own_path() {
        for id in OperationId::ALL {
            let endpoint = id.endpoint();
            let path = endpoint.path.replace(['{', '}'], "");
            let Route::Found(found, _) = find(Some(endpoint.method), &path) else {
                panic!("{id} is not found");
            };
            assert_eq!(found, *id);
        }
    }

    #[test]
    fn an_operation_survives_its_own_request_line() {
        let scale = op::ScaleApp {
            app: "ü/x".into(),
            body: crate::types::app::ScaleRequest { replicas: Some(2), size: None },
        };
        let Route::Found(OperationId::ScaleApp, params) = find(Some(Method::PUT), &scale.target())
        else {
            panic!("not found");
        };
        let body = serde_json::to_vec(&scale.body().unwrap()).unwrap();
        assert_eq!(op::ScaleApp::from_request(&params, "", &body).unwrap(), scale);
    }
}

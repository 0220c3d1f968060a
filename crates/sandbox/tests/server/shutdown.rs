//! Ending a server gracefully.

use serde_json::Value;

use crate::process::{Server, complaint, rest};

#[test]
fn log_streams_end_and_so_does_the_server() {
    let mut server = Server::start(&[]);
    let token = server.sign_in();
    let app = server.app_names(&token).remove(0);
    let logs = format!("/api/apps/{app}/logs");
    let mut answer = server.send(server.request("GET", &logs, &token, Value::Null));
    assert_eq!(answer.status(), 200);
    assert!(server.terminate().success());
    // The end of the body arrived too: a broken connection is an error.
    rest(&mut answer.body_mut().as_reader());
}

#[test]
fn a_port_in_use_is_named() {
    let server = Server::start(&[]);
    let complaint = complaint(&["--listen", server.address()]);
    assert!(complaint.contains(server.address()), "{complaint}");
}

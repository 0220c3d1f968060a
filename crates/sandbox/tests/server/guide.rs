//! The getting-started guide, only with curl.

use std::path::Path;
use std::process::Command;

use crate::process::Server;

#[test]
fn curl_alone_takes_the_path_of_the_guide() {
    let server = Server::start(&[]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/server/guide.sh");
    let output = Command::new("sh").arg(script).arg(&server.api).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    assert!(text(&output.stdout).ends_with("the whole path works\n"), "{}", text(&output.stdout));
}

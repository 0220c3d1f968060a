//! `cargo xtask serve`: the console and its API on this machine.

use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::cli::ServeOptions;
use crate::console::{self, Build};
use crate::error::{Error, Result};
use crate::process;
use crate::progress;
use crate::project::Project;
use crate::sandbox;
use crate::tools::WebTools;

/// What may have to be done before the first page is there, with how long each takes on 2 cores.
/// Side by side they take about as long as one after the other, since each keeps all cores busy.
const PARTS: [(&str, Duration); 4] = [
    ("install Trunk", Duration::from_secs(180)),
    ("install wasm-bindgen", Duration::from_secs(100)),
    ("build the console", Duration::from_secs(240)),
    ("build the sandbox server", Duration::from_secs(60)),
];

/// Builds what is out of date, then becomes the server.
pub(crate) fn run(project: &Project, options: &ServeOptions) -> Result<()> {
    check_port(options.port, "--port")?;
    check_port(options.api_port, "--api-port")?;
    let build = if options.release { Build::Release } else { Build::Quick };
    plan(project, build)?;
    let (dist, server) = thread::scope(|scope| {
        let server = scope.spawn(|| sandbox::build(project, build));
        let dist = console::build(project, build);
        (dist, server.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)))
    });
    let (dist, server) = (dist?, server?);
    let mut server = Command::new(server);
    server
        .current_dir(&project.root)
        .arg("--listen")
        .arg(address(options.api_port))
        .arg("--console")
        .arg(dist)
        .arg("--console-listen")
        .arg(address(options.port))
        .args(&options.server_flags);
    print!("{}", banner(options));
    // Becoming the server, rather than starting it, leaves nobody who could die and leave it
    // behind: every signal reaches it.
    let cause = server.exec();
    Err(process::cannot_start(&server, &cause))
}

/// Says what has to be done first, and how long that takes.
fn plan(project: &Project, build: Build) -> Result<()> {
    let is_current = console::is_current(project, build)?;
    let [trunk, wasm_bindgen] =
        if is_current { [true; 2] } else { WebTools::are_installed(project)? };
    let is_built = sandbox::program(project, build).is_file();
    let done = [trunk, wasm_bindgen, is_current, is_built];
    let missing = PARTS.into_iter().zip(done).filter(|(_, done)| !done);
    progress::plan(&missing.map(|(part, _)| part).collect::<Vec<_>>());
    Ok(())
}

/// A port in use is better said before a build than after it.
fn check_port(port: u16, flag: &str) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(cause) => Err(Error::new(format!(
            "cannot listen on port {port} ({cause}): choose another with {flag}"
        ))),
    }
}

fn address(port: u16) -> String {
    format!("{}:{port}", Ipv4Addr::LOCALHOST)
}

fn banner(options: &ServeOptions) -> String {
    let url = |port: u16| match port {
        0 => "on a free port, see below".to_owned(),
        port => format!("http://{}", address(port)),
    };
    format!(
        "\n  Console  {}\n  API      {}\n  Sign in  demo@backoffice.example / sandbox-demo, \
         or press the demo button\n  Stop     Ctrl-C\n\n",
        url(options.port),
        url(options.api_port)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_banner_names_both_addresses() {
        let banner = banner(&ServeOptions {
            port: 8080,
            api_port: 0,
            release: false,
            server_flags: Vec::new(),
        });
        assert!(banner.contains("Console  http://127.0.0.1:8080\n"));
        assert!(banner.contains("API      on a free port, see below\n"));
    }

    #[test]
    fn a_port_in_use_is_named() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let message = check_port(port, "--port").unwrap_err().to_string();
        assert!(message.contains(&port.to_string()) && message.contains("--port"));
    }
}

//! `cargo xtask serve`: the console and its API on this machine.

mod watch;

use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::cli::ServeOptions;
use crate::console;
use crate::console::quick::{self, Programs};
use crate::error::{Error, Result};
use crate::process;
use crate::progress;
use crate::project::Project;
use crate::sandbox::{self, Profile};
use crate::tools::pinned::{TRUNK, WASM_BINDGEN};

pub(crate) use watch::run as watch;

/// Builds what is out of date, starts what builds again after a change, then becomes the server.
pub(crate) fn run(project: &Project, options: &ServeOptions) -> Result<()> {
    check_port(options.port, "--port")?;
    check_port(options.api_port, "--api-port")?;
    let profile = if options.release { Profile::Release } else { Profile::Dev };
    progress::plan(&parts(project, options.release)?);
    let (files, server) = thread::scope(|scope| {
        let server = scope.spawn(|| sandbox::build(project, profile));
        let files = if options.release { console::build(project) } else { first_page(project) };
        (files, server.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)))
    });
    let (files, server) = (files?, server?);
    let mut server = Command::new(server);
    server
        .current_dir(&project.root)
        .arg("--listen")
        .arg(address(options.api_port))
        .arg("--console")
        .arg(files)
        .arg("--console-listen")
        .arg(address(options.port))
        .args(&options.server_flags);
    print!("{}", banner(options));
    if !options.release {
        watch::start()?;
    }
    // Becoming the server, rather than starting it, leaves nobody who could die and leave it
    // behind: every signal reaches it.
    let cause = server.exec();
    Err(process::cannot_start(&server, &cause))
}

/// Builds as much as there has to be before a page can be looked at.
fn first_page(project: &Project) -> Result<PathBuf> {
    let usually = "2.5 minutes on 2 cores the first time, then 20 seconds";
    progress::step("Building the console", usually, || quick::build(project, Programs::First))?;
    Ok(quick::folder(project))
}

/// What has to be done before there is a page, with how long each part takes on 2 cores. Side by
/// side they take about as long as one after the other, since each keeps all cores busy.
fn parts(project: &Project, release: bool) -> Result<Vec<(&'static str, Duration)>> {
    let seconds = Duration::from_secs;
    let is_current = if release { console::is_current(project)? } else { quick::exists(project) };
    let console = seconds(if release { 600 } else { 150 });
    let mut parts = Vec::new();
    if release && !is_current && !TRUNK.is_installed(project)? {
        parts.push(("Installing trunk", seconds(240)));
    }
    if !is_current && !WASM_BINDGEN.is_installed(project)? {
        parts.push(("Installing wasm-bindgen", seconds(180)));
    }
    if !is_current {
        parts.push(("Building the console", console));
    }
    let profile = if release { Profile::Release } else { Profile::Dev };
    if !sandbox::program(project, profile).is_file() {
        parts.push(("Building the sandbox server", seconds(if release { 100 } else { 60 })));
    }
    Ok(parts)
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
    let change = if options.release {
        "start this again"
    } else {
        "save the file, wait for \"Console built\" and reload the page"
    };
    format!(
        "\n  Console  {}\n  API      {}\n  Sign in  demo@backoffice.example / sandbox-demo, \
         or press the demo button\n  Change   {change}\n  Stop     Ctrl-C\n\n",
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

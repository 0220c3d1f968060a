//! `cargo xtask serve`: the console and its API on this machine.

use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::cli::ServeOptions;
use crate::console;
use crate::error::{Error, Result};
use crate::process;
use crate::project::Project;
use crate::sandbox;
use crate::tools::WebTools;

/// Builds what is out of date, then becomes the server.
pub(crate) fn run(project: &Project, options: &ServeOptions) -> Result<()> {
    check_port(options.port, "--port")?;
    check_port(options.api_port, "--api-port")?;
    let dist = console::build(project, &WebTools::ensure(project)?)?;
    let mut server = Command::new(sandbox::build(project)?);
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
    // This process becomes the server instead of starting it: every signal reaches it, and it cannot
    // be left behind.
    let cause = server.exec();
    Err(process::cannot_start(&server, &cause))
}

/// Reports a used port before the build, not after it.
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
        let banner = banner(&ServeOptions { port: 8080, api_port: 0, server_flags: Vec::new() });
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

//! Running other programs.

use std::process::{Command, Stdio};

use crate::error::{Error, Result};

/// Runs a program and shows its output; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    if succeeds(command)? {
        Ok(())
    } else {
        Err(Error::new(format!("this failed: {}", line(command))))
    }
}

/// Runs a program, shows its output, and returns whether it succeeded.
pub(crate) fn succeeds(command: &mut Command) -> Result<bool> {
    command.status().map(|status| status.success()).map_err(|cause| cannot_start(command, &cause))
}

/// Runs a program and returns what it printed.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let output =
        command.stdin(Stdio::null()).output().map_err(|cause| cannot_start(command, &cause))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(Error::new(format!(
            "this failed: {}\n{}",
            line(command),
            String::from_utf8_lossy(&output.stderr).trim_end()
        )))
    }
}

/// The error for a program that could not be started.
pub(crate) fn cannot_start(command: &Command, cause: &std::io::Error) -> Error {
    let program = command.get_program().to_string_lossy();
    Error::new(format!("cannot start `{program}`: {cause}"))
}

/// The command as a user would type it.
fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

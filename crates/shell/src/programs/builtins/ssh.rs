//! Keys, and connections that cannot be made.

use crate::language::files::HOME;
use crate::language::io::Io;

/// A public key of the right shape that belongs to nobody.
const PUBLIC_KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPlayPlayPlayPlayPlayPlayPlayPlayPlayPlayPlay you@sandbox\n";

/// Makes the public half of a key; there is nothing here that a private half opens.
pub(super) fn keygen(io: &Io<'_>, words: &[String]) -> u8 {
    let mut file = format!("{HOME}/.ssh/id_ed25519");
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "-f" => file = words.next().cloned().unwrap_or(file),
            "-t" => {
                if let Some("rsa") = words.next().map(String::as_str) {
                    file = format!("{HOME}/.ssh/id_rsa");
                }
            }
            "-b" | "-C" | "-N" => {
                words.next();
            }
            _ => {}
        }
    }
    let mut state = io.shell.state.borrow_mut();
    let public = format!("{}.pub", state.path(&file));
    // The fresh home has a key of the kind rsa; it stays.
    let exists = state.files.get(&public).is_some();
    let made = if exists { Ok(()) } else { state.files.put(&public, PUBLIC_KEY) };
    drop(state);
    match made {
        Ok(()) if exists => io.line(format!("{public} already exists, and stays.")),
        Ok(()) => io.line(format!("Your public key has been saved in {public}")),
        Err(error) => return io.fail(format!("ssh-keygen: {public}: {error}")),
    }
    0
}

pub(super) fn ssh(io: &Io<'_>, _: &[String]) -> u8 {
    io.notice(
        "This shell connects to no other machine. For a command in a container there is \
         gigalixir ps:run.",
    );
    255
}

//! SSH keys, and connections that this shell cannot make.

use crate::language::files::HOME;
use crate::language::io::Io;

/// A public key with a valid form, which no private key belongs to.
const PUBLIC_KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPlayPlayPlayPlayPlayPlayPlayPlayPlayPlayPlay you@sandbox\n";

/// Creates the public half of a key; a private half would have no use here.
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
    // The fresh home already has an RSA key, which is kept.
    let exists = state.files.get(&public).is_some();
    let made = if exists { Ok(()) } else { state.files.put(&public, PUBLIC_KEY) };
    drop(state);
    match made {
        Ok(()) if exists => io.line(format!("{public} already exists and is kept.")),
        Ok(()) => io.line(format!("Your public key has been saved in {public}")),
        Err(error) => return io.fail(format!("ssh-keygen: {public}: {error}")),
    }
    0
}

pub(super) fn ssh(io: &Io<'_>, _: &[String]) -> u8 {
    io.notice(
        "This shell cannot connect to other machines. To run a command in a container, use \
         gigalixir ps:run.",
    );
    255
}

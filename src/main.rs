//! The console, for signed-in users.

fn main() {
    backoffice_console::start_console();
}

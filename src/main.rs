//! The app for who is signed in.

fn main() {
    backoffice_console::start_console();
}

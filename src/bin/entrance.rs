//! The entrance for who is not signed in.

fn main() {
    backoffice_console::start_entrance();
}

//! The entrance, for signed-out users.

fn main() {
    backoffice_console::start_entrance();
}

//! The HTTP explorer of the playground.

fn main() {
    backoffice_console::start_explorer();
}

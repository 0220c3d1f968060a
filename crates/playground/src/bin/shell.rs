//! The guide shell of the playground.

fn main() {
    backoffice_console::start_shell();
}

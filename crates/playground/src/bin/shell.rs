//! The guide shell of the playground.

fn main() {
    backoffice_playground::start_shell();
}

//! The HTTP explorer of the playground.

fn main() {
    backoffice_playground::start_explorer();
}

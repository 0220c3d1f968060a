//! The sandbox as the script of a dedicated worker.

fn main() {
    backoffice_sandbox::worker::run();
}

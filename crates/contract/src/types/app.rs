//! Apps, their pods, and what runs in them.

use crate::answer::lenient;
use crate::types::wire::{open_enum, wire};

wire! {
    /// An app with its desired state.
    pub struct App {
        /// Its name, unique on the platform.
        #[serde(deserialize_with = "lenient::string")]
        pub unique_name: String,
        /// `gcp` or `aws`.
        #[serde(deserialize_with = "lenient::string")]
        pub cloud: String,
        /// For example `europe-west1`.
        #[serde(deserialize_with = "lenient::string")]
        pub region: String,
        /// For example `gigalixir-20`.
        #[serde(deserialize_with = "lenient::string")]
        pub stack: String,
        /// Size of a replica; 1 is 1 GB of memory.
        #[serde(deserialize_with = "lenient::float")]
        pub size: f64,
        /// Desired replicas; 0 is stopped.
        #[serde(deserialize_with = "lenient::integer")]
        pub replicas: u32,
    }

    /// Body of `POST /api/apps`.
    pub struct CreateAppRequest {
        /// The name; absent, the platform picks one.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub unique_name: Option<String>,
        /// The cloud.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub cloud: Option<String>,
        /// The region.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub region: Option<String>,
        /// The stack.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub stack: Option<String>,
    }

    /// What is running now.
    pub struct AppStatus {
        /// The app.
        #[serde(deserialize_with = "lenient::string")]
        pub unique_name: String,
        /// The cloud.
        #[serde(deserialize_with = "lenient::string")]
        pub cloud: String,
        /// The region.
        #[serde(deserialize_with = "lenient::string")]
        pub region: String,
        /// The stack.
        #[serde(deserialize_with = "lenient::string")]
        pub stack: String,
        /// Size of a replica.
        #[serde(deserialize_with = "lenient::float")]
        pub size: f64,
        /// Replicas that should run.
        #[serde(deserialize_with = "lenient::integer")]
        pub replicas_desired: u32,
        /// Replicas that do run.
        #[serde(deserialize_with = "lenient::integer")]
        pub replicas_running: u32,
        /// Pods; during a rollout old and new ones at once, and jobs too.
        #[serde(deserialize_with = "lenient::list")]
        pub pods: Vec<Pod>,
    }

    /// One container of an app.
    pub struct Pod {
        /// Its name, which starts with the app's.
        #[serde(deserialize_with = "lenient::string")]
        pub name: String,
        /// The commit that it runs.
        #[serde(deserialize_with = "lenient::string")]
        pub sha: String,
        /// How it is.
        pub status: PodStatus,
        /// The release that it runs.
        #[serde(deserialize_with = "lenient::string")]
        pub version: String,
        /// How its predecessor ended, if it did not end well.
        #[serde(rename = "lastState", deserialize_with = "lenient::or_default")]
        pub last_state: LastState,
    }

    /// Why a container ended, in the form of Kubernetes.
    pub struct LastState {
        /// Set when the container was terminated.
        #[serde(deserialize_with = "lenient::or_default", skip_serializing_if = "Option::is_none")]
        pub terminated: Option<Terminated>,
    }

    /// How a container was terminated.
    pub struct Terminated {
        /// For example `OOMKilled`.
        #[serde(deserialize_with = "lenient::string")]
        pub reason: String,
    }

    /// Body of `PUT /api/apps/{app}/scale`.
    pub struct ScaleRequest {
        /// Desired replicas.
        #[serde(deserialize_with = "lenient::opt_integer", skip_serializing_if = "Option::is_none")]
        pub replicas: Option<u32>,
        /// Size of a replica.
        #[serde(deserialize_with = "lenient::opt_float", skip_serializing_if = "Option::is_none")]
        pub size: Option<f64>,
    }

    /// What an app was scaled to.
    pub struct Scale {
        /// Desired replicas, where the server says so.
        #[serde(deserialize_with = "lenient::opt_integer")]
        pub replicas: Option<u32>,
        /// Size of a replica, where the server says so.
        #[serde(deserialize_with = "lenient::opt_float")]
        pub size: Option<f64>,
    }

    /// Body of `POST /api/apps/{app}/run`.
    pub struct RunRequest {
        /// The program and its arguments.
        #[serde(deserialize_with = "lenient::list")]
        pub command: Vec<String>,
    }

    /// Query of `GET /api/apps/{app}/logs`.
    pub struct LogsQuery {
        /// How many earlier lines to begin with.
        #[serde(deserialize_with = "lenient::opt_integer", skip_serializing_if = "Option::is_none")]
        pub num_lines: Option<u32>,
        /// Whether to wait for more; the server's default is to wait.
        #[serde(deserialize_with = "lenient::opt_boolean", skip_serializing_if = "Option::is_none")]
        pub follow: Option<bool>,
    }

    /// Body of `PUT /api/apps/{app}/stack`.
    pub struct StackRequest {
        /// For example `gigalixir-20`.
        #[serde(deserialize_with = "lenient::string")]
        pub stack: String,
    }

    /// Body of `PUT /api/apps/{app}/maintenance`.
    pub struct MaintenanceRequest {
        /// On or off.
        #[serde(deserialize_with = "lenient::boolean")]
        pub enable: bool,
    }

    /// Something that was done to an app.
    pub struct ActivityEntry {
        /// When, RFC 3339.
        #[serde(deserialize_with = "lenient::string")]
        pub created_at: String,
        /// Who.
        #[serde(deserialize_with = "lenient::string")]
        pub email: String,
        /// What, in words.
        #[serde(deserialize_with = "lenient::string")]
        pub summary: String,
    }

    /// Use over time: pairs of epoch milliseconds and a value, null where nothing
    /// was measured.
    pub struct Stats {
        /// Memory in bytes.
        #[serde(deserialize_with = "lenient::list")]
        pub mem: Vec<(f64, Option<f64>)>,
        /// Processor use in thousandths of a core.
        #[serde(deserialize_with = "lenient::list")]
        pub cpu: Vec<(f64, Option<f64>)>,
    }

    /// Where SSH connects to.
    pub struct SshIp {
        /// The address.
        #[serde(deserialize_with = "lenient::string")]
        pub ssh_ip: String,
    }

    /// Code that a remote observer evaluates on the node.
    pub struct ObserverCommands {
        /// Prints the node's cookie.
        #[serde(deserialize_with = "lenient::string")]
        pub get_cookie: String,
        /// Prints the node's name.
        #[serde(deserialize_with = "lenient::string")]
        pub get_node_name: String,
    }
}

open_enum! {
    /// How a pod is. Only `Healthy` is documented; any other text may come.
    pub enum PodStatus {
        /// Passes its health checks and gets traffic.
        Healthy = "Healthy",
        /// Runs, but has not passed a health check yet.
        Starting = "Starting",
        /// Fails its health checks.
        Unhealthy = "Unhealthy",
        /// Gets no new traffic and finishes what it has.
        Terminating = "Terminating",
        /// A job at work.
        Running = "Running",
        /// A job that has ended.
        Completed = "Completed",
    }
}

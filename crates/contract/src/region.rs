//! Clouds and regions in which apps run.

/// A cloud provider with its regions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cloud {
    /// As in requests.
    pub id: &'static str,
    /// For people.
    pub name: &'static str,
    /// Its regions, the default first.
    pub regions: &'static [Region],
}

/// A place where apps run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// As in requests.
    pub id: &'static str,
    /// For people.
    pub place: &'static str,
}

/// The clouds, the default first; its first region is the platform's default.
pub const CLOUDS: &[Cloud] = &[
    Cloud {
        id: "gcp",
        name: "Google Cloud",
        regions: &[
            Region { id: "v2018-us-central1", place: "Iowa, USA" },
            Region { id: "europe-west1", place: "Belgium" },
        ],
    },
    Cloud {
        id: "aws",
        name: "Amazon Web Services",
        regions: &[
            Region { id: "us-east-1", place: "Virginia, USA" },
            Region { id: "us-west-2", place: "Oregon, USA" },
        ],
    },
];

/// The stack that new apps get.
pub const DEFAULT_STACK: &str = "gigalixir-20";

/// The stacks that are known, the newest first. There may be others.
pub const STACKS: [&str; 4] = [DEFAULT_STACK, "gigalixir-18", "gigalixir-16", "gigalixir-14"];

/// The cloud of that name.
#[must_use]
pub fn cloud(id: &str) -> Option<&'static Cloud> {
    CLOUDS.iter().find(|cloud| cloud.id == id)
}

/// The cloud that has a region of that name.
#[must_use]
pub fn cloud_of_region(id: &str) -> Option<&'static Cloud> {
    CLOUDS.iter().find(|cloud| cloud.regions.iter().any(|region| region.id == id))
}

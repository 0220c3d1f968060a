//! Measurements with units. The platform's sizes are decimal (size 0.2 is 200 MB), so
//! memory is decimal too: 1 MB is 1,000,000 bytes.

/// What a replica of size 1 has: 1 GB of memory and a share of 200 millicores.
const BYTES_PER_SIZE: f64 = 1e9;
const MILLICORES_PER_SIZE: f64 = 200.0;

/// Memory: `213 MB`, `1.5 GB`.
pub fn memory(bytes: f64) -> String {
    if bytes == 0.0 {
        "0".to_owned()
    } else if bytes >= 999.5e6 {
        format!("{} GB", short(bytes / 1e9))
    } else if bytes >= 999.5e3 {
        format!("{} MB", short(bytes / 1e6))
    } else {
        format!("{} kB", short(bytes / 1e3))
    }
}

/// CPU usage in millicores: `85 m`, as Kubernetes writes thousandths of a core.
pub fn processor(millicores: f64) -> String {
    if millicores == 0.0 { "0".to_owned() } else { format!("{} m", short(millicores)) }
}

/// The memory limit of a replica of this size, in bytes.
pub fn memory_limit(size: f64) -> f64 {
    size * BYTES_PER_SIZE
}

/// The CPU share of a replica of this size, in millicores.
pub fn processor_share(size: f64) -> f64 {
    size * MILLICORES_PER_SIZE
}

/// Whole numbers from 10 up; below, one decimal unless it is zero.
fn short(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    if tenths >= 10.0 || tenths.fract() == 0.0 {
        format!("{:.0}", value.round())
    } else {
        format!("{tenths:.1}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_exact_as_they_are_worth() {
        let memories = [0.0, 512e3, 999.6e3, 213_456_789.0, 999.7e6, 1.5e9, 12.3e9, 1e6];
        let texts = ["0", "512 kB", "1 MB", "213 MB", "1 GB", "1.5 GB", "12 GB", "1 MB"];
        assert_eq!(memories.map(memory), texts.map(str::to_owned));
        let texts = ["0", "0.5 m", "8.3 m", "85 m"];
        assert_eq!([0.0, 0.5, 8.27, 85.2].map(processor), texts.map(str::to_owned));
    }

    #[test]
    fn a_size_is_memory_and_a_share() {
        assert_eq!(memory(memory_limit(0.2)), "200 MB");
        assert_eq!(processor(processor_share(0.5)), "100 m");
    }
}

//! Maps by name, for the few files, variables and repositories of a shell. B-trees of every
//! type would be much more code. Here is also how these maps are written and read.

use litemap::LiteMap;
use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde::{Deserialize as _, Serialize, Serializer};
use serde_json::Value;

/// A map by name, in the order of the names.
pub(crate) type Sorted<V> = LiteMap<String, V>;

/// Writes a map as an object.
pub(crate) fn serialize<V: Serialize, S: Serializer>(
    map: &Sorted<V>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(map.iter())
}

/// Reads an object.
pub(crate) fn deserialize<'de, V: DeserializeOwned, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Sorted<V>, D::Error> {
    let mut map = Sorted::new_vec();
    for (name, value) in serde_json::Map::<String, Value>::deserialize(deserializer)? {
        map.insert(name, serde_json::from_value(value).map_err(D::Error::custom)?);
    }
    Ok(map)
}

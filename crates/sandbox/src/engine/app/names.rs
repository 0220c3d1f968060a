//! Generated names of apps, such as `quiet-amber-heron`.

use crate::engine::World;

const MANNERS: [&str; 16] = [
    "bold", "brisk", "calm", "clever", "eager", "gentle", "honest", "humble", "lively", "merry",
    "nimble", "patient", "quiet", "steady", "sunny", "witty",
];
const COLOURS: [&str; 16] = [
    "amber", "azure", "bronze", "copper", "coral", "crimson", "golden", "indigo", "ivory", "jade",
    "mossy", "ochre", "olive", "rosy", "silver", "violet",
];
const ANIMALS: [&str; 16] = [
    "badger", "beaver", "dormouse", "falcon", "finch", "fruitbat", "gecko", "heron", "lynx",
    "marmot", "newt", "otter", "puffin", "raven", "tapir", "wombat",
];

/// How often to try to find an unused name.
const TRIES: u32 = 20;

/// A name that no app has.
pub(crate) fn app_name(world: &mut World) -> String {
    let mut name = String::new();
    for _ in 0..TRIES {
        name = [MANNERS, COLOURS, ANIMALS].map(|words| pick(world, words)).join("-");
        if !world.apps.contains(&name) {
            return name;
        }
    }
    // Numbers are never reused, so this name cannot be taken.
    format!("{name}-{}", world.next_id())
}

/// `count` different names in order, spread over all possible names; if there are more than
/// those, with numbers at their ends.
pub(crate) fn spread(count: u32) -> impl Iterator<Item = String> {
    let count = u64::from(count);
    let words = u64::try_from(MANNERS.len()).unwrap_or_default();
    let copies = count.div_ceil(words.pow(3));
    let word = move |list: [&'static str; 16], number: u64| {
        let index = usize::try_from(number % words).unwrap_or_default();
        list.get(index).copied().unwrap_or_default()
    };
    (0..count).map(move |at| {
        let slot = at * words.pow(3) * copies / count;
        let (name, copy) = (slot / copies, slot % copies);
        let name =
            [word(MANNERS, name / words.pow(2)), word(COLOURS, name / words), word(ANIMALS, name)]
                .join("-");
        if copy == 0 { name } else { format!("{name}-{}", copy + 1) }
    })
}

fn pick(world: &mut World, words: [&'static str; 16]) -> &'static str {
    let index = usize::try_from(world.random_below(16)).unwrap_or_default();
    words.get(index).copied().unwrap_or_default()
}

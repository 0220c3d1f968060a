//! Filtering and sorting apps.

use std::cmp::Ordering;

use backoffice_contract::app::App;

use crate::text_search::holds;

/// A column by which apps are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Column {
    /// The name.
    #[default]
    Name,
    /// Desired replicas.
    Replicas,
    /// The size of a replica.
    Size,
    /// Cloud and region.
    Place,
    /// The stack.
    Stack,
}

impl Column {
    /// All columns, in the order of the table.
    pub const ALL: [Self; 5] = [Self::Name, Self::Replicas, Self::Size, Self::Place, Self::Stack];

    /// Its header.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Replicas => "Replicas",
            Self::Size => "Size",
            Self::Place => "Region",
            Self::Stack => "Stack",
        }
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Replicas => "replicas",
            Self::Size => "size",
            Self::Place => "region",
            Self::Stack => "stack",
        }
    }
}

/// A sort order. In addresses it is written `size`, or `-size` for descending.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub column: Column,
    /// Whether it is descending.
    pub down: bool,
}

impl Order {
    /// Reads it from an address; invalid text means by name.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let (down, id) = match text.strip_prefix('-') {
            Some(id) => (true, id),
            None => (false, text),
        };
        let column = Column::ALL.into_iter().find(|column| column.id() == id);
        column.map_or_else(Self::default, |column| Self { column, down })
    }

    /// Its form in an address; empty for by name.
    #[must_use]
    pub fn write(self) -> String {
        if self == Self::default() {
            return String::new();
        }
        format!("{}{}", if self.down { "-" } else { "" }, self.column.id())
    }

    /// The order after the user presses a column's header.
    #[must_use]
    pub fn pressed(self, column: Column) -> Self {
        Self { column, down: self.column == column && !self.down }
    }
}

/// The user's filters and order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words, each of which must be in the name, the place or the stack.
    pub words: String,
    /// `running`, `stopped`, or empty for both.
    pub state: String,
    /// A cloud or a region, or empty for all.
    pub place: String,
    /// A stack, or empty for all.
    pub stack: String,
    /// The order.
    pub order: Order,
}

impl Wanted {
    /// Whether any filter is set.
    #[must_use]
    pub fn is_filter(&self) -> bool {
        [&self.words, &self.state, &self.place, &self.stack]
            .iter()
            .any(|part| !part.trim().is_empty())
    }

    fn takes(&self, app: &App, words: &[String]) -> bool {
        let state = match self.state.as_str() {
            "running" => app.replicas > 0,
            "stopped" => app.replicas == 0,
            _ => true,
        };
        let place = self.place.is_empty() || self.place == app.cloud || self.place == app.region;
        let stack = self.stack.is_empty() || self.stack == app.stack;
        let parts = [&app.unique_name, &app.cloud, &app.region, &app.stack];
        // The platform writes all of these in lower case, except the name.
        let has = |word: &String| {
            parts.iter().any(|part| part.contains(word.as_str())) || holds(&app.unique_name, word)
        };
        state && place && stack && words.iter().all(has)
    }
}

/// The indices of the matching apps, in the wanted order. Ties are sorted by name.
#[must_use]
pub fn select(apps: &[App], wanted: &Wanted) -> Vec<usize> {
    let words: Vec<String> =
        wanted.words.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut found: Vec<(usize, &App)> =
        apps.iter().enumerate().filter(|(_, app)| wanted.takes(app, &words)).collect();
    let Order { column, down } = wanted.order;
    found.sort_by(|(_, one), (_, other)| {
        let order = compare(column, one, other);
        let order = if down { order.reverse() } else { order };
        order.then_with(|| one.unique_name.cmp(&other.unique_name))
    });
    found.into_iter().map(|(at, _)| at).collect()
}

fn compare(column: Column, one: &App, other: &App) -> Ordering {
    match column {
        Column::Name => one.unique_name.cmp(&other.unique_name),
        Column::Replicas => one.replicas.cmp(&other.replicas),
        Column::Size => one.size.total_cmp(&other.size),
        Column::Place => (&one.cloud, &one.region).cmp(&(&other.cloud, &other.region)),
        Column::Stack => one.stack.cmp(&other.stack),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app(name: &str, replicas: u32, size: f64, region: &str) -> App {
        let cloud = if region.starts_with("us-") { "aws" } else { "gcp" };
        App {
            unique_name: name.into(),
            replicas,
            size,
            cloud: cloud.into(),
            region: region.into(),
            stack: "gigalixir-20".into(),
        }
    }

    fn apps() -> Vec<App> {
        vec![
            app("beta", 0, 0.5, "europe-west1"),
            app("Alpha", 2, 1.0, "us-east-1"),
            app("gamma", 2, 0.3, "us-west-2"),
        ]
    }

    #[track_caller]
    fn check(wanted: &Wanted, expected: &[&str]) {
        let apps = apps();
        let names: Vec<&str> =
            select(&apps, wanted).into_iter().map(|at| apps[at].unique_name.as_str()).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn filters_by_words_state_place_and_stack() {
        let words = |words: &str| Wanted { words: words.into(), ..Default::default() };
        check(&words(""), &["Alpha", "beta", "gamma"]);
        check(&words("alp"), &["Alpha"]);
        check(&words("us- a"), &["Alpha", "gamma"]);
        check(&words("europe nothing"), &[]);
        check(&Wanted { state: "stopped".into(), ..Default::default() }, &["beta"]);
        check(&Wanted { place: "aws".into(), ..Default::default() }, &["Alpha", "gamma"]);
        check(&Wanted { place: "us-west-2".into(), ..Default::default() }, &["gamma"]);
        check(&Wanted { stack: "gigalixir-18".into(), ..Default::default() }, &[]);
    }

    #[test]
    fn sorts_by_every_column_and_alike_ones_by_name() {
        let by = |text: &str| Wanted { order: Order::read(text), ..Default::default() };
        check(&by("-name"), &["gamma", "beta", "Alpha"]);
        check(&by("replicas"), &["beta", "Alpha", "gamma"]);
        check(&by("-replicas"), &["Alpha", "gamma", "beta"]);
        check(&by("size"), &["gamma", "beta", "Alpha"]);
        check(&by("region"), &["Alpha", "gamma", "beta"]);
        check(&by("nonsense"), &["Alpha", "beta", "gamma"]);
    }

    #[test]
    fn orders_are_written_as_they_are_read() {
        for text in ["", "-name", "size", "-size", "region", "-stack"] {
            assert_eq!(Order::read(text).write(), text);
        }
        let order = Order::default().pressed(Column::Size);
        assert_eq!(order.write(), "size");
        assert_eq!(order.pressed(Column::Size).write(), "-size");
        assert_eq!(order.pressed(Column::Name).write(), "");
    }

    #[test]
    fn ten_thousand_apps_are_quick() {
        let apps: Vec<App> =
            (0..10_000).map(|at| app(&format!("app-{at}"), at % 5, 0.3, "us-east-1")).collect();
        let wanted =
            Wanted { words: "99".into(), order: Order::read("-replicas"), ..Default::default() };
        assert_eq!(select(&apps, &wanted).len(), 280);
    }
}

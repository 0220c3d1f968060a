//! Which apps are shown, and in which order.

use std::cmp::Ordering;

use backoffice_contract::app::App;

use backoffice_ui::words::text_search::holds;

/// What apps are sorted by.
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
    /// In the order of the table.
    pub const ALL: [Self; 5] = [Self::Name, Self::Replicas, Self::Size, Self::Place, Self::Stack];

    /// Its head.
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

/// An order, written `size` in addresses, or `-size` for the largest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub column: Column,
    /// The last first.
    pub down: bool,
}

impl Order {
    /// Reads it; what cannot be read is by name.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let (down, id) = match text.strip_prefix('-') {
            Some(id) => (true, id),
            None => (false, text),
        };
        let column = Column::ALL.into_iter().find(|column| column.id() == id);
        column.map_or_else(Self::default, |column| Self { column, down })
    }

    /// As it is written; by name is nothing.
    #[must_use]
    pub fn write(self) -> String {
        if self == Self::default() {
            return String::new();
        }
        format!("{}{}", if self.down { "-" } else { "" }, self.column.id())
    }

    /// What pressing the head of a column makes of it.
    #[must_use]
    pub fn pressed(self, column: Column) -> Self {
        Self { column, down: self.column == column && !self.down }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words, each of which is in the name, the place or the stack.
    pub words: String,
    /// `running`, `stopped`, or nothing for both.
    pub state: String,
    /// A cloud or a region, or nothing for all.
    pub place: String,
    /// A stack, or nothing for all.
    pub stack: String,
    /// The order.
    pub order: Order,
}

impl Wanted {
    /// Whether it leaves anything out.
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
        // All of these are written in lower case by the platform; the name may not be.
        let has = |word: &String| {
            parts.iter().any(|part| part.contains(word.as_str())) || holds(&app.unique_name, word)
        };
        state && place && stack && words.iter().all(has)
    }
}

/// The places of the apps that are asked for, in order. Alike ones are by name.
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

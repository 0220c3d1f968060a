//! Which apps are shown, and in which order.

use std::cmp::Ordering;

use backoffice_contract::app::App;

use crate::pages::apps::columns::sorted_by;
use backoffice_ui::words::text_search::holds;

/// An order, written `size` in addresses, or `-size` for the last first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The id of the column.
    pub column: &'static str,
    /// The last first.
    pub down: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self { column: "name", down: false }
    }
}

impl Order {
    /// Reads it; what cannot be read is by name.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let (down, id) = match text.strip_prefix('-') {
            Some(id) => (true, id),
            None => (false, text),
        };
        sorted_by(id).map_or_else(Self::default, |column| Self { column: column.id, down })
    }

    /// As it is written; by name is nothing.
    #[must_use]
    pub fn write(self) -> String {
        if self == Self::default() {
            return String::new();
        }
        format!("{}{}", if self.down { "-" } else { "" }, self.column)
    }

    /// The order after the head of a column was pressed.
    #[must_use]
    pub fn pressed(self, column: &'static str) -> Self {
        Self { column, down: self.column == column && !self.down }
    }

    fn compare(self, one: &App, other: &App) -> Ordering {
        let order = sorted_by(self.column).and_then(|column| column.order);
        let order = order.map_or(Ordering::Equal, |order| order(one, other));
        let order = if self.down { order.reverse() } else { order };
        order.then_with(|| one.unique_name.cmp(&other.unique_name))
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
    found.sort_by(|(_, one), (_, other)| wanted.order.compare(one, other));
    found.into_iter().map(|(at, _)| at).collect()
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
        let order = Order::default().pressed("size");
        assert_eq!(order.write(), "size");
        assert_eq!(order.pressed("size").write(), "-size");
        assert_eq!(order.pressed("name").write(), "");
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

//! The choices on the page, and their form in the address.

use backoffice_contract::percent_encode;

/// The app's version of Phoenix. It decides where assets are and which task digests them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Phoenix {
    V18,
    #[default]
    V17,
    V16,
    V15,
    V13,
    V12,
    Without,
}

impl Phoenix {
    pub(super) const ALL: [Self; 7] =
        [Self::V18, Self::V17, Self::V16, Self::V15, Self::V13, Self::V12, Self::Without];

    /// Its name.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::V18 => "1.8",
            Self::V17 => "1.7",
            Self::V16 => "1.6",
            Self::V15 => "1.5",
            Self::V13 => "1.3, 1.4",
            Self::V12 => "1.2 or older",
            Self::Without => "None",
        }
    }

    /// Its name in an address.
    fn word(self) -> &'static str {
        match self {
            Self::V18 => "1.8",
            Self::V17 => "1.7",
            Self::V16 => "1.6",
            Self::V15 => "1.5",
            Self::V13 => "1.3",
            Self::V12 => "1.2",
            Self::Without => "none",
        }
    }

    /// The oldest minor version of Elixir 1 that it supports, if its changelog names one.
    pub(super) fn least_elixir(self) -> Option<u32> {
        match self {
            Self::V18 => Some(15),
            Self::V17 => Some(11),
            Self::V16 => Some(9),
            Self::V15 => Some(7),
            Self::V13 | Self::V12 | Self::Without => None,
        }
    }

    /// Whether it builds assets with esbuild rather than with an npm script.
    pub(super) fn has_esbuild(self) -> bool {
        matches!(self, Self::V18 | Self::V17 | Self::V16)
    }
}

/// All choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choices {
    pub(super) elixir: String,
    pub(super) erlang: String,
    pub(super) always_rebuild: bool,
    pub(super) release: bool,
    pub(super) hook_pre_fetch: String,
    pub(super) hook_pre_compile: String,
    pub(super) hook_compile: String,
    pub(super) hook_post_compile: String,
    pub(super) phoenix: Phoenix,
    pub(super) node: String,
    pub(super) npm: String,
    pub(super) clean_cache: bool,
    pub(super) remove_node: bool,
    pub(super) phoenix_path: String,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            elixir: "1.17.3".to_owned(),
            erlang: "26.2.5".to_owned(),
            always_rebuild: false,
            release: false,
            hook_pre_fetch: String::new(),
            hook_pre_compile: String::new(),
            hook_compile: String::new(),
            hook_post_compile: String::new(),
            phoenix: Phoenix::default(),
            node: "20.18.0".to_owned(),
            npm: String::new(),
            clean_cache: false,
            remove_node: false,
            phoenix_path: String::new(),
        }
    }
}

impl Choices {
    /// Reads an address; missing and invalid values become the defaults.
    pub(super) fn of_query(get: impl Fn(&str) -> Option<String>) -> Self {
        let defaults = Self::default();
        let text = |name: &str, default: &str| get(name).unwrap_or_else(|| default.to_owned());
        let flag = |name: &str| get(name).as_deref() == Some("1");
        let phoenix = get("phoenix")
            .and_then(|word| Phoenix::ALL.into_iter().find(|phoenix| phoenix.word() == word));
        Self {
            elixir: text("elixir", &defaults.elixir),
            erlang: text("erlang", &defaults.erlang),
            always_rebuild: flag("rebuild"),
            release: flag("release"),
            hook_pre_fetch: text("fetch", ""),
            hook_pre_compile: text("before", ""),
            hook_compile: text("compile", ""),
            hook_post_compile: text("after", ""),
            phoenix: phoenix.unwrap_or_default(),
            node: text("node", &defaults.node),
            npm: text("npm", ""),
            clean_cache: flag("clean"),
            remove_node: flag("no-node"),
            phoenix_path: text("path", ""),
        }
    }

    /// The query of the address that restores these choices; empty for the defaults.
    pub(super) fn query(&self) -> String {
        let defaults = Self::default();
        let flag = |flag: bool| if flag { "1".to_owned() } else { String::new() };
        let pairs = [
            ("elixir", self.elixir.clone(), defaults.elixir),
            ("erlang", self.erlang.clone(), defaults.erlang),
            ("rebuild", flag(self.always_rebuild), String::new()),
            ("release", flag(self.release), String::new()),
            ("fetch", self.hook_pre_fetch.clone(), String::new()),
            ("before", self.hook_pre_compile.clone(), String::new()),
            ("compile", self.hook_compile.clone(), String::new()),
            ("after", self.hook_post_compile.clone(), String::new()),
            ("phoenix", self.phoenix.word().to_owned(), defaults.phoenix.word().to_owned()),
            ("node", self.node.clone(), defaults.node),
            ("npm", self.npm.clone(), String::new()),
            ("clean", flag(self.clean_cache), String::new()),
            ("no-node", flag(self.remove_node), String::new()),
            ("path", self.phoenix_path.clone(), String::new()),
        ];
        let said = pairs.into_iter().filter(|(_, value, default)| value != default);
        said.map(|(name, value, _)| format!("{name}={}", percent_encode(&value)))
            .collect::<Vec<_>>()
            .join("&")
    }
}

#[cfg(test)]
mod tests {
    use backoffice_contract::percent_decode;

    use super::*;

    fn read(query: &str) -> Choices {
        let pairs: Vec<(&str, &str)> =
            query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        Choices::of_query(|name| {
            pairs.iter().find(|(other, _)| *other == name).map(|(_, value)| percent_decode(value))
        })
    }

    #[test]
    fn an_address_leads_back_to_the_choices() {
        assert_eq!(Choices::default().query(), "");
        let choices = Choices {
            elixir: "1.14.5".into(),
            release: true,
            hook_pre_compile: "echo \"a & b\" = 100%".into(),
            phoenix: Phoenix::V12,
            node: String::new(),
            remove_node: true,
            ..Choices::default()
        };
        assert_eq!(read(&choices.query()), choices);
        for phoenix in Phoenix::ALL {
            let choices = Choices { phoenix, ..Choices::default() };
            assert_eq!(read(&choices.query()), choices);
        }
    }

    #[test]
    fn an_odd_address_is_no_problem() {
        assert_eq!(read("phoenix=9.9&release=yes&unknown=1"), Choices::default());
    }
}

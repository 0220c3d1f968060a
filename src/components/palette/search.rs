//! What of all entries fits what is typed, best first.

use crate::components::palette::entry::{Entry, Group, of_address, page_of_app};
use crate::components::palette::fuzzy::{Fit, fit};
use crate::nav::AppPage;
use crate::paths;

/// How many apps are listed at most, with and without anything typed.
const APPS: usize = 20;
const SOME_APPS: usize = 5;
/// How many recent pages are listed.
const RECENT: usize = 5;
/// How many apps the pages are listed of, when an app and a page are typed.
const PAGES_OF: usize = 3;
/// What a fit in other words than the label is worth less.
const ELSEWHERE: i32 = 12;
/// What each letter that fits a page or an action has to be worth, on the average.
const LEAST_FOR_A_LETTER: i32 = 8;
/// What having been used last is worth.
const JUST_USED: usize = 10;

/// An app with its name as it is compared.
#[derive(Debug, Clone)]
pub(super) struct AppName {
    pub(super) name: String,
    lower: String,
}

impl AppName {
    pub(super) fn new(name: String) -> Self {
        Self { lower: name.to_lowercase(), name }
    }
}

/// An entry that fits.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) entry: Entry,
    /// The bytes of the label that fit.
    pub(super) marks: Vec<usize>,
    score: i32,
}

/// Where one is and what is known, to search in.
pub(super) struct Scope<'a> {
    /// Pages and actions.
    pub(super) fixed: &'a [Entry],
    /// All apps.
    pub(super) apps: &'a [AppName],
    /// Ids of what was used, the last one first.
    pub(super) recent: &'a [String],
    /// The page that is open, which is not worth going to.
    pub(super) here: &'a str,
}

/// The entries that fit, in groups; the group with the best one first.
pub(super) fn search(typed: &str, scope: &Scope<'_>) -> Vec<(Group, Vec<Found>)> {
    let typed = typed.trim().to_lowercase();
    let mut groups = if typed.is_empty() { untyped(scope) } else { by_fit(&typed, scope) };
    groups.retain(|(_, found)| !found.is_empty());
    groups
}

fn untyped(scope: &Scope<'_>) -> Vec<(Group, Vec<Found>)> {
    let plain = |entry: Entry| Found { entry, marks: Vec::new(), score: 0 };
    let recent = scope
        .recent
        .iter()
        .filter(|id| *id != scope.here)
        .filter_map(|id| of_address(id))
        .take(RECENT)
        .map(plain)
        .collect();
    let of = |group: Group| {
        scope.fixed.iter().filter(|entry| entry.group == group).cloned().map(plain).collect()
    };
    let apps = scope
        .apps
        .iter()
        .take(SOME_APPS)
        .map(|app| plain(page_of_app(&app.name, AppPage::Overview, Group::Apps)))
        .collect();
    vec![
        (Group::Recent, recent),
        (Group::ThisPage, of(Group::ThisPage)),
        (Group::ThisApp, of(Group::ThisApp)),
        (Group::Apps, apps),
        (Group::Pages, of(Group::Pages)),
        (Group::Actions, of(Group::Actions)),
    ]
}

fn by_fit(typed: &str, scope: &Scope<'_>) -> Vec<(Group, Vec<Found>)> {
    let words: Vec<&str> = typed.split_whitespace().collect();
    let recency = |id: &str| {
        let place = scope.recent.iter().take(JUST_USED).position(|used| used == id);
        place.and_then(|place| i32::try_from(JUST_USED - place).ok()).unwrap_or_default()
    };
    let mut found: Vec<Found> = scope
        .fixed
        .iter()
        .filter_map(|entry| {
            let Fit { score, marks } = fit_entry(&words, entry)?;
            Some(Found { entry: entry.clone(), marks, score: score + recency(&entry.id) })
        })
        .collect();
    // Entries are made for the best apps only: there may be thousands that fit.
    let mut apps: Vec<(i32, Vec<usize>, &AppName)> = scope
        .apps
        .iter()
        .filter_map(|app| fit_words(&words, &app.lower).map(|fit| (fit.score, fit.marks, app)))
        .collect();
    for (score, _, app) in &mut apps {
        *score += recency(&paths::app(&app.name, AppPage::Overview));
    }
    best_first(&mut apps, |(score, _, app)| (*score, &app.name), APPS);
    found.extend(apps.into_iter().map(|(score, marks, app)| Found {
        entry: page_of_app(&app.name, AppPage::Overview, Group::Apps),
        marks,
        score,
    }));
    if let Some((tail, head)) = words.split_last().filter(|(_, head)| !head.is_empty()) {
        found.extend(pages_of_apps(head, tail, scope.apps));
    }
    let mut groups: Vec<(Group, Vec<Found>)> = Vec::new();
    found.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.entry.label.cmp(&b.entry.label)));
    for found in found {
        let group = found.entry.group;
        match groups.iter_mut().find(|(other, _)| *other == group) {
            Some((_, list)) => list.push(found),
            None => groups.push((group, vec![found])),
        }
    }
    groups
}

/// "heron logs": a page of an app that is not open.
fn pages_of_apps(head: &[&str], tail: &str, apps: &[AppName]) -> Vec<Found> {
    let mut fitting: Vec<(Fit, &AppName)> =
        apps.iter().filter_map(|app| Some((fit_words(head, &app.lower)?, app))).collect();
    best_first(&mut fitting, |(fit, app)| (fit.score, &app.name), PAGES_OF);
    let pages: Vec<(AppPage, i32)> = AppPage::ALL
        .iter()
        .copied()
        .filter(|page| *page != AppPage::Overview)
        .filter_map(|page| Some((page, fit(tail, &page.title().to_lowercase())?.score)))
        .collect();
    fitting
        .into_iter()
        .flat_map(|(fit, app)| {
            pages.iter().map(move |(page, score)| Found {
                entry: page_of_app(&app.name, *page, Group::Apps),
                marks: fit.marks.clone(),
                score: fit.score + score,
            })
        })
        .collect()
}

/// Keeps the best `most`, best first, and in the order of names where they are alike.
fn best_first<T>(list: &mut Vec<T>, key: impl Fn(&T) -> (i32, &String), most: usize) {
    let order = |a: &T, b: &T| {
        let ((a_score, a_name), (b_score, b_name)) = (key(a), key(b));
        b_score.cmp(&a_score).then_with(|| a_name.cmp(b_name))
    };
    // Sorting thousands to show twenty would take longer than finding them.
    if list.len() > most {
        list.select_nth_unstable_by(most, order);
        list.truncate(most);
    }
    list.sort_by(order);
}

/// Pages and actions are few, so that letters strewn over a label are not what was meant;
/// other words have to be there as they are typed.
fn fit_entry(words: &[&str], entry: &Entry) -> Option<Fit> {
    let letters: usize = words.iter().map(|word| word.len()).sum();
    let least =
        LEAST_FOR_A_LETTER * i32::try_from(letters).unwrap_or(i32::MAX / LEAST_FOR_A_LETTER);
    let label = fit_words(words, &entry.label.to_lowercase());
    label.filter(|fit| fit.score >= least).or_else(|| {
        let everything = format!("{} {} {}", entry.label, entry.detail, entry.also).to_lowercase();
        words
            .iter()
            .all(|word| everything.contains(word))
            .then(|| Fit { score: least - ELSEWHERE, marks: Vec::new() })
    })
}

/// Every word somewhere in the name.
fn fit_words(words: &[&str], name: &str) -> Option<Fit> {
    let mut whole = Fit { score: 0, marks: Vec::new() };
    for word in words {
        let Fit { score, marks } = fit(word, name)?;
        whole.score += score;
        whole.marks.extend(marks);
    }
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::palette::entry::{app_pages, pages};

    fn names(names: &[&str]) -> Vec<AppName> {
        names.iter().map(|name| AppName::new((*name).to_owned())).collect()
    }

    fn labels(typed: &str, apps: &[AppName], recent: &[&str]) -> Vec<String> {
        let fixed: Vec<Entry> = pages().chain(app_pages("quiet-heron")).collect();
        let recent: Vec<String> = recent.iter().map(|id| (*id).to_owned()).collect();
        let scope = Scope { fixed: &fixed, apps, recent: &recent, here: "/apps/quiet-heron" };
        let found = search(typed, &scope).into_iter().flat_map(|(_, found)| found);
        found.map(|found| found.entry.label).collect()
    }

    #[test]
    fn the_best_fit_of_all_comes_first() {
        let apps = names(&["calm-newt", "logistics", "quiet-heron"]);
        assert_eq!(labels("logs", &apps, &[]).first().unwrap(), "Logs");
        assert_eq!(labels("newt", &apps, &[]).first().unwrap(), "calm-newt");
        assert_eq!(labels("postgres", &apps, &[]).first().unwrap(), "Databases");
        assert_eq!(labels("con", &[], &[]), ["Config", "Terminal"], "nothing with strewn letters");
        assert_eq!(labels("zzz", &apps, &[]), Vec::<String>::new());
    }

    #[test]
    fn an_app_and_a_page_lead_to_that_page() {
        let apps = names(&["calm-newt", "quiet-heron"]);
        assert_eq!(labels("newt rel", &apps, &[]).first().unwrap(), "calm-newt › Releases");
    }

    #[test]
    fn what_was_used_comes_first_but_not_where_one_is() {
        let apps = names(&["calm-newt", "calm-otter"]);
        assert_eq!(labels("calm", &apps, &[]).first().unwrap(), "calm-newt");
        assert_eq!(labels("calm", &apps, &["/apps/calm-otter"]).first().unwrap(), "calm-otter");
        let recent = ["/apps/quiet-heron", "/apps/calm-otter/logs"];
        assert_eq!(labels("", &apps, &recent).first().unwrap(), "calm-otter › Logs");
    }

    #[test]
    fn of_ten_thousand_apps_the_best_are_listed() {
        let all: Vec<AppName> =
            (0..10_000).map(|at| AppName::new(format!("made-up-app-{at:05}"))).collect();
        let found = labels("app", &all, &[]);
        assert!(found.len() <= APPS + 40, "{}", found.len());
        assert!(found.contains(&"made-up-app-00000".to_owned()));
        assert_eq!(labels("07777", &all, &[]).first().unwrap(), "made-up-app-07777");
    }
}

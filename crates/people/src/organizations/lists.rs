//! What a person chooses from: kinds of bodies, prefectures, jobs. Loaded from `data/`, in the order of the file.

use kernel::{Lang, fold};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::LazyLock;
use web::data_text;

/// A kind of body: 病院, 薬局, 保健所 …
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Kind {
    /// The id, as stored.
    pub id: String,
    name: String,
    name_en: String,
    /// Other names by which lists call it.
    #[serde(default)]
    also: Vec<String>,
    /// Whether a person who types her workplace may choose it.
    pub selectable: bool,
    /// Whether the number of beds belongs to it.
    #[serde(default)]
    pub asks_beds: bool,
}

/// A prefecture, by JIS X 0401.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefecture {
    /// `01` … `47`, as stored.
    pub id: String,
    ja: String,
    en: String,
    region: (String, String),
}

/// 職種
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Job {
    /// The id, as stored.
    pub id: String,
    ja: String,
    en: String,
}

impl Kind {
    /// 病院, Hospital.
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.name, &self.name_en)
    }
}

impl Prefecture {
    /// 東京都, Tokyo.
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.ja, &self.en)
    }

    /// 東北, Tohoku.
    pub fn region(&self, lang: Lang) -> &str {
        lang.pick(&self.region.0, &self.region.1)
    }
}

impl Job {
    /// 看護師・准看護師, Nurse.
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.ja, &self.en)
    }
}

/// Every kind, in the order of a select.
pub fn kinds() -> &'static [Kind] {
    #[derive(Default, Deserialize)]
    struct File {
        kind: Vec<Kind>,
    }
    static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| from_toml::<File>("institution-kinds.toml").kind);
    &KINDS
}

/// The 47 prefectures, from north to south.
pub fn prefectures() -> &'static [Prefecture] {
    static PREFECTURES: LazyLock<Vec<Prefecture>> = LazyLock::new(|| {
        let text = data_text("prefectures.csv");
        text.lines().skip(1).filter_map(prefecture_of_line).collect()
    });
    &PREFECTURES
}

/// Every job, in the order of a select.
pub fn jobs() -> &'static [Job] {
    #[derive(Default, Deserialize)]
    struct File {
        job: Vec<Job>,
    }
    static JOBS: LazyLock<Vec<Job>> = LazyLock::new(|| from_toml::<File>("jobs.toml").job);
    &JOBS
}

/// The kind with this id.
pub fn kind(id: &str) -> Option<&'static Kind> {
    kinds().iter().find(|kind| kind.id == id)
}

/// The prefecture with this JIS code.
pub fn prefecture(id: &str) -> Option<&'static Prefecture> {
    prefectures().iter().find(|prefecture| prefecture.id == id)
}

/// The job with this id.
pub fn job(id: &str) -> Option<&'static Job> {
    jobs().iter().find(|job| job.id == id)
}

/// The kind that a list calls so: its id or its name, in either language.
pub fn kind_named(typed: &str) -> Option<&'static Kind> {
    let typed = fold(typed);
    kinds().iter().find(|kind| {
        fold(&kind.id) == typed
            || fold(&kind.name) == typed
            || fold(&kind.name_en) == typed
            || kind.also.iter().any(|name| fold(name) == typed)
    })
}

/// The prefecture that a list calls so: a JIS code, with or without its zero, or a name, with or without 都府県.
pub fn prefecture_named(typed: &str) -> Option<&'static Prefecture> {
    let typed = fold(typed);
    let code = format!("{typed:0>2}");
    let is_named = |name: &str| name == typed || name.strip_suffix(['都', '府', '県']).is_some_and(|short| short == typed);
    prefectures().iter().find(|known| known.id == code || is_named(&fold(&known.ja)) || fold(&known.en) == typed)
}

/// The job that a list calls so: its id, its name, or one of the names that are listed together (看護師・准看護師).
pub fn job_named(typed: &str) -> Option<&'static Job> {
    let typed = fold(typed);
    let is_one_of = |job: &Job| job.ja.split('・').any(|one| fold(one) == typed);
    jobs().iter().find(|job| fold(&job.id) == typed || fold(&job.ja) == typed || fold(&job.en) == typed || is_one_of(job))
}

fn prefecture_of_line(line: &str) -> Option<Prefecture> {
    let mut cells = line.split(',');
    let (id, ja, _kana, en) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let region = (cells.next()?.to_owned(), cells.next()?.trim().to_owned());
    Some(Prefecture { id: id.to_owned(), ja: ja.to_owned(), en: en.to_owned(), region })
}

fn from_toml<T: DeserializeOwned + Default>(name: &str) -> T {
    toml::from_str(&data_text(name)).unwrap_or_else(|error| {
        tracing::error!(name, %error, "a list cannot be read");
        T::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_there_in_both_languages() {
        assert_eq!(prefectures().len(), 47);
        assert_eq!(prefecture("13").map(|tokyo| (tokyo.name(Lang::Ja), tokyo.name(Lang::En))), Some(("東京都", "Tokyo")));
        assert!(kind("hospital").is_some_and(|hospital| hospital.selectable && hospital.asks_beds));
        assert!(kind("ministry").is_some_and(|ministry| !ministry.selectable));
        assert_eq!(job("nurse").map(|nurse| nurse.name(Lang::Ja)), Some("看護師・准看護師"));
        let named = kinds().iter().all(|kind| !kind.name(Lang::Ja).is_empty() && !kind.name(Lang::En).is_empty());
        assert!(named && jobs().iter().all(|job| !job.name(Lang::En).is_empty()));
    }
}

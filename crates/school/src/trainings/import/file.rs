use serde::Deserialize;
use toml::value::Datetime;

/// `data/programmes/r5.toml`: schema `mist-trainings/1`.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are named like the lines of the file, whose README explains them")]
pub struct ProgrammeFile {
    pub schema: String,
    pub fiscal_year: String,
    pub source: String,
    pub programme: toml::Table,
    #[serde(default)]
    pub rule: Vec<RuleLine>,
    #[serde(default)]
    pub course: Vec<CourseLine>,
    #[serde(default)]
    pub anomaly: Vec<AnomalyLine>,
}

/// The file is no programme.
#[derive(Debug, thiserror::Error)]
pub enum NotAProgramme {
    /// Not TOML of the right shape.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    /// Another schema than `mist-trainings/1`.
    #[error("the schema is {0}, not mist-trainings/1")]
    Schema(String),
    /// No fiscal year such as `R5`.
    #[error("the fiscal year {0} is none such as R5")]
    Year(String),
    /// A tier that no course has.
    #[error("the tier {0} is none of intro, executive, admin, beginner")]
    Tier(String),
}

/// A rule printed under the courses.
#[derive(Debug, Deserialize)]
pub struct RuleLine {
    pub id: String,
    pub raw: String,
    #[serde(default)]
    pub meaning_en: String,
    pub applies_to: Option<Vec<String>>,
}

/// A course.
#[derive(Debug, Deserialize)]
pub struct CourseLine {
    pub id: String,
    pub name: String,
    pub tier: String,
    #[serde(default)]
    pub summary_ja: String,
    #[serde(default)]
    pub delivery: String,
    #[serde(default)]
    pub audience_raw: String,
    pub sessions_equivalent: Option<bool>,
    #[serde(default)]
    pub sessions_equivalent_raw: String,
    #[serde(default)]
    pub series_raw: String,
    #[serde(default)]
    pub count_raw: String,
    pub application_opened: Option<Datetime>,
    #[serde(default)]
    pub application_opens_raw: String,
    #[serde(default)]
    pub source_anomaly: String,
    #[serde(default)]
    pub session: Vec<SessionLine>,
}

/// A session.
#[derive(Debug, Deserialize)]
pub struct SessionLine {
    pub id: String,
    pub seq: i64,
    pub raw: String,
    pub date: Option<Datetime>,
    pub weekday_ja: Option<String>,
    pub start: Option<Datetime>,
    pub end: Option<Datetime>,
    pub application_deadline: Option<Datetime>,
    #[serde(default)]
    pub deadline_raw: String,
    #[serde(default)]
    pub title: String,
    pub status: String,
    #[serde(default)]
    pub window_raw: String,
    pub window_start: Option<Datetime>,
    pub window_end: Option<Datetime>,
    #[serde(default)]
    pub source_anomaly: String,
}

/// Something that its editors noticed about the source.
#[derive(Debug, Deserialize)]
pub struct AnomalyLine {
    #[serde(rename = "where")]
    pub place: String,
    pub text: String,
}

impl ProgrammeFile {
    /// Reads a programme file.
    pub fn parse(text: &str) -> Result<Self, NotAProgramme> {
        let file: Self = toml::from_str(text)?;
        if file.schema == "mist-trainings/1" { Ok(file) } else { Err(NotAProgramme::Schema(file.schema)) }
    }
}

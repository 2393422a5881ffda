use db::Engine;
use db::copy::{Shape, Step, Table};
use kernel::{Timestamp, Uuid};
use serde::{Deserialize, Serialize};

/// What a backup holds, sealed at its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Which backup it is.
    pub id: Uuid,
    /// When it was begun: its rows are those of this moment or little later.
    pub made_at: Timestamp,
    /// The address of the installation.
    pub installation: String,
    /// The version of the program.
    pub version: String,
    /// By which a restored installation knows its master key, if there was one. It opens nothing.
    pub master: Option<String>,
    /// The engine that kept the database.
    engine: String,
    /// The migrations that were applied, with the hashes of their texts.
    steps: Vec<(String, String)>,
    /// Every table with its columns.
    tables: Vec<(String, Vec<String>)>,
    /// Files that were removed between the copy of the rows and theirs.
    pub gone: u64,
    /// Everything in it, in the order of its bytes, without a gap.
    pub parts: Vec<Part>,
}

/// A stretch of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// `table/…` or `object/…`.
    pub name: String,
    /// Where it begins.
    pub at: u64,
    /// How long it is.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
}

/// The parts of tables and of files begin so.
pub(crate) const TABLE: &str = "table/";
pub(crate) const OBJECT: &str = "object/";

impl Manifest {
    pub(crate) fn new(id: Uuid, made_at: Timestamp, installation: &str, master: Option<String>, shape: &Shape) -> Self {
        let engine = match shape.engine {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        };
        Self {
            id,
            made_at,
            installation: installation.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            master,
            engine: engine.to_owned(),
            steps: shape.steps.iter().map(|step| (step.name.clone(), hex::encode(step.checksum))).collect(),
            tables: shape.tables.iter().map(|table| (table.name.clone(), table.columns.clone())).collect(),
            gone: 0,
            parts: Vec::new(),
        }
    }

    /// What the database looked like; nothing if the manifest makes no sense.
    pub fn shape(&self) -> Option<Shape> {
        let engine = match self.engine.as_str() {
            "sqlite" => Engine::Sqlite,
            "postgres" => Engine::Postgres,
            _ => return None,
        };
        let step = |(name, checksum): &(String, String)| {
            let checksum = hex::decode(checksum).ok()?.try_into().ok()?;
            Some(Step { name: name.clone(), checksum })
        };
        Some(Shape {
            engine,
            steps: self.steps.iter().map(step).collect::<Option<_>>()?,
            tables: self.tables.iter().map(|(name, columns)| Table { name: name.clone(), columns: columns.clone() }).collect(),
        })
    }

    /// The last migration that was applied: what people call the version of the tables.
    pub fn schema(&self) -> &str {
        self.steps.last().map_or("", |(name, _)| name)
    }

    /// How many tables and files it holds.
    pub fn counts(&self) -> (usize, usize) {
        let files = self.parts.iter().filter(|part| part.name.starts_with(OBJECT)).count();
        (self.parts.len() - files, files)
    }
}

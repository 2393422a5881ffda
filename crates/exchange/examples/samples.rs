//! Writes a sample of every paper for every receiver into a folder, for judges that others have written.
//!
//! `cargo run -p exchange --example samples -- FOLDER`

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::path::PathBuf;

use exchange::{Case, Facts, Told};
use sample::{case, desk, leaving, lexicon, told};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder")?);
    let lexicon = lexicon();
    let nothing =
        Case { event: None, stage: None, axes: std::collections::BTreeMap::default(), known_at: None, answered_at: None, ..case() };
    let flood = Case { event: Some("ddos".into()), stage: None, is_drill: true, ..case() };
    let cases = [
        ("full", Facts { case: case(), told: told(lexicon) }),
        ("drill", Facts { case: flood, told: told(lexicon) }),
        ("empty", Facts { case: nothing, told: Told::default() }),
    ];
    for (name, facts) in cases {
        for receiver in &lexicon.receivers {
            for paper in &receiver.papers {
                let place = folder.join(name).join(&receiver.id).join(paper);
                std::fs::create_dir_all(&place)?;
                let file = leaving(lexicon, facts.clone(), &receiver.id, paper).make(&desk(), None)?;
                std::fs::write(place.join(&file.name), &file.bytes)?;
            }
        }
    }
    Ok(())
}

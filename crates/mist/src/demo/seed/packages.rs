use ::packages::import::{self, Kept, Unpacked};
use ::packages::open;
use cmi5::vocabulary::MANIFEST;
use db::{Lane, Tx};
use web::{Portal, data_file, data_names};

use super::BY;
use crate::failure::Failure;

/// Where the files of the sample lie.
const SAMPLE: &str = "demo/packages/sample/";

/// A course package that learners see: a unit with a question, as a publisher would make it.
pub(super) async fn add(portal: &Portal) -> Result<(), Failure> {
    let mut files = Vec::new();
    for name in data_names(SAMPLE.trim_end_matches('/')) {
        let Some(bytes) = data_file(&name) else { continue };
        let path = name.strip_prefix(SAMPLE).unwrap_or(&name).to_owned();
        let kept = portal.objects.keep_bytes(bytes.into()).await.map_err(Failure::said)?;
        files.push(Kept { path, hash: kept.hash, bytes: kept.bytes });
    }
    let manifest = data_file(&format!("{SAMPLE}{MANIFEST}")).unwrap_or_default();
    let course = cmi5::Course::read(&manifest).map_err(Failure::said)?;
    let unpacked = Unpacked { course, manifest, files };
    let put = async move |tx: &mut Tx<'_>, now| {
        let id = import::import(tx, &unpacked, BY, now).await?;
        open::open(tx, id, BY, now).await
    };
    portal.db.write(Lane::Staff, None, put).await?;
    Ok(())
}

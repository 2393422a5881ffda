use ::packages::House;
use ::packages::import::{self, Kept, Unpacked};
use ::packages::launches::{self, Wanted};
use ::packages::open;
use ::packages::package::PackageId;
use ::packages::register::{Who, register};
use cmi5::vocabulary::MANIFEST;
use cmi5::{LaunchMode, Reason};
use db::{DbResult, Lane, Tx};
use kernel::{EmailAddress, Lang, Timestamp};
use people::accounts;
use web::{Portal, data_file, data_names};

use super::BY;
use crate::failure::Failure;

/// Where the files of the sample lie.
const SAMPLE: &str = "demo/packages/sample/";
/// Somebody who has it open, and somebody who does not have to do it.
const LEARNERS: [&str; 2] = ["gakushu1@example.jp", "gakushu4@example.jp"];

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
        open::open(tx, id, BY, now).await?;
        Ok(id)
    };
    let id: PackageId = portal.db.write(Lane::Staff, None, put).await?;
    let Some(house) = portal.part::<House>().filter(|house| house.has_host()) else { return Ok(()) };
    let [begins, is_let_off] = LEARNERS.map(str::parse::<EmailAddress>);
    let (begins, is_let_off) = (begins.map_err(Failure::said)?, is_let_off.map_err(Failure::said)?);
    let learn = async move |tx: &mut Tx<'_>, now| learn(tx, (&*house, id), (&begins, &is_let_off), now).await;
    Ok(portal.db.write(Lane::Staff, None, learn).await?)
}

/// One has opened it, the other one is let off.
async fn learn(
    tx: &mut Tx<'_>,
    (house, package): (&House, PackageId),
    (begins, is_let_off): (&EmailAddress, &EmailAddress),
    now: Timestamp,
) -> DbResult<()> {
    let account = accounts::ensure(tx, begins, Lang::Ja, now).await?.id;
    if let Ok(registered) = register(tx, (house, package), &Who::learner(house, account, false), None, now).await? {
        let wanted = Wanted { registration: registered.id, unit: 0, mode: LaunchMode::Normal, return_url: None };
        let _ = launches::begin(tx, house, &wanted, now).await?;
    }
    let account = accounts::ensure(tx, is_let_off, Lang::Ja, now).await?.id;
    if let Ok(registered) = register(tx, (house, package), &Who::learner(house, account, false), None, now).await? {
        let _ = launches::waive(tx, house, (registered.id, 0), (Reason::OutsideActivity, ""), BY, now).await?;
    }
    Ok(())
}

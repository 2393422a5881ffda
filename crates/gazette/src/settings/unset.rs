use access::Hand;
use db::{DbResult, Tx};
use kernel::Timestamp;
use web::{Settings, drop_setting, load_settings};

use super::change::{Changed, note};
use super::check::{Wrong, contradictions};
use super::field::Field;

/// Takes back what was set, so that the values as shipped are in force again; nothing of it where they contradict those that stay.
pub async fn unset(tx: &mut Tx<'_>, fields: &[Field], hand: &Hand, now: Timestamp) -> DbResult<Result<Changed, Vec<Wrong>>> {
    let (before, shipped) = (load_settings(tx).await?, Settings::shipped());
    let values: Vec<(&'static str, String)> = fields.iter().map(|field| (field.name, shipped.get(field.name).to_owned())).collect();
    let wrong = contradictions(&values, &before);
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let mut names = Vec::new();
    for (name, _) in values.iter().filter(|(name, value)| before.get(name) != value) {
        drop_setting(tx, name).await?;
        names.push((*name).to_owned());
    }
    note(tx, names, hand, now).await.map(Ok)
}

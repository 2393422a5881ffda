use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use web::{load_settings, save_setting};

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// The names of the settings that differ now.
    pub names: Vec<String>,
}

/// Sets the settings to these values. The trail holds the names of those that changed, not their values.
pub async fn change(tx: &mut Tx<'_>, values: &[(&'static str, String)], hand: &Hand, now: Timestamp) -> DbResult<Changed> {
    let before = load_settings(tx).await?;
    let mut names = Vec::new();
    for (name, value) in values.iter().filter(|(name, value)| before.get(name) != value) {
        save_setting(tx, name, value, &hand.actor, now).await?;
        names.push((*name).to_owned());
    }
    note(tx, names, hand, now).await
}

/// Records which settings differ now, if any does.
pub(super) async fn note(tx: &mut Tx<'_>, names: Vec<String>, hand: &Hand, now: Timestamp) -> DbResult<Changed> {
    if !names.is_empty() {
        let entry = Entry::by(&hand.actor).acting_as(hand.role_id()).did("settings.changed").on_the("settings");
        journal::record(tx, &entry.with(serde_json::json!({ "names": names })), now).await?;
    }
    Ok(Changed { names })
}

use db::{DbResult, Tx};
use exchange::{File, Leaving};
use kernel::Timestamp;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::cases::{self, CaseId, Entry};

/// What stands in the chain about a file that was made to be handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// To whom: an id of `receivers.toml`.
    pub receiver: String,
    /// What: the id of a form, `stix`, `misp`, `tables`.
    pub paper: String,
    /// Whether it is a final report.
    pub is_final: bool,
    /// The mark of the whole.
    pub tlp: &'static str,
    /// How many things stayed.
    pub stayed: usize,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

impl Handed {
    /// About this file.
    pub fn of(receiver: &str, paper: &str, leaving: &Leaving<'_>, file: &File) -> Self {
        Self {
            receiver: receiver.to_owned(),
            paper: paper.to_owned(),
            is_final: leaving.is_final(),
            tlp: leaving.tlp().id(),
            stayed: leaving.what_stayed().iter().map(|it| it.count).sum(),
            sha256: hex::encode(Sha256::digest(&file.bytes)),
        }
    }
}

/// Notes in the chain that a file was handed out. The file itself is kept nowhere.
pub async fn hand_out(tx: &mut Tx<'_>, case: CaseId, handed: &Handed, by: &str, now: Timestamp) -> DbResult<bool> {
    let Some(case) = cases::store::case(tx, case).await? else { return Ok(false) };
    let Handed { receiver, paper, is_final, tlp, stayed, sha256 } = handed;
    let facts = json!({ "receiver": receiver, "paper": paper, "final": is_final, "tlp": tlp, "stayed": stayed, "sha256": sha256 });
    cases::record(tx, &case, Entry::by(by).did("export.made").with(facts), now).await?;
    Ok(true)
}

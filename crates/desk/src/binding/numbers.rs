//! Numbers for call-back, brought in as a list until the register has them itself.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::{Day, Timestamp};
use people::organizations;
use serde::{Deserialize, Serialize};

use super::store;

/// One line of a list.
#[derive(Clone)]
pub struct NumberLine {
    /// 医療機関コード
    pub code: String,
    /// The number.
    pub phone: String,
}

/// What became of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroughtIn {
    /// Numbers that are there now.
    pub kept: usize,
    /// Lines that were left out: the register does not have the code, or there is no number.
    pub left: usize,
}

/// Brings a list in. An institution's earlier number is replaced.
pub async fn bring_in(tx: &mut Tx<'_>, lines: &[NumberLine], source: &str, as_of: Day, actor: &str, now: Timestamp) -> DbResult<BroughtIn> {
    let mut brought = BroughtIn { kept: 0, left: 0 };
    for line in lines {
        let is_number = line.phone.chars().filter(char::is_ascii_digit).count() >= 9;
        match organizations::by_code(tx, &line.code).await?.filter(|_| is_number) {
            Some(organization) => {
                store::put_number(tx, organization.id, &line.phone, source, as_of).await?;
                brought.kept += 1;
            }
            None => brought.left += 1,
        }
    }
    let detail = serde_json::json!({ "kept": brought.kept, "left": brought.left });
    journal::record(tx, &Entry::by(actor).did("desk.numbers_brought_in").on_the("call_numbers").with(detail), now).await?;
    Ok(brought)
}

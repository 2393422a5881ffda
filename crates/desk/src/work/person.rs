//! Who has to do with a case: the institution's people, its vendor, the police. Names and numbers are sealed.

use db::{DbResult, Tx};
use kernel::{Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::store::notes as store;
use crate::cases::{self, CaseId, Entry};
use crate::words::words;

words! {
    /// On which side somebody stands.
    Side {
        /// 医療機関
        Institution = "institution",
        /// システム事業者
        Vendor = "vendor",
        /// 警察
        Police = "police",
        /// 厚生労働省・自治体
        Ministry = "ministry",
        /// 保険会社
        Insurer = "insurer",
        /// 弁護士
        Lawyer = "lawyer",
        /// そのほか
        Other = "other",
    }
}

/// Somebody, in words that are sealed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Contact {
    /// お名前
    pub name: String,
    /// 所属・役職
    pub post: String,
    /// 電話番号
    pub phone: String,
    /// メールアドレス
    pub mail: String,
    /// What they are asked, or know.
    pub about: String,
}

impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// Adds somebody to a case. False if there is no such case, or no name.
pub async fn add(tx: &mut Tx<'_>, id: CaseId, side: Side, contact: &Contact, by: &str, now: Timestamp) -> DbResult<bool> {
    let Some(case) = cases::store::case(tx, id).await?.filter(|_| !contact.name.is_empty()) else { return Ok(false) };
    let row = now.uuid();
    let sealed = case.seal("case_people", row, "words", json!(contact).to_string().as_bytes());
    store::add_person(tx, id, row, side, sealed, by, now).await?;
    cases::record(tx, &case, Entry::by(by).did("person.added").about(row).with(json!({ "side": side })), now).await?;
    Ok(true)
}

/// Notes that somebody has no more to do with it. False if that was so before.
pub async fn leave(tx: &mut Tx<'_>, id: CaseId, person: Uuid, by: &str, now: Timestamp) -> DbResult<bool> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(false) };
    if !store::leave(tx, id, person, now).await? {
        return Ok(false);
    }
    cases::record(tx, &case, Entry::by(by).did("person.left").about(person), now).await?;
    Ok(true)
}

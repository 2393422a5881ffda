use access::AccountId;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::{DbResult, Tx};
use serde::Serialize;

use super::epoch::EpochId;
use super::member::{KeyWay, MemberId};
use super::rewrap::EpochWrap;
use super::store;
use crate::cases::CaseId;
use crate::desk_pages::Reading;

/// What a page needs so that the browser can open what is sealed on it. A page holds it as `lock`, puts `keys/pages/lock_head.html`
/// into its head, `keys/pages/lock.html` above its contents, and loads `desk-open.js`.
#[derive(Clone, Debug)]
pub struct Lock {
    /// The member's own key and the group's, as the browser reads them; empty if the member has none.
    pub key: String,
    /// The key of each case on the page.
    pub cases: Vec<LockedCase>,
}

/// The key of a case, wrapped for an epoch.
#[derive(Clone, Debug)]
pub struct LockedCase {
    /// Which case.
    pub case: CaseId,
    /// For which epoch.
    pub epoch: EpochId,
    /// The wrap, in base64.
    pub wrap: String,
    /// The public half of the key that is in it, in base64.
    pub public_key: String,
}

db::row! {
    /// One way to open a member's key.
    #[derive(Clone, Serialize)]
    pub struct WayRow {
        pub way: KeyWay,
        #[serde(with = "crate::as_base64")]
        pub salt: Vec<u8>,
        pub memory: Option<i64>,
        pub passes: Option<i64>,
        pub credential: Option<String>,
        #[serde(with = "crate::as_base64")]
        pub wrap: Vec<u8>,
    }
}

#[derive(Serialize)]
struct Own {
    account: AccountId,
    member: MemberId,
    #[serde(with = "crate::as_base64")]
    public_key: Vec<u8>,
    ways: Vec<WayRow>,
    epochs: Vec<EpochWrap>,
}

/// The lock of a page for the member who looks at it: for the cases of which the audit trail says that they read them.
pub async fn lock(tx: &mut Tx<'_>, reading: &Reading) -> DbResult<Lock> {
    let account = reading.account();
    let Some(member) = store::member_of(tx, account).await? else { return Ok(Lock { key: String::new(), cases: Vec::new() }) };
    let own = Own {
        account,
        member: member.id,
        public_key: member.public_key.to_vec(),
        ways: store::ways(tx, member.id).await?,
        epochs: store::epoch_wraps(tx, member.id).await?,
    };
    let rows = store::group_wraps(tx, reading.cases()).await?;
    let locked = rows.into_iter().map(|row| LockedCase {
        case: row.case,
        epoch: row.epoch,
        wrap: STANDARD.encode(row.wrap),
        public_key: STANDARD.encode(row.public_key),
    });
    Ok(Lock { key: serde_json::to_string(&own).unwrap_or_default(), cases: locked.collect() })
}

impl Lock {
    /// Whether the member has a key at all; without one the page leads to where it is made.
    pub fn has_key(&self) -> bool {
        !self.key.is_empty()
    }
}

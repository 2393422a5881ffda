//! Making a case. Keys are chosen and wrapped before any transaction, so that it works without a database too.

use db::{DbResult, Tx};
use kernel::{Lang, Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use vault::{PublicKey, SecretKey, Visit};

use super::case::{Case, CaseId, Channel, Door, Role};
use super::{Axes, CaseNumber, Entry, record, store};
use crate::words::words;

words! {
    /// Who holds a way into a case.
    WrapKind {
        /// The duty group, by its epoch.
        Group = "group",
        /// Whoever knows the six words.
        Code = "code",
        /// A browser, for two hours.
        Visit = "visit",
        /// Two of three shares, in an emergency.
        Glass = "glass",
    }
}

/// The case's private key for one holder.
#[derive(Clone, Serialize, Deserialize)]
pub struct Wrap {
    /// What kind of holder.
    pub kind: WrapKind,
    /// Which.
    pub holder: Uuid,
    /// The wrapped key.
    #[serde(with = "crate::as_base64")]
    pub wrap: Vec<u8>,
    /// From when on it opens nothing any more.
    pub ends_at: Option<Timestamp>,
}

/// To whom every case is open besides the one who reports: the duty group, and the break-glass key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circle {
    /// The epoch of the duty group, once there is one.
    pub epoch: Option<(Uuid, PublicKey)>,
    /// The break-glass key, once its shares are given out.
    pub glass: Option<(Uuid, PublicKey)>,
}

/// A case that is about to be made. It holds nothing that a thief could read, so it may lie in the spool of a machine whose
/// database is gone, and is the same case however often it is brought in.
#[derive(Clone, Serialize, Deserialize)]
pub struct NewCase {
    /// Its id.
    pub id: CaseId,
    /// By which door.
    pub door: Door,
    /// How it came.
    pub channel: Channel,
    /// In which language.
    pub lang: Lang,
    /// Who reports, if they said.
    pub role: Option<Role>,
    /// What kind of incident, if known: an id of `data/desk/questions.toml`.
    pub event: Option<String>,
    /// The axes, as far as they are answered.
    pub axes: Axes,
    /// The stage that follows.
    pub stage: Option<i64>,
    /// The urgency that follows: 1 is the highest.
    pub urgency: i64,
    /// To which everything is sealed.
    #[serde(with = "crate::as_base64::array")]
    pub public_key: [u8; 32],
    /// The salt of the six words.
    #[serde(with = "crate::as_base64::array")]
    pub code_salt: [u8; 16],
    /// The ways in.
    pub wraps: Vec<Wrap>,
    /// When the report was received.
    pub made_at: Timestamp,
}

impl NewCase {
    /// Chooses the key of a case and wraps it for the circle. The secret is for whoever reports, and is dropped after that.
    pub fn prepare(door: Door, channel: Channel, lang: Lang, circle: &Circle, now: Timestamp) -> (Self, SecretKey) {
        let (id, key) = (CaseId::new(now), SecretKey::generate());
        let for_group = |kind, (holder, public): (Uuid, PublicKey)| Wrap {
            kind,
            holder,
            wrap: vault::wrap_for(&public, id.uuid(), holder, &key),
            ends_at: None,
        };
        let group = circle.epoch.map(|epoch| for_group(WrapKind::Group, epoch));
        let glass = circle.glass.map(|glass| for_group(WrapKind::Glass, glass));
        let new = Self {
            id,
            door,
            channel,
            lang,
            role: None,
            event: None,
            axes: Axes::UNANSWERED,
            stage: None,
            urgency: LEAST_URGENT,
            public_key: *key.public().as_bytes(),
            code_salt: *vault::Salt::generate().as_bytes(),
            wraps: group.into_iter().chain(glass).collect(),
            made_at: now,
        };
        (new, key)
    }

    /// Gives the browser that reports a way in until `ends_at`.
    pub fn admit(&mut self, visit: &Visit, key: &SecretKey, ends_at: Timestamp) {
        self.wraps.push(visit_wrap(self.id, visit, key, ends_at));
    }

    /// Seals words to the case, for one column of one row.
    pub fn seal(&self, table: &'static str, row: Uuid, column: &'static str, words: &[u8]) -> Vec<u8> {
        vault::seal(&PublicKey::from_bytes(self.public_key), &self.id.place(table, row, column), words)
    }
}

/// The urgency of a case about which nothing is known yet but that it came by the quieter door.
const LEAST_URGENT: i64 = 4;

/// A browser's way in.
pub fn visit_wrap(case: CaseId, visit: &Visit, key: &SecretKey, ends_at: Timestamp) -> Wrap {
    Wrap { kind: WrapKind::Visit, holder: visit.id(), wrap: visit.wrap(case.uuid(), key), ends_at: Some(ends_at) }
}

/// Makes the case, gives it a number and begins its chain; brought in again, it is the case that is there.
pub async fn open_case(tx: &mut Tx<'_>, new: &NewCase, now: Timestamp) -> DbResult<Case> {
    if let Some(case) = store::case(tx, new.id).await? {
        return Ok(case);
    }
    let number = CaseNumber::next(tx, now).await?;
    store::add(tx, new, number).await?;
    for wrap in &new.wraps {
        store::put_wrap(tx, new.id, wrap, now).await?;
    }
    let case = store::case(tx, new.id).await?.ok_or(db::DbError::NoRow { at: "a case that was just made".to_owned() })?;
    let facts = serde_json::json!({ "number": number, "door": new.door, "channel": new.channel, "urgency": new.urgency });
    record(tx, &case, Entry::by(super::REPORTER).did("case.opened").happened(new.made_at).with(facts), now).await?;
    Ok(case)
}

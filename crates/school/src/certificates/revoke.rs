//! Revoking: the paper stays, and its page says that it counts no more.

use db::{DbResult, Tx};
use journal::{Entry, Job, Mail};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

use super::certificate::{Certificate, CertificateId};
use super::changed::CHANGED;
use super::store;
use crate::trainings::application::ApplicationId;

journal::kinds! {
    /// The mail that says that a certificate counts no more.
    pub(super) Mail REVOKED = "certificates.revoked";
}

/// Why a certificate counts no more, as everybody may know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// 受講の記録が訂正された
    Attendance,
    /// 誤って発行された
    Mistake,
    /// ご本人の申し出
    Asked,
    /// 再発行: another one stands in its place.
    Replaced,
}

/// Why nothing was revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotRevoked {
    /// There is no such certificate.
    Unknown,
    /// It counted no more already.
    Already,
}

/// The text names no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of attendance, mistake, asked, replaced")]
pub struct NotAReason;

impl Why {
    /// Those that a person chooses from.
    pub const CHOSEN: [Self; 3] = [Self::Attendance, Self::Mistake, Self::Asked];

    /// The word in the database, and the end of the key of its words.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Attendance => "attendance",
            Self::Mistake => "mistake",
            Self::Asked => "asked",
            Self::Replaced => "replaced",
        }
    }
}

impl FromStr for Why {
    type Err = NotAReason;
    fn from_str(id: &str) -> Result<Self, NotAReason> {
        [Self::Attendance, Self::Mistake, Self::Asked, Self::Replaced].into_iter().find(|why| why.id() == id).ok_or(NotAReason)
    }
}

impl db::FromColumn for Why {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

/// Revokes a certificate, and tells its owner. The note stays inside; the kind of reason is public.
pub async fn revoke(
    tx: &mut Tx<'_>,
    id: CertificateId,
    why: Why,
    note: &str,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotRevoked>> {
    let Some(certificate) = store::find(tx, id).await? else { return Ok(Err(NotRevoked::Unknown)) };
    if !end(tx, &certificate, why, note, by, now).await? {
        return Ok(Err(NotRevoked::Already));
    }
    Ok(Ok(()))
}

/// Takes back what an attendance had brought, since it was none: the certificate of the application, and the 修了証 that rests on it.
///
/// To be called by the verb that reverses an attendance, in its transaction. Without a certificate nothing happens.
pub async fn withdraw(tx: &mut Tx<'_>, application: ApplicationId, note: &str, by: &str, now: Timestamp) -> DbResult<()> {
    let Some(id) = store::living(tx, application).await? else { return Ok(()) };
    let Some(certificate) = store::find(tx, id).await? else { return Ok(()) };
    end(tx, &certificate, Why::Attendance, note, by, now).await?;
    let (Some(person), Some(course)) = (certificate.person, certificate.course) else { return Ok(()) };
    let Some(series) = store::living_series(tx, person, course).await? else { return Ok(()) };
    let needed = store::parts_needed(tx, course).await?;
    let attended = store::parts_attended(tx, person, course).await?;
    if needed.is_none_or(|needed| attended < needed)
        && let Some(series) = store::find(tx, series).await?
    {
        end(tx, &series, Why::Attendance, note, by, now).await?;
    }
    Ok(())
}

async fn end(tx: &mut Tx<'_>, certificate: &Certificate, why: Why, note: &str, by: &str, now: Timestamp) -> DbResult<bool> {
    if !store::mark_revoked(tx, certificate.id, why, note, now).await? {
        return Ok(false);
    }
    journal::job(tx, Job::of(CHANGED, certificate.id), now).await?;
    // Nobody is told that what they never received counts no more.
    if certificate.made_at.is_some() {
        let mail = Mail::of(REVOKED, certificate.about(), certificate.lang).with("certificate", certificate.id);
        journal::mail(tx, mail, now).await?;
    }
    let facts = serde_json::json!({ "why": why.id(), "kind": certificate.kind.id() });
    journal::record(tx, &Entry::by(by).did("certificates.revoked").on("certificate", certificate.id).because(why.id()).with(facts), now)
        .await?;
    Ok(true)
}

//! Making the file of a certificate, once and for all.

use db::{DbResult, Lane, Tx};
use journal::{Entry, Job, JobError, JobItem, Mail};
use kernel::{Lang, Timestamp};
use pdf::{Moment, NotSet};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use web::Portal;

use super::certificate::CertificateId;
use super::store;

journal::kinds! {
    /// The job that makes the file.
    pub(super) Job MAKE = "certificates.make";
    /// The mail that says that the file is there.
    pub(super) Mail ISSUED = "certificates.issued";
    /// The same where it takes the place of another certificate.
    pub(super) Mail REISSUED = "certificates.reissued";
}

/// Makes the file of the job's certificate, keeps it, and tells its owner. One that cannot be made waits for a person.
pub async fn make(portal: Portal, item: JobItem) -> Result<(), JobError> {
    let id: CertificateId = item.object_id()?;
    let found = portal.db.read(async move |tx| store::find(tx, id).await).await?;
    let Some(certificate) = found.filter(|it| it.made_at.is_none() && it.revoked_at.is_none()) else { return Ok(()) };
    let url = portal.url(Lang::Ja, &format!("/verify/{}", certificate.code));
    let address = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).to_owned();
    let sheet = certificate.printed.sheet(&address, &url);
    let made_at = moment(certificate.issued_at);
    // Typesetting takes longer than a request may be kept waiting.
    let made = tokio::task::spawn_blocking(move || pdf::certificate(&sheet, made_at)).await.map_err(|_| JobError::Later("typesetting"))?;
    match made {
        Ok(bytes) => {
            let sha256: [u8; 32] = Sha256::digest(&bytes).into();
            portal.db.write(Lane::Staff, None, async move |tx, now| keep(tx, id, &address, sha256, &bytes, now).await).await?;
            Ok(())
        }
        Err(NotSet::Unprintable(missing)) => fail(&portal, id, missing.to_string()).await,
        Err(NotSet::AddressTooLong) => fail(&portal, id, String::new()).await,
        Err(NotSet::Fault(fault)) => {
            tracing::error!(%id, fault, "a certificate could not be set");
            fail(&portal, id, String::new()).await
        }
    }
}

async fn fail(portal: &Portal, id: CertificateId, why: String) -> Result<(), JobError> {
    portal.db.write(Lane::Staff, None, async move |tx, now| store::mark_failed(tx, id, &why, now).await).await?;
    Ok(())
}

async fn keep(tx: &mut Tx<'_>, id: CertificateId, address: &str, sha256: [u8; 32], bytes: &[u8], now: Timestamp) -> DbResult<()> {
    let Some(certificate) = store::find(tx, id).await? else { return Ok(()) };
    if certificate.revoked_at.is_some() || !store::put_file(tx, id, address, sha256, bytes, now).await? {
        return Ok(());
    }
    if store::is_told(tx, id).await? {
        return Ok(());
    }
    let kind = if certificate.replaces.is_some() { REISSUED } else { ISSUED };
    journal::mail(tx, Mail::of(kind, certificate.about(), certificate.lang).with("certificate", id), now).await?;
    Ok(())
}

/// The moment in UTC, as the properties of a file have it.
pub fn moment(at: Timestamp) -> Moment {
    let utc = at.jst().with_time_zone(jiff::tz::TimeZone::UTC);
    let part = |part: i8| u8::try_from(part).unwrap_or_default();
    Moment {
        year: utc.year().into(),
        month: part(utc.month()),
        day: part(utc.day()),
        hour: part(utc.hour()),
        minute: part(utc.minute()),
        second: part(utc.second()),
    }
}

/// Why nothing is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotRetried {
    /// It has not failed, or is not there.
    NotFailed,
}

/// Tries once more to make the file of a certificate that could not be made.
pub async fn retry(tx: &mut Tx<'_>, id: CertificateId, by: &str, now: Timestamp) -> DbResult<Result<(), NotRetried>> {
    if !store::unmark_failed(tx, id).await? {
        return Ok(Err(NotRetried::NotFailed));
    }
    journal::job(tx, Job::of(MAKE, id), now).await?;
    journal::record(tx, &Entry::by(by).did("certificates.retried").on("certificate", id), now).await?;
    Ok(Ok(()))
}

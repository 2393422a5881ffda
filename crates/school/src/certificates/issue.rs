//! Issuing: what is printed is frozen, the file is made afterwards, once.

use db::{DbResult, Tx};
use journal::{Entry, Job};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use web::{Keys, load_settings};

use super::certificate::{Attended, CertificateId, Kind};
use super::changed::CHANGED;
use super::code::Code;
use super::file::MAKE;
use super::printed::{Era, Printed, Subject, name};
use super::{series, store};
use crate::trainings::application::{ApplicationId, Standing};
use crate::trainings::programme::Format;
use crate::trainings::store::{self as trainings, WholeApplication};

/// What came of an attendance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// The 受講証明書 of this application.
    pub id: CertificateId,
    /// Whether it was issued just now; else it had been before.
    pub is_new: bool,
    /// The 修了証 that this part has completed.
    pub series: Option<CertificateId>,
}

/// Why nothing was issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotIssued {
    /// There is no such application.
    Unknown,
    /// It is cancelled, or still waits for a seat.
    NoSeat,
}

/// Issues the certificate of an application that was attended, and the 修了証 of its series if this was the last part that it needs.
///
/// To be called by the verb that finds the attendance complete, in its transaction. Once an application: calling it again changes
/// nothing. What is printed is what is true now.
pub async fn issue(
    tx: &mut Tx<'_>,
    application: ApplicationId,
    attended: &Attended,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<Issued, NotIssued>> {
    let Some(whole) = trainings::whole_application(tx, application).await? else { return Ok(Err(NotIssued::Unknown)) };
    if whole.application.standing(now) != Standing::Confirmed {
        return Ok(Err(NotIssued::NoSeat));
    }
    let is_part = whole.course.format == Format::Series && !whole.session.extra;
    if is_part {
        // From here nobody else completes this course, so that of two parts at the same moment the second sees the first.
        store::lock_number(tx, &series::prefix(&whole)).await?;
    }
    if let Some(id) = store::living(tx, application).await? {
        return Ok(Ok(Issued { id, is_new: false, series: None }));
    }
    let prefix = format!("{}-{}{}", whole.programme.year, whole.course.slug.letter(), whole.session.number);
    let id = add(tx, &whole, &prefix, Kind::Session, attended, by, now).await?;
    let series = if is_part { series::complete(tx, &whole, attended.day, by, now).await? } else { None };
    Ok(Ok(Issued { id, is_new: true, series }))
}

/// [`issue`] by a verb whose own mail says where the certificate is, so that nobody gets two mails about one thing.
pub async fn issue_with_its_mail(
    tx: &mut Tx<'_>,
    application: ApplicationId,
    attended: &Attended,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<Issued, NotIssued>> {
    let outcome = issue(tx, application, attended, by, now).await?;
    if let Ok(issued) = &outcome
        && issued.is_new
    {
        store::mark_told(tx, issued.id).await?;
    }
    Ok(outcome)
}

/// Adds a certificate, whose file a job makes.
pub(super) async fn add(
    tx: &mut Tx<'_>,
    whole: &WholeApplication,
    prefix: &str,
    kind: Kind,
    attended: &Attended,
    by: &str,
    now: Timestamp,
) -> DbResult<CertificateId> {
    let settings = load_settings(tx).await?;
    let number = format!("{prefix}-{:06}", store::next_number(tx, prefix).await?);
    let subject = Subject { programme: &whole.programme, course: &whole.course, session: &whole.session, kind, attended };
    let era = Era::of(settings.get("certificate.era"));
    let person = name(&whole.person.family, &whole.person.given);
    let printed = Printed::of(&settings, &subject, number, &person, &whole.application.organization_name, era, now);
    put(tx, &store::Owner::applied(whole, kind), kind, printed, attended, None, by, now).await
}

/// Stores a certificate and queues what follows from it.
#[expect(clippy::too_many_arguments, reason = "the columns of a row that is written in one place")]
pub(super) async fn put(
    tx: &mut Tx<'_>,
    owner: &store::Owner,
    kind: Kind,
    printed: Printed,
    attended: &Attended,
    replaces: Option<CertificateId>,
    by: &str,
    now: Timestamp,
) -> DbResult<CertificateId> {
    let id = CertificateId::new(now);
    let slot = store::next_number(tx, store::SLOTS).await? - 1;
    let code = Code::random(Keys::random());
    let new = store::New { id, code: &code, kind, owner, printed: &printed, attended, slot, replaces, by };
    store::add(tx, &new, now).await?;
    journal::job(tx, Job::of(MAKE, id), now).await?;
    journal::job(tx, Job::of(CHANGED, id), now).await?;
    let act = if replaces.is_some() { "certificates.reissued" } else { "certificates.issued" };
    journal::record(tx, &Entry::by(by).did(act).on("certificate", id), now).await?;
    Ok(id)
}

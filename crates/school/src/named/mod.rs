//! What the audit trail calls the things of this wing: it knows them by their ids.

mod store;

use access::Action;
use kernel::FiscalYear;
use web::{MailAbout, Named, Naming, Words, naming};

use crate::office::{job_words, mail_words};
use crate::trainings::application::receipt_number;
use crate::trainings::nth;
use crate::trainings::programme::Audience;

/// Applications and objections by their receipt number, never by whose they are; sessions, courses and programmes as the programme
/// names them.
pub const NAMINGS: &[Naming] = &[
    naming!("application", Action::SeeApplicants, |tx, ids, _reader| {
        let named = |(id, year, audience, session, number)| {
            Named::new(id, receipt_number(year, audience, session, number), format!("/staff/applicants/{id}"))
        };
        Ok(store::applications(tx, ids).await?.into_iter().map(named).collect())
    }),
    naming!("objection", Action::SeeAttendance, |tx, ids, _reader| {
        let named = |(id, year, audience, session, number)| {
            Named::new(id, receipt_number(year, audience, session, number), format!("/staff/attendance/objections/{id}"))
        };
        Ok(store::objections(tx, ids).await?.into_iter().map(named).collect())
    }),
    naming!("interest", Action::SeeApplicants, |tx, ids, reader| {
        let named = |(id, audience): (_, Audience)| Named::new(id, audience.prose().short(reader.w.lang), "");
        Ok(store::interests(tx, ids).await?.into_iter().map(named).collect())
    }),
    naming!("session", Action::SeeProgrammes, |tx, ids, reader| {
        let named = |(id, year, audience, number, extra)| {
            let name = format!("{} {}", course_of(reader.w, year, audience), nth(reader.w, number, extra));
            Named::new(id, name, format!("/staff/sessions/{id}"))
        };
        Ok(store::sessions(tx, ids).await?.into_iter().map(named).collect())
    }),
    naming!("course", Action::SeeProgrammes, |tx, ids, reader| {
        let named = |(id, year, audience): (_, FiscalYear, Audience)| {
            Named::new(id, course_of(reader.w, year, audience), format!("/staff/programmes/{year}#{audience}"))
        };
        Ok(store::courses(tx, ids).await?.into_iter().map(named).collect())
    }),
    naming!("programme", Action::SeeProgrammes, |tx, ids, reader| {
        let named = |(id, year): (_, FiscalYear)| Named::new(id, year.label(reader.w.lang), format!("/staff/programmes/{year}"));
        Ok(store::programmes(tx, ids).await?.into_iter().map(named).collect())
    }),
    naming!("plan", Action::SeeProgrammes, |tx, ids, reader| {
        let named = |(id, year): (_, FiscalYear)| Named::new(id, year.label(reader.w.lang), format!("/staff/plans/{id}"));
        Ok(store::plans(tx, ids).await?.into_iter().map(named).collect())
    }),
    naming!("certificate", Action::SeeCertificates, |tx, ids, _reader| {
        let found = store::certificates(tx, ids).await?;
        Ok(found.into_iter().map(|(id, number)| Named::new(id, number, format!("/staff/certificates/{id}"))).collect())
    }),
    naming!("material", Action::EditArchive, |tx, ids, _reader| {
        let found = store::materials(tx, ids).await?;
        let page = |session: Option<kernel::Uuid>| session.map_or_else(String::new, |id| format!("/staff/sessions/{id}/archive"));
        Ok(found.into_iter().map(|(id, title, session)| Named::new(id, title, page(session))).collect())
    }),
    naming!("report", Action::SeeFigures, |tx, ids, _reader| {
        let found = store::reports(tx, ids).await?;
        Ok(found.into_iter().map(|(id, number)| Named::new(id, number, format!("/staff/reports/{id}"))).collect())
    }),
    naming!("mail", Action::SeeDelivery, |tx, ids, reader| {
        let found = journal::outbox::kinds_of(tx, ids).await?;
        Ok(found.into_iter().map(|(id, kind)| Named::new(id, mail_words(reader.w, &kind), "")).collect())
    }),
    naming!("job", Action::SeeOperation, |tx, ids, reader| {
        let found = journal::jobs::kinds_of(tx, ids).await?;
        Ok(found.into_iter().map(|(id, kind)| Named::new(id, job_words(reader.w, &kind), "")).collect())
    }),
];

/// What mails are about; those of a certificate are about what it rests on.
pub const MAILS: &[MailAbout] = &[
    ("trainings.applied", &["application"]),
    ("trainings.signed_up", &["application"]),
    ("trainings.again", &["application"]),
    ("trainings.elsewhere", &["application"]),
    ("trainings.cancelled", &["application"]),
    ("trainings.restored", &["application"]),
    ("trainings.promoted", &["application"]),
    ("trainings.moved", &["application"]),
    ("trainings.offered", &["application"]),
    ("trainings.series", &["application"]),
    ("trainings.links", &["application"]),
    ("trainings.will_tell", &["interest"]),
    ("trainings.opened", &["interest"]),
    ("office.rescheduled", &["application"]),
    ("office.called_off", &["application"]),
    ("reminders.due", &["application"]),
    ("reminders.sample", &["session"]),
    ("lobby.switched", &["application"]),
    ("lobby.sat_down", &["application"]),
    ("attendance.decided", &["application"]),
    ("attendance.objection_received", &["objection"]),
    ("attendance.answered", &["objection"]),
    ("certificates.issued", &["application", "study", "certificate"]),
    ("certificates.reissued", &["application", "study", "certificate"]),
    ("certificates.revoked", &["application", "study", "certificate"]),
    ("archive.opened", &["application"]),
    ("archive.wished", &["interest"]),
    ("archive.joined", &["application"]),
    ("archive.completed", &["application"]),
];

/// 令和8年度 初学者・医療従事者向け
fn course_of(w: Words, year: FiscalYear, audience: Audience) -> String {
    format!("{} {}", year.label(w.lang), audience.prose().short(w.lang))
}

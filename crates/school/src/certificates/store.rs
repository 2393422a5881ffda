//! The questions that certificates ask the database. Nobody else reads or writes these tables.

mod files;
mod lists;
mod near;

pub use files::*;
pub use lists::*;
pub use near::*;

use access::{AccountId, OrganizationId};
use db::{Arg, DbResult, Tx, sql};
use kernel::{Lang, Timestamp, Uuid};
use people::persons::PersonId;
use std::collections::BTreeMap;

use super::certificate::{Attended, Certificate, CertificateId, Kind};
use super::code::Code;
use super::printed::Printed;
use super::revoke::Why;
use crate::trainings::application::ApplicationId;
use crate::trainings::programme::CourseId;
use crate::trainings::session::SessionId;
use crate::trainings::store::WholeApplication;

/// The numbers of the places in the lists of what counts no more.
pub const SLOTS: &str = "slots";

/// What a certificate rests on, and whose it is.
#[derive(Clone, Debug)]
pub struct Owner {
    pub application: Option<ApplicationId>,
    pub person: Option<PersonId>,
    pub course: Option<CourseId>,
    pub session: Option<SessionId>,
    pub organization: Option<OrganizationId>,
    pub account: Option<AccountId>,
    pub study: Option<Uuid>,
    pub lang: Lang,
}

impl Owner {
    /// Of a certificate about an application.
    pub fn applied(whole: &WholeApplication, kind: Kind) -> Self {
        let application = &whole.application;
        Self {
            application: Some(application.id),
            person: Some(application.person),
            course: Some(whole.course.id),
            session: (kind == Kind::Session).then_some(application.session),
            organization: application.organization,
            account: None,
            study: None,
            lang: application.lang,
        }
    }

    /// Of one that takes another's place.
    pub fn of(old: &Certificate) -> Self {
        Self {
            application: old.application,
            person: old.person,
            course: old.course,
            session: old.session,
            organization: old.organization,
            account: old.account,
            study: old.study,
            lang: old.lang,
        }
    }
}

/// A certificate that is to be added.
pub struct New<'a> {
    pub id: CertificateId,
    pub code: &'a Code,
    pub kind: Kind,
    pub owner: &'a Owner,
    pub printed: &'a Printed,
    pub attended: &'a Attended,
    pub slot: i64,
    pub replaces: Option<CertificateId>,
    pub by: &'a str,
}

macro_rules! whole {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT c.id, c.number, c.code, c.kind, c.application, c.person, c.course, c.session, c.organization, c.printed, c.attended,
                 c.lang, c.slot, c.issued_at, c.issued_by, c.failed_at, c.failed_why, c.revoked_at, NULLIF(c.revoked_why, ''), c.revoked_note,
                 c.replaces, c.replaced_by, c.account, c.study, f.address, f.sha256, f.size, f.made_at
             FROM certificates c LEFT JOIN certificate_files f ON f.certificate = c.id ",
            $rest
        ))
    };
}
pub(super) use whole;

/// The next number after this beginning, from 1.
pub async fn next_number(tx: &mut Tx<'_>, prefix: &str) -> DbResult<i64> {
    let next = sql!(
        "INSERT INTO certificate_numbers (prefix, last) VALUES ($1, 1)
         ON CONFLICT (prefix) DO UPDATE SET last = certificate_numbers.last + 1 RETURNING last"
    );
    tx.one(next, &[prefix.into()]).await
}

/// Keeps everybody else from this number until the transaction ends.
pub async fn lock_number(tx: &mut Tx<'_>, prefix: &str) -> DbResult<()> {
    let lock = sql!(
        "INSERT INTO certificate_numbers (prefix, last) VALUES ($1, 0)
         ON CONFLICT (prefix) DO UPDATE SET last = certificate_numbers.last"
    );
    tx.run(lock, &[prefix.into()]).await?;
    Ok(())
}

/// Adds a certificate.
pub async fn add(tx: &mut Tx<'_>, new: &New<'_>, now: Timestamp) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO certificates (id, number, code, kind, application, person, course, session, organization, printed, attended, search,
             lang, slot, issued_at, issued_by, replaces, account, study)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"
    );
    let owner = new.owner;
    let args: [Arg; 19] = [
        new.id.into(),
        new.printed.number.as_str().into(),
        new.code.as_str().into(),
        new.kind.id().into(),
        owner.application.into(),
        owner.person.into(),
        owner.course.into(),
        owner.session.into(),
        owner.organization.into(),
        json(new.printed),
        json(new.attended),
        new.printed.search().into(),
        owner.lang.into(),
        new.slot.into(),
        now.into(),
        new.by.into(),
        new.replaces.into(),
        owner.account.into(),
        owner.study.into(),
    ];
    tx.run(add, &args).await?;
    Ok(())
}

fn json(value: &impl serde::Serialize) -> Arg {
    Arg::Json(serde_json::to_string(value).expect("texts and numbers can be written as JSON"))
}

/// The certificate with this id.
pub async fn find(tx: &mut Tx<'_>, id: CertificateId) -> DbResult<Option<Certificate>> {
    tx.opt(whole!("WHERE c.id = $1"), &[id.into()]).await
}

/// The certificate with this code.
pub async fn by_code(tx: &mut Tx<'_>, code: &Code) -> DbResult<Option<Certificate>> {
    tx.opt(whole!("WHERE c.code = $1"), &[code.as_str().into()]).await
}

/// The 受講証明書 of the application that counts.
pub async fn living(tx: &mut Tx<'_>, application: ApplicationId) -> DbResult<Option<CertificateId>> {
    let find = sql!("SELECT id FROM certificates WHERE application = $1 AND kind = 'session' AND revoked_at IS NULL");
    tx.opt(find, &[application.into()]).await
}

/// The 修了証 of a way through a course of e-learning that counts.
pub async fn living_learned(tx: &mut Tx<'_>, study: Uuid) -> DbResult<Option<CertificateId>> {
    let find = sql!("SELECT id FROM certificates WHERE study = $1 AND kind = 'learned' AND revoked_at IS NULL");
    tx.opt(find, &[study.into()]).await
}

/// The 修了証 of the person for the course that counts.
pub async fn living_series(tx: &mut Tx<'_>, person: PersonId, course: CourseId) -> DbResult<Option<CertificateId>> {
    let find = sql!("SELECT id FROM certificates WHERE person = $1 AND course = $2 AND kind = 'series' AND revoked_at IS NULL");
    tx.opt(find, &[person.into(), course.into()]).await
}

/// How many parts of the course the person has certificates for; extra sessions are none.
pub async fn parts_attended(tx: &mut Tx<'_>, person: PersonId, course: CourseId) -> DbResult<i64> {
    let count = sql!(
        "SELECT COUNT(DISTINCT c.session) FROM certificates c JOIN sessions s ON s.id = c.session
         WHERE c.person = $1 AND c.course = $2 AND c.kind = 'session' AND c.revoked_at IS NULL AND NOT s.extra"
    );
    tx.one(count, &[person.into(), course.into()]).await
}

/// How many parts the 修了証 of the course asks for, if not all.
pub async fn parts_needed(tx: &mut Tx<'_>, course: CourseId) -> DbResult<Option<i64>> {
    tx.opt(sql!("SELECT parts FROM certificate_rules WHERE course = $1"), &[course.into()]).await
}

/// How many parts the 修了証 of each course asks for; one that asks for all is left out.
pub async fn all_parts_needed(tx: &mut Tx<'_>) -> DbResult<BTreeMap<CourseId, i64>> {
    let rules: Vec<(CourseId, i64)> = tx.all(sql!("SELECT course, parts FROM certificate_rules LIMIT 10000"), &[]).await?;
    Ok(rules.into_iter().collect())
}

/// Sets how many parts the 修了証 of the course asks for; `None`: all of them.
pub async fn set_parts_needed(tx: &mut Tx<'_>, course: CourseId, parts: Option<i64>) -> DbResult<()> {
    match parts {
        Some(parts) => {
            let set = sql!(
                "INSERT INTO certificate_rules (course, parts) VALUES ($1, $2) ON CONFLICT (course) DO UPDATE SET parts = excluded.parts"
            );
            tx.run(set, &[course.into(), parts.into()]).await?
        }
        None => tx.run(sql!("DELETE FROM certificate_rules WHERE course = $1"), &[course.into()]).await?,
    };
    Ok(())
}

/// Marks a certificate as counting no more; false if it did so already.
pub async fn mark_revoked(tx: &mut Tx<'_>, id: CertificateId, why: Why, note: &str, now: Timestamp) -> DbResult<bool> {
    let mark = sql!(
        "UPDATE certificates SET revoked_at = $2, revoked_why = $3, revoked_note = $4, failed_at = NULL WHERE id = $1 AND revoked_at IS NULL"
    );
    Ok(tx.run(mark, &[id.into(), now.into(), why.id().into(), note.into()]).await? == 1)
}

/// Notes which certificate stands in the place of another.
pub async fn mark_replaced(tx: &mut Tx<'_>, id: CertificateId, by: CertificateId) -> DbResult<()> {
    tx.run(sql!("UPDATE certificates SET replaced_by = $2 WHERE id = $1"), &[id.into(), by.into()]).await?;
    Ok(())
}

/// Which of the slots from `first` on, below `end`, belong to certificates that count no more.
pub async fn ended_slots(tx: &mut Tx<'_>, first: i64, end: i64) -> DbResult<Vec<i64>> {
    let list = sql!("SELECT slot FROM certificates WHERE revoked_at IS NOT NULL AND slot >= $1 AND slot < $2 ORDER BY slot");
    tx.all(list, &[first.into(), end.into()]).await
}

/// How many slots were given.
pub async fn slots_given(tx: &mut Tx<'_>) -> DbResult<i64> {
    let find = sql!("SELECT last FROM certificate_numbers WHERE prefix = $1");
    Ok(tx.opt(find, &[SLOTS.into()]).await?.unwrap_or(0))
}

db::row! {
    /// A certificate beside the application, or the way through a course, that it belongs to.
    #[derive(Clone, Debug)]
    pub struct Kept {
        pub application: Option<ApplicationId>,
        pub study: Option<Uuid>,
        pub id: CertificateId,
        pub kind: Kind,
        pub number: String,
        pub code: Code,
        pub lang: Lang,
        pub issued_at: Timestamp,
        pub size: Option<i64>,
    }
}

/// The certificates of an application that count, 受講証明書 first.
pub async fn of_application(tx: &mut Tx<'_>, application: ApplicationId) -> DbResult<Vec<Kept>> {
    let list = sql!(
        "SELECT c.application, c.study, c.id, c.kind, c.number, c.code, c.lang, c.issued_at, f.size
         FROM certificates c LEFT JOIN certificate_files f ON f.certificate = c.id
         WHERE c.application = $1 AND c.revoked_at IS NULL ORDER BY c.kind DESC, c.id LIMIT 10"
    );
    let mut kept: Vec<Kept> = tx.all(list, &[application.into()]).await?;
    kept.sort_by_key(|kept| kept.kind == Kind::Series);
    Ok(kept)
}

/// The certificates that count of everybody under a mail address, the latest first.
pub async fn of_address(tx: &mut Tx<'_>, email: &str) -> DbResult<Vec<Kept>> {
    let list = sql!(
        "SELECT c.application, c.study, c.id, c.kind, c.number, c.code, c.lang, c.issued_at, f.size
         FROM persons p JOIN certificates c ON c.person = p.id LEFT JOIN certificate_files f ON f.certificate = c.id
         WHERE p.email = $1 AND c.revoked_at IS NULL ORDER BY c.issued_at DESC, c.id DESC LIMIT 200"
    );
    tx.all(list, &[email.into()]).await
}

/// The 修了証 of e-learning of an account that count, the latest first.
pub async fn of_account(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Vec<Kept>> {
    let list = sql!(
        "SELECT c.application, c.study, c.id, c.kind, c.number, c.code, c.lang, c.issued_at, f.size
         FROM certificates c LEFT JOIN certificate_files f ON f.certificate = c.id
         WHERE c.account = $1 AND c.revoked_at IS NULL ORDER BY c.issued_at DESC, c.id DESC LIMIT 200"
    );
    tx.all(list, &[account.into()]).await
}

/// The 修了証 of a way through a course of e-learning that counts.
pub async fn of_study(tx: &mut Tx<'_>, study: Uuid) -> DbResult<Option<Kept>> {
    let find = sql!(
        "SELECT c.application, c.study, c.id, c.kind, c.number, c.code, c.lang, c.issued_at, f.size
         FROM certificates c LEFT JOIN certificate_files f ON f.certificate = c.id
         WHERE c.study = $1 AND c.kind = 'learned' AND c.revoked_at IS NULL"
    );
    tx.opt(find, &[study.into()]).await
}

impl Kept {
    /// The address of its file, empty while it is being made.
    pub fn path(&self) -> String {
        self.size.map_or_else(String::new, |_| format!("/certificates/{}.pdf", self.id))
    }

    /// The address of the page that checks it.
    pub fn verify(&self) -> String {
        format!("/verify/{}", self.code)
    }

    /// 受講証明書
    pub fn title(&self, w: web::Words) -> String {
        w.t(&format!("certificate-{}", self.kind.id()))
    }

    /// 97 KB, empty while it is being made.
    pub fn size_shown(&self) -> String {
        self.size.map_or_else(String::new, |bytes| kernel::size(bytes.unsigned_abs()))
    }
}

/// Notes that the mail about the attendance speaks of the certificate, so that it needs none of its own.
pub async fn mark_told(tx: &mut Tx<'_>, id: CertificateId) -> DbResult<()> {
    tx.run(sql!("UPDATE certificates SET told = $2 WHERE id = $1"), &[id.into(), true.into()]).await?;
    Ok(())
}

/// Whether another mail has spoken of it.
pub async fn is_told(tx: &mut Tx<'_>, id: CertificateId) -> DbResult<bool> {
    tx.one(sql!("SELECT told FROM certificates WHERE id = $1"), &[id.into()]).await
}

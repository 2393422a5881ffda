//! Certificates: whoever attended has the proof, and whoever is shown one can check it.

mod badge;
mod issued;
mod office;
mod verified;

use db::{DbResult, Tx};
use kernel::{Day, Timestamp};
use school::certificates::{Attended, CertificateId, Issued, NotIssued, Way, issue, withdraw};
use school::trainings::application::ApplicationId;

use crate::site::{Letter, Outcome, Site, Visitor};

/// When the third session for executives is over.
pub const AFTER: &str = "2026-12-24T10:00+09:00";

/// 58 of 60 minutes, with the keyword.
pub fn online(day: Day) -> Attended {
    Attended { way: Way::Live { minutes: 58, of: 60 }, day, keyword: true, check: None, seen: None }
}

/// The application whose page the visitor was shown.
pub fn application_of(visitor: &Visitor) -> ApplicationId {
    visitor.application.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id")
}

/// Somebody who has applied for a session.
pub async fn applied(site: &Site, name: &str, session: &str) -> Visitor {
    let mut visitor = site.visitor(name);
    assert_eq!(visitor.applies_for(session).await, Outcome::Applied);
    site.deliver().await;
    visitor
}

/// Finds the attendance of an application complete, as the verb of attendance does.
pub async fn attends(site: &Site, application: ApplicationId) -> Result<Issued, NotIssued> {
    let day = Day::constant(2026, 12, 23);
    let work = async move |tx: &mut Tx<'_>, now: Timestamp| -> DbResult<Result<Issued, NotIssued>> {
        issue(tx, application, &online(day), "system", now).await
    };
    site.db().write(db::Lane::Staff, None, work).await.expect("it can be written")
}

/// Finds that it was none.
pub async fn did_not_attend(site: &Site, application: ApplicationId) {
    site.write(async move |tx, now| withdraw(tx, application, "見本", "system", now).await).await;
}

/// Somebody with a certificate: the visitor, the certificate, and the mail about it.
pub async fn certified(site: &Site, name: &str) -> (Visitor, CertificateId, Letter) {
    let visitor = applied(site, name, "R8/executive/3").await;
    site.at(AFTER);
    let issued = attends(site, application_of(&visitor)).await.expect("the application has a seat");
    let letters = site.deliver().await;
    let letter = letters.into_iter().find(|letter| letter.subject.contains("受講証明書")).expect("a mail about the certificate");
    (visitor, issued.id, letter)
}

/// What a PDF says, without blanks, as a program of others reads it.
pub fn text_of(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("certificate.pdf");
    std::fs::write(&path, pdf).expect("it can be written");
    let read = std::process::Command::new("pdftotext").arg("-raw").arg(&path).arg("-").output().expect("poppler-utils is installed");
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    bare(&String::from_utf8_lossy(&read.stdout))
}

/// Without blanks.
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

//! The pages about certificates: one's own, the one that everybody can check, and those of the secretariat.

mod badges;
mod change;
mod guesses;
mod institutions;
mod list;
mod mine;
mod progress;
mod record;
mod rules;
mod show;
mod specimen;
mod verify;

use access::Action::{EditCertificates, ExportApplicants, KeepApplication, SeeCertificates, SeeOwnRecords, VerifyCertificate};
use web::Routes;

pub use guesses::Guesses;
pub(crate) use verify::rehearsed;

/// A certificate is a tenth of that.
const FILE_BYTES: usize = 2 * 1024 * 1024;

/// The routes of certificates.
pub fn routes() -> Routes {
    Routes::new()
        .get("/certificates/{file}", KeepApplication, mine::file)
        .get("/verify", VerifyCertificate, verify::ask)
        .get("/verify/{code}", VerifyCertificate, verify::show)
        .upload("/verify/{code}/file", VerifyCertificate, FILE_BYTES, verify::compare)
        .machine("/verify/{code}/badge", VerifyCertificate, badges::badge)
        .machine("/badges/issuer", VerifyCertificate, badges::issuer)
        .machine("/badges/keys", VerifyCertificate, badges::keys)
        .machine("/badges/status/{list}", VerifyCertificate, badges::status)
        .machine("/.well-known/did.json", VerifyCertificate, badges::did_document)
        .get("/staff/certificates", SeeCertificates, list::show)
        .get("/staff/certificates/progress", SeeCertificates, progress::show)
        .get("/staff/certificates/specimen", SeeCertificates, specimen::form)
        .get("/staff/certificates/specimen.pdf", SeeCertificates, specimen::file)
        .get("/staff/certificates/series", SeeCertificates, rules::show)
        .post("/staff/certificates/series", EditCertificates, rules::save)
        .get("/staff/certificates/{id}", SeeCertificates, show::show)
        .get("/staff/certificates/{id}/file.pdf", SeeCertificates, show::file)
        .get("/staff/certificates/{id}/reissue", EditCertificates, change::reissue_form)
        .post("/staff/certificates/{id}/reissue", EditCertificates, change::reissue)
        .get("/staff/certificates/{id}/revocation", EditCertificates, change::revoke_form)
        .post("/staff/certificates/{id}/revocation", EditCertificates, change::revoke)
        .post("/staff/certificates/{id}/retry", EditCertificates, change::retry)
        .get("/institutions", SeeOwnRecords, institutions::show)
        .get("/institutions/{id}/record", SeeOwnRecords, record::show)
        .get("/institutions/{id}/record.pdf", SeeOwnRecords, record::sheet)
        .get("/institutions/{id}/record.xlsx", SeeOwnRecords, record::workbook)
        .get("/staff/organizations/{id}/record", SeeCertificates, record::show)
        .get("/staff/organizations/{id}/record.pdf", ExportApplicants, record::sheet)
        .get("/staff/organizations/{id}/record.xlsx", ExportApplicants, record::workbook)
}

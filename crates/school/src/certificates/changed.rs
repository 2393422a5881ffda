//! Certificates for whoever keeps records of learning: issuing, revoking and reissuing queue the news, and the program that does the
//! job asks what is true by then.

use access::AccountId;
use db::{DbResult, Tx};
use kernel::Timestamp;
use people::persons::PersonId;

use super::certificate::CertificateId;
use super::store;

journal::kinds! {
    /// The job that a certificate queues when it is issued, revoked or replaced by another; its object is the certificate.
    pub Job CHANGED = "certificates.changed";
}

/// Whose a certificate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Of an applicant.
    Person(PersonId),
    /// Of an account that has completed a course of e-learning.
    Account(AccountId),
}

/// A certificate as others are told of it.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its owner, unless nobody is known any more.
    pub owner: Option<Owner>,
    /// 受講証明書（経営者向け）
    pub title: String,
    /// Its address on the portal, by its id. Not the page by its code: whoever has the code reads the name on the paper, while this one
    /// opens for its owner alone.
    pub path: String,
    /// Since when it counts.
    pub issued_at: Timestamp,
    /// Whether it still does.
    pub counts: bool,
}

/// A certificate of such a job.
pub async fn told(tx: &mut Tx<'_>, id: CertificateId) -> DbResult<Option<Told>> {
    let Some(found) = store::find(tx, id).await? else { return Ok(None) };
    let about = found.printed.facts.first().map_or_else(String::new, |(_, course)| format!("（{course}）"));
    Ok(Some(Told {
        owner: found.person.map(Owner::Person).or(found.account.map(Owner::Account)),
        title: format!("{}{about}", found.printed.title),
        path: format!("/certificates/{id}"),
        issued_at: found.issued_at,
        counts: found.revoked_at.is_none(),
    }))
}

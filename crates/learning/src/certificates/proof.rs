use db::{DbResult, Tx};
use std::pin::Pin;
use web::Portal;

use crate::study::StudyId;

/// A certificate that was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// `R8-LB-000142`
    pub number: String,
    /// The page on which everybody can check it.
    pub verify: String,
    /// Its file; empty while it is being made.
    pub file: String,
    /// 97 KB
    pub size: String,
}

/// An answer that is being looked up.
pub type Answering<'a, T> = Pin<Box<dyn Future<Output = DbResult<T>> + 'a>>;

/// Whoever issues certificates, as far as courses have to ask them.
pub trait Issuing: Send + Sync + 'static {
    /// The certificate of a way through a course that counts now.
    fn proof_of<'a>(&'a self, tx: &'a mut Tx<'_>, study: StudyId) -> Answering<'a, Option<Proof>>;
}

/// The part of the portal by which courses ask for certificates.
pub struct Certificates(Box<dyn Issuing>);

impl Certificates {
    /// Certificates that are issued by `issuing`.
    pub fn by(issuing: impl Issuing) -> Self {
        Self(Box::new(issuing))
    }
}

/// The certificate of a way through a course; none where the program issues none.
pub(crate) async fn proof(portal: &Portal, tx: &mut Tx<'_>, study: StudyId) -> DbResult<Option<Proof>> {
    match portal.part::<Certificates>() {
        Some(certificates) => certificates.0.proof_of(tx, study).await,
        None => Ok(None),
    }
}

use access::OrganizationId;
use db::{Arg, DbResult, Tx, sql};
use kernel::{Timestamp, Uuid, fold};

use super::whole;
use crate::certificates::certificate::{Certificate, CertificateId, Standing};

/// Which certificates a list shows.
#[derive(Clone, Debug, Default)]
pub struct Sieve {
    /// A part of a name, a workplace or a number.
    pub text: String,
    /// What they are now.
    pub standing: Option<Standing>,
    /// `R8-E3`: the beginning of their numbers.
    pub prefix: String,
}

impl Sieve {
    fn args(&self) -> Vec<Arg> {
        let like = db::holding(&fold(&self.text.replace([' ', '　'], "")));
        let prefix = if self.prefix.is_empty() { String::new() } else { format!("{}-", self.prefix) };
        // No sign follows the last one of Unicode, so every number with this beginning lies below.
        let end = format!("{prefix}\u{10FFFF}");
        vec![like.into(), self.standing.map_or("", Standing::id).into(), prefix.into(), end.into()]
    }
}

macro_rules! sifted {
    () => {
        "WHERE (CAST($1 AS TEXT) = '' OR c.search LIKE $1 ESCAPE '!') \
         AND (CAST($2 AS TEXT) = '' OR ($2 = 'valid' AND c.revoked_at IS NULL AND f.made_at IS NOT NULL) \
              OR ($2 = 'waiting' AND c.revoked_at IS NULL AND f.made_at IS NULL AND c.failed_at IS NULL) \
              OR ($2 = 'failed' AND c.failed_at IS NOT NULL) \
              OR ($2 = 'replaced' AND c.replaced_by IS NOT NULL) \
              OR ($2 = 'revoked' AND c.revoked_at IS NOT NULL AND c.replaced_by IS NULL)) \
         AND (CAST($3 AS TEXT) = '' OR (c.number >= $3 AND c.number < $4)) "
    };
}

/// No count goes further than this; a larger list is "more than so many".
pub const COUNTED: i64 = 1_000;

/// The certificates that pass the sieve, the newest first, from `before` on.
pub async fn list(tx: &mut Tx<'_>, sieve: &Sieve, before: Option<(Timestamp, CertificateId)>, limit: i64) -> DbResult<Vec<Certificate>> {
    let (at, id) = before.unwrap_or((Timestamp::from_micros(i64::MAX), CertificateId::from_uuid(Uuid::max())));
    let mut args = sieve.args();
    args.extend([at.into(), id.into(), limit.into()]);
    let list = sql!(concat!(
        "SELECT c.id, c.number, c.code, c.kind, c.application, c.person, c.course, c.session, c.organization, c.printed, c.attended, \
             c.lang, c.slot, c.issued_at, c.issued_by, c.failed_at, c.failed_why, c.revoked_at, NULLIF(c.revoked_why, ''), c.revoked_note, \
             c.replaces, c.replaced_by, c.account, c.study, f.address, f.sha256, f.size, f.made_at \
         FROM certificates c LEFT JOIN certificate_files f ON f.certificate = c.id ",
        sifted!(),
        "AND (c.issued_at, c.id) < ($5, $6) ORDER BY c.issued_at DESC, c.id DESC LIMIT $7"
    ));
    tx.all(list, &args).await
}

/// How many pass the sieve; counting ends one above [`COUNTED`].
pub async fn count(tx: &mut Tx<'_>, sieve: &Sieve) -> DbResult<i64> {
    let count = sql!(concat!(
        "SELECT COUNT(*) FROM (SELECT 1 FROM certificates c LEFT JOIN certificate_files f ON f.certificate = c.id ",
        sifted!(),
        "LIMIT $5) AS counted"
    ));
    let mut args = sieve.args();
    args.push((COUNTED + 1).into());
    tx.one(count, &args).await
}

/// The certificates that count of an organization's people, issued in a span of time, in the order of issuing.
pub async fn of_organization(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    from: Timestamp,
    until: Timestamp,
    limit: i64,
) -> DbResult<Vec<Certificate>> {
    let list = whole!(
        "WHERE c.organization = $1 AND c.issued_at >= $2 AND c.issued_at < $3 AND c.revoked_at IS NULL ORDER BY c.issued_at, c.id LIMIT $4"
    );
    tx.all(list, &[organization.into(), from.into(), until.into(), limit.into()]).await
}

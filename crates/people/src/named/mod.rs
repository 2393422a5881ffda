//! What the audit trail calls the things of this wing: it knows them by their ids.

mod store;

use access::Action;
use web::{MailAbout, Named, Naming, naming};

/// Accounts and invitations by their address, the rest by its name.
pub const NAMINGS: &[Naming] = &[
    naming!("account", Action::GrantRoles, |tx, ids, _reader| {
        let found = crate::accounts::addresses(tx, ids).await?;
        Ok(found.into_iter().map(|(id, email)| Named::new(id, email, format!("/staff/people/{id}"))).collect())
    }),
    naming!("invitation", Action::GrantRoles, |tx, ids, _reader| {
        let found = store::invitations(tx, ids).await?;
        Ok(found.into_iter().map(|(id, account, email)| Named::new(id, email, format!("/staff/people/{account}"))).collect())
    }),
    naming!("recovery", Action::GrantRoles, |tx, ids, _reader| {
        let found = store::recoveries(tx, ids).await?;
        Ok(found.into_iter().map(|(id, account, email)| Named::new(id, email, format!("/staff/people/{account}"))).collect())
    }),
    naming!("token", Action::KeepTokens, |tx, ids, _reader| {
        let found = access::token_names(tx, ids).await?;
        Ok(found.into_iter().map(|(id, name)| Named::new(id, name, "/staff/tokens")).collect())
    }),
    naming!("organization", Action::SeeCertificates, |tx, ids, _reader| {
        let found = store::organizations(tx, ids).await?;
        Ok(found.into_iter().map(|(id, name)| Named::new(id, name, format!("/staff/organizations/{id}/record"))).collect())
    }),
    naming!("list", Action::ReadAudit, |tx, ids, _reader| {
        let found = store::lists(tx, ids).await?;
        Ok(found.into_iter().map(|(id, name)| Named::new(id, name, "")).collect())
    }),
];

/// What mails are about. Links to sign in are not named: whoever asks for one need not have an account.
pub const MAILS: &[MailAbout] = &[
    ("accounts.changed", &["account"]),
    ("accounts.invited", &["invitation"]),
    ("accounts.role_changed", &["account"]),
    ("accounts.sign_in_link", &["sign_in_link"]),
    ("accounts.recovery_asked", &["recovery"]),
    ("accounts.recovery_held", &["recovery"]),
    ("accounts.recovery_link", &["recovery"]),
    ("accounts.recovery_over", &["recovery"]),
];

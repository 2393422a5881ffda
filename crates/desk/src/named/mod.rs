//! What the audit trail calls the things of this wing: it knows them by their ids.

mod store;

use access::Action;
use kernel::{Timestamp, Uuid, short_moment};
use web::{MailAbout, Named, Naming, naming};

/// Cases by their numbers, which are no secret; whoever may not work on cases is not led to one.
pub const NAMINGS: &[Naming] = &[
    naming!("case", Action::WorkCase, |tx, ids, _reader| {
        let found = store::cases(tx, ids).await?;
        Ok(found.into_iter().map(|(id, number)| Named::new(id, number.clone(), format!("/desk/cases/{number}"))).collect())
    }),
    naming!("alarm", Action::WorkCase, |tx, ids, _reader| {
        let named = |(id, number): (Uuid, Option<String>)| {
            let path = number.as_ref().map_or_else(String::new, |number| format!("/desk/cases/{number}"));
            Named::new(id, number.unwrap_or_default(), path)
        };
        Ok(store::alarms(tx, ids).await?.into_iter().map(named).collect())
    }),
    naming!("shift", Action::SeeDesk, |tx, ids, reader| {
        let named = |(id, email, starts_at): (Uuid, String, Timestamp)| {
            Named::new(id, format!("{} {email}", short_moment(starts_at, reader.w.lang)), "/desk/roster")
        };
        Ok(store::shifts(tx, ids).await?.into_iter().map(named).collect())
    }),
    naming!("desk_epoch", Action::LeadDesk, |tx, ids, reader| {
        let named = |(id, number): (Uuid, i64)| Named::new(id, reader.w.one("desk-keys-epoch", "n", &number), "/desk/keys/epoch");
        Ok(store::epochs(tx, ids).await?.into_iter().map(named).collect())
    }),
    naming!("desk_member", Action::ReadAudit, |tx, ids, _reader| {
        let found = store::members(tx, ids).await?;
        Ok(found.into_iter().map(|(id, email)| Named::new(id, email, "")).collect())
    }),
];

/// What mails are about; whoever is on duty is told of alarms, and of what has changed in a case.
pub const MAILS: &[MailAbout] = &[("desk.duty", &["alarm", "case"]), ("desk.notice", &["case"])];

//! What the audit trail calls the things of this wing: it knows them by their ids.

mod store;

use access::Action;
use web::{Named, Naming, naming};

/// Programs by their names.
pub const NAMINGS: &[Naming] = &[naming!("record-client", Action::KeepRecordClients, |tx, ids, _reader| {
    let found = store::clients(tx, ids).await?;
    Ok(found.into_iter().map(|(id, name)| Named::new(id, name, "/staff/records/clients")).collect())
})];

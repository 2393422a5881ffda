//! What the audit trail calls the things of this wing: it knows them by their ids.

mod store;

use access::Action;
use kernel::FiscalYear;
use web::{MailAbout, Named, Naming, naming};

use crate::approval::Kind;
use crate::inquiries::shown_number;

/// Inquiries by their number, never by whose they are; texts by their latest title.
pub const NAMINGS: &[Naming] = &[
    naming!("inquiry", Action::AnswerInquiries, |tx, ids, _reader| {
        let named = |(id, year, number): (_, FiscalYear, i64)| Named::new(id, shown_number(year, number), format!("/staff/inquiries/{id}"));
        Ok(store::inquiries(tx, ids).await?.into_iter().map(named).collect())
    }),
    naming!("text", Action::SeeDrafts, |tx, ids, reader| {
        let named = |(id, kind, ja, en): (kernel::Uuid, Kind, String, String)| {
            let title = if en.trim().is_empty() { ja } else { reader.w.lang.pick(ja, en) };
            Named::new(id, title, format!("{}/{id}", kind.staff_path()))
        };
        Ok(store::texts(tx, ids).await?.into_iter().map(named).collect())
    }),
];

/// What mails are about.
pub const MAILS: &[MailAbout] =
    &[("inquiries.received", &["inquiry"]), ("inquiries.answered", &["inquiry"]), ("inquiries.new", &["inquiry"])];

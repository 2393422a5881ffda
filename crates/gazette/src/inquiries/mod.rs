//! Inquiries (お問い合わせ): asked on a form, numbered, mailed to both sides, answered in a thread that stays.
//!
//! Questions are split as in the ministry's letters: about the programme, and about the portal and its contents.

mod answer;
mod close;
mod forget;
mod inquire;
mod inquiry;
mod mail;
mod note;
mod pages;
mod reopen;
mod sieve;
mod store;
mod take;
#[cfg(test)]
mod tests;

pub use answer::{NotAnswered, answer};
pub use close::close;
pub use forget::{forget, forget_old};
pub use inquire::{Received, inquire};
pub use inquiry::{About, Inquiry, InquiryId, Message, MessageKind, NewInquiry, Standing, shown_number};
pub use mail::renderers;
pub use note::{NotNoted, note};
pub use reopen::reopen;
pub use store::{between, waiting};
pub use take::take;

use access::Action;
use web::Routes;

/// The public routes and those of the staff.
pub fn routes() -> Routes {
    Routes::new()
        .get("/contact", Action::Inquire, pages::form)
        .post("/contact", Action::Inquire, pages::send)
        .get("/contact/receipts/{token}", Action::Inquire, pages::receipt)
        .get("/staff/inquiries", Action::AnswerInquiries, pages::list)
        .get("/staff/inquiries/{id}", Action::AnswerInquiries, pages::show)
        .post("/staff/inquiries/{id}/answers", Action::AnswerInquiries, pages::answer)
        .post("/staff/inquiries/{id}/notes", Action::AnswerInquiries, pages::note)
        .post("/staff/inquiries/{id}/takings", Action::AnswerInquiries, pages::take)
        .post("/staff/inquiries/{id}/closures", Action::AnswerInquiries, pages::close)
        .post("/staff/inquiries/{id}/reopenings", Action::AnswerInquiries, pages::reopen)
}

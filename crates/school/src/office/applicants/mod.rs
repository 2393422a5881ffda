//! Who applied for a session: the list with its filters, one applicant, and what is done to several at once.

mod figures;
mod filter;
mod found;
mod list;
mod roll;
mod selection;
mod several;
mod several_pages;
mod show;

pub use filter::{Asked, Sifted};
pub use list::{cares, list};
pub use roll::roll;
pub use selection::{done, selection};
pub use several_pages::{cancel_them, move_them, restore_them};
pub use show::{Happened, happened, mail_state, mail_words, show};

use web::Words;

use crate::trainings::application::Spot;
use crate::trainings::store::Applicant;

/// What an applicant is: the shape and the word.
pub fn standing(w: Words, line: &Applicant) -> (&'static str, String) {
    match (line.cancelled_at, line.place) {
        (Some(_), _) => ("cancelled", w.t("office-cancelled")),
        (None, Spot::Waiting) => ("full", w.t("office-waiting")),
        (None, Spot::Seat) => ("done", w.t("office-confirmed")),
    }
}

//! Lists that an office sends to be brought in: applicants of a session, notices, questions.
//!
//! A file is read within limits, once and apart, and its table is kept until a day later. A page shows what each of its lines would
//! do; nothing is stored before somebody has confirmed that. Then the lines are brought in, batch by batch, each once, and those that
//! are wrong come back in a file with one more column that says what is to be mended. What differs between the kinds of lists is their
//! [`List`].

mod forget;
mod keep;
mod list;
mod pages;
mod read;
mod settle;
mod store;

pub use forget::forget_old;
pub use list::{Cells, Checked, Fate, How, List, ListId};
pub use pages::routes;

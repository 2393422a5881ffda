//! API tokens: by which other programs read. The operator makes and ends them; a secret is shown once, and only its hash is kept.

mod end;
mod issue;
mod pages;

pub use end::end;
pub use issue::{Issued, NewToken, issue};
pub use pages::name_of;
pub(crate) use pages::routes;

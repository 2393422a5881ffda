//! How a mail of the outbox becomes a letter and reaches the relay.
//!
//! The [`Postman`] takes what is due, lets the capability that owns the kind render it, outside of any transaction, builds the
//! letter and hands it over. Nothing personal is logged: ids, kinds and classes of errors only.

mod bounce;
mod letter;
mod postman;
mod relay;
mod rendered;

pub use bounce::Bounce;
pub use letter::Letterhead;
pub use postman::{Delivered, Postman};
pub use relay::{Encryption, Login, NotARelay, Relay, RelaySettings};
pub use rendered::{Invitation, InvitationMethod, Recipient, RenderError, Rendered, Renderers};

//! Accounts: how people sign in, what they prove it by, and how they keep that in their own hands.
//!
//! A mail link opens a learner's pages and nothing more; roles of institutions ask for a passphrase with a code or a passkey,
//! those who work for the portal for a passkey. Whoever asks about an address learns nothing about it: known and unknown
//! addresses get the same words, the same status, and the same work.

mod account;
mod asks;
mod browser;
mod change;
mod codes;
mod credentials;
mod demo;
mod forget;
mod invitation;
mod mail_link;
mod mails;
mod named;
mod next;
mod pages;
mod passkeys;
mod passphrase;
mod pool;
pub mod recovery;
pub mod roles;
mod sign_in;
mod step_up;
mod store;
#[cfg(test)]
mod tests;
mod tries;

pub use account::{Account, ensure};
pub use asks::Asks;
pub use browser::Browser;
pub use demo::open_for_demo;
pub use forget::{end_waiting, forget_browsers, forget_invitations, forget_old, forget_sign_ins, lapse_recoveries};
pub use invitation::{InvitationId, Invited, NotInvited, invite};
pub use mail_link::SignInLinkId;
pub use mails::renderers;
pub use named::named;
pub use next::Next;
pub use pool::set_cost;
pub use store::{addresses, by_email, find};

use access::Action::{KeepMyAccount, SignIn, StepUp};
use web::Routes;

pub(crate) fn routes() -> Routes {
    use pages::{codes, invitation, link, passkeys, security, sign_in, step_up};
    Routes::new()
        .get("/sign-in", SignIn, sign_in::show)
        .post("/sign-in", SignIn, sign_in::ask_for_link)
        .get("/sign-in/passphrase", SignIn, sign_in::to_form)
        .post("/sign-in/passphrase", SignIn, sign_in::by_passphrase)
        .post("/sign-in/passkey/question", SignIn, sign_in::passkey_question)
        .post("/sign-in/passkey", SignIn, sign_in::by_passkey)
        .get("/sign-in/link/{token}", SignIn, link::show)
        .post("/sign-in/link/{token}", SignIn, link::open)
        .get("/invitation/{token}", SignIn, invitation::show)
        .post("/invitation/{token}", SignIn, invitation::accept)
        .post("/sign-out", KeepMyAccount, security::sign_out)
        .get("/step-up", StepUp, step_up::show)
        .post("/step-up/passkey/question", StepUp, step_up::passkey_question)
        .post("/step-up/passkey", StepUp, step_up::by_passkey)
        .post("/step-up/passphrase", StepUp, step_up::by_passphrase)
        .get("/my/security", KeepMyAccount, security::show)
        .post("/my/security/passkeys/question", KeepMyAccount, passkeys::question)
        .post("/my/security/passkeys", KeepMyAccount, passkeys::add)
        .post("/my/security/passkeys/{id}", KeepMyAccount, passkeys::rename)
        .post("/my/security/passkeys/{id}/removal", KeepMyAccount, passkeys::remove)
        .post("/my/security/passphrase", KeepMyAccount, security::set_passphrase)
        .post("/my/security/codes/secret", KeepMyAccount, codes::begin)
        .get("/my/security/codes", KeepMyAccount, codes::show)
        .post("/my/security/codes", KeepMyAccount, codes::confirm)
        .post("/my/security/codes/removal", KeepMyAccount, codes::remove)
        .post("/my/security/sign-ins/{id}/end", KeepMyAccount, security::end_one)
        .post("/my/security/sign-ins/others/end", KeepMyAccount, security::end_others)
        .merge(recovery::routes())
        .merge(roles::routes())
}

//! The tables of accounts. Nobody else reads or writes them.

mod accounts;
mod credentials;
mod links;

pub(super) use accounts::{
    add_account, end_waiting, find_all, forget, forget_devices, knows_device, remember_device, save_tries, save_tries_of_all, tries,
    tries_of_all,
};
pub use accounts::{addresses, by_email, find};
pub(super) use credentials::{
    add_ceremony, add_passkey, code_secret, confirm_codes, credentials, passkey, passkeys, passkeys_of, passphrase, put_code_secret,
    put_passphrase, remove_codes, remove_passkey, rename_passkey, take_ceremony, take_step, used_passkey,
};
pub(super) use links::{
    accept_invitation, accepted_invitations, add_invitation, add_link, finish_invitation, forget_invitations, invitation, link, use_link,
    was_opened_by_invitation,
};

//! The cryptographic side of signing in: passkeys, passphrases, one-time codes, tokens and the delay after failures.
//!
//! Knows nothing of the portal: no database, no HTTP, no clock. Instants come in as microseconds since 1970 UTC.
//! Nothing secret is shown by `Debug`, and secrets are compared in constant time.

pub mod passkey;
pub mod passphrase;
pub mod sealed;
pub mod signed;
pub mod throttle;
pub mod token;
pub mod totp;

pub use passkey::{Passkey, Passkeys};
pub use passphrase::{Hasher, Passphrase, Weak};
pub use signed::{NotSigned, Signed};
pub use throttle::Tries;
pub use token::{Digest, Key, Token};
pub use totp::TotpSecret;

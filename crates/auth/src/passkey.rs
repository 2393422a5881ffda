//! Passkeys (WebAuthn), always discoverable and always with user verification, so that one touch is two factors.
//!
//! Each ceremony has two halves: an [`Ask`] for the browser with a state that stays at the server, and the browser's
//! answer. The state is serialisable; store it, use it once, and let it expire with [`LASTS`].

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use std::time::Duration;
use uuid::Uuid;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Url, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};
use webauthn_rs_proto::{AllowCredentials, AuthenticatorSelectionCriteria, ResidentKeyRequirement};

/// How long a ceremony's state is good.
pub const LASTS: Duration = Duration::from_mins(5);

/// Longer answers are refused unread.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// The portal as passkeys know it: one name, and the addresses at which it is reached.
pub struct Passkeys {
    webauthn: Webauthn,
}

/// A passkey as it is stored: public key, counter and flags; nothing secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Passkey(webauthn_rs::prelude::Passkey);

/// What the browser's `navigator.credentials` is called with, as JSON with its bytes in base64url.
#[derive(Clone, Debug)]
pub struct Ask(Value);

/// The state of a registration between ask and answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Registering(PasskeyRegistration);

/// The state of an authentication between ask and answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Authenticating(DiscoverableAuthentication);

/// A browser's answer to an authentication, read but not yet believed.
#[derive(Debug)]
pub struct Answer(PublicKeyCredential);

/// An authentication that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// Counter or backup flags of the passkey moved: store it again.
    pub changed: bool,
}

/// The portal's addresses do not go together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misconfigured {
    /// There is no address at all, or this one is none.
    #[error("{0:?} is no web address")]
    NoAddress(String),
    /// Passkeys of this name cannot be used at this address.
    #[error("{address:?} is not below {rp_id:?}")]
    NotBelow {
        /// The name.
        rp_id: String,
        /// The address that does not fit it.
        address: String,
    },
}

/// Why a ceremony is refused. The visitor is told to try again; the kind goes to the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotProven {
    /// The answer is no WebAuthn answer.
    #[error("the answer cannot be read")]
    Malformed,
    /// Answers another ask: an old page, or a replay.
    #[error("the answer belongs to another ask")]
    AnotherAsk,
    /// Made for another site.
    #[error("the answer was made for another site")]
    AnotherSite,
    /// The device did not check who holds it.
    #[error("the device did not verify its user")]
    NotVerified,
    /// The passkey is already registered to this account.
    #[error("the passkey is already registered")]
    AlreadyRegistered,
    /// Not the passkey it was compared with.
    #[error("another passkey")]
    AnotherPasskey,
    /// The counter went back: the passkey may have been copied.
    #[error("the passkey may have been copied")]
    MaybeCopied,
    /// The signature or anything else does not hold.
    #[error("the answer does not hold")]
    Untrue,
}

impl Passkeys {
    /// `rp_id` is the domain passkeys belong to, `addresses` the portal's origins, each at or below that domain.
    pub fn new(rp_id: &str, addresses: &[&str], name: &str) -> Result<Self, Misconfigured> {
        let urls = addresses
            .iter()
            .map(|address| Url::parse(address).map_err(|_| Misconfigured::NoAddress((*address).to_owned())))
            .collect::<Result<Vec<Url>, _>>()?;
        let not_below = |url: &Url| Misconfigured::NotBelow { rp_id: rp_id.to_owned(), address: url.to_string() };
        // The builder looks at the first address only; an unfitting further one would fail silently at every sign-in.
        if let Some(url) = urls.iter().find(|url| WebauthnBuilder::new(rp_id, url).is_err()) {
            return Err(not_below(url));
        }
        let (first, further) = urls.split_first().ok_or_else(|| Misconfigured::NoAddress(String::new()))?;
        let builder = WebauthnBuilder::new(rp_id, first).map_err(|_| not_below(first))?.rp_name(name).timeout(LASTS);
        let builder = further.iter().fold(builder, WebauthnBuilder::append_allowed_origin);
        Ok(Self { webauthn: builder.build().map_err(|_| not_below(first))? })
    }

    /// Asks for a new passkey for the account `owner`, which has `registered` ones already.
    pub fn register(
        &self,
        owner: Uuid,
        account: &str,
        display_name: &str,
        registered: &[Passkey],
    ) -> Result<(Ask, Registering), NotProven> {
        let exclude = registered.iter().map(|passkey| passkey.0.cred_id().clone()).collect();
        let (mut challenge, state) =
            self.webauthn.start_passkey_registration(owner, account, display_name, Some(exclude)).map_err(NotProven::from)?;
        // Signing in begins without an address, so the device must be able to find the passkey by itself.
        let selection = challenge.public_key.authenticator_selection.get_or_insert_with(AuthenticatorSelectionCriteria::default);
        selection.resident_key = Some(ResidentKeyRequirement::Required);
        selection.require_resident_key = true;
        Ok((Ask::of(&challenge.public_key), Registering(state)))
    }

    /// Reads the browser's answer to [`Passkeys::register`]. The caller makes sure that no account has this id yet.
    pub fn registered(&self, answer: &str, state: &Registering) -> Result<Passkey, NotProven> {
        let answer: RegisterPublicKeyCredential = read(answer)?;
        Ok(Passkey(self.webauthn.finish_passkey_registration(&answer, &state.0)?))
    }

    /// Asks for a passkey of anyone (`registered` empty: the sign-in page, from a button or from the address field's
    /// suggestions), or for one of these (confirming that it is still the same person).
    pub fn authenticate(&self, registered: &[Passkey]) -> Result<(Ask, Authenticating), NotProven> {
        let (mut challenge, state) = self.webauthn.start_discoverable_authentication()?;
        challenge.public_key.allow_credentials = registered
            .iter()
            .map(|passkey| AllowCredentials { type_: "public-key".to_owned(), id: passkey.id().to_vec(), transports: None })
            .collect();
        Ok((Ask::of(&challenge.public_key), Authenticating(state)))
    }

    /// Checks the answer against the passkey stored under [`Answer::passkey_id`], whose counter and flags move on.
    pub fn authenticated(&self, answer: &Answer, state: Authenticating, passkey: &mut Passkey) -> Result<Used, NotProven> {
        let key = DiscoverableKey::from(&passkey.0);
        let result = self.webauthn.finish_discoverable_authentication_v2(&answer.0, state.0, &key)?;
        if !result.user_verified() {
            return Err(NotProven::NotVerified);
        }
        passkey.0.update_credential(&result).map(|changed| Used { changed }).ok_or(NotProven::AnotherPasskey)
    }
}

impl fmt::Debug for Passkeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passkeys").field("addresses", &self.webauthn.get_allowed_origins()).finish()
    }
}

impl Passkey {
    /// The id by which the browser names it; unique among all accounts.
    pub fn id(&self) -> &[u8] {
        self.0.cred_id().as_ref()
    }
}

impl Ask {
    fn of(options: &impl Serialize) -> Self {
        Self(serde_json::to_value(options).expect("the options are plain data"))
    }

    /// The JSON for the page's script.
    pub fn json(&self) -> String {
        self.0.to_string()
    }
}

impl Answer {
    /// Reads the browser's answer to [`Passkeys::authenticate`].
    pub fn read(answer: &str) -> Result<Self, NotProven> {
        read(answer).map(Self)
    }

    /// Which passkey claims to have answered.
    pub fn passkey_id(&self) -> &[u8] {
        self.0.get_credential_id()
    }

    /// Which account it claims to belong to. Compare it with the stored passkey's account where it is there.
    pub fn owner(&self) -> Option<Uuid> {
        self.0.get_user_unique_id().and_then(|bytes| Uuid::from_slice(bytes).ok())
    }
}

impl From<WebauthnError> for NotProven {
    fn from(error: WebauthnError) -> Self {
        match error {
            WebauthnError::MismatchedChallenge => Self::AnotherAsk,
            WebauthnError::InvalidRPOrigin | WebauthnError::InvalidRPIDHash | WebauthnError::CredentialCrossOrigin => Self::AnotherSite,
            WebauthnError::UserNotPresent | WebauthnError::UserNotVerified => Self::NotVerified,
            WebauthnError::CredentialExcludedFromRequest | WebauthnError::CredentialAlreadyExists => Self::AlreadyRegistered,
            WebauthnError::CredentialNotFound => Self::AnotherPasskey,
            WebauthnError::CredentialPossibleCompromise => Self::MaybeCopied,
            WebauthnError::InvalidClientDataType
            | WebauthnError::ParseBase64Failure(_)
            | WebauthnError::ParseCBORFailure(_)
            | WebauthnError::ParseJSONFailure(_)
            | WebauthnError::ParseNOMFailure
            | WebauthnError::ParseInsufficientBytesAvailable => Self::Malformed,
            _ => Self::Untrue,
        }
    }
}

fn read<T: for<'a> Deserialize<'a>>(answer: &str) -> Result<T, NotProven> {
    if answer.len() > ANSWER_BYTES_MAX {
        return Err(NotProven::Malformed);
    }
    serde_json::from_str(answer).map_err(|_| NotProven::Malformed)
}

#[cfg(test)]
mod tests;

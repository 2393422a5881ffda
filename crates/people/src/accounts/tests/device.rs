//! A security key made of software, with one passkey.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::Uuid;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::site::ADDRESS;

const USER_PRESENT_AND_VERIFIED: u8 = 0x05;
const ATTESTED: u8 = 0x40;

pub(super) struct Device {
    key: SigningKey,
    id: Vec<u8>,
}

impl Device {
    pub(super) fn new(number: u8) -> Self {
        Self { key: SigningKey::from_slice(&[number; 32]).unwrap(), id: vec![number; 32] }
    }

    pub(super) fn registers(&self, ask: &Value) -> String {
        let point = self.key.verifying_key().to_sec1_point(false);
        let mut cose = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21];
        cose.extend(cbor_bytes(point.x().unwrap()));
        cose.push(0x22);
        cose.extend(cbor_bytes(point.y().unwrap()));

        let mut data = data(ask, "/rp/id", ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(cose);

        let mut attestation = vec![0xa3];
        attestation.extend([cbor_text("fmt"), cbor_text("none"), cbor_text("attStmt"), vec![0xa0], cbor_text("authData")].concat());
        attestation.extend(cbor_bytes(&data));
        self.answer(&json!({ "attestationObject": b64(&attestation), "clientDataJSON": b64(&client_data("webauthn.create", ask)) }))
    }

    pub(super) fn authenticates(&self, ask: &Value, owner: Uuid) -> String {
        let data = data(ask, "/rpId", 0);
        let client_data = client_data("webauthn.get", ask);
        let signature: Signature = self.key.sign(&[data.as_slice(), &Sha256::digest(&client_data)].concat());
        self.answer(&json!({
            "authenticatorData": b64(&data),
            "clientDataJSON": b64(&client_data),
            "signature": b64(signature.to_der().as_bytes()),
            "userHandle": b64(owner.as_bytes()),
        }))
    }

    fn answer(&self, response: &Value) -> String {
        json!({ "id": b64(&self.id), "rawId": b64(&self.id), "type": "public-key", "response": response, "clientExtensionResults": {} })
            .to_string()
    }
}

/// A counter that stays zero, as passkeys that are kept in a cloud have.
fn data(ask: &Value, rp_id: &str, more_flags: u8) -> Vec<u8> {
    let rp_id = ask.pointer(rp_id).unwrap().as_str().unwrap();
    [Sha256::digest(rp_id).as_slice(), &[USER_PRESENT_AND_VERIFIED | more_flags], &0_u32.to_be_bytes()].concat()
}

fn client_data(kind: &str, ask: &Value) -> Vec<u8> {
    json!({ "type": kind, "challenge": ask["challenge"], "origin": ADDRESS, "crossOrigin": false }).to_string().into_bytes()
}

fn b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn cbor_text(text: &str) -> Vec<u8> {
    [&[0x60 | u8::try_from(text.len()).unwrap()], text.as_bytes()].concat()
}

fn cbor_bytes(bytes: &[u8]) -> Vec<u8> {
    [&[0x58, u8::try_from(bytes.len()).unwrap()], bytes].concat()
}

//! Both ceremonies, answered by a device made of software.

use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;
use sha2::{Digest as _, Sha256};

const ADDRESS: &str = "http://localhost:8080";
const OWNER: Uuid = Uuid::from_u128(7);

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// A security key with one passkey. Its fields can be set to lie.
struct Device {
    key: SigningKey,
    id: Vec<u8>,
    address: &'static str,
    flags: u8,
    counter: u32,
}

impl Device {
    fn new() -> Self {
        let key = SigningKey::from_slice(&[7; 32]).unwrap();
        Self { key, id: vec![42; 32], address: ADDRESS, flags: USER_PRESENT | USER_VERIFIED, counter: 1 }
    }

    fn registers(&self, ask: &Ask) -> String {
        let point = self.key.verifying_key().to_sec1_point(false);
        let mut cose = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21];
        cose.extend(cbor_bytes(point.x().unwrap()));
        cose.push(0x22);
        cose.extend(cbor_bytes(point.y().unwrap()));

        let mut data = self.data(ask, "/rp/id", ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(cose);

        let mut attestation = vec![0xa3];
        attestation.extend([cbor_text("fmt"), cbor_text("none"), cbor_text("attStmt"), vec![0xa0], cbor_text("authData")].concat());
        attestation.extend(cbor_bytes(&data));
        let response = json!({ "attestationObject": b64(&attestation), "clientDataJSON": b64(&self.client_data("webauthn.create", ask)) });
        self.answer(&response)
    }

    fn authenticates(&self, ask: &Ask) -> String {
        let data = self.data(ask, "/rpId", 0);
        let client_data = self.client_data("webauthn.get", ask);
        let signature: Signature = self.key.sign(&[data.as_slice(), &Sha256::digest(&client_data)].concat());
        let response = json!({
            "authenticatorData": b64(&data),
            "clientDataJSON": b64(&client_data),
            "signature": b64(signature.to_der().as_bytes()),
            "userHandle": b64(OWNER.as_bytes()),
        });
        self.answer(&response)
    }

    fn data(&self, ask: &Ask, rp_id: &str, more_flags: u8) -> Vec<u8> {
        let rp_id = ask.0.pointer(rp_id).unwrap().as_str().unwrap();
        [Sha256::digest(rp_id).as_slice(), &[self.flags | more_flags], &self.counter.to_be_bytes()].concat()
    }

    fn client_data(&self, kind: &str, ask: &Ask) -> Vec<u8> {
        json!({ "type": kind, "challenge": ask.0["challenge"], "origin": self.address, "crossOrigin": false }).to_string().into_bytes()
    }

    fn answer(&self, response: &Value) -> String {
        json!({ "id": b64(&self.id), "rawId": b64(&self.id), "type": "public-key", "response": response, "clientExtensionResults": {} })
            .to_string()
    }
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

fn portal() -> Passkeys {
    Passkeys::new("localhost", &[ADDRESS, "http://www.localhost:8080"], "MIST").unwrap()
}

fn registration_by(device: &Device) -> Result<Passkey, NotProven> {
    let (ask, state) = portal().register(OWNER, "taro@example.jp", "見本 太郎", &[]).unwrap();
    portal().registered(&device.registers(&ask), &kept(&state))
}

fn authentication_by(device: &Device, passkey: &mut Passkey) -> Result<Used, NotProven> {
    let (ask, state) = portal().authenticate(&[]).unwrap();
    let answer = Answer::read(&device.authenticates(&ask)).unwrap();
    portal().authenticated(&answer, kept(&state), passkey)
}

/// What comes back after a stay in the database.
fn kept<T: Serialize + for<'a> Deserialize<'a>>(state: &T) -> T {
    serde_json::from_value(serde_json::to_value(state).unwrap()).unwrap()
}

#[test]
fn a_registered_passkey_signs_in_and_its_counter_moves_on() {
    let mut device = Device::new();
    let mut passkey = kept(&registration_by(&device).unwrap());
    assert_eq!(passkey.id(), device.id);
    device.counter = 2;
    assert_eq!(authentication_by(&device, &mut passkey), Ok(Used { changed: true }));
    assert_eq!(authentication_by(&device, &mut passkey), Err(NotProven::MaybeCopied), "the counter stood still");
    device.address = "http://www.localhost:8080";
    device.counter = 3;
    assert_eq!(authentication_by(&device, &mut passkey), Ok(Used { changed: true }), "at the other address too");
}

#[test]
fn a_device_that_counts_nothing_needs_no_update() {
    let mut device = Device::new();
    device.counter = 0;
    let mut passkey = registration_by(&device).unwrap();
    assert_eq!(authentication_by(&device, &mut passkey), Ok(Used { changed: false }));
}

#[test]
fn the_ask_wants_a_discoverable_passkey_and_a_verified_user() {
    let known = registration_by(&Device::new()).unwrap();
    let (ask, _) = portal().register(OWNER, "taro@example.jp", "見本 太郎", std::slice::from_ref(&known)).unwrap();
    assert_eq!(ask.0["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(ask.0["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(ask.0["excludeCredentials"][0]["id"], b64(known.id()).as_str());

    let (anyone, _) = portal().authenticate(&[]).unwrap();
    assert_eq!(anyone.0["allowCredentials"], json!([]));
    assert_eq!(anyone.0["userVerification"], "required");
    let (owner, _) = portal().authenticate(std::slice::from_ref(&known)).unwrap();
    assert_eq!(owner.0["allowCredentials"][0]["id"], b64(known.id()).as_str());
    assert_ne!(anyone.0["challenge"], owner.0["challenge"]);
}

#[test]
fn the_answer_names_passkey_and_owner() {
    let device = Device::new();
    let (ask, _) = portal().authenticate(&[]).unwrap();
    let answer = Answer::read(&device.authenticates(&ask)).unwrap();
    assert_eq!(answer.passkey_id(), device.id);
    assert_eq!(answer.owner(), Some(OWNER));
}

#[test]
fn an_answer_to_an_earlier_ask_is_refused() {
    let device = Device::new();
    let mut passkey = registration_by(&device).unwrap();
    let (earlier, _) = portal().authenticate(&[]).unwrap();
    let (_, state) = portal().authenticate(&[]).unwrap();
    let answer = Answer::read(&device.authenticates(&earlier)).unwrap();
    assert_eq!(portal().authenticated(&answer, state, &mut passkey), Err(NotProven::AnotherAsk));

    let (earlier, _) = portal().register(OWNER, "taro@example.jp", "見本 太郎", &[]).unwrap();
    let (_, state) = portal().register(OWNER, "taro@example.jp", "見本 太郎", &[]).unwrap();
    assert_eq!(portal().registered(&device.registers(&earlier), &state).err(), Some(NotProven::AnotherAsk));
}

#[test]
fn an_answer_made_for_another_site_is_refused() {
    let mut device = Device::new();
    let mut passkey = registration_by(&device).unwrap();
    for elsewhere in ["http://localhost:9090", "https://localhost:8080", "http://evil.localhost:8080", "https://example.com"] {
        device.address = elsewhere;
        assert_eq!(registration_by(&device).err(), Some(NotProven::AnotherSite), "{elsewhere}");
        assert_eq!(authentication_by(&device, &mut passkey), Err(NotProven::AnotherSite), "{elsewhere}");
    }
}

#[test]
fn a_device_that_did_not_verify_its_user_is_refused() {
    let mut device = Device::new();
    let mut passkey = registration_by(&device).unwrap();
    device.flags = USER_PRESENT;
    device.counter = 2;
    assert_eq!(registration_by(&device).err(), Some(NotProven::NotVerified));
    assert_eq!(authentication_by(&device, &mut passkey), Err(NotProven::NotVerified));
}

#[test]
fn another_key_or_another_passkey_is_refused() {
    let mut device = Device::new();
    let mut passkey = registration_by(&device).unwrap();
    device.counter = 2;
    device.key = SigningKey::from_slice(&[8; 32]).unwrap();
    assert_eq!(authentication_by(&device, &mut passkey), Err(NotProven::Untrue));
    device.id = vec![43; 32];
    assert_eq!(authentication_by(&device, &mut passkey), Err(NotProven::AnotherPasskey));
}

#[test]
fn nonsense_is_refused() {
    let (_, state) = portal().register(OWNER, "taro@example.jp", "見本 太郎", &[]).unwrap();
    for nonsense in ["", "{}", "null", "[[[[", r#"{"id":"x","rawId":"!","type":"public-key","response":{}}"#, &" ".repeat(70_000)] {
        assert_eq!(portal().registered(nonsense, &state).err(), Some(NotProven::Malformed));
        assert_eq!(Answer::read(nonsense).err(), Some(NotProven::Malformed));
    }
}

#[test]
fn every_address_must_be_below_the_name() {
    let refused = |addresses: &[&str]| Passkeys::new("mist.example.jp", addresses, "MIST").err();
    assert_eq!(refused(&["https://mist.example.jp", "https://www.mist.example.jp"]), None);
    assert_eq!(refused(&[]), Some(Misconfigured::NoAddress(String::new())));
    assert_eq!(refused(&["mist"]), Some(Misconfigured::NoAddress("mist".into())));
    let elsewhere = Misconfigured::NotBelow { rp_id: "mist.example.jp".into(), address: "https://other.example.jp/".into() };
    assert_eq!(refused(&["https://mist.example.jp", "https://other.example.jp"]), Some(elsewhere));
}

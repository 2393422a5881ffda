//! The certificate as an Open Badge 3.0: a credential signed by the portal's own key, and the lists of those that count no more.
//!
//! Signed as a JWT (Ed25519), so that nothing has to be brought into a canonical form. The key is derived from the master key and so
//! lies outside the database; the issuer is the portal's host (`did:web`).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use flate2::{Compression, GzBuilder};
use kernel::Timestamp;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};
use std::io::Write as _;
use web::Portal;

use super::certificate::{Certificate, Kind};
use crate::trainings::programme::CourseId;
use crate::trainings::session::SessionId;

/// Places in one list: the least that the standard allows, so that nobody stands out.
pub const PLACES: i64 = 131_072;

/// The portal as an issuer of badges.
pub struct Issuer {
    key: Ed25519KeyPair,
    base: String,
    name: String,
}

impl Issuer {
    /// The issuer that this portal is.
    pub fn of(portal: &Portal) -> Self {
        let seed = portal.keys.mac("badge-issuer", &[]);
        let key = Ed25519KeyPair::from_seed_unchecked(&seed).expect("a seed of Ed25519 is any 32 bytes");
        Self { key, base: portal.site.base_url.clone(), name: portal.settings().get("certificate.issuer").to_owned() }
    }

    /// `did:web:mist.example.jp`
    pub fn id(&self) -> String {
        let host = self.base.split_once("://").map_or(self.base.as_str(), |(_, host)| host);
        format!("did:web:{}", host.replace(':', "%3A"))
    }

    fn key_id(&self) -> String {
        format!("{}#key-1", self.id())
    }

    fn jwk(&self) -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": self.key_id(), "x": B64.encode(self.key.public_key().as_ref()) })
    }

    /// The keys, as a set.
    pub fn keys(&self) -> Value {
        json!({ "keys": [self.jwk()] })
    }

    /// The document behind the issuer's id.
    pub fn did_document(&self) -> Value {
        let mut jwk = self.jwk();
        if let Some(fields) = jwk.as_object_mut() {
            fields.remove("use");
        }
        json!({
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1"],
            "id": self.id(),
            "verificationMethod": [{ "id": self.key_id(), "type": "JsonWebKey2020", "controller": self.id(), "publicKeyJwk": jwk }],
            "assertionMethod": [self.key_id()],
        })
    }

    /// Who gives the badges.
    pub fn profile(&self) -> Value {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": self.id(), "type": ["Profile"], "name": self.name, "url": self.base,
        })
    }

    /// The badge of a certificate, signed.
    pub fn badge(&self, certificate: &Certificate) -> String {
        let (list, place) = (certificate.slot / PLACES, certificate.slot % PLACES);
        let address = format!("{}/verify/{}", self.base, certificate.code);
        let achieved = achieved(certificate);
        let course = certificate.printed.facts.first().map_or("", |(_, value)| value.as_str());
        let credential = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": address,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": format!("{} {course}", certificate.printed.title),
            "issuer": { "id": self.id(), "type": ["Profile"], "name": self.name, "url": self.base },
            "validFrom": certificate.issued_at.rfc3339(),
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "identifier": [{ "type": "IdentityObject", "identityType": "name", "hashed": false, "identityHash": certificate.printed.name.replace('　', " ") }],
                "achievement": {
                    "id": format!("{}/badges/achievements/{}/{}", self.base, certificate.kind.id(), achieved),
                    "type": ["Achievement"],
                    "name": course,
                    "description": certificate.printed.statement.concat(),
                    "criteria": { "narrative": certificate.printed.facts.iter().map(|(term, value)| format!("{term}: {value}")).collect::<Vec<_>>().join("\n") },
                },
            },
            "credentialStatus": {
                "id": format!("{}/badges/status/{list}#{place}", self.base),
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": place.to_string(),
                "statusListCredential": format!("{}/badges/status/{list}", self.base),
            },
        });
        self.signed(credential, certificate.issued_at)
    }

    /// A list of those that count no more, signed: one bit for each place.
    pub fn status_list(&self, list: i64, ended: &[i64], now: Timestamp) -> String {
        let mut bits = vec![0_u8; usize::try_from(PLACES / 8).unwrap_or_default()];
        for slot in ended {
            let place = slot % PLACES;
            if let Some(byte) = usize::try_from(place / 8).ok().and_then(|at| bits.get_mut(at)) {
                *byte |= 0x80 >> (place % 8);
            }
        }
        let address = format!("{}/badges/status/{list}", self.base);
        let credential = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": address,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.id(),
            "validFrom": now.rfc3339(),
            "credentialSubject": {
                "id": format!("{address}#list"), "type": "BitstringStatusList", "statusPurpose": "revocation",
                "encodedList": format!("u{}", B64.encode(zipped(&bits))),
            },
        });
        self.signed(credential, now)
    }

    fn signed(&self, mut credential: Value, at: Timestamp) -> String {
        let header = json!({ "alg": "EdDSA", "typ": "JWT", "kid": self.key_id() });
        if let Some(claims) = credential.as_object_mut() {
            let id = claims.get("id").cloned().unwrap_or_default();
            claims.insert("iss".into(), self.id().into());
            claims.insert("jti".into(), id.clone());
            claims.insert("nbf".into(), (at.as_micros() / 1_000_000).into());
            claims.insert("sub".into(), id);
        }
        let text = format!("{}.{}", B64.encode(header.to_string()), B64.encode(credential.to_string()));
        let signature = self.key.sign(text.as_bytes());
        format!("{text}.{}", B64.encode(signature.as_ref()))
    }
}

/// What the same achievement of several people is called: the session, the series, or the course of e-learning.
fn achieved(certificate: &Certificate) -> String {
    let trained = certificate.session.map(SessionId::uuid).or(certificate.course.map(CourseId::uuid));
    match (certificate.kind, trained) {
        (Kind::Session | Kind::Series, Some(id)) => id.to_string(),
        // `R8-LB-000142` is the number of one who has completed the course `R8-LB`.
        _ => certificate.number.rsplit_once('-').map_or("", |(course, _)| course).to_owned(),
    }
}

fn zipped(bits: &[u8]) -> Vec<u8> {
    let mut out = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    let written = out.write_all(bits).and_then(|()| out.finish());
    written.expect("memory takes what is written")
}

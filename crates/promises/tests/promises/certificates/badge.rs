//! The digital credential says what the paper says, is signed, and its list says when it counts no more.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use both_engines::both_engines;
use http::StatusCode;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::Value;

use super::{application_of, certified, did_not_attend};
use crate::site::Site;

/// The claims of a JWT that one of the published keys has signed.
async fn opened(site: &Site, path: &str) -> Value {
    let answer = site.get(path).await;
    let jwt = answer.is(StatusCode::OK).body();
    let (text, signature) = jwt.rsplit_once('.').expect("a signature");
    let keys = site.get("/badges/keys").await.json();
    let key = B64.decode(keys["keys"][0]["x"].as_str().expect("a key")).expect("base64url");
    let signature = B64.decode(signature).expect("base64url");
    UnparsedPublicKey::new(&ED25519, key).verify(text.as_bytes(), &signature).expect("it is signed by the portal's key");
    let claims = text.split_once('.').expect("a header").1;
    serde_json::from_slice(&B64.decode(claims).expect("base64url")).expect("JSON")
}

#[both_engines]
async fn a_badge_is_signed_and_its_place_in_the_list_is_set_when_it_ends(site: Site) {
    let (takako, _, letter) = certified(&site, "例示 髙子").await;
    let path = letter.link("/verify/");
    let badge = opened(&site, &format!("{path}/badge")).await;
    assert_eq!(badge["iss"], "did:web:mist.example.jp");
    assert_eq!(badge["credentialSubject"]["identifier"][0]["identityHash"], "例示 髙子");
    assert_eq!(badge["credentialStatus"]["statusListIndex"], "0");
    let before = opened(&site, "/badges/status/0").await;
    did_not_attend(&site, application_of(&takako)).await;
    let after = opened(&site, "/badges/status/0").await;
    assert_ne!(before["credentialSubject"]["encodedList"], after["credentialSubject"]["encodedList"]);
    site.get("/badges/status/1").await.is(StatusCode::NOT_FOUND);
    site.get("/verify/111111111111/badge").await.is(StatusCode::NOT_FOUND);
    let did = site.get("/.well-known/did.json").await.json();
    assert_eq!(did["verificationMethod"][0]["id"], "did:web:mist.example.jp#key-1");
}

//! `vectors/ours.json` says what this crate makes of given randomness, `vectors/browser.json` what the browser's scripts made; both are
//! read by the other side too. The first is written anew by `MIST_WRITE_VECTORS=1 cargo test -p vault tests::what_is_made`.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::frames::{FRAME_BYTES, Opener, Sealer};
use crate::kdf::derive;
use crate::suite::{Agreement, NONCE, encrypt_under};
use crate::{Code, Cost, Place, PublicKey, Salt, SecretKey, Visit, seal, shares, unwrap_from, wrap};

const OURS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/ours.json");
const BROWSERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/browser.json");

const CASE: Uuid = Uuid::from_u128(0x0193_6c1e_8f00_7000_8000_0000_0000_0001);
const ROW: Uuid = Uuid::from_u128(0x0193_6c1e_8f00_7000_8000_0000_0000_0002);
const TEXT: &str = "電子カルテが開けません。見本 太郎、000-0000-0000";

fn key(byte: u8) -> SecretKey {
    SecretKey::from_bytes(&[byte; 32]).unwrap()
}

fn place() -> Place {
    Place { case: CASE, table: "case_entries", row: ROW, column: "sealed" }
}

fn ours() -> Value {
    let (case_key, group, ephemeral, nonce) = (key(1), key(2), key(3), [4; NONCE]);
    let agreement = Agreement::by(&ephemeral, &case_key.public());
    let sealed = seal::seal_by(&agreement, &place(), TEXT.as_bytes());
    let wrapped = wrap::wrap_by(&Agreement::by(&ephemeral, &group.public()), CASE, ROW, &case_key);
    let code = Code::of(0x1234_5678_9abc_def0);
    let salt = Salt::from_bytes([5; 16]);
    let under = |key: &_, label: &[u8], holder| {
        let about = wrap::about(label, CASE, holder);
        [&[crate::suite::VERSION], encrypt_under(key, &nonce, &about, case_key.expose()).as_slice()].concat()
    };
    let code_key = derive(Cost::CHEAP, &code.phrase(), &salt).unwrap();
    let visit = Visit::from_cookie("BgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgY").unwrap();
    let (sealer, header) = Sealer::by(&agreement, CASE, ROW);
    let frame = |index, is_last, plain: &[u8]| hex::encode(Sha256::digest(sealer.frame_under(&nonce, index, is_last, plain)));
    let [one, two, three] = shares::split_by(&group, &[7; 32]).map(|share| share.words().join(" "));
    json!({
        "case": CASE, "row": ROW, "table": place().table, "column": place().column,
        "secret": hex::encode(case_key.expose()), "public": hex::encode(case_key.public().as_bytes()),
        "group": { "secret": hex::encode(group.expose()), "public": hex::encode(group.public().as_bytes()) },
        "ephemeral": hex::encode(ephemeral.expose()), "nonce": hex::encode(nonce), "text": TEXT,
        "sealed": hex::encode(sealed),
        "wrap": hex::encode(wrapped),
        "code": { "words": code.words().join(" "), "salt": hex::encode(salt.as_bytes()), "memory_kibibytes": 8, "passes": 1,
                  "key": hex::encode(*code_key), "wrap": hex::encode(under(&code_key, b"mist/code/1", CASE)) },
        "visit": { "cookie": visit.to_cookie(), "id": visit.id(), "wrap": hex::encode(under(&visit.key(), b"mist/visit/1", visit.id())) },
        "file": { "header": hex::encode(header), "frames_sha256": [frame(0, false, &[8; FRAME_BYTES]), frame(1, true, TEXT.as_bytes())] },
        "shares": [one, two, three],
    })
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().expect("a text of bytes")).unwrap()
}

#[test]
fn what_is_made_today_is_what_was_written_down() {
    let made = ours();
    if std::env::var_os("MIST_WRITE_VECTORS").is_some() {
        std::fs::write(OURS, format!("{made:#}\n")).unwrap();
    }
    let written: Value = serde_json::from_str(&std::fs::read_to_string(OURS).unwrap()).unwrap();
    assert_eq!(made, written);
}

#[test]
fn what_was_written_down_opens() {
    let written: Value = serde_json::from_str(&std::fs::read_to_string(OURS).unwrap()).unwrap();
    let case_key = SecretKey::from_bytes(&bytes(&written["secret"])).unwrap();
    assert_eq!(crate::open(&case_key, &place(), &bytes(&written["sealed"])).unwrap().as_slice(), TEXT.as_bytes());
    assert_eq!(unwrap_from(&key(2), CASE, ROW, &bytes(&written["wrap"])).unwrap().expose(), case_key.expose());
    let visit = Visit::from_cookie(written["visit"]["cookie"].as_str().unwrap()).unwrap();
    assert_eq!(visit.unwrap(CASE, &bytes(&written["visit"]["wrap"])).unwrap().expose(), case_key.expose());
    assert!(Opener::new(&case_key, CASE, ROW, &bytes(&written["file"]["header"])).is_ok());
    let share = |at: usize| shares::Share::parse(written["shares"][at].as_str().unwrap()).unwrap();
    assert_eq!(shares::join(&share(2), &share(0)).unwrap().expose(), key(2).expose());
}

#[tokio::test]
async fn the_words_that_were_written_down_open() {
    let written: Value = serde_json::from_str(&std::fs::read_to_string(OURS).unwrap()).unwrap();
    let code = Code::parse(written["code"]["words"].as_str().unwrap()).unwrap();
    let salt = Salt::try_from(bytes(&written["code"]["salt"]).as_slice()).unwrap();
    let kdf = crate::Kdf::new(Cost::CHEAP);
    let seat = kdf.seat(crate::Guest::Stranger([0; 32])).unwrap();
    let opened = kdf.unwrap(seat, &code, &salt, CASE, &bytes(&written["code"]["wrap"])).await;
    assert_eq!(opened.unwrap().expose(), &[1; 32]);
}

#[test]
fn what_a_browser_made_opens_here() {
    let made: Value = serde_json::from_str(&std::fs::read_to_string(BROWSERS).unwrap()).unwrap();
    let case_key = SecretKey::from_bytes(&bytes(&made["secret"])).unwrap();
    let group = SecretKey::from_bytes(&bytes(&made["group"]["secret"])).unwrap();
    let id = |value: &Value| value.as_str().unwrap().parse::<Uuid>().unwrap();
    let (case, row) = (id(&made["case"]), id(&made["row"]));
    assert_eq!(hex::encode(group.public().as_bytes()), made["group"]["public"].as_str().unwrap());
    assert_eq!(unwrap_from(&group, case, row, &bytes(&made["wrap"])).unwrap().expose(), case_key.expose());
    let place = Place { case, row, ..place() };
    assert_eq!(crate::open(&case_key, &place, &bytes(&made["sealed"])).unwrap().as_slice(), made["text"].as_str().unwrap().as_bytes());
    let share = |at: usize| shares::Share::parse(made["shares"][at].as_str().unwrap()).unwrap();
    for (one, other) in [(0, 1), (1, 2), (2, 0)] {
        assert_eq!(shares::join(&share(one), &share(other)).unwrap().expose(), group.expose());
    }
    assert!(PublicKey::try_from(bytes(&made["group"]["public"]).as_slice()).unwrap().is_sound());
}

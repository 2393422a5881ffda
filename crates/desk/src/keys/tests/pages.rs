//! The pages of the keys through the front door, with a browser that does what the scripts do.

use access::{Role, Standing, set_standing};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use both_engines::both_engines;
use db::sql;
use kernel::Uuid;
use serde_json::{Value, json};
use vault::SecretKey;

use crate::testing::{Browser, Site};

const LEAD: &str = "lead@example.jp";
const RESPONDER: &str = "responder@example.jp";

/// What stands between two marks of a page.
fn between<'p>(page: &'p str, before: &str, after: &str) -> &'p str {
    page.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map_or("", |(found, _)| found)
}

/// The member's key as the page gives it to the script.
fn own(page: &str) -> Value {
    let content = between(page, "<meta name=\"desk-key\" content=\"", "\">").replace("&#34;", "\"");
    serde_json::from_str(&content).unwrap_or(Value::Null)
}

/// Makes a key as `desk-keys.js` does.
async fn makes_key(browser: &mut Browser<'_>) -> SecretKey {
    let page = browser.get("/desk/keys/mine").await.body;
    let secret = SecretKey::generate();
    let made = json!({
        "id": between(&page, "data-member=\"", "\""), "public_key": STANDARD.encode(secret.public().as_bytes()), "way": "passphrase",
        "salt": STANDARD.encode([1; 16]), "memory": 65_536, "passes": 3, "credential": null, "wrap": STANDARD.encode([1; 73]),
    });
    let answer = browser.post("/desk/keys/mine", &[("made", &made.to_string())]).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "{}"));
    secret
}

/// Begins an epoch for everybody on the page, as `desk-keys.js` does; what the server answers.
async fn begins(browser: &mut Browser<'_>) -> String {
    let page = browser.get("/desk/keys/epoch").await.body;
    let (id, group) = (between(&page, "data-next-id=\"", "\"").to_owned(), SecretKey::generate());
    let wraps: Vec<Value> = page
        .split("data-holder=\"")
        .skip(1)
        .map(|rest| {
            let (member, key) = (rest.split('"').next().expect("an id"), between(rest, "data-public=\"", "\""));
            let public = vault::PublicKey::try_from(STANDARD.decode(key).expect("base64").as_slice()).expect("a key");
            let (epoch, holder): (Uuid, Uuid) = (id.parse().expect("an id"), member.parse().expect("an id"));
            json!({ "member": member, "wrap": STANDARD.encode(vault::wrap_for(&public, epoch, holder, &group)) })
        })
        .collect();
    let seen = between(&page, "data-seen=\"", "\"");
    let seen = if seen.is_empty() { Value::Null } else { json!(seen) };
    let made = json!({ "id": id, "seen": seen, "public_key": STANDARD.encode(group.public().as_bytes()), "wraps": wraps });
    browser.post("/desk/keys/epoch", &[("made", &made.to_string())]).await.body
}

#[both_engines]
async fn a_lead_is_told_what_to_do_until_the_keys_stand(site: Site) {
    let mut lead = site.signed_in(LEAD, Role::DeskLead).await;
    let page = lead.get("/desk/keys").await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("当番グループの鍵がまだありません") && page.body.contains("非常用の鍵がまだありません"));
    assert!(lead.get("/desk/keys/epoch").await.body.contains("先に自分の鍵を作ってください"), "nobody could open what they begin");
    makes_key(&mut lead).await;
    assert_eq!(begins(&mut lead).await, "{}");
    let page = lead.get("/desk/keys").await.body;
    assert!(page.contains("第1期") && page.contains("持っている") && !page.contains("当番グループの鍵がまだありません"), "{page}");
    let key = own(&page);
    assert_eq!((key["ways"].as_array().map(Vec::len), key["epochs"].as_array().map(Vec::len)), (Some(1), Some(1)));
    for path in ["/desk/keys/glass", "/desk/keys/emergency", "/desk/keys/deletion"] {
        assert_eq!(lead.get(path).await.status, 200, "{path}");
    }
    assert_eq!(lead.get("/en/desk/keys").await.status, 200);
}

#[both_engines]
async fn a_responder_sees_how_the_keys_stand_and_decides_nothing(site: Site) {
    let mut responder = site.signed_in(RESPONDER, Role::Responder).await;
    let page = responder.get("/desk/keys").await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("/desk/keys/epoch") && page.body.contains("自分の鍵を作る"), "{}", page.body);
    makes_key(&mut responder).await;
    for path in ["/desk/keys/epoch", "/desk/keys/cases", "/desk/keys/glass", "/desk/keys/emergency", "/desk/keys/deletion"] {
        assert_eq!(responder.get(path).await.status, 404, "{path}");
        assert_eq!(responder.post(path, &[("made", "{}")]).await.status, 404, "{path}");
    }
    assert_eq!(site.browser().get("/desk/keys").await.status, 303, "nobody is led to sign in");
    let mut operator = site.signed_in("operator@example.jp", Role::Operator).await;
    assert_eq!(operator.get("/desk/keys").await.status, 404, "whoever runs the machine holds no keys");
}

#[both_engines]
async fn no_page_opens_to_a_suspended_member_and_the_lead_sees_them(site: Site) {
    let mut lead = site.signed_in(LEAD, Role::DeskLead).await;
    let mut responder = site.signed_in(RESPONDER, Role::Responder).await;
    makes_key(&mut lead).await;
    makes_key(&mut responder).await;
    assert_eq!(begins(&mut lead).await, "{}");
    assert_eq!(own(&responder.get("/desk/keys").await.body)["epochs"].as_array().map(Vec::len), Some(1));
    let account: access::AccountId = site.one(sql!("SELECT id FROM accounts WHERE email = 'responder@example.jp'")).await;
    site.write(async move |tx, now| set_standing(tx, account, Role::Responder, None, Standing::Suspended, now).await.map(|_| ())).await;
    for path in ["/desk/keys", "/desk/keys/mine"] {
        assert_eq!(responder.get(path).await.status, 404, "{path}");
    }
    let page = lead.get("/desk/keys").await.body;
    assert!(page.contains("役割が終わった。作り直しが必要"), "{page}");
    let page = lead.get("/desk/keys/epoch").await.body;
    assert!(page.contains("次の方は、鍵を失います") && page.contains(RESPONDER));
    assert_eq!(begins(&mut lead).await, "{}");
    assert!(!lead.get("/desk/keys").await.body.contains(RESPONDER));
}

#[both_engines]
async fn what_is_sent_twice_or_for_another_roster_changes_nothing(site: Site) {
    let mut lead = site.signed_in(LEAD, Role::DeskLead).await;
    makes_key(&mut lead).await;
    assert_eq!(begins(&mut lead).await, "{}");
    let stale = json!({ "id": Uuid::from_u128(7), "seen": null, "public_key": STANDARD.encode(SecretKey::generate().public().as_bytes()),
                        "wraps": [] });
    let answer = lead.post("/desk/keys/epoch", &[("made", &stale.to_string())]).await;
    assert!(answer.status == 200 && answer.body.contains("何も変わっていません"), "{}", answer.body);
    assert_eq!(lead.post("/desk/keys/epoch", &[("made", "nonsense")]).await.status, 400);
    let epochs: i64 = site.one(sql!("SELECT count(*) FROM desk_epochs")).await;
    assert_eq!(epochs, 1);
}

#[both_engines]
async fn the_emergency_form_says_what_is_wrong_with_it(site: Site) {
    let mut lead = site.signed_in(LEAD, Role::DeskLead).await;
    for (number, reason, words) in [
        ("2026", "試験", "11桁で"),
        ("2026-000123-8", "試験", "この番号の事案はありません"),
        ("2026-000123-8", "", "理由を書いてください"),
    ] {
        let answer = lead.post("/desk/keys/emergency", &[("number", number), ("reason", reason)]).await;
        assert!(answer.status == 422 && answer.body.contains(words), "{number}: {}", answer.body);
    }
    let wrong = lead.post("/desk/keys/deletion", &[("number", "1"), ("again", "1"), ("reason", "試験")]).await;
    assert!(wrong.status == 422 && wrong.body.contains("11桁で"));
    assert_eq!(lead.get("/desk/keys/emergency/00000000-0000-0000-0000-000000000007").await.status, 404);
}

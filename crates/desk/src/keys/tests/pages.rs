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
    for (number, reason, words) in
        [("2026", "試験", "11桁で"), ("2026-000123-8", "試験", "この番号の事案はありません"), ("2026-000123-8", "", "理由を書いてください")]
    {
        let answer = lead.post("/desk/keys/emergency", &[("number", number), ("reason", reason)]).await;
        assert!(answer.status == 422 && answer.body.contains(words), "{number}: {}", answer.body);
    }
    let wrong = lead.post("/desk/keys/deletion", &[("number", "1"), ("again", "1"), ("reason", "試験")]).await;
    assert!(wrong.status == 422 && wrong.body.contains("11桁で"));
    assert_eq!(lead.get("/desk/keys/emergency/00000000-0000-0000-0000-000000000007").await.status, 404);
}

/// What a script was answered.
fn answered(body: &str) -> Value {
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {body}"))
}

fn bytes(value: &Value) -> Vec<u8> {
    STANDARD.decode(value.as_str().expect("a text")).expect("base64")
}

fn id(value: &Value) -> Uuid {
    value.as_str().expect("a text").parse().expect("an id")
}

/// The key of the case in this row, opened as `member.js` does it: by the member's key, and by that of an epoch.
async fn case_key(browser: &mut Browser<'_>, secret: &SecretKey, epochs: &Value, row: &Value, epoch: &Value) -> Option<SecretKey> {
    let member = id(&own(&browser.get("/desk/keys").await.body)["member"]);
    let wrapped = epochs.as_array()?.iter().find(|wrapped| wrapped["epoch"] == *epoch)?;
    let group = vault::unwrap_from(secret, id(epoch), member, &bytes(&wrapped["wrap"])).ok()?;
    vault::unwrap_from(&group, id(&row["case"]), id(epoch), &bytes(&row["wrap"])).ok()
}

#[both_engines]
async fn what_a_lead_wraps_anew_is_opened_by_another_before_the_former_key_goes(site: Site) {
    let (mut lead, mut responder) = (site.signed_in(LEAD, Role::DeskLead).await, site.signed_in(RESPONDER, Role::Responder).await);
    let (leads, theirs) = (makes_key(&mut lead).await, makes_key(&mut responder).await);
    assert_eq!(begins(&mut lead).await, "{}");
    let reported = site.browser().reports("slower").await;
    assert_eq!(begins(&mut lead).await, "{}");

    let batch = answered(&lead.get("/desk/keys/cases").await.body);
    let row = &batch["cases"][0];
    assert_eq!(id(&row["case"]), reported.case);
    let key = case_key(&mut lead, &leads, &batch["epochs"], row, &row["epoch"]).await.expect("the lead holds the former key");
    let public = vault::PublicKey::try_from(bytes(&batch["public_key"]).as_slice()).expect("a key");
    let wrap = vault::wrap_for(&public, reported.case, id(&batch["epoch"]), &key);
    let made = json!([{ "case": row["case"], "from": row["epoch"], "wrap": STANDARD.encode(wrap), "glass": null }]);
    let (epoch, made) = (batch["epoch"].to_string(), made.to_string());
    let sent = lead.post("/desk/keys/cases", &[("epoch", &epoch), ("glass", "null"), ("made", &made)]).await;
    assert_eq!(sent.body, r#"{"left":0}"#);
    let groups = sql!("SELECT count(*) FROM case_wraps WHERE kind = 'group'");
    let destroyed = sql!("SELECT count(*) FROM desk_epochs WHERE destroyed_at IS NOT NULL");
    assert_eq!((site.one::<i64>(groups).await, site.one::<i64>(destroyed).await), (1, 0));

    // Whoever made it asks another, and proves nothing themselves.
    let page = lead.get("/desk/keys").await.body;
    assert!(page.contains("掛け替えたのはあなたです") && !page.contains("data-proof-form"), "{page}");
    assert_eq!(answered(&lead.get("/desk/keys/proofs").await.body)["wraps"], json!([]));
    assert!(responder.get("/desk").await.body.contains("あなたの端末でも確かめてください"));
    assert!(responder.get("/desk/keys").await.body.contains("data-proof-form"));
    let proofs = answered(&responder.get("/desk/keys/proofs").await.body);
    let new = &proofs["wraps"][0];
    let opened = case_key(&mut responder, &theirs, &proofs["epochs"], new, &new["holder"]).await.expect("it opens to another");
    assert_eq!(opened.public().as_bytes().as_slice(), bytes(&new["public_key"]));
    let found = json!({ "opened": [new["id"]], "failed": [] }).to_string();
    assert_eq!(responder.post("/desk/keys/proofs", &[("found", &found)]).await.body, r#"{"left":0}"#);
    assert_eq!((site.one::<i64>(groups).await, site.one::<i64>(destroyed).await), (1, 1));
    assert!(!responder.get("/desk/keys").await.body.contains("data-proof-form"));

    let acts: Vec<String> = site.all(sql!("SELECT act FROM audit WHERE act LIKE 'desk_keys.%' ORDER BY seq")).await;
    let last: Vec<&str> = acts.iter().map(String::as_str).skip_while(|act| *act != "desk_keys.cases_handed").collect();
    let expected = ["cases_handed", "cases_rewrapped", "proofs_handed", "cases_proven", "epochs_destroyed"];
    assert_eq!(last, expected.map(|act| format!("desk_keys.{act}")));
}

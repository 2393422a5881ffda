//! A responder and a lead work on a case by the pages alone.

use access::Role;
use both_engines::both_engines;
use db::sql;
use scraper::{Html, Selector};

use crate::cases::Circle;
use crate::drill::demo;
use crate::specimen::{open, ransomware};
use crate::testing::{Answer, Browser, Site};

const TABS: [&str; 7] = ["", "/assessment", "/talk", "/timeline", "/evidence", "/support", "/notes"];

fn texts(answer: &Answer, selector: &str) -> Vec<String> {
    let page = Html::parse_document(&answer.body);
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector).map(|element| element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// A case as it comes by the pages, and its number.
async fn number(site: &Site, is_drill: bool) -> String {
    use crate::cases::{Backup, Spread};
    site.write(async move |tx, now| {
        let case = open(tx, &ransomware(Spread::Wide, Backup::Gone), is_drill, now).await?;
        crate::clocks::keep(tx, case.id, "reporter", now).await?;
        crate::alarm::set_off(tx, &case, now).await
    })
    .await;
    site.one(sql!("SELECT number FROM cases ORDER BY made_at DESC, number DESC LIMIT 1")).await
}

/// Every page of the case in both languages is there, says what it is, and shows no key of a text.
async fn looks_at_all(browser: &mut Browser<'_>, number: &str, is_drill: bool) {
    for tab in TABS {
        for lang in ["", "/en"] {
            let page = browser.get(&format!("{lang}/desk/cases/{number}{tab}")).await;
            assert_eq!(page.status, 200, "{lang}{tab}: {}", page.body);
            assert!(
                !page.body.contains("work-"),
                "{lang}{tab} shows a key: {}",
                page.body.split("work-").nth(1).unwrap().chars().take(60).collect::<String>()
            );
            assert_eq!(texts(&page, "nav.tabs [aria-current]").len(), 1, "{lang}{tab} leads to the other pages of the case");
            if is_drill && tab != "/talk" {
                let title = texts(&page, "title").remove(0);
                assert!(title.starts_with(['【', '[']), "【訓練】 stands first: {title}");
            }
        }
    }
}

#[both_engines]
async fn a_case_goes_from_the_alarm_to_its_end_by_the_pages(site: Site) {
    let number = number(&site, false).await;
    let mut responder = site.signed_in("mihon@example.jp", Role::Responder).await;
    let mut lead = site.signed_in("sekinin@example.jp", Role::DeskLead).await;
    let at = |rest: &str| format!("/desk/cases/{number}{rest}");

    let queue = responder.get("/desk").await;
    assert_eq!(texts(&queue, ".queue-name a"), [number.as_str()]);
    assert_eq!(texts(&queue, ".queue .stage"), ["ステージIV"]);
    assert_eq!(responder.post(&at("/takings"), &[]).await.location(), at("?done=taken"));
    assert_eq!(lead.post(&at("/takings"), &[]).await.location(), at("?done=taken"), "who comes second sees who has it");
    let taker: Vec<String> = texts(&lead.get(&at("")).await, ".case-title strong");
    assert_eq!(taker, ["mihon@example.jp"]);
    looks_at_all(&mut responder, &number, false).await;

    responder.post(&at("/calls"), &[]).await.location();
    responder.post(&at("/phases"), &[("phase", "respond")]).await.location();
    responder.post(&at("/tasks"), &[("task_words", "図面を頼む"), ("task_phase", "respond"), ("task_who", "vendor")]).await.location();

    let light = [
        ("event", "ransomware"),
        ("spread", "one"),
        ("backup", "offline"),
        ("product", "contained"),
        ("care_impact", "none"),
        ("data_exit", "none"),
        ("path", "mail"),
    ];
    let refused = responder.post(&at("/judgements"), &light).await;
    assert_eq!((refused.status, texts(&refused, "#reason-error").len()), (422, 1), "who makes it lighter says why");
    let with_reason: Vec<(&str, &str)> = light.iter().copied().chain([("reason", "1台だけと確かめました")]).collect();
    assert_eq!(responder.post(&at("/judgements"), &with_reason).await.location(), at("/assessment?done=provisional"));
    assert!(texts(&responder.get(&at("/assessment")).await, ".case-head .tag")[0].starts_with('仮'));
    assert_eq!(responder.post(&at("/confirmations"), &[("because", "見ました")]).await.status, 422, "not by the same person");
    assert_eq!(lead.post(&at("/confirmations"), &[("because", "見ました")]).await.location(), at("/assessment?done=confirmed"));

    let indicator = [("indicator_kind", "ip"), ("value", "198[.]51[.]100[.]7"), ("tlp", "AMBER")];
    responder.post(&at("/indicators"), &indicator).await.location();
    assert_eq!(
        responder.post(&at("/indicators"), &[("indicator_kind", "ip"), ("value", "192.168.0.1"), ("tlp", "AMBER")]).await.status,
        422
    );
    responder.post(&at("/evidence"), &[("what", "脅迫文の写真"), ("sha256", &"ab".repeat(32))]).await.location();
    responder
        .post(&at("/people"), &[("side", "vendor"), ("person_name", "例示 髙子"), ("person_phone", "000-0000-0000（見本）")])
        .await
        .location();

    let visit = [("support_kind", "visit"), ("starts_at", "2026-11-22T12:00"), ("plan", "見本 花子が伺う")];
    assert_eq!(responder.post(&at("/supports"), &visit).await.status, 422, "no consent yet");
    let consent = [
        ("scope", "visit"),
        ("devices", "受付の端末"),
        ("from", "2026-11-22T08:00"),
        ("until", "2026-11-23T08:00"),
        ("name", "見本 太郎 院長"),
        ("how", "phone"),
    ];
    responder.post(&at("/consents"), &consent).await.location();
    responder.post(&at("/supports"), &visit).await.location();
    let support: kernel::Uuid = site.one(sql!("SELECT id FROM case_supports")).await;
    assert_ne!(responder.post(&at(&format!("/supports/{support}/decisions")), &[("do", "approve")]).await.status, 303, "a lead decides");
    lead.post(&at(&format!("/supports/{support}/decisions")), &[("do", "approve")]).await.location();
    responder
        .post(
            &at(&format!("/supports/{support}/reports")),
            &[(&format!("found-{support}"), "1台だった"), ("work", "120"), ("travel", "60")],
        )
        .await
        .location();

    responder
        .post(&at("/notes"), &[("note_kind", "lesson"), ("tlp", "CLEAR"), ("note_words", "控えを離す"), ("points", "r7-inst-3-②-all")])
        .await
        .location();
    let points = texts(&responder.get(&at("/notes")).await, "li.card ul li");
    assert!(points.len() == 1 && points[0].ends_with("チェックリスト： 令和7年度 医療機関用 3-②"), "{points:?}");
    assert!(!points[0].starts_with("チェックリスト"), "what is done about it stands before it: {points:?}");
    responder.post(&at("/products"), &[("product", "sonicwall/sma"), ("product", "no/such")]).await.location();
    looks_at_all(&mut lead, &number, false).await;
    assert_eq!(texts(&responder.get(&at("")).await, ".next-step").len(), 1);
    assert_eq!(responder.post(&at("/closures"), &[("outcome", "recovered")]).await.location(), at("?done=closed"));
    assert!(texts(&responder.get(&at("")).await, ".next-step").is_empty(), "a closed case names no next step");
    looks_at_all(&mut lead, &number, false).await;
    assert!(texts(&responder.get("/desk").await, ".queue-name a").is_empty());
    assert_eq!(texts(&responder.get("/desk?standing=closed").await, ".queue-name a"), [number.as_str()]);

    let read: i64 = site.one(sql!("SELECT count(*) FROM audit WHERE act = 'desk.case_read'")).await;
    assert!(read > 20, "looking at a case is an entry of the audit trail");
}

#[both_engines]
async fn nothing_that_was_typed_about_a_case_lies_in_clear(site: Site) {
    let number = number(&site, false).await;
    let mut responder = site.signed_in("mihon@example.jp", Role::Responder).await;
    let at = |rest: &str| format!("/desk/cases/{number}{rest}");
    responder.post(&at("/takings"), &[]).await.location();
    responder.post(&at("/notes"), &[("note_kind", "note"), ("tlp", "RED"), ("note_words", "カナリア一号")]).await.location();
    responder.post(&at("/people"), &[("side", "police"), ("person_name", "カナリア二号")]).await.location();
    responder.post(&at("/tasks"), &[("task_words", "カナリア三号"), ("task_phase", "respond"), ("task_who", "desk")]).await.location();
    responder.post(&at("/indicators"), &[("indicator_kind", "domain"), ("value", "canary.example"), ("tlp", "AMBER")]).await.location();
    responder.post(&at("/evidence"), &[("what", "カナリア四号"), ("sha256", "")]).await.location();
    for tab in TABS {
        let page = responder.get(&at(tab)).await;
        assert!(!page.body.contains("カナリア") && !page.body.contains("canary"), "{tab} holds only what is sealed");
    }
    let facts: Vec<serde_json::Value> = site.all(sql!("SELECT facts FROM case_entries")).await;
    assert!(facts.iter().all(|facts| !facts.to_string().contains("カナリア") && !facts.to_string().contains("canary")));
}

#[both_engines]
async fn an_exercise_is_marked_on_every_page_and_the_desk_is_for_those_of_the_desk(site: Site) {
    site.write(async |tx, now| demo(tx, &Circle::default(), now).await.map(drop)).await;
    let drill: String = site.one(sql!("SELECT number FROM cases WHERE stage = 4")).await;
    let mut lead = site.signed_in("sekinin@example.jp", Role::DeskLead).await;
    looks_at_all(&mut lead, &drill, true).await;
    for path in
        ["/desk", "/en/desk", "/desk?urgency=1&stage=4&drill=yes", "/desk/roster", "/en/desk/roster", "/desk/drills", "/en/desk/drills"]
    {
        let page = lead.get(path).await;
        assert_eq!((page.status, page.body.contains("work-")), (200, false), "{path}");
    }
    assert_eq!(texts(&lead.get("/desk").await, ".queue-name .drill-mark").len(), 7);
    let begun = lead.post("/desk/drills", &[("script", "consult"), ("count", "2"), ("prefecture", "04")]).await;
    assert_eq!((begun.status, texts(&begun, ".note.done li").len()), (200, 2));

    let (from, until) = ("2026-11-22T08:00", "2026-11-22T20:00");
    let account: kernel::Uuid = site.one(sql!("SELECT id FROM accounts WHERE email = 'sekinin@example.jp'")).await;
    lead.post("/desk/roster/shifts", &[("account", &account.to_string()), ("from", from), ("until", until), ("place", "1")])
        .await
        .location();
    assert_eq!(texts(&lead.get("/desk").await, "#duty-h + ol li"), ["sekinin@example.jp"]);
    lead.post("/desk/handovers", &[]).await.location();
    assert_eq!(lead.get("/desk/roster").await.status, 200);

    let mut office = site.signed_in("jimu@example.jp", Role::Secretariat).await;
    for path in ["/desk", "/desk/roster", &format!("/desk/cases/{drill}")] {
        assert_eq!(office.get(path).await.status, 404, "{path}");
        assert!(site.browser().get(path).await.location().starts_with("/sign-in"), "{path}");
    }
    assert_eq!(lead.get("/desk/cases/2026-999999-9").await.status, 404);
}

#[both_engines]
async fn a_word_for_the_next_shift_is_read_with_an_entry_as_the_case_itself_is(site: Site) {
    let number = number(&site, false).await;
    let mut responder = site.signed_in("mihon@example.jp", Role::Responder).await;
    let note = [("note_kind", "handover"), ("tlp", "AMBER"), ("note_words", "朝に電話がある")];
    responder.post(&format!("/desk/cases/{number}/notes"), &note).await.location();
    let read = sql!("SELECT count(*) FROM audit WHERE act = 'desk.case_read'");
    let before: i64 = site.one(read).await;
    assert_eq!(responder.get("/desk/roster").await.status, 200);
    assert_eq!(site.one::<i64>(read).await - before, 1);
}

//! A case that was deleted opens to nobody again, whatever waited to open it.

use access::{AccountId, Role};
use both_engines::both_engines;
use db::sql;
use kernel::Span;
use vault::Visit;

use super::{begins, glazed, with_key, write};
use crate::cases::{self, CaseId, Wrap, WrapKind, visit_wrap};
use crate::keys::glass::let_in;
use crate::keys::{NotBroken, break_glass, delete_case, store};
use crate::testing::Site;

#[both_engines]
async fn a_deleted_case_takes_no_way_in(site: Site) {
    let lead = with_key(&site.db, "lead@example.jp", Role::DeskLead).await;
    let group = begins(&site.db, &lead, None, &[&lead]).await.expect("the first");
    glazed(&site.db, &lead).await;
    let mut browser = site.browser();
    let reported = browser.reports("slower").await;
    let key = browser.key_of_case().await;
    let (id, account, epoch) = (CaseId::from_uuid(reported.case), lead.account, group.id);
    let case = site.db.read(async move |tx| cases::store::case(tx, id).await).await.unwrap().expect("it was just made");
    let number = case.number;

    // One has called back and another has the page open on which the words are given; somebody has said why the glass is broken.
    let path = format!("/desk/cases/{number}/rebinding");
    let mut first = site.signed_in("first@example.jp", Role::Responder).await;
    let mut second = site.signed_in("second@example.jp", Role::Responder).await;
    assert_eq!(first.post(&path, &[("called", "名簿の代表番号にかけた")]).await.location(), path);
    let broken = write(&site.db, async move |tx, now| break_glass(tx, number, "試験", account, "system", now).await).await;
    let broken = broken.expect("there is a way in");
    let deleted = write(&site.db, async move |tx, now| {
        tx.run(sql!("UPDATE cases SET closed_at = $2, outcome = 'done' WHERE id = $1"), &[id.into(), now.into()]).await?;
        delete_case(tx, number, "保存期間が過ぎた", account, "system", now).await
    });
    deleted.await.expect("it is closed");

    let opened = crate::as_base64::encoded(key.expose());
    let given = second.post(&format!("{path}/approval"), &[("case_key", &opened)]).await;
    assert!(given.status == 422 && given.body.contains("確かめを待っている折り返しはありません"), "{}", given.body);
    let entered = write(&site.db, async move |tx, now| let_in(tx, broken, epoch, vec![1; 81], account, "system", now).await).await;
    assert_eq!(entered, Err(NotBroken::Over));
    // What a request that was under way would write now.
    let way_in = visit_wrap(id, &Visit::generate(), &key, site.clock.now().plus(Span::hours(2)));
    assert!(!write(&site.db, async move |tx, now| cases::store::put_wrap(tx, id, &way_in, now).await).await);
    let anew = Wrap { kind: WrapKind::Group, holder: epoch.uuid(), wrap: vec![1; 81], ends_at: None };
    assert!(!write(&site.db, async move |tx, now| store::new_wraps::add(tx, id, &anew, account, now).await).await);
    let back = browser.post("/incident/back", &[("number", &reported.number), ("words", &reported.words)]).await;
    assert!(back.status == 422 && back.body.contains("番号か言葉が違います"), "{}", back.body);
    assert_ne!(browser.post("/incident/report/code", &[]).await.status, 200, "nobody gives it words");

    let ways = sql!("SELECT (SELECT count(*) FROM case_wraps) + (SELECT count(*) FROM case_new_wraps)");
    assert_eq!(site.one::<i64>(ways).await, 0);
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM case_entries WHERE action = 'rebinding.approved'")).await, 0);
    let waiting: Vec<AccountId> = site.all(sql!("SELECT asked_by FROM case_rebindings WHERE ended_at IS NULL")).await;
    assert!(waiting.is_empty(), "nothing waits any more");
}

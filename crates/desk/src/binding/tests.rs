use access::Role;
use both_engines::both_engines;
use db::sql;

use crate::testing::Site;

#[both_engines]
async fn a_case_is_bound_by_calling_a_number_of_the_register_alone(site: Site) {
    let reported = site.browser().reports("slower").await;
    let path = format!("/desk/cases/{}/binding", reported.number);
    assert!(site.browser().get(&path).await.location().starts_with("/sign-in"));
    let list = "コード,名称,フリガナ,種別,都道府県\n1310000001,みほん市立総合病院,ミホンシリツソウゴウビョウイン,病院,東京都\n";
    let table = intake::Table::read(list.as_bytes(), "list.csv", intake::Limits::default()).unwrap();
    let lines = people::organizations::read(&table).unwrap();
    assert_eq!(people::organizations::bring_in(&site.db, &lines, true, "system").await.unwrap().added, 1);
    let mut lead = site.signed_in("lead@example.jp", Role::DeskLead).await;
    let found = lead.get(&format!("{path}?q=みほん")).await.body;
    assert!(found.contains("番号は、名簿にありません"), "{found}");
    let list = "コード,電話\n1310000001,03-0000-0000\n9999999999,03-0000-0001\n";
    let token = lead.token().to_owned();
    let fields = [("token", token.as_str()), ("source", "届出の台帳"), ("day", "2026-11-01")];
    let sent = lead.post_file("/desk/numbers", &fields, ("list", "numbers.csv"), list.as_bytes()).await;
    assert!(sent.body.contains("1件を取り込みました"), "{}", sent.body);
    let found = lead.get(&format!("{path}?q=みほん")).await;
    assert!(found.body.contains("03-0000-0000") && found.body.contains("届出の台帳"));
    assert_eq!(lead.post(&path, &[("organization", &found.hidden("organization"))]).await.location(), path);
    let rows: Vec<(Option<String>, Option<String>, i64)> =
        site.all(sql!("SELECT prefecture, institution_kind, CASE WHEN bound_at IS NULL THEN 0 ELSE 1 END FROM cases")).await;
    assert_eq!(rows, [(Some("13".to_owned()), Some("hospital".to_owned()), 1)]);
}

//! Roles are given, stopped and ended by operators: never one's own, and for more than an institution by two of them.

use access::{Role, Standing, grant};
use both_engines::both_engines;
use http::StatusCode;
use kernel::Lang;
use people::organizations;

use super::staff::{staff, staff_called};
use crate::site::{Answer, Site, Visitor};

const PATH: &str = "/staff/people";

/// Enters two institutions into the master list.
async fn institutions(site: &Site) {
    let list = "code,name,kana,kind,prefecture\n0010000001,みほん市立総合病院,ミホン,病院,13\n0010000002,例示クリニック,レイジ,診療所,13\n";
    let table = intake::Table::read(list.as_bytes(), "list.csv", intake::Limits::default()).unwrap();
    let lines = organizations::read(&table).unwrap();
    site.write(async move |tx, now| organizations::apply(tx, &lines, true, now).await.map(|_| ())).await;
}

/// The page that says what an invitation would do.
async fn confirmation(operator: &mut Visitor, email: &str, role: &str, place: &str) -> Answer {
    let form = operator.get(&format!("{PATH}/invitations/new")).await.is(StatusCode::OK).form("/invitations/new");
    operator.submit(&form.fill("email", email).choose("role", role).fill("place", place)).await
}

/// The address of somebody's page, from the list.
async fn page_of(operator: &mut Visitor, email: &str) -> String {
    let list = operator.get(&format!("{PATH}?q={email}")).await;
    list.is(StatusCode::OK).attributes("th.title a", "href").into_iter().next().unwrap_or_else(|| panic!("{email} is not listed"))
}

/// Does something to the only role of somebody, for a reason.
async fn changes(operator: &mut Visitor, email: &str, change: &str) -> Answer {
    let person = page_of(operator, email).await;
    let links = operator.get(&person).await.attributes("article a", "href");
    let link =
        links.iter().find(|link| link.ends_with(&format!("={change}"))).unwrap_or_else(|| panic!("no way to {change}: {links:?}")).clone();
    let page = operator.get(&link).await;
    let form = page.is(StatusCode::OK).form(link.split('?').next().unwrap_or_default());
    operator.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("理由を入れてください");
    operator.submit_and_open(&form.fill("reason", "異動のため")).await
}

#[both_engines]
async fn a_role_of_an_institution_is_given_by_one_operator_after_a_page_that_says_what_will_happen(site: Site) {
    institutions(&site).await;
    let mut operator = staff(&site, Role::Operator).await;
    let form = operator.get(&format!("{PATH}/invitations/new")).await.form("/invitations/new");
    let empty = operator.submit(&form).await;
    empty.is(StatusCode::UNPROCESSABLE_ENTITY).shows("メールアドレスを入れてください").shows("役割を選んでください");
    let none = confirmation(&mut operator, "taro@example.jp", "institution_admin", "").await;
    none.is(StatusCode::UNPROCESSABLE_ENTITY).shows("所属を入れてください");

    let page = confirmation(&mut operator, "taro@example.jp", "institution_admin", "001-0000001").await;
    page.is(StatusCode::OK).shows("みほん市立総合病院").shows("招待のメールを1通送ります").hides("もう1名");
    assert!(site.deliver().await.is_empty(), "nothing goes out before the button");
    let done = operator.submit_and_open(&page.form("/invitations")).await;
    done.shows("招待のメールを送ります").shows("みほん市立総合病院").shows("招待中").shows("役割への招待");
    let letters = site.deliver().await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, "taro@example.jp");
    assert!(letters[0].text.contains("みほん市立総合病院"));
    operator.submit_and_open(&page.form("/invitations")).await;
    assert!(site.deliver().await.is_empty(), "pressed twice, it is sent once");
}

#[both_engines]
async fn a_role_for_the_whole_portal_waits_for_another_operator(site: Site) {
    let mut first = staff(&site, Role::Operator).await;
    let mut second = staff_called(&site, "operator2", Role::Operator).await;
    let page = confirmation(&mut first, "hanako@example.jp", "secretariat", "").await;
    page.is(StatusCode::OK).shows("もう1名の運用管理者が承認するまで").hides("1名で招待する理由");
    let asked = first.submit_and_open(&page.form("/invitations")).await;
    asked.shows("承認待ち").shows("もう1名の運用管理者の承認を待っています");
    assert!(site.deliver().await.is_empty(), "no mail before the approval");
    confirmation(&mut first, "hanako@example.jp", "secretariat", "").await.shows("すでに承認を待っています");

    let request = first.get(PATH).await.shows("もう1名の承認を待っている招待").attributes("th.title a", "href")[0].clone();
    let own = first.get(&request).await;
    own.is(StatusCode::OK).shows("ほかの運用管理者が承認します");
    let forced = own.form(&request).with("decision", "approved");
    first.submit(&forced).await.is(StatusCode::CONFLICT);
    assert!(site.deliver().await.is_empty());

    let form = second.get(&request).await.form(&request);
    second.submit_and_open(&form).await.is(StatusCode::OK).shows("承認しました").shows("招待中").shows("招待の承認");
    let letters = site.deliver().await;
    assert_eq!(letters.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(), ["hanako@example.jp"]);
    second.get(&request).await.is(StatusCode::NOT_FOUND);
}

#[both_engines]
async fn an_operator_who_is_alone_gives_a_reason_that_is_recorded(site: Site) {
    let mut operator = staff(&site, Role::Operator).await;
    operator.get(PATH).await.shows("いま、あなただけです");
    let page = confirmation(&mut operator, "hanako@example.jp", "ministry", "").await;
    page.is(StatusCode::OK).shows("ほかに有効な運用管理者がいません");
    let without = operator.submit(&page.form("/invitations")).await;
    without.is(StatusCode::UNPROCESSABLE_ENTITY).shows("理由を入れてください");
    assert!(site.deliver().await.is_empty());
    let form = without.form("/invitations").fill("alone", "開設の準備のため");
    let done = operator.submit_and_open(&form).await;
    done.is(StatusCode::OK).shows("招待中").shows("1名での招待").shows("開設の準備のため");
    assert_eq!(site.deliver().await.len(), 1);
}

#[both_engines]
async fn roles_that_exclude_each_other_take_a_recorded_exception(site: Site) {
    institutions(&site).await;
    let mut operator = staff(&site, Role::Operator).await;
    site.write(async |tx, now| {
        let account = people::accounts::ensure(tx, &"yoshimi@example.jp".parse().unwrap(), Lang::Ja, now).await?.id;
        let place = organizations::by_code(tx, "0010000001").await?.unwrap().id;
        access::place(tx, place, None).await?;
        grant(tx, account, Role::AssociationEditor, Standing::Confirmed, Some(place), "system", now).await.map(|_| ())
    })
    .await;
    let page = confirmation(&mut operator, "yoshimi@example.jp", "association_releaser", "0010000001").await;
    page.shows("この2つの役割は、1人では持てません");
    let form = page.form("/invitations").fill("alone", "準備のため");
    let without = operator.submit(&form).await;
    without.is(StatusCode::UNPROCESSABLE_ENTITY).shows("理由を入れてください");
    let form = without.form("/invitations").fill("exception", "担当者が1名のため");
    operator.submit_and_open(&form).await.shows("役割の例外").shows("担当者が1名のため");
}

#[both_engines]
async fn nobody_changes_their_own_roles(site: Site) {
    let mut operator = staff(&site, Role::Operator).await;
    let refused = confirmation(&mut operator, "operator@example.jp", "auditor", "").await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).shows("ご自身の役割は変えられません");
    let own = page_of(&mut operator, "operator@example.jp").await;
    let page = operator.get(&own).await;
    page.shows("ご自身の役割は変えられません").hides("停止する").hides("終了する");
    assert!(page.attributes("article a", "href").is_empty());
}

#[both_engines]
async fn a_stopped_role_opens_nothing_and_its_holder_is_told(site: Site) {
    let mut operator = staff(&site, Role::Operator).await;
    let mut office = staff(&site, Role::Secretariat).await;
    office.get("/staff").await.is(StatusCode::OK);
    changes(&mut operator, "jimukyoku@example.jp", "suspend").await.shows("停止中").shows("役割の停止").shows("異動のため");
    assert_ne!(office.get("/staff").await.status, StatusCode::OK, "all sign-ins ended");
    let letters = site.deliver().await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, "jimukyoku@example.jp");
    assert!(letters[0].text.contains("「事務局」の役割が停止されました"), "{}", letters[0].text);
    assert!(!letters[0].text.contains("異動"), "the reason stays in the trail");
    // Signed in again, the stopped role opens nothing.
    staff(&site, Role::Secretariat).await.get("/staff").await.is(StatusCode::NOT_FOUND);

    changes(&mut operator, "jimukyoku@example.jp", "reinstate").await.shows("有効");
    staff(&site, Role::Secretariat).await.get("/staff").await.is(StatusCode::OK);
    changes(&mut operator, "jimukyoku@example.jp", "end").await.shows("終了").hides("再開する");
    staff(&site, Role::Secretariat).await.get("/staff").await.is(StatusCode::NOT_FOUND);
}

#[both_engines]
async fn an_invitation_touches_no_role_of_another_place_and_none_that_was_ended(site: Site) {
    institutions(&site).await;
    let mut operator = staff(&site, Role::Operator).await;
    site.write(async |tx, now| {
        let account = people::accounts::ensure(tx, &"taro@example.jp".parse().unwrap(), Lang::Ja, now).await?.id;
        let place = organizations::by_code(tx, "0010000001").await?.unwrap().id;
        access::place(tx, place, None).await?;
        grant(tx, account, Role::InstitutionAdmin, Standing::Suspended, Some(place), "system", now).await.map(|_| ())
    })
    .await;
    let page = confirmation(&mut operator, "taro@example.jp", "institution_admin", "例示クリニック").await;
    operator.submit_and_open(&page.form("/invitations")).await.is(StatusCode::OK);
    let link = site.deliver().await[0].link("/invitation/");
    let mut taro = site.visitor("見本 太郎");
    let form = taro.get(&link).await.is(StatusCode::OK).form(&link);
    taro.submit(&form).await;
    let person = page_of(&mut operator, "taro@example.jp").await;
    operator.get(&person).await.shows("停止中").shows("承諾済み（設定待ち）");

    for link in operator.get(&person).await.attributes("article a", "href").iter().filter(|link| link.ends_with("=end")) {
        let page = operator.get(link).await;
        if page.text().contains("承諾済み") {
            let form = page.form(link.split('?').next().unwrap_or_default());
            operator.submit_and_open(&form.fill("reason", "誤りのため")).await.shows("役割の終了");
        }
    }
    taro.get(&link).await.is(StatusCode::GONE);
}

#[both_engines]
async fn the_list_is_sifted_by_its_address_and_is_the_operators_alone(site: Site) {
    let mut operator = staff(&site, Role::Operator).await;
    let mut office = staff(&site, Role::Secretariat).await;
    operator.get(PATH).await.shows("jimukyoku@example.jp").shows("operator@example.jp").shows("2件");
    operator.get(&format!("{PATH}?role=secretariat&standing=confirmed")).await.shows("1件").hides("operator@example.jp");
    operator.get(&format!("{PATH}?q=%25")).await.shows("当てはまる役割がありません");
    for path in [PATH, "/staff/people/invitations/new", "/staff/tokens", "/staff/tokens/new"] {
        office.get(path).await.is(StatusCode::NOT_FOUND);
    }
    site.later(kernel::Span::minutes(16));
    let later = operator.get(PATH).await;
    assert!(later.is(StatusCode::SEE_OTHER).location().starts_with("/step-up?next="), "{}", later.location());
}

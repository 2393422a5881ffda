//! Where somebody works: found in the list in any way it may be typed, or typed with kind and prefecture.

use both_engines::both_engines;
use http::StatusCode;

use crate::site::{Answer, Form, Outcome::Applied, Person, Site, Visitor, project_file};

const LIST: &str = "code,name,kana,kind,prefecture,postcode,address,beds
0010000001,みほん市立総合病院,ミホンシリツソウゴウビョウイン,hospital,13,100-0001,みほん市例示町0-1,320
0010000002,例示クリニック,レイジクリニック,clinic,13,100-0002,みほん市例示町0-2,
0010000003,例示クリニック,レイジクリニック,clinic,27,530-0001,例示市見本町0-3,
0010000004,みほん保健所,ミホンホケンショ,public-health-centre,13,100-0003,みほん市例示町0-4,
";

async fn brings_in(site: &Site, csv: &str) {
    let table = intake::Table::read(csv.as_bytes(), "list.csv", intake::Limits::default()).expect("a table");
    let lines = people::organizations::read(&table).expect("the columns are there");
    let import = people::organizations::bring_in(site.db(), &lines, true, "test").await.expect("it can be brought in");
    assert!(import.wrong.is_empty(), "{:?}", import.wrong);
}

/// The form with a workplace typed and nothing else said about it.
async fn types(site: &Site, number: usize, place: &str) -> (Visitor, Form) {
    let mut visitor = site.visit_by(Person::number(number));
    let form = visitor.fills_in("R8/executive/3").await;
    (visitor, form.fill("place", place).without("kind").without("prefecture"))
}

async fn workplace(site: &Site, email: &str) -> (bool, String, String, String) {
    let find = db::sql!(
        "SELECT a.organization IS NOT NULL, a.organization_name, a.organization_kind, a.prefecture
         FROM applications a JOIN persons p ON p.id = a.person WHERE p.email = $1"
    );
    let email = email.to_owned();
    site.db().read(async move |tx| tx.one(find, &[email.as_str().into()]).await).await.expect("one application")
}

fn told(name: &str, kind: &str, prefecture: &str) -> (bool, String, String, String) {
    (true, name.to_owned(), kind.to_owned(), prefecture.to_owned())
}

#[both_engines]
async fn an_institution_is_found_by_name_reading_code_and_postcode(site: Site) {
    brings_in(&site, LIST).await;
    for (number, typed) in [
        "みほん市立総合病院",
        "みほん市立",
        "ﾐﾎﾝｼﾘﾂ",
        "ミホンシリツソウゴウ",
        "0010000001",
        "００１００００００１",
        "1000001",
        "〒100-0001",
    ]
    .into_iter()
    .enumerate()
    {
        let (mut visitor, form) = types(&site, number, typed).await;
        let page = visitor.submit(&form).await;
        page.is(StatusCode::OK).shows("みほん市立総合病院");
        let mut confirm = page.form("/confirmation");
        if !confirm.offers("org").is_empty() {
            confirm = confirm.choose_saying("org", "みほん市立総合病院");
        }
        assert_eq!(visitor.confirms(&confirm).await, Applied, "{typed}");
        let email = format!("person{number}@example.jp");
        assert_eq!(workplace(&site, &email).await, told("みほん市立総合病院", "hospital", "13"), "{typed}");
    }
}

#[both_engines]
async fn what_is_chosen_while_typing_stays_chosen_and_needs_no_second_question(site: Site) {
    brings_in(&site, LIST).await;
    let offered = site.get("/organizations?q=%E4%BE%8B%E7%A4%BA").await;
    let ids = offered.attributes("input[name=organization]", "value");
    assert_eq!(ids.len(), 3, "two clinics, and another one: {}", offered.body());
    let osaka = offered.texts("label").iter().position(|label| label.contains("大阪府")).expect("one in Osaka");

    let (mut visitor, form) = types(&site, 1, "例示").await;
    let form = form.with("organization", &ids[osaka]);
    // Something else is wrong: the choice is still there when the form comes back.
    let back = visitor.submit(&form.clone().with("email", "x")).await;
    let again = back.is(StatusCode::UNPROCESSABLE_ENTITY).form("/executive/3");
    assert_eq!((again.value("organization"), again.value("place")), (ids[osaka].as_str(), "例示"));

    let page = visitor.submit(&again.fill("email", "person1@example.jp")).await;
    let confirm = page.is(StatusCode::OK).shows("大阪府").form("/confirmation");
    assert!(confirm.offers("org").is_empty(), "it was chosen already");
    let changed = visitor.submit(&page.form("/executive/3")).await.form("/executive/3");
    assert_eq!(changed.value("organization"), ids[osaka], "nor is it lost on the way back");
    // Who types another name there has not chosen it.
    let elsewhere = visitor.submit(&changed.fill("place", "みほん保健所")).await;
    elsewhere.is(StatusCode::OK).shows("みほん保健所").hides("大阪府");

    assert_eq!(visitor.confirms(&confirm).await, Applied);
    assert_eq!(workplace(&site, "person1@example.jp").await, told("例示クリニック", "clinic", "27"));
}

#[both_engines]
async fn two_of_the_same_name_are_asked_about_and_none_of_them_is_an_answer(site: Site) {
    brings_in(&site, LIST).await;
    let (mut visitor, form) = types(&site, 1, "例示クリニック").await;
    let page = visitor.submit(&form.clone()).await;
    let confirm = page.is(StatusCode::OK).form("/confirmation");
    assert_eq!(confirm.offers("org").len(), 2, "{:?}", confirm.offers("org"));
    let undecided: Answer = visitor.submit(&confirm).await;
    undecided.is(StatusCode::UNPROCESSABLE_ENTITY).shows("お勤め先を候補から選んでください").shows("見本 第1");
    assert_eq!(site.session("R8/executive/3").await.taken, 0);

    // One of that name in a third prefecture, which the list does not know.
    let page = visitor.submit(&form.choose("kind", "clinic").choose("prefecture", "01")).await;
    let confirm = page.is(StatusCode::OK).form("/confirmation").choose_saying("org", "この中にない");
    assert_eq!(visitor.confirms(&confirm).await, Applied);
    let (is_listed, name, kind, prefecture) = workplace(&site, "person1@example.jp").await;
    assert_eq!((is_listed, name.as_str(), kind.as_str(), prefecture.as_str()), (false, "例示クリニック", "clinic", "01"));
}

#[both_engines]
async fn one_that_is_said_to_be_elsewhere_is_not_taken_for_its_namesake(site: Site) {
    brings_in(&site, LIST).await;
    let (mut visitor, form) = types(&site, 1, "みほん市立総合病院").await;
    let page = visitor.submit(&form.choose("kind", "hospital").choose("prefecture", "47")).await;
    let confirm = page.is(StatusCode::OK).form("/confirmation").choose_saying("org", "この中にない");
    assert_eq!(visitor.confirms(&confirm).await, Applied);
    assert_eq!(workplace(&site, "person1@example.jp").await.3, "47");
}

#[both_engines]
async fn what_is_said_to_be_none_of_the_list_is_still_said_when_the_form_comes_back(site: Site) {
    brings_in(&site, LIST).await;
    let (mut visitor, form) = types(&site, 1, "みほん市立総合病院").await;
    let page = visitor.submit(&form.with("organization", "other").choose("kind", "hospital").choose("prefecture", "47")).await;
    let confirm = page.is(StatusCode::OK).form("/confirmation");
    assert!(confirm.offers("org").is_empty(), "it was said already");

    let changed = visitor.submit(&page.form("/executive/3")).await.form("/executive/3");
    assert_eq!(changed.value("organization"), "other", "on the way back");
    let refused = visitor.submit(&confirm.clone().with("email", "x")).await;
    let again = refused.is(StatusCode::UNPROCESSABLE_ENTITY).form("/executive/3");
    assert_eq!(again.value("organization"), "other", "something else is wrong");
    let page = visitor.submit(&again.fill("email", "person1@example.jp")).await;
    assert!(page.is(StatusCode::OK).form("/confirmation").offers("org").is_empty(), "nobody is asked a second time");

    assert_eq!(visitor.confirms(&confirm).await, Applied);
    assert_eq!(workplace(&site, "person1@example.jp").await.3, "47");
}

#[both_engines]
async fn every_kind_that_is_offered_can_be_typed_health_centres_local_authorities_and_vendors_too(site: Site) {
    let kinds: toml::Table = toml::from_str(&project_file("data/institution-kinds.toml")).expect("the kinds");
    let form = site.visitor("見本 太郎").fills_in("R8/executive/3").await;
    let selectable: Vec<String> = kinds["kind"]
        .as_array()
        .expect("kinds")
        .iter()
        .filter(|kind| kind["selectable"].as_bool() == Some(true))
        .map(|kind| kind["name"].as_str().expect("a name").to_owned())
        .collect();
    let offered: Vec<String> = form.offers("kind").into_iter().skip(1).map(ToOwned::to_owned).collect();
    assert_eq!(offered, selectable, "no more than a person may choose");
    assert!(["保健所", "自治体", "システム"].iter().all(|word| offered.iter().any(|kind| kind.contains(word))), "{offered:?}");
    for (number, kind) in offered.iter().enumerate() {
        let (mut visitor, form) = types(&site, number, &format!("見本{number}")).await;
        let page = visitor.submit(&form.choose_saying("kind", kind).choose("prefecture", "13")).await;
        page.is(StatusCode::OK).shows(kind).shows("東京都");
        assert_eq!(visitor.confirms(&page.form("/confirmation")).await, Applied, "{kind}");
    }
}

//! What the secretariat does with certificates: says before what happens to whom, and every step is remembered.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;
use school::trainings::store::{self, WholeProgramme};

use super::{AFTER, application_of, applied, attends, certified, text_of};
use crate::office::staff::{staff, staff_at};
use crate::site::{Person, Site};

#[both_engines]
async fn a_wrong_name_is_reissued_and_the_old_paper_says_so(site: Site) {
    let (_, id, letter) = certified(&site, "見本 太郎").await;
    let mut office = staff(&site, Role::Secretariat).await;
    let page = office.get(&format!("/staff/certificates/{id}/reissue")).await;
    page.is(StatusCode::OK).shows("ご本人に1通のメールでお知らせします");
    let form = page.form("/reissue").fill("name", "見本　太朗").fill("note", "お名前の漢字");
    office.submit_and_open(&form).await.shows("再発行しました").shows("見本 太朗");
    let mail = site.deliver().await.pop().expect("a mail");
    assert!(mail.subject.contains("再発行") && mail.text.contains("R8-E3-000002"), "{}", mail.text);
    site.get(&letter.link("/verify/")).await.shows("再発行されました").shows("見本 太郎").hides("お名前の漢字");
    office.get("/staff/certificates?state=replaced").await.shows("R8-E3-000001").hides("R8-E3-000002");
    let again = office.submit(&form.without("key")).await;
    again.is(StatusCode::CONFLICT).shows("すでに使えなくなっています");
}

#[both_engines]
async fn a_revoked_certificate_shows_day_and_kind_of_reason_but_no_note(site: Site) {
    let (_, id, letter) = certified(&site, "見本 太郎").await;
    let mut office = staff(&site, Role::Secretariat).await;
    let path = format!("/staff/certificates/{id}/revocation");
    let page = office.get(&path).await;
    page.shows("証明書1通を使えなくし");
    office.submit(&page.form("/revocation")).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("理由の種別を選んでください");
    let form = page.form("/revocation").choose("why", "mistake").fill("note", "別の方の記録");
    office.submit_and_open(&form).await.shows("失効させました").shows("別の方の記録");
    assert!(site.deliver().await[0].text.contains("誤って発行されたため"));
    site.get(&letter.link("/verify/")).await.shows("2026年12月24日（木）に失効しました").shows("誤って発行された").hides("別の方の記録");
}

#[both_engines]
async fn a_name_that_cannot_be_printed_waits_and_is_named(site: Site) {
    let mut person = Person::named("見本 太郎");
    "𪚥郎".clone_into(&mut person.given);
    let mut rare = site.visit_by(person);
    rare.applies_for("R8/executive/3").await;
    site.deliver().await;
    site.at(AFTER);
    attends(&site, application_of(&rare)).await.expect("it has a seat");
    assert!(site.deliver().await.is_empty(), "nothing is sent with a box in place of a name");
    let mut office = staff(&site, Role::Secretariat).await;
    office.get("/staff").await.shows("作成できなかった証明書");
    let list = office.get("/staff/certificates?state=failed").await;
    list.shows("作成できませんでした").shows("𪚥（U+2A6A5）");
    let path = list.attributes("td ~ th a, th a[href*='/staff/certificates/']", "href")[0].clone();
    let retry = office.get(&path).await.form("/retry");
    office.submit(&retry).await.is(StatusCode::SEE_OTHER);
    site.deliver().await;
    office.get(&path).await.shows("𪚥（U+2A6A5）");
    let form = office.get(&format!("{path}/reissue")).await.form("/reissue").fill("note", "ご本人に確認");
    office.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("𪚥（U+2A6A5）");
    office.submit_and_open(&form.fill("name", "見本　竜郎")).await.shows("再発行しました");
    assert_eq!(site.deliver().await.len(), 1);
}

#[both_engines]
async fn the_progress_is_found_again_and_counts(site: Site) {
    let taro = applied(&site, "見本 太郎", "R8/executive/3").await;
    site.at(AFTER);
    attends(&site, application_of(&taro)).await.expect("it has a seat");
    let mut office = staff(&site, Role::Secretariat).await;
    let page = office.get("/staff/certificates/progress").await;
    page.shows("1件のうち0件ができました");
    assert_eq!(page.header("refresh"), "5");
    site.deliver().await;
    let page = office.get("/staff/certificates/progress").await;
    page.shows("1件のうち1件ができました").shows("すべてできあがりました");
    assert_eq!(page.header("refresh"), "");
}

#[both_engines]
async fn an_institution_has_its_record_as_pdf_and_workbook(site: Site) {
    let organization = access::OrganizationId::new(site.now());
    let (taro, ..) = certified(&site, "見本 太郎").await;
    let id = application_of(&taro);
    site.write(async move |tx, now| {
        let add = db::sql!(
            "INSERT INTO organizations (id, code, name, kana, kind, prefecture, postcode, address, sample, known_since)
             VALUES ($1, '1234567', 'みほん市立総合病院', '', 'hospital', '13', '', '', $2, $3)"
        );
        tx.run(add, &[organization.into(), true.into(), now.into()]).await?;
        let place = db::sql!("UPDATE certificates SET organization = $1 WHERE application = $2");
        tx.run(place, &[organization.into(), id.into()]).await.map(|_| ())
    })
    .await;
    let mut office = staff(&site, Role::Secretariat).await;
    let path = format!("/staff/organizations/{organization}/record");
    office.get(&path).await.shows("見本 太郎").shows("60分のうち58分 キーワード確認済み").shows("1名（1件）");
    let sheet = office.get(&format!("{path}.pdf?year=R8")).await;
    sheet.is(StatusCode::OK);
    let text = text_of(&sheet.bytes);
    for printed in ["受講実績一覧", "みほん市立総合病院", "見本太郎", "60分のうち58分", "R8-E3-000001", "1/1"] {
        assert!(text.contains(printed), "{printed}:\n{text}");
    }
    let book = office.get(&format!("{path}.xlsx?year=R8")).await;
    assert!(book.is(StatusCode::OK).bytes.starts_with(b"PK"));
    office.get(&format!("{path}?year=R7")).await.shows("受講の記録はありません");
}

#[both_engines]
async fn an_institution_shows_its_own_record_and_no_other(site: Site) {
    let (own, other) = (access::OrganizationId::new(site.now()), access::OrganizationId::new(site.now()));
    let (taro, ..) = certified(&site, "見本 太郎").await;
    let id = application_of(&taro);
    site.write(async move |tx, now| {
        for (organization, code, name) in [(own, "1234567", "みほん市立総合病院"), (other, "7654321", "例示クリニック")] {
            let add = db::sql!(
                "INSERT INTO organizations (id, code, name, kana, kind, prefecture, postcode, address, sample, known_since)
                 VALUES ($1, $2, $3, '', 'hospital', '13', '', '', $4, $5)"
            );
            tx.run(add, &[organization.into(), code.into(), name.into(), true.into(), now.into()]).await?;
            access::place(tx, organization, None).await?;
        }
        let place = db::sql!("UPDATE certificates SET organization = $1 WHERE application = $2");
        tx.run(place, &[own.into(), id.into()]).await.map(|_| ())
    })
    .await;
    let mut clerk = staff_at(&site, Role::InstitutionAdmin, own).await;
    clerk.get("/my").await.shows("所属機関の受講実績");
    clerk.get("/institutions").await.shows("みほん市立総合病院").hides("例示クリニック");
    let path = format!("/institutions/{own}/record");
    clerk.get(&path).await.shows("見本 太郎").shows("1名（1件）");
    let sheet = clerk.get(&format!("{path}.pdf?year=R8")).await;
    assert!(text_of(&sheet.is(StatusCode::OK).bytes).contains("受講実績一覧"));
    assert!(clerk.get(&format!("{path}.xlsx?year=R8")).await.is(StatusCode::OK).bytes.starts_with(b"PK"));
    for elsewhere in
        [format!("/institutions/{other}/record"), format!("/institutions/{other}/record.pdf"), format!("/staff/organizations/{own}/record")]
    {
        clerk.get(&elsewhere).await.is(StatusCode::NOT_FOUND);
    }
}

#[both_engines]
async fn a_specimen_shows_how_a_name_is_printed(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let ask = |name: &str| {
        let query = serde_urlencoded::to_string([("name", name), ("organization", "みほん市立総合病院")]).expect("a query");
        format!("/staff/certificates/specimen.pdf?{query}")
    };
    let sheet = office.get(&ask("葛\u{E0101}城 𠮷子")).await;
    let text = text_of(&sheet.is(StatusCode::OK).bytes);
    assert!(text.contains("葛\u{E0101}城𠮷子") && text.contains("みほん市立総合病院"), "{text}");
    let refused = office.get(&ask("𪚥")).await;
    let page = office.get(refused.is(StatusCode::SEE_OTHER).location()).await;
    page.shows("𪚥（U+2A6A5）");
}

#[both_engines]
async fn how_many_parts_a_series_asks_for_is_set_for_it_alone(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let here = "/staff/certificates/series";
    let page = office.get(here).await;
    let form = page.is(StatusCode::OK).form(here);
    let course = form.value("course").to_owned();
    assert_eq!(form.value("parts"), "", "all of them, as long as nobody has said otherwise");
    let page = office.submit_and_open(&form.choose("parts", "2")).await;
    let said: Vec<String> = page.attributes("option[selected]", "value").into_iter().filter(|value| !value.is_empty()).collect();
    assert_eq!(said, ["2"], "no other series has changed");
    let form = page.form_of(here, "course", &course);
    assert_eq!(form.value("parts"), "2");
    let page = office.submit_and_open(&form.choose("parts", "")).await;
    assert_eq!(page.form_of(here, "course", &course).value("parts"), "");
}

#[both_engines]
async fn all_programmes_at_once_are_what_they_are_one_by_one(site: Site) {
    let read = site.db().read(async |tx| {
        let mut one_by_one = Vec::new();
        for programme in store::programmes(tx).await? {
            let sessions = store::sessions(tx, programme.id).await?;
            for course in store::courses(tx, programme.id).await? {
                let own: Vec<_> = sessions.iter().filter(|session| session.course == course.id).map(|session| session.id).collect();
                one_by_one.push((programme.id, course.id, own));
            }
        }
        let mut at_once = Vec::new();
        for WholeProgramme { programme, courses } in store::whole_programmes(tx).await? {
            for (course, sessions) in courses {
                at_once.push((programme.id, course.id, sessions.iter().map(|session| session.id).collect::<Vec<_>>()));
            }
        }
        Ok((one_by_one, at_once))
    });
    let (one_by_one, at_once) = read.await.expect("they can be read");
    assert!(one_by_one.len() > 4, "{} courses", one_by_one.len());
    assert_eq!(at_once, one_by_one);
}

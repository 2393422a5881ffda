//! Links that are old, cut off or changed: said in words, with a way to a new one.

use both_engines::both_engines;
use http::StatusCode;
use kernel::Span;

use crate::site::{Answer, Outcome::Applied, Site, Visitor};

async fn applied(site: &Site) -> (Visitor, String) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    let link = site.deliver().await[0].link("/a/");
    (taro, link)
}

#[track_caller]
fn leads_to_a_new_one(answer: &Answer) {
    assert!(answer.attributes("main a", "href").iter().any(|href| href == "/links" || href == "/en/links"), "{}", answer.body());
}

#[both_engines]
async fn an_expired_link_says_why_and_how_to_get_a_new_one(site: Site) {
    let (_, link) = applied(&site).await;
    site.at("2026-12-23T18:00+09:00");
    site.later(Span::days(90));
    let answer = site.get(&link).await;
    leads_to_a_new_one(answer.is(StatusCode::GONE).shows("このリンクは使えなくなりました").shows("90日"));
    let english = site.get(&format!("/en{link}")).await;
    leads_to_a_new_one(english.is(StatusCode::GONE).shows("This link no longer works"));
}

#[both_engines]
async fn a_link_of_an_earlier_generation_opens_nothing_nor_does_what_it_opened(site: Site) {
    let (mut taro, link) = applied(&site).await;
    let mut phone = site.visitor("見本 太郎");
    phone.opens_link(&link).await.is(StatusCode::OK);
    site.write(async move |tx, _| tx.run(db::sql!("UPDATE applications SET generation = generation + 1"), &[]).await.map(|_| ())).await;

    leads_to_a_new_one(site.get(&link).await.is(StatusCode::GONE).shows("新しいリンクをお送りしたため"));
    for holder in [&mut taro, &mut phone] {
        let page = holder.own_page().await;
        assert!(page.is(StatusCode::SEE_OTHER).location().starts_with("/sign-in"), "{}", page.location());
    }
    let form = phone.get("/links").await.form("/links").fill("email", "taro@example.jp");
    phone.submit(&form).await.is(StatusCode::OK);
    let fresh = site.deliver().await[0].link("/a/");
    assert_ne!(fresh, link);
    site.visitor("見本 太郎").opens_link(&fresh).await.is(StatusCode::OK).shows("R8-E3-0001");
}

/// A restore brings back the links of the time of the backup. None of them was ended since, as long as nothing ends them but time.
#[test]
fn nothing_of_the_program_ends_a_link_that_a_restore_would_open_again() {
    let changes = |stmt: &&db::Stmt| stmt.text().contains("UPDATE applications") && !stmt.place().contains("promises/tests/");
    assert!(db::statements().filter(changes).count() > 3, "the program is there to be looked at");
    let ends = |stmt: &&db::Stmt| stmt.text().contains("generation =");
    let found: Vec<String> = db::statements().filter(changes).filter(ends).map(db::Stmt::place).collect();
    assert!(found.is_empty(), "these have to stand in the record of deletions, or a restore opens the links again: {found:?}");
}

#[both_engines]
async fn a_link_that_was_cut_off_or_changed_says_so_and_always_the_same(site: Site) {
    let (_, link) = applied(&site).await;
    let token = link.strip_prefix("/a/").expect("a link").to_owned();
    let mut said = Vec::new();
    let mut tries: Vec<String> = (1..token.len()).map(|end| token[..end].to_owned()).collect();
    for at in 0..token.len() {
        let other = if token[at..].starts_with('A') { "B" } else { "A" };
        tries.push(format!("{}{other}{}", &token[..at], &token[at + 1..]));
    }
    tries.extend([format!("{token}A"), format!("{token}%0A"), format!("{token}."), token.to_lowercase(), "%00".into()]);
    for wrong in tries {
        let path = wrong;
        let answer = site.get(&format!("/a/{path}")).await;
        if answer.status == StatusCode::SEE_OTHER {
            // The last character of base64 may carry bits that mean nothing.
            assert_eq!((path.len(), &path[..path.len() - 1]), (token.len(), &token[..token.len() - 1]), "{path}");
            continue;
        }
        leads_to_a_new_one(answer.is(StatusCode::NOT_FOUND).shows("このリンクは開けません").shows("終わりまで写して"));
        said.push(answer.text());
    }
    said.dedup();
    site.get("/a/%E8%E8").await.is(StatusCode::NOT_FOUND).shows("アドレスをお確かめのうえ");
    assert_eq!(said.len(), 1, "nobody learns from it which applications there are");
}

#[both_engines]
async fn a_link_for_signing_in_opens_once_for_a_quarter_of_an_hour(site: Site) {
    let (_, _) = applied(&site).await;
    let asks = async || {
        let mut visitor = site.visitor("見本 太郎");
        let form = visitor.get("/sign-in").await.form("/sign-in").fill("email", "taro@example.jp");
        visitor.submit(&form).await.is(StatusCode::OK);
        site.deliver().await[0].link("/sign-in/link/")
    };
    let used = asks().await;
    let mut taro = site.visitor("見本 太郎");
    let form = taro.get(&used).await.form(&used);
    taro.submit(&form).await.is(StatusCode::SEE_OTHER);
    let again = taro.get(&used).await;
    assert!(again.is(StatusCode::GONE).attributes("main a", "href").contains(&"/my".to_owned()), "whoever is inside is led on");
    for path in [used.clone(), format!("/en{used}")] {
        let answer = site.visitor("見本 花子").get(&path).await;
        assert!(
            answer.is(StatusCode::GONE).attributes("main a", "href").iter().any(|href| href.ends_with("/sign-in")),
            "{}",
            answer.text()
        );
    }
    site.visitor("見本 花子").submit(&form.without("token")).await.is(StatusCode::GONE);

    let late = asks().await;
    let form = taro.get(&late).await.form(&late);
    site.later(Span::micros(15 * 60_000_000 - 1));
    site.visitor("見本 太郎").get(&late).await.is(StatusCode::OK);
    site.later(Span::micros(1));
    site.visitor("見本 太郎").get(&late).await.is(StatusCode::GONE);
    site.visitor("見本 太郎").submit(&form.without("token")).await.is(StatusCode::GONE);
    site.get(&late[..late.len() - 3]).await.is(StatusCode::GONE);
}

#[both_engines]
async fn a_page_that_is_not_there_offers_the_search_and_the_inquiry(site: Site) {
    for (prefix, language) in [("", "Japanese"), ("/en", "English")] {
        let page = site.get(&format!("{prefix}/nowhere")).await;
        page.is(StatusCode::NOT_FOUND);
        assert_eq!(page.attributes("main form[role=search]", "action"), [format!("{prefix}/search")], "{language}");
        assert!(page.attributes("main a", "href").contains(&format!("{prefix}/contact")), "{language}");
    }
}

//! Slips in mail addresses: asked about, never changed by themselves, and kept by whoever means them.

use both_engines::both_engines;
use http::StatusCode;

use crate::site::{Outcome::Applied, Site, project_file};

const TYPED: &str = "taro@gmial.com";
const MEANT: &str = "taro@gmail.com";

#[both_engines]
async fn a_slip_is_asked_about_in_every_form_that_mails_and_can_be_mended_or_kept(site: Site) {
    for (page, action) in [
        ("/apply/R8/executive/3", "/executive/3"),
        ("/links", "/links"),
        ("/tell-me/executive", "/tell-me/executive"),
        ("/contact", "/contact"),
        ("/sign-in", "/sign-in"),
    ] {
        for prefix in ["", "/en"] {
            let mut visitor = site.visitor("見本 太郎");
            let form = visitor.get(&format!("{prefix}{page}")).await.form(action);
            let mut form = if page.starts_with("/apply") { visitor.person.fills(form) } else { form };
            if page == "/contact" {
                form = form.fill("name", "見本 太郎").fill("body", "質問です").choose("about", "portal").choose("consent", "yes");
            }
            let asked = visitor.submit(&form.fill("email", TYPED)).await;
            asked.is(StatusCode::UNPROCESSABLE_ENTITY).shows(MEANT);
            assert_eq!(asked.attributes(".summary a", "href"), ["#email"], "{page}");
            let fix = format!("email:{MEANT}");
            assert_eq!(asked.attributes("button[name=fix]", "value"), [fix.as_str()], "{page}");
            let again = asked.form(action);
            assert_eq!(again.value("email"), TYPED, "{page}: nothing is changed by itself");

            let mended = visitor.submit(&again.clone().with("fix", &fix)).await;
            match mended.find_form(action) {
                Some(form) => assert_eq!(form.value("email"), MEANT, "{page}"),
                None => drop(mended.is(StatusCode::OK).shows(MEANT)),
            }
            let kept = visitor.submit(&again.choose("email_kept", TYPED)).await;
            let kept = if kept.status == StatusCode::SEE_OTHER { visitor.open(kept.location()).await } else { kept };
            kept.is(StatusCode::OK).shows(TYPED);
        }
    }
}

#[both_engines]
async fn who_keeps_an_address_is_not_asked_again_and_is_written_to(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    let form = taro.fills_in("R8/executive/3").await.fill("email", TYPED);
    let form = taro.submit(&form).await.form("/executive/3").choose("email_kept", TYPED);
    // Something else is wrong: the answer is not forgotten.
    let wrong = taro.submit(&form.with("family", "")).await;
    assert_eq!(wrong.is(StatusCode::UNPROCESSABLE_ENTITY).attributes(".summary a", "href"), ["#family"]);
    let form = wrong.form("/executive/3").fill("family", "見本");
    let confirm = taro.submit(&form).await.is(StatusCode::OK).form("/confirmation");
    assert_eq!(taro.confirms(&confirm).await, Applied);
    assert_eq!(site.deliver().await[0].to, TYPED);
}

#[both_engines]
async fn every_slip_of_the_list_is_asked_about(site: Site) {
    let slips = project_file("data/mail-domains.txt");
    let slips: Vec<(&str, &str)> =
        slips.lines().filter(|line| !line.starts_with(['#', '.'])).filter_map(|line| line.trim().split_once(char::is_whitespace)).collect();
    assert!(slips.len() > 10, "{slips:?}");
    for (slip, meant) in slips {
        let mut visitor = site.visitor("見本 太郎");
        let form = visitor.get("/links").await.form("/links").fill("email", &format!("taro@{slip}"));
        let asked = visitor.submit(&form).await;
        asked.is(StatusCode::UNPROCESSABLE_ENTITY).shows(&format!("taro@{}", meant.trim()));
    }
}

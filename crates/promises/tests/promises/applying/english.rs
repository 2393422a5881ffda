use both_engines::both_engines;
use http::StatusCode;

use crate::site::{Outcome::Applied, Site};

#[both_engines]
async fn the_whole_way_can_be_gone_in_english(site: Site) {
    let mut taro = site.visitor("見本 太郎").in_english();
    taro.get("/trainings/R8/executive").await.shows("Training for executives").shows("Wed 23 December 2026");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    assert!(taro.application.starts_with("/en/applications/"), "{}", taro.application);
    assert_eq!(taro.own_page().await.is(StatusCode::OK).attributes("html", "lang"), ["en"]);

    let letter = site.deliver().await.remove(0);
    assert!(letter.text.contains("Wed 23 December 2026") && letter.text.contains("R8-E3-0001"), "{}", letter.text);
    assert!(letter.link("/a/").starts_with("/en/a/"), "{}", letter.text);
    taro.moves_to("Session 4").await.is(StatusCode::OK).shows("Tue 19 January 2027");
    taro.cancels().await.is(StatusCode::OK);
    taro.undoes().await.is(StatusCode::OK);
    assert_eq!(site.deliver().await.len(), 3);
}

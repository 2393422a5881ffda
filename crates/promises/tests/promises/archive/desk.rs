//! What the secretariat sees.

use both_engines::both_engines;
use http::StatusCode;

use super::{Office, SESSION, joins, open_now, sees};
use crate::site::Site;

#[both_engines]
async fn the_page_says_how_far_everything_is_and_how_many_have_watched(site: Site) {
    let mut office = Office::on(&site, SESSION).await;
    let page = office.page().await;
    page.is(StatusCode::OK)
        .shows("映像がありません")
        .shows("公開するには、字幕か、付けない理由が必要です")
        .shows("日程の決まっていない回がある");
    office.has_published().await;
    open_now(&site, "R5").await;
    let (mut taro, _) = joins(&site, "見本 太郎", SESSION).await;
    sees(&mut taro, SESSION, "0-20").await;
    office.page().await.shows("公開しています").shows("見た方 1名、受講済み 0名").shows("章 2、確認問題 2問、受講済みの基準 80％");
    let list = site.get(&format!("/archive/{SESSION}")).await;
    list.shows("第1回の録画").shows("長さ 2:00");
    let english = site.visitor("見本 花子").in_english().get(&format!("/archive/{SESSION}")).await;
    english.is(StatusCode::OK).shows("Recording of");
}

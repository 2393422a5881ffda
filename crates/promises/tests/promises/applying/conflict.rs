//! Two trainings at the same time: said to the person alone, and allowed.

use both_engines::both_engines;

use crate::site::Outcome::Applied;
use crate::site::Site;

#[both_engines]
async fn a_training_at_the_same_time_is_named_in_the_mail_and_allowed(site: Site) {
    let third = site.session("R8/executive/3").await;
    let other = site.session("R8/admin/7").await.id;
    site.write(async move |tx, _| {
        let set = db::sql!("UPDATE sessions SET day = $2, starts_at = $3, ends_at = $4, opens_at = $5, closes_at = $3 WHERE id = $1");
        tx.run(set, &[other.into(), third.day.into(), third.starts_at.into(), third.ends_at.into(), third.opens_at.into()]).await?;
        tx.public_changed().await
    })
    .await;
    assert_eq!(site.visitor("例示 髙子").applies_for("R8/executive/3").await, Applied);
    assert!(!site.deliver().await[0].text.contains("ご注意ください"));
    let mut takako = site.visitor("例示 髙子");
    assert_eq!(takako.applies_for("R8/admin/7").await, Applied, "it is hers to decide");
    takako.own_page().await.hides("同じ時間に");
    let letter = site.deliver().await.remove(0);
    assert!(letter.text.contains("同じ時間に、") && letter.text.contains("第3回（2026年12月23日（水）17:00～18:00）"), "{}", letter.text);
    assert_eq!(site.visitor("見本 太郎").applies_for("R8/admin/7").await, Applied);
    assert!(!site.deliver().await[0].text.contains("ご注意ください"), "another person");
}

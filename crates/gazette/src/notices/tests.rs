//! Addresses of notices, and what is there at the first start, on both engines.

use both_engines::both_engines;
use db::Lane;
use db::testing::TestDatabase;
use kernel::{Day, FiscalYear, Lang, Timestamp};

use super::notice::{Headline, Slug};
use super::{load, search, store};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn an_address_has_one_spelling() {
    let slug = Slug { day: Day::constant(2026, 8, 10), number: 1 };
    assert_eq!(slug.to_string(), "2026-0810-1");
    assert_eq!("2026-0810-1".parse(), Ok(slug));
    for text in [
        "",
        "2026-0810",
        "2026-0810-01",
        "2026-0810-0",
        "2026-810-1",
        "2026-1310-1",
        "26-0810-1",
        "2026-0810-1-1",
        "2026-08１0-1",
        "+026-0810-1",
    ] {
        assert!(text.parse::<Slug>().is_err(), "{text}");
    }
}

#[both_engines]
async fn the_notices_of_2023_and_of_the_demo_are_there_once_on_their_days(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let now = at("2026-11-22T09:00+09:00");
        let year = FiscalYear::of(now.day());
        assert_eq!(load(tx, year, true, now).await?, 8);
        assert_eq!(load(tx, year, true, now).await?, 0, "loading twice is the same as once");
        let all = store::headlines(tx, None, now, 0, 100).await?;
        let slugs: Vec<String> = all.iter().map(|notice| notice.slug().to_string()).collect();
        assert_eq!(
            slugs,
            ["2026-1120-1", "2026-1118-1", "2026-1109-1", "2026-1026-1", "2023-0814-1", "2023-0810-2", "2023-0810-1", "2023-0511-1"]
        );
        let old = store::at(tx, "2023-0810-2".parse().unwrap()).await?.unwrap();
        assert_eq!(old.title_ja, "導入研修 - 立入検査対策コース - 申込開始", "as printed");
        assert_eq!(all[0].title(Lang::En), ("Beginners, sessions 5 and 6: applications are open", false));
        assert_eq!(store::newest(tx, 4, now).await?.len(), 4);
        let of_2023 = FiscalYear::of(old.day);
        let within = Some((of_2023.first_day(), of_2023.last_day()));
        assert_eq!((store::count(tx, within, now).await?, store::count(tx, None, now).await?), (4, 8));
        let second: Vec<String> = store::headlines(tx, within, now, 1, 2).await?.iter().map(|line| line.slug().to_string()).collect();
        assert_eq!(second, ["2023-0810-2", "2023-0810-1"], "page by page, within the year");
        let years: Vec<FiscalYear> = store::days(tx, now).await?.into_iter().map(FiscalYear::of).collect();
        assert_eq!((years.first(), years.last()), (Some(&year), Some(&of_2023)));
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn a_notice_is_not_seen_before_its_day(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let now = at("2026-11-17T23:59+09:00");
        load(tx, FiscalYear::of(now.day()), true, now).await?;
        let is_it = |slug: Slug| slug.to_string() == "2026-1118-1";
        let seen = |all: Vec<Headline>| all.iter().any(|notice| is_it(notice.slug()));
        assert!(!seen(store::headlines(tx, None, now, 0, 100).await?));
        assert!(!search(tx, "%", now).await?.iter().any(|notice| is_it(notice.slug())));
        assert!(seen(store::headlines(tx, None, at("2026-11-18T00:00+09:00"), 0, 100).await?));
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn without_the_demo_only_what_was_real_is_there(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let now = at("2026-11-22T09:00+09:00");
        assert_eq!(load(tx, FiscalYear::of(now.day()), false, now).await?, 4);
        Ok(())
    });
    checked.await.unwrap();
}

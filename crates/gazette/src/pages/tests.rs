//! Fixed pages are there from the first start and change by publication, on both engines.

use both_engines::both_engines;
use db::Lane;
use db::testing::TestDatabase;
use kernel::{Lang, Timestamp};

use super::page::Name;
use super::{load, room, search, store};
use crate::approval::{Kind, Room, Sieve, Wording, latest, lines};

fn now() -> Timestamp {
    "2026-11-22T09:00+09:00".parse().unwrap()
}

#[both_engines]
async fn all_five_are_there_in_both_languages(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        assert_eq!(load(tx, now()).await?, 5);
        assert_eq!(load(tx, now()).await?, 0, "loading twice is the same as once");
        for name in Name::ALL {
            let page = store::page(tx, name).await?.unwrap();
            for lang in [Lang::Ja, Lang::En] {
                let (title, lead, body, is_japanese) = page.speak(lang);
                assert!(!title.is_empty() && !lead.is_empty() && body.contains("## ") && !is_japanese, "{name:?}");
            }
            assert_eq!(page.updated_on.to_string(), "2026-04-01", "the day of the file, not of the loading");
        }
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn a_publication_changes_the_page_and_its_day(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        load(tx, now()).await?;
        let found = search(tx, &format!("%{}%", kernel::fold("ランサムウェア"))).await?;
        assert_eq!(found.iter().map(|page| page.name).collect::<Vec<_>>(), [Name::About]);
        let all = Sieve { kind: Kind::Page, like: String::new() };
        let lines = lines(tx, &all, None, 0, 10).await?;
        let guide = lines.iter().find(|line| line.title_ja == "本サイトの使い方").unwrap();
        let mut version = latest(tx, guide.text).await?.unwrap();
        version.title_ja = "使い方".into();
        assert_eq!(<room::Pages as Room>::make_public(tx, &version, now()).await?, "/guide");
        let page = store::page(tx, Name::Guide).await?.unwrap();
        assert_eq!((page.title_ja.as_str(), page.updated_on), ("使い方", now().day()));
        Ok(())
    });
    checked.await.unwrap();
}

#[test]
fn what_is_searched_is_what_readers_see() {
    let wording = Wording { title_ja: "題".into(), body_ja: "[質問](/faq#q3)と**強調**".into(), ..Wording::default() };
    let search = wording.search();
    assert!(search.contains("質問ト強調"), "{search}");
    assert!(!search.contains("faq"), "an address is no word of the text: {search}");
}

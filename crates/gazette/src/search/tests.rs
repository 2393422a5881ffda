//! Search in Japanese over everything public, on both engines.

use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{DbResult, Lane, Tx};
use kernel::{FiscalYear, Lang, Timestamp};
use std::pin::Pin;
use std::sync::Arc;
use web::Settings;

use super::pages::find;
use super::{Excerpt, Finder, Hit, Wanted, plain};

fn now() -> Timestamp {
    "2026-11-22T09:00+09:00".parse().unwrap()
}

fn wanted(typed: &str, lang: Lang) -> Wanted {
    Wanted::new(typed, lang, now()).unwrap()
}

async fn paths(tx: &mut Tx<'_>, typed: &str, lang: Lang) -> DbResult<Vec<String>> {
    let hits = find(tx, &wanted(typed, lang), &Arc::new(Settings::shipped()), &[]).await?;
    Ok(hits.into_iter().map(|hit| hit.path).collect())
}

#[both_engines]
async fn words_are_found_however_they_are_typed(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        crate::load_texts(tx, FiscalYear::of(now().day()), true, now()).await?;
        for typed in ["録画", "ろくが 録画", "アーカイブ", "あーかいぶ", "ｱｰｶｲﾌﾞ", "配信　録画"] {
            let found = paths(tx, typed, Lang::Ja).await?;
            let is_there = found.contains(&"/faq#q3".to_owned());
            assert_eq!(is_there, typed != "ろくが 録画", "{typed}: {found:?}");
        }
        let ransom = paths(tx, "ランサムウェア", Lang::Ja).await?;
        assert_eq!(ransom[0], "/about");
        assert!(paths(tx, "第7.0版", Lang::Ja).await?.contains(&"/rules#guideline-7".to_owned()));
        assert!(paths(tx, "宮医発", Lang::Ja).await?.contains(&"/letters#miyagi-2023-01-27".to_owned()));
        assert!(paths(tx, "certificate", Lang::En).await?.contains(&"/faq#q9".to_owned()));
        let percent = paths(tx, "%", Lang::Ja).await?;
        assert!(percent.iter().all(|path| ["/guide", "/accessibility"].contains(&path.as_str())) && !percent.is_empty(), "{percent:?}");
        for typed in ["どこにもない言葉", "_", "\\", "100%無料_", "office_phone"] {
            assert!(paths(tx, typed, Lang::Ja).await?.is_empty(), "{typed}");
        }
        Ok(())
    });
    checked.await.unwrap();
}

fn course<'t>(_: &'t mut Tx<'_>, wanted: &'t Wanted) -> Pin<Box<dyn Future<Output = DbResult<Vec<Hit>>> + 't>> {
    Box::pin(async move {
        let hit = Hit {
            place: "研修".into(),
            path: "/trainings/R8/intro".into(),
            title: "導入研修".into(),
            day: String::new(),
            excerpt: Excerpt::default(),
            is_japanese: false,
        };
        Ok(if wanted.fits(&["導入研修"]) { vec![hit] } else { Vec::new() })
    })
}

#[both_engines]
async fn what_other_wings_find_comes_first(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        crate::load_texts(tx, FiscalYear::of(now().day()), true, now()).await?;
        let finders: [Finder; 1] = [course];
        let settings = Arc::new(Settings::shipped());
        let hits = find(tx, &wanted("導入研修", Lang::Ja), &settings, &finders).await?;
        assert_eq!(hits[0].path, "/trainings/R8/intro");
        assert!(hits.len() > 1);
        Ok(())
    });
    checked.await.unwrap();
}

#[test]
fn nothing_to_look_for_is_no_search() {
    for typed in ["", " ", "　", "\u{200b}"] {
        assert_eq!(Wanted::new(typed, Lang::Ja, now()), None, "{typed:?}");
    }
}

#[test]
fn the_word_is_marked_as_it_is_written() {
    let text = "すべてのオンライン研修が終わったあとに配信します。予定日は、各研修のページに書いてあります。";
    let excerpt = Excerpt::of(text, &wanted("おんらいん", Lang::Ja));
    assert_eq!((excerpt.before.as_str(), excerpt.found.as_str()), ("すべての", "オンライン"));
    let excerpt = Excerpt::of("ﾗﾝｻﾑウェアと 髙﨑", &wanted("高崎", Lang::Ja));
    assert_eq!(excerpt.found, "髙﨑");
    let long = format!("{}鍵{}", "前".repeat(100), "後".repeat(200));
    let excerpt = Excerpt::of(&long, &wanted("鍵", Lang::Ja));
    assert!(excerpt.before.starts_with('…') && excerpt.after.ends_with('…') && excerpt.found == "鍵");
    assert_eq!(Excerpt::of("短い", &wanted("ない", Lang::Ja)).after, "短い");
}

#[test]
fn marks_are_no_words() {
    assert_eq!(
        plain("<p>A &amp; B</p><a href=\"/x?y=1\">C &lt;D&gt;</a>").split_whitespace().collect::<Vec<_>>(),
        ["A", "&", "B", "C", "<D>"]
    );
}

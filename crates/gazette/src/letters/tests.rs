//! Past letters and documents are entered as they were written, on both engines.

use both_engines::both_engines;
use db::Lane;
use db::testing::TestDatabase;
use kernel::Timestamp;
use web::data_text;

use super::load::{Loaded, NotNotices};
use super::{load_notices, search_documents, search_letters, store};

const NOW: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

#[both_engines]
async fn the_chain_of_2023_is_told_from_the_ministry_to_the_cities(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let loaded = load_notices(tx, &data_text("notices.toml"), NOW).await?.unwrap();
        assert_eq!(loaded, Loaded { letters: 7, documents: 7 });
        assert_eq!(load_notices(tx, &data_text("notices.toml"), NOW).await?.unwrap(), loaded, "loading twice is the same as once");
        let letters = store::letters(tx).await?;
        let medical: Vec<_> = letters.iter().filter(|letter| letter.chain == "medical").collect();
        assert_eq!(medical.iter().map(|letter| letter.day.to_string()).collect::<Vec<_>>(), ["2023-01-11", "2023-01-17", "2023-01-27"]);
        let jma = medical[1];
        assert_eq!((jma.number.as_str(), jma.transfers.as_str()), ("日医発第1967号（情シ）", "mhlw-2023-01-11"));
        assert_eq!(jma.addressee_with_honour(), "都道府県医師会 担当理事 殿");
        assert_eq!(jma.fact("date_raw"), "令和 5 年 1 月 17 日", "every printed word is kept");
        assert_eq!(jma.contacts().count(), 2);
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn an_old_edition_names_the_one_that_followed(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        load_notices(tx, &data_text("notices.toml"), NOW).await?.unwrap();
        let documents = store::documents(tx).await?;
        let old = documents.iter().find(|document| document.id == "guideline-6").unwrap();
        assert_eq!(old.superseded_by, "guideline-7");
        assert_eq!(old.superseded_on.unwrap().to_string(), "2026-06-29");
        assert!(documents.iter().any(|document| document.id == old.superseded_by));
        assert_eq!(search_documents(tx, &format!("%{}%", kernel::fold("第7.0版"))).await?.len(), 1);
        assert_eq!(search_letters(tx, &format!("%{}%", kernel::fold("宮医発"))).await?.len(), 1);
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn a_file_of_another_shape_changes_nothing(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        for (file, refusal) in [
            ("schema = \"mist-trainings/1\"", NotNotices::Shape("mist-trainings/1".into())),
            ("schema = \"mist-notices/1\"\n[[letter]]\nid = \"x\"", NotNotices::Incomplete("x".into())),
            ("schema = \"mist-notices/1\"\n[[ministry_document]]\nid = \"y\"", NotNotices::Incomplete("y".into())),
        ] {
            assert_eq!(load_notices(tx, file, NOW).await?, Err(refusal));
        }
        assert!(matches!(load_notices(tx, "schema =", NOW).await?, Err(NotNotices::Shape(_))));
        assert!(store::letters(tx).await?.is_empty());
        Ok(())
    });
    checked.await.unwrap();
}

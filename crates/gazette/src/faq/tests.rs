//! Questions keep their numbers, on both engines.

use access::{Hand, Role};
use both_engines::both_engines;
use db::Lane;
use db::testing::TestDatabase;
use kernel::{Lang, Timestamp};
use web::Settings;

use super::question::{Place, Topic, path};
use super::{faq_for, load, room, store};
use crate::approval::{Kind, Room, TextId, Wording, latest, record_published};

fn now() -> Timestamp {
    "2026-11-22T09:00+09:00".parse().unwrap()
}

#[both_engines]
async fn every_question_that_is_shipped_keeps_its_number(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        assert_eq!(load(tx, now()).await?, 18);
        assert_eq!(load(tx, now()).await?, 0, "loading twice is the same as once");
        let all = store::on_page(tx, 1).await?;
        let title = |number: i64| all.iter().find(|question| question.number == number).unwrap().title_ja.clone();
        assert_eq!(title(3), "録画（アーカイブ）はいつ見られますか");
        assert_eq!(title(8), "研修資料はもらえますか");
        for question in &all {
            for lang in [Lang::Ja, Lang::En] {
                let answer = question.answer(lang, &Settings::shipped(), now());
                assert!(!answer.is_japanese && !answer.title.is_empty() && answer.html.contains("<p>"), "Q{}", question.number);
            }
        }
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn a_question_stands_where_it_arises(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        load(tx, now()).await?;
        for (place, has, has_not) in [(Place::Course, 3, 17), (Place::Apply, 4, 3), (Place::Thanks, 8, 5), (Place::My, 17, 8)] {
            let numbers: Vec<i64> = faq_for(tx, place).await?.iter().map(|question| question.number).collect();
            assert!(numbers.contains(&has) && !numbers.contains(&has_not), "{place:?}: {numbers:?}");
        }
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn a_number_is_never_given_to_another_question(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        load(tx, now()).await?;
        let last: TextId = store::on_page(tx, 1).await?.last().unwrap().id;
        <room::Faq as Room>::take_back(tx, last, "", now()).await?;
        assert!(!store::on_page(tx, 1).await?.iter().any(|question| question.number == 18));

        let wording = Wording {
            title_ja: "新しい質問".into(),
            body_ja: "答え".into(),
            facts: room::facts(Topic::Mail, &[Place::My]),
            ..Wording::default()
        };
        let hand = Hand { actor: "account:writer".into(), role: Some(Role::Secretariat) };
        let text = crate::approval::begin(tx, Kind::Question, &wording, &hand, now()).await?.text;
        let version = latest(tx, text).await?.unwrap();
        assert_eq!(<room::Faq as Room>::make_public(tx, &version, now()).await?, "/faq#q19");

        let withdrawn = latest(tx, last).await?.unwrap();
        assert_eq!(<room::Faq as Room>::make_public(tx, &withdrawn, now()).await?, "/faq#q18", "it comes back as itself");
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn a_question_stays_on_the_page_of_its_number(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        assert_eq!(store::first_number(tx).await?, None);
        for number in [1, 100, 101, 350] {
            let wording = Wording { title_ja: format!("質問{number}"), ..Wording::default() };
            let text = record_published(tx, Kind::Question, &wording, now()).await?.text;
            store::put(tx, text, number, Topic::Mail, &[], &wording, now()).await?;
        }
        let mut pages = Vec::new();
        for page in 1..=4 {
            pages.push(store::on_page(tx, page).await?.iter().map(|question| question.number).collect::<Vec<_>>());
        }
        assert_eq!(pages, [vec![1, 100], vec![101], vec![], vec![350]]);
        assert_eq!(store::beside_page(tx, 1).await?, (None, Some(101)));
        assert_eq!(store::beside_page(tx, 2).await?, (Some(100), Some(350)));
        assert_eq!(store::beside_page(tx, 4).await?, (Some(101), None));
        assert_eq!([100, 101, 350].map(path), ["/faq#q100", "/faq?page=2#q101", "/faq?page=4#q350"]);
        let first = store::on_page(tx, 1).await?;
        for question in first {
            store::withdraw(tx, question.id, now()).await?;
        }
        assert_eq!((store::first_number(tx).await?, store::beside_page(tx, 2).await?), (Some(101), (None, Some(350))));
        Ok(())
    });
    checked.await.unwrap();
}

#[test]
fn a_question_without_english_is_shown_in_japanese_and_says_so() {
    let question = super::Question {
        id: TextId::from_uuid(kernel::Uuid::nil()),
        number: 20,
        topic: Topic::Mail,
        title_ja: "質問".into(),
        body_ja: "答え {office_phone}".into(),
        title_en: String::new(),
        body_en: String::new(),
    };
    let answer = question.answer(Lang::En, &Settings::shipped(), now());
    assert!(answer.is_japanese);
    assert_eq!((answer.title.as_str(), answer.path().as_str()), ("質問", "/faq#q20"));
    assert!(answer.html.contains("（見本）"), "the words in braces are in the text's own language: {}", answer.html);
}

//! The way of a text to its readers, on both engines.

use access::{Hand, Role};
use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{DbResult, Lane, Tx};
use kernel::{Lang, Span, Timestamp};
use people::lists::Fate;
use web::Words;

use super::approve::{NotApproved, approve};
use super::drafts::{Draft, plan};
use super::fold_titles::fold_titles;
use super::give_back::give_back;
use super::publish::{NotPublished, publish};
use super::request::{NotRequested, request};
use super::save::{NotSaved, Saved, Seen, begin, save};
use super::sieve::{Counts, Sieve};
use super::store;
use super::version::{Kind, Stage, Step, Waiting, Wording};
use super::withdraw::{NotWithdrawn, withdraw};
use crate::notices;

fn now() -> Timestamp {
    "2026-11-22T09:00+09:00".parse().unwrap()
}

fn later(minutes: i64) -> Timestamp {
    now().plus(Span::minutes(minutes))
}

fn hand(actor: &str) -> Hand {
    Hand { actor: format!("account:{actor}"), role: Some(Role::Secretariat) }
}

fn wording(title: &str) -> Wording {
    Wording {
        title_ja: title.into(),
        body_ja: "本文です。".into(),
        facts: serde_json::json!({ "category": "training" }),
        ..Wording::default()
    }
}

async fn seen(tx: &mut Tx<'_>, saved: Saved) -> DbResult<Seen> {
    let version = store::version(tx, saved.version).await?.unwrap();
    Ok(Seen { version: version.id, saved_at: version.saved_at })
}

async fn published(tx: &mut Tx<'_>, title: &str) -> DbResult<(Saved, String)> {
    let saved = begin(tx, Kind::Notice, &wording(title), &hand("writer"), now()).await?;
    let address = on_to_publication(tx, saved).await?;
    Ok((saved, address))
}

async fn on_to_publication(tx: &mut Tx<'_>, saved: Saved) -> DbResult<String> {
    let seen = seen(tx, saved).await?;
    request(tx, seen, "", &hand("writer"), later(1)).await?.unwrap();
    approve(tx, seen, true, &hand("approver"), later(2)).await?.unwrap();
    Ok(publish::<notices::Notices>(tx, seen, &hand("writer"), later(3)).await?.unwrap())
}

#[both_engines]
async fn a_text_is_written_reviewed_approved_and_published_each_by_somebody_at_some_time(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let (saved, address) = published(tx, "申し込みを受け付けています").await?;
        assert_eq!(address, "/notices/2026-1122-1");
        let steps = store::steps(tx, saved.version).await?;
        let told: Vec<_> = steps.iter().map(|past| (past.step, past.actor.as_str(), past.at)).collect();
        assert_eq!(
            told,
            [
                (Step::Saved, "account:writer", now()),
                (Step::Requested, "account:writer", later(1)),
                (Step::Approved, "account:approver", later(2)),
                (Step::Published, "account:writer", later(3)),
            ]
        );
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn nobody_approves_what_they_wrote_unless_one_person_runs_the_portal(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let saved = begin(tx, Kind::Notice, &wording("題"), &hand("writer"), now()).await?;
        let first = seen(tx, saved).await?;
        // Somebody else mends a word: both have written it now.
        let again = save(tx, saved.text, Kind::Notice, first, &wording("題名"), &hand("second"), later(1)).await?.unwrap();
        let seen = seen(tx, again).await?;
        request(tx, seen, "", &hand("second"), later(2)).await?.unwrap();
        assert_eq!(approve(tx, seen, true, &hand("writer"), later(3)).await?, Err(NotApproved::OwnText));
        assert_eq!(approve(tx, seen, true, &hand("second"), later(3)).await?, Err(NotApproved::OwnText));
        assert_eq!(approve(tx, seen, false, &hand("writer"), later(3)).await?, Ok(()));
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn only_what_was_approved_is_published_to_the_letter(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let saved = begin(tx, Kind::Notice, &wording("題"), &hand("writer"), now()).await?;
        let before = seen(tx, saved).await?;
        assert_eq!(publish::<notices::Notices>(tx, before, &hand("writer"), later(1)).await?, Err(NotPublished::NotApproved));
        request(tx, before, "", &hand("writer"), later(1)).await?.unwrap();
        approve(tx, before, true, &hand("approver"), later(2)).await?.unwrap();
        save(tx, saved.text, Kind::Notice, before, &wording("別の題"), &hand("writer"), later(3)).await?.unwrap();
        assert_eq!(store::latest(tx, saved.text).await?.unwrap().stage(), Stage::Draft, "a change undoes the approval");
        assert_eq!(publish::<notices::Notices>(tx, before, &hand("writer"), later(4)).await?, Err(NotPublished::NotApproved));
        assert_eq!(request(tx, before, "", &hand("writer"), later(4)).await?, Err(NotRequested::Changed), "it is not what they saw");
        assert_eq!(approve(tx, before, true, &hand("approver"), later(4)).await?, Err(NotApproved::Changed));
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn of_two_who_edit_at_once_the_second_is_told(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let saved = begin(tx, Kind::Notice, &wording("題"), &hand("writer"), now()).await?;
        let both = seen(tx, saved).await?;
        save(tx, saved.text, Kind::Notice, both, &wording("一人目"), &hand("first"), later(1)).await?.unwrap();
        let second = save(tx, saved.text, Kind::Notice, both, &wording("二人目"), &hand("second"), later(2)).await?;
        assert_eq!(second, Err(NotSaved::Changed(later(1))));
        assert_eq!(store::latest(tx, saved.text).await?.unwrap().title_ja, "一人目");
        assert_eq!(save(tx, saved.text, Kind::Page, both, &wording("題"), &hand("first"), later(3)).await?, Err(NotSaved::Unknown));
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn what_is_public_stays_until_its_next_version_is_published(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let (saved, address) = published(tx, "はじめの題").await?;
        let public = seen(tx, saved).await?;
        let next = save(tx, saved.text, Kind::Notice, public, &wording("次の題"), &hand("writer"), later(10)).await?.unwrap();
        assert_ne!(next.version, saved.version, "a published version is never written over");
        let slug = address.trim_start_matches("/notices/").parse().unwrap();
        assert_eq!(notices::at(tx, slug).await?.unwrap().title_ja, "はじめの題");
        assert_eq!(on_to_publication(tx, next).await?, address, "the address stays");
        assert_eq!(notices::at(tx, slug).await?.unwrap().title_ja, "次の題");
        assert_eq!(store::versions(tx, saved.text).await?.iter().map(|version| version.number).collect::<Vec<_>>(), [2, 1]);
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn what_is_given_back_says_why_and_begins_again(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let saved = begin(tx, Kind::Notice, &wording("題"), &hand("writer"), now()).await?;
        let seen = seen(tx, saved).await?;
        request(tx, seen, "", &hand("writer"), later(1)).await?.unwrap();
        assert_eq!(store::waiting(tx).await?, Waiting { requested: 1, approved: 0 });
        give_back(tx, seen, "日付をご確認ください", &hand("approver"), later(2)).await?.unwrap();
        let all = Sieve { kind: Kind::Notice, like: String::new() };
        let line = store::lines(tx, &all, None, 0, 1).await?.remove(0);
        assert_eq!((line.step, line.step.leads_to()), (Step::Returned, Stage::Draft));
        assert_eq!(store::steps(tx, saved.version).await?.last().unwrap().note, "日付をご確認ください");
        assert_eq!(store::waiting(tx).await?, Waiting { requested: 0, approved: 0 });
        assert!(give_back(tx, seen, "もう一度", &hand("approver"), later(3)).await?.is_err());
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn the_list_is_searched_counted_and_cut_into_pages_where_it_lies(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        begin(tx, Kind::Page, &wording("別の種類の録画"), &hand("writer"), now()).await?;
        let (public, _) = published(tx, "録画を公開しました").await?;
        for minute in 10..15 {
            begin(tx, Kind::Notice, &wording(&format!("ＺＯＯＭの録画_{minute}")), &hand("writer"), later(minute)).await?;
        }
        let asked = begin(tx, Kind::Notice, &wording("証明書"), &hand("writer"), later(20)).await?;
        let wanted = seen(tx, asked).await?;
        request(tx, wanted, "", &hand("writer"), later(21)).await?.unwrap();

        let sieve = |typed: &str| Sieve { kind: Kind::Notice, like: db::holding(&kernel::fold(typed)) };
        let all = Counts { draft: 5, requested: 1, approved: 0, published: 1, withdrawn: 0 };
        assert_eq!((store::count(tx, &sieve("")).await?, all.of(None)), (all, 7));
        let recordings = Counts { requested: 0, ..all };
        assert_eq!(store::count(tx, &sieve("録画")).await?, recordings);
        // It is found however it is typed, and what a pattern would mean is meant literally.
        for (typed, drafts) in [("zoom", 5), ("Ｚｏｏｍの録画_12", 1), ("%12", 0)] {
            assert_eq!(store::count(tx, &sieve(typed)).await?.of(Some(Stage::Draft)), drafts, "{typed}");
        }

        let first = store::lines(tx, &sieve("録画"), None, 0, 4).await?;
        let second = store::lines(tx, &sieve("録画"), None, 4, 4).await?;
        assert_eq!((first.len(), second.len()), (4, 2));
        assert_eq!(first[0].title_ja, "ＺＯＯＭの録画_14", "the one that was touched last");
        assert_eq!(second[1].text, public.text);
        let waiting = store::lines(tx, &sieve(""), Some(Stage::Requested), 0, 4).await?;
        assert_eq!(waiting.iter().map(|line| line.text).collect::<Vec<_>>(), [asked.text]);
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn titles_of_before_are_folded_once(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let texts = [
            begin(tx, Kind::Notice, &wording("ひらがなの題"), &hand("writer"), now()).await?,
            begin(tx, Kind::Notice, &wording("別の題"), &hand("writer"), now()).await?,
        ];
        // Whoever saves while the titles of before are being folded is not overwritten.
        let late = texts.map(|saved| serde_json::json!({ "id": saved.version.uuid(), "titles": "前の題\n" }));
        store::put_titles(tx, late.into_iter().collect()).await?;
        let earlier = Sieve { kind: Kind::Notice, like: db::holding(&kernel::fold("前の題")) };
        assert_eq!(store::count(tx, &earlier).await?.draft, 0);
        tx.run(db::sql!("UPDATE text_versions SET titles = ''"), &[]).await?;
        let sieve = Sieve { kind: Kind::Notice, like: db::holding(&kernel::fold("ヒラガナ")) };
        assert_eq!(store::count(tx, &sieve).await?.draft, 0);
        assert_eq!((fold_titles(tx).await?, fold_titles(tx).await?), (2, 0));
        assert_eq!(store::lines(tx, &sieve, None, 0, 9).await?[0].title_ja, "ひらがなの題");
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn a_withdrawn_text_can_come_back_under_its_address(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let (saved, address) = published(tx, "題").await?;
        let slug = address.trim_start_matches("/notices/").parse().unwrap();
        withdraw::<notices::Notices>(tx, saved.text, "日程が変わったため", &hand("writer"), later(5)).await?.unwrap();
        assert_eq!(notices::at(tx, slug).await?.unwrap().withdraw_reason, "日程が変わったため");
        assert!(notices::front_notices(tx, 4, later(6)).await?.is_empty());
        let again = withdraw::<notices::Notices>(tx, saved.text, "もう一度", &hand("writer"), later(7)).await?;
        assert_eq!(again, Err(NotWithdrawn::NotPublic));
        let public = seen(tx, saved).await?;
        let next = save(tx, saved.text, Kind::Notice, public, &wording("新しい題"), &hand("writer"), later(8)).await?.unwrap();
        assert_eq!(on_to_publication(tx, next).await?, address);
        assert_eq!(notices::front_notices(tx, 4, later(20)).await?[0].title_ja, "新しい題");
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn a_list_of_texts_is_compared_with_what_stands_in_three_questions_however_long_it_is(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        published(tx, "公開した題名").await?;
        let kept = serde_json::json!({ "category": "training", "kept": "2026-0810-1" });
        begin(tx, Kind::Notice, &Wording { facts: kept, ..wording("下書きの題名") }, &hand("writer"), now()).await?;
        let draft = |title: &str, kept: Option<&str>| Draft { wording: wording(title), kept: kept.map(str::to_owned) };
        let mut drafts = vec![
            draft("公開した番号の別の題名", Some("2026-1122-1")),
            draft("公開した題名", None),
            draft("下書きの題名", Some("2026-0810-1")),
            draft("下書きの番号の別の題名", Some("2026-0810-1")),
        ];
        drafts.extend((0..50).map(|n| draft(&format!("新しい題名{n}"), None)));
        let (mut fates, mut fewest) = (Vec::new(), u64::MAX);
        // The whole process is counted, and another connection may ask something meanwhile: the fewest are those of this alone.
        for _ in 0..5 {
            let before = db::statements_asked();
            fates = plan::<notices::Notices>(tx, &drafts, Words::of(Lang::Ja)).await?;
            fewest = fewest.min(db::statements_asked() - before);
        }
        assert_eq!(fewest, 3);
        assert!(matches!(&fates[..], [Fate::Not(_), Fate::Known, Fate::Known, Fate::Not(_), ..]), "{fates:?}");
        assert!(fates[4..].iter().all(|fate| *fate == Fate::New), "{fates:?}");
        Ok(())
    });
    checked.await.unwrap();
}

//! Asking and answering, on both engines.

use access::{Hand, Role};
use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{DbResult, Lane, Tx};
use kernel::{Lang, Span, Timestamp};

use super::answer::{NotAnswered, answer};
use super::inquiry::{About, InquiryId, MessageKind, NewInquiry, Standing};
use super::mail::question;
use super::note::note;
use super::sieve::{Counts, Sieve, Which};
use super::{close, forget, forget_old, inquire, reopen, store, take, waiting};

fn now() -> Timestamp {
    "2026-11-22T09:00+09:00".parse().unwrap()
}

fn hand() -> Hand {
    Hand { actor: "account:office".into(), role: Some(Role::Secretariat) }
}

fn new(body: &str) -> NewInquiry {
    NewInquiry {
        about: About::Portal,
        name: "例示 髙子".into(),
        email: "takako@example.jp".parse().unwrap(),
        institution: "例示歯科医院".into(),
        body: body.into(),
        lang: Lang::Ja,
    }
}

async fn asked(tx: &mut Tx<'_>, body: &str, at: Timestamp) -> DbResult<InquiryId> {
    let office = "office@example.jp".parse().unwrap();
    Ok(inquire(tx, &new(body), Some(&office), at).await?.id)
}

async fn standing(tx: &mut Tx<'_>, id: InquiryId) -> DbResult<Standing> {
    Ok(store::inquiry(tx, id).await?.unwrap().standing())
}

async fn mails(tx: &mut Tx<'_>, id: InquiryId) -> DbResult<Vec<String>> {
    let mut kinds: Vec<String> = journal::outbox::about(tx, id).await?.into_iter().map(|row| row.kind).collect();
    kinds.sort();
    Ok(kinds)
}

#[both_engines]
async fn an_inquiry_is_numbered_within_its_fiscal_year_and_mailed_to_both_sides(db: TestDatabase) {
    let checked = db.write(Lane::Public, None, async |tx, _| {
        let first = asked(tx, "メールが届きません", now()).await?;
        let second = asked(tx, "証明書について", now()).await?;
        let next_year = asked(tx, "来年度について", "2027-04-01T00:00+09:00".parse().unwrap()).await?;
        let mut numbers = Vec::new();
        for id in [first, second, next_year] {
            numbers.push(store::inquiry(tx, id).await?.unwrap().shown_number());
        }
        assert_eq!(numbers, ["R8-Q-0001", "R8-Q-0002", "R9-Q-0001"]);
        assert_eq!(mails(tx, first).await?, ["inquiries.new", "inquiries.received"]);
        assert_eq!(waiting(tx).await?, 3);
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn an_answer_is_mailed_and_closes_the_inquiry_only_if_that_was_said(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let id = asked(tx, "メールが届きません", now()).await?;
        answer(tx, id, "お調べします。", false, &hand(), now()).await?.unwrap();
        assert_eq!(standing(tx, id).await?, Standing::Taken);
        answer(tx, id, "送り直しました。", true, &hand(), now()).await?.unwrap();
        assert_eq!(standing(tx, id).await?, Standing::Closed);
        assert_eq!(mails(tx, id).await?.iter().filter(|kind| *kind == "inquiries.answered").count(), 2);
        let nobody = InquiryId::new(now());
        assert_eq!(answer(tx, nobody, "だれもいません", true, &hand(), now()).await?, Err(NotAnswered::Unknown));
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn a_reply_opens_the_thread_again_and_a_note_does_not(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let id = asked(tx, "メールが届きません", now()).await?;
        answer(tx, id, "送り直しました。", true, &hand(), now()).await?.unwrap();
        note(tx, id, "念のため記録", false, &hand(), now()).await?.unwrap();
        assert_eq!(standing(tx, id).await?, Standing::Closed);
        note(tx, id, "まだ届かないとのお電話", true, &hand(), now()).await?.unwrap();
        assert_eq!(standing(tx, id).await?, Standing::Taken);
        let thread = store::messages(tx, id).await?;
        let kinds: Vec<MessageKind> = thread.iter().map(|message| message.kind).collect();
        assert_eq!(kinds, [MessageKind::Question, MessageKind::Answer, MessageKind::Note, MessageKind::Reply]);
        assert_eq!(question(&thread, i64::MAX).unwrap().body, "まだ届かないとのお電話", "the next answer quotes what was said last");
        assert_eq!(question(&thread, 2).unwrap().body, "メールが届きません");
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn an_inquiry_is_taken_and_closed_once(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let id = asked(tx, "質問", now()).await?;
        assert!(take(tx, id, &hand(), now()).await?);
        assert!(!take(tx, id, &hand(), now()).await?);
        assert!(close(tx, id, &hand(), now()).await?);
        assert!(!close(tx, id, &hand(), now()).await?);
        assert!(reopen(tx, id, &hand(), now()).await?);
        assert!(!reopen(tx, id, &hand(), now()).await?);
        assert_eq!(standing(tx, id).await?, Standing::Taken);
        Ok(())
    });
    checked.await.unwrap();
}

fn holding(typed: &str) -> Sieve {
    Sieve { like: db::holding(&kernel::fold(typed)), about: String::new() }
}

#[both_engines]
async fn everything_of_an_inquiry_is_found_however_it_is_typed(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let id = asked(tx, "キャンセルしたい", now()).await?;
        answer(tx, id, "承りました。", true, &hand(), now()).await?.unwrap();
        for typed in ["高子", "ｷｬﾝｾﾙ", "R8-Q-0001", "takako@example.jp", "歯科", "承りました"] {
            let sieve = holding(typed);
            assert_eq!(store::list(tx, &sieve, Which::All, 0, 9).await?.len(), 1, "{typed}");
            assert_eq!(store::count(tx, &sieve).await?, Counts { open: 0, taken: 0, closed: 1 }, "{typed}");
        }
        assert!(store::list(tx, &holding("どこにもない"), Which::All, 0, 9).await?.is_empty());
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn an_inquiry_is_erased_when_the_privacy_policy_says_so(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let id = asked(tx, "質問", now()).await?;
        let last_day: Timestamp = "2029-03-31T23:59+09:00".parse().unwrap();
        assert_eq!(forget(tx, 2, last_day).await?, 0, "two years after the end of fiscal year 2026 are not over");
        assert_eq!(forget(tx, 2, last_day.plus(Span::minutes(1))).await?, 1);
        assert!(store::inquiry(tx, id).await?.is_none() && store::messages(tx, id).await?.is_empty());
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn inquiries_are_kept_for_the_years_that_are_set(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let id = asked(tx, "質問", now()).await?;
        let after_two: Timestamp = "2029-04-01T00:00+09:00".parse().unwrap();
        for (set, erased) in [("3", 0), ("", 1)] {
            web::save_setting(tx, "retention.inquiries_years", set, "test", now()).await?;
            assert_eq!(forget_old(tx, after_two).await?, erased, "years set: {set}; without any it is two, as shipped");
        }
        assert!(store::inquiry(tx, id).await?.is_none());
        Ok(())
    });
    checked.await.unwrap();
}

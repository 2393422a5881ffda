use both_engines::both_engines;
use db::Lane;
use journal::delivery::{Delivered, Encryption, RelaySettings};
use journal::outbox::{self, Shelf};
use journal::sink::Mood;
use journal::{Mail, Priority};
use kernel::{Lang, Span};
use std::collections::BTreeSet;
use std::time::Duration;

use crate::office::{APPLICATION, Office, plain, postman, postman_of};

const NOTHING: Delivered = Delivered { sent: 0, deferred: 0, failed: 0, dropped: 0, unreachable: false };

#[both_engines]
async fn what_is_queued_arrives_once_as_it_was_written(office: Office) {
    let id = office.queues("【確認】𠮷見 髙子さんの申込みを受け付けました（令和8年度 医療情報セキュリティ研修・経営者向け）").await;
    assert_eq!(office.delivers().await, Delivered { sent: 1, ..NOTHING });
    assert_eq!(office.delivers_after(Span::days(1)).await, NOTHING);

    let letters = office.sink.letters();
    assert_eq!(letters.len(), 1);
    let letter = &letters[0];
    assert_eq!(letter.subject, "【確認】𠮷見 髙子さんの申込みを受け付けました（令和8年度 医療情報セキュリティ研修・経営者向け）");
    assert_eq!(letter.text.as_deref(), Some("本文です。\n..\n. 終わり\n"));
    assert_eq!((letter.from.as_str(), letter.to.as_slice()), ("noreply@example.jp", ["hanako@example.jp".to_owned()].as_slice()));
    assert_eq!(letter.message_id, format!("{id}@example.jp"));
    assert_eq!(letter.header("Date"), Some("Sun, 22 Nov 2026 00:00:00 +0000"));
    assert_eq!(office.counts().await.waiting, 0);
}

#[both_engines]
async fn a_mail_that_was_not_committed_is_never_sent(office: Office) {
    let refused = office.db.write(Lane::Staff, None, async |tx, now| {
        journal::mail(tx, plain("起こらなかったこと"), now).await?;
        tx.refuse(())
    });
    refused.await.unwrap();
    assert_eq!(office.delivers().await, NOTHING);
}

#[both_engines]
async fn the_more_urgent_and_then_the_older_goes_first(office: Office) {
    for (subject, priority) in [("四", Priority::Bulk), ("三", Priority::Ordinary), ("一", Priority::Incident), ("二", Priority::Awaited)]
    {
        office.queues_mail(plain(subject).priority(priority)).await;
    }
    office.clock.advance(Span::seconds(1));
    office.queues_mail(plain("五").priority(Priority::Bulk)).await;
    office.queues_mail(plain("明日").at(office.now().plus(Span::days(1)))).await;
    office.delivers().await;
    assert_eq!(office.arrived(), ["一", "二", "三", "四", "五"]);
    office.delivers_after(Span::days(1)).await;
    assert_eq!(office.arrived().last().unwrap(), "明日");
}

#[both_engines]
async fn a_day_without_a_relay_loses_nothing_and_repeats_nothing(office: Office) {
    office.sink.close();
    let mut expected = BTreeSet::new();
    for hour in 0..24 {
        expected.insert(office.queues(&format!("申込み{hour}")).await);
        if hour == 3 {
            office.queues_mail(plain("2時間後に始まります").expires(office.now().plus(Span::hours(2)))).await;
        }
        for _ in 0..12 {
            let delivered = office.delivers_after(Span::minutes(5)).await;
            assert_eq!((delivered.sent, delivered.deferred, delivered.failed), (0, 0, 0));
            assert!(delivered.unreachable);
        }
    }
    assert!(office.shelf(Shelf::Waiting).await.iter().all(|mail| mail.attempts == 0), "an outage costs no mail its patience");

    office.sink.open();
    assert_eq!(office.delivers_after(Span::minutes(2)).await, Delivered { sent: 24, ..NOTHING });
    let arrived: Vec<_> = office.sink.letters().iter().map(|letter| letter.message_id.clone()).collect();
    assert_eq!(arrived.len(), 24);
    assert_eq!(arrived.into_iter().collect::<BTreeSet<_>>(), expected.iter().map(|id| format!("{id}@example.jp")).collect());
    let gone = office.shelf(Shelf::Gone).await;
    let expired: Vec<_> = gone.iter().filter(|mail| mail.dropped_at.is_some()).filter_map(|mail| mail.last_error.as_deref()).collect();
    assert_eq!(expired, ["expired"], "what had become useless was dropped, not sent late");
}

#[both_engines]
async fn while_the_relay_is_down_it_is_asked_ever_less_often(office: Office) {
    office.queues("待つ").await;
    office.sink.close();
    assert!(office.delivers().await.unreachable);
    office.sink.open();
    assert!(office.delivers_after(Span::seconds(4)).await.unreachable, "it is back at once, but nobody asks for five seconds");
    office.sink.close();
    assert!(office.delivers_after(Span::seconds(1)).await.unreachable);
    office.sink.open();
    assert!(office.delivers_after(Span::seconds(9)).await.unreachable, "the second time for ten");
    assert_eq!(office.delivers_after(Span::seconds(1)).await, Delivered { sent: 1, ..NOTHING });
}

#[both_engines]
async fn a_relay_that_is_not_there_at_all_costs_no_mail(office: Office) {
    office.queues("待つ").await;
    // The port is taken, and nobody listens.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let postman = postman(&office.db, socket.local_addr().unwrap().port());
    assert_eq!(postman.deliver_due(office.now()).await.unwrap(), Delivered { unreachable: true, ..NOTHING });
    assert_eq!(office.delivers().await, Delivered { sent: 1, ..NOTHING }, "another process reaches one");
}

#[both_engines]
async fn what_the_relay_refuses_for_now_is_tried_again(office: Office) {
    office.queues("のちほど").await;
    office.sink.refuse_next(2, 451);
    assert_eq!(office.delivers().await, Delivered { deferred: 1, ..NOTHING });
    assert_eq!(office.delivers_after(Span::seconds(40)).await, NOTHING, "not before most of a minute has passed");
    assert_eq!(office.delivers_after(Span::seconds(20)).await, Delivered { deferred: 1, ..NOTHING });
    let (mail, class) = office.only(Shelf::Waiting).await;
    assert_eq!((mail.attempts, class.as_str()), (2, "smtp-451"));
    assert_eq!(office.delivers_after(Span::minutes(2)).await, Delivered { sent: 1, ..NOTHING });
    assert_eq!(office.arrived(), ["のちほど"]);
}

#[both_engines]
async fn after_three_days_a_mail_is_given_up_and_a_person_may_send_it_again(office: Office) {
    let id = office.queues("届かない").await;
    office.sink.refuse_next(1000, 452);
    let mut attempts = 0;
    for _ in 0..24 * 4 {
        let delivered = office.delivers_after(Span::hours(1)).await;
        attempts += delivered.deferred + delivered.failed;
    }
    let (mail, class) = office.only(Shelf::Failed).await;
    assert_eq!((mail.id, class.as_str()), (id, "smtp-452"));
    assert!((15..40).contains(&attempts), "{attempts} attempts in three days");
    assert_eq!(office.counts().await.failed, 1);

    office.sink.open();
    let retry = async || office.db.write(Lane::Staff, None, async move |tx, now| outbox::retry(tx, id, now).await).await.unwrap();
    assert!(retry().await);
    assert_eq!(office.delivers().await, Delivered { sent: 1, ..NOTHING });
    assert!(!retry().await, "not twice");
    assert_eq!(office.arrived(), ["届かない"]);
}

#[both_engines]
async fn what_the_relay_refuses_for_good_is_given_up_at_once(office: Office) {
    office.queues("宛先なし").await;
    office.queues("本文がだめ").await;
    office.queues("届く").await;
    office.sink.script(Mood::RefuseRecipient(550), 1);
    office.sink.script(Mood::RefuseLetter(554), 1);
    assert_eq!(office.delivers().await, Delivered { sent: 1, failed: 2, ..NOTHING });
    let classes: Vec<_> = office.shelf(Shelf::Failed).await.into_iter().filter_map(|mail| mail.last_error).collect();
    assert_eq!(classes, ["smtp-554", "smtp-550"], "a class, and never what the server said");
    assert_eq!(office.arrived(), ["届く"]);

    let id = office.shelf(Shelf::Failed).await[0].id;
    assert!(office.db.write(Lane::Staff, None, async move |tx, now| outbox::retire(tx, id, now).await).await.unwrap());
    assert_eq!(office.counts().await.failed, 1);
    assert_eq!(office.delivers_after(Span::days(1)).await, NOTHING);
}

#[both_engines]
async fn a_relay_that_refuses_the_portal_itself_costs_no_mail(office: Office) {
    office.queues("一").await;
    office.queues("二").await;
    office.sink.script(Mood::RefuseSender(530), 1);
    assert_eq!(office.delivers().await, Delivered { unreachable: true, ..NOTHING });
    assert!(office.shelf(Shelf::Waiting).await.iter().all(|mail| mail.attempts == 0));
    assert_eq!(office.delivers_after(Span::seconds(5)).await, Delivered { sent: 2, ..NOTHING });
}

#[both_engines]
async fn nothing_is_said_in_clear_to_a_relay_that_should_encrypt(office: Office) {
    office.queues("秘密").await;
    let settings = RelaySettings {
        encryption: Encryption::StartTls,
        host: "localhost".to_owned(),
        ..RelaySettings::local(office.sink.address().port())
    };
    let careful = postman_of(&office.db, settings);
    assert_eq!(careful.deliver_due(office.now()).await.unwrap(), Delivered { unreachable: true, ..NOTHING });
    assert!(office.sink.letters().is_empty());
}

#[both_engines]
async fn a_line_that_breaks_in_the_middle_of_a_letter_loses_nothing(office: Office) {
    office.queues("途中まで").await;
    office.sink.script(Mood::BreakOff, 1);
    assert_eq!(office.delivers().await, Delivered { deferred: 1, ..NOTHING });
    assert_eq!(office.delivers_after(Span::minutes(1)).await, Delivered { sent: 1, ..NOTHING });
    assert_eq!(office.arrived(), ["途中まで"]);
}

#[both_engines]
async fn a_letter_whose_fate_is_unknown_is_repeated_under_the_same_message_id(office: Office) {
    office.queues("二度届く").await;
    office.sink.script(Mood::TakeAndBreakOff, 1);
    assert_eq!(office.delivers().await, Delivered { deferred: 1, ..NOTHING });
    assert_eq!(office.delivers_after(Span::minutes(1)).await, Delivered { sent: 1, ..NOTHING });
    let letters = office.sink.letters();
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[0].message_id, letters[1].message_id);
}

#[both_engines]
async fn after_a_crash_between_sending_and_noting_it_the_message_id_is_the_same(office: Office) {
    office.queues("落ちた").await;
    office.sink.script(Mood::TakeAndFallSilent, 1);
    let crash = tokio::time::timeout(Duration::from_millis(500), office.postman.deliver_due(office.now())).await;
    assert!(crash.is_err(), "the process ended while it waited for the relay's answer");
    assert_eq!(office.arrived().len(), 1);

    assert_eq!(office.delivers_after(Span::minutes(21)).await, NOTHING, "the lease of the crashed one is respected");
    assert_eq!(office.delivers_after(Span::minutes(1)).await, Delivered { sent: 1, ..NOTHING });
    let letters = office.sink.letters();
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[0].message_id, letters[1].message_id);
}

#[both_engines]
async fn several_processes_send_each_mail_once(office: Office) {
    for number in 0..90 {
        office.queues(&format!("{number}")).await;
    }
    let other = postman(&office.db, office.sink.address().port()).lanes(3);
    let (one, two) = tokio::join!(office.postman.deliver_due(office.now()), other.deliver_due(office.now()));
    assert_eq!(one.unwrap().sent + two.unwrap().sent, 90);
    assert_eq!(office.arrived().into_iter().collect::<BTreeSet<_>>().len(), 90);
    assert_eq!(office.sink.letters().len(), 90);
}

#[both_engines]
async fn what_has_become_pointless_is_dropped(office: Office) {
    let address = "takako@example.jp".parse().unwrap();
    office.queues_mail(Mail::of("test.cancelled", APPLICATION, Lang::En).to(address)).await;
    assert_eq!(office.delivers().await, Delivered { dropped: 1, ..NOTHING });
    let (mail, reason) = office.only(Shelf::Gone).await;
    assert_eq!((mail.dropped_at, reason.as_str()), (Some(office.now()), "cancelled"));
}

#[both_engines]
async fn a_mail_nobody_can_make_waits_for_a_person(office: Office) {
    office.queues_mail(Mail::of("test.broken", APPLICATION, Lang::Ja)).await;
    assert_eq!(office.delivers().await, Delivered { failed: 1, ..NOTHING });
    assert_eq!(office.only(Shelf::Failed).await.1, "no-template");
}

#[both_engines]
async fn a_mail_of_a_kind_that_this_program_does_not_know_is_left_to_one_that_does(office: Office) {
    office.queues_mail(Mail::of("test.newer", APPLICATION, Lang::Ja)).await;
    let useless = Mail::of("test.newer", APPLICATION, Lang::En).expires(office.now().plus(Span::hours(1)));
    office.queues_mail(useless).await;
    office.queues("届く").await;
    assert_eq!(office.delivers().await, Delivered { sent: 1, ..NOTHING });
    let later = office.delivers_after(Span::days(4)).await;
    assert_eq!(later, Delivered { dropped: 1, ..NOTHING }, "what has become useless goes all the same");
    let (mail, class) = office.only(Shelf::Waiting).await;
    assert_eq!((mail.lang, mail.attempts, class.as_str()), (Lang::Ja, 0, ""), "nobody has touched it");
}

#[both_engines]
async fn who_waits_longer_for_the_relay_holds_the_mail_longer(office: Office) {
    office.queues("ゆっくり").await;
    office.sink.script(Mood::TakeAndFallSilent, 1);
    let settings = RelaySettings { patience: Duration::from_mins(2), ..RelaySettings::local(office.sink.address().port()) };
    let patient = postman_of(&office.db, settings);
    let crash = tokio::time::timeout(Duration::from_millis(500), patient.deliver_due(office.now())).await;
    assert!(crash.is_err(), "it waits for the relay's answer, which may take ten minutes");
    assert_eq!(office.delivers_after(Span::minutes(38)).await, NOTHING, "it may still be at it");
    assert_eq!(office.delivers_after(Span::minutes(1)).await, Delivered { sent: 1, ..NOTHING });
}

#[both_engines]
async fn a_renderer_that_panics_costs_its_own_mail_a_try_and_no_other(office: Office) {
    office.queues_mail(Mail::of("test.panics-once", APPLICATION, Lang::Ja)).await;
    office.queues("無事").await;
    assert_eq!(office.delivers().await, Delivered { sent: 1, deferred: 1, ..NOTHING });
    assert_eq!(office.delivers_after(Span::minutes(1)).await, Delivered { sent: 1, ..NOTHING });
    assert_eq!(office.arrived(), ["無事", "二度目"]);
}

#[both_engines]
async fn an_address_of_the_mails_own_is_used_and_forgotten(office: Office) {
    office.queues_mail(plain("確認").to("new.address@example.jp".parse().unwrap())).await;
    office.delivers().await;
    assert_eq!(office.sink.letters()[0].to, ["new.address@example.jp"]);
    let kept = db::sql!("SELECT count(*) FROM outbox WHERE recipient IS NOT NULL");
    assert_eq!(office.db.read(async |tx| tx.one::<i64>(kept, &[]).await).await.unwrap(), 0);
}

#[both_engines]
async fn a_bounce_is_noted_on_what_was_sent(office: Office) {
    let sent = office.queues("送った").await;
    office.delivers().await;
    let waiting = office.queues("まだ").await;
    let bounced = async |id| {
        office.db.write(Lane::Staff, None, async move |tx, now| outbox::bounced(tx, id, "bounce-5.1.1", now).await).await.unwrap()
    };
    assert!(bounced(sent).await);
    assert!(!bounced(waiting).await);
    let returned: Vec<_> = office.shelf(Shelf::Bounced).await.into_iter().map(|mail| mail.id).collect();
    assert_eq!(returned, [sent], "on a shelf of its own, so that nobody has to look for it among what arrived");
    let about = office.db.read(async |tx| outbox::about(tx, APPLICATION).await).await.unwrap();
    assert_eq!(about.iter().map(|mail| mail.bounced_at.is_some()).collect::<Vec<_>>(), [false, true], "newest first");
}

#[both_engines]
async fn what_was_sent_is_forgotten_in_time_and_what_waits_is_not(office: Office) {
    office.queues("送った").await;
    office.delivers().await;
    office.queues("まだ").await;
    office.clock.advance(Span::days(90));
    let before = office.now();
    assert_eq!(office.db.write(Lane::Staff, None, async move |tx, _| outbox::forget(tx, before).await).await.unwrap(), 1);
    assert_eq!(office.counts().await.waiting, 1);
}

#[both_engines]
async fn the_postman_goes_round_until_he_is_told_to_stop(office: Office) {
    let Office { db, sink, postman, clock } = office;
    let bell = postman.bell();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let round = tokio::spawn(async move { postman.run(clock, async { drop(stopped.await) }).await });
    db.write(Lane::Staff, None, async |tx, now| journal::mail(tx, plain("自動で"), now).await).await.unwrap();
    bell.ring();
    for _ in 0..500 {
        if !sink.letters().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(sink.letters().len(), 1);
    stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(10), round).await.expect("he stops when told").unwrap();
}

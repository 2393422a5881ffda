//! Nobody gets a rule's mail twice, whatever is done again, switched or moved, and nobody after cancelling.

use both_engines::both_engines;
use db::sql;
use kernel::{Span, Timestamp};
use std::collections::BTreeMap;

use super::{SESSION, days_from, deliver_at, plan, starts};
use crate::site::Site;

/// Every job of the mails is to be done again, as after a process that was killed before it could say that it was done.
async fn forgets_what_was_done(site: &Site) {
    site.write(async |tx, now| {
        let again = sql!("UPDATE jobs SET done_at = NULL, lease_owner = NULL, lease_until = NULL, run_at = $1 WHERE kind LIKE 'reminders.%' AND done_at IS NOT NULL");
        tx.run(again, &[now.into()]).await.map(|_| ())
    })
    .await;
}

#[both_engines]
async fn jobs_that_are_done_again_write_to_nobody_twice(site: Site) {
    for name in ["見本 太郎", "見本 花子", "例示 髙子"] {
        site.visitor(name).applies_for(SESSION).await;
    }
    site.deliver().await;
    plan(&site).await;
    let begins = starts(&site).await;
    for moment in [days_from(begins, -7, 8), days_from(begins, -1, 8), begins.minus(Span::hours(1))] {
        assert_eq!(deliver_at(&site, moment).await.len(), 3);
        for _ in 0..2 {
            forgets_what_was_done(&site).await;
            assert!(site.deliver().await.is_empty(), "the second time");
        }
    }
}

/// Numbers that are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

#[both_engines]
async fn whatever_happens_in_between_nobody_is_told_twice_or_after_cancelling(site: Site) {
    use school::reminders::rule::{Rule, Timing};
    let mut people: Vec<_> = ["見本 太郎", "見本 花子", "例示 髙子"].map(|name| (site.visitor(name), None::<Timestamp>)).into();
    for (person, _) in &mut people {
        person.applies_for(SESSION).await;
    }
    site.deliver().await;
    plan(&site).await;
    site.at("2026-12-05T09:00+09:00");
    site.deliver().await;
    let mut dice = Dice(5);
    let mut told: BTreeMap<(String, String), u32> = BTreeMap::new();
    let start = site.now();
    for step in 0..120 {
        match dice.below(8) {
            0 => {
                let (rule, is_on, days) = (Rule::ALL[usize::try_from(dice.below(6)).expect("few")], dice.below(3) > 0, dice.below(9));
                let id = site.session(SESSION).await.id;
                site.write(async move |tx, now| {
                    let mut setting = rule.given().setting();
                    setting.is_on = is_on;
                    if let Timing::Days { days: given, minutes } = setting.timing {
                        let days = i64::try_from(days).expect("few");
                        setting.timing = Timing::Days { days: if given < 0 { -days } else { days + 1 }, minutes };
                    }
                    school::reminders::store::put_setting(tx, id.uuid(), rule, &setting, "test", now).await?;
                    school::reminders::plan(tx, id, now).await
                })
                .await;
            }
            1 => {
                // The session moves, forth or back.
                let session = site.session(SESSION).await;
                let by = Span::days(i64::try_from(dice.below(7)).expect("few") - 3);
                site.write(async move |tx, now| {
                    let day = session.starts_at.map(|at| at.plus(by).day());
                    let moved = school::trainings::session::Session {
                        day,
                        starts_at: session.starts_at.map(|at| at.plus(by)),
                        ends_at: session.ends_at.map(|at| at.plus(by)),
                        ..session.clone()
                    };
                    assert!(school::trainings::store::change_session(tx, &moved, session.sequence).await?);
                    school::reminders::plan(tx, session.id, now).await
                })
                .await;
            }
            2 => forgets_what_was_done(&site).await,
            3 if step > 80 => {
                let at = usize::try_from(dice.below(3)).expect("few");
                if people[at].1.is_none() && site.session(SESSION).await.can_still_change(site.now()) {
                    people[at].0.cancels().await;
                    people[at].1 = Some(site.now());
                }
            }
            _ => site.later(Span::hours(i64::try_from(dice.below(16)).expect("few"))),
        }
        for letter in site.deliver().await {
            let is_by_rule =
                ["【あと", "【明日", "【本日", "【まもなく", "【アンケート"].iter().any(|start| letter.subject.starts_with(start));
            if !is_by_rule {
                continue;
            }
            let (_, cancelled) = people.iter().find(|(person, _)| person.person.email == letter.to).expect("one of the three");
            assert!(cancelled.is_none(), "{} after cancelling at step {step}: {}", letter.to, letter.subject);
            *told.entry((letter.to, letter.message_id)).or_default() += 1;
        }
    }
    assert!(site.now() > start && !told.is_empty(), "something was sent");
    assert!(told.values().all(|times| *times == 1), "a letter came twice");
    // By the table: each rule once for each moment that it goes by.
    let twice: Vec<i64> = site
        .db()
        .read(async |tx| {
            tx.all(sql!("SELECT COUNT(*) FROM reminders GROUP BY application, session, rule, edition HAVING COUNT(*) > 1"), &[]).await
        })
        .await
        .expect("it can be read");
    assert!(twice.is_empty());
}

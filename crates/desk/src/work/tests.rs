//! Consent before anything is touched, a lead before anybody travels, lessons before a case closes.

use access::Role;
use both_engines::both_engines;
use kernel::{Lang, Span, Timestamp, Uuid};

use super::consent::{self, Details, How, NewConsent, NotConsented, consent};
use super::evidence::{self, About, Act, Hands};
use super::indicator::{Indicator, Kind};
use super::note::{self, NewNote, NotWritten, Tlp};
use super::support::{self, NewSupport, NotSupported, Report};
use super::tasks::{NotTouched, Touch};
use super::{NotChanged, Outcome, Who, close, move_to, reopen, store, tasks};
use crate::cases::{self, Backup, CaseId, Phase, Spread};
use crate::queue::{Cluster, Common, clusters};
use crate::specimen::{Stage, ransomware};
use crate::triage::{View, judge};

const BY: &str = "account:mihon";

async fn opened(stage: &Stage) -> CaseId {
    stage.opens(ransomware(Spread::Wide, Backup::Gone), false).await.id
}

fn given(scopes: &[&str], from: Timestamp, hours: i64) -> NewConsent {
    let details = Details { devices: "受付の端末".into(), name: "見本 太郎 院長".into(), ..Details::default() };
    let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    NewConsent { scopes, from, until: from.plus(Span::hours(hours)), how: How::Phone, details }
}

async fn consents(stage: &Stage, case: CaseId, new: NewConsent) -> Result<(), NotConsented> {
    stage.write(async move |tx, now| consent(tx, case, &new, BY, now).await).await
}

async fn plans(stage: &Stage, case: CaseId, kind: support::Kind, starts_at: Timestamp) -> Result<(), NotSupported> {
    let new = NewSupport { kind, starts_at, plan: "見本 花子が受付の端末を見る".into() };
    stage.write(async move |tx, now| support::plan(tx, case, &new, BY, now).await).await
}

#[both_engines]
async fn nothing_is_touched_without_consent_and_nobody_travels_without_a_lead(stage: Stage) {
    let (case, now) = (opened(&stage).await, stage.clock.now());
    assert_eq!(plans(&stage, case, support::Kind::Remote, now).await, Err(NotSupported::NoConsent));
    consents(&stage, case, given(&["remote-view"], now, 4)).await.unwrap();
    assert_eq!(plans(&stage, case, support::Kind::Remote, now).await, Ok(()));
    assert_eq!(plans(&stage, case, support::Kind::Visit, now).await, Err(NotSupported::NoConsent), "another scope");
    assert_eq!(plans(&stage, case, support::Kind::Remote, now.plus(Span::hours(5))).await, Err(NotSupported::NoConsent), "it is over then");

    consents(&stage, case, given(&["visit"], now, 48)).await.unwrap();
    plans(&stage, case, support::Kind::Visit, now.plus(Span::hours(20))).await.unwrap();
    let visit = stage
        .read(async move |tx| store::support::supports(tx, case).await)
        .await
        .into_iter()
        .find(|one| one.kind == support::Kind::Visit)
        .unwrap();
    let found = Report { travel_minutes: 90, work_minutes: 240, found: "受付の2台が暗号化されていた".into() };
    let reports = async |found: Report| stage.write(async move |tx, now| support::report(tx, case, visit.id, &found, BY, now).await).await;
    assert_eq!(reports(found.clone()).await, Err(NotSupported::NotApproved));
    let decides = async || stage.write(async move |tx, now| support::decide(tx, case, visit.id, true, "account:lead", now).await).await;
    assert_eq!(decides().await, Ok(()));
    assert_eq!(decides().await, Err(NotSupported::Already));
    assert_eq!(reports(found.clone()).await, Ok(()));
    assert_eq!(reports(found).await, Err(NotSupported::Already));
    assert_eq!(stage.read(async move |tx| cases::verify(tx, case).await).await, Ok(()));
}

#[both_engines]
async fn consent_is_as_narrow_as_the_form_says_and_ends_when_it_is_withdrawn(stage: Stage) {
    let (case, now) = (opened(&stage).await, stage.clock.now());
    assert_eq!(consents(&stage, case, given(&[], now, 4)).await, Err(NotConsented::Scopes));
    assert_eq!(consents(&stage, case, given(&["everything"], now, 4)).await, Err(NotConsented::Scopes));
    assert_eq!(consents(&stage, case, given(&["remote-view"], now, 0)).await, Err(NotConsented::Times));
    assert_eq!(
        consents(&stage, case, given(&["remote-view", "logs"], now, 24)).await,
        Err(NotConsented::TooLong(4)),
        "the narrowest counts"
    );
    let mut nobody = given(&["remote-view"], now, 4);
    nobody.details.name.clear();
    assert_eq!(consents(&stage, case, nobody).await, Err(NotConsented::Details));
    consents(&stage, case, given(&["remote-view"], now, 4)).await.unwrap();
    let id = stage.read(async move |tx| store::support::consents(tx, case).await).await[0].id;
    assert!(stage.write(async move |tx, now| consent::withdraw(tx, case, id, BY, now).await).await);
    assert!(!stage.write(async move |tx, now| consent::withdraw(tx, case, id, BY, now).await).await);
    assert_eq!(plans(&stage, case, support::Kind::Remote, now).await, Err(NotSupported::NoConsent));
    assert!(consent::form().scopes().iter().all(|scope| !scope.title(Lang::Ja).is_empty() && !scope.text(Lang::En).is_empty()));
}

#[both_engines]
async fn tasks_follow_kind_and_stage_and_keep_what_somebody_did(stage: Stage) {
    let case = stage.opens(View { event: Some("consult".into()), ..ransomware(Spread::One, Backup::Offline) }, false).await.id;
    stage.write(async move |tx, now| tasks::keep(tx, case, BY, now).await).await;
    let row = async |id: &'static str| {
        stage.read(async move |tx| store::tasks::tasks(tx, case).await).await.into_iter().find(|row| row.task.as_deref() == Some(id))
    };
    assert!(row("cs-listen").await.is_some() && row("rw-cut-backup").await.is_none());
    let listen = row("cs-listen").await.unwrap().id;
    let touches =
        async |task: Uuid, touch: Touch| stage.write(async move |tx, now| tasks::touch(tx, case, task, &touch, BY, now).await).await;
    assert_eq!(touches(listen, Touch::Done("9時に聞きました".into())).await, Ok(()));
    assert_eq!(touches(listen, Touch::Done(String::new())).await, Err(NotTouched::Already));

    let heavy = ransomware(Spread::Wide, Backup::Gone);
    stage
        .write(async move |tx, now| {
            judge(tx, case, &heavy, BY, "", now).await?.unwrap();
            tasks::keep(tx, case, BY, now).await
        })
        .await;
    assert!(row("rw-cut-backup").await.unwrap().dropped_at.is_none());
    assert!(row("cs-listen").await.unwrap().done_at.is_some(), "what was done stays on the list");
    assert!(row("cs-ordinary").await.unwrap().dropped_at.is_some(), "what nobody touched falls away");

    let add = async |words: &'static str| {
        stage.write(async move |tx, now| tasks::add(tx, case, Phase::Respond, Who::Desk, words, BY, now).await).await
    };
    assert_eq!(add("").await, Err(NotTouched::NoWords));
    assert_eq!(add("業者に見積もりを頼む").await, Ok(()));
    let own = stage.read(async move |tx| store::tasks::tasks(tx, case).await).await.into_iter().find(|row| row.task.is_none()).unwrap();
    assert_eq!(touches(own.id, Touch::Reword("業者に図面を頼む".into())).await, Ok(()));
    assert_eq!(touches(own.id, Touch::Drop).await, Ok(()));
    assert_eq!(touches(own.id, Touch::Restore).await, Ok(()));
    assert_eq!(touches(own.id, Touch::Restore).await, Err(NotTouched::Already));
}

#[both_engines]
async fn evidence_has_both_hashes_and_a_custody_that_is_only_added_to(stage: Stage) {
    let case = opened(&stage).await;
    let about = |sha256: &str| About { what: "脅迫文の写真".into(), from: "受付".into(), sha256: sha256.into() };
    let file = Some((Uuid::from_u128(7), vec![9; 32]));
    let notes = async |about: About, file: Option<(Uuid, Vec<u8>)>| {
        stage.write(async move |tx, now| evidence::note(tx, case, &about, file.clone(), BY, now).await).await
    };
    assert_eq!(notes(about("abc"), None).await, Err(evidence::NotNoted::Hash));
    assert_eq!(notes(about(&"a1".repeat(32)), file.clone()).await, Ok(()));
    assert_eq!(notes(about(&"a1".repeat(32)), file).await, Err(evidence::NotNoted::Already), "a file stands there once");
    let piece = stage.read(async move |tx| store::evidence::pieces(tx, case).await).await.remove(0);
    assert_eq!(piece.sealed_hash, Some(vec![9; 32]));
    let passes = async |act: Act, to: &'static str| {
        let hands = Hands { from: "見本 太郎".into(), to: to.into(), why: "解析のため".into(), sha256: String::new() };
        stage.write(async move |tx, now| evidence::pass_on(tx, case, piece.id, act, &hands, now, BY, now).await).await
    };
    assert_eq!(passes(Act::Handed, "").await, Err(evidence::NotNoted::NoWords));
    assert_eq!(passes(Act::Handed, "見本県警察").await, Ok(()));
    let custody = stage.read(async move |tx| store::evidence::custody(tx, case).await).await;
    assert_eq!(custody.iter().map(|line| (line.seq, line.act)).collect::<Vec<_>>(), [(1, Act::Received), (2, Act::Handed)]);
}

#[both_engines]
async fn an_indicator_that_two_cases_share_is_found_without_being_read(stage: Stage) {
    let (first, second) = (opened(&stage).await, opened(&stage).await);
    let indicator = Indicator::read(Kind::Ip, "198.51.100.7").unwrap();
    for case in [first, second] {
        let indicator = indicator.clone();
        let noted =
            stage.write(async move |tx, now| evidence::note_indicator(tx, case, &indicator, Tlp::Amber, [5; 32], BY, now).await).await;
        assert_eq!(noted, Ok(()));
    }
    let again = stage.write(async move |tx, now| evidence::note_indicator(tx, first, &indicator, Tlp::Amber, [5; 32], BY, now).await).await;
    assert_eq!(again, Err(evidence::NotNoted::Already));
    let rows = stage.read(async move |tx| store::evidence::indicators(tx, first).await).await;
    assert_eq!(rows[0].elsewhere, 1);
    let now = stage.clock.now();
    let found: Vec<Cluster> = stage.read(async move |tx| clusters(tx, now).await).await;
    assert!(
        matches!(found.as_slice(), [Cluster { by: Common::Indicator(kind), numbers }] if kind == "ip" && numbers.len() == 2),
        "{found:?}"
    );
}

#[both_engines]
async fn an_incident_closes_with_a_lesson_that_leads_somewhere(stage: Stage) {
    let case = opened(&stage).await;
    let closes = async |outcome: Outcome| stage.write(async move |tx, now| close(tx, case, outcome, "", BY, now).await).await;
    assert_eq!(closes(Outcome::Recovered).await, Err(NotChanged::NoLesson));
    let writes = async |points: &'static [&'static str]| {
        let points = points.iter().map(|point| (*point).to_owned()).collect();
        let new = NewNote { kind: note::Kind::Lesson, tlp: Tlp::Clear, words: "控えを離しておく".into(), points };
        stage.write(async move |tx, now| note::write(tx, case, &new, BY, now).await).await
    };
    assert_eq!(writes(&[]).await, Err(NotWritten::Points));
    assert_eq!(writes(&["somewhere"]).await, Err(NotWritten::Points));
    assert_eq!(writes(&["r7-inst-3-②-all", "admin/env-backup#backup-monday"]).await, Ok(()));
    assert_eq!(closes(Outcome::Recovered).await, Ok(()));
    assert_eq!(closes(Outcome::Recovered).await, Err(NotChanged::Already));
    let moved = stage.write(async move |tx, now| move_to(tx, case, Phase::Respond, BY, now).await).await;
    assert_eq!(moved, Err(NotChanged::Already), "a closed case moves nowhere");
    assert_eq!(stage.write(async move |tx, now| reopen(tx, case, BY, now).await).await, Ok(()));
    assert_eq!(stage.read(async move |tx| cases::verify(tx, case).await).await, Ok(()));
}

#[both_engines]
async fn taking_a_case_puts_its_tasks_there(stage: Stage) {
    let account = stage.hires("mihon", Role::Responder).await;
    let case = opened(&stage).await;
    stage.write(async move |tx, now| crate::alarm::take_case(tx, case, account, now).await).await.unwrap();
    let rows = stage.read(async move |tx| store::tasks::tasks(tx, case).await).await;
    let done = |id: &str| rows.iter().find(|row| row.task.as_deref() == Some(id)).map(|row| row.done_at.is_some());
    assert_eq!((done("c-take"), done("c-call")), (Some(true), Some(false)), "the call comes next");
}

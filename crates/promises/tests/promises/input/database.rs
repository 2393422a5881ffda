//! The database cannot be used: said in words, nothing lost, and what needs no database goes on.

use both_engines::both_engines;
use db::{Db, Engine, Lane};
use http::StatusCode;

use super::doors::{apply, contact};
use crate::site::{Answer, Outcome::Applied, Site};

/// Says what happened, whether anything was saved, what to do, when it was, a number and whom to call; a program may try again.
#[track_caller]
fn explains(answer: &Answer) {
    answer.is(StatusCode::SERVICE_UNAVAILABLE).shows("ご利用いただけません").shows("今回の操作は、保存していません");
    answer.shows("もう一度押してください").shows("2026年11月22日").shows("お問い合わせ番号").shows("000-0000-0000");
    assert_eq!(answer.header("retry-after"), "30");
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.hides("SQL").hides("connection").hides("sessions");
}

#[both_engines]
async fn a_database_that_is_gone_is_said_in_words_and_public_pages_go_on(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    let kept = ["/", "/trainings", "/trainings/R8/executive", "/en/trainings", "/incident"];
    for page in kept {
        site.get(page).await.is(StatusCode::OK);
    }
    let (mut hanako, form) = apply(site.visitor("見本 花子")).fill().await;
    let confirm = hanako.submit(&form).await.form("/confirmation");
    let (mut takako, question) = contact(&site).fill().await;
    let cancellation = taro.get(&format!("{}/cancellation", taro.application)).await.form("/cancellation");

    Db::clone(site.db()).close().await;
    for page in kept {
        site.get(page).await.is(StatusCode::OK);
    }
    // Not kept rendered, but in need of nothing.
    site.get("/en/incident").await.is(StatusCode::OK);
    for page in
        ["/apply/R8/executive/3", "/trainings/R8/admin", &taro.application.clone(), "/a/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]
    {
        let answer = taro.get(page).await;
        if page.starts_with("/a/") {
            assert!(matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::SERVICE_UNAVAILABLE), "{}", answer.status);
        } else {
            explains(&answer);
        }
    }
    explains(&hanako.submit(&form).await);
    explains(&hanako.submit(&confirm).await);
    explains(&takako.submit(&question).await);
    explains(&taro.submit(&cancellation).await);
    let english = site.get("/en/apply/R8/executive/3").await;
    english.is(StatusCode::SERVICE_UNAVAILABLE).shows("cannot be used right now").shows("has not been saved");
    let program = site.get("/api/v1/programmes/R8").await;
    assert_eq!(program.is(StatusCode::SERVICE_UNAVAILABLE).header("content-type"), "application/problem+json");
    assert_eq!(program.header("retry-after"), "30");
}

#[both_engines]
async fn a_database_that_another_holds_refuses_in_words_and_takes_the_same_form_afterwards(site: Site) {
    // On PostgreSQL only what is held waits: the session that is applied for.
    let id = site.session("R8/executive/3").await.id;
    let mut taro = site.visitor("見本 太郎");
    let confirm = taro.confirmation("R8/executive/3").await.map_err(|page| page.text()).unwrap();
    let mut settings = site.second_process();
    settings.write_limit = std::time::Duration::from_mins(5);
    let other = Db::open(settings).await.expect("a second process opens it");
    let (held, is_held) = tokio::sync::oneshot::channel();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let hold = {
        let (other, held, released) = (other.clone(), std::sync::Mutex::new(Some(held)), std::sync::Mutex::new(released));
        tokio::spawn(async move {
            let work = async move |tx: &mut db::Tx<'_>, _| {
                tx.run(db::sql!("UPDATE sessions SET seats = seats WHERE id = $1"), &[id.into()]).await?;
                if let Some(held) = held.lock().expect("nobody panics").take() {
                    let _ = held.send(());
                    let _ = released.lock().expect("nobody panics").recv();
                }
                Ok(())
            };
            other.write(Lane::Staff, None, work).await
        })
    };
    is_held.await.expect("it is held");
    site.get("/incident").await.is(StatusCode::OK);
    let page = taro.get("/apply/R8/executive/3").await;
    page.is(StatusCode::OK);
    explains(&taro.submit(&confirm).await);
    release.send(()).expect("it waits");
    hold.await.expect("it ends").expect("it was held");
    assert_eq!(site.session("R8/executive/3").await.taken, 0);
    assert_eq!(taro.confirms(&confirm).await, Applied, "the same form, nothing typed again");
    assert_eq!((site.session("R8/executive/3").await.taken, site.deliver().await.len()), (1, 1));
    other.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_may_only_be_read_is_read_and_says_so_to_who_writes() {
    let site = Site::on(Engine::Postgres).await;
    let mut taro = site.visitor("見本 太郎");
    let confirm = taro.confirmation("R8/executive/3").await.map_err(|page| page.text()).unwrap();
    let other = Db::open(site.second_process()).await.expect("a second process opens it");
    let set = async |mode: &'static db::Stmt| {
        other.write(Lane::Staff, None, async move |tx, _| tx.run(mode, &[]).await.map(|_| ())).await.expect("it is set");
        // Connections know from their beginning what they may do.
        let end = db::sql!(postgres "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        let _ = other.read(async move |tx| tx.all::<bool>(end, &[]).await).await;
    };
    set(db::sql!(postgres "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$")).await;
    // The first ones may find their connection ended.
    let mut answer = taro.submit(&confirm).await;
    explains(&answer);
    answer = taro.submit(&confirm).await;
    explains(&answer);
    let mut pages = Vec::new();
    for _ in 0..3 {
        pages.push(taro.get("/apply/R8/executive/3").await.status);
    }
    assert!(pages.contains(&StatusCode::OK), "what is only read goes on: {pages:?}");
}

//! How long a sign-in lasts, and how it is given up.

use access::{Role, Standing, Strength};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use both_engines::both_engines;
use db::Tx;
use http::{Method, StatusCode};
use kernel::Span;

use super::House;
use super::house::Outcome;
use super::people::Asker;
use crate::site::Visitor;

/// How long a sign-in may rest, and how long it lasts.
fn limits(role: Role) -> (Span, Span) {
    match role {
        Role::Learner => (Span::hours(24), Span::days(30)),
        Role::InstitutionAdmin | Role::AssociationEditor | Role::AssociationReleaser => (Span::hours(1), Span::hours(24)),
        _ => (Span::minutes(30), Span::hours(12)),
    }
}

async fn is_in(house: &House, who: &Asker) -> bool {
    Outcome::of(&who.gets(house, "/my/security").await) == Outcome::Allowed
}

async fn someone(house: &House, role: Role) -> Asker {
    house.person(&format!("{role}@example.jp"), &[(role, Standing::Confirmed, None)], Strength::Passkey, Span::ZERO).await
}

#[both_engines]
async fn a_sign_in_that_stands_idle_ends(house: House) {
    for role in Role::ALL {
        let (idle, _) = limits(role);
        let (used, left) = (someone(&house, role).await, someone(&house, role).await);
        house.later(Span::micros(idle.as_micros() - 1));
        assert!(is_in(&house, &used).await, "{role}");
        house.later(Span::micros(1));
        assert!(!is_in(&house, &left).await, "{role}: nobody was there for {idle:?}");
        assert!(is_in(&house, &used).await, "{role}: somebody was there just now");
    }
}

#[both_engines]
async fn a_sign_in_ends_however_busy_it_is(house: House) {
    for role in Role::ALL {
        let (idle, whole) = limits(role);
        let who = someone(&house, role).await;
        let step = Span::micros(idle.as_micros() / 2);
        let steps = whole.as_micros() / step.as_micros();
        for _ in 1..steps {
            house.later(step);
            assert!(is_in(&house, &who).await, "{role}");
        }
        house.later(Span::micros(step.as_micros() - 1));
        assert!(is_in(&house, &who).await, "{role}");
        house.later(Span::micros(1));
        assert!(!is_in(&house, &who).await, "{role}: {whole:?} are over");
    }
}

/// Whoever becomes staff while signed in is staff in this too.
#[both_engines]
async fn the_limits_of_a_role_hold_from_the_moment_it_is_in_force(house: House) {
    let who = house.person("taro@example.jp", &[], Strength::Passkey, Span::ZERO).await;
    let account = who.account.expect("an account");
    house
        .write(async move |tx: &mut Tx<'_>, now| {
            access::grant(tx, account, Role::Secretariat, Standing::Confirmed, None, "test", now).await?;
            Ok(())
        })
        .await;
    house.later(Span::minutes(29));
    assert!(is_in(&house, &who).await);
    house.later(Span::minutes(30));
    assert!(!is_in(&house, &who).await, "a learner's day is over with the role");
}

#[both_engines]
async fn a_suspended_role_is_shut_at_once(house: House) {
    let who = house.staff(Role::Secretariat).await;
    assert_eq!(Outcome::of(&who.gets(&house, "/staff").await), Outcome::Allowed);
    let account = who.account.expect("an account");
    for standing in [Standing::Suspended, Standing::Left] {
        house
            .write(async move |tx: &mut Tx<'_>, now| {
                access::set_standing(tx, account, Role::Secretariat, None, standing, now).await?;
                Ok(())
            })
            .await;
        assert_eq!(Outcome::of(&who.gets(&house, "/staff").await), Outcome::Hidden, "{standing:?}");
    }
}

const PHRASE: &str = "雨の日は緑の傘で駅まで歩く猫と犬";

async fn by_mail(house: &House, browser: &mut Visitor) {
    let form = browser.get("/sign-in").await.form("/sign-in").fill("email", "taro@example.jp");
    browser.submit(&form).await;
    let link = house.mailed_link("/sign-in/link/").await;
    let form = browser.get(&link).await.form(&link);
    browser.submit(&form).await.is(StatusCode::SEE_OTHER);
}

fn sid(browser: &Visitor) -> String {
    browser.cookies.get("__Host-sid").cloned().unwrap_or_default()
}

/// The cookie as it was before, at another browser.
async fn still_opens(house: &House, sid: &str) -> bool {
    is_in(house, &Asker { cookies: format!("__Host-sid={sid}"), ..Asker::visitor() }).await
}

#[both_engines]
async fn signing_in_and_proving_oneself_give_a_new_id_and_end_the_old(house: House) {
    house.learner("taro@example.jp").await;
    let mut browser = house.visitor("見本 太郎");
    // Somebody has put a cookie of theirs into this browser before.
    browser.cookies.insert("__Host-sid".into(), "planted".into());
    by_mail(&house, &mut browser).await;
    let first = sid(&browser);
    assert!(first != "planted" && first.len() == 43, "256 random bits: {first}");
    assert!(still_opens(&house, &first).await && !still_opens(&house, "planted").await);

    let form = browser.get("/my/security").await.form("/my/security/passphrase").fill("passphrase", PHRASE);
    browser.submit(&form).await.is(StatusCode::SEE_OTHER);
    let second = sid(&browser);
    assert_ne!(first, second, "a new id with the first proof");
    assert!(!still_opens(&house, &first).await);

    house.later(Span::minutes(20));
    let form = browser.get("/step-up?next=/my/security").await.form("/step-up/passphrase").fill("passphrase", PHRASE);
    browser.submit(&form).await.is(StatusCode::SEE_OTHER);
    let third = sid(&browser);
    assert_ne!(second, third, "a new id at every step-up");
    assert!(!still_opens(&house, &second).await && still_opens(&house, &third).await);

    by_mail(&house, &mut browser).await;
    assert!(!still_opens(&house, &third).await, "one browser, one sign-in");
}

#[both_engines]
async fn one_sees_ones_sign_ins_and_ends_them(house: House) {
    let (here, there) = (house.learner("taro@example.jp").await, house.learner("taro@example.jp").await);
    let stranger = house.learner("jiro@example.jp").await;
    let page = here.gets(&house, "/my/security").await;
    page.shows("Firefox / Linux").shows("192.0.2.0/24");
    let ends: Vec<String> = page.attributes("form", "action").into_iter().filter(|action| action.ends_with("/end")).collect();
    let one = ends.iter().find(|action| !action.contains("others")).expect("the other sign-in can be ended");
    assert_eq!(Outcome::of(&stranger.asks(&house, &Method::POST, one, "").await), Outcome::Hidden);
    assert!(is_in(&house, &there).await, "nobody else ends it");
    assert_eq!(here.asks(&house, &Method::POST, one, "").await.status, StatusCode::SEE_OTHER);
    assert!(is_in(&house, &here).await && !is_in(&house, &there).await);

    let again = house.learner("taro@example.jp").await;
    here.asks(&house, &Method::POST, "/my/security/sign-ins/others/end", "").await;
    assert!(is_in(&house, &here).await && !is_in(&house, &again).await);
    let out = here.asks(&house, &Method::POST, "/sign-out", "").await;
    assert_eq!(out.header("clear-site-data"), "\"cache\"");
    assert!(!is_in(&house, &here).await);
}

#[both_engines]
async fn the_database_opens_nothing(house: House) {
    let who = house.learner("taro@example.jp").await;
    let account = who.account.expect("an account");
    let stored: Vec<u8> = house
        .read(async move |tx: &mut Tx<'_>| {
            let secret: Vec<u8> = tx.one(db::sql!("SELECT secret FROM sign_ins WHERE account = $1"), &[account.into()]).await?;
            Ok(secret)
        })
        .await;
    let as_cookie = URL_SAFE_NO_PAD.encode(&stored);
    assert!(!who.cookies.contains(&as_cookie), "the secret itself is not kept");
    assert!(!still_opens(&house, &as_cookie).await);
}

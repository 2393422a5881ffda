//! Changes that no form of ours asked for.

use access::{Role, Standing, Strength};
use both_engines::both_engines;
use db::{Tx, sql};
use http::{Method, StatusCode};
use kernel::Span;
use web::{Kind, Route};

use super::House;
use super::house::Outcome;
use super::oracle::{self, May};
use super::people::Asker;
use super::things::{OWNER, Things};

/// A way of asking that is refused, whatever is asked for.
struct Forgery<'a> {
    name: &'static str,
    cookies: &'a str,
    origin: &'a str,
    fetch_site: &'a str,
    token: &'a str,
}

/// The owner of all things, with every role that opens anything.
async fn everybody_in_one(house: &House) -> Asker {
    let roles = [Role::Secretariat, Role::Ministry, Role::Operator, Role::Auditor, Role::Responder, Role::DeskLead];
    let given: Vec<_> = roles.into_iter().map(|role| (role, Standing::Confirmed, None)).collect();
    house.person(OWNER, &given, Strength::Passkey, Span::ZERO).await
}

/// How many rows there are of everything that a form can change. That somebody read a case is noted, and is no change of anything.
async fn state(house: &House) -> Vec<i64> {
    house
        .read(async |tx: &mut Tx<'_>| {
            Ok(vec![
                tx.one::<i64>(sql!("SELECT COUNT(*) FROM audit WHERE act <> 'desk.case_read'"), &[]).await?,
                tx.one::<i64>(sql!("SELECT COUNT(*) FROM outbox"), &[]).await?,
                tx.one::<i64>(sql!("SELECT COUNT(*) FROM sign_ins WHERE ended_at IS NULL"), &[]).await?,
                tx.one::<i64>(sql!("SELECT COUNT(*) FROM applications WHERE cancelled_at IS NULL"), &[]).await?,
                tx.one::<i64>(sql!("SELECT COUNT(*) FROM passkeys"), &[]).await?,
                tx.one::<i64>(sql!("SELECT COUNT(*) FROM ceremonies"), &[]).await?,
                tx.one::<i64>(sql!("SELECT COUNT(*) FROM inquiries"), &[]).await?,
                tx.one::<i64>(sql!("SELECT COUNT(*) FROM tries"), &[]).await?,
            ])
        })
        .await
}

fn forms() -> Vec<Route> {
    House::routes().into_iter().filter(|route| route.method == Method::POST && route.kind == Kind::Personal).collect()
}

async fn forge(house: &House, route: &Route, things: &Things, forgery: &Forgery<'_>) -> Outcome {
    let (path, fields) = things.address(route).expect("an address");
    let headers = [("cookie", forgery.cookies), ("origin", forgery.origin), ("sec-fetch-site", forgery.fetch_site)];
    let body = format!("token={}&{fields}", forgery.token);
    Outcome::of(&house.ask(Method::POST, &path, &headers, &body).await)
}

/// Whether somebody with every role of the portal, but no place in the tree and on no way back, gets to the form at all.
fn is_reached(route: &Route) -> bool {
    !matches!(oracle::may(route), Some(May::Demo | May::CaseHolder | May::Recovering | May::Placed(_) | May::PlacedNear(_)))
}

#[both_engines]
async fn no_other_site_and_no_other_token_changes_anything(house: House) {
    let things = house.things().await;
    let owner = everybody_in_one(&house).await;
    let other = house.learner("jiro@example.jp").await;
    let earlier = house.person(OWNER, &[], Strength::Passkey, Span::ZERO).await;
    let asks = |name, origin, fetch_site, token| Forgery { name, cookies: &owner.cookies, origin, fetch_site, token };
    let right = owner.token.as_str();
    let forgeries = [
        asks("nothing says from where", "", "", right),
        asks("another site", "https://evil.example", "", right),
        asks("a site that begins like ours", "https://mist.example.jp.evil.example", "", right),
        asks("plain http", "http://mist.example.jp", "", right),
        asks("a page without origin", "null", "", right),
        asks("cross-site", "https://mist.example.jp", "cross-site", right),
        asks("a sibling site", "https://mist.example.jp", "same-site", right),
        asks("the address bar", "", "none", right),
        asks("somebody else's token", "", "same-origin", &other.token),
        asks("the token of another sign-in", "", "same-origin", &earlier.token),
        asks("half a token", "", "same-origin", &right[..right.len() - 1]),
    ];
    let before = state(&house).await;
    let forms = forms();
    assert!(forms.len() > 60, "{}", forms.len());
    for route in forms.iter().filter(|route| is_reached(route)) {
        for forgery in &forgeries {
            let outcome = forge(&house, route, &things, forgery).await;
            assert_eq!(outcome, Outcome::Refused, "POST {} from {}", route.path, forgery.name);
        }
        // A form that anybody may send may have been opened before its sender signed in, so it may come without a token; where it
        // comes from is known all the same.
        // A report is taken whatever it lacks; that it comes from our own page is all that is asked of it.
        if route.path == "/incident/report/whole" {
            continue;
        }
        let outcome = forge(&house, route, &things, &asks("a form without its token", "", "same-origin", "")).await;
        match oracle::may(route) {
            Some(May::Everybody) => assert_ne!(outcome, Outcome::SignIn, "POST {}", route.path),
            _ => assert_eq!(outcome, Outcome::Refused, "POST {} without a token", route.path),
        }
    }
    let after = state(&house).await;
    // Only the forms that anybody may send without a token have done anything: they count tries and ask passkeys.
    assert_eq!(before[..5], after[..5], "nothing has changed");
    assert_eq!(before[6], after[6], "nothing was asked");
}

#[both_engines]
async fn a_link_of_an_application_is_not_used_from_elsewhere(house: House) {
    let things = house.things().await;
    let holder = house.holder(things.application);
    let stranger = house.learner("jiro@example.jp").await;
    for route in forms().iter().filter(|route| oracle::may(route) == Some(May::Applicant)) {
        for (origin, fetch_site, token) in [
            ("", "", holder.token.as_str()),
            ("https://evil.example", "", &holder.token),
            ("", "cross-site", &holder.token),
            ("", "same-origin", ""),
            ("", "same-origin", &stranger.token),
        ] {
            let forgery = Forgery { name: "", cookies: &holder.cookies, origin, fetch_site, token };
            assert_eq!(forge(&house, route, &things, &forgery).await, Outcome::Refused, "POST {} {origin}{fetch_site}", route.path);
        }
    }
}

#[both_engines]
async fn a_form_is_never_sent_by_fetching_its_address(house: House) {
    let things = house.things().await;
    let owner = everybody_in_one(&house).await;
    let before = state(&house).await;
    let all = House::routes();
    for route in forms() {
        let (path, fields) = things.address(&route).expect("an address");
        let has_page = all.iter().any(|other| other.method == Method::GET && other.path == route.path);
        let asked = format!("{path}{}token={}&{fields}", if path.contains('?') { '&' } else { '?' }, owner.token);
        for method in [Method::GET, Method::HEAD, Method::PUT, Method::DELETE, Method::PATCH] {
            let answer = house.ask(method.clone(), &asked, &owner.headers(), "").await;
            let reads = method == Method::GET || method == Method::HEAD;
            if !(has_page && reads) && oracle::may(&route) != Some(May::Demo) {
                // `/staff/notices/{id}` may be read where only `…/new` is meant; what is not there is not there.
                assert!(answer.status == StatusCode::NOT_FOUND, "{method} {path}: {}", answer.status);
            }
        }
    }
    assert_eq!(before, state(&house).await, "nothing has changed");
}

#[both_engines]
async fn a_token_is_worth_nothing_after_signing_out(house: House) {
    let things = house.things().await;
    let owner = everybody_in_one(&house).await;
    let out = owner.asks(&house, &Method::POST, "/sign-out", "").await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert_eq!(out.header("clear-site-data"), "\"cache\"");
    for route in forms() {
        let (path, fields) = things.address(&route).expect("an address");
        let outcome = Outcome::of(&owner.asks(&house, &Method::POST, &path, fields).await);
        let expected = match oracle::may(&route).expect("an entry") {
            May::Everybody => continue,
            May::Demo | May::CaseHolder => Outcome::Hidden,
            _ => Outcome::SignIn,
        };
        assert_eq!(outcome, expected, "POST {path}");
    }
    // Signed in anew, the old form is refused.
    let anew = everybody_in_one(&house).await;
    let old = Forgery { name: "", cookies: &anew.cookies, origin: "", fetch_site: "same-origin", token: &owner.token };
    for route in forms().iter().filter(|route| is_reached(route)) {
        assert_eq!(forge(&house, route, &things, &old).await, Outcome::Refused, "POST {}", route.path);
    }
}

#[both_engines]
async fn addresses_for_programs_read_no_cookie(house: House) {
    let things = house.things().await;
    let owner = everybody_in_one(&house).await;
    let machines: Vec<Route> = House::routes().into_iter().filter(|route| route.kind == Kind::Machine).collect();
    assert!(machines.len() >= 7, "{}", machines.len());
    for route in machines {
        let (path, _) = things.address(&route).expect("an address");
        let (body, kind) = if route.method == Method::POST { (r#"{"csp-report":{}}"#, "application/csp-report") } else { ("", "") };
        let bare = [("content-type", kind)];
        let dressed = [
            ("content-type", kind),
            ("cookie", owner.cookies.as_str()),
            ("origin", "https://evil.example"),
            ("sec-fetch-site", "cross-site"),
        ];
        let (a, b) =
            (house.ask(route.method.clone(), &path, &bare, body).await, house.ask(route.method.clone(), &path, &dressed, body).await);
        assert_eq!(a.status, b.status, "{} {path}", route.method);
        assert!(b.headers.get("set-cookie").is_none(), "{path}");
        // The number of the request in an error is another each time.
        if a.status.is_success() && path != "/metrics" {
            assert_eq!(a.bytes, b.bytes, "{path}");
        }
    }
}

//! What is somebody else's looks like what does not exist.

use access::Role;
use both_engines::both_engines;
use http::header;
use kernel::Uuid;
use web::{Kind, Proof, Route};

use super::House;
use super::people::Asker;
use super::things::Things;
use crate::site::Answer;

/// An answer without what is different each time: numbers of requests, keys of forms, and the id that was asked for.
fn without_marks(answer: &Answer, asked: &str) -> (u16, Vec<(String, String)>, String) {
    let strip = |text: &str| {
        let text = text.replace(asked, "ID");
        let mut out = String::new();
        let mut run = String::new();
        for c in text.chars().chain(std::iter::once('\n')) {
            if c.is_ascii_hexdigit() || c == '-' {
                run.push(c);
            } else {
                out.push_str(if run.len() >= 8 { "#" } else { &run });
                run.clear();
                out.push(c);
            }
        }
        out
    };
    let mut headers: Vec<(String, String)> =
        answer.headers.iter().map(|(name, value)| (name.to_string(), strip(value.to_str().unwrap_or("")))).collect();
    headers.sort();
    (answer.status.as_u16(), headers, strip(&answer.body()))
}

async fn look_the_same(house: &House, who: &Asker, route: &Route, foreign: (&str, &str), missing: (&str, &str)) {
    let there = who.asks(house, &route.method, foreign.0, "").await;
    let nowhere = who.asks(house, &route.method, missing.0, "").await;
    let (a, b) = (without_marks(&there, foreign.1), without_marks(&nowhere, missing.1));
    assert_eq!(a, b, "{} {} as {}", route.method, route.path, who.name);
    assert!(there.headers.get(header::SET_COOKIE).is_none(), "{} {}", route.method, route.path);
}

fn with_an_id(things: &Things) -> Vec<(Route, String, String, String, String)> {
    let personal = House::routes().into_iter().filter(|route| route.kind == Kind::Personal);
    personal
        .filter_map(|route| {
            let (there, _) = things.address(&route)?;
            let (nowhere, here, nothing) = things.missing(&route)?;
            let path = |address: &str| address.split('?').next().unwrap_or_default().to_owned();
            Some((route, path(&there), here, path(&nowhere), nothing))
        })
        .collect()
}

#[both_engines]
async fn somebody_elses_thing_looks_like_none(house: House) {
    let things = house.things().await;
    let mut hanako = house.visitor("見本 花子");
    hanako.applies_for("R8/executive/4").await;
    let other: Uuid = hanako.application.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id");
    let askers = [Asker::visitor(), house.learner("jiro@example.jp").await, house.holder(other)];
    let routes = with_an_id(&things);
    assert!(routes.len() > 60, "{}", routes.len());
    for who in &askers {
        // The link itself opens to whoever has it.
        for (route, there, here, nowhere, nothing) in routes.iter().filter(|(route, ..)| route.path != "/a/{token}") {
            look_the_same(&house, who, route, (there, here), (nowhere, nothing)).await;
        }
    }
}

#[both_engines]
async fn a_thing_of_another_kind_looks_like_none_to_those_who_may_look(house: House) {
    let things = house.things().await;
    for role in [Role::Secretariat, Role::Operator] {
        let who = house.staff(role).await;
        for (route, there, here, nowhere, nothing) in with_an_id(&things).iter().filter(|(route, ..)| route.path != "/a/{token}") {
            // An organization's worth of ids exists; that of the other kind is no more here than one that was never given.
            let other = if here == &things.application.to_string() { things.session } else { things.application }.to_string();
            let elsewhere = there.replacen(here.as_str(), &other, 1);
            look_the_same(&house, &who, route, (&elsewhere, &other), (nowhere, nothing)).await;
        }
    }
}

#[both_engines]
async fn a_link_of_another_key_looks_like_a_link_to_nothing(house: House) {
    let things = house.things().await;
    let forged = web::Keys::new([9; 32]).application_token(things.application, 1, Proof::Mailed);
    let nothing = web::Keys::new([9; 32]).application_token(Uuid::from_u128(7), 1, Proof::Mailed);
    let who = Asker::visitor();
    let (a, b) = (who.gets(&house, &format!("/a/{forged}")).await, who.gets(&house, &format!("/a/{nothing}")).await);
    assert_eq!(without_marks(&a, &forged), without_marks(&b, &nothing));
    assert_eq!(a.status, http::StatusCode::NOT_FOUND);
}

impl Things {
    /// The address of the same route about something that does not exist, of the same length.
    fn missing(&self, route: &Route) -> Option<(String, String, String)> {
        let (path, _) = self.address(route)?;
        let here = match route.path.as_str() {
            "/a/{token}" => self.application_link.rsplit('/').next()?.to_owned(),
            "/contact/receipts/{token}" | "/tell-me/end/{token}" | "/sign-in/link/{token}" | "/invitation/{token}" => return None,
            pattern
                if ["{list}", "{account}", "{file}", "{import}", "{attendee}"].iter().any(|named| pattern.contains(named))
                    || pattern.starts_with("/recovery/") =>
            {
                return None;
            }
            pattern if pattern.contains("{id}") => {
                let at = pattern.split('/').position(|part| part == "{id}")?;
                path.split(['/', '?']).nth(at)?.to_owned()
            }
            _ => return None,
        };
        let nothing = if route.path == "/a/{token}" {
            let nowhere = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_dead);
            web::Keys::new([9; 32]).application_token(nowhere, 1, Proof::Mailed)
        } else {
            Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_dead).to_string()
        };
        Some((path.replacen(&here, &nothing, 1), here, nothing))
    }
}

//! One's own sign-ins: none is out of reach of whoever it belongs to.

use access::{NewSignIn, Role, Strength};
use both_engines::both_engines;
use http::StatusCode;
use kernel::{Lang, Span};

use super::staff::staff;
use crate::site::Site;

#[both_engines]
async fn the_oldest_of_many_sign_ins_is_found_and_ended(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    site.write(async |tx, now| {
        let account = people::accounts::ensure(tx, &"jimukyoku@example.jp".parse().expect("an address"), Lang::Ja, now).await?.id;
        for n in 0..60 {
            let (secret, device) = (web::Keys::random(), format!("端末{n}"));
            let new = NewSignIn { account, strength: Strength::Passkey, secret: &secret, device: &device, network: "" };
            access::open(tx, &new, now.minus(Span::seconds(n + 1))).await?;
        }
        Ok(())
    })
    .await;
    let lines = "section[aria-labelledby=sign-ins] li";
    let first = office.get("/my/security").await;
    assert_eq!(first.is(StatusCode::OK).texts(lines).len(), 50);
    let last = office.get("/my/security?page=2").await;
    assert_eq!(last.texts(lines).len(), 11, "sixty, and this one");
    let oldest = last.shows("端末59").attributes(&format!("{lines} form"), "action").pop().expect("it can be ended");
    office.submit_and_open(&last.form(&oldest)).await.is(StatusCode::OK);
    let after = office.get("/my/security?page=2").await;
    assert_eq!(after.hides("端末59").texts(lines).len(), 10);
}

//! Those who ask: signed in without the ceremony, by a row and a cookie.

use access::{AccountId, NewSignIn, OrganizationId, Role, Standing, Strength};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::Tx;
use http::Method;
use kernel::{Lang, Span, Timestamp, Uuid};
use web::{Held, Keys, Proof};

use super::House;
use crate::site::Answer;

/// A role, how it stands, and where.
pub type Given = (Role, Standing, Option<OrganizationId>);

/// Somebody, or some program, that asks.
#[derive(Clone, Debug)]
pub struct Asker {
    /// For messages of tests.
    pub name: String,
    /// The cookies of the browser.
    pub cookies: String,
    /// What stands in the forms of this browser's pages.
    pub token: String,
    /// `Bearer …`
    pub authorization: String,
    /// The account, if somebody signed in.
    pub account: Option<AccountId>,
}

impl Asker {
    /// Nobody we know.
    pub fn visitor() -> Self {
        Self { name: "a visitor".into(), cookies: String::new(), token: String::new(), authorization: String::new(), account: None }
    }

    /// The headers of a request from a page of ours.
    pub fn headers(&self) -> Vec<(&str, &str)> {
        vec![("cookie", &self.cookies), ("authorization", &self.authorization), ("sec-fetch-site", "same-origin")]
    }

    /// Asks as a browser does; a form carries its token and `fields`.
    pub async fn asks(&self, house: &House, method: &Method, path: &str, fields: &str) -> Answer {
        let body = if *method == Method::POST { format!("token={}&{fields}", self.token) } else { String::new() };
        house.ask(method.clone(), path, &self.headers(), &body).await
    }

    /// Fetches a page.
    pub async fn gets(&self, house: &House, path: &str) -> Answer {
        self.asks(house, &Method::GET, path, "").await
    }
}

impl House {
    /// Somebody with these roles, signed in so surely, so long ago.
    pub async fn person(&self, email: &str, given: &[Given], strength: Strength, ago: Span) -> Asker {
        let (secret, address) = (Keys::random(), email.parse().expect("an address"));
        let roles = given.to_vec();
        let account = self
            .write(async move |tx: &mut Tx<'_>, now: Timestamp| {
                let account = people::accounts::ensure(tx, &address, Lang::Ja, now).await?.id;
                if access::memberships_of(tx, account).await?.is_empty() {
                    for (role, standing, organization) in &roles {
                        access::grant(tx, account, *role, *standing, *organization, "test", now).await?;
                    }
                }
                let new = NewSignIn { account, strength, secret: &secret, device: "Firefox / Linux", network: "192.0.2.0/24" };
                access::open(tx, &new, now.minus(ago)).await?;
                Ok(account)
            })
            .await;
        Asker {
            name: format!("{email} {given:?} by {strength:?} {ago:?} ago"),
            cookies: format!("__Host-sid={}", URL_SAFE_NO_PAD.encode(secret)),
            token: self.portal.keys.token("form", &[&secret]),
            authorization: String::new(),
            account: Some(account),
        }
    }

    /// Somebody with a role for the whole portal, who has just shown a passkey.
    pub async fn staff(&self, role: Role) -> Asker {
        let given = [(role, Standing::Confirmed, None)];
        self.person(&format!("{role}@example.jp"), &given, Strength::Passkey, Span::ZERO).await
    }

    /// A learner, signed in by a link in a mail.
    pub async fn learner(&self, email: &str) -> Asker {
        self.person(email, &[], Strength::MailLink, Span::ZERO).await
    }

    /// Whoever opened the link of an application.
    pub fn holder(&self, application: Uuid) -> Asker {
        Asker {
            name: format!("the holder of {application}"),
            cookies: format!("__Host-app={}", Held { generation: 1, proof: Proof::Mailed }.cookie(&self.portal.keys, application)),
            token: self.portal.keys.token("form", &[application.as_bytes(), &1_i64.to_be_bytes()]),
            ..Asker::visitor()
        }
    }

    /// A program with a token for these scopes.
    pub async fn program(&self, scopes: &str) -> Asker {
        let (secret, named) = (Keys::random(), scopes.to_owned());
        self.write(async move |tx: &mut Tx<'_>, now| {
            access::issue(tx, "test", &named, &secret, None, "test", now).await?;
            Ok(())
        })
        .await;
        let authorization = format!("Bearer {}", URL_SAFE_NO_PAD.encode(secret));
        Asker { name: format!("a program for {scopes:?}"), authorization, ..Asker::visitor() }
    }
}

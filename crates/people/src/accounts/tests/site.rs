//! A portal with nothing but the people's wing, and visitors with cookies.

use access::{Membership, Role, SignInId, Standing, Strength};
use auth::TotpSecret;
use auth::passphrase::Cost;
use axum::body::Body;
use axum::http::{Method, Request};
use db::testing::TestDatabase;
use db::{DbResult, Engine, Lane, Tx, sql};
use journal::{OutboxItem, RenderError, Rendered};
use kernel::{Clock, EmailAddress, Holidays, Lang, Span, Timestamp, Uuid};
use serde_json::Value;
use std::collections::BTreeMap;
use tower::ServiceExt as _;
use web::{Keys, Portal, data_text};

use super::device::Device;
use crate::accounts::passkeys::PasskeyId;
use crate::accounts::{by_email, codes, ensure, find, invitation, mail_link, mails, recovery, set_cost};

pub(super) const ADDRESS: &str = "http://localhost:8080";

pub(super) struct Site {
    pub(super) db: TestDatabase,
    pub(super) clock: Clock,
    portal: Portal,
}

/// Somebody's browser.
pub(super) struct Visitor<'s> {
    site: &'s Site,
    cookies: BTreeMap<String, String>,
    token: String,
}

pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: String,
    headers: Vec<(String, String)>,
}

/// What a passkey was asked.
pub(super) struct Question(Value);

impl Site {
    pub(super) async fn on(engine: Engine) -> Self {
        set_cost(Cost::CHEAP);
        let clock = Clock::standing_at("2026-11-22T09:00+09:00".parse().unwrap());
        let db = TestDatabase::with_clock(engine, clock.clone()).await;
        let matrix = access::Matrix::parse(&data_text("permissions.toml")).unwrap();
        let site = web::Site { base_url: ADDRESS.to_owned(), hosts: Vec::new(), demo: false, trusted_proxies: Vec::new() };
        let portal = Portal::new((*db).clone(), clock.clone(), Keys::new([7; 32]), matrix, site, Holidays::new([])).await.unwrap();
        Self { db, clock, portal }
    }

    pub(super) fn visitor(&self) -> Visitor<'_> {
        Visitor { site: self, cookies: BTreeMap::new(), token: String::new() }
    }

    pub(super) async fn write<F>(&self, work: F)
    where
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<()> + Send + 'static,
    {
        self.db.write(Lane::Staff, None, work).await.unwrap();
    }

    pub(super) async fn knows(&self, email: &str) {
        let email: EmailAddress = email.parse().unwrap();
        self.write(async move |tx, now| ensure(tx, &email, Lang::Ja, now).await.map(|_| ())).await;
    }

    /// The objects of the mails of this kind, oldest first.
    pub(super) async fn mails(&self, kind: &'static str) -> Vec<Uuid> {
        let list = sql!("SELECT object_id FROM outbox WHERE kind = $1 ORDER BY id");
        self.db.read(async move |tx| tx.all(list, &[kind.into()]).await).await.unwrap()
    }

    /// What the last mail of this kind says, made as the postman does.
    pub(super) async fn renders(&self, kind: &'static str) -> Result<Rendered, RenderError> {
        let find = sql!(
            "SELECT id, kind, object_id, lang, facts, recipient, priority, created_at, due_at, attempts, first_tried_at
             FROM outbox WHERE kind = $1 ORDER BY id DESC LIMIT 1"
        );
        let item: OutboxItem = self.db.read(async move |tx| tx.one(find, &[kind.into()]).await).await.unwrap();
        match kind {
            "accounts.sign_in_link" => mails::sign_in_link(self.portal.clone(), item).await,
            "accounts.invited" => mails::invited(self.portal.clone(), item).await,
            _ => mails::changed(self.portal.clone(), item).await,
        }
    }

    pub(super) async fn last_link(&self) -> String {
        let id = *self.mails("accounts.sign_in_link").await.last().expect("a link was mailed");
        format!("/sign-in/link/{}", self.portal.keys.sign(mail_link::PURPOSE, &id.to_string()))
    }

    /// Invites, and gives the path of the link.
    pub(super) async fn invites(&self, email: &str, role: Role) -> String {
        let id = self.try_to_invite(email, role).await.unwrap().id;
        format!("/invitation/{}", self.portal.keys.sign(invitation::PURPOSE, &id.to_string()))
    }

    /// Asks for a way back, which two operators approve, and gives the path of the link.
    pub(super) async fn recovers(&self, email: &str) -> String {
        let account = self.account(email).await;
        self.write(async move |tx, now| {
            let id = recovery::ask_for_demo(tx, account, now).await?.expect("it is the first");
            for _ in 0..2 {
                let roles = vec![Membership { role: Role::Operator, standing: Standing::Confirmed, organization: None }];
                let by = recovery::By { account: access::AccountId::new(now), roles };
                assert!(recovery::approve(tx, id, &by, "折り返して確かめた", now).await?.is_ok());
            }
            Ok(())
        })
        .await;
        let id = *self.mails("accounts.recovery_link").await.last().expect("a link was mailed");
        format!("/recovery/link/{}", self.portal.keys.sign("recovery-link", &format!("{id}_1")))
    }

    async fn account(&self, email: &str) -> access::AccountId {
        let email = email.parse().unwrap();
        self.db.read(async move |tx| by_email(tx, &email).await).await.unwrap().expect("an account").id
    }

    pub(super) async fn standing(&self, email: &str) -> Standing {
        let account = self.account(email).await;
        self.db.read(async move |tx| access::memberships_of(tx, account).await).await.unwrap()[0].standing
    }

    /// How surely the person was recognized in each living sign-in.
    pub(super) async fn sign_ins(&self, email: &str) -> Vec<Strength> {
        let (account, now) = (self.account(email).await, self.clock.now());
        let list = self.db.read(async move |tx| access::list(tx, account, now).await).await.unwrap();
        list.iter().map(|sign_in| sign_in.strength).collect()
    }

    pub(super) async fn sign_in_ids(&self, email: &str) -> Vec<SignInId> {
        let (account, now) = (self.account(email).await, self.clock.now());
        let list = self.db.read(async move |tx| access::list(tx, account, now).await).await.unwrap();
        list.iter().map(|sign_in| sign_in.id).collect()
    }

    pub(super) async fn passkey(&self, email: &str) -> PasskeyId {
        let account = self.account(email).await;
        self.db.read(async move |tx| crate::accounts::store::passkeys(tx, account).await).await.unwrap()[0].id
    }
}

impl Visitor<'_> {
    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, String::new(), ADDRESS).await
    }

    pub(super) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut fields = fields.to_vec();
        let token = self.token.clone();
        if !token.is_empty() {
            fields.push(("token", &token));
        }
        self.post_without_token(path, &fields).await
    }

    pub(super) async fn post_pairs(&mut self, path: &str, fields: &[(String, String)]) -> Answer {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(path, &fields).await
    }

    pub(super) async fn post_without_token(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(Method::POST, path, encode(fields), ADDRESS).await
    }

    pub(super) async fn post_from(&mut self, origin: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(Method::POST, path, encode(fields), origin).await
    }

    pub(super) fn cookie(&self, name: &str) -> String {
        self.cookies[name].clone()
    }

    pub(super) async fn signs_in_by_mail(&mut self, email: &str) {
        self.site.knows(email).await;
        self.post("/sign-in", &[("email", email)]).await;
        let link = self.site.last_link().await;
        assert_eq!(self.post(&link, &[]).await.status, 303);
        self.look_at_security().await;
    }

    pub(super) async fn sets_passphrase(&mut self, phrase: &str) {
        self.look_at_security().await;
        let set = self.post("/my/security/passphrase", &[("passphrase", phrase)]).await;
        assert_eq!(set.location(), "/my/security?done=passphrase-set");
        self.look_at_security().await;
    }

    pub(super) async fn begins_codes(&mut self) -> TotpSecret {
        let begun = self.post("/my/security/codes/secret", &[]).await;
        assert_eq!(begun.location(), "/my/security/codes");
        assert!(self.get("/my/security/codes").await.body.contains("<svg class=\"qr\""));
        let (sid, key) = (self.owner_of_cookie().await, codes::key(&self.site.portal.keys));
        self.site.db.read(async move |tx| codes::pending(tx, sid, &key).await).await.unwrap().expect("a secret waits")
    }

    pub(super) async fn ask(&mut self, path: &str) -> Question {
        let answer = self.post(path, &[]).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        Question(serde_json::from_str(&answer.body).unwrap())
    }

    pub(super) async fn adds_passkey(&mut self, device: &Device) -> Answer {
        self.look_at_security().await;
        let question = self.ask("/my/security/passkeys/question").await;
        let answer = device.registers(&question.0["publicKey"]);
        let added = self.post("/my/security/passkeys", &[("ceremony", question.id()), ("answer", &answer), ("name", "試験の鍵")]).await;
        self.look_at_security().await;
        added
    }

    pub(super) async fn renews_by(&mut self, device: &Device) -> Answer {
        let question = self.ask("/recovery/renewal/question").await;
        let answer = device.registers(&question.0["publicKey"]);
        let renewed =
            self.post("/recovery/renewal/passkey", &[("ceremony", question.id()), ("answer", &answer), ("name", "新しい鍵")]).await;
        self.look_at_security().await;
        renewed
    }

    pub(super) async fn signs_in_by_passkey(&mut self, device: &Device) -> Answer {
        let question = self.ask("/sign-in/passkey/question").await;
        let owner = self.site.db.read(async |tx| tx.one::<Uuid>(sql!("SELECT account FROM passkeys"), &[]).await).await.unwrap();
        let mut fields = question.answered_by(device, owner);
        fields.push(("next".to_owned(), "/staff".to_owned()));
        let answer = self.post_pairs("/sign-in/passkey", &fields).await;
        self.look_at_security().await;
        answer
    }

    pub(super) async fn steps_up(&mut self, device: &Device) -> Answer {
        let question = self.ask("/step-up/passkey/question").await;
        let owner = self.owner_of_cookie().await.uuid();
        let mut fields = question.answered_by(device, owner);
        fields.push(("next".to_owned(), "/my/security".to_owned()));
        let answer = self.post_pairs("/step-up/passkey", &fields).await;
        self.look_at_security().await;
        answer
    }

    pub(super) async fn owner(&self, site: &Site, email: &str) -> Uuid {
        site.account(email).await.uuid()
    }

    async fn owner_of_cookie(&self) -> access::AccountId {
        use base64::Engine as _;
        let secret = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(&self.cookies["sid"]).unwrap();
        let now = self.site.clock.now();
        let found = self.site.db.read(async move |tx| access::find(tx, &secret, now).await).await.unwrap();
        let account = found.expect("a living sign-in").0.account;
        self.site.db.read(async move |tx| find(tx, account).await).await.unwrap().expect("an account").id
    }

    /// Takes the form token from the page, as its forms would carry it.
    pub(super) async fn look_at_security(&mut self) {
        let page = self.get("/my/security").await.body;
        self.token = page.split_once("name=\"token\" value=\"").map_or("", |(_, rest)| rest.split('"').next().unwrap()).to_owned();
    }

    async fn send(&mut self, method: Method, path: &str, body: String, origin: &str) -> Answer {
        // Ids of one millisecond have no order.
        self.site.clock.advance(Span::millis(2));
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("origin", origin)
            .header("user-agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", cookies.join("; "))
            .body(Body::from(body))
            .unwrap();
        let response = web::serve(&self.site.portal, crate::routes()).oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let headers: Vec<(String, String)> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        for (_, cookie) in headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            assert!(cookie.contains("; Path=/; ") && cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer { status, body: String::from_utf8(body.to_vec()).unwrap(), headers }
    }
}

impl Question {
    fn id(&self) -> &str {
        self.0["ceremony"].as_str().unwrap()
    }

    pub(super) fn answered_by(&self, device: &Device, owner: Uuid) -> Vec<(String, String)> {
        let answer = device.authenticates(&self.0["publicKey"], owner);
        vec![("ceremony".to_owned(), self.id().to_owned()), ("answer".to_owned(), answer)]
    }
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(super) fn location(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.body);
        self.header("location")
    }
}

/// What the authenticator app shows at `now`.
pub(super) fn code_of(secret: &TotpSecret, now: Timestamp) -> String {
    let app = totp_rs::Builder::new().with_secret(*secret.as_bytes()).build().unwrap();
    app.generate(u64::try_from(now.as_micros() / 1_000_000).unwrap()).to_string()
}

fn encode(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| text.bytes().fold(String::new(), |escaped, byte| escaped + &format!("%{byte:02X}"));
    fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}

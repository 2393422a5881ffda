//! A portal with nothing but the desk's wing, and browsers with cookies.

use access::{NewSignIn, Role, Standing, Strength};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use db::testing::TestDatabase;
use db::{DbResult, Engine, FromRow, Lane, Stmt, Tx};
use journal::{OutboxItem, Rendered};
use kernel::{Clock, EmailAddress, Holidays, Lang, Span, Timestamp, Uuid};
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use tempfile::TempDir;
use tower::ServiceExt as _;
use web::{Keys, Portal, data_text};

use crate::Desk;
use crate::talk::Room;

pub(crate) const ADDRESS: &str = "http://localhost:8080";

/// A portal of a test.
pub(crate) struct Site {
    pub(crate) db: TestDatabase,
    pub(crate) clock: Clock,
    pub(crate) portal: Portal,
    pub(crate) spool: TempDir,
}

/// Somebody's browser.
pub(crate) struct Browser<'s> {
    site: &'s Site,
    pub(crate) cookies: BTreeMap<String, String>,
    token: String,
    address: Option<SocketAddr>,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    /// The body as it came, for what is no text.
    pub(crate) bytes: Vec<u8>,
    headers: Vec<(String, String)>,
    /// Whether the body came to its end.
    pub(crate) is_whole: bool,
}

impl Site {
    pub(crate) async fn on(engine: Engine) -> Self {
        let clock = Clock::standing_at("2026-11-22T09:00+09:00".parse().unwrap());
        Self::over(TestDatabase::with_clock(engine, clock.clone()).await, clock).await
    }

    /// A portal over a database that is there.
    pub(crate) async fn over(db: TestDatabase, clock: Clock) -> Self {
        people::accounts::set_cost(auth::passphrase::Cost::CHEAP);
        let matrix = access::Matrix::parse(&data_text("permissions.toml")).unwrap();
        let site = web::Site { base_url: ADDRESS.to_owned(), hosts: Vec::new(), demo: false, trusted_proxies: Vec::new() };
        let keys = Keys::new([7; 32]);
        let spool = tempfile::tempdir().unwrap();
        let desk = Desk::open(&keys, spool.path(), vault::Cost::CHEAP).unwrap();
        let portal = Portal::new((*db).clone(), clock.clone(), keys, matrix, site, Holidays::new([])).await.unwrap().with_part(desk);
        Self { db, clock, portal, spool }
    }

    /// The portal with a desk that takes so much of files.
    pub(crate) fn with_room(self, room: Room) -> Self {
        let desk = Desk::open(&Keys::new([7; 32]), self.spool.path(), vault::Cost::CHEAP).unwrap().with_room(room);
        Self { portal: self.portal.clone().with_part(desk), ..self }
    }

    pub(crate) fn desk(&self) -> std::sync::Arc<Desk> {
        Desk::of(&self.portal).unwrap()
    }

    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser { site: self, cookies: BTreeMap::new(), token: String::new(), address: None }
    }

    /// A browser in which somebody with this role has signed in by a passkey just now.
    pub(crate) async fn signed_in(&self, email: &str, role: Role) -> Browser<'_> {
        let (email, secret): (EmailAddress, _) = (email.parse().unwrap(), Keys::random());
        self.write(async move |tx, now| {
            let account = people::accounts::ensure(tx, &email, Lang::Ja, now).await?.id;
            access::grant(tx, account, role, Standing::Confirmed, None, "system", now).await?;
            let new = NewSignIn { account, strength: Strength::Passkey, secret: &secret, device: "試験", network: "" };
            access::open(tx, &new, now).await.map(|_| ())
        })
        .await;
        let mut browser = self.browser();
        browser.cookies.insert("sid".to_owned(), B64.encode(secret));
        browser.token = self.portal.keys.token("form", &[&secret]);
        browser
    }

    pub(crate) async fn write<F>(&self, work: F)
    where
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<()> + Send + 'static,
    {
        // Ids of one millisecond have no order.
        self.clock.advance(Span::millis(2));
        self.db.write(Lane::Staff, None, work).await.unwrap();
    }

    /// The one row of a question without parameters.
    pub(crate) async fn one<T: FromRow + Send + 'static>(&self, stmt: &'static Stmt) -> T {
        self.db.read(async move |tx| tx.one(stmt, &[]).await).await.unwrap()
    }

    /// Every row of a question without parameters.
    pub(crate) async fn all<T: FromRow + Send + 'static>(&self, stmt: &'static Stmt) -> Vec<T> {
        self.db.read(async move |tx| tx.all(stmt, &[]).await).await.unwrap()
    }

    /// The notices of this kind that wait, made as the postman makes them.
    pub(crate) async fn notices(&self) -> Vec<Rendered> {
        let list = db::sql!(
            "SELECT id, kind, object_id, lang, facts, recipient, priority, created_at, due_at, attempts, first_tried_at
             FROM outbox WHERE kind = 'desk.notice' ORDER BY id"
        );
        let items: Vec<OutboxItem> = self.all(list).await;
        let mut mails = Vec::new();
        for item in items {
            mails.push(crate::notices::render(self.portal.clone(), item).await.unwrap());
        }
        mails
    }
}

impl Browser<'_> {
    /// The browser, at this address from now on.
    pub(crate) fn at(mut self, address: &str) -> Self {
        self.address = Some(SocketAddr::new(address.parse::<IpAddr>().unwrap(), 50_000));
        self
    }

    /// What the forms of a signed-in browser carry.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, "", Vec::new()).await
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let escape = |text: &str| text.bytes().fold(String::new(), |escaped, byte| escaped + &format!("%{byte:02X}"));
        let mut pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
        if !self.token.is_empty() {
            pairs.push(format!("token={}", escape(&self.token)));
        }
        self.send(Method::POST, path, "application/x-www-form-urlencoded", pairs.join("&").into_bytes()).await
    }

    /// A form with a file behind its fields.
    pub(crate) async fn post_file(&mut self, path: &str, fields: &[(&str, &str)], (field, name): (&str, &str), bytes: &[u8]) -> Answer {
        let mut body = Vec::new();
        let token = (!self.token.is_empty()).then_some(("token", self.token.as_str()));
        for (name, value) in fields.iter().copied().chain(token) {
            body.extend_from_slice(format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes());
        }
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        self.send(Method::POST, path, "multipart/form-data; boundary=edge", body).await
    }

    /// The key of the case that the browser holds, as a request of its own would find it.
    pub(crate) async fn key_of_case(&self) -> vault::SecretKey {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let headers = [(axum::http::header::COOKIE, cookies.join("; ").parse().unwrap())].into_iter().collect();
        crate::report::Cookie::Case.held(&self.site.portal, &headers).await.unwrap().expect("the browser holds a case").key
    }

    async fn send(&mut self, method: Method, path: &str, content_type: &str, body: Vec<u8>) -> Answer {
        // Ids of one millisecond have no order.
        self.site.clock.advance(Span::millis(2));
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("origin", ADDRESS)
            .header("content-type", content_type)
            .header("cookie", cookies.join("; "))
            .body(Body::from(body))
            .unwrap();
        if let Some(address) = self.address {
            request.extensions_mut().insert(ConnectInfo(address));
        }
        let response = web::serve(&self.site.portal, crate::routes()).oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let headers: Vec<(String, String)> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        for (_, cookie) in headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            assert!(cookie.contains("; Path=/; ") && cookie.contains("HttpOnly"), "{cookie}");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await;
        let (is_whole, body) = (body.is_ok(), body.unwrap_or_default());
        Answer { status, body: String::from_utf8_lossy(&body).into_owned(), bytes: body.to_vec(), headers, is_whole }
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn location(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.body);
        self.header("location")
    }

    /// What a hidden field of the page carries.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let rest = self.body.split_once(&start).unwrap_or_else(|| panic!("no field {name} on the page: {}", self.body)).1;
        rest.split('"').next().unwrap().to_owned()
    }
}

/// A case that came by the pages, with its number, its words, and the browser that holds it.
pub(crate) struct Reported {
    pub(crate) number: String,
    pub(crate) words: String,
    pub(crate) case: Uuid,
}

impl Browser<'_> {
    /// Reports by the pages until number and words are known.
    pub(crate) async fn reports(&mut self, care: &str) -> Reported {
        let first = self.get("/incident/report?door=request&role=staff").await;
        let fields = [("door", "request"), ("role", "staff"), ("seed", &first.hidden("seed")), ("answer", care)];
        assert_eq!(self.post("/incident/report", &fields).await.location(), "/incident/report/phone");
        self.takes_words().await
    }

    /// Has number and words shown, and types two of them again.
    pub(crate) async fn takes_words(&mut self) -> Reported {
        let shown = self.post("/incident/report/code", &[]).await;
        assert_eq!(shown.status, 200, "{}", shown.body);
        let page = scraper::Html::parse_document(&shown.body);
        let text = |selector: &str| -> Vec<String> {
            let selector = scraper::Selector::parse(selector).unwrap();
            page.select(&selector).map(|element| element.text().collect::<String>()).collect()
        };
        let (number, words) = (text(".case-number").remove(0), text(".return-words b"));
        assert_eq!(words.len(), 6);
        let fields = [("proof_1", shown.hidden("proof_1")), ("proof_2", shown.hidden("proof_2"))];
        let typed = [("asked", "yes"), ("word_1", words[1].as_str()), ("word_2", words[4].as_str())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).chain(typed).collect();
        assert_eq!(self.post("/incident/report/code/check", &fields).await.location(), "/incident/case");
        let find = number.clone();
        let case = self
            .site
            .db
            .read(async move |tx| tx.one::<Uuid>(db::sql!("SELECT id FROM cases WHERE number = $1"), &[find.as_str().into()]).await)
            .await
            .unwrap();
        Reported { number, words: words.join(" "), case }
    }
}

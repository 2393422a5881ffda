use axum::body::Body;
use axum::extract::Request;
use http::{Method, StatusCode, header};
use std::collections::BTreeMap;
use tower::ServiceExt as _;
use web::Words;

use super::{Answer, Form, Person, Service};

/// Somebody at a browser with its cookies.
#[derive(Clone)]
pub struct Visitor {
    service: Service,
    pub person: Person,
    pub cookies: BTreeMap<String, String>,
    /// `/en` for somebody who reads English.
    prefix: &'static str,
    /// Headers of this browser beside the cookies.
    headers: Vec<(&'static str, String)>,
    /// The address of the application that was made or opened last.
    pub application: String,
}

/// What came of an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A seat.
    Applied,
    /// This place on the waiting list.
    Waiting(u32),
    /// This person had applied before.
    AlreadyApplied,
    /// Not taken; the page's heading says why.
    Refused(String),
}

impl Visitor {
    pub fn new(service: Service, person: Person) -> Self {
        let headers = vec![("sec-fetch-site", "same-origin".to_owned()), ("user-agent", "Mozilla/5.0 (Windows) Firefox/150".to_owned())];
        Self { service, person, cookies: BTreeMap::new(), prefix: "", headers, application: String::new() }
    }

    /// The same browser, reading English.
    pub fn in_english(mut self) -> Self {
        self.prefix = "/en";
        self
    }

    /// The same browser with another header.
    pub fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self = self.without_header(name);
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The same browser without a header.
    pub fn without_header(mut self, name: &'static str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self
    }

    /// Fetches a page. A path without `/en` is fetched in the visitor's language.
    pub async fn get(&mut self, path: &str) -> Answer {
        let path = self.localized(path);
        self.send(Method::GET, &path, String::new()).await
    }

    /// Fetches a page, and whatever it sends the browser on to.
    pub async fn open(&mut self, path: &str) -> Answer {
        let mut answer = self.get(path).await;
        for _ in 0..5 {
            if !answer.status.is_redirection() || answer.status == StatusCode::NOT_MODIFIED {
                return answer;
            }
            let location = answer.location().to_owned();
            answer = self.get(&location).await;
        }
        panic!("{path} leads nowhere");
    }

    /// Sends a form.
    pub async fn submit(&mut self, form: &Form) -> Answer {
        self.send(Method::POST, &form.action, form.encoded()).await
    }

    /// Sends a form, and fetches whatever it sends the browser on to.
    pub async fn submit_and_open(&mut self, form: &Form) -> Answer {
        let answer = self.submit(form).await;
        if answer.status == StatusCode::SEE_OTHER { self.open(answer.location()).await } else { answer }
    }

    /// Applies for a session such as `R8/executive/3`: reads the course, fills in the form, confirms.
    pub async fn applies_for(&mut self, session: &str) -> Outcome {
        let (course, _) = session.rsplit_once('/').expect("a course and a session");
        self.get(&format!("/trainings/{course}")).await.is(StatusCode::OK);
        match self.confirmation(session).await {
            Ok(form) => self.confirms(&form).await,
            Err(refused) => Outcome::Refused(refused.heading()),
        }
    }

    /// Fills in the form for a session, up to the page to confirm; or the page that says why not.
    pub async fn confirmation(&mut self, session: &str) -> Result<Form, Answer> {
        let address = format!("/apply/{session}");
        let page = self.get(&address).await;
        if page.status == StatusCode::CONFLICT {
            return Err(page);
        }
        let form = self.person.fills(page.is(StatusCode::OK).form(&address));
        let page = self.submit(&form).await;
        if page.status == StatusCode::CONFLICT { Err(page) } else { Ok(page.is(StatusCode::OK).form("/confirmation")) }
    }

    /// The form for a session, filled in and not yet sent.
    pub async fn fills_in(&mut self, session: &str) -> Form {
        let address = format!("/apply/{session}");
        let page = self.get(&address).await;
        self.person.fills(page.is(StatusCode::OK).form(&address))
    }

    /// Presses the last button. Whoever has another session of the same contents attends both.
    pub async fn confirms(&mut self, form: &Form) -> Outcome {
        let mut answer = self.submit(form).await;
        if answer.status == StatusCode::OK && answer.heading() == self.words().t("elsewhere-title") {
            answer = self.submit(&answer.form("/confirmation")).await;
        }
        match answer.status {
            StatusCode::SEE_OTHER => {
                let address = answer.location().to_owned();
                let page = self.open(&address).await;
                address.split('?').next().unwrap_or_default().clone_into(&mut self.application);
                self.outcome(&page)
            }
            StatusCode::CONFLICT => Outcome::Refused(answer.heading()),
            _ => {
                assert_eq!(answer.is(StatusCode::OK).heading(), self.words().t("earlier-title"));
                Outcome::AlreadyApplied
            }
        }
    }

    /// What the page of an application says about it.
    pub fn outcome(&self, page: &Answer) -> Outcome {
        let state = page.is(StatusCode::OK).texts(".receipt .state").join("");
        if state == self.words().t("application-confirmed") {
            return Outcome::Applied;
        }
        let place: String = state.chars().filter(char::is_ascii_digit).collect();
        Outcome::Waiting(place.parse().unwrap_or_else(|_| panic!("“{state}” is neither a seat nor a place:\n{}", page.text())))
    }

    /// The page of the application that was made or opened last.
    pub async fn own_page(&mut self) -> Answer {
        let address = self.application.clone();
        self.get(&address).await
    }

    /// Opens the link of a mail.
    pub async fn opens_link(&mut self, link: &str) -> Answer {
        let answer = self.get(link).await;
        if answer.status != StatusCode::SEE_OTHER {
            return answer;
        }
        let address = answer.location().to_owned();
        self.application.clone_from(&address);
        self.open(&address).await
    }

    /// Moves the application to the session that the page calls this, such as 第4回.
    pub async fn moves_to(&mut self, nth: &str) -> Answer {
        let page = self.get(&format!("{}/move", self.application)).await;
        let form = page.is(StatusCode::OK).form("/move").choose_saying("session", nth);
        self.submit_and_open(&form).await
    }

    /// Cancels the application.
    pub async fn cancels(&mut self) -> Answer {
        let page = self.get(&format!("{}/cancellation", self.application)).await;
        let form = page.is(StatusCode::OK).form("/cancellation");
        self.submit_and_open(&form).await
    }

    /// Takes the cancellation back by the button of the page.
    pub async fn undoes(&mut self) -> Answer {
        let form = self.own_page().await.form("/restoration");
        self.submit_and_open(&form).await
    }

    /// The words of the visitor's language.
    pub fn words(&self) -> Words {
        Words::of(if self.prefix.is_empty() { kernel::Lang::Ja } else { kernel::Lang::En })
    }

    fn localized(&self, path: &str) -> String {
        let is_localized = self.prefix.is_empty() || path == self.prefix || path.starts_with(&format!("{}/", self.prefix));
        if is_localized || path.starts_with("/api/") { path.to_owned() } else { format!("{}{path}", self.prefix) }
    }

    /// Sends a form together with a file.
    pub async fn upload(&mut self, form: &Form, field: &str, name: &str, bytes: &[u8]) -> Answer {
        const EDGE: &str = "----edge-of-a-part";
        let mut body = Vec::new();
        for (field, value) in form.fields() {
            let part = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{EDGE}--\r\n").as_bytes());
        self.send_as(Method::POST, &form.action, Some(&format!("multipart/form-data; boundary={EDGE}")), body).await
    }

    /// Sends a request like a browser, and keeps the cookies that come.
    pub async fn send(&mut self, method: Method, path: &str, body: String) -> Answer {
        let kind = (method == Method::POST).then_some("application/x-www-form-urlencoded");
        self.send_as(method, path, kind, body.into_bytes()).await
    }

    /// Sends a body of any kind.
    pub async fn send_as(&mut self, method: Method, path: &str, content_type: Option<&str>, body: Vec<u8>) -> Answer {
        let path = path.split('#').next().unwrap_or_default();
        let mut request = Request::builder().method(method.clone()).uri(path);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        let request = request.body(Body::from(body)).unwrap_or_else(|error| panic!("{path}: {error}"));
        let response = self.service.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().expect("a cookie of letters").split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a cookie with a name");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("the body is whole").to_vec();
        Answer { path: path.to_owned(), status: parts.status, headers: parts.headers, bytes }
    }
}

use access::Action;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use std::pin::Pin;
use std::sync::Arc;

use crate::{Portal, guard};

/// One listed route.
#[derive(Clone, Debug)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: Method,
    /// As axum writes it: `/apply/{year}/{course}/{session}`.
    pub path: String,
    /// What it asks for; `data/permissions.toml` says who may.
    pub action: Action,
    /// How it treats cookies and caches.
    pub kind: Kind,
    /// The most bytes that a request's body may have.
    pub body_limit: usize,
    /// Whether a file in the body goes through the handler's hands piece by piece, instead of lying in memory.
    pub streams: bool,
}

/// How a route treats cookies and caches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The same bytes for everybody; reads no cookie; kept rendered.
    Public,
    /// Looks at who asks; never cached by anybody.
    Personal,
    /// For programs: never reads a cookie, so needs no token against forged requests.
    Machine,
}

/// Routes of a capability, or of the whole program: unlike axum's router, they can be listed.
#[derive(Default)]
pub struct Routes(Vec<(Route, Answers)>);

/// What an axum handler becomes once it runs.
pub(crate) type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// A handler whose type is forgotten. Of several hundred handlers nothing but this is made when the program starts, and the router
/// and the guard are compiled once and not for each of them: their code is read from the disk when somebody comes.
pub(crate) type Answers = Arc<dyn Fn(Request, Portal) -> Answering + Send + Sync>;

/// What can answer a request: an async function whose parameters axum takes from the request.
pub trait Handler<T>: axum::handler::Handler<T, Portal, Future = Answering> {}

impl<H, T> Handler<T> for H where H: axum::handler::Handler<T, Portal, Future = Answering> {}

fn answers<H: Handler<T>, T: 'static>(handler: H) -> Answers {
    Arc::new(move |request, portal| handler.clone().call(request, portal))
}

/// Enough for a long text pasted by mistake, nine bytes for a kanji: it comes back with a word about its length.
pub(crate) const FORM_BYTES: usize = 256 * 1024;

impl Routes {
    /// No routes yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page that is the same for everybody.
    #[must_use]
    pub fn public<H, T>(self, path: &str, handler: H) -> Self
    where
        H: Handler<T>,
        T: 'static,
    {
        self.add(Method::GET, path, Action::ReadPublic, Kind::Public, FORM_BYTES, answers(handler))
    }

    /// A page that looks at who asks.
    #[must_use]
    pub fn get<H, T>(self, path: &str, action: Action, handler: H) -> Self
    where
        H: Handler<T>,
        T: 'static,
    {
        self.add(Method::GET, path, action, Kind::Personal, FORM_BYTES, answers(handler))
    }

    /// A change by a form.
    #[must_use]
    pub fn post<H, T>(self, path: &str, action: Action, handler: H) -> Self
    where
        H: Handler<T>,
        T: 'static,
    {
        self.add(Method::POST, path, action, Kind::Personal, FORM_BYTES, answers(handler))
    }

    /// A change by a form with files of at most `body_limit` bytes altogether.
    #[must_use]
    pub fn upload<H, T>(self, path: &str, action: Action, body_limit: usize, handler: H) -> Self
    where
        H: Handler<T>,
        T: 'static,
    {
        self.add(Method::POST, path, action, Kind::Personal, body_limit, answers(handler))
    }

    /// A change by a form with one large file behind its fields, of at most `body_limit` bytes: see [`Posted::take_file`](crate::Posted::take_file).
    #[must_use]
    pub fn stream<H, T>(self, path: &str, action: Action, body_limit: usize, handler: H) -> Self
    where
        H: Handler<T>,
        T: 'static,
    {
        let mut routes = self.upload(path, action, body_limit, handler);
        if let Some((route, _)) = routes.0.last_mut() {
            route.streams = true;
        }
        routes
    }

    /// An address for programs, read.
    #[must_use]
    pub fn machine<H, T>(self, path: &str, action: Action, handler: H) -> Self
    where
        H: Handler<T>,
        T: 'static,
    {
        self.add(Method::GET, path, action, Kind::Machine, FORM_BYTES, answers(handler))
    }

    /// An address for programs, changed.
    #[must_use]
    pub fn machine_post<H, T>(self, path: &str, action: Action, handler: H) -> Self
    where
        H: Handler<T>,
        T: 'static,
    {
        self.add(Method::POST, path, action, Kind::Machine, FORM_BYTES, answers(handler))
    }

    /// An address for programs by a method of the program's choice, with a body of at most `body_limit` bytes, which the handler
    /// reads. `GET` answers `HEAD` as well.
    #[must_use]
    pub fn machine_by<H, T>(self, method: Method, path: &str, action: Action, body_limit: usize, handler: H) -> Self
    where
        H: Handler<T>,
        T: 'static,
    {
        self.add(method, path, action, Kind::Machine, body_limit, answers(handler))
    }

    /// These routes and those.
    #[must_use]
    pub fn merge(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// The list: the site map, and what the permission matrix is checked against.
    pub fn list(&self) -> Vec<Route> {
        self.0.iter().map(|(route, _)| route.clone()).collect()
    }

    fn add(mut self, method: Method, path: &str, action: Action, kind: Kind, body_limit: usize, answers: Answers) -> Self {
        self.0.push((Route { method, path: path.to_owned(), action, kind, body_limit, streams: false }, answers));
        self
    }

    /// The router of these routes, each behind the guard.
    pub(crate) fn into_router(self, portal: &Portal) -> Router {
        let mut router = Router::new();
        let mut listed = Vec::new();
        for (route, answers) in self.0 {
            let route = Arc::new(route);
            listed.push(route.clone());
            let method = MethodFilter::try_from(route.method.clone()).unwrap_or(MethodFilter::GET);
            let path = route.path.clone();
            let guarded = async move |State(portal): State<Portal>, request: Request| guard::guard(portal, &route, &answers, request).await;
            router = router.route(&path, on(method, guarded));
        }
        portal.set_routes(listed);
        let missing = |State(portal): State<Portal>, request: Request| async move { guard::missing(&portal, request).await };
        let other_method = |State(portal): State<Portal>, request: Request| async move { guard::other_method(&portal, request).await };
        router.fallback(missing).method_not_allowed_fallback(other_method).with_state(portal.clone())
    }
}

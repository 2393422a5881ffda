use serde::Deserialize;
use std::sync::LazyLock;
use web::{Page, PageError, Routes, Visit, data_text};

/// `data/redirects.toml`: addresses of the former portal that stand on paper.
#[derive(Debug, Deserialize)]
struct Redirects {
    redirect: Vec<Redirect>,
}

#[derive(Debug, Deserialize)]
struct Redirect {
    from: String,
    to: String,
}

static REDIRECTS: LazyLock<Redirects> =
    LazyLock::new(|| toml::from_str(&data_text("redirects.toml")).expect("redirects.toml has the shape that its schema names"));

/// A route for every printed address, with and without the slash at its end, so that each leads on in one step.
pub fn routes() -> Routes {
    REDIRECTS.redirect.iter().fold(Routes::new(), |routes, redirect| {
        let leads_on = async move |visit: Visit| Ok::<_, PageError>(Page::moved(&visit.to(&redirect.to)));
        routes.public(&redirect.from, leads_on).public(redirect.from.trim_end_matches('/'), leads_on)
    })
}

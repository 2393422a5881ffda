//! What a kept public page and a signed-in page cost, beside nginx serving the same bytes.

use std::thread;
use std::time::Duration;

use crate::Outcome;
use crate::applications::count;
use crate::client::Client;
use crate::ground::Ground;
use crate::nginx::Nginx;
use crate::report::{Figure, Report, Target};

/// Connections that ask one request after the other.
const CONNECTIONS: usize = 8;

pub fn measure(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let store = ground.sqlite("pages")?;
    let house = store.house(&ground.program)?;
    let kept = Kind { name: "kept public page /trainings, CPU a request", path: "/trainings", target: 2.0, requests: 2_000 };
    let signed_in = Kind { name: "signed-in page /my, CPU a request", path: "/my", target: 10.0, requests: 250 };
    for kind in [kept, signed_in] {
        let ask = || if kind.path == "/my" { house.signed_in("learner") } else { house.client() };
        let page = ask()?.get(kind.path)?;
        if page.status != 200 {
            return Err(format!("{} answers {}", kind.path, page.status).into());
        }
        let nginx = Nginx::start(&ground.folder("nginx")?, &page.body)?;
        let mut figure = Figure::new(kind.name, "SQLite", "µs", Target::AtMost(kind.target)).against("nginx");
        for round in 0..=ground.rounds {
            let ours = (0..CONNECTIONS).map(|_| ask()).collect::<Outcome<Vec<_>>>()?;
            let ours = each(ours, kind.path, page.body.len(), kind.requests, &|| house.cpu())?;
            let theirs = (0..CONNECTIONS).map(|_| Client::to(nginx.port, "localhost")).collect::<Outcome<Vec<_>>>()?;
            let theirs = each(theirs, "/page.html", page.body.len(), 2_000, &|| nginx.cpu())?;
            // The first only warms up.
            if round > 0 {
                figure.round(ours, theirs);
            }
        }
        figure.note(format!("{} bytes, {CONNECTIONS} connections", page.body.len()));
        report.add(&figure);
    }
    house.stop()
}

struct Kind {
    name: &'static str,
    path: &'static str,
    target: f64,
    requests: usize,
}

/// Microseconds of the server's processor time for each of so many requests on each of these connections.
pub fn each(clients: Vec<Client>, path: &str, length: usize, requests: usize, cpu: &dyn Fn() -> Outcome<Duration>) -> Outcome<f64> {
    let all = clients.len() * requests;
    let before = cpu()?;
    thread::scope(|scope| {
        let hands: Vec<_> = clients.into_iter().map(|client| scope.spawn(move || ask(client, path, length, requests))).collect();
        hands.into_iter().try_for_each(|hand| hand.join().map_err(|_| "a client panicked")?)
    })?;
    Ok(cpu()?.saturating_sub(before).as_secs_f64() * 1e6 / count(all))
}

/// Every answer is looked at: a page that is not the page is not a request served. A length of 0 may differ.
fn ask(mut client: Client, path: &str, length: usize, requests: usize) -> Outcome<()> {
    let request = client.request("GET", path, None);
    for _ in 0..requests {
        let answer = client.exchange(&request)?;
        if answer.status != 200 || (length > 0 && answer.body.len() != length) {
            return Err(format!("{path}: {} with {} bytes", answer.status, answer.body.len()).into());
        }
    }
    Ok(())
}

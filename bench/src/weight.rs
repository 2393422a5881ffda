//! What the ten main pages cost: statements and bytes.

use std::fmt::Write as _;

use crate::Outcome;
use crate::client::Client;
use crate::ground::Ground;
use crate::people::{COURSE, SESSION};
use crate::report::Report;

/// The counter of the program's own figures.
const COUNTER: &str = "db_statements_total ";

pub fn measure(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let store = ground.sqlite("weight")?;
    let list = format!("/staff/sessions/{}/applicants", store.session()?);
    let form = format!("/apply/{SESSION}");
    let pages = [
        ("/", ""),
        ("/trainings", ""),
        (COURSE, ""),
        (form.as_str(), ""),
        ("/notices", ""),
        ("/faq", ""),
        ("/incident", ""),
        ("/my", "learner"),
        ("/staff", "secretariat"),
        (list.as_str(), "secretariat"),
    ];
    let mut rows: Vec<[usize; 4]> = vec![[usize::MAX; 4]; pages.len()];
    // What works beside the pages asks too, now and then: of several starts the least counts.
    for _ in 0..3 {
        let house = store.house(&ground.program)?;
        let mut counter = house.client()?;
        for ((path, role), row) in pages.iter().zip(&mut rows) {
            let mut client = if role.is_empty() { house.client()? } else { house.signed_in(role)? };
            let first = asked(&mut counter, &mut client, path)?;
            let again = asked(&mut counter, &mut client, path)?;
            client.encoding = "br";
            let packed = client.get(path)?;
            let is_packed = packed.header("content-encoding") == "br";
            let found = [first.0, again.0, first.1, if is_packed { packed.body.len() } else { usize::MAX }];
            for (least, found) in row.iter_mut().zip(found) {
                *least = found.min(*least);
            }
        }
        house.stop()?;
    }
    let mut table = String::from(
        "| page | statements, first | statements, again | HTML, bytes | brotli, bytes |\n| --- | ---: | ---: | ---: | ---: |\n",
    );
    for ((path, role), [first, again, plain, packed]) in pages.iter().zip(&rows) {
        let path = path.replace(list.as_str(), "/staff/sessions/{id}/applicants");
        let who = if role.is_empty() { String::new() } else { format!(" ({role})") };
        let packed = if *packed == usize::MAX { "never packed".to_owned() } else { packed.to_string() };
        let _ = writeln!(table, "| `{path}`{who} | {first} | {again} | {plain} | {packed} |");
    }
    report.table(&table);
    Ok(())
}

/// How many statements the page asks, and its bytes.
fn asked(counter: &mut Client, client: &mut Client, path: &str) -> Outcome<(usize, usize)> {
    let before = statements(counter)?;
    let page = client.get(path)?;
    if page.status != 200 {
        return Err(format!("{path} answers {}", page.status).into());
    }
    // The second look counts what the first has asked.
    let between = statements(counter)?;
    let after = statements(counter)?;
    Ok(((between - before).saturating_sub(after - between), page.body.len()))
}

fn statements(counter: &mut Client) -> Outcome<usize> {
    let figures = counter.get("/metrics")?.text();
    let line = figures.lines().find_map(|line| line.strip_prefix(COUNTER)).ok_or("the program counts no statements")?;
    Ok(line.trim().parse()?)
}

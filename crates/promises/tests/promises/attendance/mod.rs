//! Who was there, how long, and what follows: from the meeting tool's file to the mail that says it.

mod closing;
mod crowd;
mod importing;
mod objecting;
mod queue;
mod thousand;

use access::Role;
use http::StatusCode;
use std::path::Path;

use crate::office::staff::staff;
use crate::site::{Answer, Outcome, Site, Visitor};

/// The session of the sample files.
pub const SESSION: &str = "R8/executive/3";

/// Half an hour after its end.
pub const AFTER: &str = "2026-12-23T18:30+09:00";

/// Five people who applied for it, in the order of their receipt numbers.
pub const PEOPLE: [&str; 5] = ["見本 太郎", "見本 花子", "例示 髙子", "試験 﨑男", "𠮷見 見本"];

/// The session with five applicants after it was held, and the secretariat.
pub struct Held {
    pub site: Site,
    pub office: Visitor,
    pub path: String,
}

impl Held {
    pub async fn on(site: Site) -> Self {
        for name in PEOPLE {
            assert_eq!(site.visitor(name).applies_for(SESSION).await, Outcome::Applied);
        }
        site.deliver().await;
        site.at(AFTER);
        let office = staff(&site, Role::Secretariat).await;
        let path = format!("/staff/sessions/{}/attendance", site.session(SESSION).await.id);
        Self { site, office, path }
    }

    /// Sends a file, and opens what comes of it: the preview, or why not.
    pub async fn sends(&mut self, name: &str, bytes: &[u8]) -> Answer {
        let form = self.office.get(&format!("{}/import", self.path)).await.is(StatusCode::OK).form("/import");
        let answer = self.office.upload(&form, "file", name, bytes).await;
        if answer.status == StatusCode::SEE_OTHER { self.office.open(answer.location()).await } else { answer }
    }

    /// Brings a sample file in.
    pub async fn brings_in(&mut self, name: &str) -> Answer {
        let preview = self.sends(name, &sample(name)).await;
        self.office.submit_and_open(&preview.is(StatusCode::OK).form(&preview.path)).await
    }

    /// The list, or what stands below it.
    pub async fn page(&mut self, rest: &str) -> Answer {
        let path = format!("{}{rest}", self.path);
        self.office.get(&path).await
    }

    /// The reason that the list gives for somebody.
    pub async fn why(&mut self, name: &str) -> String {
        let page = self.page("").await;
        let (names, whys) = (page.texts(".who b"), page.texts("td.place"));
        let at = names.iter().position(|known| known == name).unwrap_or_else(|| panic!("{name} is not listed: {names:?}"));
        whys[at].clone()
    }

    /// Presses a button that has a name.
    pub async fn decides(&mut self, page: &Answer, end: &str, pairs: &[(&str, &str)]) -> Answer {
        let form = pairs.iter().fold(page.is(StatusCode::OK).form(end), |form, (name, value)| form.with(name, value));
        self.office.submit_and_open(&form).await
    }

    /// Closes attendance.
    pub async fn closes(&mut self) -> Answer {
        let form = self.page("/closing").await.is(StatusCode::OK).form("/closing");
        self.office.submit_and_open(&form).await
    }

    /// Marks somebody by hand.
    pub async fn marks(&mut self, name: &str, mark: &str) -> Answer {
        let page = self.page("").await;
        let at = page.texts(".who b").iter().position(|known| known == name).expect("they are listed");
        let id = page.attributes("input[name=id]", "value")[at].clone();
        let form = self.page(&format!("/selection?do={mark}&id={id}")).await.is(StatusCode::OK).form("/marks");
        self.office.submit_and_open(&form.choose("reason", "seen")).await
    }
}

/// A sample file of a meeting tool.
pub fn sample(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../school/src/attendance/files/samples").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

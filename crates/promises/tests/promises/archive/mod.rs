//! Recordings and materials: when they are there, how they come in, who has seen what, and attending by them.

mod desk;
mod films;
mod materials;
mod opening;
mod proved;
mod telling;
mod watching;

use access::Role;
use http::StatusCode;

use crate::office::staff;
use crate::site::{Answer, Site, Visitor};

/// A session of R5, whose recordings are there once they are opened.
pub const SESSION: &str = "R5/executive/1";

/// What is asked about the sample film.
pub const QUESTIONS: &str = "問1 不審なメールが届きました。\n○ 報告する\n× 開いて確かめる\n解説 報告が最初です。\n問2 停電です。\n× 待つ\n○ 手順書を見る\n解説 手順書にあります。";

pub const CAPTIONS: &str =
    "WEBVTT\n\n00:01.000 --> 00:04.000\nランサムウェアとは何でしょうか\n\n01:30.000 --> 01:34.000\nまず、ネットワークから外します\n";

/// An MP4 of so many seconds with nothing in it but its head, and `padding` bytes behind.
pub fn film(seconds: u32, padding: usize) -> Vec<u8> {
    let part = |name: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len() + 8).expect("a short box");
        [&length.to_be_bytes(), name.as_slice(), content].concat()
    };
    let mut head = vec![0; 100];
    head[12..16].copy_from_slice(&1000u32.to_be_bytes());
    head[16..20].copy_from_slice(&(seconds * 1000).to_be_bytes());
    let noise: Vec<u8> = (0..padding).map(|n| u8::try_from(n * 7 % 251).unwrap_or(0)).collect();
    [part(b"ftyp", b"isomisom"), part(b"moov", &part(b"mvhd", &head)), part(b"mdat", &noise)].concat()
}

/// The secretariat at work on one session.
pub struct Office {
    pub visitor: Visitor,
    pub path: String,
}

impl Office {
    /// At work on a session such as `R5/executive/1`.
    pub async fn on(site: &Site, session: &str) -> Self {
        let path = format!("/staff/sessions/{}/archive", site.session(session).await.id);
        Self { visitor: staff(site, Role::Secretariat).await, path }
    }

    /// The page about recording and materials.
    pub async fn page(&mut self) -> Answer {
        let path = self.path.clone();
        self.visitor.get(&path).await
    }

    /// Sends a film in one piece.
    pub async fn sends(&mut self, name: &str, bytes: &[u8]) -> Answer {
        let form = self.page().await.form("/archive/film");
        let answer = self.visitor.upload(&form, "film", name, bytes).await;
        if answer.status == StatusCode::SEE_OTHER { self.visitor.open(answer.location()).await } else { answer }
    }

    /// Fills in captions.
    pub async fn captions(&mut self, text: &str) -> Answer {
        let path = format!("{}/captions", self.path);
        let form = self.visitor.get(&path).await.is(StatusCode::OK).form("/captions").with("captions", text);
        self.visitor.submit_and_open(&form).await
    }

    /// Fills in chapters and questions.
    pub async fn details(&mut self, chapters: &str, questions: &str) -> Answer {
        let path = format!("{}/details", self.path);
        let form =
            self.visitor.get(&path).await.is(StatusCode::OK).form("/details").with("chapters", chapters).with("questions", questions);
        self.visitor.submit_and_open(&form).await
    }

    /// Publishes.
    pub async fn publishes(&mut self) -> Answer {
        let path = format!("{}/publication", self.path);
        let form = self.visitor.get(&path).await.is(StatusCode::OK).form("/publication");
        self.visitor.submit_and_open(&form).await
    }

    /// A film of two minutes with captions, chapters and questions, published.
    pub async fn has_published(&mut self) {
        self.sends("第1回.mp4", &film(120, 5_000)).await.is(StatusCode::OK).shows("映像を受け取りました");
        self.captions(CAPTIONS).await.is(StatusCode::OK).shows("字幕を保存しました");
        self.details("0:00 はじめに\n1:30 初動", QUESTIONS).await.is(StatusCode::OK).shows("確認問題 2問");
        self.publishes().await.is(StatusCode::OK).shows("公開しました");
    }
}

/// Opens the recordings of a programme now.
pub async fn open_now(site: &Site, year: &str) {
    let mut office = staff(site, Role::Secretariat).await;
    let path = format!("/staff/programmes/{year}/archive");
    let form = office.get(&path).await.is(StatusCode::OK).form("/archive").with("do", "now");
    let asked = office.submit(&form).await;
    asked.is(StatusCode::OK).shows("まで公開します");
    office.submit_and_open(&asked.form("/archive")).await.is(StatusCode::OK).shows("公開の期間を変えました");
}

/// Somebody who applies by the page of the recording.
pub async fn joins(site: &Site, name: &str, session: &str) -> (Visitor, Answer) {
    let mut visitor = site.visitor(name);
    let page = visitor.get(&format!("/archive/{session}/application")).await;
    let form = visitor.person.fills(page.is(StatusCode::OK).form("/application"));
    let answer = visitor.submit_and_open(&form).await;
    (visitor, answer)
}

/// Says what was seen, as the script of the page does.
pub async fn sees(visitor: &mut Visitor, session: &str, seen: &str) -> serde_json::Value {
    let page = visitor.get(&format!("/archive/{session}")).await;
    let form = page.is(StatusCode::OK).form("/seen").with("seen", seen).with("at", "30");
    visitor.submit(&form).await.is(StatusCode::OK).json()
}

//! Tables that are sent to do harm: every door refuses them in words, and takes the next one.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;
use intake::export::{Encoding, csv, xlsx};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::staff::staff;
use crate::attendance::{Held, sample};
use crate::site::{Form, Site, Visitor};

const SWELLS: &str = "ファイルの中身が大きすぎます";
const VERSIONS: &str = "/staff/courses/beginner/versions";
const RELATIONS: &str = r#"<Relationships><Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// A small file that is a workbook with this table of texts: a beginning, and many times the same.
fn workbook(beginning: &str, again: &str, times: usize) -> Vec<u8> {
    let piece = again.repeat(4_096);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut entry = |name: &str, beginning: &str, pieces: usize| {
        archive.start_file(name, SimpleFileOptions::default()).expect("starts");
        archive.write_all(beginning.as_bytes()).expect("writes");
        for _ in 0..pieces {
            archive.write_all(piece.as_bytes()).expect("writes");
        }
    };
    entry("[Content_Types].xml", "<Types/>", 0);
    entry("_rels/.rels", RELATIONS, 0);
    entry("xl/workbook.xml", "<workbook><sheets/></workbook>", 0);
    entry("xl/sharedStrings.xml", beginning, times / 4_096);
    archive.finish().expect("finishes").into_inner()
}

/// What swells: 160 MB of empty texts, and a table that claims to have a million million of them.
fn bombs() -> [Vec<u8>; 2] {
    [workbook("<sst>", "<si/>", 32 << 20), workbook("<sst uniqueCount=\"1000000000000\">", "", 0)]
}

async fn sends(who: &mut Visitor, form: &Form, field: &str, bomb: &[u8], said: &str) {
    assert!(bomb.len() < 1 << 20, "it is small: {}", bomb.len());
    who.upload(form, field, "list.xlsx", bomb).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows(said);
}

#[both_engines]
async fn what_swells_is_refused_at_every_door_and_the_next_one_comes_in(site: Site) {
    let bombs = bombs();
    let mut held = Held::on(site).await;
    let mut lead = staff(&held.site, Role::DeskLead).await;
    let begin = held.office.get(VERSIONS).await.form(VERSIONS);
    let version = held.office.submit_and_open(&begin).await.path;

    let attendance = held.office.get(&format!("{}/import", held.path)).await.form("/import");
    let notices = held.office.get("/staff/notices/import").await.form("/import");
    let questions = held.office.get(&format!("{version}/import")).await.form("/import");
    let numbers = lead.get("/desk/numbers").await.form("/desk/numbers").fill("source", "届出の台帳").fill("day", "2026-11-01");
    for bomb in &bombs {
        sends(&mut held.office, &attendance, "file", bomb, SWELLS).await;
        sends(&mut held.office, &notices, "file", bomb, SWELLS).await;
        sends(&mut held.office, &questions, "file", bomb, SWELLS).await;
        sends(&mut lead, &numbers, "list", bomb, "ファイルと、出どころ、日付を入れてください").await;
    }

    let preview = held.sends("teams-en.csv", &sample("teams-en.csv")).await;
    held.office.submit_and_open(&preview.form(&preview.path)).await.is(StatusCode::OK).shows("4名を申込者と結び付けました");
    let row = ["", "案内", "事務局の休み", "年末年始は休みます。"];
    let file = xlsx("お知らせ", None, &["番号", "分類", "題名", "本文"], [row]).expect("it can be written");
    let sent = held.office.upload(&notices, "file", "notices.xlsx", &file).await;
    held.office.open(sent.is(StatusCode::SEE_OTHER).location()).await.shows("新しく登録 1行");
    let file = held.office.get(&format!("{version}/questions.xlsx")).await;
    let taken = held.office.upload(&questions, "file", "questions.xlsx", &file.bytes).await;
    held.office.get(taken.is(StatusCode::SEE_OTHER).location()).await.shows("新しい問題0問、置き換えた問題0問");
    let (file, _) = csv(&["コード", "電話"], [["9999999999", "03-0000-0001"]], Encoding::Utf8Bom);
    lead.upload(&numbers, "list", "numbers.csv", &file).await.is(StatusCode::OK).shows("0件を取り込みました");
}

//! The mails, letter by letter, in both languages: whoever changes a word sees what readers will.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;
use school::reminders::rule::Rule;
use std::path::Path;

use super::SESSION;
use crate::office::staff;
use crate::site::Site;

/// Where the mails lie as they are to read. With `MIST_GOLDEN=write` they are written anew.
const FOLDER: &str = "tests/promises/reminders/golden";

#[both_engines]
async fn every_mail_reads_as_it_did(site: Site) {
    let id = site.session(SESSION).await.id;
    let mut office = staff(&site, Role::Secretariat).await;
    let mut other = Vec::new();
    for rule in Rule::ALL {
        for lang in ["ja", "en"] {
            let page = office.get(&format!("/staff/sessions/{id}/mails/{}?read={lang}", rule.id())).await;
            let page = page.is(StatusCode::OK);
            let subject = page.texts("#read .card strong").concat();
            let whole = format!("{subject}\n\n{}\n", page.raw_texts(".mail-text").concat().trim());
            let (_, text) = whole.split_once("\n\n").expect("a text");
            let limit = if lang == "ja" { 600 } else { 1_000 };
            assert!(text.chars().count() <= limit, "{rule:?} {lang}: {} characters", text.chars().count());
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER).join(format!("{}.{lang}.txt", rule.id()));
            if std::env::var("MIST_GOLDEN").is_ok_and(|word| word == "write") {
                std::fs::write(&file, &whole).expect("it can be written");
            }
            let golden = std::fs::read_to_string(&file).unwrap_or_default();
            if golden != whole {
                other.push(format!("{}:\n{whole}", file.display()));
            }
        }
    }
    assert!(other.is_empty(), "{}", other.join("\n"));
}

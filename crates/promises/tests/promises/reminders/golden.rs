//! The mails by rule, letter by letter, in both languages.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;
use school::reminders::rule::Rule;

use super::SESSION;
use crate::office::staff;
use crate::site::{Golden, Site};

#[both_engines]
async fn every_mail_reads_as_it_did(site: Site) {
    let id = site.session(SESSION).await.id;
    let mut office = staff(&site, Role::Secretariat).await;
    let mut golden = Golden::in_folder("tests/promises/reminders/golden");
    for rule in Rule::ALL {
        for lang in ["ja", "en"] {
            let page = office.get(&format!("/staff/sessions/{id}/mails/{}?read={lang}", rule.id())).await;
            let page = page.is(StatusCode::OK);
            let subject = page.texts("#read .card strong").concat();
            let whole = format!("{subject}\n\n{}\n", page.raw_texts(".mail-text").concat().trim());
            let (_, text) = whole.split_once("\n\n").expect("a text");
            let limit = if lang == "ja" { 600 } else { 1_000 };
            assert!(text.chars().count() <= limit, "{rule:?} {lang}: {} characters", text.chars().count());
            golden.compare(&format!("{}.{lang}.txt", rule.id()), &whole);
        }
    }
    golden.finish();
}

//! The audit trail is read by people: every act and every mail has its words, and an entry says what it was about.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;
use journal::Mail;
use kernel::{EmailAddress, Lang};
use regex::Regex;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use web::Words;

use super::exports::SESSION;
use super::staff::{staff, staff_called};
use crate::site::Site;

/// Settings, which files that record acts name as well.
const SETTINGS: [&str; 3] = ["certificate.era", "waiting.ask_hours", "waiting.offer_hours"];

/// The sources of the program, without their tests.
fn sources() -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("..")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_dir() {
                folders.extend(Some(path.clone()).filter(|_| !["tests", "target", "journal", "examples"].contains(&name)));
            } else if path.extension().is_some_and(|kind| kind == "rs") && name != "tests.rs" {
                let text = fs::read_to_string(&path).expect("a source");
                let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
                let is_said = |line: &&str| !line.trim_start().starts_with("//");
                found.push((path, program.lines().filter(is_said).collect::<Vec<_>>().join("\n")));
            }
        }
    }
    found
}

/// Every act that is written into the audit trail somewhere. The desk keeps a record of each case beside it, whose entries are about
/// something and never on it.
fn acts() -> BTreeSet<String> {
    let did = Regex::new(r#"\.did\(\s*("?)([^")]*)"#).expect("a pattern");
    let on = Regex::new(r"\.on(_the)?\(").expect("a pattern");
    let word = Regex::new(r#""([a-z_]+(?:\.[a-z_]+)+)""#).expect("a pattern");
    let kind = Regex::new(r"\b(Mail|Job) [A-Z_]+ = ").expect("a pattern");
    let mut acts = BTreeSet::new();
    for (path, program) in sources() {
        let has_cases = path.components().any(|part| part.as_os_str() == "desk");
        for statement in program.split(';').filter(|statement| !has_cases || on.is_match(statement)) {
            for found in did.captures_iter(statement) {
                if found[1].is_empty() {
                    // Which one it is stands elsewhere in the file.
                    let lines = program.lines().filter(|line| !kind.is_match(line));
                    acts.extend(lines.flat_map(|line| word.captures_iter(line).map(|found| found[1].to_owned()).collect::<Vec<_>>()));
                } else {
                    acts.insert(found[2].to_owned());
                }
            }
        }
    }
    acts.retain(|act| !SETTINGS.contains(&act.as_str()));
    acts
}

#[both_engines]
async fn every_act_that_is_recorded_can_be_looked_for_by_its_name(site: Site) {
    let acts = acts();
    assert!(acts.len() > 150 && acts.contains("offers.taken") && acts.contains("desk.case_read"), "{acts:?}");
    let mut auditor = staff(&site, Role::Auditor).await;
    let page = auditor.get("/staff/audit").await;
    let offered: BTreeSet<String> = page.is(StatusCode::OK).attributes("#ft option", "value").into_iter().collect();
    let missing: Vec<_> = acts.difference(&offered).collect();
    assert!(missing.is_empty(), "the auditor cannot look for {missing:?}");
    for lang in [Lang::Ja, Lang::En] {
        let key = |act: &String| format!("office-act-{}", act.replace(['.', '_'], "-"));
        let nameless: Vec<_> = acts.iter().filter(|act| !Words::of(lang).has(&key(act))).collect();
        assert!(nameless.is_empty(), "{lang:?}: {nameless:?} would be “{}”", Words::of(lang).t("office-act-other"));
    }
}

#[test]
fn every_mail_that_the_program_knows_has_a_name() {
    let mail = |kind| match kind {
        journal::Kind::Mail(word) => Some(word),
        journal::Kind::Job(_) => None,
    };
    let mails: Vec<&str> = journal::kinds().filter_map(mail).collect();
    assert!(mails.len() > 20, "{mails:?}");
    for lang in [Lang::Ja, Lang::En] {
        let key = |mail: &&&str| format!("office-mail-{}", mail.replace(['.', '_'], "-"));
        let nameless: Vec<_> = mails.iter().filter(|mail| !Words::of(lang).has(&key(mail))).collect();
        assert!(nameless.is_empty(), "{lang:?}: {nameless:?} would be “{}”", Words::of(lang).t("office-mail-other"));
    }
}

#[both_engines]
async fn an_entry_says_what_it_was_about_and_leads_there_whoever_may_see_it(site: Site) {
    let mut applicant = site.visitor("見本 太郎");
    applicant.applies_for(SESSION).await;
    let mut auditor = staff(&site, Role::Auditor).await;
    let page = auditor.get("/staff/audit?act=applications.applied").await;
    assert_eq!(page.texts("ol.audit .about"), ["申込 R8-E3-0001"]);
    page.hides("見本 太郎");
    assert!(page.attributes("ol.audit .about a", "href").is_empty(), "an auditor does not see who applied");
    auditor.in_english().get("/staff/audit?act=applications.applied").await.shows("Application R8-E3-0001");

    staff_called(&site, "kanshi", Role::Secretariat).await;
    let mut both = staff_called(&site, "kanshi", Role::Auditor).await;
    let page = both.get("/staff/audit?act=applications.applied").await;
    let link = page.attributes("ol.audit .about a", "href").into_iter().next().expect("a link");
    both.get(&link).await.is(StatusCode::OK).shows("R8-E3-0001");
}

#[both_engines]
async fn the_log_of_mails_says_what_each_was_about_and_leads_there_whoever_may_see_it(site: Site) {
    site.visitor("見本 太郎").applies_for(SESSION).await;
    site.write(async |tx, now| {
        let email: EmailAddress = "hanako@example.jp".parse().expect("an address");
        let account = people::accounts::ensure(tx, &email, Lang::Ja, now).await?.id;
        journal::mail(tx, Mail::of("accounts.changed", account, Lang::Ja), now).await.map(|_| ())
    })
    .await;
    let path = "/staff/delivery?state=waiting";
    let mut office = staff(&site, Role::Secretariat).await;
    let log = office.get(path).await;
    let lines = log.is(StatusCode::OK).texts("ul.log li");
    assert!(lines.len() == 2 && lines.iter().any(|line| line.contains("申込 R8-E3-0001")), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("利用者")), "{lines:?}");
    log.hides("hanako@example.jp").hides("taro@example.jp").hides("いまは残っていません");
    let links = log.attributes("ul.log a", "href");
    assert_eq!(links.len(), 1, "who has an account is the operators' affair");
    office.get(&links[0]).await.is(StatusCode::OK).shows("R8-E3-0001");
    office.in_english().get(path).await.shows("Application R8-E3-0001");

    staff_called(&site, "kanshi", Role::Secretariat).await;
    let mut both = staff_called(&site, "kanshi", Role::Operator).await;
    both.get(path).await.is(StatusCode::OK).shows("利用者 hanako@example.jp");
}

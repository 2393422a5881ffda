//! A course goes along on a stick, and what came of it comes back in one file: whole or not at all, once, and called what it is.

use access::{OrganizationId, Role};
use both_engines::both_engines;
use db::sql;
use http::StatusCode;
use kernel::Uuid;
use learning::in_house::sealed::{SALT, seal};
use serde_json::{Value, json};
use std::io::{Cursor, Read as _};

use super::assigned::{assigns, enrols, institutions};
use super::{course, learner};
use crate::office::staff::staff_at;
use crate::site::{Answer, Site, Visitor};

/// A kit as it lies on the stick.
pub(super) struct Stick {
    /// `/institutions/…/learning/kits/…`
    pub(super) path: String,
    data: Value,
    files: Vec<String>,
}

impl Stick {
    fn id(&self) -> Uuid {
        self.data["id"].as_str().expect("an id").parse().expect("an id")
    }

    fn key(&self) -> [u8; 32] {
        let hex = self.data["key"].as_str().expect("a key").as_bytes();
        let digit = |byte: u8| u8::try_from(char::from(byte).to_digit(16).expect("a digit")).expect("small");
        let bytes: Vec<u8> = hex.chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect();
        bytes.try_into().expect("32 bytes")
    }

    /// Somebody's test, with so many wrong answers.
    pub(super) fn sitting(n: u128, name: &str, wrong: usize, ended: i64) -> Value {
        let mut answers: Vec<Value> = Vec::new();
        for draw in &course().test.draw {
            for question in course().pool(&draw.pool).take(draw.count) {
                let given = if answers.len() < wrong { vec!["nothing".to_owned()] } else { question.right_answer().0 };
                answers.push(json!([question.id, given]));
            }
        }
        json!({ "id": Uuid::from_u128(n), "name": name, "department": "外来", "begun": ended - 600_000, "ended": ended, "answers": answers })
    }

    fn head(&self, sittings: usize) -> Value {
        let of = |name: &str| self.data[name].clone();
        json!({ "kit": of("id"), "course": of("course"), "version": of("version"), "period": of("period"), "saved": 0, "sittings": sittings })
    }

    pub(super) fn file(&self, sittings: &[Value]) -> Vec<u8> {
        self.sealed(&self.head(sittings.len()), sittings)
    }

    fn sealed(&self, head: &Value, sittings: &[Value]) -> Vec<u8> {
        let texts: Vec<String> = std::iter::once(head).chain(sittings).map(Value::to_string).collect();
        seal(&self.key(), self.id(), &[9; SALT], &texts).expect("it can be sealed")
    }

    pub(super) async fn sends(&self, clerk: &mut Visitor, file: &[u8]) -> Answer {
        let form = clerk.get(&self.path).await.is(StatusCode::OK).form("/files");
        clerk.upload(&form, "file", "results.mistkit", file).await
    }

    /// Sends a file, looks at who is in it, and records them.
    pub(super) async fn records(&self, clerk: &mut Visitor, file: &[u8]) -> Answer {
        let sent = self.sends(clerk, file).await;
        let path = sent.is(StatusCode::SEE_OTHER).location().to_owned();
        let form = clerk.get(&path).await.is(StatusCode::OK).form(&path);
        clerk.submit_and_open(&form).await
    }
}

/// Makes a kit and takes it along.
pub(super) async fn takes_along(clerk: &mut Visitor, base: &str, label: &str) -> Stick {
    let form = clerk.get(&format!("{base}/kits")).await.is(StatusCode::OK).form("/kits").with("course", "beginner").with("label", label);
    let made = clerk.submit(&form).await;
    let path = made.is(StatusCode::SEE_OTHER).location().to_owned();
    assert_eq!(clerk.submit(&form).await.location(), path, "pressed twice is once");
    let form = clerk.get(&path).await.is(StatusCode::OK).shows(label).form("/package").with("contact-extension", "内線0000");
    let zip = clerk.submit(&form).await;
    assert_eq!(zip.is(StatusCode::OK).header("content-type"), "application/zip");
    let mut archive = zip::ZipArchive::new(Cursor::new(zip.bytes.clone())).expect("a zip");
    let files = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let mut script = String::new();
    archive.by_name("data.js").expect("the data").read_to_string(&mut script).expect("text");
    let data = script.strip_prefix("globalThis.MIST_KIT = ").and_then(|rest| rest.trim_end().strip_suffix(';')).expect("one statement");
    Stick { path, data: serde_json::from_str(data).expect("JSON"), files }
}

pub(super) async fn clerk_of(site: &Site, own: OrganizationId) -> (Visitor, String) {
    let mut clerk = staff_at(site, Role::InstitutionAdmin, own).await;
    let base = format!("/institutions/{own}/learning");
    enrols(&mut clerk, &base).await;
    (clerk, base)
}

pub(super) fn millis(site: &Site) -> i64 {
    site.now().as_micros() / 1000
}

#[both_engines]
async fn a_kit_is_whole_and_knows_the_contacts(site: Site) {
    let (own, _) = institutions(&site).await;
    let (mut clerk, base) = clerk_of(&site, own).await;
    clerk.get(&base).await.shows("院内研修の持ち出し版");
    let form = clerk.get(&format!("{base}/kits")).await.form("/kits");
    clerk.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("研修の名前を書いてください");
    let stick = takes_along(&mut clerk, &base, "12月の病棟研修").await;
    for file in ["index.html", "kit.css", "kit.js", "data.js", "README.txt", "figures/001.svg"] {
        assert!(stick.files.iter().any(|name| name == file), "{file}: {:?}", stick.files);
    }
    let text = stick.data.to_string();
    assert!(text.contains("内線0000") && text.contains("みほん市立総合病院") && text.contains("12月の病棟研修"));
    let other = takes_along(&mut clerk, &base, "別の研修").await;
    assert_ne!(stick.key(), other.key(), "each kit has a key of its own");
    // No row holds it.
    let stored: Vec<String> = site
        .db()
        .read(async |tx: &mut db::Tx<'_>| tx.all(db::sql!("SELECT label || lang || asked || made_by FROM kits"), &[]).await)
        .await
        .expect("kits");
    assert!(stored.iter().all(|row| !row.contains(stick.data["key"].as_str().expect("a key"))));
    clerk.get(&format!("{base}/kits")).await.shows("12月の病棟研修").shows("別の研修");
}

#[both_engines]
async fn results_come_back_once_and_are_called_what_they_are(site: Site) {
    let (own, _) = institutions(&site).await;
    let (mut clerk, base) = clerk_of(&site, own).await;
    let assigned = assigns(&mut clerk, &base, "course-beginner", &[], "2026-12-20", "を3人に割り当てます").await;
    let stick = takes_along(&mut clerk, &base, "12月の病棟研修").await;
    site.later(kernel::Span::minutes(5));
    let now = millis(&site);
    // 見本 花子 passes, 見本 太郎 does not, and somebody is on no list.
    let people = [
        Stick::sitting(1, "見本　花子", 1, now - 60_000),
        Stick::sitting(2, "見本太郎", 12, now - 50_000),
        Stick::sitting(3, "試験 﨑男", 0, now - 40_000),
    ];
    let file = stick.file(&people);
    let sent = stick.sends(&mut clerk, &file).await;
    let path = sent.is(StatusCode::SEE_OTHER).location().to_owned();
    let page = clerk.get(&path).await;
    page.is(StatusCode::OK).shows("まだ記録していません").shows("新しく3件").shows("hanako@example.jp").shows("氏名のまま記録");
    clerk.get(&stick.path).await.shows("まだ記録はありません").shows("送ったまま、まだ記録していないファイル");
    clerk.get(&assigned).await.shows("修了0人");
    let form = page.form(&path);
    let done = clerk.submit_and_open(&form).await;
    done.shows("新しく3件を記録しました").shows("院内実施・自己申告").shows("合格").shows("不合格").shows("試験 﨑男");
    // The same press, the same file, and the same people in a longer file.
    clerk.submit(&form).await.is(StatusCode::SEE_OTHER);
    stick
        .sends(&mut clerk, &file)
        .await
        .is(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("に記録しました")
        .shows("二重に記録されることはありません");
    let longer = [people.as_slice(), &[Stick::sitting(4, "例示 髙子", 0, now - 30_000)]].concat();
    let page = stick.records(&mut clerk, &stick.file(&longer)).await;
    page.shows("新しく1件を記録しました。3件は前に記録したものと同じです。");
    let lines: i64 =
        site.db().read(async |tx: &mut db::Tx<'_>| tx.one(db::sql!("SELECT COUNT(*) FROM kit_results"), &[]).await).await.expect("a count");
    assert_eq!(lines, 4);

    // It counts for what the institution has assigned, and says so; the learner's own record stays apart.
    clerk.get(&assigned).await.shows("3人：修了2人、未修了1人、対象外0人").shows("院内実施・自己申告");
    let csv = clerk.get(&format!("{assigned}/people.csv")).await.body();
    assert_eq!(csv.matches("院内実施・自己申告").count(), 2, "{csv}");
    let csv = clerk.get(&format!("{}/results.csv", stick.path)).await;
    assert_eq!(csv.is(StatusCode::OK).body().matches("院内実施・自己申告").count(), 4);
    assert!(clerk.get(&format!("{}/results.xlsx", stick.path)).await.is(StatusCode::OK).bytes.starts_with(b"PK"));
    let mut nurse = learner(&site, "hanako@example.jp").await;
    nurse.get("/my").await.shows("院内実施・自己申告");
    let mine = nurse.get("/my/courses/beginner").await;
    mine.shows("院内実施・自己申告").shows("みほん市立総合病院").shows("修了証は出ません");
    nurse.get("/my/courses/beginner/record").await.is(StatusCode::SEE_OTHER);
    let completions: i64 = site
        .db()
        .read(async |tx: &mut db::Tx<'_>| tx.one(db::sql!("SELECT COUNT(*) FROM study_completions"), &[]).await)
        .await
        .expect("a count");
    assert_eq!(completions, 0, "nobody has completed it here");
    // Somebody else of that name sees nothing of it.
    learner(&site, "jiro@example.jp").await.get("/my/courses/beginner").await.hides("院内実施・自己申告");
}

#[both_engines]
async fn a_file_that_is_not_as_it_was_written_is_refused_in_words(site: Site) {
    let (own, other) = institutions(&site).await;
    let (mut clerk, base) = clerk_of(&site, own).await;
    let stick = takes_along(&mut clerk, &base, "12月の病棟研修").await;
    let foreign = takes_along(&mut clerk, &base, "別の研修").await;
    let now = millis(&site);
    let one = Stick::sitting(1, "見本 花子", 0, now);
    let file = stick.file(std::slice::from_ref(&one));
    let edited = |at: usize| {
        let mut edited = file.clone();
        edited[at] ^= 1;
        edited
    };
    let mut refused: Vec<(Vec<u8>, &str)> = vec![
        (b"\xef\xbb\xbfname,score\r\n".to_vec(), "結果ファイルではありません"),
        (foreign.file(&[Stick::sitting(1, "見本 花子", 0, now)]), "ほかの持ち出し版の結果です"),
        (file[..file.len() - 1].to_vec(), "保存したときのままではありません"),
        ([file.as_slice(), b"\n"].concat(), "保存したときのままではありません"),
        (stick.file(&[]), "一人も入っていません"),
    ];
    for at in [24, 60, 200, file.len() - 1] {
        refused.push((edited(at), "保存したときのままではありません"));
    }
    // Sealed with the key, by somebody who has looked into the kit, but nothing that its page writes.
    let unfit = |change: &dyn Fn(&mut Value)| {
        let mut changed = one.clone();
        change(&mut changed);
        stick.file(&[changed])
    };
    let changes: [&dyn Fn(&mut Value); 7] = [
        &|one| one["name"] = json!("　"),
        &|one| one["name"] = json!("長".repeat(61)),
        &|one| one["right"] = json!(15),
        &|one| one["answers"] = json!([]),
        &|one| one["answers"][0] = one["answers"][1].clone(),
        &|one| one["answers"][0][0] = json!("nothing-99"),
        &|one| one["ended"] = json!(1),
    ];
    refused.extend(changes.iter().map(|change| (unfit(*change), "コースと合いません")));
    refused.push((stick.file(&[one.clone(), one.clone()]), "コースと合いません"));
    refused.push((stick.sealed(&stick.head(2), std::slice::from_ref(&one)), "コースと合いません"));
    for (n, (file, why)) in refused.iter().enumerate() {
        let answer = stick.sends(&mut clerk, file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{n}: {why}");
        answer.shows("結果ファイルを受け付けませんでした").shows(why).shows("記録は何も変わっていません");
    }
    let form = clerk.get(&stick.path).await.form("/files");
    clerk.upload(&form, "other", "results.mistkit", &file).await.shows("結果ファイルを選んでください");
    let kept: i64 =
        site.db().read(async |tx: &mut db::Tx<'_>| tx.one(db::sql!("SELECT COUNT(*) FROM kit_files"), &[]).await).await.expect("a count");
    assert_eq!(kept, 0, "nothing of them is kept");
    // Nothing of it stands under another institution, and it is nothing to learners.
    clerk.get(&stick.path.replace(&own.to_string(), &other.to_string())).await.is(StatusCode::NOT_FOUND);
    learner(&site, "hanako@example.jp").await.get(&stick.path).await.is(StatusCode::NOT_FOUND);
}

#[both_engines]
async fn two_of_one_name_are_asked_about_and_a_wrong_clock_is_named(site: Site) {
    let (own, _) = institutions(&site).await;
    let (mut clerk, base) = clerk_of(&site, own).await;
    let form = clerk.get(&format!("{base}/staff")).await.form("/staff").with("people", "見本 花子, hanako2@example.jp, 職員");
    clerk.submit_and_open(&form).await.shows("名簿に4人");
    let stick = takes_along(&mut clerk, &base, "12月の病棟研修").await;
    // The computer thinks that it is 2019.
    let file = stick.file(&[Stick::sitting(1, "見本 花子", 0, 1_550_000_000_000)]);
    let sent = stick.sends(&mut clerk, &file).await;
    let path = sent.is(StatusCode::SEE_OTHER).location().to_owned();
    let page = clerk.get(&path).await;
    page.shows("時計がずれていたようです").shows("2026");
    let form = page.form(&path);
    let field = format!("person-{}", Uuid::from_u128(1));
    assert_eq!(form.offers(&field).len(), 3, "either of them, or the name alone");
    let second = form.choose_saying(&field, "見本 花子 hanako2@example.jp");
    clerk.submit_and_open(&second).await.shows("新しく1件").shows("hanako2@example.jp");
    learner(&site, "hanako2@example.jp").await.get("/my/courses/beginner").await.shows("院内実施・自己申告");
    learner(&site, "hanako@example.jp").await.get("/my/courses/beginner").await.hides("院内実施・自己申告");
}

/// Changes what is kept of a file that came back, word for word.
async fn rewrites(site: &Site, from: &'static str, to: &'static str) {
    let rewrite = sql!("UPDATE kit_files SET sittings = replace(sittings, $1, $2)");
    site.write(async move |tx, _| tx.run(rewrite, &[from.into(), to.into()]).await.map(|_| ())).await;
}

#[both_engines]
async fn a_file_that_cannot_be_read_any_more_is_never_recorded_as_one_of_nobody(site: Site) {
    let (own, _) = institutions(&site).await;
    let (mut clerk, base) = clerk_of(&site, own).await;
    let stick = takes_along(&mut clerk, &base, "12月の病棟研修").await;
    let sent = stick.sends(&mut clerk, &stick.file(&[Stick::sitting(1, "見本 花子", 0, 1_550_000_000_000)])).await;
    let path = sent.is(StatusCode::SEE_OTHER).location().to_owned();
    let form = clerk.get(&path).await.is(StatusCode::OK).form(&path);
    // As a version of the program that names it otherwise has put it down.
    rewrites(&site, "\"name\"", "\"called\"").await;
    clerk.get(&path).await.is(StatusCode::INTERNAL_SERVER_ERROR);
    clerk.submit(&form).await.is(StatusCode::INTERNAL_SERVER_ERROR);
    rewrites(&site, "\"called\"", "\"name\"").await;
    clerk.submit_and_open(&form).await.shows("新しく1件");
}

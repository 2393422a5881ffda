//! The way back of somebody who has lost what they sign in by: never by the mailbox alone, never at once, never unseen.

use access::{AccountId, OrganizationId, Role, Standing, Strength};
use both_engines::both_engines;
use db::{Arg, Tx, sql};
use http::{Method, StatusCode};
use kernel::{Span, Uuid};

use super::House;
use super::alike::as_seen;
use super::house::Outcome;
use super::people::{Asker, Given};
use crate::site::{Answer, Letter, Visitor};

const HANAKO: &str = "hanako@example.jp";
const REASON: &str = "reason=%E4%BB%A3%E8%A1%A8%E7%95%AA%E5%8F%B7%E3%81%B8%E6%8A%98%E3%82%8A%E8%BF%94%E3%81%97%E3%81%9F";
const PHRASE: &str = "雨の日は緑の傘で駅まで歩く猫と犬";
const DAY: Span = Span::hours(24);

const fn place(number: u128) -> OrganizationId {
    OrganizationId::from_uuid(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_1000 + number))
}

const TOWN: OrganizationId = place(1);
const HOSPITAL: OrganizationId = place(2);
const CLINIC: OrganizationId = place(3);
const ELSEWHERE: OrganizationId = place(4);

const CLERK: Given = (Role::InstitutionAdmin, Standing::Confirmed, Some(HOSPITAL));

impl House {
    /// A hospital and a clinic below the association of a town, and another institution elsewhere.
    async fn tree(&self) {
        self.write(async |tx: &mut Tx<'_>, _| {
            for (id, parent) in [(TOWN, None), (HOSPITAL, Some(TOWN)), (CLINIC, Some(TOWN)), (ELSEWHERE, None)] {
                access::place(tx, id, parent).await?;
            }
            Ok(())
        })
        .await;
    }

    /// Somebody with this role, who has just proved it as it asks.
    async fn in_force(&self, email: &str, given: Given) -> Asker {
        let strength = if given.0.needs_passkey() { Strength::Passkey } else { Strength::PassphraseAndCode };
        self.person(email, &[given], strength, Span::ZERO).await
    }

    /// Somebody with this role and a passkey that is lost; one of their sign-ins is still alive.
    async fn loses_the_passkey(&self, email: &str, given: Given) -> Asker {
        let who = self.person(email, &[given], Strength::Passkey, Span::ZERO).await;
        let account = who.account.expect("an account");
        self.write(async move |tx: &mut Tx<'_>, now| {
            let add = sql!("INSERT INTO passkeys (id, account, credential, passkey, name, added_at) VALUES ($1, $2, $3, $4, '', $5)");
            let id = now.uuid();
            let args: [Arg; 5] = [id.into(), account.into(), id.as_bytes().to_vec().into(), Arg::Json("{}".into()), now.into()];
            tx.run(add, &args).await?;
            Ok(())
        })
        .await;
        who
    }

    async fn letters(&self) -> Vec<Letter> {
        self.deliver().await.iter().map(|received| Letter::new(received)).collect()
    }

    /// Asks at the front door, and gives the one letter that came of it.
    async fn asks_for_a_way_back(&self, email: &str) -> Letter {
        let mut browser = self.visitor("見本 花子");
        let page = browser.get("/recovery").await;
        page.is(StatusCode::OK).shows("これから起こること").shows("24時間").shows("運用管理者2名");
        let form = page.form("/recovery").fill("email", email);
        browser.submit(&form).await.is(StatusCode::OK).shows("もし登録があれば");
        let letters = self.letters().await;
        assert_eq!(letters.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(), [email]);
        letters[0].clone()
    }

    /// The address of the one case in a room.
    async fn case(&self, who: &Asker, room: &str) -> String {
        let list = who.gets(self, room).await;
        let links = list.is(StatusCode::OK).attributes("th.title a", "href");
        assert_eq!(links.len(), 1, "{}", list.text());
        links[0].clone()
    }

    async fn decides(&self, who: &Asker, case: &str, decision: &str) -> Answer {
        who.asks(self, &Method::POST, case, &format!("{REASON}&decision={decision}")).await
    }

    /// What the account can prove itself by: passkeys, passphrases, codes.
    async fn credentials(&self, account: AccountId) -> (i64, i64, i64) {
        let count = sql!(
            "SELECT (SELECT COUNT(*) FROM passkeys WHERE account = $1), (SELECT COUNT(*) FROM passphrases WHERE account = $1),
                    (SELECT COUNT(*) FROM code_secrets WHERE account = $1 AND confirmed_at IS NOT NULL)"
        );
        self.read(async move |tx: &mut Tx<'_>| tx.one(count, &[account.into()]).await).await
    }

    async fn acts_about(&self, account: AccountId) -> Vec<String> {
        let history = self.read(async move |tx: &mut Tx<'_>| journal::audit::history_of(tx, "account", account, None).await).await;
        history
            .rows
            .into_iter()
            .rev()
            .map(|entry| entry.act)
            .filter(|act| act.starts_with("recovery.") || act == "accounts.changed")
            .collect()
    }
}

/// Opens the link as the person does: a page with a button, and what lies behind it.
async fn opens(browser: &mut Visitor, link: &str) -> Answer {
    let form = browser.get(link).await.is(StatusCode::OK).form(link);
    browser.submit(&form).await
}

/// What the app shows after scanning the page's secret.
fn code_on(page: &Answer, house: &House) -> String {
    let text: String = page.texts(".token")[0].split_whitespace().collect();
    let secret = totp_rs::Secret::try_from_base32(&text).expect("base32");
    let app = totp_rs::Builder::new().with_secret(secret).build().expect("an app");
    app.generate(u64::try_from(house.now().as_micros() / 1_000_000).expect("after 1970")).to_string()
}

#[both_engines]
async fn somebody_of_an_institution_comes_back_by_a_colleague_a_day_and_a_link(house: House) {
    house.tree().await;
    let before = house.loses_the_passkey(HANAKO, CLERK).await;
    let account = before.account.expect("an account");
    let colleague = house.in_force("colleague@example.jp", CLERK).await;
    let asked = house.asks_for_a_way_back(HANAKO).await;
    assert!(asked.text.contains("心当たりのないとき") && asked.text.contains("同じ医療機関"), "{}", asked.text);
    asked.link("/recovery/cancel/");
    assert!(asked.links("/recovery/link/").is_empty(), "no link before somebody has approved");

    colleague.gets(&house, "/my").await.shows("1名の方の依頼が、あなたの確認を待っています");
    let case = house.case(&colleague, "/recoveries").await;
    colleague.gets(&house, &case).await.shows(HANAKO).shows("24時間たつと").shows("ふだん使っている電話番号");
    let without = colleague.asks(&house, &Method::POST, &case, "decision=approved").await;
    without.is(StatusCode::UNPROCESSABLE_ENTITY).shows("理由を入れてください");
    let done = house.decides(&colleague, &case, "approved").await;
    assert_eq!(done.is(StatusCode::SEE_OTHER).location(), "/recoveries?done=held");
    let held = house.letters().await.remove(0);
    assert!(held.text.contains("2026年11月23日（月・祝） 9:00") || held.text.contains("11月23日"), "{}", held.text);
    held.link("/recovery/cancel/");

    house.later(Span::micros(DAY.as_micros() - 1));
    assert!(house.letters().await.is_empty(), "the day is not over");
    house.later(Span::micros(1));
    let mail = house.letters().await.remove(0);
    mail.link("/recovery/cancel/");
    let link = mail.link("/recovery/link/");
    let mut browser = house.visitor("見本 花子");
    browser.get(&link).await.is(StatusCode::OK);
    browser.get("/recovery/renewal").await.is(StatusCode::SEE_OTHER);
    assert_eq!(opens(&mut browser, &link).await.location(), "/recovery/renewal");
    let mut thief = house.visitor("試験 﨑男");
    thief.get(&link).await.is(StatusCode::GONE);
    browser.get(&link).await.is(StatusCode::GONE);
    assert_eq!(house.credentials(account).await, (1, 0, 0), "nothing is gone yet");

    let page = browser.get("/recovery/renewal").await;
    page.is(StatusCode::OK).shows("登録しないで閉じれば、何も変わりません");
    let weak = page.form("/renewal/passphrase").fill("passphrase", "password");
    browser.submit(&weak).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    let staged = browser.submit(&page.form("/renewal/passphrase").fill("passphrase", PHRASE)).await;
    assert_eq!(staged.location(), "/recovery/renewal/codes");
    let codes = browser.get("/recovery/renewal/codes").await;
    browser.submit(&codes.form("/renewal/codes").fill("code", "000000")).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.credentials(account).await, (1, 0, 0), "a passphrase alone changes nothing");
    let elsewhere = house.in_force(HANAKO, CLERK).await;
    let done = browser.submit(&codes.form("/renewal/codes").fill("code", &code_on(&codes, &house))).await;
    assert_eq!(done.location(), "/my/security?done=recovered");
    browser.get("/my/security?done=recovered").await.is(StatusCode::OK).shows("新しいサインインの方法を登録しました");
    assert_eq!(house.credentials(account).await, (0, 1, 1), "the passkey that was lost is gone");
    for old in [&before, &elsewhere] {
        assert_eq!(Outcome::of(&old.gets(&house, "/my").await), Outcome::SignIn, "every other sign-in has ended");
    }
    let told = house.letters().await;
    assert!(told[0].text.contains("新しい方法に替わりました"), "{}", told[0].text);
    browser.get("/recovery/renewal").await.is(StatusCode::NOT_FOUND);
    let acts = house.acts_about(account).await;
    assert_eq!(acts, ["recovery.asked", "recovery.approved", "recovery.opened", "accounts.changed"]);
}

#[both_engines]
async fn the_owner_of_the_mailbox_stops_it_before_the_day_is_over(house: House) {
    house.tree().await;
    let hanako = house.loses_the_passkey(HANAKO, CLERK).await;
    let colleague = house.in_force("colleague@example.jp", CLERK).await;
    house.asks_for_a_way_back(HANAKO).await;
    let case = house.case(&colleague, "/recoveries").await;
    house.decides(&colleague, &case, "approved").await.is(StatusCode::SEE_OTHER);
    let stop = house.letters().await.remove(0).link("/recovery/cancel/");
    hanako.gets(&house, "/my/security").await.shows("作り直す依頼が出ています");

    let mut browser = house.visitor("見本 花子");
    let form = browser.get(&stop).await.is(StatusCode::OK).shows("取りやめ").form(&stop);
    hanako.gets(&house, "/my/security").await.shows("作り直す依頼が出ています");
    browser.submit(&form).await.is(StatusCode::OK).shows("取りやめました");
    browser.submit(&form).await.is(StatusCode::GONE);
    assert_eq!(Outcome::of(&hanako.gets(&house, "/my").await), Outcome::Allowed, "nothing of hers has changed");
    assert!(house.letters().await[0].text.contains("取りやめになりました"));
    house.later(DAY);
    assert!(house.letters().await.is_empty(), "no link comes after all");
    assert_eq!(house.credentials(hanako.account.expect("an account")).await, (1, 0, 0));
    assert_eq!(house.acts_about(hanako.account.expect("an account")).await.last().map(String::as_str), Some("recovery.cancelled"));
}

#[both_engines]
async fn nobody_confirms_for_themselves_for_another_place_or_without_a_fresh_proof(house: House) {
    house.tree().await;
    let hanako = house.loses_the_passkey(HANAKO, CLERK).await;
    house.asks_for_a_way_back(HANAKO).await;
    let near = house.in_force("colleague@example.jp", CLERK).await;
    let case = house.case(&near, "/recoveries").await;
    let strangers = [
        ("clinic@example.jp", (Role::InstitutionAdmin, Standing::Confirmed, Some(CLINIC))),
        ("above@example.jp", (Role::InstitutionAdmin, Standing::Confirmed, Some(TOWN))),
        ("stopped@example.jp", (Role::AssociationEditor, Standing::Suspended, Some(TOWN))),
        ("elsewhere@example.jp", (Role::AssociationReleaser, Standing::Confirmed, Some(ELSEWHERE))),
        ("office@example.jp", (Role::Secretariat, Standing::Confirmed, None)),
        ("operator@example.jp", (Role::Operator, Standing::Confirmed, None)),
    ];
    let mut askers = vec![hanako, house.learner("jiro@example.jp").await];
    for (email, given) in strangers {
        askers.push(house.in_force(email, given).await);
    }
    for who in &askers {
        assert_eq!(Outcome::of(&who.gets(&house, &case).await), Outcome::Hidden, "{}", who.name);
        assert_eq!(Outcome::of(&house.decides(who, &case, "approved").await), Outcome::Hidden, "{}", who.name);
    }
    let stale = house.person("stale@example.jp", &[CLERK], Strength::PassphraseAndCode, Span::minutes(16)).await;
    assert_eq!(Outcome::of(&house.decides(&stale, &case, "approved").await), Outcome::StepUp);
    let by_mail = house.person("mail@example.jp", &[CLERK], Strength::MailLink, Span::ZERO).await;
    assert_eq!(Outcome::of(&house.decides(&by_mail, &case, "approved").await), Outcome::Hidden);
    assert!(house.letters().await.is_empty());

    let above = house.in_force("town@example.jp", (Role::AssociationEditor, Standing::Confirmed, Some(TOWN))).await;
    above.gets(&house, &case).await.shows("前から分かっている代表番号");
    assert_eq!(house.decides(&above, &case, "approved").await.location(), "/recoveries?done=held");
}

#[both_engines]
async fn those_who_work_for_the_portal_come_back_by_two_operators(house: House) {
    let given = (Role::Secretariat, Standing::Confirmed, None);
    house.loses_the_passkey("office@example.jp", given).await;
    let operator = (Role::Operator, Standing::Confirmed, None);
    let (first, second) = (house.in_force("one@example.jp", operator).await, house.in_force("two@example.jp", operator).await);
    house.asks_for_a_way_back("office@example.jp").await;
    first.gets(&house, "/staff").await.shows("サインインできなくなった方の確認");
    let case = house.case(&first, "/staff/people/recoveries").await;
    first.gets(&house, &case).await.shows("もう1名の運用管理者が承認するまで");
    for _ in 0..2 {
        house.decides(&first, &case, "approved").await;
        assert!(house.letters().await.is_empty(), "one operator is one, however often");
    }
    first.gets(&house, &case).await.shows("承認しました。もう1名").hides("ご本人と確かめたので承認する");
    second.gets(&house, &case).await.shows("one@example.jp").shows("代表番号へ折り返した").shows("いま送ります");
    assert_eq!(house.decides(&second, &case, "approved").await.location(), "/staff/people/recoveries?done=sent");
    let link = house.letters().await.remove(0).link("/recovery/link/");
    let mut browser = house.visitor("見本 花子");
    opens(&mut browser, &link).await.is(StatusCode::SEE_OTHER);
    let page = browser.get("/recovery/renewal").await;
    page.is(StatusCode::OK).shows("新しいパスキーを登録する").hides("パスフレーズと認証アプリ");
    let form = page.form("/renewal/passkey");
    assert!(page.find_form("/renewal/passphrase").is_none());
    let forced = Asker {
        cookies: browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; "),
        token: form.value("token").to_owned(),
        ..Asker::visitor()
    };
    let answer = forced.asks(&house, &Method::POST, "/recovery/renewal/passphrase", "passphrase=correct+horse+battery+staple").await;
    answer.is(StatusCode::NOT_FOUND);
    let elsewhere = forced.asks(&house, &Method::POST, "/my/security/passphrase", "passphrase=correct+horse+battery+staple").await;
    assert_eq!(Outcome::of(&elsewhere), Outcome::StepUp, "the link opens no more than its own page");
    assert_eq!(Outcome::of(&forced.gets(&house, "/staff").await), Outcome::Hidden);
}

#[both_engines]
async fn an_operator_never_counts_for_themselves(house: House) {
    let operator = (Role::Operator, Standing::Confirmed, None);
    let lost = house.loses_the_passkey("lost@example.jp", operator).await;
    let (first, second) = (house.in_force("one@example.jp", operator).await, house.in_force("two@example.jp", operator).await);
    house.asks_for_a_way_back("lost@example.jp").await;
    let case = house.case(&first, "/staff/people/recoveries").await;
    assert!(lost.gets(&house, "/staff/people/recoveries").await.attributes("th.title a", "href").is_empty());
    house.decides(&first, &case, "approved").await.is(StatusCode::SEE_OTHER);
    assert_eq!(Outcome::of(&house.decides(&lost, &case, "approved").await), Outcome::Hidden);
    assert!(house.letters().await.is_empty());
    assert_eq!(house.decides(&second, &case, "refused").await.location(), "/staff/people/recoveries?done=refused");
    assert!(house.letters().await[0].text.contains("承認されませんでした"));
    assert_eq!(house.acts_about(lost.account.expect("an account")).await, ["recovery.asked", "recovery.approved", "recovery.refused"]);
}

#[both_engines]
async fn a_link_opens_for_a_quarter_of_an_hour_and_a_new_one_ends_the_old(house: House) {
    house.tree().await;
    house.loses_the_passkey(HANAKO, CLERK).await;
    let colleague = house.in_force("colleague@example.jp", CLERK).await;
    house.asks_for_a_way_back(HANAKO).await;
    let case = house.case(&colleague, "/recoveries").await;
    house.decides(&colleague, &case, "approved").await;
    house.later(DAY);
    let letters = house.letters().await;
    let link = letters.iter().flat_map(|letter| letter.links("/recovery/link/")).next().expect("a link");
    house.later(Span::minutes(15));
    let mut browser = house.visitor("見本 花子");
    browser.get(&link).await.is(StatusCode::GONE).shows("15分を過ぎた");

    let second = house.asks_for_a_way_back(HANAKO).await.link("/recovery/link/");
    let third = house.asks_for_a_way_back(HANAKO).await.link("/recovery/link/");
    browser.get(&second).await.is(StatusCode::GONE);
    opens(&mut browser, &third).await.is(StatusCode::SEE_OTHER);
    browser.get("/recovery/renewal").await.is(StatusCode::OK);
    let fourth = house.asks_for_a_way_back(HANAKO).await.link("/recovery/link/");
    assert_ne!(browser.get("/recovery/renewal").await.status, StatusCode::OK, "whoever used the one before is out");
    opens(&mut browser, &fourth).await.is(StatusCode::SEE_OTHER);
    house.later(Span::minutes(61));
    assert_ne!(browser.get("/recovery/renewal").await.status, StatusCode::OK, "an hour is enough");
}

#[both_engines]
async fn a_role_that_came_after_the_approval_is_not_recovered_by_it(house: House) {
    house.tree().await;
    let account = house.loses_the_passkey(HANAKO, CLERK).await.account.expect("an account");
    let colleague = house.in_force("colleague@example.jp", CLERK).await;
    house.asks_for_a_way_back(HANAKO).await;
    let case = house.case(&colleague, "/recoveries").await;
    house.decides(&colleague, &case, "approved").await;
    house.later(Span::hours(1));
    house
        .write(async move |tx: &mut Tx<'_>, now| {
            access::grant(tx, account, Role::Secretariat, Standing::Confirmed, None, "test", now).await?;
            Ok(())
        })
        .await;
    house.later(DAY);
    let letters = house.letters().await;
    let link = letters.iter().flat_map(|letter| letter.links("/recovery/link/")).next().expect("a link");
    let mut browser = house.visitor("見本 花子");
    opens(&mut browser, &link).await.is(StatusCode::GONE);
    let anew = house.asks_for_a_way_back(HANAKO).await;
    assert!(anew.text.contains("運用管理者2名") && anew.links("/recovery/link/").is_empty(), "{}", anew.text);
}

#[both_engines]
async fn asking_is_answered_alike_for_everybody_and_fills_no_mailbox(house: House) {
    house.tree().await;
    house.loses_the_passkey("taro@example.jp", CLERK).await;
    house.learner("goro@example.jp").await;
    let mut answers = Vec::new();
    for address in ["taro@example.jp", "goro@example.jp", "jiro@example.jp"] {
        for _ in 0..12 {
            let body = format!("email={}", address.replace('@', "%40"));
            let answer = house.ask(Method::POST, "/recovery", &Asker::visitor().headers(), &body).await;
            answers.push(as_seen(&answer, address));
        }
    }
    for answer in &answers {
        assert_eq!(answer, &answers[0]);
    }
    let letters = house.letters().await;
    let to = |address: &str| letters.iter().filter(|letter| letter.to == address).collect::<Vec<_>>();
    assert_eq!((to("taro@example.jp").len(), to("goro@example.jp").len(), to("jiro@example.jp").len()), (5, 5, 0));
    to("goro@example.jp")[0].link("/sign-in/link/");
    assert!(to("taro@example.jp").iter().all(|letter| letter.links("/sign-in/link/").is_empty()));
}

#[both_engines]
async fn the_database_itself_refuses_what_must_never_be(house: House) {
    house.tree().await;
    let account = house.loses_the_passkey(HANAKO, CLERK).await.account.expect("an account");
    house.asks_for_a_way_back(HANAKO).await;
    let id: Uuid = house
        .read(async move |tx: &mut Tx<'_>| tx.one(sql!("SELECT id FROM recoveries WHERE account = $1"), &[account.into()]).await)
        .await;
    let now = house.now();
    let own = sql!(
        "INSERT INTO recovery_approvals (recovery, approver, person, way, reason, approved_at) VALUES ($1, $2, $2, 'operator', 'x', $3)"
    );
    let opened = sql!("UPDATE recoveries SET used_at = $2 WHERE id = $1");
    let completed = sql!("UPDATE recoveries SET closed_at = $2, outcome = 'completed' WHERE id = $1");
    let second = sql!("INSERT INTO recoveries (id, account, lang, asked_at) VALUES ($3, $1, 'ja', $2)");
    let tries: [(&'static db::Stmt, Vec<Arg>); 4] = [
        (own, vec![id.into(), account.into(), now.into()]),
        (opened, vec![id.into(), now.into()]),
        (completed, vec![id.into(), now.into()]),
        (second, vec![account.into(), now.into(), now.uuid().into()]),
    ];
    for (statement, args) in tries {
        let outcome = house.try_to_write(async move |tx: &mut Tx<'_>, _| tx.run(statement, &args).await).await;
        assert!(outcome.is_err(), "{statement:?}");
    }
}

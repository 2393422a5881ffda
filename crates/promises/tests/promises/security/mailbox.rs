//! Whoever reads somebody's mail: a link in a mail never opens more than a learner's sign-in.

use access::{Role, Standing, Strength};
use both_engines::both_engines;
use db::Tx;
use http::{Method, StatusCode};
use kernel::{Lang, Span};

use super::House;
use super::house::Outcome;
use super::oracle::{self, May};
use super::people::Asker;
use crate::site::Visitor;

/// Signs in by a link in a mail, as anybody does who can read it.
async fn by_mail(house: &House, email: &str) -> Visitor {
    let mut browser = house.visitor("見本 太郎");
    let form = browser.get("/sign-in").await.form("/sign-in").fill("email", email);
    browser.submit(&form).await.is(StatusCode::OK);
    let link = house.mailed_link("/sign-in/link/").await;
    let form = browser.get(&link).await.form(&link);
    browser.submit(&form).await.is(StatusCode::SEE_OTHER);
    browser
}

impl House {
    async fn has_role(&self, email: &str, role: Role) {
        let address = email.parse().expect("an address");
        self.write(async move |tx: &mut Tx<'_>, now| {
            let account = people::accounts::ensure(tx, &address, Lang::Ja, now).await?.id;
            access::grant(tx, account, role, Standing::Confirmed, None, "test", now).await?;
            Ok(())
        })
        .await;
    }

    /// The browser as somebody who asks.
    fn asker(browser: &Visitor, token: &str) -> Asker {
        let cookies: Vec<String> = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Asker { name: "whoever reads the mail".into(), cookies: cookies.join("; "), token: token.to_owned(), ..Asker::visitor() }
    }
}

#[both_engines]
async fn a_mail_link_opens_a_learners_pages_whatever_the_role(house: House) {
    let things = house.things().await;
    for role in Role::ALL {
        let email = format!("{role}@example.jp");
        house.has_role(&email, role).await;
        let mut browser = by_mail(&house, &email).await;
        let token = browser.get("/my/security").await.form("/sign-out").value("token").to_owned();
        let thief = House::asker(&browser, &token);
        for route in House::routes() {
            let may = oracle::may(&route).expect("an entry");
            if !matches!(may, May::Roles(_) | May::RolesFresh(_)) {
                continue;
            }
            let (path, fields) = things.address(&route).expect("an address");
            let answer = thief.asks(&house, &route.method, &path, fields).await;
            assert_eq!(Outcome::of(&answer), Outcome::Hidden, "{} {path} as {role}", route.method);
        }
    }
}

#[both_engines]
async fn a_mailbox_proves_nothing_more_and_gives_no_first_passkey(house: House) {
    for role in [Role::Secretariat, Role::Ministry, Role::Operator, Role::Inspector, Role::InstitutionAdmin, Role::AssociationReleaser] {
        let email = format!("{role}@example.jp");
        house.has_role(&email, role).await;
        let mut browser = by_mail(&house, &email).await;
        let token = browser.get("/my/security").await.form("/sign-out").value("token").to_owned();
        let thief = House::asker(&browser, &token);
        let step_up = thief.gets(&house, "/step-up").await;
        step_up.is(StatusCode::OK);
        assert!(step_up.find_form("/step-up/passphrase").is_none() && step_up.find_form("/step-up/passkey").is_none(), "{role}");
        for (path, fields) in
            [("/step-up/passphrase", "passphrase=correct+horse+battery+staple"), ("/step-up/passkey", "ceremony=x&answer=x")]
        {
            let answer = thief.asks(&house, &Method::POST, path, fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} as {role}");
        }
        for path in ["/my/security/passkeys/question", "/my/security/passphrase", "/my/security/codes/secret"] {
            let answer = thief.asks(&house, &Method::POST, path, "passphrase=correct+horse+battery+staple").await;
            assert_eq!(Outcome::of(&answer), Outcome::Hidden, "{path} as {role}");
        }
        // Another link, asked for from the page of the first, is a learner's again.
        let again = by_mail(&house, &email).await;
        let answer = House::asker(&again, "").gets(&house, "/staff").await;
        assert_eq!(Outcome::of(&answer), Outcome::Hidden, "{role}");
    }
}

impl House {
    /// Invites, and gives the link of the mail.
    async fn invites(&self, email: &str, role: Role) -> String {
        let address = email.parse().expect("an address");
        self.write(async move |tx: &mut Tx<'_>, now| {
            let invited = people::accounts::invite(tx, &address, role, None, Lang::Ja, "test", now).await?;
            Ok(invited.is_ok())
        })
        .await;
        self.mailed_link("/invitation/").await
    }

    async fn standing(&self, email: &str) -> Standing {
        let address = email.parse().expect("an address");
        self.read(async move |tx: &mut Tx<'_>| {
            let account = people::accounts::by_email(tx, &address).await?.expect("an account");
            Ok(access::memberships_of(tx, account.id).await?[0].standing)
        })
        .await
    }
}

#[both_engines]
async fn an_invitation_alone_puts_no_role_into_force(house: House) {
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Learner) {
        let email = format!("{role}@example.jp");
        let link = house.invites(&email, role).await;
        let mut browser = house.visitor("見本 太郎");
        let form = browser.get(&link).await.form(&link);
        browser.submit(&form).await.is(StatusCode::SEE_OTHER);
        assert_eq!(house.standing(&email).await, Standing::Accepted, "{role}");
        for path in ["/staff", "/staff/audit", "/staff/operation", "/staff/settings", "/staff/inquiries"] {
            assert_eq!(Outcome::of(&browser.get(path).await), Outcome::Hidden, "{path} as {role}");
        }
    }
}

#[both_engines]
async fn an_invitation_to_somebody_with_a_passphrase_signs_nobody_in(house: House) {
    let mut owner = by_mail_of_a_learner(&house, "taro@example.jp").await;
    let form = owner.get("/my/security").await.form("/my/security/passphrase").fill("passphrase", "雨の日は緑の傘で駅まで歩く猫と犬");
    owner.submit(&form).await.is(StatusCode::SEE_OTHER);
    let link = house.invites("taro@example.jp", Role::InstitutionAdmin).await;
    let mut thief = house.visitor("見本 花子");
    let form = thief.get(&link).await.form(&link);
    let answer = thief.submit(&form).await;
    assert!(answer.is(StatusCode::SEE_OTHER).location().starts_with("/sign-in"), "{}", answer.location());
    assert_eq!(Outcome::of(&thief.get("/my").await), Outcome::SignIn);
    assert_eq!(house.standing("taro@example.jp").await, Standing::Accepted, "a passphrase alone is not what the role asks for");
}

async fn by_mail_of_a_learner(house: &House, email: &str) -> Visitor {
    house.learner(email).await;
    by_mail(house, email).await
}

/// rule 12 and 13: a role is in force from the next sign-in, never in one that was opened before it came.
#[both_engines]
async fn a_role_that_comes_into_force_ends_the_sign_ins_before_it(house: House) {
    let email = "taro@example.jp";
    let before = house.person(email, &[], Strength::Passkey, Span::ZERO).await;
    let account = before.account.expect("an account");
    // A passkey is there already, so that the invitation is in force as soon as it is accepted.
    house
        .write(async move |tx: &mut Tx<'_>, now| {
            let add = db::sql!("INSERT INTO passkeys (id, account, credential, passkey, name, added_at) VALUES ($1, $2, $3, $4, '', $5)");
            let id = now.uuid();
            let args: [db::Arg; 5] = [id.into(), account.into(), id.as_bytes().to_vec().into(), db::Arg::Json("{}".into()), now.into()];
            tx.run(add, &args).await?;
            Ok(())
        })
        .await;
    let link = house.invites(email, Role::Secretariat).await;
    assert_eq!(Outcome::of(&before.gets(&house, "/my").await), Outcome::Allowed);
    let mut browser = house.visitor("見本 太郎");
    let form = browser.get(&link).await.form(&link);
    browser.submit(&form).await.is(StatusCode::SEE_OTHER);
    assert_eq!(house.standing(email).await, Standing::Confirmed);
    assert_eq!(Outcome::of(&before.gets(&house, "/my").await), Outcome::SignIn);
}

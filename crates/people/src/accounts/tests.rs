//! Accounts through their pages, on both engines, with a passkey made of software.

mod device;
mod site;

use access::{Role, Standing, Strength, grant, memberships_of};
use both_engines::both_engines;
use journal::RenderError;
use kernel::{Lang, Span};

use self::device::Device;
use self::site::{ADDRESS, Answer, Site};
use super::{NotInvited, ensure, invite};

const PHRASE: &str = "雨の日は緑の傘で駅まで歩く猫と犬";

#[both_engines]
async fn known_and_unknown_addresses_get_the_same_answer_and_one_mail(site: Site) {
    site.knows("taro@example.jp").await;
    let mut visitor = site.visitor();
    let known = visitor.post("/sign-in", &[("email", "taro@example.jp")]).await;
    let unknown = visitor.post("/sign-in", &[("email", "jiro@example.jp")]).await;
    assert_eq!(known.status, 200);
    assert_eq!(unknown.status, 200);
    assert_eq!(known.body.replace("taro@", "jiro@"), unknown.body);
    assert_eq!(site.mails("accounts.sign_in_link").await.len(), 1);
}

#[both_engines]
async fn a_link_in_a_mail_signs_in_once_and_soon(site: Site) {
    site.knows("taro@example.jp").await;
    let mut visitor = site.visitor();
    visitor.post("/sign-in", &[("email", "taro@example.jp"), ("next", "/my/security")]).await;
    let link = site.last_link().await;
    assert_eq!(visitor.get(&link).await.status, 200, "a scanner opens it");
    assert_eq!(visitor.get(&link).await.status, 200, "and opens nothing");
    assert_eq!(visitor.get("/my/security").await.status, 303, "so nobody is signed in");
    assert_eq!(visitor.post(&link, &[]).await.location(), "/my/security");
    assert_eq!(visitor.get("/my/security").await.status, 200);
    assert_eq!(site.visitor().post(&link, &[]).await.status, 410, "it was used");

    visitor.post("/sign-in", &[("email", "taro@example.jp")]).await;
    let late = site.last_link().await;
    site.clock.advance(Span::minutes(15));
    assert_eq!(site.visitor().get(&late).await.status, 410);
    assert_eq!(site.visitor().post(&late, &[]).await.status, 410);
    assert_eq!(site.visitor().get("/sign-in/link/nonsense.x").await.status, 410);
}

#[both_engines]
async fn asking_again_and_again_fills_nobodys_mailbox(site: Site) {
    site.knows("taro@example.jp").await;
    for _ in 0..20 {
        let answer = site.visitor().post("/sign-in", &[("email", "taro@example.jp")]).await;
        assert_eq!(answer.status, 200);
    }
    assert_eq!(site.mails("accounts.sign_in_link").await.len(), 5);
}

#[both_engines]
async fn a_mailbox_alone_never_gives_a_role_its_first_passkey(site: Site) {
    let email = "staff@example.jp";
    site.write(async |tx, now| {
        let account = ensure(tx, &"staff@example.jp".parse().unwrap(), Lang::Ja, now).await?.id;
        grant(tx, account, Role::Secretariat, Standing::Confirmed, None, "system", now).await?;
        Ok(())
    })
    .await;
    let mut thief = site.visitor();
    thief.signs_in_by_mail(email).await;
    assert_eq!(site.sign_ins(email).await, [Strength::MailLink]);
    assert!(thief.get("/my/security").await.body.contains("招待のメールから"));
    assert_eq!(thief.post("/my/security/passkeys/question", &[]).await.status, 404);
    assert_eq!(thief.post("/my/security/passphrase", &[("passphrase", PHRASE)]).await.status, 404);
}

#[both_engines]
async fn an_invitation_is_in_force_once_the_passkey_is_there(site: Site) {
    let email = "desk@example.jp";
    let invitation = site.invites(email, Role::Secretariat).await;
    let mut visitor = site.visitor();
    assert!(visitor.get(&invitation).await.body.contains("事務局"));
    assert_eq!(visitor.post(&invitation, &[]).await.location(), "/my/security?done=invited");
    assert_eq!(site.standing(email).await, Standing::Accepted);

    let device = Device::new(1);
    assert_eq!(visitor.adds_passkey(&device).await.location(), "/my/security?done=passkey-added");
    assert_eq!(site.standing(email).await, Standing::Confirmed);
    assert_eq!(site.sign_ins(email).await, [Strength::Passkey], "the sign-in stands on the passkey from now on");
    assert_eq!(site.mails("accounts.changed").await.len(), 1);
    assert_eq!(visitor.get(&invitation).await.status, 410, "it is answered");
    assert!(matches!(site.try_to_invite(email, Role::Secretariat).await, Err(NotInvited::InForce)));

    assert_eq!(visitor.post("/sign-out", &[]).await.header("clear-site-data"), "\"cache\"");
    assert_eq!(visitor.get("/my/security").await.status, 303);
    assert_eq!(visitor.signs_in_by_passkey(&device).await.location(), "/staff");
    let page = visitor.get("/my/security").await.body;
    assert!(page.contains("data-passkey=\"make\""), "a passkey just shown is proof enough");
    site.clock.advance(Span::minutes(16));
    let page = visitor.get("/my/security").await.body;
    assert!(page.contains("/step-up?next=/my/security") && !page.contains("data-passkey=\"make\""), "{page}");
    let before = visitor.cookie("sid");
    assert_eq!(visitor.steps_up(&device).await.location(), "/my/security");
    assert_ne!(visitor.cookie("sid"), before, "a new secret at every step-up");
    assert!(visitor.get("/my/security").await.body.contains("data-passkey=\"make\""));
    let id = site.passkey(email).await;
    let kept = visitor.post(&format!("/my/security/passkeys/{id}/removal"), &[]).await;
    assert_eq!(kept.status, 422, "the role needs its last passkey");
}

#[both_engines]
async fn a_question_is_answered_once_and_by_its_own_account(site: Site) {
    let (mut taro, mut jiro) = (site.visitor(), site.visitor());
    let (taros, jiros) = (Device::new(1), Device::new(2));
    taro.signs_in_by_mail("taro@example.jp").await;
    taro.adds_passkey(&taros).await;
    jiro.signs_in_by_mail("jiro@example.jp").await;
    jiro.adds_passkey(&jiros).await;

    let question = taro.ask("/sign-in/passkey/question").await;
    let fields = question.answered_by(&taros, taro.owner(&site, "taro@example.jp").await);
    assert_eq!(site.visitor().post_pairs("/sign-in/passkey", &fields).await.status, 303);
    assert_eq!(site.visitor().post_pairs("/sign-in/passkey", &fields).await.status, 422, "the question was answered before");

    let question = taro.ask("/step-up/passkey/question").await;
    let fields = question.answered_by(&jiros, jiro.owner(&site, "jiro@example.jp").await);
    assert_eq!(taro.post_pairs("/step-up/passkey", &fields).await.status, 422, "somebody else's passkey");
    let question = taro.ask("/sign-in/passkey/question").await;
    let fields = question.answered_by(&taros, jiro.owner(&site, "jiro@example.jp").await);
    assert_eq!(site.visitor().post_pairs("/sign-in/passkey", &fields).await.status, 422, "it claims to be another's");
}

#[both_engines]
async fn a_change_ends_the_other_sign_ins_and_tells_the_owner(site: Site) {
    let (mut here, mut elsewhere) = (site.visitor(), site.visitor());
    here.signs_in_by_mail("taro@example.jp").await;
    elsewhere.signs_in_by_mail("taro@example.jp").await;
    assert_eq!(site.sign_ins("taro@example.jp").await.len(), 2);
    here.sets_passphrase(PHRASE).await;
    assert_eq!(elsewhere.get("/my/security").await.status, 303);
    assert_eq!(here.get("/my/security").await.status, 200);
    assert_eq!(site.mails("accounts.changed").await.len(), 1);
}

#[both_engines]
async fn a_passphrase_opens_and_a_wrong_one_says_as_little_as_an_unknown_address(site: Site) {
    let mut owner = site.visitor();
    owner.signs_in_by_mail("taro@example.jp").await;
    let weak = owner.post("/my/security/passphrase", &[("passphrase", "taro@example.jp2026")]).await;
    assert!(weak.status == 422 && weak.body.contains("関係のない言葉を足してください"), "{}", weak.body);
    owner.sets_passphrase(PHRASE).await;

    let try_it = async |login: &str, phrase: &str| {
        site.visitor().post("/sign-in/passphrase", &[("login", login), ("passphrase", phrase), ("next", "/my")]).await
    };
    assert_eq!(try_it("taro@example.jp", PHRASE).await.location(), "/my");
    let wrong = try_it("taro@example.jp", "緑の日は雨の傘で駅まで歩く猫と犬").await;
    let unknown = try_it("jiro@example.jp", PHRASE).await;
    assert_eq!((wrong.status, unknown.status), (422, 422));
    assert_eq!(wrong.body.replace("taro@", "jiro@"), unknown.body);
}

#[both_engines]
async fn strangers_who_guess_wait_and_never_shut_out_a_known_device(site: Site) {
    let mut owner = site.visitor();
    owner.signs_in_by_mail("taro@example.jp").await;
    owner.sets_passphrase(PHRASE).await;
    let mut answers = Vec::new();
    for _ in 0..8 {
        let fields = [("login", "taro@example.jp"), ("passphrase", "wrong")];
        answers.push(site.visitor().post("/sign-in/passphrase", &fields).await.body.contains("しばらく止めています"));
    }
    assert_eq!(answers, [false, false, false, false, false, true, true, true]);
    let fields = [("login", "taro@example.jp"), ("passphrase", PHRASE)];
    assert_eq!(site.visitor().post("/sign-in/passphrase", &fields).await.status, 422, "a stranger waits even with the right one");
    assert_eq!(owner.post("/sign-in/passphrase", &fields).await.status, 303, "the owner's browser does not");
}

#[both_engines]
async fn an_institution_may_use_a_passphrase_with_a_code(site: Site) {
    let email = "clerk@example.jp";
    let invitation = site.invites(email, Role::InstitutionAdmin).await;
    let mut visitor = site.visitor();
    visitor.post(&invitation, &[]).await;
    visitor.sets_passphrase(PHRASE).await;
    assert_eq!(site.standing(email).await, Standing::Accepted, "a passphrase alone is not enough");
    let secret = visitor.begins_codes().await;
    assert_eq!(visitor.post("/my/security/codes", &[("code", "000000")]).await.status, 422);
    let code = site::code_of(&secret, site.clock.now());
    assert_eq!(visitor.post("/my/security/codes", &[("code", &code)]).await.location(), "/my/security?done=codes-set");
    assert_eq!(site.standing(email).await, Standing::Confirmed);
    assert_eq!(site.sign_ins(email).await, [Strength::PassphraseAndCode]);

    visitor.look_at_security().await;
    let fields = |code| [("login", "clerk@example.jp"), ("passphrase", PHRASE), ("code", code)];
    assert_eq!(visitor.post("/sign-in/passphrase", &fields("")).await.status, 422);
    assert_eq!(visitor.post("/sign-in/passphrase", &fields(&code)).await.status, 422, "a code is right once");
    site.clock.advance(Span::seconds(30));
    let code = site::code_of(&secret, site.clock.now());
    assert_eq!(visitor.post("/sign-in/passphrase", &fields(&code)).await.status, 303);
    visitor.look_at_security().await;
    assert_eq!(site.sign_ins(email).await, [Strength::PassphraseAndCode], "the earlier one of this browser ended");
    assert_eq!(visitor.post("/my/security/codes/removal", &[]).await.status, 422, "the role needs it");
}

#[both_engines]
async fn a_recovery_replaces_the_passkey_that_was_lost_and_not_before_the_new_one_is_there(site: Site) {
    let email = "desk@example.jp";
    let invitation = site.invites(email, Role::Secretariat).await;
    let (lost, new) = (Device::new(1), Device::new(2));
    let mut owner = site.visitor();
    owner.post(&invitation, &[]).await;
    owner.adds_passkey(&lost).await;
    let link = site.recovers(email).await;

    let mut anew = site.visitor();
    assert_eq!(anew.post(&link, &[]).await.location(), "/recovery/renewal");
    assert_eq!(site.visitor().post(&link, &[]).await.status, 410, "it was used");
    assert_eq!(owner.get("/recovery/renewal").await.status, 404, "and is nobody else's");
    assert_eq!(owner.post("/recovery/renewal/question", &[]).await.status, 404);
    anew.look_at_security().await;
    assert_eq!(owner.get("/my/security").await.status, 200, "what was there before still stands");
    let refused = anew.post("/recovery/renewal/passkey", &[("ceremony", "x"), ("answer", "x")]).await;
    assert_eq!(refused.status, 422);
    assert_eq!(owner.get("/my/security").await.status, 200);

    assert_eq!(anew.renews_by(&new).await.location(), "/my/security?done=recovered");
    assert_eq!(owner.get("/my/security").await.status, 303, "every other sign-in has ended");
    assert_eq!(site.sign_ins(email).await, [Strength::Passkey]);
    assert_eq!(site.standing(email).await, Standing::Confirmed, "the role is as it was");
    assert_eq!(site.visitor().signs_in_by_passkey(&lost).await.status, 422, "the lost one opens nothing");
    assert_eq!(site.visitor().signs_in_by_passkey(&new).await.location(), "/staff");
    let mail = site.renders("accounts.changed").await.unwrap();
    assert!(mail.text.contains("新しい方法に替わりました"), "{}", mail.text);
    assert_eq!(anew.get("/recovery/renewal").await.status, 404, "once");
}

#[both_engines]
async fn nobody_is_sent_elsewhere_or_signed_in_from_elsewhere(site: Site) {
    let mut visitor = site.visitor();
    visitor.signs_in_by_mail("taro@example.jp").await;
    visitor.sets_passphrase(PHRASE).await;
    let fields = [("login", "taro@example.jp"), ("passphrase", PHRASE), ("next", "//evil.example")];
    assert_eq!(visitor.post("/sign-in/passphrase", &fields).await.location(), "/my");
    let foreign = visitor.post_from("https://evil.example", "/sign-in/passphrase", &fields).await;
    assert_eq!(foreign.status, 403);
    let bare = visitor.post_without_token("/my/security/sign-ins/others/end", &[]).await;
    assert_eq!(bare.status, 403, "a form without its token");
}

#[both_engines]
async fn one_sees_and_ends_ones_own_sign_ins_and_nobody_elses(site: Site) {
    let (mut taro, mut jiro) = (site.visitor(), site.visitor());
    taro.signs_in_by_mail("taro@example.jp").await;
    jiro.signs_in_by_mail("jiro@example.jp").await;
    let jiros = site.sign_in_ids("jiro@example.jp").await[0];
    assert_eq!(taro.post(&format!("/my/security/sign-ins/{jiros}/end"), &[]).await.status, 404);
    let mut again = site.visitor();
    again.signs_in_by_mail("taro@example.jp").await;
    let page: Answer = taro.get("/my/security").await;
    assert!(page.body.contains("Firefox / Linux") && page.body.contains("この端末"), "{}", page.body);
    assert_eq!(taro.post("/my/security/sign-ins/others/end", &[]).await.location(), "/my/security?done=others-ended");
    assert_eq!(again.get("/my/security").await.status, 303);
    assert_eq!(jiro.get("/my/security").await.status, 200);
}

#[both_engines]
async fn every_page_speaks_both_languages(site: Site) {
    let invitation = site.invites("desk@example.jp", Role::Secretariat).await;
    let mut visitor = site.visitor();
    visitor.signs_in_by_mail("taro@example.jp").await;
    visitor.sets_passphrase(PHRASE).await;
    visitor.begins_codes().await;
    visitor.adds_passkey(&Device::new(1)).await;
    visitor.post("/sign-in", &[("email", "taro@example.jp")]).await;
    let link = site.last_link().await;
    for path in ["/sign-in", "/step-up", "/my/security", "/my/security/codes", &link, &invitation, "/invitation/x"] {
        let (ja, en) = (visitor.get(path).await, visitor.get(&format!("/en{path}")).await);
        assert!(ja.status == en.status && [200, 410].contains(&ja.status), "{path}: {} {}", ja.status, en.status);
        assert!(ja.body.contains("lang=\"ja\"") && en.body.contains("lang=\"en\""), "{path}");
    }
    let said = visitor.get("/en/my/security?done=passkey-added").await.body;
    assert!(said.contains("Passkey added."), "{said}");
    for wrong in ["", "taro", "taro@example", "ta ro@@example.jp", "太郎@example.jp"] {
        assert_eq!(visitor.post("/sign-in", &[("email", wrong)]).await.status, 422, "{wrong}");
    }
}

#[both_engines]
async fn mails_carry_the_link_and_nothing_that_is_over(site: Site) {
    site.knows("taro@example.jp").await;
    site.visitor().post("/sign-in", &[("email", "taro@example.jp")]).await;
    let link = site.last_link().await;
    let mail = site.renders("accounts.sign_in_link").await.unwrap();
    assert_eq!(mail.to.address.as_str(), "taro@example.jp");
    assert!(mail.text.contains(&format!("{ADDRESS}{link}")) && mail.text.contains("9:15"), "{}", mail.text);
    site.visitor().post(&link, &[]).await;
    assert!(matches!(site.renders("accounts.sign_in_link").await, Err(RenderError::Gone(_))));

    let invitation = site.invites("desk@example.jp", Role::Secretariat).await;
    let mail = site.renders("accounts.invited").await.unwrap();
    assert!(mail.subject.contains("事務局") && mail.text.contains(&invitation), "{}", mail.text);
    let mut visitor = site.visitor();
    visitor.post(&invitation, &[]).await;
    visitor.adds_passkey(&Device::new(1)).await;
    assert!(matches!(site.renders("accounts.invited").await, Err(RenderError::Gone(_))));
    let mail = site.renders("accounts.changed").await.unwrap();
    assert!(mail.text.contains("パスキーが追加されました") && mail.text.contains("/my/security"), "{}", mail.text);
}

#[both_engines]
async fn what_is_over_is_forgotten(site: Site) {
    site.visitor().signs_in_by_mail("taro@example.jp").await;
    site.clock.advance(Span::days(2));
    site.write(async |tx, now| super::forget_old(tx, now).await.map(drop)).await;
    let left = site
        .db
        .read(async |tx| tx.one::<i64>(db::sql!("SELECT (SELECT COUNT(*) FROM sign_in_links) + (SELECT COUNT(*) FROM tries)"), &[]).await);
    assert_eq!(left.await.unwrap(), 0);
    let standing = site.db.read(async |tx| {
        let account = super::by_email(tx, &"taro@example.jp".parse().unwrap()).await?.unwrap();
        memberships_of(tx, account.id).await
    });
    assert!(standing.await.unwrap().is_empty(), "the account stays");
}

/// How many sign-ins, browsers and invitations are known.
async fn known(site: &Site) -> (i64, i64, i64) {
    let count = db::sql!("SELECT (SELECT COUNT(*) FROM sign_ins), (SELECT COUNT(*) FROM devices), (SELECT COUNT(*) FROM invitations)");
    site.db.read(async move |tx| tx.one(count, &[]).await).await.unwrap()
}

/// Lets days pass, and forgets what is over then.
async fn passes(site: &Site, days: i64) {
    site.clock.advance(Span::days(days));
    site.write(async |tx, now| {
        super::forget_sign_ins(tx, now).await?;
        super::forget_browsers(tx, now).await?;
        super::forget_invitations(tx, now).await.map(drop)
    })
    .await;
}

#[both_engines]
async fn sign_ins_browsers_and_invitations_are_forgotten_a_while_after_their_end(site: Site) {
    // One that nobody answers, one that is answered and whose role waits for the passkey, one that is in force.
    site.invites("nobody@example.jp", Role::Secretariat).await;
    let waiting = site.invites("waiting@example.jp", Role::Secretariat).await;
    site.visitor().post(&waiting, &[]).await;
    let invitation = site.invites("desk@example.jp", Role::Secretariat).await;
    let mut visitor = site.visitor();
    visitor.post(&invitation, &[]).await;
    visitor.adds_passkey(&Device::new(1)).await;
    visitor.post("/sign-out", &[]).await;
    let before = known(&site).await;
    assert_eq!((before.1, before.2), (2, 3));

    passes(&site, 89).await;
    assert_eq!(known(&site).await, before, "90 days after the end, and not earlier");
    passes(&site, 2).await;
    assert_eq!(known(&site).await.0, 1, "those that were ended at once; the last has ended thirty days later");
    passes(&site, 7).await;
    assert_eq!(known(&site).await.2, 1, "what was accepted waits for its passkey");
    passes(&site, 30).await;
    assert_eq!(known(&site).await, (0, 2, 1));
    passes(&site, 365 - 129).await;
    assert_eq!(known(&site).await, (0, 2, 1), "a browser is known for a year");
    passes(&site, 2).await;
    assert_eq!(known(&site).await, (0, 0, 1));
    assert_eq!(site.standing("waiting@example.jp").await, Standing::Accepted, "no account and no role is touched");
    assert_eq!(site.standing("desk@example.jp").await, Standing::Confirmed);

    let mut taro = site.visitor();
    taro.signs_in_by_mail("taro@example.jp").await;
    passes(&site, 0).await;
    assert_eq!(taro.get("/my/security").await.status, 200, "whoever is signed in stays so");
}

impl Site {
    async fn try_to_invite(&self, email: &str, role: Role) -> Result<super::Invited, NotInvited> {
        let email = email.parse().unwrap();
        let invited =
            self.db.write(db::Lane::Staff, None, async move |tx, now| invite(tx, &email, role, None, Lang::Ja, "system", now).await);
        invited.await.unwrap()
    }
}

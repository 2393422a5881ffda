//! One thing of each kind, and the address of each route about it.

use access::{Role, SignInId, Standing, Strength};
use db::{Arg, Tx, sql};
use http::Method;
use kernel::{Lang, Span, Timestamp, Uuid};
use school::archive;
use school::certificates::{Attended, Way, issue};
use school::trainings::store;
use web::Route;

use super::House;
use super::people::Asker;
use crate::site::{Outcome, session_path};

/// The mail address of the one whose things these are.
pub const OWNER: &str = "taro@example.jp";

/// The code of a screen before which people sit.
const VIEWING: &str = "SCREEN2";
/// The session whose recording is open.
const OPEN_RECORDING: &str = "R5/executive/1";

/// One thing of each kind.
#[derive(Clone, Debug)]
pub struct Things {
    pub session: Uuid,
    pub application: Uuid,
    pub application_link: String,
    pub passkey: Uuid,
    pub sign_in: Uuid,
    pub mail: Uuid,
    pub notice: Uuid,
    pub question: Uuid,
    pub page: Uuid,
    pub inquiry: Uuid,
    pub receipt: String,
    pub telling: String,
    /// The link to the mails of a person who is gone.
    pub mails: String,
    /// Somebody with a role, and the role.
    pub account: Uuid,
    pub role: Uuid,
    /// A role for which a second operator is asked.
    pub request: Uuid,
    pub token: Uuid,
    /// A participant file, one of its participants, and what somebody wrote about their attendance.
    pub import: Uuid,
    pub attendee: Uuid,
    pub objection: Uuid,
    pub certificate: Uuid,
    /// The code on it.
    pub code: String,
    pub organization: Uuid,
    /// The report of a month.
    pub report: Uuid,
    /// Somebody of the secretariat who is on the way back.
    pub recovery: Uuid,
    /// What goes with a session whose recording is open, and its file.
    pub material: Uuid,
    pub material_file: Uuid,
    /// A change of a course that is planned.
    pub plan: Uuid,
}

impl House {
    /// Makes one thing of each kind; what can be somebody's own is that of [`OWNER`].
    pub async fn things(&self) -> Things {
        let mut taro = self.visitor("見本 太郎");
        assert_eq!(taro.applies_for("R8/executive/3").await, Outcome::Applied);
        let application_link = self.mailed_link("/a/").await;
        let application: Uuid = taro.application.rsplit('/').next().expect("an id").parse().expect("an id");
        let path = session_path("R8/executive/3");
        let session = self.read(async move |tx: &mut Tx<'_>| store::session_at(tx, path.year, path.audience, path.number).await).await;
        let mail = self.read(async move |tx: &mut Tx<'_>| journal::outbox::about(tx, application).await).await[0].id;
        let owner = self.learner(OWNER).await.account.expect("an account");
        let passkey = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);
        let sign_in: SignInId = self
            .write(async move |tx: &mut Tx<'_>, now: Timestamp| {
                let add = sql!("INSERT INTO passkeys (id, account, credential, passkey, name, added_at) VALUES ($1, $2, $3, $4, $5, $6)");
                let (id, credential) = (passkey, passkey.as_bytes().to_vec());
                let args: [Arg; 6] = [id.into(), owner.into(), credential.into(), Arg::Json("{}".into()), "見本の鍵".into(), now.into()];
                tx.run(add, &args).await?;
                let secret = web::Keys::random();
                let new = access::NewSignIn { account: owner, strength: Strength::MailLink, secret: &secret, device: "", network: "" };
                access::open(tx, &new, now).await
            })
            .await;
        let at = session.as_ref().expect("a session").id.uuid();
        self.write(async move |tx: &mut Tx<'_>, now: Timestamp| {
            let add = sql!("INSERT INTO viewings (id, session, host, code, opened_at) VALUES ($1, $2, $3, $4, $5)");
            tx.run(add, &[now.uuid().into(), at.into(), application.into(), VIEWING.into(), now.into()]).await
        })
        .await;
        let inquiry = self.inquiry().await;
        let (certificate, code, organization) = self.certificate(application).await;
        let (account, role, request, token) = self.roles_and_tokens().await;
        let (recovery, report) = (self.recovery().await, self.report().await);
        let (material, material_file) = self.recording().await;
        let secretariat = self.staff(Role::Secretariat).await;
        let (import, attendee, objection) = self.attendance(session.as_ref().expect("a session").id.uuid(), application).await;
        Things {
            session: session.expect("a session").id.uuid(),
            application,
            application_link,
            passkey,
            sign_in: sign_in.uuid(),
            mail: mail.uuid(),
            notice: self.first_text(&secretariat, "/staff/notices").await,
            question: self.first_text(&secretariat, "/staff/faq").await,
            page: self.first_text(&secretariat, "/staff/pages").await,
            inquiry,
            receipt: format!("/contact/receipts/{}", self.portal.keys.sign("inquiry-receipt", &inquiry.to_string())),
            account,
            role,
            request,
            token,
            import,
            attendee,
            objection,
            certificate,
            code,
            organization,
            report,
            recovery,
            material,
            material_file,
            plan: self.plan().await,
            mails: format!("/mails/{}", self.portal.keys.sign("mails", &Uuid::from_u128(1).to_string())),
            telling: format!("/tell-me/end/{}", self.portal.keys.sign("tell-me-end", &Uuid::from_u128(1).to_string())),
        }
    }

    /// A recording of R5 that everybody may watch, with a material: their ids.
    async fn recording(&self) -> (Uuid, Uuid) {
        let kept = self.portal.objects.keep_bytes(objects::Bytes::from_static(b"%PDF-1.7")).await.expect("it can be kept");
        self.write(async move |tx: &mut Tx<'_>, now: Timestamp| {
            let path = session_path(OPEN_RECORDING);
            let session = store::session_at(tx, path.year, path.audience, path.number).await?.expect("a session");
            let programme = store::programme(tx, path.year).await?.expect("a programme");
            archive::store::set_opening(tx, programme.id, Some(now.minus(Span::days(1))), None).await?;
            let film = archive::recording::Film { hash: kept.hash, bytes: 8, kind: objects::Kind::Mp4, seconds: 60 };
            archive::take::take(tx, session.id, &film, "test", now).await?;
            let captions = archive::captions::Captions::parse("WEBVTT\n\n00:01.000 --> 00:02.000\n見本\n").expect("captions");
            archive::caption::caption(tx, session.id, &archive::caption::Below::Captions(captions), "test", now).await?;
            archive::publish::publish(tx, session.id, "test", now).await?.expect("it can be published");
            let new = archive::materials::NewMaterial {
                course: session.course,
                session: Some(session.id),
                title: "見本の資料".into(),
                moment: archive::material::Moment::Before,
            };
            let sent = archive::materials::Sent { name: "見本.pdf".into(), kind: objects::Kind::Pdf, kept };
            let material = archive::materials::add(tx, &new, &sent, "test", now).await?;
            let file = archive::store::files_of(tx, material).await?[0].id;
            Ok((material.uuid(), file.uuid()))
        })
        .await
    }

    /// A plan, as somebody else would have begun it.
    async fn plan(&self) -> Uuid {
        let writer =
            self.person("writer@example.jp", &[(Role::Secretariat, Standing::Confirmed, None)], Strength::Passkey, Span::ZERO).await;
        let begun = writer.asks(self, &Method::POST, "/staff/plans", "kind=course&year=R8&course=executive").await;
        let id = begun.location().split('/').nth(3).unwrap_or_default();
        id.parse().unwrap_or_else(|_| panic!("{} is no plan", begun.location()))
    }

    async fn report(&self) -> Uuid {
        self.write(async move |tx: &mut Tx<'_>, now: Timestamp| {
            let add = sql!(
                "INSERT INTO reports (id, month, edition, number, sheets, bytes, sha256, issued_at, issued_by)
                 VALUES ($1, '2026-10', 1, 'R8-M10', '[]', $2, $3, $4, 'test')"
            );
            let id = now.uuid();
            tx.run(add, &[id.into(), vec![0_u8].into(), [0_u8; 32].into(), now.into()]).await?;
            Ok(id)
        })
        .await
    }

    async fn inquiry(&self) -> Uuid {
        self.write(async move |tx: &mut Tx<'_>, now| {
            let new = gazette::inquiries::NewInquiry {
                about: gazette::inquiries::About::ALL[0],
                name: "見本 花子".into(),
                email: "hanako@example.jp".parse().expect("an address"),
                institution: String::new(),
                body: "見本の問い合わせ".into(),
                lang: Lang::Ja,
            };
            Ok(gazette::inquiries::inquire(tx, &new, None, now).await?.id)
        })
        .await
        .uuid()
    }

    /// The certificate of an application, its code, and an institution.
    async fn certificate(&self, application: Uuid) -> (Uuid, String, Uuid) {
        let certificate = self
            .write(async move |tx: &mut Tx<'_>, now: Timestamp| {
                let attended = Attended { way: Way::Hand, day: now.day(), keyword: false, check: None };
                Ok(issue(tx, application.into(), &attended, "test", now).await?.map(|issued| issued.id.uuid()).ok())
            })
            .await
            .expect("the application has a seat");
        self.write(async move |tx: &mut Tx<'_>, now: Timestamp| {
            let add = sql!(
                "INSERT INTO certificate_files (certificate, address, sha256, size, bytes, made_at)
                 VALUES ($1, 'mist.example.jp/verify/…', $2, 1, $3, $4)"
            );
            tx.run(add, &[certificate.into(), [0_u8; 32].into(), vec![0_u8].into(), now.into()]).await
        })
        .await;
        let code: String = self
            .read(async move |tx: &mut Tx<'_>| tx.one(sql!("SELECT code FROM certificates WHERE id = $1"), &[certificate.into()]).await)
            .await;
        let organization = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0003);
        self.write(async move |tx: &mut Tx<'_>, now: Timestamp| {
            let add = sql!(
                "INSERT INTO organizations (id, code, name, kana, kind, prefecture, postcode, address, sample, known_since)
                 VALUES ($1, '0000000001', '見本内科クリニック', '', 'clinic', '13', '', '', $2, $3)"
            );
            tx.run(add, &[organization.into(), true.into(), now.into()]).await
        })
        .await;
        (certificate, code, organization)
    }

    /// Somebody of the secretariat asks for a new way to sign in.
    async fn recovery(&self) -> Uuid {
        let given = [(Role::Secretariat, Standing::Confirmed, None)];
        let lost = self.person("lost@example.jp", &given, Strength::MailLink, Span::ZERO).await.account.expect("an account");
        let ask = async move |tx: &mut Tx<'_>, now| people::accounts::recovery::ask_for_demo(tx, lost, now).await;
        self.write(ask).await.expect("it is the first").uuid()
    }

    /// An auditor and that role, a request for another such role, and a token.
    async fn roles_and_tokens(&self) -> (Uuid, Uuid, Uuid, Uuid) {
        let auditor = self
            .person("auditor-to-look-at@example.jp", &[(Role::Auditor, Standing::Confirmed, None)], Strength::Passkey, Span::ZERO)
            .await;
        let account = auditor.account.expect("an account").uuid();
        let role: Uuid = self
            .read(async move |tx: &mut Tx<'_>| tx.one(sql!("SELECT id FROM memberships WHERE account = $1"), &[account.into()]).await)
            .await;
        let request = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0002);
        let token = self
            .write(async move |tx: &mut Tx<'_>, now: Timestamp| {
                let for_whom = people::accounts::ensure(tx, &"goro@example.jp".parse().expect("an address"), Lang::Ja, now).await?.id;
                let ask = sql!(
                    "INSERT INTO role_requests (id, account, role, exception, lang, asked_by, asked_at)
                     VALUES ($1, $2, 'auditor', '', 'ja', $3, $4)"
                );
                tx.run(ask, &[request.into(), for_whom.into(), account.into(), now.into()]).await?;
                access::issue(tx, "見本", "applications:read", &web::Keys::random(), None, "test", now).await
            })
            .await;
        (account, role, request, token.uuid())
    }

    async fn attendance(&self, session: Uuid, application: Uuid) -> (Uuid, Uuid, Uuid) {
        let id = |number: u128| Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0010 + number);
        let (import, attendee, objection) = (id(1), id(2), id(3));
        self.write(async move |tx: &mut Tx<'_>, now: Timestamp| {
            let file = sql!(
                "INSERT INTO attendance_imports (id, session, name, tool, zone, has_times, digest, rows, wrong, imported_at, imported_by)
                 VALUES ($1, $2, 'list.csv', 'zoom', 'Asia/Tokyo', $3, $4, 1, 0, $5, 'system')"
            );
            tx.run(file, &[import.into(), session.into(), true.into(), [7_u8; 32].into(), now.into()]).await?;
            let participant = sql!(
                "INSERT INTO attendees (id, import, session, place, name, email, search, how) VALUES ($1, $2, $3, 2, 'iPad', '', 'ipad', '')"
            );
            tx.run(participant, &[attendee.into(), import.into(), session.into()]).await?;
            let written = sql!(
                "INSERT INTO attendance_objections (id, application, session, body, lang, received_at) VALUES ($1, $2, $3, '見本', 'ja', $4)"
            );
            tx.run(written, &[objection.into(), application.into(), session.into(), now.into()]).await?;
            Ok(())
        })
        .await;
        (import, attendee, objection)
    }

    async fn first_text(&self, who: &Asker, list: &str) -> Uuid {
        let page = who.gets(self, list).await;
        let links = page.attributes("main a", "href");
        let mut ids = links.iter().filter_map(|link| link.strip_prefix(&format!("{list}/"))?.parse().ok());
        ids.next_back().unwrap_or_else(|| panic!("{list} shows no text: {links:?}"))
    }
}

impl Things {
    /// A concrete address for a route, and the fields by which its form is looked at but changes as little as can be. `None`: the
    /// route is new, and has to be entered here.
    pub fn address(&self, route: &Route) -> Option<(String, &'static str)> {
        let fields = match (&route.method, route.path.as_str()) {
            (&Method::POST, "/staff/plans/{id}/additions") => "what=session&course=executive",
            _ => "",
        };
        if !route.path.contains('{') {
            return Some((route.path.clone(), fields));
        }
        let id = |uuid: Uuid| uuid.to_string();
        if route.path.contains("/mails/{rule}") {
            let path = route.path.replace("{id}", &id(self.session)).replace("{rule}", "week").replace("{year}", "R8");
            // Taken back where nothing was set.
            return Some((path.replace("{course}", "executive"), if route.method == Method::POST { "do=reset" } else { "" }));
        }
        if route.path.contains("/imports/{list}") {
            // Whoever asks here has sent none.
            let path = route.path.replace("{id}", &id(self.session)).replace("{list}", &id(self.token));
            return Some((path, fields));
        }
        if let Some((named, value)) = [("{file}", self.token), ("{import}", self.import), ("{attendee}", self.attendee)]
            .into_iter()
            .find(|(named, _)| route.path.contains(named) && route.path.starts_with("/staff/"))
        {
            let path = route.path.replace("{id}", &id(self.session)).replace(named, &id(value));
            let fields = if named == "{attendee}" && route.method == Method::POST { "do=open" } else { fields };
            return Some((path, fields));
        }
        if route.path.contains("{table}") {
            let path = route.path.replace("{id}", &id(self.session)).replace("{year}", "R8").replace("{table}", "kinds.csv");
            return Some((path, fields));
        }
        if route.path.starts_with("/staff/attendance/objections/") {
            return Some((route.path.replace("{id}", &id(self.objection)), fields));
        }
        if route.path.contains("{account}") {
            let path = route.path.replace("{account}", &id(self.account)).replace("{id}", &id(self.role));
            return Some(match (&route.method, path.contains("/roles/")) {
                (_, false) => (path, fields),
                (&Method::POST, true) => (path, "do=suspend"),
                (_, true) => (format!("{path}?do=suspend"), fields),
            });
        }
        let (named, value) = match route.path.as_str() {
            "/a/{token}" => return Some((self.application_link.clone(), fields)),
            "/contact/receipts/{token}" => return Some((self.receipt.clone(), fields)),
            "/mails/{token}" => return Some((self.mails.clone(), fields)),
            "/mails/{token}/end/{rules}" => return Some((format!("{}/end/week.after", self.mails), fields)),
            "/tell-me/end/{token}" => return Some((self.telling.clone(), fields)),
            // Whoever has the link is let in by it, which would end the sign-in that asks: a used one does nothing.
            "/certificates/{file}" => ("{file}", format!("{}.pdf", self.certificate)),
            path if path.starts_with("/verify/{code}") => ("{code}", self.code.clone()),
            "/badges/status/{list}" => return Some(("/badges/status/0".to_owned(), fields)),
            path if path.starts_with("/staff/certificates/{id}") => ("{id}", id(self.certificate)),
            path if path.starts_with("/institutions/{id}") => ("{id}", id(self.organization)),
            path if path.starts_with("/staff/organizations/{id}") => ("{id}", id(self.organization)),
            "/sign-in/link/{token}" | "/invitation/{token}" | "/recovery/link/{token}" | "/recovery/cancel/{token}" => {
                ("{token}", "used.x".to_owned())
            }
            "/notices/{slug}" => ("{slug}", "2023-0810-2".to_owned()),
            "/calendar/{audience}" => ("{audience}", "executive.ics".to_owned()),
            "/tell-me/{audience}" => ("{audience}", "executive".to_owned()),
            "/staff/settings/{group}" => ("{group}", "names".to_owned()),
            "/demo/sign-in/{role}" => ("{role}", "secretariat".to_owned()),
            "/together/{code}" => ("{code}", VIEWING.to_owned()),
            "/demo/mail/{number}" => ("{number}", "1".to_owned()),
            "/demo/mail/{number}/{attachment}" => return Some(("/demo/mail/1/0".to_owned(), fields)),
            path if path.starts_with("/archive/") => {
                let mut parts = OPEN_RECORDING.split('/');
                let mut next = || parts.next().expect("a part");
                let path =
                    path.replace("{year}", next()).replace("{course}", next()).replace("{session}", next()).replace("{file}", "film.m3u8");
                return Some((path, fields));
            }
            "/archive-notices/end/{token}" => ("{token}", "old.x".to_owned()),
            path if path.starts_with("/materials/") => ("{id}", id(self.material)),
            path if path.starts_with("/staff/material-files/") => ("{id}", id(self.material_file)),
            path if path.contains("{year}") => {
                let path = path.replace("{year}", "R8").replace("{course}", "executive").replace("{session}", "3");
                return (!path.contains('{')).then_some((path, fields));
            }
            "/staff/sessions/{id}/selection" | "/staff/sessions/{id}/selection/done" => {
                let path = route.path.replace("{id}", &id(self.session));
                return Some((format!("{path}?do=move&id={}", self.application), fields));
            }
            path if path.starts_with("/applications/{id}") || path == "/staff/applicants/{id}" => ("{id}", id(self.application)),
            path if path.starts_with("/staff/sessions/{id}") => ("{id}", id(self.session)),
            path if path.starts_with("/staff/people/recoveries/{id}") || path.starts_with("/recoveries/{id}") => {
                ("{id}", id(self.recovery))
            }
            path if path.starts_with("/staff/people/requests/{id}") => ("{id}", id(self.request)),
            path if path.starts_with("/staff/plans/{id}") => {
                return Some((route.path.replace("{id}", &id(self.plan)).replace("{draft}", "0"), fields));
            }
            path if path.starts_with("/staff/reports/{id}") => ("{id}", id(self.report)),
            path if path.starts_with("/staff/tokens/{id}") => ("{id}", id(self.token)),
            "/demo/mail/{number}/source" => ("{number}", "1".to_owned()),
            path if path.starts_with("/staff/operation/") => ("{id}", id(self.mail)),
            path if path.starts_with("/staff/notices/{id}") => ("{id}", id(self.notice)),
            path if path.starts_with("/staff/faq/{id}") => ("{id}", id(self.question)),
            path if path.starts_with("/staff/pages/{id}") => ("{id}", id(self.page)),
            path if path.starts_with("/staff/inquiries/{id}") => ("{id}", id(self.inquiry)),
            path if path.starts_with("/my/security/passkeys/{id}") => ("{id}", id(self.passkey)),
            "/my/security/sign-ins/{id}/end" => ("{id}", id(self.sign_in)),
            _ => return None,
        };
        let path = route.path.replace(named, &value);
        (!path.contains('{')).then_some((path, fields))
    }

    /// The address of the same route about something that does not exist, of the same length.
    pub fn missing(&self, route: &Route) -> Option<(String, String, String)> {
        let (path, _) = self.address(route)?;
        let here = match route.path.as_str() {
            "/a/{token}" => self.application_link.rsplit('/').next()?.to_owned(),
            "/contact/receipts/{token}" | "/tell-me/end/{token}" | "/sign-in/link/{token}" | "/invitation/{token}" => return None,
            pattern
                if ["{list}", "{account}", "{file}", "{import}", "{attendee}"].iter().any(|named| pattern.contains(named))
                    || pattern.starts_with("/recovery/") =>
            {
                return None;
            }
            pattern if pattern.contains("{id}") => {
                let start = pattern.find("{id}")?;
                path.get(start..start + 36)?.to_owned()
            }
            _ => return None,
        };
        let nothing = if route.path == "/a/{token}" {
            web::Keys::new([9; 32]).application_token(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_dead), 1)
        } else {
            Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_dead).to_string()
        };
        Some((path.replacen(&here, &nothing, 1), here, nothing))
    }
}

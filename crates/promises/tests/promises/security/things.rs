//! One thing of each kind, and the address of each route about it.

use access::{Role, SignInId, Strength};
use db::{Arg, Tx, sql};
use http::Method;
use kernel::{Timestamp, Uuid};
use school::trainings::store;
use web::Route;

use super::House;
use crate::site::{Outcome, session_path};

/// The mail address of the one whose things these are.
pub const OWNER: &str = "taro@example.jp";

/// The code of a screen before which people sit.
const VIEWING: &str = "SCREEN2";
/// The session whose recording is open.
pub(super) const OPEN_RECORDING: &str = "R5/executive/1";

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
    /// The number of a case at the first-response desk.
    pub case: String,
    /// A test of a course that somebody has begun.
    pub test: Uuid,
    /// A version of that course that is being written.
    pub version: Uuid,
    /// Slides that are looked at before they go into it, and the file of a picture that stands there, in the version, and in a course.
    pub upload: Uuid,
    pub picture: String,
    /// What is assigned to somebody of the institution, and who that is.
    pub assignment: Uuid,
    pub staff: Uuid,
    /// A request to take a long list out of the portal.
    pub export: Uuid,
    /// A course that was given out to the institution, a file that came back, and whose result in it was recorded.
    pub kit: Uuid,
    pub kit_file: Uuid,
    pub kit_sitting: Uuid,
    /// A program that speaks to the record store, and a statement of it.
    pub record_client: Uuid,
    pub statement: Uuid,
    /// A package that learners see, and one that they do not see yet.
    pub open_package: Uuid,
    pub package: Uuid,
    /// One that may be deleted.
    pub doomed_package: Uuid,
    /// Somebody who learns from the one that is not shown.
    pub registration: Uuid,
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
        let (assignment, staff) = self.assignment(organization).await;
        let (kit, kit_file, kit_sitting) = self.kit(organization).await;
        let (account, role, request, token) = self.roles_and_tokens().await;
        let (record_client, statement) = self.record().await;
        let (recovery, report) = (self.recovery().await, self.report().await);
        let (material, material_file) = self.recording().await;
        let (version, upload, picture) = self.version().await;
        let secretariat = self.staff(Role::Secretariat).await;
        let package = self.package(false).await;
        let (import, attendee, objection) = self.attendance(session.as_ref().expect("a session").id.uuid(), application).await;
        let session = session.expect("a session").id;
        Things {
            record_client,
            statement,
            session: session.uuid(),
            export: self.export_request(session).await,
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
            case: self.incident().await,
            test: self.test(owner).await,
            version,
            upload,
            picture,
            assignment,
            staff,
            kit,
            kit_file,
            kit_sitting,
            open_package: self.package(true).await,
            registration: self.registration(package).await,
            package,
            doomed_package: self.package(false).await,
            mails: format!("/mails/{}", self.portal.keys.sign("mails", &Uuid::from_u128(1).to_string())),
            telling: format!("/tell-me/end/{}", self.portal.keys.sign("tell-me-end", &Uuid::from_u128(1).to_string())),
        }
    }
}

impl Things {
    /// The same, for what is brought in and taken along.
    fn files(&self, route: &Route, fields: &'static str) -> Option<(String, &'static str)> {
        let id = |uuid: Uuid| uuid.to_string();
        if route.path.starts_with("/staff/exports/{id}") {
            return Some((route.path.replace("{id}", &id(self.export)), fields));
        }
        if route.path.contains("/imports/{list}") {
            // Whoever asks here has sent none.
            let path = route.path.replace("{id}", &id(self.session)).replace("{list}", &id(self.token));
            return Some((path, fields));
        }
        if let Some((named, value)) = [("{file}", self.token), ("{import}", self.import), ("{attendee}", self.attendee)]
            .into_iter()
            .find(|(named, _)| route.path.contains(named) && route.path.starts_with("/staff/") && !route.path.contains("/kits/"))
        {
            let path = route.path.replace("{id}", &id(self.session)).replace(named, &id(value));
            let fields = if named == "{attendee}" && route.method == Method::POST { "do=open" } else { fields };
            return Some((path, fields));
        }
        if route.path.contains("{table}") {
            let path = route.path.replace("{id}", &id(self.session)).replace("{year}", "R8").replace("{table}", "kinds.csv");
            return Some((path, fields));
        }
        None
    }

    /// An address of the first-response desk.
    fn desk(&self, path: &str) -> Option<String> {
        if !path.starts_with("/desk") && !path.starts_with("/incident/") {
            return None;
        }
        let known = [
            ("{number}", self.case.as_str()),
            ("{question}", "seen"),
            ("{sheet}", "office-pc"),
            ("{receiver}", "ministry"),
            ("{paper}", "ministry"),
            ("{fact}", "institution"),
        ];
        let path = known.iter().fold(path.to_owned(), |path, (named, value)| path.replace(named, value));
        // Parts that no case has.
        let absent = ["{task}", "{clock}", "{piece}", "{indicator}", "{consent}", "{support}", "{person}", "{item}", "{file}", "{id}"];
        let path = absent.iter().fold(path, |path, named| path.replace(named, &self.token.to_string()));
        (!path.contains('{')).then_some(path)
    }

    /// An address of course packages.
    fn packages(&self, path: &str) -> Option<String> {
        let is_of_packages = path.contains("/packages/") || path.starts_with("/xapi/sessions/");
        // What the secretariat shows and takes back again is not what learners look at.
        let package = match path {
            _ if path.starts_with("/my/") => self.open_package,
            _ if path.ends_with("/deletion") => self.doomed_package,
            _ => self.package,
        };
        let known = [
            ("{package}", package.to_string()),
            ("{unit}", "0".to_owned()),
            ("{registration}", self.registration.to_string()),
            ("{session}", self.token.to_string()),
            ("{secret}", "used".to_owned()),
        ];
        is_of_packages.then(|| known.iter().fold(path.to_owned(), |path, (named, value)| path.replace(named, value)))
    }

    /// An address of e-learning.
    fn learning(&self, path: &str) -> Option<String> {
        if !path.contains("/courses/{course}") {
            return None;
        }
        let upload = self.upload.to_string();
        let known = [
            ("{course}", if path == "/courses/{course}/figures/{file}" { "pictured" } else { "beginner" }),
            ("{unit}", "habits"),
            ("{slide}", "body-habits"),
            ("{place}", "1"),
            ("{question}", "habits-01"),
            ("{scene}", "mail-invoice"),
            ("{upload}", &upload),
            ("{file}", &self.picture),
        ];
        let path = known.iter().fold(path.to_owned(), |path, (named, value)| path.replace(named, value));
        Some(path.replace("{test}", &self.test.to_string()).replace("{id}", &self.version.to_string()))
    }

    /// What the pages of a room are about, where all of them are about the same.
    fn of_a_room(&self, path: &str) -> Option<Uuid> {
        let rooms = [
            ("/staff/reports/{id}", self.report),
            ("/staff/tokens/{id}", self.token),
            ("/staff/records/clients/{id}", self.record_client),
            ("/staff/notices/{id}", self.notice),
            ("/staff/faq/{id}", self.question),
            ("/staff/pages/{id}", self.page),
            ("/staff/inquiries/{id}", self.inquiry),
            ("/my/security/passkeys/{id}", self.passkey),
            ("/staff/records/statements/{id}", self.statement),
        ];
        rooms.into_iter().find(|(room, _)| path.starts_with(room)).map(|(_, thing)| thing)
    }

    /// A concrete address for a route, and the fields by which its form is looked at but changes as little as can be. `None`: the
    /// route is new, and has to be entered here.
    pub fn address(&self, route: &Route) -> Option<(String, &'static str)> {
        let fields = match (&route.method, route.path.as_str()) {
            (&Method::POST, "/staff/plans/{id}/additions") => "what=session&course=executive",
            (&Method::POST, "/courses/{course}/kit") => "paper=roster",
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
        if let Some(path) = self.learning(&route.path).or_else(|| self.desk(&route.path)).or_else(|| self.packages(&route.path)) {
            return Some((path, fields));
        }
        if let Some(found) = self.files(route, fields) {
            return Some(found);
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
            path if path.contains("/{id}/learning") => {
                // Nobody who asks here has this one among their own: nobody has it at all.
                let of = if path.starts_with("/institutions/") { self.session } else { self.organization };
                let path = path.replace("{id}", &id(of)).replace("{assignment}", &id(self.assignment));
                let path = path.replace("{kit}", &id(self.kit)).replace("{file}", &id(self.kit_file));
                let path = path.replace("{sitting}", &id(self.kit_sitting));
                return Some((path.replace("{person}", &id(self.staff)), fields));
            }
            // The same.
            path if path.starts_with("/institutions/{id}") => ("{id}", id(self.session)),
            path if path.starts_with("/staff/organizations/{id}") => ("{id}", id(self.organization)),
            "/sign-in/link/{token}" | "/invitation/{token}" | "/recovery/link/{token}" | "/recovery/cancel/{token}" => {
                ("{token}", "used.x".to_owned())
            }
            "/notices/{slug}" => ("{slug}", "2023-0810-2".to_owned()),
            "/calendar/{audience}" => ("{audience}", "executive.ics".to_owned()),
            "/tell-me/{audience}" => ("{audience}", "executive".to_owned()),
            "/staff/settings/{group}" => ("{group}", "names".to_owned()),
            "/demo/sign-in/{part}" => ("{part}", "secretariat".to_owned()),
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
            "/demo/mail/{number}/source" => ("{number}", "1".to_owned()),
            path if path.starts_with("/staff/operation/") => ("{id}", id(self.mail)),
            "/my/security/sign-ins/{id}/end" => ("{id}", id(self.sign_in)),
            path => ("{id}", id(self.of_a_room(path)?)),
        };
        let path = route.path.replace(named, &value);
        (!path.contains('{')).then_some((path, fields))
    }
}

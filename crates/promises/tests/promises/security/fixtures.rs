//! What has to be there so that every route has something to show: one of each, made as people make it.

use access::{Role, Standing, Strength};
use db::{Tx, sql};
use http::Method;
use kernel::{Lang, Span, Timestamp, Uuid};
use learning::assignments::{NewAssignment, NewStaff, Target};
use learning::authoring;
use learning::authoring::deck::{self, Taking, UploadId};
use learning::authoring::rule::Place;
use learning::authoring::version::{Effect, VersionId};
use learning::in_house::Sitting;
use records::clients::NewClient;
use school::archive;
use school::certificates::{Attended, Way, issue};
use school::trainings::session::SessionId;
use school::trainings::store;
use std::collections::BTreeMap;

use super::House;
use super::people::Asker;
use super::things::OPEN_RECORDING;
use crate::site::{project_file, session_path};

impl House {
    /// A recording of R5 that everybody may watch, with a material: their ids.
    pub(super) async fn recording(&self) -> (Uuid, Uuid) {
        let kept = self.portal.objects.keep_bytes(objects::Bytes::from_static(b"%PDF-1.7")).await.expect("it can be kept");
        self.write(async move |tx: &mut Tx<'_>, now: Timestamp| {
            let path = session_path(OPEN_RECORDING);
            let session = store::session_at(tx, path.year, path.audience, path.number).await?.expect("a session");
            let programme = store::programme(tx, path.year).await?.expect("a programme");
            archive::store::set_opening(tx, programme.id, Some(now.minus(Span::days(1))), None).await?;
            let film = archive::recording::Film { hash: kept.hash, bytes: 8, kind: objects::Kind::Mp4, seconds: 60 };
            archive::take::take(tx, session.id, &film, "test", now).await?;
            let recording = archive::store::recording(tx, session.id).await?.expect("a recording");
            let playlist = "#EXTM3U\n#EXTINF:6.0,\n#EXT-X-BYTERANGE:8@0\n720.ts\n".to_owned();
            let piece = archive::encode::Piece { height: 720, hash: kept.hash, playlist };
            archive::store::add_pieces(tx, recording.id, recording.edition, 0, &[piece]).await?;
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
    pub(super) async fn plan(&self) -> Uuid {
        let writer =
            self.person("writer@example.jp", &[(Role::Secretariat, Standing::Confirmed, None)], Strength::Passkey, Span::ZERO).await;
        let begun = writer.asks(self, &Method::POST, "/staff/plans", "kind=course&year=R8&course=executive").await;
        let id = begun.location().split('/').nth(3).unwrap_or_default();
        id.parse().unwrap_or_else(|_| panic!("{} is no plan", begun.location()))
    }

    /// A version of the beginners' course, as somebody else would have begun it, with slides that were sent for it, one of which was
    /// taken over; and a course of readers with the same picture.
    pub(super) async fn version(&self) -> (Uuid, Uuid, String) {
        let hand = access::Hand { actor: "account:writer".to_owned(), role: Some(Role::Secretariat) };
        let begin = async move |tx: &mut Tx<'_>, now: Timestamp| {
            let begun = learning::authoring::begin(tx, "beginner", &hand, now).await?;
            Ok(begun.expect("no other is being written"))
        };
        let version = self.write(begin).await;
        let upload: UploadId = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0002).into();
        let picture = slides::Picture { kind: slides::PictureKind::Png, width: 4, height: 3, bytes: b"points".to_vec() };
        let shown = slides::Block::Picture { at: 0, alt: "見本".to_owned(), is_decorative: false };
        let slide = slides::Slide { number: 1, title: "見本".to_owned(), blocks: vec![shown], ..slides::Slide::default() };
        let deck = slides::Deck { slides: vec![slide], pictures: vec![picture], left: Vec::new() };
        let laid = deck::lay(&self.portal.objects, version, upload, "見本.pptx", deck).await.expect("it can be kept");
        let file = laid.photos[0].file();
        let fill = async move |tx: &mut Tx<'_>, now: Timestamp| {
            let mut files = authoring::store::files(tx, version).await?.expect("it was begun");
            let before = authoring::store::version(tx, version).await?.expect("it was begun");
            let taking = Taking { laid: &laid, slides: 1..=1, unit: "habits", title: &|number, _| number.to_string() };
            files.take_slides(&taking).expect("the unit is there");
            authoring::store::rewrite(tx, version, before.saved_at, &before.label, &files, now).await?;
            let mut course = files.course().expect("it can be read");
            course.slug = learning::content::file::unplaced("pictured".to_owned());
            files.put_course(&course);
            let (id, today) = (VersionId::new(now), now.day());
            authoring::store::add(tx, id, "pictured", 1, "2026.1", &files, now).await?;
            let (from, until) = (today, now.plus(Span::days(300)).day());
            let place = Place { edition: 1, starts_on: today };
            authoring::store::put_in_place(tx, id, Effect::First, (from, until), place).await
        };
        assert!(self.write(fill).await, "it stands in its place");
        (version.uuid(), upload.uuid(), file)
    }

    /// A request to take out a long list of the session's applicants, as somebody else would have made it.
    pub(super) async fn export_request(&self, session: SessionId) -> Uuid {
        self.write(async move |tx: &mut Tx<'_>, now: Timestamp| {
            let add = sql!(
                "INSERT INTO export_requests (id, session, query, part, format, people, reason, asked_by, asked_at)
                 VALUES ($1, $2, '', $3, 'xlsx', 1200, '見本', 'account:writer', $4)"
            );
            let id = now.uuid();
            tx.run(add, &[id.into(), session.into(), false.into(), now.into()]).await?;
            Ok(id)
        })
        .await
    }

    pub(super) async fn report(&self) -> Uuid {
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

    pub(super) async fn inquiry(&self) -> Uuid {
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
    pub(super) async fn certificate(&self, application: Uuid) -> (Uuid, String, Uuid) {
        let certificate = self
            .write(async move |tx: &mut Tx<'_>, now: Timestamp| {
                let attended = Attended { way: Way::Hand, day: now.day(), keyword: false, check: None, seen: None };
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
    pub(super) async fn recovery(&self) -> Uuid {
        let given = [(Role::Secretariat, Standing::Confirmed, None)];
        let lost = self.person("lost@example.jp", &given, Strength::MailLink, Span::ZERO).await.account.expect("an account");
        let ask = async move |tx: &mut Tx<'_>, now| people::accounts::recovery::ask_for_demo(tx, lost, now).await;
        self.write(ask).await.expect("it is the first").uuid()
    }

    /// An auditor and that role, a request for another such role, and a token.
    pub(super) async fn roles_and_tokens(&self) -> (Uuid, Uuid, Uuid, Uuid) {
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

    /// A program that speaks to the record store, and a statement that it has stored.
    pub(super) async fn record(&self) -> (Uuid, Uuid) {
        const KEY: &str = "to-look-at";
        let new = NewClient::drawn("見本".to_owned(), None, Some(KEY.to_owned()), Some(crate::records::SECRET.to_owned()));
        let make = async move |tx: &mut Tx<'_>, now: Timestamp| records::clients::make(tx, &new, "test", now).await;
        let made = self.write(make).await.expect("it is the first");
        (made.id.uuid(), crate::records::store_one(&self.service, KEY).await)
    }

    pub(super) async fn attendance(&self, session: Uuid, application: Uuid) -> (Uuid, Uuid, Uuid) {
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

    /// What is assigned to somebody on the list of an institution.
    pub(super) async fn assignment(&self, organization: Uuid) -> (Uuid, Uuid) {
        let assign = async move |tx: &mut Tx<'_>, now: Timestamp| {
            let new = NewStaff {
                email: "shokuin@example.jp".parse().expect("an address"),
                name: "見本 職員".into(),
                job: learning::assignments::Job::Clinical,
            };
            learning::assignments::enrol(tx, organization.into(), &[new], "test", now).await?;
            let shown = learning::authoring::library::courses(tx, now.day()).await?;
            let target = Target::of("course-beginner", &shown).expect("a course");
            let due = now.plus(Span::days(20)).day();
            let new = NewAssignment { organization: organization.into(), target, jobs: Vec::new(), due, reason: "見本".into() };
            let id = learning::assignments::assign(tx, &new, "test", now).await?.expect("somebody is on the list");
            let people = learning::assignments::people_of(tx, id, "", 0, 1).await?;
            Ok((id.uuid(), people[0].id.uuid()))
        };
        self.write(assign).await
    }

    /// A course that was given out to an institution, a file that came back, and whose result in it was recorded.
    pub(super) async fn kit(&self, organization: Uuid) -> (Uuid, Uuid, Uuid) {
        let give = async move |tx: &mut Tx<'_>, now: Timestamp| {
            let course = learning::content::course("beginner").expect("a course");
            let id = learning::in_house::make(tx, organization.into(), course, ("見本の研修", Lang::Ja), "test", now).await?;
            let kit = learning::in_house::find(tx, organization.into(), id).await?.expect("it was given out");
            let millis = now.as_micros() / 1000;
            let name = "見本 職員".to_owned();
            let sitting = now.uuid();
            let one = Sitting { id: sitting, name, department: String::new(), begun: millis, ended: millis, answers: Vec::new() };
            let received = learning::in_house::receive(tx, &kit, "00", &[one], "test", now).await?.expect("nothing waits yet");
            learning::in_house::record(tx, &kit, received.file, &BTreeMap::new(), "test", now).await?;
            Ok((id.uuid(), received.file.uuid(), sitting))
        };
        self.write(give).await
    }

    /// A course package of one unit at another host, which learners see or do not see.
    pub(super) async fn package(&self, is_open: bool) -> Uuid {
        let manifest = project_file("crates/promises/tests/promises/packages/one-unit.xml").into_bytes();
        self.write(async move |tx: &mut Tx<'_>, now: Timestamp| {
            let course = packages::import::course(&manifest).expect("a course");
            let unpacked = packages::import::Unpacked { course, manifest: manifest.clone(), files: Vec::new() };
            let id = packages::import::import(tx, &unpacked, "test", now).await?;
            if is_open {
                packages::open::open(tx, id, "test", now).await?;
            }
            Ok(id.uuid())
        })
        .await
    }

    /// Somebody who is registered for a package.
    pub(super) async fn registration(&self, package: Uuid) -> Uuid {
        let house = self.portal.part::<packages::House>().expect("packages have a house");
        let account = self.learner(super::things::OWNER).await.account.expect("an account");
        self.write(async move |tx: &mut Tx<'_>, now: Timestamp| {
            let who = packages::register::Who::learner(&house, account, false);
            let package = packages::package::PackageId::from_uuid(package);
            let registered = packages::register::register(tx, (&*house, package), &who, None, now).await?;
            Ok(registered.expect("the package is there").id.uuid())
        })
        .await
    }

    /// A test of the beginners' course that this account has begun.
    pub(super) async fn test(&self, account: access::AccountId) -> Uuid {
        let course = learning::content::course("beginner").expect("a course");
        let begin = async move |tx: &mut Tx<'_>, now: Timestamp| {
            let test = learning::study::begin(tx, account, course, learning::study::exam::TestKind::Test, now).await?;
            Ok(test.expect("the course is open").uuid())
        };
        self.write(begin).await
    }

    pub(super) async fn first_text(&self, who: &Asker, list: &str) -> Uuid {
        let page = who.gets(self, list).await;
        let links = page.attributes("main a", "href");
        let mut ids = links.iter().filter_map(|link| link.strip_prefix(&format!("{list}/"))?.parse().ok());
        ids.next_back().unwrap_or_else(|| panic!("{list} shows no text: {links:?}"))
    }
}

impl House {
    /// The number of a case that somebody reported by one tap.
    pub(super) async fn incident(&self) -> String {
        let mut hanako = self.visitor("見本 花子");
        let form = hanako.get("/incident/report?door=request&role=staff").await.form("/incident/report");
        let page = hanako.submit_and_open(&form.with("answer", "slower")).await;
        let text = page.texts(".kept").concat();
        let number: String = text.chars().filter(|letter| letter.is_ascii_digit() || *letter == '-').collect();
        assert_eq!(number.len(), 13, "{text}");
        number
    }
}

//! 申込者の一覧の取り込み: people who applied elsewhere become applicants of a session, by the rules of the public form.

mod check;

use db::{DbResult, Tx};
use intake::Column;
use kernel::{PersonKey, Timestamp, Uuid};
use people::lists::{Cells, Checked, Fate, How, List};
use std::collections::HashSet;
use web::{Frame, Portal, Visit, Words};

use super::staff_pages::{self, Whole};
use crate::trainings::application::Wanted;
use crate::trainings::apply::{Applied, NotApplied, SessionPath};
use crate::trainings::bring_in::bring_in;
use crate::trainings::{Viewer, store};

/// Applicants of a session.
pub struct Applicants;

impl List for Applicants {
    type Target = Whole;
    type Row = Wanted;

    const KIND: &'static str = "applicants";
    const BASE: &'static str = "/staff/sessions/{id}";
    const COLUMNS: &'static [Column<&'static str>] = &[
        Column::optional("family", &["姓", "氏", "family", "family name", "last name"]),
        Column::optional("given", &["名", "given", "given name", "first name"]),
        Column::optional("name", &["氏名", "お名前", "名前", "name", "full name"]),
        Column::optional("family_kana", &["セイ", "姓（カナ）", "姓カナ", "姓フリガナ", "family name kana"]),
        Column::optional("given_kana", &["メイ", "名（カナ）", "名カナ", "名フリガナ", "given name kana"]),
        Column::optional("kana", &["フリガナ", "ふりがな", "氏名（カナ）", "氏名カナ", "氏名フリガナ", "カナ", "kana"]),
        Column::required("email", &["メールアドレス", "メール", "E-mail", "mail", "mail address"]),
        Column::required("place", &["お勤め先", "勤務先", "所属", "所属先", "施設名", "医療機関名", "place of work"]),
        Column::optional("code", &["医療機関コード", "コード", "code"]),
        Column::optional("kind", &["種別", "施設種別", "kind"]),
        Column::optional("prefecture", &["都道府県", "prefecture"]),
        Column::optional("job", &["職種", "job"]),
        Column::optional("question", &["講師に聞きたいこと", "質問", "question"]),
    ];
    const TEMPLATE: &'static [&'static str] =
        &["family", "given", "family_kana", "given_kana", "email", "place", "code", "kind", "prefecture", "job", "question"];
    const SHOWN: &'static [&'static str] = &["family", "given", "name", "email", "place"];
    const PEOPLE: bool = true;

    async fn find(tx: &mut Tx<'_>, target: &str) -> DbResult<Option<Whole>> {
        let Ok(id) = target.parse() else { return Ok(None) };
        staff_pages::whole(tx, id).await
    }

    fn frame(whole: &Whole, portal: &Portal, visit: &Visit, title: String) -> Frame {
        let year = format!("/staff/programmes/{}", whole.programme.year);
        let nth = Viewer { w: visit.words(), now: visit.now }.nth(&whole.session);
        staff_pages::frame(portal, visit, title)
            .crumb(whole.programme.year.label(visit.lang), &year)
            .crumb(whole.course_name(visit.lang), &format!("{year}#{}", whole.course.slug))
            .crumb(nth, &whole.path("/applicants"))
    }

    fn path(whole: &Whole) -> String {
        whole.path("")
    }

    fn shelf(whole: &Whole) -> String {
        whole.path("/applicants")
    }

    fn over(whole: &Whole, visit: &Visit) -> String {
        format!("{}{}{}", whole.name(visit.words(), visit.now), visit.lang.pick("　", " "), whole.session.when(visit.lang))
    }

    fn refusal(whole: &Whole, visit: &Visit) -> Option<String> {
        let w = visit.words();
        match () {
            () if whole.session.cancelled_at.is_some() => Some(w.t("office-enter-cancelled")),
            () if whole.session.day.is_none() => Some(w.t("office-enter-no-day")),
            () if !whole.takes_entries(visit.now) => Some(w.t("office-enter-begun")),
            () => None,
        }
    }

    fn room(whole: &Whole, w: Words) -> String {
        let session = &whole.session;
        let Some(seats) = session.seats else { return w.t("lists-room-unlimited") };
        let left = (seats - session.taken).max(0);
        match session.waiting_places {
            None => w.counted("lists-room", &[("left", left)], &[]),
            Some(places) => {
                let waiting = (places - session.waiting).max(0);
                w.counted("lists-room-waiting", &[("left", left), ("waiting", waiting)], &[])
            }
        }
    }

    fn object(whole: &Whole) -> Option<(&'static str, Uuid)> {
        Some(("session", whole.session.id.uuid()))
    }

    fn missing(has: &dyn Fn(&str) -> bool, w: Words) -> Option<String> {
        let has_name = has("name") || (has("family") && has("given"));
        let has_kana = has("kana") || (has("family_kana") && has("given_kana"));
        match (has_name, has_kana) {
            (false, _) => Some(w.t("lists-applicants-no-name")),
            (true, false) => Some(w.t("lists-applicants-no-kana")),
            (true, true) => None,
        }
    }

    async fn check(tx: &mut Tx<'_>, _: &Whole, cells: &Cells, w: Words, _: Timestamp) -> DbResult<Result<Checked<Self>, Vec<String>>> {
        check::check(tx, cells, w).await
    }

    async fn plan(tx: &mut Tx<'_>, whole: &Whole, rows: &[Wanted], w: Words, _: Timestamp) -> DbResult<Vec<Fate>> {
        let session = &whole.session;
        let mut seats = session.seats.map(|seats| seats - session.taken);
        let mut places = session.waiting_places.map(|places| places - session.waiting);
        let takes = |left: &mut Option<i64>| match left {
            None => true,
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            Some(_) => false,
        };
        let mut seen: HashSet<PersonKey> = HashSet::new();
        let mut fates = Vec::with_capacity(rows.len());
        for row in rows {
            let key = PersonKey::of(&row.person.email, &row.person.name);
            let fate = if store::has_applied(tx, session.id, &key).await? || !seen.insert(key) {
                Fate::Known
            } else if takes(&mut seats) {
                Fate::New
            } else if takes(&mut places) {
                Fate::Waiting
            } else {
                Fate::Not(vec![w.t("lists-applicants-full")])
            };
            fates.push(fate);
        }
        Ok(fates)
    }

    async fn bring_in(tx: &mut Tx<'_>, whole: &Whole, rows: &[Wanted], how: &How, now: Timestamp) -> DbResult<Vec<Fate>> {
        let w = Words::of(how.lang);
        let path = SessionPath { year: whole.programme.year, audience: whole.course.slug, number: whole.session.number };
        let mut fates = Vec::with_capacity(rows.len());
        for row in rows {
            let wanted = Wanted { entered_by: Some(how.actor.named()), ..row.clone() };
            let fate = match bring_in(tx, path, &wanted, how.list, how.tells, now).await? {
                Ok(Applied::Seat(_)) => Fate::New,
                Ok(Applied::Waiting(_)) => Fate::Waiting,
                Ok(Applied::Earlier | Applied::Elsewhere) => Fate::Known,
                Err(NotApplied::Full) => Fate::Not(vec![w.t("lists-applicants-full")]),
                Err(NotApplied::Cancelled) => Fate::Not(vec![w.t("office-enter-cancelled")]),
                Err(NotApplied::Unknown | NotApplied::NotYet | NotApplied::Closed) => Fate::Not(vec![w.t("office-enter-begun")]),
            };
            fates.push(fate);
        }
        Ok(fates)
    }
}

use kernel::{Day, FiscalYear, Lang, Timestamp, japanese_date, long_date, weekday};
use serde::{Deserialize, Serialize};
use web::{Settings, Words};

use super::certificate::{Attended, Kind, Way};
use crate::trainings::Viewer;
use crate::trainings::programme::{Course, Programme};
use crate::trainings::session::Session;

/// What stands on a certificate, word for word, frozen when it is issued. Certificates are Japanese: they are shown to Japanese offices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// 受講証明書
    pub title: String,
    /// `R8-I2-000142`
    pub number: String,
    /// 例示　髙子
    pub name: String,
    /// みほん市立総合病院
    pub organization: String,
    /// What is certified, in lines.
    pub statement: Vec<String>,
    /// 研修, 受講日, 受講の形
    pub facts: Vec<(String, String)>,
    /// 令和8年10月1日
    pub date: String,
    /// The project.
    pub project: String,
    /// Who gives it.
    pub issuer: String,
    /// What the seal says, empty without one.
    pub seal: String,
}

/// In which years days are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Era {
    /// 令和8年
    Wareki,
    /// 2026年
    Seireki,
}

/// What a certificate is about.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    pub programme: &'a Programme,
    pub course: &'a Course,
    /// The session; of a series the last part.
    pub session: &'a Session,
    pub kind: Kind,
    pub attended: &'a Attended,
}

const W: Words = Words::of(Lang::Ja);

impl Era {
    /// Both, in the order of the form.
    pub const ALL: [Self; 2] = [Self::Wareki, Self::Seireki];

    /// The word in settings and forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Wareki => "wareki",
            Self::Seireki => "seireki",
        }
    }

    /// The one with this word; 和暦, if none has.
    pub fn of(id: &str) -> Self {
        Self::ALL.into_iter().find(|era| era.id() == id).unwrap_or(Self::Wareki)
    }

    /// 令和8年10月1日
    pub fn day(self, day: Day) -> String {
        match self {
            Self::Wareki => japanese_date(day),
            Self::Seireki => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        }
    }

    /// 令和8年9月30日（水）
    pub fn long_day(self, day: Day) -> String {
        match self {
            Self::Wareki => format!("{}（{}）", japanese_date(day), weekday(day, Lang::Ja)),
            Self::Seireki => long_date(day, Lang::Ja),
        }
    }

    /// 令和8年度
    pub fn year(self, year: FiscalYear) -> String {
        match self {
            Self::Wareki => year.label(Lang::Ja),
            Self::Seireki => format!("{}年度", year.begins_in()),
        }
    }
}

impl Printed {
    /// What stands on a certificate about `subject` that is issued at `now`.
    pub fn of(
        settings: &Settings,
        subject: &Subject<'_>,
        number: String,
        name: &str,
        organization: &str,
        era: Era,
        now: Timestamp,
    ) -> Self {
        let kind = subject.kind.id();
        let programme = settings.get("certificate.programme");
        Self {
            title: W.t(&format!("certificate-{kind}")),
            number,
            name: name.to_owned(),
            organization: organization.to_owned(),
            statement: vec![
                W.with("certificate-says-in", &[("year", &era.year(subject.programme.year)), ("programme", programme)]),
                W.t(&format!("certificate-says-{kind}")),
            ],
            facts: subject.facts(era),
            date: era.day(now.day()),
            project: settings.get("certificate.project").to_owned(),
            issuer: settings.get("certificate.issuer").to_owned(),
            seal: settings.get("certificate.seal").to_owned(),
        }
    }

    /// The sheet, with the address under which it is looked up.
    pub fn sheet(&self, address: &str, url: &str) -> pdf::Certificate {
        let Self { title, number, name, organization, statement, facts, date, project, issuer, seal } = self.clone();
        pdf::Certificate {
            title,
            number_label: W.t("certificate-number"),
            number,
            name,
            honorific: W.t("certificate-honorific"),
            organization,
            statement,
            facts,
            date,
            project,
            issuer,
            seal,
            check: W.t("certificate-check"),
            address: address.to_owned(),
            url: url.to_owned(),
            qr_label: W.t("certificate-qr"),
            seal_label: W.t("certificate-seal-place"),
            specimen: String::new(),
        }
    }

    /// What a search looks at.
    pub fn search(&self) -> String {
        kernel::fold(&format!("{} {} {}", self.name.replace(['　', ' '], ""), self.organization, self.number))
    }
}

/// 例示　髙子
pub fn name(family: &str, given: &str) -> String {
    format!("{family}　{given}")
}

impl Subject<'_> {
    fn facts(&self, era: Era) -> Vec<(String, String)> {
        let row = |key: &str, value: String| (W.t(key), value);
        let way = row("certificate-way", way(self.attended));
        match self.kind {
            Kind::Session => vec![row("certificate-training", self.training()), row("certificate-day", self.day(era)), way],
            Kind::Series => vec![
                row("certificate-training", self.course.name.clone()),
                row("certificate-completed", era.long_day(self.attended.day)),
                way,
            ],
            // What is learned by e-learning has words of its own.
            Kind::Learned => vec![way],
        }
    }

    /// 導入研修　第2回
    fn training(&self) -> String {
        let nth = Viewer { w: W, now: Timestamp::from_micros(0) }.nth(self.session);
        let title = if self.session.title.is_empty() { String::new() } else { format!("　{}", self.session.title) };
        format!("{}　{nth}{title}", self.course.name)
    }

    fn day(&self, era: Era) -> String {
        let is_later = self.session.day != Some(self.attended.day);
        let hours = if is_later { String::new() } else { self.session.hours(Lang::Ja) };
        format!("{}{hours}", era.long_day(self.attended.day))
    }
}

/// オンライン　120分のうち118分　キーワード確認済み
pub fn way(attended: &Attended) -> String {
    let number = |n: &i64| n.to_string();
    let mut words = vec![match &attended.way {
        Way::Live { minutes, of } => W.with("certificate-way-live", &[("minutes", &number(minutes)), ("of", &number(of))]),
        Way::Archive => W.t("certificate-way-archive"),
        Way::Group {} => W.t("certificate-way-group"),
        Way::Hand => W.t("certificate-way-hand"),
        Way::Parts { parts, of } => W.with("certificate-way-parts", &[("parts", &number(parts)), ("of", &number(of))]),
        Way::Learned { .. } => W.t("certificate-way-learned"),
        Way::TestedOut => W.t("certificate-way-tested-out"),
    }];
    if attended.keyword {
        words.push(W.t("certificate-way-keyword"));
    }
    words.extend(check(attended));
    words.join("　")
}

/// 確認問題 2問中2問正解
pub fn check(attended: &Attended) -> Option<String> {
    let key = match attended.way {
        Way::Learned { .. } | Way::TestedOut => "certificate-way-test",
        _ => "certificate-way-check",
    };
    attended.check.map(|(right, of)| W.with(key, &[("right", &right.to_string()), ("of", &of.to_string())]))
}

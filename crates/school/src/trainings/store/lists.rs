use db::{DbResult, Tx, sql};
use kernel::{FiscalYear, Lang, Timestamp};

use crate::trainings::application::{ApplicationId, Spot};
use crate::trainings::programme::Audience;
use crate::trainings::session::SessionId;

db::row! {
    /// One line of a person's own list: an application with the words of its session.
    #[derive(Clone)]
    pub struct MyLine {
        pub id: ApplicationId,
        pub number: i64,
        pub place: Spot,
        pub waited: Option<i64>,
        pub cancelled_at: Option<Timestamp>,
        pub held_until: Option<Timestamp>,
        pub generation: i64,
        pub lang: Lang,
        pub family: String,
        pub given: String,
        pub session: SessionId,
        pub session_number: i64,
        pub extra: bool,
        pub title: String,
        pub day: Option<kernel::Day>,
        pub starts_at: Option<Timestamp>,
        pub ends_at: Option<Timestamp>,
        pub session_cancelled_at: Option<Timestamp>,
        pub audience: Audience,
        pub year: FiscalYear,
    }
}

/// Every application under a mail address, the next session first, then the past.
pub async fn applications_of_address(tx: &mut Tx<'_>, email: &str) -> DbResult<Vec<MyLine>> {
    let list = sql!(
        "SELECT a.id, a.number, a.place, a.waited, a.cancelled_at, a.held_until, a.generation, a.lang, p.family, p.given, s.id, s.number,
             s.extra, s.title, s.day, s.starts_at, s.ends_at, s.cancelled_at, c.slug, g.year
         FROM applications a JOIN persons p ON p.id = a.person JOIN sessions s ON s.id = a.session
             JOIN courses c ON c.id = s.course JOIN programmes g ON g.id = c.programme
         WHERE p.email = $1 ORDER BY s.day DESC, a.applied_at DESC LIMIT 200"
    );
    tx.all(list, &[email.into()]).await
}

/// Which place on which waiting list the applications under a mail address have, the first being 1.
pub async fn waiting_positions_of_address(tx: &mut Tx<'_>, email: &str) -> DbResult<Vec<(ApplicationId, i64)>> {
    let count = sql!(
        "SELECT a.id, count(*) FROM applications a JOIN persons p ON p.id = a.person
             JOIN applications before ON before.session = a.session AND before.place = 'waiting' AND before.cancelled_at IS NULL
                 AND before.waited <= a.waited
         WHERE p.email = $1 AND a.place = 'waiting' AND a.cancelled_at IS NULL GROUP BY a.id LIMIT 200"
    );
    tx.all(count, &[email.into()]).await
}

impl MyLine {
    /// 第3回 or 追加1.
    pub fn nth(&self, w: web::Words) -> String {
        crate::trainings::nth(w, self.session_number, self.extra)
    }

    /// 2026年12月23日（水）17:00～18:00
    pub fn when(&self, lang: Lang) -> String {
        let day = self.day.map_or_else(String::new, |day| kernel::long_date(day, lang));
        match (self.starts_at, self.ends_at) {
            (Some(starts), Some(ends)) => {
                format!("{day}{}{}{}{}", lang.pick("", ", "), starts.clock_face(), lang.pick("～", "–"), ends.clock_face())
            }
            _ => day,
        }
    }
}

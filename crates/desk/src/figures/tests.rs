//! What is counted, and what is hidden.

use access::Role;
use both_engines::both_engines;
use kernel::{Lang, Timestamp};

use super::count::{Figures, count};
use crate::cases::{Axes, Channel, Circle, Door, NewCase, open_case};
use crate::specimen::Stage;
use crate::testing::Site;

/// Puts so many cases of this event and stage on a day.
async fn came(stage: &Stage, n: usize, at: &str, event: &'static str, grade: Option<i64>, prefecture: &'static str, is_drill: bool) {
    let at: Timestamp = at.parse().unwrap();
    for _ in 0..n {
        let channel = if is_drill { Channel::Drill } else { Channel::Web };
        let (mut new, _) = NewCase::prepare(Door::Request, channel, Lang::Ja, &Circle::default(), at);
        (new.event, new.stage, new.axes) = (Some(event.to_owned()), grade, Axes::default());
        stage
            .write(async move |tx, now| {
                let case = open_case(tx, &new, now).await?;
                crate::work::place(tx, case.id, Some(prefecture), Some("hospital"), "account:1", now).await?.ok();
                Ok(())
            })
            .await;
    }
}

async fn figures(stage: &Stage) -> Figures {
    let now = stage.clock.now();
    stage.db.read(async move |tx| count(tx, Lang::Ja, "不明", now).await).await.unwrap()
}

/// The cells of a category in the last two quarters.
fn of<'f>(figures: &'f Figures, table: &str, label: &str) -> &'f [Option<i64>] {
    let rows = &figures.tables.iter().find(|it| it.id == table).unwrap().rows;
    &rows.iter().find(|(it, _)| it.contains(label)).unwrap_or_else(|| panic!("{label}: {rows:?}")).1[6..]
}

#[both_engines]
async fn cases_are_counted_by_quarter_and_small_cells_are_hidden(stage: Stage) {
    came(&stage, 6, "2026-07-01T00:00+09:00", "ransomware", Some(4), "13", false).await;
    came(&stage, 8, "2026-08-10T09:00+09:00", "ransomware", Some(3), "01", false).await;
    came(&stage, 2, "2026-09-30T23:59+09:00", "ddos", None, "13", false).await;
    came(&stage, 4, "2026-05-01T09:00+09:00", "ddos", None, "13", false).await;
    let figures = figures(&stage).await;
    assert_eq!(figures.quarters.last().unwrap().label(Lang::Ja), "令和8年度 7～9月");
    assert_eq!(figures.totals[6..], [None, Some(16)], "four in all are hidden altogether");
    // Two are hidden, and the smallest of the others with them.
    assert_eq!(of(&figures, "month", "1か月目"), [None, None]);
    assert_eq!(of(&figures, "month", "2か月目"), [None, Some(8)]);
    assert_eq!(of(&figures, "month", "3か月目"), [None, None]);
    assert_eq!(of(&figures, "stage", "IV"), [None, None]);
    assert_eq!(of(&figures, "region", "北海道"), [None, Some(8)]);
    assert_eq!(of(&figures, "region", "関東"), [None, Some(8)]);
    assert_eq!(of(&figures, "kind", "病院"), [None, Some(16)]);
    let events = &figures.tables.iter().find(|it| it.id == "event").unwrap().rows;
    let hidden = events.iter().filter(|(_, cells)| cells[7].is_none()).count();
    assert!(hidden >= 2, "one hidden number would be told by the total: {events:?}");
    for table in &figures.tables {
        for quarter in 0..figures.quarters.len() {
            let shown: Vec<i64> = table.rows.iter().filter_map(|(_, cells)| cells[quarter]).collect();
            assert!(shown.iter().all(|n| *n == 0 || *n >= 5), "{}: {shown:?}", table.id);
            if let Some(total) = figures.totals[quarter] {
                let rest = total - shown.iter().sum::<i64>();
                let covered = table.rows.len() - shown.len();
                assert!(covered == 0 && rest == 0 || covered >= 2 && rest >= 5, "{}: {rest} in {covered} cells", table.id);
            }
        }
    }
}

#[both_engines]
async fn exercises_and_what_came_since_are_in_no_figure(stage: Stage) {
    came(&stage, 5, "2026-08-10T09:00+09:00", "ransomware", Some(3), "13", false).await;
    came(&stage, 9, "2026-08-11T09:00+09:00", "ransomware", Some(3), "13", true).await;
    let before = figures(&stage).await;
    assert_eq!(before.totals.last(), Some(&Some(5)));
    came(&stage, 7, "2026-10-01T00:00+09:00", "ransomware", Some(4), "13", false).await;
    let after = figures(&stage).await;
    assert_eq!(before.totals, after.totals, "a quarter that is not over is not counted");
}

#[both_engines]
async fn the_page_and_the_file_say_the_same_to_the_desk_the_ministry_and_the_office(site: Site) {
    for (email, role) in [
        ("responder@example.jp", Role::Responder),
        ("lead@example.jp", Role::DeskLead),
        ("shocho@example.jp", Role::Ministry),
        ("jimu@example.jp", Role::Secretariat),
    ] {
        let mut browser = site.signed_in(email, role).await;
        let page = browser.get("/desk/figures").await;
        assert!(page.status == 200 && page.body.contains("令和8年度 7～9月"), "{role:?}: {}", page.body);
        let file = browser.get("/desk/figures.csv").await;
        assert!(file.header("content-type").starts_with("text/csv") && file.body.contains("令和8年度 7～9月"), "{}", file.body);
    }
    let mut hospital = site.signed_in("byoin@example.jp", Role::InstitutionAdmin).await;
    assert_ne!(hospital.get("/desk/figures").await.status, 200);
    assert_ne!(site.browser().get("/desk/figures.csv").await.status, 200);
}

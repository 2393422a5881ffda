//! More people than seats, all at once.

use both_engines::both_engines;
use db::sql;
use futures_util::future::join_all;
use kernel::Span;
use std::ops::Range;

use crate::site::Outcome::{self, AlreadyApplied, Applied, Refused, Waiting};
use crate::site::{Form, Person, Site, Visitor};

const SESSION: &str = "R8/executive/3";
const PAGE: &str = "/trainings/R8/executive";

/// How many want how much.
#[derive(Clone, Copy)]
struct Rush {
    people: usize,
    seats: usize,
    places: usize,
}

/// How somebody presses the last button.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Habit {
    Once,
    /// The same form twice.
    DoubleClick,
    /// Two forms in two tabs.
    TwoTabs,
}

impl Habit {
    fn of(n: usize) -> Self {
        match n % 10 {
            3 => Self::DoubleClick,
            7 => Self::TwoTabs,
            _ => Self::Once,
        }
    }
}

/// Everybody up to the page to confirm, in every tab they opened.
async fn at_the_door(site: &Site, people: Range<usize>) -> Vec<(Habit, Visitor, Vec<Form>)> {
    let crowd = people.map(|n| {
        let mut visitor = site.visit_by(Person::number(n));
        tokio::spawn(async move {
            let mut forms = Vec::new();
            for _ in 0..if Habit::of(n) == Habit::TwoTabs { 2 } else { 1 } {
                forms.push(visitor.confirmation(SESSION).await.map_err(|page| page.text()).expect("the door is open"));
            }
            if Habit::of(n) == Habit::DoubleClick {
                forms.push(forms[0].clone());
            }
            (Habit::of(n), visitor, forms)
        })
    });
    join_all(crowd).await.into_iter().map(|joined| joined.expect("everybody gets there")).collect()
}

/// Presses the last button in every tab at once.
async fn confirms(visitor: Visitor, forms: Vec<Form>) -> Vec<Outcome> {
    let tabs = forms.into_iter().map(|form| {
        let mut tab = visitor.clone();
        tokio::spawn(async move { tab.confirms(&form).await })
    });
    join_all(tabs).await.into_iter().map(|joined| joined.expect("everybody is answered")).collect()
}

#[both_engines]
async fn six_hundred_people_and_thirty_seats_make_thirty_seats_taken_and_five_waiting_in_order(site: Site) {
    Rush { people: 600, seats: 30, places: 5 }.goes_well(&site).await;
}

#[both_engines]
#[ignore = "ten thousand people take minutes: ./test long"]
async fn ten_thousand_people_and_three_hundred_seats_make_three_hundred_seats_taken(site: Site) {
    Rush { people: 10_000, seats: 300, places: 50 }.goes_well(&site).await;
}

impl Rush {
    /// So many press the last button at the same moment.
    const AT_ONCE: usize = 600;

    async fn goes_well(self, site: &Site) {
        let count = |n: usize| i64::try_from(n).expect("a small number");
        site.limit(SESSION, count(self.seats), count(self.places)).await;
        site.get(PAGE).await.hides("定員に達しました");
        let mut crowd = Vec::new();
        for first in (0..self.people).step_by(Self::AT_ONCE) {
            crowd.extend(at_the_door(site, first..self.people.min(first + Self::AT_ONCE)).await);
        }
        let mut crowd = crowd.into_iter().peekable();
        let mut outcomes = Vec::new();
        while crowd.peek().is_some() {
            let pressing = crowd.by_ref().take(Self::AT_ONCE).map(async |(habit, visitor, forms)| (habit, confirms(visitor, forms).await));
            outcomes.extend(join_all(pressing).await);
        }
        self.is_answered(&outcomes);
        self.agrees_with_the_books(site).await;

        site.get(PAGE).await.shows("定員に達しました").shows("キャンセル待ちも定員になりました");
        let entries = site.deliver().await.iter().filter(|letter| letter.has_entry() && !letter.subject.contains("再")).count();
        assert!(entries >= self.seats, "{entries}");
    }

    /// Everybody is answered, and the answers of one person agree.
    fn is_answered(self, outcomes: &[(Habit, Vec<Outcome>)]) {
        let full = Refused("定員に達しました".into());
        let mut waiting = Vec::new();
        let mut seated = 0;
        for (habit, answers) in outcomes {
            match (habit, answers.as_slice()) {
                (Habit::Once, [one]) => assert_ne!(*one, AlreadyApplied),
                (Habit::DoubleClick, [one, two]) => assert_eq!(one, two, "one press and its echo"),
                (Habit::TwoTabs, [one, two]) => {
                    let is_told = [one, two].contains(&&AlreadyApplied) != (*one == full && *two == full);
                    assert!(is_told, "one tab applies and the other is told so, or both are too late: {one:?} {two:?}");
                }
                _ => panic!("somebody was not answered"),
            }
            match answers.iter().find(|answer| **answer != AlreadyApplied) {
                Some(Applied) => seated += 1,
                Some(Waiting(place)) => waiting.push(*place),
                Some(refused) => assert_eq!(*refused, full),
                None => panic!("nobody has an application of which both tabs know only that it exists"),
            }
        }
        waiting.sort_unstable();
        let in_order: Vec<u32> = (1..).take(self.places).collect();
        assert_eq!((seated, waiting), (self.seats, in_order));
    }

    /// What is counted in the session is what lies in the table, each person once, and each mailed once.
    async fn agrees_with_the_books(self, site: &Site) {
        let count = |n: usize| i64::try_from(n).expect("a small number");
        let session = site.session(SESSION).await;
        assert_eq!((session.taken, session.waiting), (count(self.seats), count(self.places)));
        let id = session.id;
        let places: Vec<(String, i64, Option<i64>)> = site
            .db()
            .read(async move |tx| {
                tx.all(
                    sql!("SELECT place, number, waited FROM applications WHERE session = $1 AND cancelled_at IS NULL ORDER BY number"),
                    &[id.into()],
                )
                .await
            })
            .await
            .unwrap();
        assert_eq!(
            places.iter().map(|(_, number, _)| *number).collect::<Vec<_>>(),
            (1..=count(self.seats + self.places)).collect::<Vec<_>>(),
            "no receipt number twice"
        );
        let waited: Vec<i64> = places.iter().filter_map(|(_, _, waited)| *waited).collect();
        assert_eq!(waited, (1..=count(self.places)).collect::<Vec<_>>(), "in the order of asking");
        assert!(places[..self.seats].iter().all(|(place, ..)| place == "seat"), "nobody waits while a later one sits");

        let mailed: Vec<(i64, i64)> = site
            .db()
            .read(async |tx| {
                let count = sql!(
                    "SELECT count(*), count(DISTINCT object_id) FROM outbox WHERE kind = 'trainings.applied'
                     AND object_id IN (SELECT id FROM applications)"
                );
                tx.all(count, &[]).await
            })
            .await
            .unwrap();
        let all = count(self.seats + self.places);
        assert_eq!(mailed, [(all, all)], "one mail each");
    }
}

#[both_engines]
async fn the_kept_page_tells_of_every_change_however_many_apply_at_once(site: Site) {
    for (round, seats) in (1..=12).map(|round| (round, round * 2)) {
        let address = format!("R8/admin/{}", if round % 2 == 0 { 6 } else { 7 });
        site.limit(&address, site.session(&address).await.taken + seats, 0).await;
        let crowd = (0..usize::try_from(seats).unwrap()).map(|n| {
            let mut visitor = site.visit_by(Person::number(usize::try_from(round).unwrap() * 100 + n));
            let address = address.clone();
            tokio::spawn(async move { visitor.confirmation(&address).await.map(|form| (visitor, form)).map_err(|page| page.text()) })
        });
        let crowd = join_all(crowd).await.into_iter().map(|joined| joined.unwrap().unwrap());
        let pressed = crowd.map(|(mut visitor, form)| tokio::spawn(async move { visitor.confirms(&form).await }));
        for outcome in join_all(pressed).await {
            assert_eq!(outcome.unwrap(), Applied);
        }
        let row = if round % 2 == 0 { 5 } else { 6 };
        let state = site.get("/trainings/R8/admin").await.texts("#dates tbody tr .state")[row].clone();
        assert_eq!(state, "定員に達しました", "round {round}");
    }
}

#[both_engines]
async fn seats_that_change_hands_while_others_move_and_cancel_are_never_lost(site: Site) {
    const TAKEN: [&str; 2] = ["R8/executive/3", "R8/executive/4"];
    for address in TAKEN {
        site.limit(address, 6, 40).await;
    }
    let mut people = Vec::new();
    for n in 0..40 {
        let mut visitor = site.visit_by(Person::number(n));
        visitor.applies_for(TAKEN[n % 2]).await;
        people.push(visitor);
    }
    for round in 0..6 {
        let acts = people.iter().cloned().enumerate().map(|(n, visitor)| tokio::spawn(act(visitor, (n + round) % 4)));
        let (_, done) = tokio::join!(site.deliver(), join_all(acts));
        for joined in done {
            joined.unwrap();
        }
        site.later(Span::minutes(3));
    }
    site.later(Span::minutes(10));
    site.deliver().await;
    for address in TAKEN {
        let session = site.session(address).await;
        let id = session.id;
        let count = sql!("SELECT place FROM applications WHERE session = $1 AND cancelled_at IS NULL");
        let places: Vec<String> = site.db().read(async move |tx| tx.all(count, &[id.into()]).await).await.unwrap();
        let of = |place: &str| i64::try_from(places.iter().filter(|known| *known == place).count()).unwrap();
        assert_eq!((session.taken, session.waiting), (of("seat"), of("waiting")), "{address}");
        assert!(session.taken == 6 || session.waiting == 0, "{address}: somebody waits while a seat is free");
    }
}

/// Does one of the things that people do, as far as the page offers it.
async fn act(mut visitor: Visitor, what: usize) {
    let page = visitor.own_page().await;
    match what {
        0 => {
            if let Some(form) = page.find_form("/restoration") {
                visitor.submit(&form).await;
            }
        }
        1 => {
            let page = visitor.get(&format!("{}/cancellation", visitor.application)).await;
            visitor.submit(&page.form("/cancellation")).await;
        }
        _ => {
            let page = visitor.get(&format!("{}/move", visitor.application)).await;
            let to = if page.text().contains("第4回 2027") && !page.text().contains("第3回") { "第4回" } else { "第3回" };
            if let Some(form) = page.find_form("/move")
                && form.offers("session").iter().any(|words| words.contains(to))
            {
                visitor.submit(&form.choose_saying("session", to)).await;
            }
        }
    }
}

#![expect(clippy::cast_possible_truncation, reason = "pixels of a picture")]

use super::*;

const TODAY: Day = Day::constant(2026, 11, 22);

/// A box that a word covers.
#[derive(Clone, Debug)]
struct Covered {
    #[expect(dead_code, reason = "said when two words cover each other")]
    word: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Covered {
    fn middle(word: &str, x: Px, y: i32, size: f64) -> Self {
        let half = width(word, size) / 2.0;
        Self::new(word, x.0 - half, x.0 + half, y, size)
    }

    fn from(word: &str, x: Px, y: i32, size: f64) -> Self {
        Self::new(word, x.0, x.0 + width(word, size), y, size)
    }

    fn new(word: &str, left: f64, right: f64, baseline: i32, size: f64) -> Self {
        Self { word: word.to_owned(), left, right, top: f64::from(baseline) - size, bottom: f64::from(baseline) }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

fn nothing_overlaps(covered: &[Covered], right_edge: i32) {
    for (index, one) in covered.iter().enumerate() {
        assert!(one.left >= 0.0 && one.right <= f64::from(right_edge), "{one:?} leaves the picture");
        for other in &covered[index + 1..] {
            assert!(!one.meets(other), "{one:?} and {other:?} overlap");
        }
    }
}

fn words_of_broad(broad: &Broad) -> Vec<Covered> {
    let mut covered: Vec<Covered> = broad.months.iter().map(|month| Covered::from(&month.word, month.x, 24, 14.0)).collect();
    for lane in &broad.lanes {
        covered.extend(lane.name.iter().map(|(y, line)| Covered::new(line, 0.0, width(line, 14.0), y.0 as i32, 14.0)));
        for mark in &lane.marks {
            covered.push(Covered::middle(&mark.day, mark.x, lane.y - 16, 14.0));
            covered.push(Covered::middle(&mark.word, mark.word_x, mark.word_y, 12.0));
        }
    }
    covered.extend(broad.today.iter().map(|today| Covered::middle(&today.word, today.word_x, broad.bottom + 17, 13.0)));
    covered
}

fn words_of_slim(slim: &Slim) -> Vec<Covered> {
    let mut covered: Vec<Covered> = slim.heads.iter().map(|(x, head)| Covered::from(head, *x, 16, 13.0)).collect();
    for month in &slim.months {
        covered.push(Covered::from(&month.word, Px(0.0), month.y, 14.0));
        for mark in &month.marks {
            covered.push(Covered::new("●", mark.x.0 - 6.5, mark.x.0 + 6.5, mark.y + 6, 13.0));
            covered.push(Covered::from(&mark.day, mark.day_x, mark.y + 5, 14.0));
            covered.push(Covered::from(&mark.word, mark.word_x, mark.y + 5, 12.0));
        }
    }
    covered
}

fn spot(w: Words, when: When, state: State) -> Spot {
    let day = match when {
        When::On(day) => day.day().to_string(),
        When::Between(start, end) => w.t(third(start, end)),
        When::Unsaid => w.t("timeline-day-unsaid"),
    };
    let id = state.id().replace('_', "-");
    Spot { when, state, day, word: w.t(&format!("timeline-word-{id}")), brief: w.t(&format!("timeline-brief-{id}")) }
}

fn rows(w: Words, courses: &[(&str, Vec<(When, State)>)]) -> Vec<Row> {
    courses
        .iter()
        .map(|(slug, spots)| {
            let audience: school::trainings::programme::Audience = slug.parse().unwrap();
            Row {
                name: audience.prose().tab(w.lang).to_owned(),
                brief: w.t(&format!("timeline-course-{slug}")),
                spots: spots.iter().map(|(when, state)| self::spot(w, *when, *state)).collect(),
            }
        })
        .collect()
}

fn on(year: i16, month: i8, day: i8) -> When {
    When::On(Day::constant(year, month, day))
}

/// The programme of the demo in November, with a full, a closed and a cancelled session.
fn demo(w: Words) -> Vec<Row> {
    use State::{BeingArranged, Cancelled, Closed, Ended, Full, Open, Scheduled};
    let late_november = When::Between(Day::constant(2026, 11, 21), Day::constant(2026, 11, 30));
    rows(
        w,
        &[
            ("intro", vec![(on(2026, 9, 16), Ended), (on(2026, 9, 30), Ended)]),
            (
                "executive",
                vec![
                    (on(2026, 10, 13), Ended),
                    (on(2026, 11, 17), Ended),
                    (on(2026, 12, 23), Open),
                    (on(2027, 1, 19), Full),
                    (on(2027, 2, 9), Scheduled),
                    (on(2026, 11, 26), Closed),
                    (on(2026, 12, 2), Cancelled),
                ],
            ),
            (
                "admin",
                vec![
                    (on(2026, 10, 22), Ended),
                    (on(2026, 10, 29), Ended),
                    (on(2026, 11, 5), Ended),
                    (on(2026, 11, 19), Ended),
                    (on(2026, 12, 3), Open),
                    (on(2026, 12, 10), Open),
                    (on(2026, 12, 24), Open),
                ],
            ),
            (
                "beginner",
                vec![
                    (on(2026, 10, 14), Ended),
                    (on(2026, 10, 28), Ended),
                    (on(2026, 11, 11), Ended),
                    (late_november, BeingArranged),
                    (on(2026, 12, 9), Open),
                    (on(2026, 12, 15), Open),
                    (on(2027, 1, 26), Open),
                    (on(2027, 2, 2), Open),
                ],
            ),
        ],
    )
}

fn both_languages(check: impl Fn(Words)) {
    for lang in [Lang::Ja, Lang::En] {
        check(Words::of(lang));
    }
}

#[test]
fn every_session_is_drawn_and_no_word_covers_another() {
    both_languages(|w| {
        let rows = demo(w);
        let (broad, slim) = (Broad::of(&rows, TODAY, w), Slim::of(&rows, w));
        assert_eq!(broad.lanes.iter().map(|lane| lane.marks.len()).sum::<usize>(), 24);
        assert_eq!(slim.months.iter().map(|month| month.marks.len()).sum::<usize>(), 24);
        nothing_overlaps(&words_of_broad(&broad), Broad::WIDTH);
        nothing_overlaps(&words_of_slim(&slim), Slim::WIDTH);
    });
}

#[test]
fn every_state_has_room_for_its_word() {
    both_languages(|w| {
        for state in State::ALL {
            let when = if state == State::BeingArranged {
                When::Between(Day::constant(2026, 12, 1), Day::constant(2026, 12, 10))
            } else {
                on(2026, 12, 28)
            };
            let rows = rows(
                w,
                &["intro", "executive", "admin", "beginner"].map(|slug| (slug, vec![(when, state), (When::Unsaid, State::BeingArranged)])),
            );
            nothing_overlaps(&words_of_slim(&Slim::of(&rows, w)), Slim::WIDTH);
            nothing_overlaps(&words_of_broad(&Broad::of(&rows, TODAY, w)), Broad::WIDTH);
        }
    });
}

#[test]
fn a_crowded_lane_takes_more_lines_for_its_words() {
    both_languages(|w| {
        let first = Day::constant(2026, 4, 7);
        let weekly = |weeks: i64| When::On(first.checked_add(jiff::Span::new().weeks(weeks)).unwrap());
        let spots: Vec<(When, State)> = (0..48).map(|week| (weekly(week), State::Closed)).collect();
        let twice = vec![(on(2026, 9, 16), State::Open), (on(2026, 9, 16), State::Cancelled)];
        let rows = rows(w, &[("admin", spots), ("intro", twice)]);
        let broad = Broad::of(&rows, TODAY, w);
        nothing_overlaps(&words_of_broad(&broad), Broad::WIDTH);
        nothing_overlaps(&words_of_slim(&Slim::of(&rows, w)), Slim::WIDTH);
        assert_eq!(broad.lanes[0].marks.len(), 48);
        let far = |mark: &broad::Mark| (mark.word_x.0 - mark.x.0).abs() > 30.0;
        assert!(!broad.lanes[0].marks.iter().any(far), "a word stands far from its mark");
    });
}

#[test]
fn marks_stand_in_the_order_of_their_days() {
    let broad = Broad::of(&demo(Words::of(Lang::Ja)), TODAY, Words::of(Lang::Ja));
    for lane in &broad.lanes {
        assert!(lane.marks.windows(2).all(|pair| pair[0].x < pair[1].x));
    }
    let executive: Vec<&str> = broad.lanes[1].marks.iter().map(|mark| mark.day.as_str()).collect();
    assert_eq!(executive, ["13", "17", "26", "2", "23", "19", "9"]);
}

#[test]
fn today_stands_between_what_was_and_what_comes() {
    let w = Words::of(Lang::Ja);
    let broad = Broad::of(&demo(w), TODAY, w);
    let today = broad.today.unwrap();
    let admin = &broad.lanes[2].marks;
    assert!(admin[3].x < today.x && today.x < admin[4].x, "19 November, today, 3 December");
    assert_eq!(today.word, "今日 11月22日");
    assert_eq!(broad.past, Some(today.x));
}

#[test]
fn today_is_always_inside_or_not_drawn() {
    let w = Words::of(Lang::Ja);
    let rows = demo(w);
    let mut day = Day::constant(2026, 4, 1);
    while day < Day::constant(2027, 4, 1) {
        let broad = Broad::of(&rows, day, w);
        if let Some(today) = &broad.today {
            assert!((120.0..=1064.0).contains(&today.x.0), "{day}");
            assert!(today.flag.0 >= 0.0 && today.flag.0 + today.flag_width.0 <= f64::from(Broad::WIDTH), "{day}");
        }
        nothing_overlaps(&words_of_broad(&broad), Broad::WIDTH);
        day = day.tomorrow().unwrap();
    }
    assert!(Broad::of(&rows, Day::constant(2026, 5, 1), w).today.is_none(), "long before");
    assert!(Broad::of(&rows, Day::constant(2026, 9, 1), w).today.is_some(), "applications have just opened");
    let after = Broad::of(&rows, Day::constant(2027, 3, 31), w);
    assert!(after.today.is_none() && after.past.is_some(), "all of it is past");
}

#[test]
fn a_long_name_is_broken_between_its_parts() {
    let w = Words::of(Lang::Ja);
    let names: Vec<Vec<String>> =
        Broad::of(&demo(w), TODAY, w).lanes.into_iter().map(|lane| lane.name.into_iter().map(|(_, line)| line).collect()).collect();
    assert_eq!(names[2], ["システム・", "セキュリティ", "管理者向け"]);
    assert_eq!(names[3], ["初学者・", "医療従事者向け"]);
}

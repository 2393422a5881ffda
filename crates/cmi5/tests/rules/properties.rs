//! Whatever comes in whatever order: the state machine and a model that reads the whole story each time agree.

use cmi5::{Course, LaunchMode, MoveOn, Part, Reason, Registration, Said, Saying, Session, Waiver};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;

use crate::sample::{course, head, structure, unit};

/// Something that happens in a registration.
#[derive(Clone, Copy, Debug)]
enum Event {
    Launch(usize, LaunchMode),
    ReadLaunchData(usize),
    ReadPreferences(usize),
    Say(usize, Said, i64),
    Waive(usize),
}

const UNITS: usize = 4;

fn any_event() -> impl Strategy<Value = Event> {
    let said = prop_oneof![
        Just(Said::Initialized),
        Just(Said::Completed),
        Just(Said::Passed),
        Just(Said::Failed),
        Just(Said::Terminated),
        Just(Said::Allowed)
    ];
    let mode = prop_oneof![4 => Just(LaunchMode::Normal), 1 => Just(LaunchMode::Browse), 1 => Just(LaunchMode::Review)];
    prop_oneof![
        3 => (0..UNITS, mode).prop_map(|(unit, mode)| Event::Launch(unit, mode)),
        3 => (0..3usize).prop_map(Event::ReadLaunchData),
        3 => (0..3usize).prop_map(Event::ReadPreferences),
        14 => (0..3usize, said, -3..20i64).prop_map(|(back, said, later)| Event::Say(back, said, later)),
        1 => (0..UNITS).prop_map(Event::Waive),
    ]
}

/// A course of four units: one, and a block with one and a block with two.
fn course_of(rules: &[MoveOn]) -> Course {
    let of = |n: usize| unit(n, &format!("moveOn=\"{}\"", rules[n].id()), "https://example.com/");
    let inner = format!("<block id=\"https://example.com/b/1\">{}{}{}</block>", head("b"), of(2), of(3));
    let outer = format!("<block id=\"https://example.com/b/0\">{}{}{inner}</block>", head("b"), of(1));
    Course::read(structure(&format!("{}{}{outer}", course(), of(0))).as_bytes()).unwrap()
}

/// Everything that was taken, in the order in which it came; whatever follows is read from it anew.
#[derive(Default)]
struct Story {
    sessions: Vec<(usize, LaunchMode, bool, bool)>,
    taken: Vec<(usize, Said, i64)>,
    waived: BTreeSet<usize>,
}

impl Story {
    fn said(&self, session: usize, said: Said) -> bool {
        self.taken.iter().any(|(at, what, _)| *at == session && *what == said)
    }

    fn said_of_unit(&self, unit: usize, said: Said) -> bool {
        self.taken.iter().any(|(at, what, _)| self.sessions[*at].0 == unit && *what == said)
    }

    /// A session is open while it is the last one and has not been terminated: a launch abandons what is open.
    fn is_open(&self, session: usize) -> bool {
        session + 1 == self.sessions.len() && !self.said(session, Said::Terminated)
    }

    fn may(&self, session: usize, said: Said, at: i64) -> bool {
        let (unit, mode, launch_data, preferences) = self.sessions[session];
        let own = || self.taken.iter().filter(|(own, ..)| *own == session);
        let begun = own().find(|(_, what, _)| *what == Said::Initialized).map(|(.., at)| *at);
        let in_order = match (said, begun) {
            (Said::Initialized, begun) => begun.is_none() && launch_data && preferences,
            (_, None) => false,
            (Said::Terminated, Some(_)) => own().all(|(.., earlier)| *earlier <= at),
            (_, Some(begun)) => begun <= at,
        };
        let judges = matches!(said, Said::Completed | Said::Passed | Said::Failed);
        let allowed = match said {
            Said::Completed => !self.said_of_unit(unit, Said::Completed),
            Said::Passed => !self.said_of_unit(unit, Said::Passed) && !self.said(session, Said::Failed),
            Said::Failed => !self.said(session, Said::Failed) && !self.said_of_unit(unit, Said::Passed),
            _ => true,
        };
        self.is_open(session) && in_order && allowed && (!judges || mode == LaunchMode::Normal)
    }

    fn is_done(&self, unit: usize, rule: MoveOn) -> bool {
        let (completed, passed) = (self.said_of_unit(unit, Said::Completed), self.said_of_unit(unit, Said::Passed));
        let met = match rule {
            MoveOn::Passed => passed,
            MoveOn::Completed => completed,
            MoveOn::CompletedAndPassed => completed && passed,
            MoveOn::CompletedOrPassed => completed || passed,
            MoveOn::NotApplicable => true,
        };
        met || self.waived.contains(&unit)
    }

    fn satisfied(&self, rules: &[MoveOn]) -> BTreeSet<Part> {
        let done: Vec<bool> = (0..UNITS).map(|unit| self.is_done(unit, rules[unit])).collect();
        let parts = [
            (Part::Block(1), done[2] && done[3]),
            (Part::Block(0), done[1] && done[2] && done[3]),
            (Part::Course, done.iter().all(|done| *done)),
        ];
        parts.into_iter().filter(|(_, done)| *done).map(|(part, _)| part).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn the_state_machine_agrees_with_the_whole_story(rules in vec(prop::sample::select(MoveOn::ALL.to_vec()), UNITS), events in vec(any_event(), 0..80)) {
        let course = course_of(&rules);
        let (mut registration, news) = Registration::begin(&course);
        let (mut story, mut sessions, mut told) = (Story::default(), Vec::<Session>::new(), BTreeSet::new());
        told.extend(news);
        prop_assert_eq!(&told, &story.satisfied(&rules));
        for (now, event) in (0i64..).zip(events) {
            let session = |back: usize| sessions.len().checked_sub(back + 1);
            let news = match event {
                Event::Launch(unit, mode) => {
                    for open in &mut sessions {
                        open.abandon();
                    }
                    sessions.push(Session::launched(mode, None));
                    story.sessions.push((unit, mode, false, false));
                    vec![]
                }
                Event::ReadLaunchData(back) => {
                    if let Some(at) = session(back) {
                        sessions[at].read_launch_data();
                        story.sessions[at].2 = true;
                    }
                    vec![]
                }
                Event::ReadPreferences(back) => {
                    if let Some(at) = session(back) {
                        sessions[at].read_preferences();
                        story.sessions[at].3 = true;
                    }
                    vec![]
                }
                Event::Say(back, said, later) => {
                    let Some(at) = session(back) else { continue };
                    let moment = now + later;
                    let unit = story.sessions[at].0;
                    let before = (registration.clone(), sessions[at].clone());
                    let taken = registration.take(unit, &mut sessions[at], Saying { said, at: moment });
                    prop_assert_eq!(taken.is_ok(), story.may(at, said, moment), "{:?} {:?}", event, taken);
                    if let Ok(more) = taken {
                        story.taken.push((at, said, moment));
                        let news = registration.settle(&course);
                        prop_assert!(more || news.is_empty());
                        news
                    } else {
                        prop_assert_eq!(before, (registration.clone(), sessions[at].clone()));
                        vec![]
                    }
                }
                Event::Waive(unit) => {
                    let may = !story.is_done(unit, rules[unit]);
                    let waiver = Waiver { reason: Reason::TestedOut, note: String::new(), at: now };
                    let waived = registration.waive(&course, unit, waiver);
                    prop_assert_eq!(waived.is_ok(), may);
                    if may {
                        story.waived.insert(unit);
                    }
                    waived.unwrap_or_default()
                }
            };
            // Each part is told once, at the moment in which it is done, and after what lies in it.
            for part in news {
                prop_assert!(told.insert(part), "{:?} was told twice", part);
                prop_assert!(part != Part::Block(0) || told.contains(&Part::Block(1)));
                prop_assert!(part != Part::Course || told.contains(&Part::Block(0)));
            }
            prop_assert_eq!(&told, &story.satisfied(&rules));
            prop_assert_eq!(registration.done(&course), (0..UNITS).filter(|unit| story.is_done(*unit, rules[*unit])).count());
        }
    }

    #[test]
    fn no_bytes_make_a_reader_fall_over(bytes in vec(any::<u8>(), 0..2_000), at in any::<prop::sample::Index>()) {
        let _ = crate::sample::open(bytes.clone());
        let mut sound = crate::sample::zip([("cmi5.xml", crate::sample::plain("").as_bytes()), ("a.html", b"text")]);
        let place = at.index(sound.len());
        for (byte, other) in sound[place..].iter_mut().zip(bytes.iter().take(8)) {
            *byte = *other;
        }
        let _ = crate::sample::open(sound);
        let mut xml = crate::sample::plain("").into_bytes();
        let place = at.index(xml.len());
        xml.splice(place..place, bytes.into_iter().take(20));
        let _ = Course::read(&xml);
    }
}

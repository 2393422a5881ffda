//! What may follow what (sections 9.3, 9.6.1 and 10.2.2).

use cmi5::{
    Course, LaunchMode, NotWaived, Part, Reason, Registration, Requirement, Said, Saying, Session, Stage, Waiver, requirement as need,
};

use crate::sample::{nested, plain};

/// A session that may begin.
fn ready(mode: LaunchMode) -> Session {
    let mut session = Session::launched(mode, None);
    assert!(session.read_launch_data() && session.read_preferences());
    session
}

struct Run {
    course: Course,
    registration: Registration,
    session: Session,
    clock: i64,
}

impl Run {
    fn new() -> Self {
        let course = nested();
        let registration = Registration::begin(&course).0;
        Self { course, registration, session: ready(LaunchMode::Normal), clock: 0 }
    }

    fn says(&mut self, unit: usize, said: Said) -> Result<Vec<Part>, Requirement> {
        self.clock += 1;
        let saying = Saying { said, at: self.clock };
        self.registration.take(unit, &mut self.session, saying).map_err(|refused| refused.requirement)?;
        Ok(self.registration.settle(&self.course))
    }

    fn launch(&mut self, mode: LaunchMode) {
        self.session = ready(mode);
        self.says(0, Said::Initialized).unwrap();
    }
}

#[test]
fn requirement_9_3_0_initialized_is_first() {
    let mut run = Run::new();
    for said in [Said::Allowed, Said::Completed, Said::Passed, Said::Failed, Said::Terminated] {
        assert_eq!(run.says(0, said), Err(need::INITIALIZED_FIRST), "{said:?}");
    }
    assert_eq!(run.says(0, Said::Initialized), Ok(vec![]));
    assert_eq!(run.says(0, Said::Initialized), Err(need::INITIALIZED_ONCE));
    assert_eq!(run.says(0, Said::Allowed), Ok(vec![]));
}

#[test]
fn requirement_11_0_launch_data_and_preferences_are_read_before_initialized() {
    let mut run = Run::new();
    run.session = Session::launched(LaunchMode::Normal, None);
    assert_eq!(run.says(0, Said::Initialized), Err(need::LAUNCH_DATA_READ));
    run.session.read_launch_data();
    assert_eq!(run.says(0, Said::Initialized), Err(need::PREFERENCES_READ));
    run.session.read_preferences();
    assert_eq!(run.says(0, Said::Initialized), Ok(vec![]));
    assert!(!run.session.read_launch_data() && !run.session.read_preferences());
}

#[test]
fn requirement_9_3_0_terminated_is_last() {
    let mut run = Run::new();
    run.launch(LaunchMode::Normal);
    assert_eq!(run.says(0, Said::Terminated), Ok(vec![]));
    assert_eq!((run.session.stage(), run.session.is_open()), (Stage::Terminated, false));
    for said in [Said::Initialized, Said::Allowed, Said::Completed, Said::Passed, Said::Failed, Said::Terminated] {
        assert_eq!(run.says(0, said), Err(need::TERMINATED_LAST), "{said:?}");
    }
    assert!(!run.session.abandon(), "it has ended");
}

#[test]
fn requirement_9_3_0_the_order_is_that_of_the_timestamps() {
    let mut run = Run::new();
    run.clock = 100;
    run.launch(LaunchMode::Normal);
    run.clock = 50;
    assert_eq!(run.says(0, Said::Allowed), Err(need::INITIALIZED_FIRST));
    run.clock = 200;
    assert_eq!(run.says(0, Said::Allowed), Ok(vec![]));
    run.clock = 150;
    assert_eq!(run.says(0, Said::Completed), Ok(vec![]), "the same moment may come twice, and others between");
    assert_eq!(run.says(0, Said::Terminated), Err(need::TERMINATED_LAST));
    run.clock = 200;
    assert_eq!(run.says(0, Said::Terminated), Ok(vec![]));
}

#[test]
fn requirement_9_3_0_each_verb_is_said_once_in_a_session() {
    let mut run = Run::new();
    run.launch(LaunchMode::Normal);
    run.says(0, Said::Completed).unwrap();
    assert_eq!(run.says(0, Said::Completed), Err(need::VERB_ONCE));
    run.says(0, Said::Failed).unwrap();
    assert_eq!(run.says(0, Said::Failed), Err(need::VERB_ONCE));
    assert_eq!(run.says(0, Said::Passed), Err(need::PASSED_OR_FAILED));
    run.launch(LaunchMode::Normal);
    run.says(0, Said::Passed).unwrap();
    assert_eq!(run.says(0, Said::Passed), Err(need::VERB_ONCE));
    assert_eq!(run.says(0, Said::Failed), Err(need::PASSED_OR_FAILED));
}

#[test]
fn requirement_9_3_0_completed_and_passed_are_said_once_in_a_registration() {
    let mut run = Run::new();
    run.launch(LaunchMode::Normal);
    run.says(0, Said::Completed).unwrap();
    run.says(0, Said::Passed).unwrap();
    run.launch(LaunchMode::Normal);
    assert_eq!(run.says(0, Said::Completed), Err(need::COMPLETED_ONCE));
    assert_eq!(run.says(0, Said::Passed), Err(need::PASSED_ONCE));
    assert_eq!(run.says(0, Said::Failed), Err(need::FAILED_AFTER_PASSED));
    // Another unit knows nothing of it.
    assert!(run.says(1, Said::Passed).is_ok());
}

#[test]
fn requirement_9_3_0_passed_may_follow_failed_in_another_session() {
    let mut run = Run::new();
    run.launch(LaunchMode::Normal);
    run.says(0, Said::Failed).unwrap();
    run.launch(LaunchMode::Normal);
    assert!(run.says(0, Said::Passed).is_ok());
}

#[test]
fn requirement_10_2_2_only_a_normal_launch_completes_passes_or_fails() {
    for mode in [LaunchMode::Browse, LaunchMode::Review] {
        let mut run = Run::new();
        run.launch(mode);
        for said in [Said::Completed, Said::Passed, Said::Failed] {
            assert_eq!(run.says(0, said), Err(need::MODE), "{mode:?} {said:?}");
        }
        assert_eq!(run.says(0, Said::Allowed), Ok(vec![]));
        assert_eq!(run.says(0, Said::Terminated), Ok(vec![]));
    }
}

#[test]
fn requirement_9_3_6_nothing_follows_abandoned() {
    let mut run = Run::new();
    run.launch(LaunchMode::Normal);
    assert!(run.session.abandon() && !run.session.abandon());
    for said in [Said::Initialized, Said::Allowed, Said::Completed, Said::Terminated] {
        assert_eq!(run.says(0, said), Err(need::ABANDONED), "{said:?}");
    }
}

#[test]
fn requirement_9_3_9_blocks_and_the_course_are_satisfied_once_and_in_order() {
    let mut run = Run::new();
    assert!(!run.registration.is_satisfied(Part::Course));
    run.launch(LaunchMode::Normal);
    assert_eq!(run.says(2, Said::Passed), Ok(vec![]));
    run.launch(LaunchMode::Normal);
    assert_eq!(run.says(1, Said::Passed), Ok(vec![Part::Block(1)]));
    run.launch(LaunchMode::Normal);
    assert_eq!(run.says(0, Said::Completed), Ok(vec![Part::Block(0)]));
    run.launch(LaunchMode::Normal);
    assert_eq!(run.says(3, Said::Completed), Ok(vec![]));
    assert_eq!(run.says(3, Said::Passed), Ok(vec![Part::Course]));
    assert_eq!(run.registration.done(&run.course), 4);
    run.launch(LaunchMode::Normal);
    assert_eq!(run.says(2, Said::Completed), Ok(vec![]), "nothing is said to be satisfied twice");
}

#[test]
fn requirement_9_6_1_what_needs_nothing_is_satisfied_with_the_registration() {
    let course = Course::read(plain("moveOn=\"NotApplicable\"").as_bytes()).unwrap();
    let (registration, parts) = Registration::begin(&course);
    assert_eq!(parts, [Part::Course]);
    assert!(registration.is_satisfied(Part::Course));
    let course = Course::read(plain("moveOn=\"Completed\"").as_bytes()).unwrap();
    assert_eq!(Registration::begin(&course).1, []);
}

/// A waiver.
fn waiver() -> Waiver {
    Waiver { reason: Reason::OutsideActivity, note: "another course".to_owned(), at: 7 }
}

#[test]
fn requirement_9_3_7_a_unit_is_waived_once() {
    let mut run = Run::new();
    assert_eq!(run.registration.waive(&run.course, 1, waiver()), Ok(vec![]));
    assert_eq!(run.registration.waive(&run.course, 1, waiver()), Err(NotWaived::Already));
    assert_eq!(run.registration.waive(&run.course, 4, waiver()), Err(NotWaived::NoUnit));
    assert_eq!(run.registration.waive(&run.course, 2, waiver()), Ok(vec![Part::Block(1)]));
    assert_eq!(run.registration.waive(&run.course, 0, waiver()), Ok(vec![Part::Block(0)]));
    assert_eq!(run.registration.waive(&run.course, 3, waiver()), Ok(vec![Part::Course]));
}

#[test]
fn requirement_9_3_7_what_was_met_by_itself_is_not_waived() {
    let mut run = Run::new();
    run.launch(LaunchMode::Normal);
    run.says(3, Said::Completed).unwrap();
    run.says(1, Said::Passed).unwrap();
    assert_eq!(run.registration.waive(&run.course, 1, waiver()), Err(NotWaived::Satisfied));
    assert_eq!(run.registration.waiver(1), None);
    // What is half done is not met.
    assert_eq!(run.registration.waive(&run.course, 3, waiver()), Ok(vec![]));
    assert_eq!(run.registration.waiver(3), Some(&waiver()));
    let free = Course::read(plain("moveOn=\"NotApplicable\"").as_bytes()).unwrap();
    assert_eq!(Registration::begin(&free).0.waive(&free, 0, waiver()), Err(NotWaived::Satisfied));
}

#[test]
fn what_is_known_survives_being_stored() {
    let mut run = Run::new();
    run.launch(LaunchMode::Normal);
    run.says(2, Said::Passed).unwrap();
    run.registration.waive(&run.course, 1, waiver()).unwrap();
    let registration: Registration = serde_json::from_str(&serde_json::to_string(&run.registration).unwrap()).unwrap();
    let session: Session = serde_json::from_str(&serde_json::to_string(&run.session).unwrap()).unwrap();
    assert_eq!((registration, session), (run.registration, run.session));
}

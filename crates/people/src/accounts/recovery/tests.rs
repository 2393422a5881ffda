//! The life of a recovery against a model: a list of what has happened, from which the answer is told anew each time.

use access::{AccountId, Membership, OrganizationId, Role, SignInId, Standing};
use kernel::{Lang, Span, Timestamp, Uuid};
use proptest::prelude::*;
use std::cell::Cell;

use super::life::{Outcome, Recovery, RecoveryId, State};
use super::need::{Need, Reach, Way};

/// 2026-11-22 00:00 in Japan.
const ORIGIN: Timestamp = Timestamp::from_micros(1_795_273_200_000_000);

/// What is done, some minutes after what was done before.
#[derive(Clone, Debug)]
enum Deed {
    /// Another person approves, in this way.
    Approve(Way),
    MakeLink,
    /// Uses the link that was made so many before the newest, by a sign-in of this number.
    Use(i64, u128),
    /// Registers the new way, in the sign-in of this number.
    Complete(u128),
    Close(Outcome),
    Wait,
}

/// The facts, as they happened. Nothing is derived here that the noun derives in the same way.
#[derive(Default)]
struct Ledger {
    approvals: Vec<Way>,
    approved: Option<Timestamp>,
    links: Vec<Timestamp>,
    used: Option<(Timestamp, u128)>,
    over: Option<Outcome>,
}

fn blank() -> Recovery {
    Recovery {
        id: RecoveryId::from_uuid(Uuid::nil()),
        account: AccountId::from_uuid(Uuid::nil()),
        email: "taro@example.jp".parse().unwrap(),
        lang: Lang::Ja,
        asked_at: ORIGIN,
        approved_at: None,
        held_until: None,
        generation: 0,
        link_ends_at: None,
        used_at: None,
        sign_in: None,
        closed_at: None,
        outcome: None,
    }
}

impl Ledger {
    /// Whether anything can still come of it.
    fn lives(&self, need: Need, now: Timestamp) -> bool {
        let begins = self.approved.map_or(ORIGIN, |at| if need.hold { at.plus(Span::hours(24)) } else { at });
        self.over.is_none() && now < begins.plus(Span::days(7))
    }

    /// Whether approvals came, the day of the hold is over, and nothing has ended it.
    fn is_ripe(&self, need: Need, now: Timestamp) -> bool {
        let rests = if need.hold { Span::hours(24) } else { Span::ZERO };
        self.lives(need, now) && self.approved.is_some_and(|at| now >= at.plus(rests))
    }

    fn is_enough(&self, need: Need) -> bool {
        let operators = self.approvals.iter().filter(|way| **way == Way::Operator).count();
        let others = self.approvals.len() - operators;
        operators > 1 || (!need.operators && others > 0)
    }

    /// Does it, if it may be done, and says whether it might.
    fn takes(&mut self, deed: &Deed, need: Need, now: Timestamp) -> bool {
        match deed {
            Deed::Approve(way) => {
                let may = self.lives(need, now) && self.approved.is_none();
                if may {
                    self.approvals.push(*way);
                    self.approved = self.is_enough(need).then_some(now);
                }
                may
            }
            Deed::MakeLink => {
                let may = self.is_ripe(need, now);
                if may {
                    self.links.push(now);
                    self.used = None;
                }
                may
            }
            Deed::Use(back, who) => {
                let fresh = self.links.last().is_some_and(|made| now < made.plus(Span::minutes(15)));
                let may = self.is_ripe(need, now) && fresh && *back == 0 && self.used.is_none();
                if may {
                    self.used = Some((now, *who));
                }
                may
            }
            Deed::Complete(who) => {
                let is_theirs = self.used.is_some_and(|(at, by)| by == *who && now < at.plus(Span::hours(1)));
                let may = self.is_ripe(need, now) && is_theirs;
                if may {
                    self.over = Some(Outcome::Completed);
                }
                may
            }
            Deed::Close(outcome) => {
                let lives = if *outcome == Outcome::Lapsed { self.over.is_none() } else { self.lives(need, now) };
                let may = lives && *outcome != Outcome::Completed;
                if may {
                    self.over = Some(*outcome);
                }
                may
            }
            Deed::Wait => true,
        }
    }
}

const fn sign_in(number: u128) -> SignInId {
    SignInId::from_uuid(Uuid::from_u128(number))
}

/// Does the same to the noun, as the verbs do.
fn does(recovery: &mut Recovery, before: &[Way], deed: &Deed, need: Need, now: Timestamp) -> bool {
    match deed {
        Deed::Approve(way) => recovery.approve(need, &[before, &[*way]].concat(), now).is_ok(),
        Deed::MakeLink => recovery.make_link(now).is_ok(),
        Deed::Use(back, who) => recovery.use_link(recovery.generation - back, sign_in(*who), now).is_ok(),
        Deed::Complete(who) => recovery.complete(sign_in(*who), now).is_ok(),
        Deed::Close(outcome) => recovery.close(*outcome, now).is_ok(),
        Deed::Wait => true,
    }
}

fn way() -> impl Strategy<Value = Way> {
    prop_oneof![Just(Way::Colleague), Just(Way::CallBack), Just(Way::Operator)]
}

fn deed() -> impl Strategy<Value = (i64, Deed)> {
    let minutes = prop_oneof![24 => 0_i64..16, 5 => 14_i64..70, 6 => 1_430_i64..1_450, 1 => 10_070_i64..10_090];
    let outcome = prop_oneof![Just(Outcome::Refused), Just(Outcome::Cancelled), Just(Outcome::Lapsed), Just(Outcome::Completed)];
    let who = prop_oneof![5 => Just(1_u128), 1 => Just(2_u128)].boxed();
    let deed = prop_oneof![
        8 => way().prop_map(Deed::Approve),
        8 => Just(Deed::MakeLink),
        8 => (prop_oneof![5 => Just(0_i64), 1 => Just(1_i64)], who.clone()).prop_map(|(back, who)| Deed::Use(back, who)),
        8 => who.prop_map(Deed::Complete),
        1 => outcome.prop_map(Deed::Close),
        2 => Just(Deed::Wait),
    ];
    (minutes, deed)
}

/// Half of the lives begin where others are long over: approved, with the day of the hold gone by.
fn beginning() -> impl Strategy<Value = Vec<(i64, Deed)>> {
    let approved = vec![(0, Deed::Approve(Way::Operator)), (0, Deed::Approve(Way::Operator)), (24 * 60, Deed::MakeLink)];
    prop_oneof![Just(Vec::new()), Just(approved)]
}

/// Ten thousand lives go as the ledger tells, and whatever happens: nothing opens without its approvals, its hold, and its link.
#[test]
fn whatever_is_done_a_recovery_goes_as_its_ledger_tells() {
    let needs = [(true, true), (true, false), (false, true)];
    let config =
        ProptestConfig { cases: ProptestConfig::default().cases.max(10_000), failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let lives = (0_usize..3, beginning(), prop::collection::vec(deed(), 1..25));
    let completed = Cell::new(0);
    runner
        .run(&lives, |(need, beginning, deeds)| {
            let (operators, hold) = needs[need];
            let need = Need { operators, hold };
            let (mut recovery, mut ledger, mut now) = (blank(), Ledger::default(), ORIGIN);
            for (minutes, deed) in beginning.iter().chain(&deeds) {
                now = now.plus(Span::minutes(*minutes));
                let before = ledger.approvals.clone();
                let (done, may) = (does(&mut recovery, &before, deed, need, now), ledger.takes(deed, need, now));
                prop_assert_eq!(done, may, "{:?} after {:?}", deed, recovery);
                let is_over = matches!(recovery.state(now), State::Over(_));
                prop_assert_eq!(is_over, !ledger.lives(need, now), "{:?}", recovery);
                if matches!(recovery.state(now), State::Ready | State::Opened) {
                    prop_assert!(ledger.is_enough(need), "open with {:?}", ledger.approvals);
                    prop_assert!(!need.hold || recovery.approved_at.is_some_and(|at| now >= at.plus(Span::hours(24))), "in the hold");
                }
            }
            if recovery.outcome == Some(Outcome::Completed) {
                prop_assert!(ledger.used.is_some(), "completed without a link");
                completed.set(completed.get() + 1);
            }
            Ok(())
        })
        .unwrap();
    assert!(completed.get() > 100, "only {} arrived: the walk is no walk", completed.get());
}

const HOSPITAL: OrganizationId = OrganizationId::from_uuid(Uuid::from_u128(1));
const TOWN: OrganizationId = OrganizationId::from_uuid(Uuid::from_u128(2));
const COUNTY: OrganizationId = OrganizationId::from_uuid(Uuid::from_u128(3));
const CLINIC: OrganizationId = OrganizationId::from_uuid(Uuid::from_u128(4));

fn reach(role: Role, path: &[OrganizationId]) -> Reach {
    Reach { role, path: path.to_vec() }
}

fn way_of(role: Role, organization: Option<OrganizationId>, person: &[Reach]) -> Option<Way> {
    Way::of(&[Membership { role, standing: Standing::Confirmed, organization }], person).map(|(way, _)| way)
}

#[test]
fn a_colleague_or_an_association_above_confirms_for_an_institution_and_nobody_beside_or_below() {
    let clerk = [reach(Role::InstitutionAdmin, &[HOSPITAL, TOWN, COUNTY])];
    assert_eq!(way_of(Role::InstitutionAdmin, Some(HOSPITAL), &clerk), Some(Way::Colleague));
    assert_eq!(way_of(Role::InstitutionAdmin, Some(CLINIC), &clerk), None, "another institution");
    assert_eq!(way_of(Role::InstitutionAdmin, Some(TOWN), &clerk), None, "above, but of no association");
    for role in [Role::AssociationEditor, Role::AssociationReleaser] {
        assert_eq!(way_of(role, Some(TOWN), &clerk), Some(Way::CallBack));
        assert_eq!(way_of(role, Some(COUNTY), &clerk), Some(Way::CallBack));
        assert_eq!(way_of(role, Some(HOSPITAL), &clerk), None, "of an association, at the same place");
        assert_eq!(way_of(role, None, &clerk), None, "nowhere in the tree");
    }
    assert_eq!(way_of(Role::Secretariat, None, &clerk), None);
    assert_eq!(way_of(Role::Operator, None, &clerk), Some(Way::Operator));
    assert_eq!(way_of(Role::Operator, Some(TOWN), &clerk), None, "an operator of a part is none");

    let editor = [reach(Role::AssociationEditor, &[TOWN, COUNTY])];
    assert_eq!(way_of(Role::AssociationReleaser, Some(TOWN), &editor), Some(Way::Colleague));
    assert_eq!(way_of(Role::AssociationEditor, Some(COUNTY), &editor), Some(Way::CallBack));
    assert_eq!(way_of(Role::InstitutionAdmin, Some(TOWN), &editor), None);
}

#[test]
fn whoever_acts_for_several_places_is_confirmed_for_all_of_them_or_none() {
    let both = [reach(Role::InstitutionAdmin, &[HOSPITAL, TOWN]), reach(Role::InstitutionAdmin, &[CLINIC])];
    assert_eq!(way_of(Role::InstitutionAdmin, Some(HOSPITAL), &both), None);
    assert_eq!(way_of(Role::AssociationEditor, Some(TOWN), &both), None);
    assert_eq!(way_of(Role::Operator, None, &both), Some(Way::Operator));
    let clerk_and_office = [reach(Role::InstitutionAdmin, &[HOSPITAL]), reach(Role::Secretariat, &[])];
    assert_eq!(way_of(Role::InstitutionAdmin, Some(HOSPITAL), &clerk_and_office), None, "the stronger role asks for operators");
    assert_eq!(Need::of(&clerk_and_office), Some(Need { operators: true, hold: true }), "and the other for the hold");
    assert_eq!(Need::of(&[reach(Role::Learner, &[])]), None);
    assert_eq!(Need::of(&[reach(Role::Inspector, &[TOWN])]), Some(Need { operators: true, hold: false }));
}

#[test]
fn two_operators_are_needed_and_one_of_an_institution_does_not_count_for_staff() {
    let staff = Need { operators: true, hold: false };
    for (ways, is_enough) in [
        (vec![], false),
        (vec![Way::Operator], false),
        (vec![Way::Colleague, Way::CallBack], false),
        (vec![Way::Operator, Way::Colleague], false),
        (vec![Way::Operator, Way::Operator], true),
    ] {
        assert_eq!(staff.is_met_by(&ways), is_enough, "{ways:?}");
    }
    let institution = Need { operators: false, hold: true };
    for (ways, is_enough) in [
        (vec![Way::Operator], false),
        (vec![Way::Operator, Way::Operator], true),
        (vec![Way::CallBack], true),
        (vec![Way::Colleague], true),
    ] {
        assert_eq!(institution.is_met_by(&ways), is_enough, "{ways:?}");
    }
}

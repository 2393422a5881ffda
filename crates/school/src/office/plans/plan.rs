use kernel::{FiscalYear, Span, Timestamp, id};
use std::str::FromStr;

id!(
    /// A proposed change of a programme.
    PlanId
);

/// How long after its publication a plan can be taken back.
pub const TAKE_BACK: Span = Span::days(30);

/// What a plan does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 年度の複製: a new year after an old one.
    Clone,
    /// 新しい年度: a new year without sessions.
    New,
    /// 研修の変更: what a course says.
    Course,
    /// 回の一括変更: many sessions at once.
    Bulk,
    /// 変更の取り下げ: what a published plan changed becomes what it was.
    Restore,
}

/// What happened to a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// 保存
    Saved,
    /// 確認依頼
    Requested,
    /// 差し戻し
    Returned,
    /// 承認
    Approved,
    /// 公開
    Published,
    /// 取りやめ
    Abandoned,
}

/// How a plan stands: what its last step made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// 下書き
    Draft,
    /// 確認待ち
    Requested,
    /// 承認済み
    Approved,
    /// 公開済み
    Published,
    /// 取りやめ
    Abandoned,
}

/// The stored word is none of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a word of plans")]
pub struct NotAWord;

/// Why a step was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// No such step leads on from the plan's stage.
    OutOfTurn,
    /// Whoever wrote it, or asked for its approval, does not approve it.
    Own,
}

db::row! {
    /// A proposed change of a programme, and how it stands.
    #[derive(Clone, Debug)]
    pub struct Plan {
        pub id: PlanId,
        pub kind: Kind,
        pub year: FiscalYear,
        pub pattern: Option<FiscalYear>,
        pub restores: Option<PlanId>,
        pub revision: i64,
        pub made_at: Timestamp,
        pub saved_at: Timestamp,
        pub step: Step,
    }
}

db::row! {
    /// One step of a plan's way: what, who, when, and what they said.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Past {
        pub step: Step,
        pub actor: String,
        pub role: String,
        pub note: String,
        pub at: Timestamp,
    }
}

/// Whether this actor may take the step after what is past. With `two_persons`, nobody approves what they had a part in writing.
pub fn may_take(past: &[Past], step: Step, actor: &str, two_persons: bool) -> Result<(), NotTaken> {
    let is_in_turn = match past.last() {
        None => step == Step::Saved,
        Some(last) => last.step.leads_to().takes(step),
    };
    if !is_in_turn {
        return Err(NotTaken::OutOfTurn);
    }
    let is_own = past.iter().any(|past| matches!(past.step, Step::Saved | Step::Requested) && past.actor == actor);
    if step == Step::Approved && two_persons && is_own { Err(NotTaken::Own) } else { Ok(()) }
}

impl Kind {
    const ALL: [Self; 5] = [Self::Clone, Self::New, Self::Course, Self::Bulk, Self::Restore];

    /// The word in the database and in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Clone => "clone",
            Self::New => "new",
            Self::Course => "course",
            Self::Bulk => "bulk",
            Self::Restore => "restore",
        }
    }

    /// Whether it makes a programme, and may still be given more sessions.
    pub const fn makes_a_year(self) -> bool {
        matches!(self, Self::Clone | Self::New)
    }

    /// The key of its word.
    pub fn key(self) -> String {
        format!("plans-kind-{}", self.id())
    }
}

impl Step {
    const ALL: [Self; 6] = [Self::Saved, Self::Requested, Self::Returned, Self::Approved, Self::Published, Self::Abandoned];

    /// The word in the database.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Requested => "requested",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Abandoned => "abandoned",
        }
    }

    /// What a plan is after this step.
    pub const fn leads_to(self) -> Stage {
        match self {
            Self::Saved | Self::Returned => Stage::Draft,
            Self::Requested => Stage::Requested,
            Self::Approved => Stage::Approved,
            Self::Published => Stage::Published,
            Self::Abandoned => Stage::Abandoned,
        }
    }

    /// The key of its word.
    pub fn key(self) -> String {
        format!("plans-step-{}", self.id())
    }
}

impl Stage {
    /// Every stage, in the order of the way.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Requested, Self::Approved, Self::Published, Self::Abandoned];

    /// Whether a plan at this stage can take the step. A change of what was looked at begins the way again.
    pub const fn takes(self, step: Step) -> bool {
        match self {
            Self::Draft => matches!(step, Step::Saved | Step::Requested | Step::Abandoned),
            Self::Requested => matches!(step, Step::Saved | Step::Returned | Step::Approved | Step::Abandoned),
            Self::Approved => matches!(step, Step::Saved | Step::Returned | Step::Published | Step::Abandoned),
            Self::Published | Self::Abandoned => false,
        }
    }

    /// The word in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Requested => "requested",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Abandoned => "abandoned",
        }
    }

    /// The key of its word.
    pub fn key(self) -> String {
        format!("plans-stage-{}", self.id())
    }

    /// The shape that the style sheet draws beside the word.
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Draft => "arranging",
            Self::Requested => "later",
            Self::Approved => "full",
            Self::Published => "done",
            Self::Abandoned => "cancelled",
        }
    }
}

impl Plan {
    /// How it stands.
    pub const fn stage(&self) -> Stage {
        self.step.leads_to()
    }

    /// Whether its drafts can still be changed.
    pub const fn is_open(&self) -> bool {
        self.stage().takes(Step::Saved)
    }
}

impl FromStr for Kind {
    type Err = NotAWord;
    fn from_str(id: &str) -> Result<Self, NotAWord> {
        Self::ALL.into_iter().find(|kind| kind.id() == id).ok_or(NotAWord)
    }
}

impl FromStr for Step {
    type Err = NotAWord;
    fn from_str(id: &str) -> Result<Self, NotAWord> {
        Self::ALL.into_iter().find(|step| step.id() == id).ok_or(NotAWord)
    }
}

impl FromStr for Stage {
    type Err = NotAWord;
    fn from_str(id: &str) -> Result<Self, NotAWord> {
        Self::ALL.into_iter().find(|stage| stage.id() == id).ok_or(NotAWord)
    }
}

impl db::FromColumn for Kind {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

impl db::FromColumn for Step {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ACTORS: [&str; 3] = ["account:a", "account:b", "account:c"];

    /// The way told differently: what is known of the drafts as they stand, instead of the steps that led there.
    #[derive(Debug, Default)]
    struct Model {
        asked: bool,
        approved: bool,
        over: bool,
        writers: Vec<usize>,
    }

    impl Model {
        fn take(&mut self, step: Step, who: usize, two_persons: bool) -> Result<(), NotTaken> {
            let is_in_turn = !self.over
                && match step {
                    Step::Saved => true,
                    Step::Requested => !self.writers.is_empty() && !self.asked,
                    Step::Returned => self.asked,
                    Step::Approved => self.asked && !self.approved,
                    Step::Published => self.approved,
                    Step::Abandoned => !self.writers.is_empty(),
                };
            if !is_in_turn {
                return Err(NotTaken::OutOfTurn);
            }
            match step {
                Step::Approved if two_persons && self.writers.contains(&who) => return Err(NotTaken::Own),
                Step::Approved => self.approved = true,
                Step::Saved | Step::Requested => {
                    (self.asked, self.approved) = (step == Step::Requested, false);
                    self.writers.push(who);
                }
                Step::Returned => (self.asked, self.approved) = (false, false),
                Step::Published | Step::Abandoned => self.over = true,
            }
            Ok(())
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_plan_goes_the_way_of_the_model(two_persons: bool, steps in prop::collection::vec((0..6_usize, 0..3_usize), 0..30)) {
            let (mut model, mut past) = (Model::default(), Vec::<Past>::new());
            for (step, who) in steps {
                let step = Step::ALL[step];
                let said = may_take(&past, step, ACTORS[who], two_persons);
                prop_assert_eq!(said, model.take(step, who, two_persons), "{:?} by {} after {:?}", step, who, &past);
                if said.is_ok() {
                    let at = Timestamp::from_micros(0);
                    past.push(Past { step, actor: ACTORS[who].into(), role: String::new(), note: String::new(), at });
                }
            }
            // Whatever went before: what is public was approved as it stood, by somebody who had not written it.
            if past.last().is_some_and(|last| last.step == Step::Published) {
                let approval = &past[past.len() - 2];
                prop_assert_eq!(approval.step, Step::Approved);
                let wrote = past.iter().any(|one| matches!(one.step, Step::Saved | Step::Requested) && one.actor == approval.actor);
                prop_assert!(!(two_persons && wrote));
            }
        }
    }
}

use crate::content::{Course, Unit};

/// What becomes an assignable unit.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part<'c> {
    /// Slides, and the questions that have to be answered.
    Unit(&'c Unit),
    /// 確認テスト
    Test,
}

impl<'c> Part<'c> {
    /// The parts of a course, in their order.
    pub fn all(course: &'c Course) -> Vec<Self> {
        let has_test = course.test.asked() > 0;
        course.units.iter().map(Self::Unit).chain(has_test.then_some(Self::Test)).collect()
    }
}

/// What the files of a part begin with, by its place: whatever its unit is called, this is a name on every disk.
pub(super) fn file(position: usize) -> String {
    format!("{:02}", position + 1)
}

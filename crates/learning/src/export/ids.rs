use crate::content::{Course, Unit};

/// By which ids other systems know our courses: the addresses at which they stand in this portal. They stay the same for every version and
/// every year, so that records of all of them are about the same thing.
#[derive(Clone, Debug)]
pub struct Ids {
    /// The portal, without a slash at the end.
    base: String,
}

impl Ids {
    /// The ids of the portal at `base`.
    pub fn new(base: &str) -> Self {
        Self { base: base.trim_end_matches('/').to_owned() }
    }

    /// A course.
    pub fn course(&self, course: &Course) -> String {
        format!("{}/courses/{}", self.base, course.slug)
    }

    /// A unit of it.
    pub fn unit(&self, course: &Course, unit: &Unit) -> String {
        format!("{}/{}", self.course(course), unit.slug)
    }

    /// Its test. No unit has this name, which belongs to addresses of tests.
    pub fn test(&self, course: &Course) -> String {
        format!("{}/tests", self.course(course))
    }
}

use kernel::{Day, Lang};
use serde::Deserialize;
use std::sync::LazyLock;
use web::data_text;

use super::job::Job;
use crate::content::Course;
use crate::content::text::Text;

/// So many courses a path has at most.
pub const LONGEST: usize = 4;

/// Courses in order, for people of some jobs.
#[derive(Clone, Debug)]
pub struct Path {
    /// Its identifier.
    pub id: String,
    /// Whom it is meant for.
    pub jobs: Vec<Job>,
    /// The courses, in order.
    pub courses: Vec<String>,
    /// What it is called.
    pub title: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    jobs: Vec<String>,
    courses: Vec<String>,
    title: Text,
}

/// What else tables call a job.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JobLine {
    id: String,
    also: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    job: Vec<JobLine>,
    path: Vec<Line>,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(&data_text("learning-paths.toml")).expect("learning-paths.toml has the shape that it describes"));

static PATHS: LazyLock<Vec<Path>> = LazyLock::new(|| {
    let path = |line: &Line| {
        let courses: Vec<String> = line.courses.iter().take(LONGEST).cloned().collect();
        let jobs = line.jobs.iter().filter_map(|id| id.parse().ok()).collect();
        Path { id: line.id.clone(), jobs, courses, title: line.title.clone() }
    };
    FILE.path.iter().map(path).collect()
});

/// What else tables call a job.
pub(super) fn also(job: Job) -> &'static [String] {
    FILE.job.iter().find(|line| line.id == job.id()).map_or(&[], |line| &line.also)
}

/// Every path.
pub fn paths() -> &'static [Path] {
    &PATHS
}

/// What is assigned, of the courses that are shown on a day.
#[derive(Clone, Debug)]
pub enum Target {
    /// One course.
    Course(&'static Course),
    /// A path, and those of its courses that are shown.
    Path(&'static Path, Vec<&'static Course>),
}

impl Target {
    /// Everything of these courses that can be assigned: paths first.
    pub fn all(shown: &[&'static Course]) -> impl Iterator<Item = Self> {
        paths().iter().filter_map(|path| Self::along(path, shown)).chain(shown.iter().map(|course| Self::Course(course)))
    }

    /// By the word of a form: `path-newcomer`, `course-beginner`.
    pub fn of(word: &str, shown: &[&'static Course]) -> Option<Self> {
        Self::all(shown).find(|target| target.word() == word)
    }

    /// By what is stored: the id of a path, or the only course.
    pub(crate) fn stored(path: &str, course: &str, shown: &[&'static Course]) -> Option<Self> {
        match path {
            "" => shown.iter().find(|known| known.slug == course).map(|course| Self::Course(course)),
            path => paths().iter().find(|known| known.id == path).and_then(|path| Self::along(path, shown)),
        }
    }

    /// A path without the courses that are not shown; nothing if none is left.
    fn along(path: &'static Path, shown: &[&'static Course]) -> Option<Self> {
        let find = |slug: &String| shown.iter().find(|course| course.slug == *slug).copied();
        let courses: Vec<_> = path.courses.iter().filter_map(find).collect();
        (!courses.is_empty()).then_some(Self::Path(path, courses))
    }

    /// The word of a form.
    pub fn word(&self) -> String {
        match self {
            Self::Course(course) => format!("course-{}", course.slug),
            Self::Path(path, _) => format!("path-{}", path.id),
        }
    }

    /// The id of the path; empty for a course.
    pub fn path(&self) -> &str {
        match self {
            Self::Course(_) => "",
            Self::Path(path, _) => &path.id,
        }
    }

    /// What it is called.
    pub fn title(&self, lang: Lang) -> &'static str {
        match self {
            Self::Course(course) => course.title.get(course.lang(lang)),
            Self::Path(path, _) => path.title.get(lang),
        }
    }

    /// Its courses, in order.
    pub fn courses(&self) -> &[&'static Course] {
        match self {
            Self::Course(course) => std::slice::from_ref(course),
            Self::Path(_, courses) => courses,
        }
    }

    /// How long all of it takes.
    pub fn minutes(&self) -> i64 {
        self.courses().iter().map(|course| course.minutes).sum()
    }

    /// The last day on which all of it is open.
    pub fn until(&self) -> Option<Day> {
        self.courses().iter().map(|course| course.until).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_has_its_courses_and_its_words() {
        assert_eq!(FILE.path.len(), paths().len());
        assert!(Job::ALL.into_iter().all(|job| !also(job).is_empty()));
        for line in &FILE.path {
            let path = paths().iter().find(|path| path.id == line.id).unwrap();
            assert_eq!((&path.courses, path.jobs.len()), (&line.courses, line.jobs.len()), "{} names what there is", line.id);
            assert!(line.courses.iter().all(|slug| crate::content::course(slug).is_some()), "{} names what there is", line.id);
            assert!(line.title.is_in(&[Lang::Ja, Lang::En]) && (1..=LONGEST).contains(&line.courses.len()));
        }
        let shown: Vec<&Course> = crate::content::courses().iter().collect();
        for target in Target::all(&shown) {
            assert_eq!(Target::of(&target.word(), &shown).map(|found| found.word()), Some(target.word()));
            assert!(target.minutes() > 0 && target.until().is_some());
        }
    }
}

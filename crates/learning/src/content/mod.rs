//! What is taught: courses as they stand in `data/courses`, read once and checked; a course with a fault is not shown, and the log
//! names file and line.

pub mod course;
pub mod fault;
pub mod file;
pub mod lesson;
mod library;
pub mod load;
pub mod photo;
pub mod question;
pub mod scene;
#[cfg(test)]
mod tests;
pub mod text;

pub use course::{Course, Exam, Slide, Unit};
pub use library::{AUDIENCES, course, courses, read};

//! Attendance.

pub mod files;

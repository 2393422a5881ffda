//! How questions do, for those who write them: how many answer right at the first time, whether those who know more do so more
//! often, and what is chosen instead.
//!
//! Counted are the latest answers to the present edition of a course. What fewer than ten people have answered is not shown: it
//! would say nothing of the question and something of the people.

pub(crate) mod pages;
mod score;
mod store;

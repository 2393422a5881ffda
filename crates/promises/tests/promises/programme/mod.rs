//! The programmes as they were printed, as they were cloned, and as the clock shows them.

mod kept;
mod moments;
mod printed;
mod this_year;

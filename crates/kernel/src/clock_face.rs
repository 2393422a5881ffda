//! Times of a day, in minutes since midnight.

use crate::fold;

/// 8:00, as minutes of the day, however it was typed; `None` if it is no time.
pub fn minutes_of_day(text: &str) -> Option<i64> {
    let (hours, minutes) = fold(text).split_once(':').map(|(hours, minutes)| (hours.to_owned(), minutes.to_owned()))?;
    let (hours, minutes): (i64, i64) = (hours.trim().parse().ok()?, minutes.trim().parse().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

/// 480 minutes, as 8:00.
pub fn time_of_day(minutes: i64) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_they_are_typed() {
        assert_eq!(minutes_of_day("8:00"), Some(480));
        assert_eq!(minutes_of_day("１８：３０"), Some(1110));
        for wrong in ["", "8", "24:00", "8:60", "-1:00"] {
            assert_eq!(minutes_of_day(wrong), None, "{wrong}");
        }
        assert_eq!(time_of_day(485), "8:05");
    }
}

const UNITS: [(u64, &str); 3] = [(1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB")];

/// How large a file is, as people read it: `340 KB`, `1.4 MB`, `7.3 GB`.
///
/// Decimal, as the scripts of the pages count what they send. What is over is cut off and not rounded: of a file that is on its way, no
/// more is ever said to have come than has.
pub fn size(bytes: u64) -> String {
    match UNITS.iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) => format!("{}.{} {name}", bytes / unit, bytes % unit / (unit / 10)),
        None if bytes < 1_000 => format!("{bytes} B"),
        None => format!("{} KB", bytes / 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn each_size_is_said_in_the_unit_that_suits_and_never_as_more_than_it_is() {
        for (bytes, words) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1 KB"),
            (348_160, "348 KB"),
            (999_999, "999 KB"),
            (1_000_000, "1.0 MB"),
            (5_767_168, "5.7 MB"),
            (999_999_999, "999.9 MB"),
            (8_000_000_000, "8.0 GB"),
            (1_000_000_000_000, "1.0 TB"),
        ] {
            assert_eq!(size(bytes), words);
        }
        assert_eq!(size(u64::MAX), "18446744.0 TB");
    }
}

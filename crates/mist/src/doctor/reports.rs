use desk::report::Spool;
use std::path::Path;

use super::Finding;

/// Whether a report of an incident lies beside the database and did not become a case. None of it forbids serving: whoever reports
/// next has to be heard.
pub(super) fn examine(folder: &Path) -> Finding {
    match Spool::refused_in(folder) {
        Ok(0) => Finding::fine("reports"),
        Ok(refused) => Finding::notice("reports", refused),
        Err(error) => Finding::notice("reports-unknown", error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_that_was_set_aside_is_named_and_keeps_nobody_from_serving() {
        let folder = tempfile::tempdir().unwrap();
        let desk = folder.path().join("desk");
        assert_eq!(examine(&desk), Finding::fine("reports"), "there is no folder before the first start");
        std::fs::create_dir(&desk).unwrap();
        std::fs::write(desk.join("01990000-0000-7000-8000-000000000000.report"), "waits").unwrap();
        assert_eq!(examine(&desk), Finding::fine("reports"));
        std::fs::write(desk.join("01990000-0000-7000-8000-000000000000.refused"), "was set aside").unwrap();
        assert_eq!(examine(&desk), Finding::notice("reports", 1));
    }
}

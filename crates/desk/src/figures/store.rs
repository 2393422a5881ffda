use db::{DbResult, Tx, sql};
use kernel::Timestamp;

/// Cases that came on a day and have a value: the day since 1970 in Japan, the value, how many.
pub(super) type Counted = (i64, Option<String>, i64);

/// The day in Japan is the instant nine hours on, by whole days.
macro_rules! counted {
    ($name:ident, $value:literal, $doc:literal) => {
        #[doc = $doc]
        pub(super) async fn $name(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp) -> DbResult<Vec<Counted>> {
            let count = sql!(concat!(
                "SELECT (made_at + 32400000000) / 86400000000 AS day, ",
                $value,
                ", count(*) FROM cases WHERE made_at >= $1 AND made_at < $2 AND is_drill = $3 GROUP BY 1, 2"
            ));
            tx.all(count, &[from.into(), until.into(), false.into()]).await
        }
    };
}

counted!(by_event, "event", "By what happened.");
counted!(by_path, "path", "By the way in.");
counted!(by_prefecture, "prefecture", "By prefecture.");
counted!(by_kind, "institution_kind", "By the kind of institution.");
counted!(by_stage, "CAST(stage AS TEXT)", "By stage.");

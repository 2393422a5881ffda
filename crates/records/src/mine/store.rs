use db::{DbResult, Tx, sql};
use kernel::Timestamp;
use xapi::Version;

use crate::Room;
use crate::engines::{list, one_of};
use crate::experiences::Did;
use crate::statements::signs;

/// What a system for learning says about a course as a whole (cmi5).
const ABOUT_COURSES: [&str; 2] = ["https://w3id.org/xapi/adl/verbs/satisfied", "https://w3id.org/xapi/adl/verbs/waived"];

db::row! {
    /// A statement as it is stored.
    #[derive(Clone, Debug)]
    pub(super) struct Line {
        pub stored: Timestamp,
        pub json: String,
    }
}

/// What came of what they did, stored before `behind`, what was stored last first, at most `most`.
pub(super) async fn lines(tx: &mut Tx<'_>, agents: &[String], behind: Option<Timestamp>, most: i64) -> DbResult<Vec<Line>> {
    let room = Room::PORTAL;
    let keys = agents.iter().filter_map(|agent| xapi::agent_key(agent, Version::V1_0_3).ok());
    let agents = list(keys.map(|key| signs::agent(room, &key, false).to_string()));
    let verbs = Did::ALL.iter().map(|did| did.iri()).chain(ABOUT_COURSES);
    let verbs = list(verbs.map(|iri| signs::verb(room, iri).to_string()));
    let find = one_of(
        tx,
        sql!(sqlite
            "SELECT s.stored, s.json FROM (
                 SELECT DISTINCT i.found FROM json_each($2) AS who
                     JOIN record_index i ON i.key = unhex(who.value, '-') AND i.source = i.found AND i.found < $4
                     JOIN json_each($3) AS did
                     JOIN record_index v ON v.key = unhex(did.value, '-') AND v.found = i.found AND v.source = i.source
                     JOIN record_statements x ON x.room = $1 AND x.stored = i.found AND NOT x.voided AND x.voids IS NULL
                 ORDER BY i.found DESC LIMIT $5
             ) AS f JOIN record_statements s ON s.room = $1 AND s.stored = f.found ORDER BY s.stored DESC"
        ),
        sql!(postgres
            "SELECT s.stored, s.json FROM (
                 SELECT DISTINCT i.found FROM jsonb_array_elements_text($2) AS who
                     JOIN record_index i ON i.key = CAST(who.value AS uuid) AND i.source = i.found AND i.found < $4
                     JOIN jsonb_array_elements_text($3) AS did ON true
                     JOIN record_index v ON v.key = CAST(did.value AS uuid) AND v.found = i.found AND v.source = i.source
                     JOIN record_statements x ON x.room = $1 AND x.stored = i.found AND NOT x.voided AND x.voids IS NULL
                 ORDER BY i.found DESC LIMIT $5
             ) AS f JOIN record_statements s ON s.room = $1 AND s.stored = f.found ORDER BY s.stored DESC"
        ),
    );
    let before = behind.map_or(i64::MAX, Timestamp::as_micros);
    tx.all(find, &[room.into(), agents, verbs, before.into(), most.into()]).await
}

//! The list and its search, on both engines.

use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{DbResult, Tx};
use kernel::Timestamp;
use web::data_text;

use super::{Import, Line, Outcome, apply, bring_in, by_code, place_demo_tree, plan, preview, read, search};

const NOW: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

fn cells(text: &str) -> Vec<Line> {
    read(&intake::Table::read(text.as_bytes(), "list.csv", intake::Limits::default()).unwrap()).unwrap()
}

fn demo() -> Vec<Line> {
    cells(&data_text("demo/organizations.csv"))
}

async fn filled(tx: &mut Tx<'_>) -> DbResult<Import> {
    let mut import = Import::default();
    for planned in apply(tx, &demo(), true, NOW).await? {
        import.count(planned);
    }
    Ok(import)
}

async fn names(tx: &mut Tx<'_>, typed: &str) -> DbResult<Vec<String>> {
    Ok(search(tx, typed, 5).await?.into_iter().map(|organization| organization.name).collect())
}

#[both_engines]
async fn any_part_of_a_name_finds_it_however_it_is_typed(db: TestDatabase) {
    let checked = db.write(db::Lane::Staff, None, async |tx, _| {
        filled(tx).await?;
        for typed in [
            "みほん市立総合",
            "ミホンシリツ",
            "ﾐﾎﾝｼﾘﾂ",
            "市立総合",
            "0010000001",
            "００１-0000001",
            "みほん市立　総合病院",
            "東京都 市立総合",
        ] {
            assert_eq!(names(tx, typed).await?.first().map(String::as_str), Some("みほん市立総合病院"), "{typed}");
        }
        assert_eq!(names(tx, "〒000-0000").await?.len(), 5, "no more than asked for");
        for typed in ["", "み", "どこにもない病院の名前", "%", "みほん市立総合病院の隣の建物"] {
            assert!(names(tx, typed).await?.is_empty(), "{typed}");
        }
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn a_name_that_begins_so_comes_before_one_that_only_contains_it(db: TestDatabase) {
    let checked = db.write(db::Lane::Staff, None, async |tx, _| {
        let head = "code,name,kana,kind,prefecture\n";
        apply(tx, &cells(&format!("{head}1,架空みほん医院,,clinic,13\n2,みほん医院,,clinic,13")), true, NOW).await?;
        assert_eq!(names(tx, "みほん").await?, ["みほん医院", "架空みほん医院"]);
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn an_import_that_is_repeated_changes_nothing_and_a_changed_line_is_found_anew(db: TestDatabase) {
    let checked = db.write(db::Lane::Staff, None, async |tx, _| {
        let first = filled(tx).await?;
        assert!(first.added > 300 && first.wrong.is_empty() && first.changed == 0, "{first:?}");
        let again = filled(tx).await?;
        assert_eq!((again.added, again.changed, again.same), (0, 0, first.added));

        let line = cells("code,name,kana,kind,prefecture\n0010000001,例示新病院,レイジシンビョウイン,病院,13\n,見本,,どこか,13");
        let planned = plan(tx, &line).await?;
        assert_eq!(planned[0].outcome, Outcome::Changed);
        assert!(matches!(planned[1].outcome, Outcome::Wrong(_)));
        assert!(names(tx, "例示新病院").await?.is_empty(), "a plan changes nothing");
        let before = by_code(tx, "0010000001").await?.unwrap();
        apply(tx, &line, false, NOW).await?;
        assert_eq!(names(tx, "例示新病院").await?, ["例示新病院"]);
        assert!(names(tx, "みほん市立総合").await?.is_empty());
        assert_eq!(by_code(tx, "0010000001").await?.unwrap().id, before.id);
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn the_tree_of_the_demo_hangs_the_hospital_below_its_associations(db: TestDatabase) {
    let checked = db.write(db::Lane::Staff, None, async |tx, _| {
        filled(tx).await?;
        place_demo_tree(tx).await?;
        let hospital = by_code(tx, "0010000001").await?.unwrap();
        let mut above = Vec::new();
        for id in access::path_of(tx, hospital.id).await? {
            above.extend(super::find(tx, id).await?.map(|organization| organization.name));
        }
        assert_eq!(above, ["みほん市立総合病院", "見本市医師会", "見本県医師会"]);
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn a_whole_file_comes_in_by_batches_and_says_what_it_did(db: TestDatabase) {
    let lines = demo();
    let planned = preview(&db, &lines).await.unwrap();
    assert_eq!(bring_in(&db, &lines, true, "system").await.unwrap(), planned, "the preview said so");
    assert_eq!(planned.added, lines.len());
    assert_eq!(preview(&db, &lines).await.unwrap().same, lines.len());
    let recorded =
        db.read(async |tx| tx.one::<i64>(db::sql!("SELECT COUNT(*) FROM audit WHERE act = 'organizations.imported'"), &[]).await);
    assert_eq!(recorded.await.unwrap(), 1);
}

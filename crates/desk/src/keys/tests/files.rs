//! What a deleted case leaves in the store of files: nothing.

use access::Role;
use both_engines::both_engines;
use db::sql;
use kernel::Span;
use objects::Objects;

use super::{House, reported, with_key, write};
use crate::keys::shred::clear;
use crate::keys::{DestroyedFile, delete_case};
use crate::talk::{FileId, piece};

#[both_engines]
async fn the_files_of_a_deleted_case_go_and_those_of_others_stay(db: House) {
    let lead = with_key(&db, "lead@example.jp", Role::DeskLead).await;
    let objects = Objects::in_memory();
    let mut files = Vec::new();
    for _ in 0..2 {
        let (case, file) = (reported(&db).await.0, FileId::new(db.now()));
        let id = case.id;
        write(&db, async move |tx, now| {
            let add = sql!(
                "INSERT INTO case_files (id, case_id, side, header, about, begun_at, heard_at) VALUES ($1, $2, 'institution', $3, $3, $4, $4)"
            );
            tx.run(add, &[file.into(), id.into(), vec![0_u8].into(), now.into()]).await?;
            for number in 0..2_i64 {
                let add = sql!("INSERT INTO case_file_pieces (file_id, number, bytes) VALUES ($1, $2, 1)");
                tx.run(add, &[file.into(), number.into()]).await?;
            }
            Ok(())
        })
        .await;
        for number in 0..2 {
            objects.put_piece(&piece(file, number), vec![7_u8].into()).await.unwrap();
        }
        files.push((case, file));
        db.clock.advance(Span::millis(2));
    }
    let (case, gone) = (files[0].0.clone(), files[0].1);
    let (id, number, account) = (case.id, case.number, lead.account);
    clear(&objects, &db, id).await.unwrap();
    assert!(objects.get_piece(&piece(gone, 0)).await.is_ok(), "nothing was deleted yet");
    let certificate = write(&db, async move |tx, now| {
        tx.run(sql!("UPDATE cases SET closed_at = $2, outcome = 'done' WHERE id = $1"), &[id.into(), now.into()]).await?;
        delete_case(tx, number, "保存期間が過ぎた", account, "system", now).await
    })
    .await
    .expect("it is closed");
    assert_eq!(certificate.files, [DestroyedFile { file: gone.uuid(), sealed_sha256: None }]);
    for _ in 0..2 {
        clear(&objects, &db, id).await.unwrap();
    }
    for number in 0..2 {
        assert!(objects.get_piece(&piece(gone, number)).await.is_err(), "piece {number}");
        assert!(objects.get_piece(&piece(files[1].1, number)).await.is_ok(), "another case's piece {number}");
    }
}

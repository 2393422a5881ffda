use access::OrganizationId;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::{Lang, Timestamp};
use serde_json::json;

use super::kit::{Asked, Kit, KitId};
use super::store;
use crate::content::Course;

/// Gives a course out to an institution under a name that tells one session from another.
pub async fn make(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    course: &Course,
    (label, lang): (&str, Lang),
    by: &str,
    now: Timestamp,
) -> DbResult<KitId> {
    let kit = Kit {
        id: KitId::new(now),
        organization,
        course: course.slug.clone(),
        period: course.period(),
        version: course.version.clone(),
        title: course.title.get(lang).to_owned(),
        label: label.to_owned(),
        lang,
        asked: Asked::of(course),
        made_at: now,
    };
    store::add_kit(tx, &kit, by).await?;
    let facts = json!({ "course": kit.course, "version": kit.version });
    journal::record(tx, &Entry::by(by).did("kits.made").on("kit", kit.id).with(facts), now).await?;
    Ok(kit.id)
}

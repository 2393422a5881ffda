use access::Action;
use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Visit, Words};

use super::{frame, moment};
use crate::desk_pages::Reading;
use crate::keys::state::{Member, Need, State as Keys, state};
use crate::keys::{Lock, lock, store, unproven};

/// What was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    done: String,
}

struct MemberRow {
    email: String,
    shape: &'static str,
    word: String,
}

struct UseRow {
    number: String,
    email: String,
    at: String,
    word: String,
    /// The hash over all chains of its day, once it stands.
    root: String,
}

/// Something that a lead has to do.
struct NeedRow {
    text: String,
    href: &'static str,
    button: String,
}

#[derive(Template)]
#[template(path = "keys/pages/show.html")]
struct ShowPage {
    frame: Frame,
    lock: Lock,
    needs: Vec<NeedRow>,
    is_lead: bool,
    /// 第3期, empty while there is none.
    epoch: String,
    epoch_made: String,
    members: Vec<MemberRow>,
    glass_made: String,
    /// What was made anew and nobody else has opened, in words; empty if there is nothing.
    unproven: String,
    /// How many of them whoever looks may open.
    to_prove: i64,
    uses: Vec<UseRow>,
    can_read: Vec<String>,
    cannot_read: Vec<String>,
    limits: Vec<String>,
}

/// `GET /desk/keys`: how the keys stand, who holds them, and what the server can read.
pub(super) async fn show(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    let me = visit.account()?;
    let reading = Reading::of_no_case(me);
    let seen = portal.db.read(async move |tx| {
        let (keys, lock) = (state(tx).await?, lock(tx, &reading).await?);
        Ok((keys, lock, store::uses(tx).await?, unproven(tx, me).await?))
    });
    let (keys, lock, uses, (unproven, to_prove)) = seen.await?;
    let w = visit.words();
    let is_lead = portal.offers(&visit, Action::LeadDesk);
    let said = match asked.done.as_str() {
        "mine" => w.t("desk-keys-done-mine"),
        "epoch" => w.t("desk-keys-done-epoch"),
        "proofs" => w.t("desk-keys-done-proofs"),
        "glass" => w.t("desk-keys-done-glass"),
        "emergency" => w.t("desk-keys-done-emergency"),
        _ => String::new(),
    };
    let made = |by: &str, at| w.with("desk-keys-made", &[("by", by), ("at", &moment(at, w.lang))]);
    Page::html(&ShowPage {
        needs: if is_lead { needs(&keys, w) } else { Vec::new() },
        is_lead,
        epoch: keys.epoch.as_ref().map_or_else(String::new, |epoch| w.one("desk-keys-epoch", "n", &epoch.number)),
        epoch_made: keys.epoch.as_ref().map_or_else(String::new, |epoch| made(&epoch.made_by, epoch.made_at)),
        members: keys.members.iter().map(|member| member_row(member, w)).collect(),
        glass_made: keys.glass.as_ref().map_or_else(String::new, |glass| made(&glass.made_by, glass.made_at)),
        unproven: if unproven > 0 { w.count("desk-keys-unproven", unproven) } else { String::new() },
        to_prove,
        uses: uses
            .into_iter()
            .map(|one| UseRow {
                at: moment(one.asked_at, w.lang),
                word: w.t(if one.opened_at.is_some() { "desk-keys-use-opened" } else { "desk-keys-use-asked" }),
                root: one.root.map_or_else(|| w.t("desk-keys-root-tomorrow"), |root| hex::encode(&root[..8])),
                number: one.number,
                email: one.email,
            })
            .collect(),
        can_read: lines(w, "desk-keys-can"),
        cannot_read: lines(w, "desk-keys-cannot"),
        limits: lines(w, "desk-keys-limit"),
        lock,
        frame: frame(&portal, &visit, w.t("desk-keys-title")).here().done(said),
    })
}

fn needs(keys: &Keys, w: Words) -> Vec<NeedRow> {
    let row = |need: &Need| {
        let (key, href) = match need {
            Need::First => ("first", "/desk/keys/epoch"),
            Need::Leaver => ("leaver", "/desk/keys/epoch"),
            Need::Joiner => ("joiner", "/desk/keys/epoch"),
            Need::Rewrap => ("rewrap", "/desk/keys/epoch"),
            Need::Glass => ("glass", "/desk/keys/glass"),
        };
        let text = match need {
            Need::Rewrap => w.count("desk-keys-need-rewrap", keys.left),
            _ => w.t(&format!("desk-keys-need-{key}")),
        };
        NeedRow { text, href, button: w.t(&format!("desk-keys-need-{key}-do")) }
    };
    keys.needs.iter().map(row).collect()
}

fn member_row(member: &Member, w: Words) -> MemberRow {
    let (shape, key) = if member.has_left() {
        ("cancelled", "desk-keys-member-left")
    } else if member.holds {
        ("done", "desk-keys-member-holds")
    } else if member.waits() {
        ("later", "desk-keys-member-waits")
    } else {
        ("closed", "desk-keys-member-none")
    };
    MemberRow { email: member.email.clone(), shape, word: w.t(key) }
}

/// The texts number 1, 2 and so on, as many as there are.
fn lines(w: Words, key: &str) -> Vec<String> {
    (1..=20).map(|n| format!("{key}-{n}")).take_while(|key| w.has(key)).map(|key| w.t(&key)).collect()
}

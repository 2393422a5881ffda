//! A thousand people were there: closing answers at once, their certificates are made in the background, and whoever waits for them
//! sees how far it is.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::crowd::apply;
use super::{AFTER, SESSION};
use crate::certificates::text_of;
use crate::office::staff::staff;
use crate::site::{Site, Visitor};

const PEOPLE: usize = 1_000;
const PROGRESS: &str = "/staff/certificates/progress";

/// Everybody was there from the beginning to the end.
fn everybody() -> String {
    let mut file = "\u{feff}Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\r\n".to_owned();
    for n in 1..=PEOPLE {
        write!(file, "R8-E3-{n:04},,12/23/2026 05:00:00 PM,12/23/2026 06:00:00 PM,60,Yes\r\n").expect("a text grows");
    }
    file
}

/// How many of how many are made, by the page.
async fn far(office: &mut Visitor) -> (usize, usize) {
    let page = office.get(PROGRESS).await;
    let value = |name: &str| page.is(StatusCode::OK).attributes("progress", name).first().and_then(|value| value.parse().ok());
    (value("value").unwrap_or(0), value("max").unwrap_or(0))
}

#[both_engines]
#[ignore = "a thousand certificates are set, which takes minutes: ./test long"]
async fn a_thousand_certificates_are_made_in_the_background_and_the_page_says_how_far(site: Site) {
    apply(&site, PEOPLE).await;
    site.at(AFTER);
    let mut office = staff(&site, Role::Secretariat).await;
    let path = format!("/staff/sessions/{}/attendance", site.session(SESSION).await.id);
    let form = office.get(&format!("{path}/import")).await.form("/import");
    let sent = office.upload(&form, "file", "meeting.csv", everybody().as_bytes()).await;
    let preview = office.open(sent.is(StatusCode::SEE_OTHER).location()).await;
    office.submit_and_open(&preview.form(&preview.path)).await.is(StatusCode::OK);
    let closing = office.get(&format!("{path}/closing")).await;
    office.submit_and_open(&closing.form("/closing")).await.is(StatusCode::OK);
    assert_eq!(far(&mut office).await, (0, 200), "closing waits for no file, and for the first two hundred alone");

    let mut clerk = office.clone();
    let watching = async {
        let mut seen = Vec::new();
        while seen.last() != Some(&(PEOPLE, PEOPLE)) {
            seen.push(far(&mut clerk).await);
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
        seen
    };
    let (letters, seen) = tokio::join!(site.deliver(), watching);
    assert!(seen.windows(2).all(|pair| pair[0].0 <= pair[1].0), "it only grows");
    assert!(seen.iter().filter(|(made, _)| *made > 0 && *made < PEOPLE).count() > 5, "the page was answered meanwhile");
    office.get(PROGRESS).await.shows("すべてできあがりました");

    let told: BTreeSet<&str> = letters.iter().map(|letter| letter.to.as_str()).collect();
    assert_eq!((letters.len(), told.len()), (PEOPLE, PEOPLE - PEOPLE / 10), "each of the thousand is told once; a tenth share a mailbox");
    let list = office.get("/staff/certificates").await;
    let one = list.attributes("main th a", "href").into_iter().find(|href| href.starts_with("/staff/certificates/")).expect("one");
    let file = office.get(&one).await.attributes("main a", "href").into_iter().find(|href| href.ends_with("/file.pdf")).expect("its file");
    assert!(text_of(&office.get(&file).await.is(StatusCode::OK).bytes).contains("受講証明書"));
}

use both_engines::both_engines;
use scraper::{Html, Selector};

use super::{Card, Steps};
use crate::testing::Site;

/// What a first visit to the page of the worst day may cost.
const MOST_BYTES: usize = 30 * 1024;

#[both_engines]
async fn the_page_of_the_worst_day_is_small_knows_nobody_and_leads_on_by_get(site: Site) {
    let mut browser = site.browser();
    let page = browser.get("/incident").await;
    assert_eq!(page.status, 200);
    assert!(browser.cookies.is_empty() && page.header("set-cookie").is_empty());
    let html = Html::parse_document(&page.body);
    let select = |selector: &str| Selector::parse(selector).unwrap();
    let doors: Vec<&str> = html.select(&select("a.door")).filter_map(|door| door.attr("href")).collect();
    assert_eq!(doors, ["/incident/report?door=request", "/incident/report?door=consult"]);
    assert!(page.body.contains("まず院内の救急対応・119番") && page.body.contains("番号を確認しました"));
    assert_eq!(html.select(&select("form")).count(), 0);
    let linked = select("link[rel=stylesheet], link[rel=icon], link[rel=manifest], script[src]");
    let linked = html.select(&linked);
    let addresses: Vec<String> = linked.filter_map(|link| link.attr("href").or(link.attr("src"))).map(str::to_owned).collect();
    let mut bytes = gzipped(page.body.as_bytes());
    for address in &addresses {
        let file = browser.get(address).await;
        assert_eq!(file.status, 200, "{address}");
        bytes += gzipped(file.body.as_bytes());
    }
    assert!(bytes <= MOST_BYTES, "{bytes} bytes with {addresses:?}");
}

/// How long something is on the line.
fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, bytes).unwrap();
    encoder.finish().unwrap().len()
}

#[both_engines]
async fn every_sheet_is_there_in_both_languages_and_kept_on_the_device(site: Site) {
    let mut browser = site.browser();
    let worker = browser.get("/incident/worker.js").await;
    assert_eq!(worker.header("service-worker-allowed"), "/incident");
    let steps = Steps::shipped().unwrap();
    for sheet in steps.device.iter().chain(&steps.seen) {
        for prefix in ["", "/en"] {
            let path = format!("{prefix}/incident/steps/{}", sheet.id);
            assert_eq!(browser.get(&path).await.status, 200, "{path}");
        }
        assert!(worker.body.contains(&format!("\"/incident/steps/{}\"", sheet.id)));
    }
    let english = browser.get("/en/incident/worker.js").await;
    assert_ne!(edition(&worker.body), edition(&english.body), "each language keeps a store of its own");
    let patient = browser.get("/incident/steps/patient-device").await.body;
    assert!(patient.contains("患者さんにつながっている機器は、触りません"));
    assert_eq!(browser.get("/incident/steps/toaster").await.status, 404);
    assert!(english.body.contains("\"/en/incident/steps/server\""));
}

/// What the worker calls what it keeps.
fn edition(worker: &str) -> &str {
    let edition = worker.split("const EDITION = \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(edition.len() == 16 && edition.bytes().all(|byte| byte.is_ascii_hexdigit()), "{edition}");
    edition
}

#[both_engines]
async fn the_card_has_what_the_file_says_and_no_secret(site: Site) {
    let page = site.browser().get("/incident/card").await.body;
    let card = Card::shipped().unwrap();
    for words in card.phone.iter().map(|phone| &phone.label).chain(card.blank.iter().map(|blank| &blank.label)) {
        assert!(page.contains(&words.ja), "{}", words.ja);
    }
    assert!(page.contains("<svg class=\"qr\"") && page.contains("http://localhost:8080/incident"));
}

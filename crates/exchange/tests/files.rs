//! The files as others open them.

mod sample;

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use exchange::{Case, Facts, Indicator, Issue, Leaving, Lexicon, NotASign, Tlp, Told};
use sample::{case, desk, item, leaving, lexicon, now, told};
use serde_json::Value;

fn json_of(lexicon: &Lexicon, facts: Facts, receiver: &str, paper: &str) -> Value {
    let file = leaving(lexicon, facts, receiver, paper).make(&desk(), None).expect("it is made");
    serde_json::from_slice(&file.bytes).expect("JSON")
}

fn of_kind<'a>(bundle: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    bundle["objects"].as_array().into_iter().flatten().filter(move |object| object["type"] == kind)
}

#[test]
fn a_bundle_says_the_same_each_time_and_refers_to_nothing_outside_it() {
    let lexicon = lexicon();
    let facts = Facts { case: case(), told: told(lexicon) };
    let bundle = json_of(lexicon, facts.clone(), "police", "stix");
    assert_eq!(bundle, json_of(lexicon, facts, "police", "stix"));
    let ids: std::collections::BTreeSet<&str> =
        bundle["objects"].as_array().unwrap().iter().filter_map(|object| object["id"].as_str()).collect();
    assert_eq!(ids.len(), bundle["objects"].as_array().unwrap().len(), "each id once");
    for object in bundle["objects"].as_array().unwrap() {
        for (name, value) in object.as_object().unwrap() {
            let refs = match value {
                Value::String(id) if name.ends_with("_ref") => vec![id.as_str()],
                Value::Array(all) if name.ends_with("_refs") => all.iter().filter_map(Value::as_str).collect(),
                _ => continue,
            };
            for id in refs {
                assert!(ids.contains(id), "{name} {id}");
            }
        }
        if object["type"] != "marking-definition" {
            assert_eq!(object["object_marking_refs"].as_array().map(Vec::len), Some(1), "{}", object["id"]);
        }
    }
    assert_eq!(of_kind(&bundle, "indicator").count(), 7);
    assert_eq!(of_kind(&bundle, "vulnerability").count(), 1);
    assert_eq!(of_kind(&bundle, "note").count(), 4);
}

#[test]
fn the_stage_and_the_mark_stand_where_tools_look_for_them() {
    let lexicon = lexicon();
    let bundle = json_of(lexicon, Facts { case: case(), told: told(lexicon) }, "police", "stix");
    let incident = of_kind(&bundle, "incident").next().unwrap();
    let extension = &incident["extensions"]["extension-definition--ef765651-680c-498d-9894-99799f2fa126"];
    assert_eq!(extension["scores"][0]["value"], 3);
    assert_eq!(extension["determination"], "successful-attempt");
    assert_eq!(extension["investigation_status"], "open");
    let report = of_kind(&bundle, "report").next().unwrap();
    assert_eq!(report["object_marking_refs"][0], "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", "the strictest of all: AMBER");
}

#[test]
fn an_incident_that_is_no_malware_has_a_way_in_and_no_stage() {
    let lexicon = lexicon();
    let case = Case { event: Some("ddos".into()), stage: None, ..case() };
    let bundle = json_of(lexicon, Facts { case, told: told(lexicon) }, "police", "stix");
    assert_eq!(of_kind(&bundle, "malware").count(), 0);
    assert!(of_kind(&bundle, "attack-pattern").any(|it| it["external_references"][0]["external_id"] == "T1498"));
    assert!(of_kind(&bundle, "relationship").all(|it| it["source_ref"].as_str().is_some_and(|id| !id.starts_with("malware"))));
}

#[test]
fn an_exercise_is_called_one_in_every_file() {
    let lexicon = lexicon();
    let facts = Facts { case: Case { is_drill: true, ..case() }, told: told(lexicon) };
    let bundle = json_of(lexicon, facts.clone(), "police", "stix");
    assert_eq!(of_kind(&bundle, "incident").next().unwrap()["name"], "【訓練】2026-000123-7");
    let event = json_of(lexicon, facts.clone(), "police", "misp");
    assert!(event["Event"]["info"].as_str().unwrap().starts_with("【訓練】"));
    assert!(event["Event"]["Tag"].as_array().unwrap().iter().any(|tag| tag["name"] == "mist-stage:exercise=\"yes\""));
    let file = leaving(lexicon, facts, "ministry", "ministry").make(&desk(), None).unwrap();
    assert!(file.name.starts_with("drill-"));
    assert!(cells(&file.bytes, 0)[0][0].starts_with("【訓練】"));
}

#[test]
fn every_tag_of_ours_is_in_our_taxonomy() {
    let lexicon = lexicon();
    let taxonomy: Value = serde_json::from_str(include_str!("../taxonomies/mist-stage.json")).unwrap();
    let known: Vec<String> = taxonomy["values"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|values| {
            let predicate = values["predicate"].as_str().unwrap();
            values["entry"]
                .as_array()
                .unwrap()
                .iter()
                .map(move |entry| format!("mist-stage:{predicate}=\"{}\"", entry["value"].as_str().unwrap()))
        })
        .collect();
    for stage in [None, Some(0), Some(1), Some(2), Some(3), Some(4)] {
        let facts = Facts { case: Case { stage, is_drill: true, ..case() }, told: Told::default() };
        let event = json_of(lexicon, facts, "police", "misp");
        let ours: Vec<&str> = event["Event"]["Tag"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|tag| tag["name"].as_str())
            .filter(|name| name.starts_with("mist-"))
            .collect();
        assert_eq!(ours.len(), if stage.is_some() { 2 } else { 1 });
        assert!(ours.iter().all(|name| known.iter().any(|it| it == name)), "{ours:?}");
    }
}

#[test]
fn tables_hold_no_formula_and_are_described() {
    let lexicon = lexicon();
    let file = leaving(lexicon, Facts { case: case(), told: told(lexicon) }, "police", "tables").make(&desk(), None).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(&file.bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let timeline = part("timeline.csv");
    assert!(timeline.contains("\"'=HYPERLINK"), "{timeline}");
    assert!(timeline.contains("2026-11-22T03:12:00+09:00"));
    let description: Value = serde_json::from_str(&part("datapackage.json")).unwrap();
    for resource in description["resources"].as_array().unwrap() {
        let text = part(resource["path"].as_str().unwrap());
        let names: Vec<&str> = resource["schema"]["fields"].as_array().unwrap().iter().filter_map(|field| field["name"].as_str()).collect();
        assert_eq!(text.trim_start_matches('\u{FEFF}').lines().next().unwrap().trim_end(), names.join(","));
    }
}

fn cells(bytes: &[u8], sheet: usize) -> Vec<Vec<String>> {
    let mut book = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let range = book.worksheet_range_at(sheet).expect("a sheet").expect("it can be read");
    range
        .rows()
        .map(|row| row.iter().map(|cell| if let Data::String(text) = cell { text.clone() } else { cell.to_string() }).collect())
        .collect()
}

#[test]
fn a_form_says_what_is_not_known_yet_and_until_when() {
    let lexicon = lexicon();
    let mut told = Told::default();
    told.words.insert("summary".into(), item(Tlp::AmberStrict, "電子カルテが開きません。"));
    let leaving = leaving(lexicon, Facts { case: case(), told }, "commission", "ppc");
    let rows = cells(&leaving.make(&desk(), None).unwrap().bytes, 0);
    let row = |label: &str| rows.iter().find(|row| row[0] == label).unwrap_or_else(|| panic!("no {label}"));
    assert_eq!(
        row("原因")[1],
        "【原因】調査中（次のお知らせ：2026年11月22日（日）12:00まで）\n【入口】VPN・遠隔保守\n【入口（機器・版・脆弱性の番号・ID）】調査中（次のお知らせ：2026年11月22日（日）12:00まで）\n【委託元・委託先の関わり】調査中（次のお知らせ：2026年11月22日（日）12:00まで）"
    );
    assert_eq!(row("本人への対応の実施状況")[1], "調査中（次のお知らせ：2026年11月22日（日）12:00まで）");
    assert!(row("概要")[1].starts_with("【概要（三行）】電子カルテが開きません。"));
    assert_eq!(row("速報・確報の別、続報かどうか")[1], "【速報・確報の別】速報\n【第何報か】第1報");
    assert!(rows.iter().skip(2).all(|row| !row[1].trim().is_empty()), "nothing is blank");
    assert!(rows[0][0].contains("TLP:AMBER+STRICT"), "{}", rows[0][0]);
    assert!(row("概要")[4].contains("速報に必要"));
}

#[test]
fn every_form_is_filled_for_a_case_that_knows_nothing() {
    let lexicon = lexicon();
    let nothing = Case {
        event: None,
        stage: None,
        axes: std::collections::BTreeMap::default(),
        prefecture: None,
        institution_kind: None,
        known_at: None,
        answered_at: None,
        next_word_at: None,
        ..case()
    };
    for receiver in &lexicon.receivers {
        for id in &receiver.papers {
            let facts = Facts { case: nothing.clone(), told: Told::default() };
            let leaving = Leaving::of(facts, receiver, id, Issue::FIRST, lexicon, now()).unwrap();
            assert_eq!(leaving.victim(), "医療機関");
            let Some(form) = lexicon.form(id) else { continue };
            for line in form.fill(&leaving).lines {
                assert!(!line.text.trim().is_empty(), "{id} {}", line.field.id);
            }
        }
    }
}

#[test]
fn sentences_for_the_telephone_carry_what_is_known() {
    let lexicon = lexicon();
    let leaving = leaving(lexicon, Facts { case: case(), told: told(lexicon) }, "ministry", "ministry");
    let said = lexicon.form("ministry").unwrap().fill(&leaving).said;
    assert_eq!(said, ["医療機関のみほん市立総合病院です。サイバー攻撃の疑いがあり、第1報をお伝えします。受付番号は2026-000123-7です。"]);
}

#[test]
fn indicators_are_defanged_for_people_and_whole_for_programs() {
    let lexicon = lexicon();
    let facts = Facts { case: case(), told: told(lexicon) };
    let rows = cells(&leaving(lexicon, facts.clone(), "police", "ransomware-common").make(&desk(), None).unwrap().bytes, 0);
    let text = &rows.iter().find(|row| row[0].contains("インディケータ")).unwrap()[1];
    assert!(text.contains("ドメイン c2[.]example[.]net") && !text.contains("c2.example.net"), "{text}");
    let event = json_of(lexicon, facts, "police", "misp");
    assert!(event["Event"]["Attribute"].as_array().unwrap().iter().any(|it| it["value"] == "c2.example.net" && it["to_ids"] == true));
}

#[test]
fn what_is_no_indicator_is_refused_when_it_is_read() {
    let read =
        |kind: &str, value: &str| serde_json::from_value::<Indicator>(serde_json::json!({ "kind": kind, "value": value, "tlp": "clear" }));
    assert!(read("ip", "198.51.100.7").is_ok());
    assert!(read("ip", "見本").unwrap_err().to_string().contains(&NotASign::Shape.to_string()));
}

/// An operator's workbook: words go into the named cells, in its own style, and the rest stays.
#[test]
fn an_operator_s_template_is_filled_cell_by_cell() {
    use exchange::forms::{CellName, fill_template};
    let ours = intake::export::book(&[
        intake::export::Sheet {
            name: "表紙".into(),
            note: "様式の題".into(),
            headings: vec!["項目".into(), "内容".into()],
            rows: vec![vec![intake::export::Cell::Text("報告者".into()), intake::export::Cell::Text("（記入）".into())]],
        },
        intake::export::Sheet { name: "別添&様式".into(), note: String::new(), headings: vec!["欄".into()], rows: Vec::new() },
    ])
    .unwrap();
    let cell = |name: &str| CellName::parse(name).unwrap();
    let wanted = [
        (cell("B3"), "=みほん<病院> & 改行\nあり"),
        (cell("A3"), "報告する人"),
        (cell("D3"), "横"),
        (cell("C9"), "下"),
        (cell("別添&様式!B1"), "隣の紙"),
    ];
    let filled = fill_template(&ours, wanted).unwrap();
    let first = cells(&filled, 0);
    assert_eq!(first[0][0], "様式の題");
    assert_eq!(first[1][1], "内容");
    assert_eq!(first[2], ["報告する人", "=みほん<病院> & 改行\nあり", "", "横"]);
    assert_eq!(first[8][2], "下");
    assert_eq!(cells(&filled, 1)[0][1], "隣の紙");
    let missing = fill_template(&ours, [(cell("無い紙!A1"), "x")]).unwrap_err();
    assert_eq!(missing.to_string(), "the template has no sheet 無い紙");
    assert!(fill_template(b"PK no archive", [(cell("A1"), "x")]).is_err());
}

//! Tables of a case for other programs, with their description as a Frictionless data package, in one archive.

use intake::export::{Encoding, csv};
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use crate::leaving::Leaving;
use crate::{NotMade, moments};

/// A column: its name, what is in it (a type of Table Schema), what it means.
struct Column(&'static str, &'static str, &'static str);

struct Table {
    name: &'static str,
    title: &'static str,
    columns: &'static [Column],
    rows: Vec<Vec<String>>,
}

const CASES: [Column; 21] = [
    Column("case_no", "string", "受付番号"),
    Column("is_drill", "boolean", "訓練かどうか"),
    Column("opened_at", "datetime", "受け付けた日時"),
    Column("opened_on_wareki", "string", "受け付けた日（和暦）"),
    Column("known_at", "datetime", "医療機関が知った日時"),
    Column("event", "string", "種類（questions.toml の event）"),
    Column("phase", "string", "段取り（detect、respond、recover、after）"),
    Column("stage", "integer", "ステージ（0～4）"),
    Column("spread", "string", "広がり"),
    Column("backup", "string", "バックアップ"),
    Column("product", "string", "対策ソフト"),
    Column("care_impact", "string", "診療への影響"),
    Column("data_exit", "string", "情報の持ち出し"),
    Column("path", "string", "入口"),
    Column("kind", "string", "医療機関の種別"),
    Column("bed_class", "string", "病床の区分"),
    Column("region", "string", "地方"),
    Column("prefecture", "string", "都道府県。名前を出さない相手には空"),
    Column("tlp", "string", "この一式の TLP"),
    Column("first_answer_at", "datetime", "窓口が初めて答えた日時"),
    Column("closed_at", "datetime", "終えた日時"),
];
const TIMELINE: [Column; 4] = [
    Column("case_no", "string", "受付番号"),
    Column("happened_at", "datetime", "起きた日時"),
    Column("text", "string", "内容"),
    Column("tlp", "string", "TLP"),
];
const INDICATORS: [Column; 7] = [
    Column("case_no", "string", "受付番号"),
    Column("kind", "string", "種類（ip、domain、url、hash、mail、cve）"),
    Column("value", "string", "値。プログラムが照合する形のまま"),
    Column("first_seen", "datetime", "初めて見た日時"),
    Column("last_seen", "datetime", "最後に見た日時"),
    Column("note", "string", "補足"),
    Column("tlp", "string", "TLP"),
];
const EVIDENCE: [Column; 7] = [
    Column("case_no", "string", "受付番号"),
    Column("number", "integer", "事案の中の番号"),
    Column("sha256_plain", "string", "届いた内容の SHA-256"),
    Column("sha256_stored", "string", "保管している形の SHA-256"),
    Column("size", "integer", "バイト数"),
    Column("received_at", "datetime", "届いた日時"),
    Column("tlp", "string", "TLP"),
];

/// The archive: four tables and `datapackage.json`.
pub fn archive(leaving: &Leaving<'_>) -> Result<Vec<u8>, NotMade> {
    let tables = tables(leaving);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // The same facts give the same bytes: no machine's clock in it.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut add = |name: String, bytes: &[u8]| -> Result<(), NotMade> {
        archive.start_file(name, options).map_err(|wrong| NotMade::Archive(wrong.to_string()))?;
        archive.write_all(bytes).map_err(|wrong| NotMade::Archive(wrong.to_string()))
    };
    for table in &tables {
        let headings: Vec<&str> = table.columns.iter().map(|Column(name, ..)| *name).collect();
        let (bytes, _) = csv(&headings, &table.rows, Encoding::Utf8Bom);
        add(format!("{}.csv", table.name), &bytes)?;
    }
    let description = serde_json::to_vec_pretty(&package(leaving, &tables)).map_err(|wrong| NotMade::Archive(wrong.to_string()))?;
    add("datapackage.json".to_owned(), &description)?;
    Ok(archive.finish().map_err(|wrong| NotMade::Archive(wrong.to_string()))?.into_inner())
}

fn tables(leaving: &Leaving<'_>) -> [Table; 4] {
    let case = &leaving.case;
    let number = || case.number.clone();
    let moment = |at: Option<jiff::Timestamp>| at.map(moments::for_tables).unwrap_or_default();
    let axis = |name: &str| case.axes.get(name).filter(|value| *value != "unanswered").cloned().unwrap_or_default();
    let victim = &leaving.victim;
    let cases = vec![
        number(),
        case.is_drill.to_string(),
        moments::for_tables(case.made_at),
        moments::wareki(case.made_at),
        moment(case.known_at),
        case.event.clone().unwrap_or_default(),
        case.phase.clone(),
        case.stage.map(|stage| stage.to_string()).unwrap_or_default(),
        axis("spread"),
        axis("backup"),
        axis("product"),
        axis("care_impact"),
        axis("data_exit"),
        axis("path"),
        case.institution_kind.clone().unwrap_or_default(),
        victim.bed_class.clone().unwrap_or_default(),
        victim.region.clone().unwrap_or_default(),
        victim.prefecture.clone().unwrap_or_default(),
        leaving.tlp().id().to_owned(),
        moment(case.answered_at),
        moment(case.closed_at),
    ];
    let timeline = leaving.timeline.iter().map(|it| vec![number(), moments::for_tables(it.at), it.text.clone(), it.tlp.id().to_owned()]);
    let indicators = leaving.indicators.iter().map(|it| {
        let (kind, value) = (it.sign.kind().to_owned(), it.sign.value());
        vec![number(), kind, value, moment(it.first_seen), moment(it.last_seen), it.note.clone(), it.tlp.id().to_owned()]
    });
    let evidence = leaving.evidence.iter().map(|it| {
        let (plain, stored) = (it.sha256_plain.clone(), it.sha256_stored.clone().unwrap_or_default());
        let size = it.size_bytes.map(|bytes| bytes.to_string()).unwrap_or_default();
        vec![number(), it.number.to_string(), plain, stored, size, moments::for_tables(it.received_at), it.tlp.id().to_owned()]
    });
    [
        Table { name: "cases", title: "事案", columns: &CASES, rows: vec![cases] },
        Table { name: "timeline", title: "経緯", columns: &TIMELINE, rows: timeline.collect() },
        Table { name: "iocs", title: "手がかり", columns: &INDICATORS, rows: indicators.collect() },
        Table { name: "evidence", title: "残した記録", columns: &EVIDENCE, rows: evidence.collect() },
    ]
}

fn package(leaving: &Leaving<'_>, tables: &[Table]) -> Value {
    let resources: Vec<Value> = tables
        .iter()
        .map(|table| {
            let fields: Vec<Value> = table.columns.iter().map(|column| field(table.name, column)).collect();
            let mut schema = json!({ "fields": fields, "missingValues": [""] });
            if table.name == "cases" {
                schema["primaryKey"] = json!(["case_no"]);
            } else {
                schema["foreignKeys"] = json!([{ "fields": ["case_no"], "reference": { "resource": "cases", "fields": ["case_no"] } }]);
            }
            json!({
                "name": table.name,
                "title": table.title,
                "path": format!("{}.csv", table.name),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8-sig",
                "profile": "tabular-data-resource",
                "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
                "schema": schema,
            })
        })
        .collect();
    json!({
        "profile": "tabular-data-package",
        "name": format!("mist-case-{}", leaving.case.number),
        "title": leaving.titled(&format!("事案 {}", leaving.case.number)),
        "description": format!("{}。表計算で式になる文字で始まる値は、先頭にアポストロフィー付き", leaving.tlp()),
        "created": moments::for_tables(leaving.at),
        "resources": resources,
    })
}

fn field(table: &str, Column(name, kind, title): &Column) -> Value {
    let mut field = json!({ "name": name, "type": kind, "title": title });
    if *kind == "datetime" {
        field["format"] = json!("%Y-%m-%dT%H:%M:%S%z");
    }
    if *kind == "boolean" {
        (field["trueValues"], field["falseValues"]) = (json!(["true"]), json!(["false"]));
    }
    let constraints = match (table, *name) {
        (_, "case_no") => json!({ "required": true, "pattern": r"[0-9]{4}-[0-9]{6}-[0-9X]" }),
        (_, "stage") => json!({ "minimum": 0, "maximum": 4 }),
        (_, "tlp") => json!({ "required": true, "enum": ["clear", "green", "amber", "amber+strict"] }),
        ("iocs", "kind") => json!({ "required": true, "enum": ["ip", "domain", "url", "hash", "mail", "cve"] }),
        (_, "sha256_plain") => json!({ "required": true, "pattern": "[0-9a-fA-F]{64}" }),
        (_, "sha256_stored") => json!({ "pattern": "[0-9a-fA-F]{64}" }),
        _ => return field,
    };
    field["constraints"] = constraints;
    field
}

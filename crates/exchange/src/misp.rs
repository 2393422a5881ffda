//! A MISP event, on the templates of misp-objects that `PyMISP` checks in strict mode.

use serde_json::{Value, json};

use crate::indicator::{Digest, Sign};
use crate::leaving::Leaving;
use crate::stix::{ids::steady, status};
use crate::{Desk, Indicator, Tlp, moments};

/// Templates of misp-objects: name, category, UUID, version.
const INCIDENT: Template = Template("incident", "misc", "38597424-f9bb-4865-9b4b-819172df0334", "1");
const VICTIM: Template = Template("victim", "misc", "a8806e40-39ad-435f-be02-ac2a13d6fc7d", "10");
const REPORT: Template = Template("report", "misc", "70a68471-df22-4e3f-aa1a-5a3be19f82df", "8");

struct Template(&'static str, &'static str, &'static str, &'static str);

/// The event of what leaves. It is for the receiver's own organization until they decide otherwise.
pub fn event(leaving: &Leaving<'_>, desk: &Desk) -> Value {
    let case = &leaving.case;
    let known = case.event.as_deref().and_then(|event| leaving.lexicon.events.get(event));
    let info = match known {
        Some(kind) => leaving.titled(&format!("{}　{}", case.number, kind.ja)),
        None => leaving.titled(&case.number),
    };
    let attributes: Vec<Value> = leaving.indicators.iter().map(|indicator| attribute(&case.number, indicator)).collect();
    json!({ "Event": {
        "uuid": steady(&["misp", &case.number, "event"]),
        "info": info,
        "date": moments::day(case.known_at.unwrap_or(case.made_at)),
        "timestamp": leaving.at.as_second().to_string(),
        "threat_level_id": threat_level(case.stage),
        "analysis": match status(leaving) { "closed" => "2", "open" => "1", _ => "0" },
        "distribution": "0",
        "published": false,
        "Orgc": { "name": desk.name, "uuid": steady(&["misp", "organization", &desk.name]) },
        "Tag": tags(leaving).into_iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
        "Attribute": attributes,
        "Object": objects(leaving),
    } })
}

/// What a program sorts by.
pub(crate) fn tags(leaving: &Leaving<'_>) -> Vec<String> {
    let case = &leaving.case;
    let mut tags = vec![tlp_tag(leaving.tlp())];
    if let Some(event) = case.event.as_deref().and_then(|event| leaving.lexicon.tool_event(event)) {
        tags.push(format!("rsit:{}=\"{}\"", event.rsit.predicate, event.rsit.value));
    }
    if let Some(numeral) = case.stage.and_then(numeral) {
        tags.push(format!("mist-stage:stage=\"{numeral}\""));
    }
    if case.is_drill {
        tags.push("mist-stage:exercise=\"yes\"".to_owned());
    }
    tags
}

fn tlp_tag(tlp: Tlp) -> String {
    format!("tlp:{}", tlp.id())
}

fn numeral(stage: u8) -> Option<&'static str> {
    ["0", "I", "II", "III", "IV"].get(usize::from(stage)).copied()
}

/// 1 high, 2 medium, 3 low, 4 undefined.
const fn threat_level(stage: Option<u8>) -> &'static str {
    match stage {
        Some(3..) => "1",
        Some(2) => "2",
        Some(_) => "3",
        None => "4",
    }
}

fn attribute(case: &str, indicator: &Indicator) -> Value {
    let (kind, category, to_ids) = match &indicator.sign {
        Sign::Ip(_) => ("ip-dst", "Network activity", true),
        Sign::Domain(_) => ("domain", "Network activity", true),
        Sign::Url(_) => ("url", "Network activity", true),
        Sign::Hash(Digest::Md5, _) => ("md5", "Payload delivery", true),
        Sign::Hash(Digest::Sha1, _) => ("sha1", "Payload delivery", true),
        Sign::Hash(Digest::Sha256, _) => ("sha256", "Payload delivery", true),
        Sign::Hash(Digest::Sha512, _) => ("sha512", "Payload delivery", true),
        Sign::Mail(_) => ("email-src", "Payload delivery", true),
        Sign::Cve(_) => ("vulnerability", "External analysis", false),
    };
    let mut attribute = json!({
        "uuid": steady(&["misp", case, kind, &indicator.sign.value()]),
        "type": kind,
        "category": category,
        "value": indicator.sign.value(),
        "to_ids": to_ids,
        "comment": indicator.note.trim(),
        "distribution": "5",
        "Tag": [{ "name": tlp_tag(indicator.tlp) }],
    });
    for (field, seen) in [("first_seen", indicator.first_seen), ("last_seen", indicator.last_seen)] {
        if let Some(seen) = seen {
            attribute[field] = json!(moments::for_tables(seen));
        }
    }
    attribute
}

fn objects(leaving: &Leaving<'_>) -> Vec<Value> {
    let (case, lexicon) = (&leaving.case, leaving.lexicon);
    let stage = case.stage.and_then(|stage| lexicon.tool_stage(stage));
    let mut incident = vec![("name", case.number.clone(), case.tlp), ("investigation_status", status(leaving).to_owned(), case.tlp)];
    let summary = leaving.said("summary");
    if let Some((tlp, summary)) = &summary {
        incident.push(("description", summary.clone(), *tlp));
    }
    if let Some(stage) = stage {
        incident.push(("determination", stage.determination.clone(), case.tlp));
        incident.push(("recoverability", stage.recoverability.clone(), case.tlp));
    }
    if let Some(words) = case.stage.and_then(|stage| lexicon.stages.get(&stage)) {
        incident.push(("criticality", criticality(words.criticality).to_owned(), case.tlp));
    }
    if let Some(event) = case.event.as_deref().and_then(|event| lexicon.tool_event(event)) {
        incident.extend(event.incident_types.iter().map(|kind| ("incident_type", kind.clone(), case.tlp)));
    }

    let mut victim = vec![
        ("description", leaving.victim.label.clone(), case.tlp),
        ("classification", "organization".to_owned(), case.tlp),
        ("sectors", "healthcare".to_owned(), case.tlp),
        ("reference", case.number.clone(), case.tlp),
    ];
    if leaving.receiver.names {
        victim.push(("name", leaving.victim.label.clone(), case.tlp));
    }
    if let Some(place) = leaving.victim.prefecture.as_ref().or(leaving.victim.region.as_ref()) {
        victim.push(("regions", format!("JP {place}"), case.tlp));
    }

    let mut objects = vec![object(&case.number, &INCIDENT, incident), object(&case.number, &VICTIM, victim)];
    let told: Vec<(&str, String, Tlp)> = [summary, leaving.said("timeline"), leaving.said("cause"), leaving.said("actions")]
        .into_iter()
        .flatten()
        .map(|(tlp, text)| ("summary", text, tlp))
        .collect();
    if !told.is_empty() {
        let head = [("case-number", case.number.clone(), case.tlp), ("title", leaving.titled(&format!("事案 {}", case.number)), case.tlp)];
        let kind = ("type", "Incident".to_owned(), case.tlp);
        objects.push(object(&case.number, &REPORT, head.into_iter().chain([kind]).chain(told).collect()));
    }
    objects
}

/// An object on a template. All its attributes are text but the name and place of the victim.
fn object(case: &str, template: &Template, attributes: Vec<(&str, String, Tlp)>) -> Value {
    let Template(name, category, uuid, version) = template;
    let attributes: Vec<Value> = attributes
        .into_iter()
        .map(|(relation, value, tlp)| {
            let (kind, category) = match (*name, relation) {
                ("victim", "name") => ("target-org", "Targeting data"),
                ("victim", "regions") => ("target-location", "Targeting data"),
                ("report", "case-number") => ("text", "Internal reference"),
                _ => ("text", "Other"),
            };
            json!({
                "uuid": steady(&["misp", case, name, relation, &value]),
                "object_relation": relation,
                "type": kind,
                "category": category,
                "value": value,
                "to_ids": false,
                "distribution": "5",
                "Tag": [{ "name": tlp_tag(tlp) }],
            })
        })
        .collect();
    json!({
        "uuid": steady(&["misp", case, name]),
        "name": name,
        "meta-category": category,
        "template_uuid": uuid,
        "template_version": version,
        "distribution": "5",
        "Attribute": attributes,
    })
}

/// The words that the template proposes.
const fn criticality(of_100: u8) -> &'static str {
    match of_100 {
        0..30 => "Low",
        30..60 => "Moderate",
        60..90 => "High",
        _ => "Extreme",
    }
}
